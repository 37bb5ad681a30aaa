"""The plan of the site: everything that the archive publishes, its address, and what it shows."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from press.model.archive import Archive, Entries, group_by, span_of_years
from press.model.entry import Entry
from press.model.formats import ARCHIVE_CITATIONS, place_copies
from press.model.pagination import cut, page_url
from press.model.slugs import make_slug
from press.model.timeline import count_decades, draw_timeline
from press.model.titles import sort_titles

PER_PAGE = 50
NAMES_PER_PAGE = 100
"""Of titles, authors and the like, which take one line each."""

RECENT = 10
"""Leaflets on the home page."""

FEED_LENGTH = 50
SITEMAP_LENGTH = 50_000
"""What the protocol allows in one file: https://www.sitemaps.org/protocol.html."""

ICONS = ("favicon.ico", "icon.svg", "icon-180.png", "icon-192.png", "icon-512.png")
MACHINE_FILES = ("archive.json", "archive.csv", "robots.txt", "site.webmanifest", *ICONS)

KINDS = {"category": "categories", "author": "authors", "series": "series", "tag": "tags"}
"""What leaflets are listed by beside dates and titles; the page of all names stands at the second word."""


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page of the site: `template` is given the variables in `shows`."""

    url: str
    """Below the site's own address; a directory's page ends in /, the home page is the empty string."""
    template: str
    shows: Mapping[str, Any] = field(default_factory=dict)
    source: str = "the archive"
    """The text it shows, or the archive itself, for problems."""
    changed: datetime.date | None = None
    """When the newest text it shows was added, where that is known."""
    lasting: bool = True
    """Whether its address belongs in the ledger: not where it only leads on, or cuts a list in pieces."""

    @property
    def path(self) -> str:
        """Where the file stands below the output folder."""
        return f"{self.url}index.html" if not self.url or self.url.endswith("/") else self.url

    def showing(self, **more: Any) -> PlannedPage:
        """Give the page with more that it shows."""
        return replace(self, shows={**self.shows, **more})


@dataclass(frozen=True, slots=True)
class Navigation:
    """What every page links to: the indexes that are not always there, and the pages that are no leaflets."""

    indexes: tuple[str, ...]
    pages: Entries


@dataclass(frozen=True, slots=True)
class PlannedFeed:
    """An Atom feed of the newest `entries` by date added."""

    path: str
    title: str
    """What the feed is of: a category, a language tag; empty for the whole archive."""
    url: str
    """The page it belongs to."""
    entries: Entries
    source: str
    """What it belongs to, for problems."""
    kind: str = "all"
    """`all`, `category` or `language`."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that a reader takes away. Its name is reserved whether it is made this time or not.

    A copy that does not stand in the ledger belongs to a leaflet that does, and goes where it goes.
    """

    path: str
    source: str
    """The text it is a copy of, or the archive itself, for problems."""
    lasting: bool = False
    """Whether its address belongs in the ledger."""


@functools.lru_cache(maxsize=2)  # with its redirects and without
def list_pages(archive: Archive) -> tuple[PlannedPage, ...]:
    """Give every page of the site, planned once for all who ask."""
    return tuple(plan_pages(archive))


def plan_pages(archive: Archive) -> Iterator[PlannedPage]:
    """Yield every page of the site, each once; what a page shows is all that it depends on, beside its own text."""
    changed = newest(archive.leaflets)
    glance = {
        "total": len(archive.leaflets),
        "timeline": draw_timeline(archive.years),
        "decades": count_decades(archive.years),
        "groups": tuple((name, entries[0].date, len(entries)) for name, entries in archive.groups.items()),
    }
    recent = archive.newest[:RECENT] or archive.leaflets[: -RECENT - 1 : -1]
    categories = tuple((name, entries[0].category_slug, len(entries)) for name, entries in archive.categories.items())
    shows = {**glance, "recent": recent, "by_date_added": bool(archive.newest), "categories": categories}
    yield PlannedPage("", "home", shows, changed=changed)
    years = tuple((year, len(entries)) for year, entries in archive.years.items())
    yield PlannedPage("404.html", "404", {"years": years}, lasting=False)
    yield from _plan_texts(archive)
    yield PlannedPage("dates/", "dates", glance, changed=changed)
    yield from _plan_years(archive)
    yield from _plan_titles(archive)
    for kind, plural in KINDS.items():
        yield from _plan_names(kind, getattr(archive, plural))
    yield PlannedPage("search/", "search", glance)
    yield PlannedPage("feeds/", "feeds", {"feeds": tuple(plan_feeds(archive))})
    for old, new in archive.redirects.items():
        yield PlannedPage(old, "redirect", {"target": new}, f"the redirect from /{old}", lasting=False)
    for gone in archive.tombstones:
        yield PlannedPage(gone.url, "gone", {"gone": gone}, f"the ledger’s line for /{gone.url}", lasting=False)


def plan_navigation(archive: Archive) -> Navigation:
    """Give what stands in the navigation of every page beside dates, categories and titles."""
    indexes = {"authors": archive.authors, "series": archive.series, "tags": archive.tags}
    return Navigation(tuple(name for name, groups in indexes.items() if groups), archive.pages)


def newest(entries: Iterable[Entry]) -> datetime.date | None:
    """Give the day on which the last of the entries was added, or None where no day is known."""
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
    """Give by its ordinal the place of every day that has leaflets: `2006/10/#d24`, or on a later page."""
    days: dict[int, str] = {}
    months = group_by((e for e in archive.leaflets if e.date.month), lambda e: (e.date.first.year, e.date.month))
    for (year, month), entries in months.items():
        for place, entry in enumerate(entries):
            if entry.date.day:
                url = page_url(f"{year:04d}/{month:02d}/", place // PER_PAGE + 1)
                days.setdefault(entry.date.first.toordinal(), f"{url}#d{entry.date.day}")
    return days


def _plan_years(archive: Archive) -> Iterator[PlannedPage]:
    for year, entries in archive.years.items():
        months = group_by(entries, lambda e: e.date.month)
        counts = {month: len(in_month) for month, in_month in months.items() if month}
        yield from _plan_list(
            f"{year:04d}/", "year", entries, {"year": year, "counts": counts}, ("months", lambda e: e.date.month)
        )
        for month, in_month in months.items():
            if month:
                shows = {"year": year, "month": month}
                by_day = ("days", lambda e: e.date.day)
                yield from _plan_list(f"{year:04d}/{month:02d}/", "month", in_month, shows, by_day)
    for name, entries in archive.groups.items():
        yield from _plan_list(f"dates/{name}/", "group", entries, {"group_date": entries[0].date})


def _plan_titles(archive: Archive) -> Iterator[PlannedPage]:
    """Plan all titles in one long list; every page of it links to the place where each letter begins."""
    titles = sort_titles(archive.leaflets)
    letters: dict[str, str] = {}
    for place, (letter, _) in enumerate(titles):
        letters.setdefault(letter, page_url("titles/", place // NAMES_PER_PAGE + 1))
    changed = newest(archive.leaflets)
    yield PlannedPage("titles/all/", "everything", {"titles": tuple(entry for _, entry in titles)}, changed=changed)
    for pager, part in cut(titles, "titles/", NAMES_PER_PAGE):
        by_letter: dict[str, list[Entry]] = {}
        for letter, entry in part:
            by_letter.setdefault(letter, []).append(entry)
        shows = {"pager": pager, "total": len(titles), "letters": letters, "by_letter": by_letter}
        yield PlannedPage(pager.url, "titles", shows, changed=changed, lasting=pager.number == 1)


def _plan_names(kind: str, groups: Mapping[str, Entries]) -> Iterator[PlannedPage]:
    """Plan the page of all categories, authors, series or tags, and the page of each; none where there are none."""
    rows = [(name, f"{kind}/{make_slug(name)}/", len(e), span_of_years(e)) for name, e in groups.items()]
    for pager, part in cut(rows, f"{KINDS[kind]}/", NAMES_PER_PAGE) if rows else ():
        shows = {"kind": kind, "pager": pager, "rows": part, "total": len(rows)}
        yield PlannedPage(pager.url, "names", shows, lasting=pager.number == 1)
    for name, url, _, span in rows:
        yield from _plan_list(url, "named", groups[name], {"kind": kind, "heading": name, "span": span})


def _plan_list(
    url: str,
    template: str,
    entries: Entries,
    shows: Mapping[str, Any],
    by: tuple[str, Callable[[Entry], int | None]] | None = None,
) -> Iterator[PlannedPage]:
    """Cut a long list into pages: the first at `url`, the others at `url`page/2/ and so on.

    `by` names a variable that groups what stands on a page, and says by what.
    """
    changed = newest(entries)
    for pager, part in cut(entries, url, PER_PAGE):
        shown = {"entries": part, "total": len(entries), "pager": pager, **shows}
        if by:
            shown[by[0]] = group_by(part, by[1])
        yield PlannedPage(pager.url, template, shown, changed=changed, lasting=pager.number == 1)


def plan_feeds(archive: Archive) -> Iterator[PlannedFeed]:
    """Yield the feed of the whole archive, one for each category and one for each language."""
    yield PlannedFeed("feeds/all.atom.xml", "", "", archive.newest[:FEED_LENGTH], "the feed of the archive")
    by_category = group_by(archive.newest, lambda e: e.category)
    for name in archive.categories:
        slug = make_slug(name)
        entries = by_category.get(name, ())[:FEED_LENGTH]
        source = f"category “{name}”"
        yield PlannedFeed(f"feeds/{slug}.atom.xml", name, f"category/{slug}/", entries, source, "category")
    by_language = group_by(archive.newest, lambda e: e.lang)
    for lang in archive.languages:
        entries = by_language.get(lang, ())[:FEED_LENGTH]
        path = f"feeds/language/{lang.lower()}.atom.xml"
        yield PlannedFeed(path, lang, "", entries, f"the feed of the language {lang}", "language")


def plan_files(pages: int) -> Iterator[tuple[str, str]]:
    """Yield the path of every file for machines and its owner, for problems; `pages` is how many the site has."""
    yield "sitemap.xml", "the sitemap"
    if pages > SITEMAP_LENGTH:
        for number in range(1, -(-pages // SITEMAP_LENGTH) + 1):
            yield f"sitemap-{number}.xml", "the sitemap"
    for path in MACHINE_FILES:
        yield path, f"the archive’s own {path}"


def plan_copies(archive: Archive) -> Iterator[PlannedFile]:
    """Yield every file that readers take away: the copies of each leaflet, and the citations of all."""
    for entry in archive.leaflets:
        for path in place_copies(entry):
            yield PlannedFile(path, f"a copy of {entry.source}")
    for path in ARCHIVE_CITATIONS.values():
        yield PlannedFile(path, "the citations of the archive", lasting=True)


def list_paths(archive: Archive) -> frozenset[str]:
    """Give the path of everything that the plan names: pages, feeds, copies and files for machines."""
    pages = [page.path for page in list_pages(archive)]
    others = [*(feed.path for feed in plan_feeds(archive)), *(copy.path for copy in plan_copies(archive))]
    return frozenset([*pages, *others, *(path for path, _ in plan_files(len(pages)))])


def list_lasting(archive: Archive) -> list[str]:
    """Give the addresses that belong in the ledger, in the order of the plan."""
    pages = (page.url for page in list_pages(archive) if page.lasting)
    files = (file.path for file in plan_copies(archive) if file.lasting)
    return [*pages, *files]
