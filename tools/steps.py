"""Edit random archives for many steps, in several processes: `inv dev.steps`.

After each step an incremental build must equal a clean one (tests/support/archive_machine.py). Each process tries a
few archives; its seed is printed if one fails, and makes the same archives again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from press.runtime.parallel import count_cores

ROOT = Path(__file__).resolve().parent.parent
ARCHIVES, LENGTH = 4, 50
"""How many archives a process tries, and how many steps each."""

IN_MEMORY = Path("/dev/shm")
"""A folder in memory, if the system has one: what is built there need not wait for a disk."""


@dataclass(frozen=True)
class Tried:
    """What became of the archives of a seed: how many steps were right, and what was printed if one was not."""

    seed: int
    steps: int
    failure: str = ""


def try_seed(kind: str, seed: int, archives: int = ARCHIVES, length: int = LENGTH, *, shrink: bool = False) -> Tried:
    """Edit archives in a process of their own, and in a folder that is deleted with whatever a killed build left."""
    memory = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    words = [kind, str(seed), str(archives), str(length), "shrink" if shrink else "first"]
    with tempfile.TemporaryDirectory(prefix="steps-", dir=memory) as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.support.archive_machine", *words],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": folder},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if done.returncode:
        return Tried(seed, 0, done.stdout)
    return Tried(seed, int(done.stdout.split()[-1]))


def try_seeds(kind: str, steps: int, first: int) -> Iterator[Tried]:
    """Try the seeds from `first` on, until there were so many steps; yield each as it ends."""
    seeds = range(first, first + -(-steps // (ARCHIVES * LENGTH)))
    with ThreadPoolExecutor(count_cores()) as pool:
        for done in as_completed([pool.submit(try_seed, kind, seed) for seed in seeds]):
            yield done.result()


def main(kind: str, steps: int, first: int) -> int:
    """Print how far it is after each seed, and every failure; return how many seeds failed."""
    begun, right, failed = time.monotonic(), 0, list[int]()
    for tried in try_seeds(kind, steps, first):
        right += tried.steps
        if tried.failure:
            failed.append(tried.seed)
            print(tried.failure)
        speed = right / (time.monotonic() - begun)
        print(
            f"{right:,} of {steps:,} steps, {speed:.2f} a second; seed {tried.seed}; {len(failed)} failed", flush=True
        )
    for seed in failed:
        print(f"Seed {seed} failed. Its smallest case: inv dev.steps --seed {seed} --smallest{_flag(kind)}")
    print(f"{right:,} steps: an incremental build equalled a clean one after each." if not failed else "")
    return len(failed)


def _flag(kind: str) -> str:
    return " --everything" if kind == "whole" else ""


if __name__ == "__main__":
    chosen, number, start, smallest = sys.argv[1:]
    if smallest == "smallest":
        print(try_seed(chosen, int(start), shrink=True).failure or "No archive of this seed fails.")
    elif main(chosen, int(number), int(start)):
        sys.exit(1)
