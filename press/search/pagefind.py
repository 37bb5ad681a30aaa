"""Run Pagefind, and keep only the files that a search needs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from press.search.documents import SearchDocument

LIBRARY = "pagefind.js"
PACK = "start.pack"
"""The three files that every search in a language needs first, in one: names and lengths, a line feed, the files."""

_LOW_MEMORY = "dirty_decay_ms:0,muzzy_decay_ms:0"
"""Makes jemalloc, Pagefind's allocator, free memory at once: 1.4 GB for 10,000 leaflets instead of 1.8."""

_SMALL_CHUNKS = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "5000"}
"""Smaller chunks of the index: the first search among 10,000 leaflets fetches 420 kB instead of 450."""

Files = Mapping[str, bytes]
"""The files of an index by path."""


class IndexFailed(Exception):
    """Pagefind failed or wrote no index; the message is the last line of its output."""


def make_index(documents: Sequence[SearchDocument], scratch: Path) -> Path:
    """Make an index for each language in `scratch`, an empty folder; return their folder. Raises IndexFailed."""
    made = scratch / "made"
    made.mkdir()
    for lang in sorted({document.lang for document in documents}):
        source = scratch / "pages" / lang
        for document in documents:
            if document.lang == lang:
                path = source / document.path
                path.parent.mkdir(parents=True)
                path.write_text(document.html, encoding="utf-8")
        _run_pagefind(source, made / lang, scratch)
        _keep_what_is_needed(made / lang)
    return made


def make_files(documents: Sequence[SearchDocument]) -> Files:
    """Make an index for each language; return all files by path. Raises IndexFailed."""
    with tempfile.TemporaryDirectory(prefix="press-search-") as scratch:
        return read_files(make_index(documents, Path(scratch)))


def read_files(folder: Path) -> Files:
    """Read every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def write_files(files: Files, folder: Path) -> None:
    """Write the files of an index below a folder, which need not exist."""
    for parent in {(folder / path).parent for path in files}:
        parent.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (folder / path).write_bytes(data)


def _run_pagefind(source: Path, target: Path, scratch: Path) -> None:
    """Run Pagefind on `source`, isolated from any Pagefind settings of the user."""
    command = [sys.executable, "-P", "-m", "pagefind", "--silent"]
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND")}
    done = subprocess.run(
        [*command, "--site", str(source), "--output-path", str(target)],
        cwd=scratch,  # it would read a pagefind.yml where it runs
        env={**own, "_RJEM_MALLOC_CONF": _LOW_MEMORY, "MALLOC_CONF": _LOW_MEMORY, **_SMALL_CHUNKS},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        raise IndexFailed(lines[-1] if lines else f"it exited with status {done.returncode}")


def _keep_what_is_needed(folder: Path) -> None:
    """Remove Pagefind's interfaces and worker; move its library, the same for all languages, one folder up."""
    try:
        entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
        (index,) = entry["languages"].values()
        stemmer, meta = f"wasm.{index['wasm'] or 'unknown'}.pagefind", f"pagefind.{index['hash']}.pf_meta"
        files = {name: (folder / name).read_bytes() for name in ("pagefind-entry.json", stemmer, meta)}
        (folder / LIBRARY).replace(folder.parent / LIBRARY)
    except (OSError, ValueError, KeyError) as wrong:
        raise IndexFailed(f"it wrote no index for “{folder.name}”") from wrong
    head = json.dumps([[name, len(data)] for name, data in files.items()]).encode()
    (folder / PACK).write_bytes(b"\n".join([head, b"".join(files.values())]))
    for path in folder.iterdir():
        if path.is_file() and path.name != PACK:
            path.unlink()
        elif path.is_dir() and path.name not in ("index", "filter", "fragment"):
            shutil.rmtree(path)
