"""The plan of the site: every page that the archive makes, its address, its template and what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from press.catalogue.archive import Archive, Entries, group_by, span_of_years
from press.catalogue.copies import ARCHIVE_CITATIONS, place_copies
from press.catalogue.entry import Entry
from press.catalogue.slugs import make_slug

PER_PAGE = 50
FEED_LENGTH = 50


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One file of the site: `template` is given the variables in `shows`."""

    url: str
    """Below the site's own address; a directory's page ends in /, the home page is the empty string."""
    template: str
    shows: Mapping[str, Any] = field(default_factory=dict)
    source: str = "the archive"
    """The text it shows, or the archive itself, for faults."""
    lasting: bool = True
    """Whether its address belongs in the ledger: not where it only leads on, or cuts a list in pieces."""

    @property
    def path(self) -> str:
        """Where the file stands below the output folder."""
        return f"{self.url}index.html" if not self.url or self.url.endswith("/") else self.url


@dataclass(frozen=True, slots=True)
class PlannedFeed:
    """An Atom feed of the newest `entries` by date added."""

    path: str
    title: str
    """What the feed is of; empty for the whole archive."""
    url: str
    """The page it belongs to."""
    entries: Entries
    source: str
    """What it belongs to, for faults."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that a reader takes away. Its name is reserved whether it is made this time or not.

    A copy that does not stand in the ledger belongs to a leaflet that does, and goes where it goes.
    """

    path: str
    source: str
    """The text it is a copy of, or the archive itself, for faults."""
    lasting: bool = False
    """Whether its address belongs in the ledger."""


def plan_pages(archive: Archive) -> Iterator[PlannedPage]:
    """Yield every page of the site, each once; what a page shows is all that it depends on."""
    yield PlannedPage("", "home")
    yield PlannedPage("404.html", "404", lasting=False)
    for entry in archive.leaflets:
        shows = {"entry": entry, "neighbours": archive.neighbours[entry.slug]}
        yield PlannedPage(entry.url, "leaflet", shows, entry.source)
    for entry in archive.pages:
        yield PlannedPage(entry.url, "page", {"entry": entry}, entry.source)
    yield from _plan_dates(archive)
    yield PlannedPage(
        "categories/", "categories", {"spans": {n: span_of_years(e) for n, e in archive.categories.items()}}
    )
    for name, entries in archive.categories.items():
        yield from _plan_list(f"category/{entries[0].category_slug}/", "category", entries, category=name)
    for old, new in archive.redirects.items():
        yield PlannedPage(old, "redirect", {"target": new}, f"the redirect from /{old}", lasting=False)
    for gone in archive.tombstones:
        yield PlannedPage(gone.url, "gone", {"gone": gone}, f"the ledger’s line for /{gone.url}", lasting=False)


def _plan_dates(archive: Archive) -> Iterator[PlannedPage]:
    yield PlannedPage("dates/", "dates")
    for year, entries in archive.years.items():
        months = group_by(entries, lambda e: e.date.month)
        yield PlannedPage(f"{year:04d}/", "year", {"year": year, "entries": entries, "months": months})
        for month, in_month in months.items():
            if month is not None:
                shows = {"year": year, "month": month, "days": group_by(in_month, lambda e: e.date.day)}
                yield PlannedPage(f"{year:04d}/{month:02d}/", "month", shows)
    for name, entries in archive.groups.items():
        yield PlannedPage(f"dates/{name}/", "group", {"group_date": entries[0].date, "entries": entries})


def _plan_list(url: str, template: str, entries: Entries, **shows: Any) -> Iterator[PlannedPage]:
    """Cut a long list into pages: the first at `url`, the others at `url`page/2/ and so on."""
    urls = [url] + [f"{url}page/{n}/" for n in range(2, (len(entries) - 1) // PER_PAGE + 2)]
    span = span_of_years(entries)
    for number, here in enumerate(urls):
        part = entries[number * PER_PAGE : (number + 1) * PER_PAGE]
        shown = {"entries": part, "total": len(entries), "span": span, "number": number + 1, "urls": urls}
        yield PlannedPage(here, template, {**shown, **shows}, lasting=number == 0)


def plan_feeds(archive: Archive) -> Iterator[PlannedFeed]:
    """Yield the feed of the whole archive and one for each category."""
    yield PlannedFeed("feeds/all.atom.xml", "", "", archive.newest[:FEED_LENGTH], "the feed of the archive")
    newest: dict[str, list[Entry]] = {name: [] for name in archive.categories}
    for entry in archive.newest:
        newest[entry.category].append(entry)
    for name, entries in newest.items():
        slug = make_slug(name)
        newest_of_category = tuple(entries[:FEED_LENGTH])
        yield PlannedFeed(
            f"feeds/{slug}.atom.xml", name, f"category/{slug}/", newest_of_category, f"category “{name}”"
        )


def plan_files(archive: Archive) -> Iterator[PlannedFile]:
    """Yield every file beside the pages: the copies of each leaflet, and the citations of all."""
    for entry in archive.leaflets:
        for path in place_copies(entry):
            yield PlannedFile(path, f"a copy of {entry.source}")
    for path in ARCHIVE_CITATIONS.values():
        yield PlannedFile(path, "the citations of the archive", lasting=True)


def list_lasting(archive: Archive) -> list[str]:
    """Give the addresses that belong in the ledger, in the order of the plan."""
    pages = (page.url for page in plan_pages(archive) if page.lasting)
    files = (file.path for file in plan_files(archive) if file.lasting)
    return [*pages, *files]
