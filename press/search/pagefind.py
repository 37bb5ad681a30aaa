"""Run Pagefind, and keep only the files that a search needs."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from press.runtime.blob import Blob, blob_of
from press.search.documents import SearchDocument
from press.search.engine import make_patch

LIBRARY = "pagefind.js"
ENGINE = "engine.pack"
"""Pagefind's WebAssembly without a stemmer: the same for all languages."""
WORDS = "words.txt"
"""The words of titles and names, for “Did you mean …”."""
PACK = ".pack"
"""What every search in an index needs first, in one file: a line of JSON, and the files that it lists.

They are Pagefind's entry, its table of texts and, if the language has a stemmer, the patch for the engine."""
PARTS = "index/"
"""The rest of each index, in a folder that is named by its content."""

_PLACE = re.compile(rb'"id":"at\.(\d+)\.')
"""What documents.py writes the position of a leaflet by date into."""

_NAME = rb"%s_[0-9a-f]{7,}"
"""The name of a fragment in the table of texts: the language, which is the same in all, and a hash."""

_LOW_MEMORY = "dirty_decay_ms:0,muzzy_decay_ms:0"
"""Makes jemalloc, Pagefind's allocator, free memory at once: 1.4 GB for 10,000 leaflets instead of 1.8."""

_SMALL_CHUNKS = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "5000"}
"""Smaller chunks of the index: the first search among 10,000 leaflets fetches 420 kB instead of 450."""

Files = Mapping[str, bytes]
"""The files of an index by path."""


@dataclass(frozen=True, slots=True)
class SearchContent:
    """What the search of an archive is made of: a document of each leaflet, and the file WORDS."""

    documents: tuple[SearchDocument, ...]
    words: str

    def by_language(self) -> dict[str, list[SearchDocument]]:
        """Return the documents of each index, in the order of the archive."""
        found: dict[str, list[SearchDocument]] = {}
        for document in self.documents:
            found.setdefault(document.lang, []).append(document)
        return found


class IndexFailed(Exception):
    """Pagefind failed or wrote no index; the message is the last line of its output."""


def make_index(documents: Sequence[SearchDocument], scratch: Path) -> Path:
    """Make the index of some documents, all of one language, in `scratch`, which need not exist; return its folder.

    Raises IndexFailed.
    """
    lang = documents[0].lang
    source, raw, made = (scratch / name for name in ("pages", lang, "made"))
    made.mkdir(parents=True)
    for folder in {document.path.rpartition("/")[0] for document in documents}:
        (source / folder).mkdir(parents=True)
    for document in documents:
        Path(f"{source}/{document.path}").write_text(document.html, encoding="utf-8")
    _run_pagefind(source, raw, scratch)
    _keep_what_is_needed(raw, made)
    return made


def make_files(documents: Sequence[SearchDocument]) -> Files:
    """Make the index of some documents, all of one language; return its files by path. Raises IndexFailed."""
    with tempfile.TemporaryDirectory(prefix="press-search-") as scratch:
        return read_files(make_index(documents, Path(scratch)))


def list_made(folder: Path) -> dict[str, Blob]:
    """Return the files below a folder by path, as they are on the disk."""
    made = {}
    for here, _, names in os.walk(folder):
        for name in names:
            path = Path(here, name)
            data = path.read_bytes()
            made[path.relative_to(folder).as_posix()] = replace(blob_of(data), data=None, path=path)
    return made


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


def _keep_what_is_needed(folder: Path, made: Path) -> None:
    """Move an index from `folder` to `made`, without Pagefind's interfaces and worker."""
    try:
        (folder / LIBRARY).replace(made / LIBRARY)
        (folder / "wasm.unknown.pagefind").replace(made / ENGINE)
        entry = (folder / "pagefind-entry.json").read_bytes()
        (index,) = json.loads(entry)["languages"].values()
        files = {"pagefind-entry.json": entry, **_read_start(folder, index, (made / ENGINE).read_bytes())}
    except (OSError, ValueError, KeyError) as wrong:
        raise IndexFailed(f"it wrote no index for “{folder.name}”") from wrong
    head = {"folder": index["hash"], "files": [[name, len(data)] for name, data in files.items()]}
    (made / f"{folder.name}{PACK}").write_bytes(b"\n".join([json.dumps(head).encode(), b"".join(files.values())]))
    target = made / PARTS / index["hash"]
    target.mkdir(parents=True)
    for part in ("index", "filter", "fragment"):
        if (folder / part).exists():
            (folder / part).replace(target / part)


def _read_start(folder: Path, index: Mapping[str, str], engine: bytes) -> Files:
    """Return the files of PACK by name, except the entry."""
    meta = f"pagefind.{index['hash']}.pf_meta"
    files = {meta: _number_fragments(folder / "fragment", (folder / meta).read_bytes())}
    if index["wasm"]:
        name = f"wasm.{index['wasm']}.pagefind"
        files[f"{name}.patch"] = make_patch(engine, (folder / name).read_bytes())
    return files


def _number_fragments(folder: Path, meta: bytes) -> bytes:
    """Name the files with the details of each text by its position; return the table of texts with these names.

    Pagefind names them by their content, which cannot be compressed: half of the table of 10,000 texts. With their
    positions, results can be sorted by date without Pagefind's own table for it, a fifth. A name keeps its length.
    """
    names: dict[bytes, bytes] = {}
    for path in sorted(folder.iterdir()):
        (place,) = _PLACE.findall(gzip.decompress(path.read_bytes()))[:1]
        head, _, digest = path.stem.rpartition("_")
        names[path.stem.encode()] = f"{head}_{int(place):0{len(digest)}x}".encode()
    numbered = folder.with_name("numbered")  # a new name may be the old one of another text
    numbered.mkdir()
    for old, new in names.items():
        (folder / f"{old.decode()}.pf_fragment").replace(numbered / f"{new.decode()}.pf_fragment")
    folder.rmdir()
    numbered.rename(folder)
    plain = gzip.decompress(meta)
    name = re.compile(_NAME % head.encode())
    return gzip.compress(name.sub(lambda found: names.get(found[0], found[0]), plain), mtime=0)
