"""The folder in which the index of one language is made, kept from one index to the next.

    pages/          a page for each leaflet, as Pagefind reads it
    raw/            what Pagefind wrote; of that, raw/fragment/ stays, and the rest is made anew each time
    made/           what every search needs first, made from raw/

Pagefind writes a fragment, its record of one page, only if there is none with that name, and compressing all of them
takes as long as reading all pages. A note says what the folder holds. Nothing is taken on trust: what is not as the
note has it is made again, so that a run that was killed, or a damaged file, costs time and nothing else.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from press.options import Json
from press.runtime.blob import Blob
from press.search.pagefind import PARTS, IndexFailed, assemble, name_by_place, run_pagefind

_PAGES, _RAW, _MADE = "pages", "raw", "made"
_FRAGMENTS = f"{_RAW}/fragment"
_ENDING = ".pf_fragment"
_SAFE = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*")
"""Names that a note may have: never a path to somewhere else."""


class IndexedPage(NamedTuple):
    """What is known of the page of one leaflet: its key and its hash, and Pagefind's fragment of it."""

    key: str
    sha256: str
    fragment: str = ""
    """The name of the fragment without its ending; empty if there is none yet."""
    size: int = 0
    fragment_sha256: str = ""


@dataclass(frozen=True)
class IndexNote:
    """What a folder holds: its pages by path, and the files of the index by their published paths."""

    pages: Mapping[str, IndexedPage] = field(default_factory=dict)
    parts: str = ""
    """The name of the folder that has all but a few files, by its content."""
    files: Mapping[str, tuple[str, int, str]] = field(default_factory=dict)
    """The path below the folder, the size and the SHA-256 of each file that is no fragment."""

    def dump(self) -> Json:
        """Return the note as JSON."""
        pages, files = self.pages.items(), self.files.items()
        return [{path: list(page) for path, page in pages}, self.parts, {name: list(file) for name, file in files}]


def load_index_note(written: Json) -> IndexNote:
    """Read a note. Raises ValueError or TypeError if it is none."""
    pages = {
        path: IndexedPage(str(k), str(h), str(f), int(n), str(s)) for path, (k, h, f, n, s) in written[0].items()
    }
    parts = str(written[1])
    files = {name: (str(path), int(size), str(sha256)) for name, (path, size, sha256) in written[2].items()}
    names = [
        *pages,
        *(page.fragment for page in pages.values()),
        parts,
        *files,
        *(path for path, *_ in files.values()),
    ]
    if not all(map(_SAFE.fullmatch, names)):
        raise ValueError(names)
    return IndexNote(pages, parts, files)


def _load_page(key: Json, sha256: Json, fragment: Json, size: int, fragment_sha256: Json) -> IndexedPage:
    return IndexedPage(str(key), str(sha256), str(fragment), int(size), str(fragment_sha256))


class IndexFolder:
    """Makes the index of one language again and again; `note` is what the last run returned."""

    def __init__(self, place: Path, lang: str, note: IndexNote | None = None) -> None:
        self._place, self._lang = place, lang
        self._pages = dict(note.pages) if note else {}
        self._rest = {path: (size, sha256) for path, size, sha256 in note.files.values()} if note else {}

    def lacks(self, path: str, key: str) -> bool:
        """Return whether the page at `path` must be written before an index is made: it is absent, or another."""
        return path not in self._pages or self._pages[path].key != key

    def write(self, path: str, key: str, html: str) -> None:
        """Write the page at `path`."""
        file, data = self._place / _PAGES / path, html.encode()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_bytes(data)
        self._pages[path] = IndexedPage(key, hashlib.sha256(data).hexdigest())

    def make(self, places: Mapping[str, int], read: Callable[[str], str]) -> IndexNote:
        """Make the index of the pages at these paths; `places` are the positions of their leaflets among all by date.

        `read` returns a page again that is damaged. Raises IndexFailed.
        """
        pages = {path: self._repair(path, read) for path in places}
        changed = self._keep_only(_PAGES, pages) | self._keep_only(_FRAGMENTS, _list_fragments(pages))
        if changed or not all(page.fragment for page in pages.values()) or not self._is_rest_sound():
            pages = self._index(pages)
        self._pages = pages
        names = {page.fragment: name_by_place(page.fragment, places[path]) for path, page in pages.items()}
        parts, files = assemble(self._place / _RAW, self._place / _MADE, self._lang, names)
        return IndexNote(pages, parts, {name: self._measure(path) for name, path in files.items()})

    def _repair(self, path: str, read: Callable[[str], str]) -> IndexedPage:
        """Return what is known of a page; write it if it is damaged, and forget its fragment if that is."""
        if _hash(self._place / _PAGES / path) != self._pages[path].sha256:
            self.write(path, self._pages[path].key, read(path))
        page = self._pages[path]
        if page.fragment and _hash(self._place / _FRAGMENTS / f"{page.fragment}{_ENDING}") != page.fragment_sha256:
            return IndexedPage(page.key, page.sha256)
        return page

    def _keep_only(self, folder: str, paths: Collection[str]) -> bool:
        """Delete every other file below a folder; return whether there was one."""
        found = [path for path in _list_files(self._place / folder) if path not in paths]
        for path in found:
            (self._place / folder / path).unlink()
        return bool(found)

    def _is_rest_sound(self) -> bool:
        raw = {path: sha256 for path, (_, sha256) in self._rest.items() if path.startswith(f"{_RAW}/")}
        return bool(raw) and all(_hash(self._place / path) == sha256 for path, sha256 in raw.items())

    def _index(self, pages: Mapping[str, IndexedPage]) -> dict[str, IndexedPage]:
        """Run Pagefind, and read what it has made of the pages that have no fragment.

        A name has seven figures of a hash. If that of a new fragment is taken by another page, Pagefind leaves the
        new one out: then all are made anew.
        """
        for known in ({page.fragment: path for path, page in pages.items() if page.fragment}, dict[str, str]()):
            self._keep_only(_FRAGMENTS, _list_fragments(pages) if known else ())
            self._run()
            found = {path: pages[path] for path in known.values()}
            found |= {path: self._describe(pages[path], name) for name, path in self._read_fragments(known)}
            if len(found) == len(pages) == sum(1 for _ in _list_files(self._place / _FRAGMENTS)):
                return found
        left_out = min(pages.keys() - found.keys(), default="")
        raise IndexFailed(f"it did not index every page in “{self._lang}”, such as “{left_out}”")

    def _run(self) -> None:
        raw = self._place / _RAW
        for entry in raw.iterdir() if raw.is_dir() else ():  # published files may be links to these
            if entry.name != "fragment":
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        (self._place / _PAGES).mkdir(parents=True, exist_ok=True)
        run_pagefind(self._place / _PAGES, raw, self._place)

    def _read_fragments(self, known: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield the name of each fragment that is new, and the path of its page."""
        for file in _list_files(self._place / _FRAGMENTS):
            name = file.removesuffix(_ENDING)
            if name not in known:
                plain = gzip.decompress((self._place / _FRAGMENTS / file).read_bytes())
                url = json.loads(plain[plain.index(b"{") :])["url"]
                yield name, f"{url[1:]}index.html"

    def _measure(self, file: Path) -> tuple[str, int, str]:
        return file.relative_to(self._place).as_posix(), file.stat().st_size, _hash(file)

    def _describe(self, page: IndexedPage, name: str) -> IndexedPage:
        _, size, sha256 = self._measure(self._place / _FRAGMENTS / f"{name}{_ENDING}")
        return IndexedPage(page.key, page.sha256, name, size, sha256)


def list_index(place: Path, note: IndexNote, places: Mapping[str, int]) -> dict[str, Blob]:
    """Return the files of an index by their published paths, as they are below its folder; nothing is read."""
    files = {name: Blob(size, sha256, path=place / path) for name, (path, size, sha256) in note.files.items()}
    for path, page in note.pages.items():
        name = f"{PARTS}{note.parts}/fragment/{name_by_place(page.fragment, places[path])}{_ENDING}"
        stored = place / _FRAGMENTS / f"{page.fragment}{_ENDING}"
        files[name] = Blob(page.size, page.fragment_sha256, path=stored)
    return files


def _list_fragments(pages: Mapping[str, IndexedPage]) -> set[str]:
    return {f"{page.fragment}{_ENDING}" for page in pages.values() if page.fragment}


def _list_files(folder: Path) -> Iterator[str]:
    """Yield the path of every file below a folder, which need not exist."""
    for here, _, names in os.walk(folder):
        prefix = here[len(str(folder)) + 1 :]
        yield from (f"{prefix}/{name}" if prefix else name for name in names)


def _hash(file: Path) -> str:
    """Return the SHA-256 of a file; nothing if it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
