"""The plan of the site: everything that the archive publishes, its address, and what it shows."""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from press.model.archive import Archive, Entries, group_by, groups_of
from press.model.entry import Entry
from press.model.formats import ARCHIVE_CITATIONS, list_export_urls
from press.model.menu import MenuEntry, make_menu
from press.model.plan_lists import find_days, find_exact, plan_lists
from press.model.planned import Navigation, PlannedFeed, PlannedFile, PlannedPage, newest
from press.model.timeline import count_decades, count_times, count_without_decade, draw_timeline
from press.model.urls import (
    DATES,
    FEEDS,
    HOME,
    NOT_FOUND,
    OPENSEARCH,
    ROBOTS,
    SEARCH,
    TERMS,
    WEB_MANIFEST,
    catalogue_url,
    category_feed_url,
    category_url,
    feed_url,
    language_feed_url,
    sitemap_url,
)

RECENT_LEAFLETS = 6
FEATURED_LEAFLETS = 3
MOST_CATEGORIES = 24
"""On the home page."""

FEED_LENGTH = 50
SITEMAP_LENGTH = 50_000
"""The most that the protocol allows in one file: https://www.sitemaps.org/protocol.html."""

ICONS = ("favicon.ico", "icon.svg", "icon-180.png", "icon-192.png", "icon-512.png")
MACHINE_FILES = (catalogue_url("json"), catalogue_url("csv"), ROBOTS, WEB_MANIFEST, OPENSEARCH, *ICONS)


@functools.lru_cache(maxsize=2)  # with its redirects and without
def list_pages(archive: Archive) -> tuple[PlannedPage, ...]:
    """Return every page of the site, planned once for all callers."""
    return (*_list_own_pages(_Arranged(archive)), *_plan_moved(archive))


class _Arranged:
    """An archive without what the ledger adds to it later: equal if it was arranged at the same time."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Arranged) and self.archive.neighbours is other.archive.neighbours

    def __hash__(self) -> int:
        return id(self.archive.neighbours)


@functools.lru_cache(maxsize=1)
def _list_own_pages(arranged: _Arranged) -> tuple[PlannedPage, ...]:
    return tuple(plan_own_pages(arranged.archive))


def plan_own_pages(archive: Archive) -> Iterator[PlannedPage]:
    """Yield every page that shows something, once; a page depends only on what it shows and on its own text."""
    changed = newest(archive.leaflets)
    decades = count_decades(archive)
    glance = {
        "total": len(archive.leaflets),
        "timeline": draw_timeline(decades),
        "decades": decades,
        "without": count_without_decade(archive),
    }
    days = {"has_days": bool(find_exact(archive))}
    yield _plan_home(archive, {"total": len(archive.leaflets), "times": count_times(archive), **days})
    years = tuple((year, len(entries)) for year, entries in archive.years.items())
    yield PlannedPage(NOT_FOUND, "404", {"years": years}, lasting=False)
    yield from _plan_texts(archive)
    yield PlannedPage(DATES, "dates", {**glance, **days}, changed=changed)
    yield from plan_lists(archive)
    yield PlannedPage(SEARCH, "search", glance)
    yield PlannedPage(FEEDS, "feeds", {"feeds": tuple(plan_feeds(archive))})


def _plan_moved(archive: Archive) -> Iterator[PlannedPage]:
    """Yield the pages at the addresses of what has moved or is gone."""
    for old, new in archive.redirects.items():
        yield PlannedPage(old, "redirect", {"target": new}, f"the redirect from /{old}", lasting=False)
    for gone in archive.tombstones:
        yield PlannedPage(gone.url, "gone", {"gone": gone}, f"the ledger’s line for /{gone.url}", lasting=False)


def _plan_home(archive: Archive, glance: dict[str, Any]) -> PlannedPage:
    """Plan the home page: the archive's own words, some of its texts, what is new, and ways into the lists."""
    recent = archive.newest[:RECENT_LEAFLETS] or archive.leaflets[: -RECENT_LEAFLETS - 1 : -1]
    sizes = {name: len(entries) for name, entries in archive.categories.items()}
    terms = {kind: len(groups_of(archive, kind)) for kind in TERMS}
    largest = set(sorted(sizes, key=lambda name: -sizes[name])[:MOST_CATEGORIES])
    shows = {
        **glance,
        "recent": recent,
        "by_date_added": bool(archive.newest),
        "featured": choose_featured(archive, recent),
        "categories": tuple((name, size) for name, size in sizes.items() if name in largest),
        "terms": tuple((kind, size) for kind, size in terms.items() if size > 1),
        **({"entry": archive.home} if archive.home else {}),
    }
    source = archive.home.source if archive.home else "the archive"
    return PlannedPage(HOME, "home", shows, source, newest(archive.leaflets))


def choose_featured(archive: Archive, recent: Entries) -> Entries:
    """Choose what the home page shows as examples: first what a header features, then others that are not recent.

    They are drawn by lot, anew in each month in which a text was added, among those in the language of most texts. So
    two builds of an archive choose alike, and a new text seldom changes the choice.
    """
    month = f"{archive.newest[0].added:%Y-%m}" if archive.newest else ""
    languages = Counter(_language_of(entry) for entry in archive.leaflets)
    most = max(languages.values(), default=0)

    def lot(entry: Entry) -> tuple[bool, bool, str]:
        drawn = hashlib.sha256(f"{month} {entry.slug}".encode()).hexdigest()
        return not entry.featured, languages[_language_of(entry)] < most, drawn

    shown = {entry.slug for entry in recent}
    drawn = sorted((e for e in archive.leaflets if e.featured or e.slug not in shown), key=lot)
    return tuple(drawn[:FEATURED_LEAFLETS])


def _language_of(entry: Entry) -> str:
    return entry.lang.partition("-")[0]


def plan_navigation(archive: Archive, setting: Iterable[MenuEntry] = ()) -> Navigation:
    """Return what every page links to, given the setting LEAFLETS_MENU."""
    menu = make_menu(archive, setting)
    named = {item.url for item in menu}
    lists = tuple(word for kind, word in TERMS.items() if groups_of(archive, kind))
    return Navigation(menu, tuple(page for page in archive.pages if page.url not in named), lists)


def _plan_texts(archive: Archive) -> Iterator[PlannedPage]:
    days = find_days(archive)
    for entry in archive.leaflets:
        shows = {
            "entry": entry,
            "neighbours": archive.neighbours[entry.slug],
            "in_category": archive.in_category[entry.slug],
            "translations": archive.translations.get(entry.slug, ()),
            "names": {name: archive.names[name] for name in (*entry.authors, *entry.translators)},
            "day_url": days.get(entry.date.first.toordinal(), "") if entry.date.day else "",
        }
        yield PlannedPage(entry.url, "leaflet", shows, entry.source, entry.added)
    for entry in archive.pages:
        yield PlannedPage(entry.url, "page", {"entry": entry}, entry.source)


def plan_feeds(archive: Archive) -> Iterator[PlannedFeed]:
    """Yield the feed of the whole archive, one for each category and one for each language."""
    yield PlannedFeed(feed_url(), "", HOME, archive.newest[:FEED_LENGTH], "the feed of the archive")
    by_category = group_by(archive.newest, lambda e: e.category)
    for name in archive.categories:
        entries = by_category.get(name, ())[:FEED_LENGTH]
        source = f"category “{name}”"
        yield PlannedFeed(category_feed_url(name), name, category_url(name), entries, source, "category")
    by_language = group_by(archive.newest, lambda e: e.lang)
    for lang in archive.languages:
        entries = by_language.get(lang, ())[:FEED_LENGTH]
        source = f"the feed of the language {lang}"
        yield PlannedFeed(language_feed_url(lang), lang, HOME, entries, source, "language")


def plan_files(pages: int) -> Iterator[tuple[str, str]]:
    """Yield the path of every file for programs and what it is called in diagnostics, for a site of `pages` pages."""
    yield sitemap_url(), "the sitemap"
    if pages > SITEMAP_LENGTH:
        for number in range(1, -(-pages // SITEMAP_LENGTH) + 1):
            yield sitemap_url(number), "the sitemap"
    for path in MACHINE_FILES:
        yield path, f"the archive’s own {path}"


def plan_exports(archive: Archive) -> Iterator[PlannedFile]:
    """Yield every file that visitors download: the exports of each leaflet, and the citations of all."""
    for entry in archive.leaflets:
        for path in list_export_urls(entry.slug):
            yield PlannedFile(path, f"an export of {entry.source}")
    yield from _plan_citations()


def _plan_citations() -> Iterator[PlannedFile]:
    for path in ARCHIVE_CITATIONS.values():
        yield PlannedFile(path, "the citations of the archive", lasting=True)


@functools.lru_cache(maxsize=2)
def list_paths(archive: Archive) -> frozenset[str]:
    """Return the path of everything in the plan: pages, feeds, exports and files for programs."""
    pages = [page.path for page in list_pages(archive)]
    others = [*(feed.path for feed in plan_feeds(archive)), *(file.path for file in plan_exports(archive))]
    return frozenset([*pages, *others, *(path for path, _ in plan_files(len(pages)))])


def list_lasting(archive: Archive) -> list[str]:
    """Return the addresses that belong in the ledger, in the order of the plan."""
    pages = (page.url for page in list_pages(archive) if page.lasting)
    return [*pages, *(file.path for file in _plan_citations())]
