"""The stage `index`: make the full-text search index of all leaflets, one index for each language.

Only the indexes of languages whose leaflets have changed are made, and beside what the other stages do meanwhile.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from press.cache.keys import document_key, index_key, index_note_key
from press.cache.steps import Step
from press.diagnostics import Refused, error
from press.model.entry import Entry
from press.model.urls import SEARCH_INDEX
from press.options import Json
from press.runtime.background import in_background
from press.runtime.blob import Blob
from press.runtime.parallel import map_over_cores
from press.runtime.progress import begin_stage
from press.search.documents import (
    Display,
    SearchContent,
    SearchDocument,
    list_names,
    name_indexes,
    page_path,
    tokenise_html,
    write_document,
)
from press.search.index_folder import IndexFolder, IndexNote, list_index, load_index_note
from press.search.pagefind import WORDS, IndexFailed
from press.search.suggestions import list_words
from press.site.page_text import Texts
from press.site.pelican_site import Site

_Files = Mapping[str, Blob]
"""The files of an index by their paths below SEARCH_INDEX."""


def _load_text(written: Json, _: object) -> str:
    if not isinstance(written, str):
        raise TypeError(written)
    return written


def _load_noted(written: Json, _: object) -> _Noted:
    key, note = written
    return str(key), load_index_note(note)


_Noted = tuple[str, IndexNote]
"""The key of the last index of a language, and what its folder holds."""

DOCUMENT = Step[str]("document", lambda page: page, _load_text)
INDEX = Step[_Noted]("index", lambda noted: [noted[0], noted[1].dump()], _load_noted)


@dataclass(frozen=True)
class SearchIndex:
    """The index of each language: those that are kept, and those that are being made."""

    site: Site
    texts: Texts
    kept: Mapping[str, _Files]
    making: Mapping[str, _Making]
    wait: Callable[[], Mapping[str, IndexNote]]
    """Waits for those; raises Refused if one could not be made."""

    def place(self) -> None:
        """Put the whole index into the tree."""
        tree = self.site.tree
        words, path = _list_words(self.site, self.texts).encode(), f"{SEARCH_INDEX}{WORDS}"
        if not tree.keep(path, sha256(words).hexdigest()):
            tree.write(path, words)
        if self.making:
            begin_stage(INDEX.name, len(self.making), len(self.making))
        for lang, note in self.wait().items():
            made = self.making[lang]
            self.site.cache.keep(INDEX, made.note_key, (made.key, note))
            self._place(list_index(made.place, note, made.places))
        for files in self.kept.values():
            self._place(files)

    def _place(self, files: _Files) -> None:
        tree = self.site.tree
        for name, blob in files.items():
            if f"{SEARCH_INDEX}{name}" not in tree.files:  # two languages have the same engine
                tree.place(f"{SEARCH_INDEX}{name}", blob)


@dataclass(frozen=True)
class _Making:
    """The index of a language that is to be made, in its folder at `place`."""

    place: Path
    folder: IndexFolder
    key: str
    note_key: str
    entries: Mapping[str, Entry]
    places: Mapping[str, int]
    """The leaflets and their positions in the archive, by the paths of their pages."""


@contextmanager
def index(site: Site, texts: Texts) -> Iterator[SearchIndex | None]:
    """Begin to make the indexes that are not there; yield what waits for them, None without a search.

    Pagefind's files differ from run to run, so an index is published again until its input changes. What is still
    being made when the block ends is given up.
    """
    groups = _group(site)
    if not groups:
        yield None
        return
    documents = _Documents(site, texts)
    site.cache.count_use(DOCUMENT, documents.keys.values())
    with site.cache.store.own_folder("search") as (folder, stays):
        _drop_others(folder, groups.keys())
        kept, making = _sort(site, groups, documents, folder, stays=stays)
        if not making:
            yield SearchIndex(site, texts, kept, making, dict)
            return
        for lang, group in groups.items():
            if lang in making:
                documents.write_missing(group, making[lang].folder)
        work = partial(_make_all, making, documents)
        with in_background(work, site.jobs, doing="making the search index", path="pagefind") as wait:
            yield SearchIndex(site, texts, kept, making, wait)


def _sort(
    site: Site, groups: Mapping[str, _Group], documents: _Documents, folder: Path, *, stays: bool
) -> tuple[dict[str, _Files], dict[str, _Making]]:
    """Return the indexes that are as they should be, and those that are to be made, by language."""
    kept, making = dict[str, _Files](), dict[str, _Making]()
    for lang, group in groups.items():
        key = index_key(lang, {place: documents.keys[entry.source] for place, entry in group})
        note_key = index_note_key(lang) if key and stays else ""
        former, note = site.cache.recall_for_use(INDEX, note_key) or ("", IndexNote())
        places = {page_path(entry): place for place, entry in group}
        files = list_index(folder / lang, note, places) if former == key else {}
        if files and _is_sound(site, files):
            kept[lang] = files
        else:
            entries = {page_path(entry): entry for _, entry in group}
            made = IndexFolder(folder / lang, lang, note)
            making[lang] = _Making(folder / lang, made, key, note_key, entries, places)
    return kept, making


def _drop_others(folder: Path, langs: Collection[str]) -> None:
    """Delete what is there of languages that have no index any more."""
    for entry in folder.iterdir():
        if entry.name not in langs:
            shutil.rmtree(entry, ignore_errors=True)


def list_search_content(site: Site, texts: Texts) -> SearchContent | None:
    """Return what the search is made of; None without a search."""
    groups = _group(site)
    documents = _Documents(site, texts)
    made = [document for group in groups.values() for document in documents.make(group)]
    return SearchContent(tuple(made), _list_words(site, texts)) if made else None


def find_indexes(site: Site) -> dict[str, str]:
    """Return the index of each language of the archive, without regions; several may share one."""
    counts = Counter(entry.lang.partition("-")[0] for entry in site.archive.leaflets)
    return name_indexes(counts, site.settings["DEFAULT_LANG"].partition("-")[0])


_Group = list[tuple[int, Entry]]
"""The leaflets of one index with their positions in the archive."""


def _group(site: Site) -> dict[str, _Group]:
    """Return the leaflets of each index; nothing without a search."""
    groups: dict[str, _Group] = {}
    indexes = find_indexes(site)
    for n, entry in enumerate(site.archive.leaflets if site.settings["SEARCH"] else ()):
        groups.setdefault(indexes[entry.lang.partition("-")[0]], []).append((n, entry))
    return groups


def _is_sound(site: Site, files: _Files) -> bool:
    return all(site.tree.has(f"{SEARCH_INDEX}{name}", blob.sha256) or blob.is_sound() for name, blob in files.items())


def _list_words(site: Site, texts: Texts) -> str:
    names = (list_names(e, texts[e.source].title_text, _display(site, e)) for e in site.archive.leaflets)
    return list_words(name for each in names for name in each)


def _display(site: Site, entry: Entry) -> Display:
    return site.localiser.format_date(entry.date), site.localiser.format_term(entry.category)


class _Documents:
    """Makes the documents that Pagefind reads, or takes them from the cache."""

    def __init__(self, site: Site, texts: Texts) -> None:
        self._site, self._texts, self._indexes = site, texts, find_indexes(site)
        self.keys = {entry.source: self._key_of(entry) for entry in site.archive.leaflets}
        """The key of each document, by the source of its leaflet; it does not depend on its position."""

    def _key_of(self, entry: Entry) -> str:
        keys, shown = self._texts.text_keys, (*_display(self._site, entry), self._lang_of(entry))
        return document_key(self._site.text_environment, keys.of_text(entry), keys.of_entry(entry), *shown)

    def make(self, group: _Group) -> list[SearchDocument]:
        """Return the documents of some leaflets."""
        pages = self._recall_or_write([entry for _, entry in group])
        return [
            SearchDocument(self._lang_of(entry), page_path(entry), place, page)
            for (place, entry), page in zip(group, pages, strict=True)
        ]

    def write_missing(self, group: _Group, folder: IndexFolder) -> None:
        """Write into the folder of an index the pages that it lacks."""
        entries = [entry for _, entry in group if folder.lacks(page_path(entry), self.keys[entry.source])]
        for entry, page in zip(entries, self._recall_or_write(entries), strict=True):
            folder.write(page_path(entry), self.keys[entry.source], page)

    def read(self, entry: Entry) -> str:
        """Return the page of a leaflet, in any process."""
        return self._site.cache.recall(DOCUMENT, self.keys[entry.source]) or self._write(entry)

    def _recall_or_write(self, entries: Sequence[Entry]) -> Iterator[str]:
        return self._site.cache.recall_or_make(DOCUMENT, entries, lambda e: self.keys[e.source], self._write_all)

    def _write_all(self, entries: Sequence[Entry]) -> Iterator[str]:
        doing = "reading this text for the search"
        return map_over_cores(self._write, entries, self._site.jobs, doing=doing, path_of=lambda e: e.source)

    def _write(self, entry: Entry) -> str:
        text = self._texts[entry.source]
        words = tokenise_html(text.page_body)
        return write_document(entry, text.title_text, _display(self._site, entry), words, self._lang_of(entry))

    def _lang_of(self, entry: Entry) -> str:
        return self._indexes[entry.lang.partition("-")[0]]


def _make_all(making: Mapping[str, _Making], documents: _Documents) -> dict[str, IndexNote]:
    """Make the index of each language; return what its folder holds then. Raises Refused."""
    try:
        return {
            lang: one.folder.make(one.places, lambda path, one=one: documents.read(one.entries[path]))  # type: ignore[misc]
            for lang, one in making.items()
        }
    except IndexFailed as failed:
        message = f"Pagefind could not make the index: {failed}. Build again, or with --no-search."
        raise Refused([error("pagefind", 0, "search-index", message)]) from None
