"""The plan of the site: everything that the archive publishes, its address, and what it shows."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from press.model.archive import Archive, Entries, group_by, span_of_years
from press.model.entry import Entry
from press.model.formats import ARCHIVE_CITATIONS, list_export_urls
from press.model.pagination import cut
from press.model.timeline import count_decades, draw_timeline
from press.model.titles import sort_titles
from press.model.urls import (
    ALL_TITLES,
    DATES,
    FEEDS,
    HOME,
    NOT_FOUND,
    OPENSEARCH,
    ROBOTS,
    SEARCH,
    TERMS,
    TITLES,
    WEB_MANIFEST,
    catalogue_url,
    category_feed_url,
    category_url,
    day_id,
    feed_url,
    index_url,
    language_feed_url,
    month_url,
    numbered_url,
    sitemap_url,
    term_url,
    without_year_url,
    year_url,
)

PER_PAGE = 50
LINES_PER_PAGE = 100
"""Titles, authors and the like, which take one line each."""

RECENT_LEAFLETS = 10
"""On the home page."""

FEED_LENGTH = 50
SITEMAP_LENGTH = 50_000
"""The most that the protocol allows in one file: https://www.sitemaps.org/protocol.html."""

ICONS = ("favicon.ico", "icon.svg", "icon-180.png", "icon-192.png", "icon-512.png")
MACHINE_FILES = (catalogue_url("json"), catalogue_url("csv"), ROBOTS, WEB_MANIFEST, OPENSEARCH, *ICONS)


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page of the site: `template` gets the variables in `shows`."""

    url: str
    """Relative to the top of the site, as in press/model/urls.py."""
    template: str
    shows: Mapping[str, Any] = field(default_factory=dict)
    source: str = "the archive"
    """The text it shows, or the archive itself; named in diagnostics."""
    changed: datetime.date | None = None
    """When the newest text it shows was added, if that is known."""
    lasting: bool = True
    """Whether its address belongs in the ledger: not if it only redirects, or is a later page of a list."""

    @property
    def path(self) -> str:
        """The path of its file below the output folder."""
        return f"{self.url}index.html" if not self.url or self.url.endswith("/") else self.url

    def showing(self, **more: Any) -> PlannedPage:
        """Return the page with more variables."""
        return replace(self, shows={**self.shows, **more})


@dataclass(frozen=True, slots=True)
class Navigation:
    """What every page links to: the indexes that may be empty, and the pages from content/pages/."""

    indexes: tuple[str, ...]
    pages: Entries


@dataclass(frozen=True, slots=True)
class PlannedFeed:
    """An Atom feed of the newest `entries` by date added."""

    path: str
    title: str
    """A category or a language tag; empty for the whole archive."""
    url: str
    """The page it belongs to."""
    entries: Entries
    source: str
    """What it belongs to; named in diagnostics."""
    kind: str = "all"
    """`all`, `category` or `language`."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that visitors download. Its address is reserved even if this build does not make it.

    An export that is not in the ledger belongs to a leaflet that is, and moves with it.
    """

    path: str
    source: str
    """The text it is made from, or the archive itself; named in diagnostics."""
    lasting: bool = False
    """Whether its address belongs in the ledger."""


@functools.lru_cache(maxsize=2)  # with its redirects and without
def list_pages(archive: Archive) -> tuple[PlannedPage, ...]:
    """Return every page of the site, planned once for all callers."""
    return tuple(plan_pages(archive))


def plan_pages(archive: Archive) -> Iterator[PlannedPage]:
    """Yield every page of the site once; a page depends only on what it shows and on its own text."""
    changed = newest(archive.leaflets)
    glance = {
        "total": len(archive.leaflets),
        "timeline": draw_timeline(archive.years),
        "decades": count_decades(archive.years),
        "groups": tuple((name, entries[0].date, len(entries)) for name, entries in archive.groups.items()),
    }
    recent = archive.newest[:RECENT_LEAFLETS] or archive.leaflets[: -RECENT_LEAFLETS - 1 : -1]
    categories = tuple((name, len(entries)) for name, entries in archive.categories.items())
    shows = {**glance, "recent": recent, "by_date_added": bool(archive.newest), "categories": categories}
    yield PlannedPage(HOME, "home", shows, changed=changed)
    years = tuple((year, len(entries)) for year, entries in archive.years.items())
    yield PlannedPage(NOT_FOUND, "404", {"years": years}, lasting=False)
    yield from _plan_texts(archive)
    yield PlannedPage(DATES, "dates", glance, changed=changed)
    yield from _plan_years(archive)
    yield from _plan_titles(archive)
    for kind, plural in TERMS.items():
        yield from _plan_terms(kind, getattr(archive, plural))
    yield PlannedPage(SEARCH, "search", glance)
    yield PlannedPage(FEEDS, "feeds", {"feeds": tuple(plan_feeds(archive))})
    for old, new in archive.redirects.items():
        yield PlannedPage(old, "redirect", {"target": new}, f"the redirect from /{old}", lasting=False)
    for gone in archive.tombstones:
        yield PlannedPage(gone.url, "gone", {"gone": gone}, f"the ledger’s line for /{gone.url}", lasting=False)


def plan_navigation(archive: Archive) -> Navigation:
    """Return what the navigation of every page has besides dates, categories and titles."""
    indexes = {"authors": archive.authors, "series": archive.series, "tags": archive.tags}
    return Navigation(tuple(name for name, groups in indexes.items() if groups), archive.pages)


def newest(entries: Iterable[Entry]) -> datetime.date | None:
    """Return the day the last of the entries was added, or None if no day is known."""
    return max((entry.added for entry in entries if entry.added), default=None)


def _plan_texts(archive: Archive) -> Iterator[PlannedPage]:
    days = _find_days(archive)
    for entry in archive.leaflets:
        shows = {
            "entry": entry,
            "neighbours": archive.neighbours[entry.slug],
            "in_category": archive.in_category[entry.slug],
            "translations": archive.translations.get(entry.slug, ()),
            "day_url": days.get(entry.date.first.toordinal(), "") if entry.date.day else "",
        }
        yield PlannedPage(entry.url, "leaflet", shows, entry.source, entry.added)
    for entry in archive.pages:
        yield PlannedPage(entry.url, "page", {"entry": entry}, entry.source)


def _find_days(archive: Archive) -> dict[int, str]:
    """Return the address of every day that has leaflets, by its ordinal: `2006/10/#d24`, or on a later page."""
    days: dict[int, str] = {}
    dated = [entry for entry in archive.leaflets if entry.date.month]
    months = group_by(dated, lambda e: (e.date.first.year, e.date.first.month))
    for (year, month), entries in months.items():
        for place, entry in enumerate(entries):
            if entry.date.day:
                url = numbered_url(month_url(year, month), place // PER_PAGE + 1)
                days.setdefault(entry.date.first.toordinal(), f"{url}#{day_id(entry.date.day)}")
    return days


def _plan_years(archive: Archive) -> Iterator[PlannedPage]:
    for year, entries in archive.years.items():
        months = group_by(entries, lambda e: e.date.month)
        counts = {month: len(in_month) for month, in_month in months.items() if month}
        shows: dict[str, Any] = {"year": year, "counts": counts}
        yield from _plan_list(year_url(year), "year", entries, shows, ("months", lambda e: e.date.month))
        for month, in_month in months.items():
            if month:
                shows = {"year": year, "month": month}
                by_day = ("days", lambda e: e.date.day)
                yield from _plan_list(month_url(year, month), "month", in_month, shows, by_day)
    for name, entries in archive.groups.items():
        yield from _plan_list(without_year_url(name), "without_year", entries, {"vague_date": entries[0].date})


def _plan_titles(archive: Archive) -> Iterator[PlannedPage]:
    """Plan all titles as one long list; each of its pages links to where every letter begins."""
    titles = sort_titles(archive.leaflets)
    letters: dict[str, str] = {}
    for place, (letter, _) in enumerate(titles):
        letters.setdefault(letter, numbered_url(TITLES, place // LINES_PER_PAGE + 1))
    changed = newest(archive.leaflets)
    yield PlannedPage(ALL_TITLES, "all", {"entries": tuple(entry for _, entry in titles)}, changed=changed)
    for pager, part in cut(titles, TITLES, LINES_PER_PAGE):
        by_letter: dict[str, list[Entry]] = {}
        for letter, entry in part:
            by_letter.setdefault(letter, []).append(entry)
        shows = {"pager": pager, "total": len(titles), "letters": letters, "by_letter": by_letter}
        yield PlannedPage(pager.url, "titles", shows, changed=changed, lasting=pager.number == 1)


def _plan_terms(kind: str, groups: Mapping[str, Entries]) -> Iterator[PlannedPage]:
    """Plan the index of all categories, authors, series or tags, and the page of each; nothing if there are none."""
    rows = [(name, term_url(kind, name), len(e), span_of_years(e)) for name, e in groups.items()]
    for pager, part in cut(rows, index_url(kind), LINES_PER_PAGE) if rows else ():
        shows = {"kind": kind, "pager": pager, "rows": part, "total": len(rows)}
        yield PlannedPage(pager.url, "terms", shows, lasting=pager.number == 1)
    for name, url, _, span in rows:
        yield from _plan_list(url, "term", groups[name], {"kind": kind, "term": name, "span": span})


def _plan_list(
    url: str,
    template: str,
    entries: Entries,
    shows: Mapping[str, Any],
    by: tuple[str, Callable[[Entry], int | None]] | None = None,
) -> Iterator[PlannedPage]:
    """Cut a long list into pages, the first at `url`.

    `by` is the name of a variable that groups the entries of a page, and the key that it groups them by.
    """
    changed = newest(entries)
    for pager, part in cut(entries, url, PER_PAGE):
        shown = {"entries": part, "total": len(entries), "pager": pager, **shows}
        if by:
            shown[by[0]] = group_by(part, by[1])
        yield PlannedPage(pager.url, template, shown, changed=changed, lasting=pager.number == 1)


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
    for path in ARCHIVE_CITATIONS.values():
        yield PlannedFile(path, "the citations of the archive", lasting=True)


def list_paths(archive: Archive) -> frozenset[str]:
    """Return the path of everything in the plan: pages, feeds, exports and files for programs."""
    pages = [page.path for page in list_pages(archive)]
    others = [*(feed.path for feed in plan_feeds(archive)), *(file.path for file in plan_exports(archive))]
    return frozenset([*pages, *others, *(path for path, _ in plan_files(len(pages)))])


def list_lasting(archive: Archive) -> list[str]:
    """Return the addresses that belong in the ledger, in the order of the plan."""
    pages = (page.url for page in list_pages(archive) if page.lasting)
    files = (file.path for file in plan_exports(archive) if file.lasting)
    return [*pages, *files]
