"""The stage `index`: make the full-text search index of all leaflets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from press.cache.keys import index_key, tokens_key
from press.cache.steps import Step
from press.diagnostics import Refused, error
from press.model.entry import Entry
from press.model.urls import SEARCH_INDEX
from press.options import Json
from press.runtime.blob import Blob, blob_of
from press.runtime.parallel import map_over_cores
from press.search.documents import SearchDocument, make_document, name_indexes, tokenise_html
from press.search.pagefind import IndexFailed, make_files
from press.site.page_text import Texts
from press.site.pelican_site import Site

_Files = Mapping[str, Blob]
"""The files of an index by their paths below SEARCH_INDEX."""


MakeDocument = Callable[[Entry, int, str, tuple[str, str], str, str], SearchDocument]
"""make_document, or what remembers its results."""


def _load_text(written: Json, _: object) -> str:
    if not isinstance(written, str):
        raise TypeError(written)
    return written


TOKENS = Step[str]("tokens", lambda text: text, _load_text)
INDEX = Step[_Files]("index", lambda files: [], lambda _, files: files, files=lambda files: files, spare=1)


def index(site: Site, texts: Texts, *, write: bool, make: MakeDocument = make_document) -> list[SearchDocument]:
    """Put the search index into the tree if `write`, and return what it is made of. Raises Refused.

    Pagefind's files differ from run to run, so an index is published again until its input changes.
    """
    documents = _list_documents(site, texts, make) if site.settings["SEARCH"] else []
    if not write or not documents:
        return documents
    made = site.cache.recall_or_make(
        INDEX,
        [documents],
        index_key,
        lambda absent: (_make_index(each) for each in absent),
        lambda _, files: all(
            site.tree.keep(f"{SEARCH_INDEX}{name}", blob.sha256) or blob.is_sound() for name, blob in files.items()
        ),
    )
    for files in made:
        for name, blob in files.items():
            site.tree.place(f"{SEARCH_INDEX}{name}", blob)
    return documents


def find_indexes(site: Site) -> dict[str, str]:
    """Return the index of each language of the archive, without regions; several may share one."""
    counts = Counter(entry.lang.partition("-")[0] for entry in site.archive.leaflets)
    return name_indexes(counts, site.settings["DEFAULT_LANG"].partition("-")[0])


def _list_documents(site: Site, texts: Texts, make: MakeDocument) -> list[SearchDocument]:
    """Return the input of Pagefind for each leaflet, in the order of the archive."""
    leaflets = site.archive.leaflets

    def tokenise(entry: Entry) -> str:
        return tokenise_html(texts[entry.source].page_body)

    tokens = site.cache.recall_or_make(
        TOKENS,
        leaflets,
        lambda entry: tokens_key(site.text_environment, texts.text_keys.of_text(entry)),
        lambda absent: map_over_cores(
            tokenise, absent, site.jobs, doing="reading this text for the search", path_of=lambda e: e.source
        ),
    )
    localiser, indexes = site.localiser, find_indexes(site)
    return [
        make(
            entry,
            place,
            texts[entry.source].title_text,
            (localiser.format_date(entry.date), localiser.format_term(entry.category)),
            text,
            indexes[entry.lang.partition("-")[0]],
        )
        for place, (entry, text) in enumerate(zip(leaflets, tokens, strict=True))
    ]


def _make_index(documents: Sequence[SearchDocument]) -> _Files:
    try:
        return {name: blob_of(data) for name, data in make_files(documents).items()}
    except IndexFailed as failed:
        message = f"Pagefind could not make the index: {failed}. Build again, or with --no-search."
        raise Refused([error("pagefind", 0, "search-index", message)]) from failed
