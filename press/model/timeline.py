"""Years at a glance: how many leaflets are from each, as the bars of a small picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from press.model.archive import Entries

HEIGHT = 40
"""Of the highest bar, in units of the picture; a bar is as broad as one of the spans it stands for."""

MOST_BARS = 120
"""Beyond so many years a bar stands for ten of them, or a hundred."""

GAP = 0.25
"""Of the breadth of a bar."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars as the data of one SVG path, and what its frame and its caption need."""

    path: str
    width: int
    height: int
    first: int
    last: int
    step: int
    """How many years a bar stands for: 1, 10 or 100."""
    most: int
    """How many leaflets the highest bar stands for."""


def draw_timeline(years: Mapping[int, Entries]) -> Timeline | None:
    """Draw a bar for each year that has leaflets; None where there are fewer than two years."""
    if len(years) < 2:
        return None
    first, last = min(years), max(years)
    step = next(s for s in (1, 10, 100) if last // s - first // s < MOST_BARS)
    counts: dict[int, int] = {}
    for year, entries in years.items():
        counts[year // step] = counts.get(year // step, 0) + len(entries)
    most, start = max(counts.values()), first // step
    bars = (_draw_bar(bar - start, count / most) for bar, count in sorted(counts.items()))
    return Timeline("".join(bars), last // step - start + 1, HEIGHT, first, last, step, most)


def count_decades(years: Mapping[int, Entries]) -> dict[int, list[tuple[int, int]]]:
    """Give for the first year of each decade its years that have leaflets, and how many."""
    decades: dict[int, list[tuple[int, int]]] = {}
    for year, entries in years.items():
        decades.setdefault(year // 10 * 10, []).append((year, len(entries)))
    return decades


def _draw_bar(place: int, part: float) -> str:
    """Draw one bar that stands on the ground and fills `part` of the height, but can always be seen."""
    height = max(1.0, round(part * HEIGHT, 1))
    return f"M{place} {HEIGHT}v-{height:g}h{1 - GAP:g}v{height:g}z"
