"""Time builds of made-up leaflets beside other programs: `inv dev.bench`.

For each size: a cold build, one with nothing changed, and one after each kind of edit. All programs are run in turn,
and medians compared, since machines are shared: only ratios within one run matter.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from press.diagnostics import Refused, error
from tools.bench.builders import SETS, make_builders
from tools.bench.chart import draw_chart
from tools.bench.edits import EDITS, edit_leaflet
from tools.bench.goals import Results, extrapolate, write_tables
from tools.bench.measure import Run, take_medians

FIRST = "first"
"""A changed body in the first edit after a cold build: there is no tree of the build before to start from."""

MODES = ("cold", "unchanged", FIRST, *EDITS)
CURVE_MODES = ("cold", "unchanged", FIRST, "body")
"""What the picture shows."""


def compare(
    scratch: Path, size: int, rounds: int, project: Path, sets: Sequence[str], *, peers: bool
) -> dict[str, dict[str, Run]]:
    """Return the medians of each program, by mode."""
    builders = make_builders(scratch, size, project, sets, peers=peers)
    medians: dict[str, dict[str, Run]] = {}
    for mode in CURVE_MODES if list(sets) == ["curve"] else MODES:
        runs: dict[str, list[Run]] = {builder.name: [] for builder in builders}
        for round_, builder in itertools.product(range(1 if mode == FIRST else rounds), builders):
            if mode == "cold":
                builder.forget()
            elif mode != "unchanged":
                edit_leaflet(builder.corpus, (round_ * 37 + 11) % size, "body" if mode == FIRST else mode)
            runs[builder.name].append(builder.run())
        medians[mode] = {name: take_medians(found) for name, found in runs.items()}
        print(_row(size, mode, medians[mode]), flush=True)
    return medians


def _row(size: int, mode: str, found: Mapping[str, Run]) -> str:
    cells = [
        f"{name} {run.seconds:.2f} s, {1000 * run.processor / size:.1f} ms of processor a leaflet, {run.megabytes:.0f} MB"
        for name, run in found.items()
    ]
    return "\n".join([f"{size:,} leaflets, {mode}:", *(f"    {cell}" for cell in cells)])


def describe_machine(rounds: int) -> dict[str, object]:
    """Return what the figures were measured on."""
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "rounds": rounds,
    }


def main(
    sizes: Sequence[int], rounds: int, project: Path, scratch: Path, sets: Sequence[str], *, peers: bool
) -> None:
    """Compare at each size; write results.json, results.md and performance.svg into the scratch folder."""
    scratch.mkdir(parents=True, exist_ok=True)
    results: Results = {}
    for size in sizes:
        results[size] = compare(scratch, size, rounds, project, sets, peers=peers)
        write_results(results, describe_machine(rounds), scratch)  # so that a run that is ended has something to show
    print(extrapolate(results))
    print(f"Written into {scratch}: results.json, results.md for docs/performance.md,")
    print("and performance.svg: copy it to docs/performance.svg.")


def write_results(results: Results, machine: Mapping[str, object], scratch: Path) -> None:
    """Write the figures as JSON, as tables, and as a picture."""
    plain = {
        size: {mode: {name: vars(run) for name, run in found.items()} for mode, found in modes.items()}
        for size, modes in results.items()
    }
    (scratch / "results.json").write_text(json.dumps({"machine": machine, "results": plain}, indent=1) + "\n")
    (scratch / "results.md").write_text(f"{write_tables(results)}\n{extrapolate(results)}\n", encoding="utf-8")
    (scratch / "performance.svg").write_text(draw_chart(results), encoding="utf-8")


def read_words(sizes: str, sets: str) -> tuple[list[int], list[str]]:
    """Return the sizes and sets that were typed. Raises Refused for what is not one."""
    numbers, chosen = sizes.split(","), sets.split(",")
    if not all(number.isdecimal() and int(number) for number in numbers):
        message = f"“{sizes}” are not whole numbers from 1 on. Write them as 1000,5000."
        raise Refused([error("--sizes", 0, "choice", message)])
    for name in chosen:
        if name not in SETS:
            message = f"“{name}” is not a set. Write one or more of {', '.join(SETS)}, with commas."
            raise Refused([error("--sets", 0, "choice", message)])
    return [int(number) for number in numbers], chosen


if __name__ == "__main__":
    typed, times, folder, work, named, others = sys.argv[1:]
    numbers, chosen = read_words(typed, named)
    main(numbers, int(times), Path(folder).resolve(), Path(work).resolve(), chosen, peers=others == "peers")
