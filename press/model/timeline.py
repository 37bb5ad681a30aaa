"""Years at a glance: how many leaflets each has, as a small bar chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from press.model.archive import Entries

HEIGHT = 40
"""The height of the highest bar, in units of the picture; the width of a bar and its gap is 1."""

MOST_BARS = 120
"""If there are more years, each bar is for ten or a hundred."""

GAP = 0.25
"""Between two bars, in the same units."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars as the data of one SVG path, and the values for its frame and caption."""

    path: str
    width: int
    height: int
    first: int
    last: int
    step: int
    """The years in each bar: 1, 10 or 100."""
    most: int
    """The leaflets in the highest bar."""


def draw_timeline(years: Mapping[int, Entries]) -> Timeline | None:
    """Draw a bar for each year that has leaflets; return None if there are fewer than two years."""
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
    """Return the years that have leaflets, with their numbers, by the first year of each decade."""
    decades: dict[int, list[tuple[int, int]]] = {}
    for year, entries in years.items():
        decades.setdefault(year // 10 * 10, []).append((year, len(entries)))
    return decades


def _draw_bar(place: int, part: float) -> str:
    """Draw one bar from the bottom to `part` of the height, at least one unit high."""
    height = max(1.0, round(part * HEIGHT, 1))
    return f"M{place} {HEIGHT}v-{height:g}h{1 - GAP:g}v{height:g}z"
