"""The picture of how builds grow with the archive: seconds above, megabytes below, both axes logarithmic.

It is narrow, so that its letters can still be read on a phone, and has a ground of its own, so that it can be read on
any page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from tools.bench.axes import Axis, choose_ticks, format_value
from tools.bench.builders import BARE, PRESS, SEARCHED
from tools.bench.goals import MODE_NAMES, Results

WIDTH, LEFT, RIGHT = 400, 48, 384
LETTERS = 13
"""The size of all letters."""

ROW, PLOT, GAP = 20, 190, 26
"""The height of a line of words, of a plot, and of what is between two panels."""

STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
.head { font-weight: 600 }
.ground { fill: #ffffff } .grid { stroke: #d1d9e0; stroke-width: 1 }
.line { fill: none; stroke-width: 2 } .mark { stroke: none }
.c0 { --ink: #0969da } .c1 { --ink: #bc4c00 } .c2 { --ink: #1a7f37 } .c3 { --ink: #8250df }
.line { stroke: var(--ink) } .mark { fill: var(--ink) }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .ground { fill: #0d1117 } .grid { stroke: #3d444d }
  .c0 { --ink: #58a6ff } .c1 { --ink: #f0883e } .c2 { --ink: #56d364 } .c3 { --ink: #bc8cff }
}
"""

SHAPES = (
    '<circle cx="{x}" cy="{y}" r="4" {c}/>',
    '<rect x="{x0}" y="{y0}" width="8" height="8" {c}/>',
    '<path d="M{x} {y0}L{x1} {y1}H{x0}Z" {c}/>',
    '<path d="M{x} {y0}L{x1} {y}L{x} {y1}L{x0} {y}Z" {c}/>',
)
"""Marks that can be told apart without their colours."""


@dataclass(frozen=True)
class Line:
    """One line of a panel: its name, and its values by the number of leaflets."""

    name: str
    values: Mapping[int, float]


@dataclass(frozen=True)
class Panel:
    """One plot with its heading, its unit and its lines."""

    head: str
    unit: str
    lines: Sequence[Line]

    @property
    def height(self) -> int:
        """What it takes: the heading, a line of words for each line, the plot, and the numbers below it."""
        return ROW * (len(self.lines) + 1) + PLOT + 2 * ROW + GAP


def list_panels(results: Results) -> list[Panel]:
    """Return what is drawn of the results."""
    builds = BARE if any(BARE in found for modes in results.values() for found in modes.values()) else PRESS
    what = "copies and search off" if builds == BARE else "everything on"
    seconds = [
        Line(MODE_NAMES[mode], _pick(results, mode, (builds,), "seconds")) for mode in ("cold", "body", "unchanged")
    ]
    indexed = (SEARCHED, PRESS)
    seconds.append(Line("making the search index", _pick(results, "cold", indexed, "indexing")))
    memory = [
        Line("all processes, cold", _pick(results, "cold", (builds,), "megabytes")),
        Line("Pagefind at work", _pick(results, "cold", indexed, "pagefind")),
        Line("the finished search index", _pick(results, "cold", indexed, "index")),
    ]
    panels = [Panel(f"Seconds; builds with {what}", "s", seconds), Panel("Megabytes; the same", "MB", memory)]
    return [Panel(each.head, each.unit, [line for line in each.lines if line.values]) for each in panels]


def _pick(results: Results, mode: str, names: Sequence[str], figure: str) -> dict[int, float]:
    """Return a figure by size, of the first of these programs that was measured there; zeros cannot be drawn."""
    found = {}
    for size, modes in sorted(results.items()):
        runs = [modes.get(mode, {}).get(name) for name in names]
        values = [getattr(run, figure) for run in runs if run and getattr(run, figure) > 0]
        found.update({size: values[0]} if values else {})
    return found


def draw_chart(results: Results) -> str:
    """Return the picture as SVG."""
    panels, sizes = list_panels(results), sorted(results)
    parts, top = list[str](), GAP / 2
    for panel in panels:
        parts += _draw_panel(panel, sizes, top)
        top += panel.height
    drawn = "\n".join(parts)
    title = f"How builds grow with the archive, from {sizes[0]:,} to {sizes[-1]:,} leaflets"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top:g}" viewBox="0 0 {WIDTH} {top:g}" '
        f'role="img" aria-labelledby="title">\n<title id="title">{title}</title>\n<style>{STYLE}</style>\n'
        f'<rect class="ground" width="{WIDTH}" height="{top:g}" rx="6"/>\n{drawn}\n</svg>\n'
    )


def _draw_panel(panel: Panel, sizes: Sequence[int], top: float) -> Iterator[str]:
    """Yield the heading, the names of the lines, the grid with its numbers, and the lines."""
    yield _text(14, top + LETTERS, panel.head, kind="head")
    for number, line in enumerate(panel.lines):
        y = top + ROW * (number + 1) + LETTERS
        yield _mark(number, 20, y - 5)
        last = max(line.values)
        yield _text(34, y, f"{line.name}: {format_value(line.values[last])} {panel.unit} at {last:,}")
    above = top + ROW * (len(panel.lines) + 1) + 12
    ticks = choose_ticks(value for line in panel.lines for value in line.values.values())
    left = max(LEFT, *(width_of(format_value(tick)) + 12 for tick in ticks))
    across = Axis(sizes[0], max(sizes[-1], sizes[0] * 1.1), left + 12, RIGHT - 12)
    up = Axis(ticks[0], ticks[-1], above + PLOT, above)
    yield from _draw_grid(ticks, sizes, across, up)
    for number, line in enumerate(panel.lines):
        points = [(across.place(size), up.place(value)) for size, value in line.values.items()]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline class="line c{number}" points="{path}"/>'
        yield from (_mark(number, x, y) for x, y in points)


def _draw_grid(ticks: Sequence[float], sizes: Sequence[int], across: Axis, up: Axis) -> Iterator[str]:
    """Yield a line and a number for each tick and for each size; a size whose number has no room has its line."""
    left, right = across.start - 12, across.end + 12
    for tick in ticks:
        y = up.place(tick)
        yield f'<line class="grid" x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text(left - 6, y + 4, format_value(tick), anchor="end")
    free = 0.0
    for size in sizes:
        x, half = across.place(size), width_of(f"{size:,}") / 2
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{up.end:.1f}" y2="{up.start:.1f}"/>'
        if x - half >= free:
            yield _text(min(x, WIDTH - half - 4), up.start + ROW, f"{size:,}", anchor="middle")
            free = x + half + 8
    yield _text((left + right) / 2, up.start + 2 * ROW - 2, "leaflets (both axes are logarithmic)", anchor="middle")


def width_of(text: str) -> float:
    """Return about how wide a text is, rather more than less."""
    return 0.57 * LETTERS * len(text)


def _mark(number: int, x: float, y: float) -> str:
    where = {"x": x, "y": y, "x0": x - 4, "x1": x + 4, "y0": y - 4, "y1": y + 4}
    c = f'class="mark c{number}"'
    return SHAPES[number].format(c=c, **{name: f"{value:.1f}" for name, value in where.items()})


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    shown = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{shown}>{escape(words)}</text>'
