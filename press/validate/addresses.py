"""All addresses of the site: no two things share one, and none that was published vanishes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from press.diagnostics import Diagnostic, error
from press.model.archive import Archive
from press.model.entry import Entry
from press.model.plan import list_pages, plan_exports, plan_feeds, plan_files
from press.model.slugs import make_slug
from press.model.urls import SEARCH_INDEX, THEME, category_feed_url, category_url, leaflet_url
from press.validate.sources import Source

Place = tuple[str, int]
"""A file and a line of it, as diagnostics name them."""


def find_slug_clashes(sources: Sequence[Source]) -> Iterator[Diagnostic]:
    """Find texts that share an address, and categories, authors, tags or series that would share one."""
    texts: dict[str, Source] = {}
    names: dict[tuple[str, str], tuple[str, Source]] = {}
    for source in sources:
        entry = source.entry
        if entry is None:
            continue
        first = texts.setdefault(entry.url, source)
        if first is not source:
            message = f"“{entry.slug}” is already the slug of {first.shown}. Write another `Slug:`."
            yield error(source.shown, source.line_of("slug", "title"), "slug-twice", message)
        for key, name in _named_groups(entry):
            other, where = names.setdefault((key, make_slug(name)), (name, source))
            if other != name:
                message = (
                    f"“{name}” and “{other}” ({where.shown}) would share the address {make_slug(name)}. Use one of "
                    "the two everywhere, or choose names that differ in letters or digits."
                )
                yield error(source.shown, source.line_of(key, f"{key}s", value=name), "name-clash", message)


def find_old_addresses(sources: Sequence[Source], pages: Iterable[str]) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the target of each `Redirect-from:`; problems for old addresses that are pages or used twice."""
    taken: dict[str, str] = dict.fromkeys(pages, "a page of this site")
    moved: dict[str, str] = {}
    problems = []
    for source in sources:
        if source.entry is None or source.entry.draft:
            continue
        for old in source.entry.redirect_from:
            if old[1:] in taken:
                message = f"{old} is {taken[old[1:]]}, so it cannot redirect here. Delete one of the two."
                line = source.line_of("redirect-from", value=old)
                problems.append(error(source.shown, line, "redirect-from", message))
                continue
            taken[old[1:]] = f"redirected by {source.shown}"
            moved[old[1:]] = source.entry.url
    return moved, problems


def find_wrong_translations(sources: Sequence[Source], unread: Collection[str] = ()) -> Iterator[Diagnostic]:
    """Find translations of a text that does not exist, of themselves, or into the language of their original.

    `unread` are the paths of pages whose texts have an error of their own: those exist.
    """
    originals = {s.entry.slug: s.entry for s in sources if s.entry and not s.entry.draft and not s.entry.is_page}
    for source in sources:
        entry = source.entry
        if entry is None or entry.draft or not entry.translation_of:
            continue
        if f"{leaflet_url(entry.translation_of)}index.html" in unread:
            continue
        original = originals.get(entry.translation_of)
        wrong = ""
        if original is None:
            wrong = "is not the slug of a published leaflet. Write the slug of the original"
        elif original is entry:
            wrong = "is this text itself. Write the slug of the original"
        elif original.translation_of == entry.slug:
            wrong = "is in turn a translation of this text. Remove the line from the one that is the original"
        elif original.translation_of:
            wrong = f"is itself a translation. Write the slug of the original, {original.translation_of}"
        elif original.lang == entry.lang:
            wrong = f"is in the same language, {entry.lang}. Correct one of the two `Lang:` lines"
        if wrong:
            line = source.line_of("translation-of")
            yield error(source.shown, line, "translation-of", f"“{entry.translation_of}” {wrong}.")


def find_url_clashes(
    archive: Archive, statics: Iterable[str], owners: Mapping[str, Sequence[Place]], shown: str
) -> Iterator[tuple[Diagnostic, Sequence[Place]]]:
    """Find two things that would be the same file, even in another case or Unicode form, or a file and a folder.

    Each problem comes with the places that ask for the address: without all of them, it would be free.
    """
    registry: dict[str, tuple[str, str]] = {}
    folders: dict[str, str] = {}
    for path, url, source in _list_files(archive, statics):
        key = unicodedata.normalize("NFC", path).casefold()
        first, other = registry.setdefault(key, (url, source))
        if other != source:
            wrong = f"{source} would be published at /{path}, the address of {other}"
            yield _clash(wrong, owners.get(url) or owners.get(first), shown)
        while (key := key.rpartition("/")[0]) and key not in folders:
            folders[key] = url
    for file in plan_exports(archive):  # of slugs, so in small letters and ASCII, in the folders of their leaflets
        url, source = registry.setdefault(file.path, (file.path, file.source))
        if source != file.source:
            wrong = f"{source} would be published at /{file.path}, the address of {file.source}"
            yield _clash(wrong, owners.get(url), shown)
    for key in sorted(registry.keys() & folders.keys()):
        url, source = registry[key]
        wrong = f"/{folders[key]} would need a folder at /{key}, the address of {source}"
        yield _clash(wrong, owners.get(folders[key]) or owners.get(url), shown)


def _clash(wrong: str, places: Sequence[Place] | None, shown: str) -> tuple[Diagnostic, Sequence[Place]]:
    place = places[0] if places else (shown, 0)
    return error(*place, "url-clash", f"{wrong}. Rename one of the two."), places or ()


def _list_files(archive: Archive, statics: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the path, the address and the source of every file except the exports."""
    pages = [(page.path, page.url, page.source) for page in list_pages(archive)]
    yield from ((path, path, source) for path, source in chain(_TAKEN.items(), plan_files(len(pages))))
    yield from pages
    yield from ((feed.path, feed.path, feed.source) for feed in plan_feeds(archive))
    yield from ((path, path, path) for path in statics)


def find_owners(sources: Iterable[Source]) -> dict[str, list[Place]]:
    """Return the lines of headers that ask for each address."""
    owners: dict[str, list[Place]] = {}
    for source in sources:
        entry = source.entry
        if entry is None or entry.draft:
            continue
        owners.setdefault(entry.url, []).append((source.shown, source.line_of("slug", "title")))
        for old in entry.redirect_from:
            owners.setdefault(old[1:], []).append((source.shown, source.line_of("redirect-from", value=old)))
        for url in () if entry.is_page else (category_url(entry.category), category_feed_url(entry.category)):
            owners.setdefault(url, []).append((source.shown, source.line_of("category")))
    return owners


_TAKEN: Mapping[str, str] = {
    "manifest.json": "the list of all files",
    "_headers": "the headers of the site",
    "_redirects": "the redirects of the site",
    SEARCH_INDEX.rstrip("/"): "the index of the search",
    THEME.rstrip("/"): "the style of the site",
}
"""Files that the build writes besides the planned pages, and folders with files that are not planned."""


def _named_groups(entry: Entry) -> Iterator[tuple[str, str]]:
    if not entry.is_page:
        yield "category", entry.category
    for author in entry.authors:
        yield "author", author
    for tag in entry.tags:
        yield "tags", tag
    if entry.series:
        yield "series", entry.series
