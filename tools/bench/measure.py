"""How long a command takes, and how much memory it and its children hold; memory on Linux only."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

PAUSE = 0.05
"""Seconds between two looks at the memory, at least."""

SHARE = 0.02
"""The part of the time that looking may take: the kernel walks through all pages of the processes, and halts them."""


@dataclass(frozen=True)
class Run:
    """What one build took, with all its processes."""

    seconds: float
    """On the clock."""
    processor: float
    """Seconds of processor time, user and system."""
    megabytes: float
    """The most memory at one time, shared memory once, without Pagefind."""
    pagefind: float
    """The most memory of Pagefind."""
    largest: float
    """The most memory of a single process, with what it shares."""
    indexing: float
    """Seconds on the clock in which Pagefind was running."""
    index: float = 0.0
    """Megabytes of the finished search index."""


def measure(command: Sequence[str], cwd: Path, env: Mapping[str, str], index: Path | None = None) -> Run:
    """Run and measure a command. Raises SystemExit with the end of its output if it fails."""
    with tempfile.TemporaryFile() as printed:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, **env}, stdout=printed, stderr=subprocess.STDOUT
        )
        most, pagefind, indexing, last = 0.0, 0.0, 0.0, begun
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            looked = time.perf_counter()
            ours, theirs = find_memory(process.pid)
            most, pagefind = max(most, ours), max(pagefind, theirs)
            time.sleep(max(PAUSE, (time.perf_counter() - looked) / SHARE))
            now = time.perf_counter()
            indexing, last = indexing + (now - last if theirs else 0.0), now
        seconds, (_, status, used) = time.perf_counter() - begun, ended
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{printed.read()[-3000:].decode(errors='replace')}")
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    size = _size_of(index) if index else 0.0
    return Run(seconds, used.ru_utime + used.ru_stime, most, pagefind, kilobytes / 1024, indexing, size)


def take_medians(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(*(statistics.median(getattr(run, each.name) for run in runs) for each in fields(Run)))


def find_memory(pid: int) -> tuple[float, float]:
    """Return the memory of a process and its children in MB, without Pagefind and of Pagefind."""
    ours = theirs = 0
    for each in [pid, *_children_of(pid)]:
        try:
            program = Path(f"/proc/{each}/cmdline").read_bytes().partition(b"\0")[0]
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:  # it has ended
            continue
        kilobytes = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        if program.rpartition(b"/")[2].startswith(b"pagefind"):
            theirs += kilobytes
        else:
            ours += kilobytes
    return ours / 1024, theirs / 1024


def _children_of(pid: int) -> Iterator[int]:
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield child
        yield from _children_of(child)


def _size_of(folder: Path) -> float:
    """Return the megabytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
