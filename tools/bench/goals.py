"""The tables of a comparison for docs/performance.md, the figures beside what was aimed at, and a million on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tools.bench.builders import BARE, BOTH, HUGO, PRESS, SETS, STOCK
from tools.bench.measure import Run

Results = dict[int, dict[str, dict[str, Run]]]
"""The medians by size, mode and program."""

SIZE = 5000
"""The number of leaflets that the goals speak of."""

GROWN = 50_000
MODE_NAMES = {
    "cold": "cold build",
    "unchanged": "nothing changed",
    "first": "one body changed, first edit after a cold build",
    "body": "one body changed",
    "title": "one title changed",
    "date": "one date changed",
    "category": "one category changed",
}
NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Goal:
    """One row of the goals: a figure that must not exceed a limit."""

    what: str
    limit: float
    aim: str
    unit: str
    figure: Callable[[Results], tuple[float, str]]
    """Returns the figure and what it is made of. Raises KeyError if that was not measured."""

    def judge(self, results: Results) -> list[str]:
        """Return the cells of the row: what, measured, goal, aim, met."""
        goal = f"≤ {self.limit:g} {self.unit}"
        try:
            figure, parts = self.figure(results)
        except KeyError:
            return [self.what, NOT_MEASURED, goal, self.aim, "–"]
        shown = f"{figure:.2f}" if figure < 20 else f"{figure:.0f}"
        return [self.what, f"{shown} {self.unit}{parts}", goal, self.aim, "yes" if figure <= self.limit else "**no**"]


def _ratio(mode: str, ours: str, theirs: str) -> Callable[[Results], tuple[float, str]]:
    """Return what computes the seconds of one program in those of another."""

    def compute(results: Results) -> tuple[float, str]:
        found = results[size_of(results)][mode]
        return found[ours].seconds / found[theirs].seconds, f" ({found[ours].seconds:.2f} s)"

    return compute


def _growth(mode: str) -> Callable[[Results], tuple[float, str]]:
    """Return what computes the seconds at GROWN in those at SIZE, with copies and search off."""

    def compute(results: Results) -> tuple[float, str]:
        most, least = results[GROWN][mode][BARE].seconds, results[SIZE][mode][BARE].seconds
        return most / least, f" ({most:.1f} s)"

    return compute


def _processor(results: Results) -> tuple[float, str]:
    size = size_of(results)
    return 1000 * results[size]["cold"][PRESS].processor / size, ""


def _memory(results: Results) -> tuple[float, str]:
    found = {mode: runs[PRESS] for mode, runs in results[size_of(results)].items()}
    pagefind = max(run.pagefind for run in found.values())
    return max(run.megabytes for run in found.values()), f", Pagefind {pagefind:.0f} MB"


def _largest(results: Results) -> tuple[float, str]:
    return max(runs[BARE].largest for runs in results[GROWN].values()), ""


def _preview(_: Results) -> tuple[float, str]:
    raise KeyError("a real browser is needed")


_WITH_PAGEFIND = "× Hugo and Pagefind"
_AIM = "Pagefind’s own time + 2 s"
GOALS = (
    Goal("one body changed", 1.0, _AIM, _WITH_PAGEFIND, _ratio("body", PRESS, BOTH)),
    Goal("one title changed", 1.2, _AIM, _WITH_PAGEFIND, _ratio("title", PRESS, BOTH)),
    Goal("one date changed", 1.2, _AIM, _WITH_PAGEFIND, _ratio("date", PRESS, BOTH)),
    Goal("one category changed", 1.2, _AIM, _WITH_PAGEFIND, _ratio("category", PRESS, BOTH)),
    Goal("nothing changed", 0.3, "0.15", "× Hugo", _ratio("unchanged", PRESS, HUGO)),
    Goal("cold, processor time a leaflet", 55, "40 ms", "ms", _processor),
    Goal("copies and search off: cold", 0.45, "0.3", "× stock Pelican", _ratio("cold", BARE, STOCK)),
    Goal("copies and search off: one body changed", 0.6, "0.25", "× Hugo", _ratio("body", BARE, HUGO)),
    Goal("preview: from saving to the new page", 1, "0.3 s", "s", _preview),
    Goal("memory of all processes, beside Pagefind’s own", 500, "300 MB", "MB", _memory),
    Goal("50,000 in 5,000, copies and search off: cold", 10.5, "10", "×", _growth("cold")),
    Goal("the same: one body changed", 8.5, "8", "×", _growth("body")),
    Goal("the same: nothing changed", 7, "6", "×", _growth("unchanged")),
    Goal("the same: memory of the largest process", 600, "400 MB", "MB", _largest),
)


def size_of(results: Results) -> int:
    """Return the size that the ratios are of: SIZE, or the largest that was measured."""
    return SIZE if SIZE in results else max(results)


def write_tables(results: Results) -> str:
    """Return the goals as a table of Markdown, and then the figures of each set of programs at each size."""
    heads = [f"at {size_of(results):,} leaflets", "measured", "at the least", "aim", "met"]
    parts = [_table(heads, [goal.judge(results) for goal in GOALS])]
    for size, modes in sorted(results.items()):
        for ours, *others in SETS.values():
            programs = [name for name in (ours, *others) if name in modes["cold"]]
            if programs[:1] == [ours]:
                rows = list(_list_figures(modes, size, programs))
                parts.append(_table([f"{size:,} leaflets", *programs], rows))
    return "\n".join(parts)


def _list_figures(modes: Mapping[str, Mapping[str, Run]], size: int, programs: Sequence[str]) -> Iterator[list[str]]:
    """Yield rows of seconds with our ratio, of processor time and of memory for each mode; at the end the index."""
    for mode, found in modes.items():
        runs, ours = [found[name] for name in programs], found[programs[0]].seconds
        ratios = ["", *(f" ({ours / run.seconds:.2f} ×)" for run in runs[1:])]
        yield [MODE_NAMES[mode], *(f"{run.seconds:.2f} s{ratio}" for run, ratio in zip(runs, ratios, strict=True))]
        parts = [(run.processor, 1000 * run.processor / size) for run in runs]
        yield ["processor time, and of a leaflet", *(f"{whole:.2f} s, {each:.2f} ms" for whole, each in parts)]
        yield ["memory, and Pagefind’s own", *(f"{run.megabytes:.0f} MB, {run.pagefind:.0f} MB" for run in runs)]
    cold = [modes["cold"][name] for name in programs]
    if any(run.index for run in cold):
        cells = [f"{run.index:.1f} MB, {run.indexing:.1f} s" if run.index else "–" for run in cold]
        yield ["search index, and Pagefind’s time for it", *cells]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def extrapolate(results: Results, leaflets: int = 1_000_000) -> str:
    """Return in a sentence what a million leaflets would take on one core, by the slope between the two largest sizes."""
    every = {name for modes in results.values() for found in modes.values() for name in found}
    name = BARE if BARE in every else PRESS
    said = []
    for mode in ("cold", "body", "unchanged"):
        taken = {size: modes[mode][name].processor for size, modes in results.items() if name in modes.get(mode, {})}
        *_, (before, less), (most, more) = [(0, 0.0), *sorted(taken.items())]
        slope = (more - less) / (most - before)
        seconds = more + slope * (leaflets - most)
        said.append(f"{MODE_NAMES[mode]} {_duration(seconds)} ({1000 * slope:.2f} ms a leaflet)")
    return f"A million leaflets on paper, processor time of {name}: {', '.join(said)}."


def _duration(seconds: float) -> str:
    for unit, length in (("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.1f} s"
