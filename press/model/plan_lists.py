"""The lists of the plan: by date, by day of the year, by title, and by category, author, place and the like."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from press.model.archive import Archive, Entries, group_by, groups_of, span_of_years
from press.model.entry import Entry
from press.model.pagination import cut
from press.model.planned import PlannedPage, newest
from press.model.titles import letter_of, sort_titles
from press.model.urls import (
    ALL_TITLES,
    DAYS,
    TERMS,
    TITLES,
    day_id,
    days_url,
    index_url,
    month_url,
    numbered_url,
    term_url,
    without_year_url,
    year_url,
)

PER_PAGE = 50
LINES_PER_PAGE = 100
"""Titles, authors and the like, which take one line each."""

LEAP_YEAR = 2000
"""Any year with 366 days."""


def plan_lists(archive: Archive) -> Iterator[PlannedPage]:
    """Yield every page of every list."""
    yield from _plan_years(archive)
    yield from _plan_days(archive)
    yield from _plan_titles(archive)
    letters = {name: letter_of("".join(archive.names[name].sort_key)) for name in archive.authors}
    for kind in TERMS:
        yield from _plan_terms(kind, groups_of(archive, kind), letters if kind == "author" else {})


def find_days(archive: Archive) -> dict[int, str]:
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


def find_exact(archive: Archive) -> dict[int, Entries]:
    """Return the leaflets whose day is certain by month, in the order of the days of the year, then of the years."""
    exact = [e for e in archive.leaflets if e.date.day and not e.date.about and not e.date.doubtful]
    exact.sort(key=lambda e: (e.date.first.month, e.date.first.day))
    return group_by(exact, lambda e: e.date.first.month)


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


def _plan_days(archive: Archive) -> Iterator[PlannedPage]:
    """Plan the calendar of all years in one, and for each month what is from its days; nothing if no day is known."""
    months = find_exact(archive)
    calendar = {month: dict.fromkeys(range(1, monthrange(LEAP_YEAR, month)[1] + 1), "") for month in range(1, 13)}
    for month, entries in months.items():
        for place, entry in enumerate(entries):
            url, day = numbered_url(days_url(month), place // LINES_PER_PAGE + 1), entry.date.first.day
            calendar[month][day] = calendar[month][day] or f"{url}#{day_id(day)}"
    if months:
        yield PlannedPage(DAYS, "days", {"total": sum(map(len, months.values())), "calendar": calendar})
    for month, entries in months.items():
        for pager, part in cut(entries, days_url(month), LINES_PER_PAGE):
            by_day = group_by(part, lambda e: e.date.first.day)
            shows = {"month": month, "pager": pager, "total": len(entries), "by_day": by_day}
            yield PlannedPage(pager.url, "day_month", shows, lasting=pager.number == 1)


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


def _plan_terms(kind: str, groups: Mapping[str, Entries], letters: Mapping[str, str]) -> Iterator[PlannedPage]:
    """Plan the index of all terms of a kind, and the page of each; nothing if there are none.

    `letters` are those that names are listed under: W. E. B. Du Bois under D.
    """
    rows = [(name, term_url(kind, name), len(e), span_of_years(e)) for name, e in groups.items()]
    for pager, part in cut(rows, index_url(kind), LINES_PER_PAGE) if rows else ():
        by_letter = group_by(part, lambda row: letters.get(row[0], ""))
        shows = {"kind": kind, "pager": pager, "by_letter": by_letter, "total": len(rows)}
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
