"""The folder in which the index of one language is made, kept from one index to the next.

    pages/          a page for each leaflet, as Pagefind reads it
    raw/            what Pagefind wrote: raw/fragment/, a record of each page; raw/index/, where words are; and more
    made/           what every search needs first, made from raw/

Pagefind names fragments and parts of the index by their content, and writes only those that are not there yet:
compressing all of them takes longer than reading all pages. A note says what the folder holds. Nothing is taken on
trust: what is not as the note has it is made again, so that a run that was killed, or a damaged file, costs time and
nothing else.

A name has seven figures of a hash, so it may be that of other content by chance. No fragment of a changed page is
there when Pagefind runs, and afterwards each page must have one. A part must be for the same words as before: what
remains is that a part has the name of its own former content, once in a million edits of 5,000 leaflets.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from press.options import Json
from press.runtime.blob import Blob
from press.search.engine import make_patch
from press.search.pagefind import PARTS, IndexFailed, assemble, list_parts, name_by_place, run_pagefind

_PAGES, _RAW, _MADE = "pages", "raw", "made"
_FRAGMENTS = f"{_RAW}/fragment"
_ENDING = ".pf_fragment"
_PART = ".pf_index"
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
    raw: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The SHA-256 of each file of Pagefind but the fragments, by path, and the words that it is for (list_parts)."""

    def dump(self) -> Json:
        """Return the note as JSON."""
        parts: tuple[Mapping[str, tuple[str | int, ...]], ...] = self.pages, self.files, self.raw
        pages, files, raw = ({name: list(of) for name, of in part.items()} for part in parts)
        return [pages, self.parts, files, raw]


def load_index_note(written: Json) -> IndexNote:
    """Read a note. Raises ValueError, TypeError, IndexError or AttributeError if it is none."""
    pages = {path: _load_page(*page) for path, page in written[0].items()}
    files = {name: (str(path), int(size), str(sha256)) for name, (path, size, sha256) in written[2].items()}
    raw = {path: (str(sha256), str(words)) for path, (sha256, words) in written[3].items()}
    note = IndexNote(pages, str(written[1]), files, raw)
    names = {*pages, note.parts, *files, *raw, *(page.fragment for page in pages.values())}
    if not all(map(_SAFE.fullmatch, names | {path for path, _, _ in files.values()})):
        raise ValueError(names)
    return note


def _load_page(key: Json, sha256: Json, fragment: Json, size: int, fragment_sha256: Json) -> IndexedPage:
    return IndexedPage(str(key), str(sha256), str(fragment), int(size), str(fragment_sha256))


class IndexFolder:
    """Makes the index of one language again and again; `note` is what the last run returned."""

    def __init__(self, place: Path, lang: str, note: IndexNote | None = None) -> None:
        self._place, self._lang = place, lang
        self._pages = dict(note.pages) if note else {}
        self._raw = dict(note.raw) if note else {}

    def lacks(self, path: str, key: str) -> bool:
        """Return whether the page at `path` must be written before an index is made: it is absent, or another."""
        return path not in self._pages or self._pages[path].key != key

    def write(self, path: str, key: str, html: str) -> None:
        """Write the page at `path`."""
        file, data = self._place / _PAGES / path, html.encode()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        self._pages[path] = IndexedPage(key, hashlib.sha256(data).hexdigest())

    def make(self, places: Mapping[str, int], read: Callable[[str], str]) -> IndexNote:
        """Make the index of the pages at these paths; `places` are the positions of their leaflets among all by date.

        `read` returns a page again that is damaged. Raises IndexFailed.
        """
        pages = {path: self._pages[path] for path in places}
        changed = self._keep_only(_PAGES, pages) | self._keep_only(_FRAGMENTS, _list_fragments(pages))
        whole = not changed and all(page.fragment for page in pages.values()) and self._is_rest_sound()
        with ThreadPoolExecutor(1) as beside:  # there is time while Pagefind runs
            beside.submit(make_patch, *self._read_engines())
            finding = beside.submit(self._find_damaged, pages)
            try:
                made = pages if whole else self._index(pages)
            except IndexFailed:
                if not finding.result():
                    raise
                made = pages
        if damaged := finding.result():
            made = self._index({**made, **{path: self._renew(path, read) for path in damaged}})
        names = {page.fragment: name_by_place(page.fragment, places[path]) for path, page in made.items()}
        parts, files = assemble(self._place / _RAW, self._place / _MADE, self._lang, names)
        rest = {name: self._measure(path) for name, path in files.items()}
        self._pages, self._raw = made, self._read_raw()
        return IndexNote(made, parts, rest, self._raw)

    def _read_engines(self) -> list[bytes]:
        """Return the engines of the last run; those of the next are the same, and make_patch remembers its result."""
        files = (self._place / _RAW / f"wasm.{name}.pagefind" for name in ("unknown", self._lang))
        return [file.read_bytes() if file.is_file() else gzip.compress(b"") for file in files]

    def _find_damaged(self, pages: Mapping[str, IndexedPage]) -> list[str]:
        """Return the pages that are not as the note has them, or whose fragments are not."""
        return [
            path
            for path, page in pages.items()
            if _hash(self._place / _PAGES / path) != page.sha256
            or (
                page.fragment
                and _hash(self._place / _FRAGMENTS / f"{page.fragment}{_ENDING}") != page.fragment_sha256
            )
        ]

    def _renew(self, path: str, read: Callable[[str], str]) -> IndexedPage:
        self.write(path, self._pages[path].key, read(path))
        return self._pages[path]

    def _keep_only(self, folder: str, paths: Collection[str]) -> bool:
        """Delete every other file below a folder; return whether there was one."""
        found = [path for path in _list_files(self._place / folder) if path not in paths]
        for path in found:
            (self._place / folder / path).unlink()
        return bool(found)

    def _is_rest_sound(self) -> bool:
        noted = {path: sha256 for path, (sha256, _) in self._raw.items()}
        return bool(noted) and noted == {path: _hash(self._place / _RAW / path) for path in self._list_rest()}

    def _index(self, pages: Mapping[str, IndexedPage]) -> dict[str, IndexedPage]:
        """Run Pagefind, and read what it has made of the pages that have no fragment."""
        for known in ({page.fragment: path for path, page in pages.items() if page.fragment}, dict[str, str]()):
            self._keep_only(_FRAGMENTS, _list_fragments(pages) if known else ())
            kept = self._clear(keep_words=bool(known))
            run_pagefind(self._place / _PAGES, self._place / _RAW, self._place)
            found = {path: pages[path] for path in known.values()}
            found |= {path: self._describe(pages[path], name) for name, path in self._read_fragments(known)}
            whole = len(found) == len(pages) == sum(1 for _ in _list_files(self._place / _FRAGMENTS))
            if whole and self._is_for_the_same_words(kept):
                return found
        left_out = min(pages.keys() - found.keys(), default="")
        raise IndexFailed(f"it did not index every page in “{self._lang}”, such as “{left_out}”")

    def _clear(self, *, keep_words: bool) -> dict[str, str]:
        """Delete what Pagefind wrote, but for fragments and sound parts of the index; return the words of those.

        Published files may be links to these: nothing is changed in place.
        """
        kept = {}
        for path in list(self._list_rest()):
            sha256, words = self._raw.get(path, ("", ""))
            if keep_words and words and _hash(self._place / _RAW / path) == sha256:
                kept[path] = words
            else:
                (self._place / _RAW / path).unlink()
        (self._place / _PAGES).mkdir(parents=True, exist_ok=True)
        return kept

    def _list_rest(self) -> Iterator[str]:
        return (path for path in _list_files(self._place / _RAW) if not path.endswith(_ENDING))

    def _is_for_the_same_words(self, kept: Mapping[str, str]) -> bool:
        """Delete the kept parts that the index no longer has; return whether the others are for the same words."""
        words = self._list_words()
        for path in kept.keys() - words.keys():
            (self._place / _RAW / path).unlink()
        return all(words[path] == kept[path] for path in kept.keys() & words.keys())

    def _list_words(self) -> dict[str, str]:
        """Return the words that each part of the index is for, by its path."""
        names = {Path(path).stem: path for path in self._list_rest() if path.endswith(_PART)}
        tables = list((self._place / _RAW).glob("*.pf_meta"))
        if len(tables) != 1:
            raise IndexFailed(f"it wrote {len(tables)} tables for “{self._lang}”")
        return {names[name]: words for name, words in list_parts(tables[0].read_bytes(), self._lang, names).items()}

    def _read_raw(self) -> dict[str, tuple[str, str]]:
        words = self._list_words()
        return {path: (_hash(self._place / _RAW / path), words.get(path, "")) for path in self._list_rest()}

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
