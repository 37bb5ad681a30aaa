"""Years at a glance: how many leaflets each has, as a small bar chart and by decade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from press.model.archive import Archive, Entries, group_by
from press.model.dates import OriginalDate, Precision
from press.model.urls import decade_url, year_url

MOST_BARS = 120
"""If there are more years, each bar is for ten or a hundred."""

WIDEST = 6.0
"""The most of the width that a bar and its gap take, in per cent; so are all measures of the picture."""

GAP = 0.25
"""The part of this that is the gap."""

TOP, BASE = 14.0, 82.0
"""The top of the highest bar and the bottom of all bars; numbers are above a bar, and decades below."""

MOST_FIGURES = 80
"""Figures that fit side by side above the bars, in a window that is not narrow."""

MOST_ON_PHONES = 30
"""The same in a narrow one."""

LABELS_ON_PHONES = 8


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
    """A year below the bars, or its decade; `spare` if a narrow window leaves it out."""

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


def draw_timeline(years: Mapping[int, Entries]) -> Timeline | None:
    """Draw a bar for each year that has leaflets; return None if there are fewer than two years."""
    if len(years) < 2:
        return None
    first, last = min(years), max(years)
    step = next(s for s in (1, 10, 100) if last // s - first // s < MOST_BARS)
    counts, firsts = dict[int, int](), dict[int, int]()
    for year, entries in sorted(years.items()):
        counts[year // step] = counts.get(year // step, 0) + len(entries)
        firsts.setdefault(year // step, year)
    most, start, places = max(counts.values()), first // step, last // step - first // step + 1
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
    url = year_url(first) if step == 1 else decade_url(first // 10 * 10)
    year = first // step * step
    return Bar(url, year, count, round(x, 2), round(slot * (1 - GAP), 2), round(BASE - height, 2), height)


def _place_labels(start: int, places: int, slot: float, step: int) -> tuple[Label, ...]:
    """Place a label below the middle of each ten bars, or of what there is of them."""
    tens = range(start // 10, (start + places - 1) // 10 + 1)
    found = []
    for ten in tens:
        left, right = max(ten * 10, start) - start, min(ten * 10 + 10, start + places) - start
        if (right - left) * slot >= min(WIDEST, 100 / len(tens) / 2) or len(tens) == 1:
            found.append((ten * 10 * step, round((left + right) / 2 * slot, 2)))
    crowded = len(found) > LABELS_ON_PHONES
    return tuple(Label(year, x, crowded and place % 2 == 1) for place, (year, x) in enumerate(found))


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


def count_without_decade(archive: Archive) -> tuple[tuple[str, OriginalDate, int], ...]:
    """Return the groups of leaflets without a decade, each with one of their dates and their number."""
    groups = archive.groups.items()
    return tuple((name, entries[0].date, len(entries)) for name, entries in groups if not _is_decade(entries))


def _is_decade(entries: Entries) -> bool:
    return entries[0].date.precision is Precision.DECADE
