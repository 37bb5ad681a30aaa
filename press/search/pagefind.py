"""Run Pagefind, and keep of what it writes the files that a search needs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from press.cache.search_shelf import Files, read_files
from press.search.documents import Document

LIBRARY = "pagefind.js"
PACK = "start.pack"
"""What a search in a language begins with, in one file for one request: names and lengths, a line feed, the files."""

_LEAN = "dirty_decay_ms:0,muzzy_decay_ms:0"
"""How Pagefind's allocator, jemalloc, gives memory back at once: 1.4 GB for 10,000 leaflets in place of 1.8."""

_SMALL = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "5000"}
"""Smaller files of words, so that a search fetches less: 30 kB of 450 for the first among 10,000 leaflets."""


class IndexFailed(Exception):
    """Pagefind ended with an error, or left something else than an index; the message says it in its last words."""


def make_index(documents: Sequence[Document], scratch: Path) -> Path:
    """Make an index for each language in `scratch`, an empty folder; give the folder of all. Raises IndexFailed."""
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


def make_files(documents: Sequence[Document]) -> Files:
    """Make an index for each language; give its files by their paths. Raises IndexFailed."""
    with tempfile.TemporaryDirectory(prefix="press-search-") as scratch:
        return read_files(make_index(documents, Path(scratch)))


def _run_pagefind(source: Path, target: Path, scratch: Path) -> None:
    """Let Pagefind read `source`; nothing of the machine's settings reaches it."""
    command = [sys.executable, "-P", "-m", "pagefind", "--silent"]
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND")}
    done = subprocess.run(
        [*command, "--site", str(source), "--output-path", str(target)],
        cwd=scratch,  # it would read a pagefind.yml where it runs
        env={**own, "_RJEM_MALLOC_CONF": _LEAN, "MALLOC_CONF": _LEAN, **_SMALL},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        raise IndexFailed(lines[-1] if lines else f"it ended with {done.returncode}")


def _keep_what_is_needed(folder: Path) -> None:
    """Leave out Pagefind's own interfaces and worker; its library, the same for all languages, moves one up."""
    try:
        entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
        (index,) = entry["languages"].values()
        stemmer, meta = f"wasm.{index['wasm'] or 'unknown'}.pagefind", f"pagefind.{index['hash']}.pf_meta"
        files = {name: (folder / name).read_bytes() for name in ("pagefind-entry.json", stemmer, meta)}
        (folder / LIBRARY).replace(folder.parent / LIBRARY)
    except (OSError, ValueError, KeyError) as wrong:
        raise IndexFailed(f"it left no index of {folder.name}") from wrong
    head = json.dumps([[name, len(data)] for name, data in files.items()]).encode()
    (folder / PACK).write_bytes(b"\n".join([head, b"".join(files.values())]))
    for path in folder.iterdir():
        if path.is_file() and path.name != PACK:
            path.unlink()
        elif path.is_dir() and path.name not in ("index", "filter", "fragment"):
            shutil.rmtree(path)
