"""Years at a glance: how many leaflets each has, as a small bar chart and by decade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from press.model.archive import Archive, Entries, group_by
from press.model.dates import OriginalDate, Precision, parse_date
from press.model.urls import decade_url, without_year_url, year_url

MOST_BARS = 120
"""If there are more years, each bar is for ten or a hundred."""

WIDEST = 6.0
"""The most of the width that a bar and its gap take, in per cent; so are all measures of the picture."""

GAP = 0.25
"""The part of this that is the gap."""

TOP, BASE = 14.0, 82.0
"""The top of the highest bar and the bottom of all bars; numbers are above a bar, and years below."""

MOST_FIGURES = 80
"""Figures that fit side by side above the bars, in a window that is not narrow."""

MOST_ON_PHONES = 30
"""The same in a narrow one."""

LABEL, LABEL_ON_PHONES = 6.0, 12.0
"""The width that a label takes, with the space to the next one."""

_ROUND = (1, 2, 5, 10, 20, 50)
"""How many bars share a label."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the page that it links to, the first year it is for, how many leaflets, and its place."""

    url: str
    year: int
    count: int
    x: float
    width: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        """Where its number is centred."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Label:
    """The first year of a bar, below its middle; `spare` if a narrow window leaves it out."""

    year: int
    x: float
    spare: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars and their labels."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    step: int
    """The years in each bar: 1, 10 or 100."""
    numbered: bool
    """Whether the bars have numbers above them."""
    crowded: bool
    """Whether a narrow window has no room for the numbers."""


@dataclass(frozen=True, slots=True)
class Decade:
    """The years of a decade that have leaflets, each with their number."""

    year: int
    """The first of the decade, whether it has leaflets or not."""
    years: tuple[tuple[int, int], ...]
    vague: str = ""
    """The group of those of which only the decade is known: `193x`."""
    vague_count: int = 0

    @property
    def total(self) -> int:
        """How many leaflets the decade has."""
        return sum(count for _, count in self.years) + self.vague_count


def draw_timeline(decades: Sequence[Decade]) -> Timeline | None:
    """Draw a bar for each year that has leaflets, or for each decade or century if they are far apart.

    The bar of a decade counts what the row of that decade lists, also the texts of which only the decade is known; so
    does that of a century. Among bars of years there is no place for these texts, so they are only in the row. Return
    None if there are fewer than two years.
    """
    years = {year: count for decade in decades for year, count in decade.years}
    if len(years) < 2:
        return None
    whole = {decade.year: decade.total for decade in decades}
    steps = ((1, years), (10, whole), (100, whole))
    step, known = next((s, known) for s, known in steps if max(known) // s - min(known) // s < MOST_BARS)
    counts, firsts = dict[int, int](), dict[int, int]()
    for year, count in sorted(known.items()):
        counts[year // step] = counts.get(year // step, 0) + count
        firsts.setdefault(year // step, year)
    most, start, places = max(counts.values()), min(counts), max(counts) - min(counts) + 1
    slot = min(100 / places, WIDEST)
    bars = (
        _draw_bar(firsts[bar], step, (bar - start) * slot, slot, count, count / most) for bar, count in counts.items()
    )
    figures = places * len(str(most))
    labels = _place_labels(start, places, slot, step)
    return Timeline(tuple(bars), labels, step, figures <= MOST_FIGURES, figures > MOST_ON_PHONES)


def _draw_bar(first: int, step: int, x: float, slot: float, count: int, share: float) -> Bar:
    """Draw one bar from the bottom up, at least two per cent high; `first` is the first year in it with leaflets."""
    height = max(2.0, round(share * (BASE - TOP), 2))
    url = year_url(first) if step == 1 else decade_url(first)
    year = first // step * step
    return Bar(url, year, count, round(x, 2), round(slot * (1 - GAP), 2), round(BASE - height, 2), height)


def _place_labels(start: int, places: int, slot: float, step: int) -> tuple[Label, ...]:
    """Place a label below each bar, or each second, fifth, tenth and so on; a narrow window has every other one."""
    every = next(n for n in _ROUND if n * slot >= LABEL)
    crowded = every * slot < LABEL_ON_PHONES
    return tuple(
        Label(bar * step, round((bar - start + (1 - GAP) / 2) * slot, 2), crowded and bar % (2 * every) != 0)
        for bar in range(start, start + places)
        if bar % every == 0
    )


def count_decades(archive: Archive) -> tuple[Decade, ...]:
    """Return every decade that has leaflets, with its years, and those of which no more than the decade is known."""
    years = group_by(archive.years, lambda year: year // 10 * 10)
    vague = {
        entries[0].date.first.year // 10 * 10: name for name, entries in archive.groups.items() if _is_decade(entries)
    }
    return tuple(
        Decade(
            first,
            tuple((year, len(archive.years[year])) for year in years.get(first, ())),
            vague.get(first, ""),
            len(archive.groups.get(vague.get(first, ""), ())),
        )
        for first in sorted({*years, *vague})
    )


def count_times(archive: Archive) -> tuple[tuple[str, OriginalDate, int], ...]:
    """Return everything with its time in order, each with its address and number: decades, centuries, the undated.

    A century of which no more is known comes before its decades.
    """
    decades = ((decade_url(d.year), parse_date(f"{d.year // 10:03}X"), d.total) for d in count_decades(archive))
    without = ((without_year_url(name), date, count) for name, date, count in count_without_decade(archive))
    return tuple(sorted([*decades, *without], key=lambda row: row[1].sort_key))


def count_without_decade(archive: Archive) -> tuple[tuple[str, OriginalDate, int], ...]:
    """Return the groups of leaflets without a decade, each with one of their dates and their number."""
    groups = archive.groups.items()
    return tuple((name, entries[0].date, len(entries)) for name, entries in groups if not _is_decade(entries))


def _is_decade(entries: Entries) -> bool:
    return entries[0].date.precision is Precision.DECADE
