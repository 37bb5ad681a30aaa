"""Do the same work on many items over the cores there are; results come in the order of the items."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

from press.diagnostics import Diagnostic, error

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW = 64
"""Items for which starting workers costs more than it gives."""


class WorkerDied(Exception):
    """A worker was ended from outside, or took the process down; `item` is what it was at."""

    def __init__(self, item: object) -> None:
        self.item = item
        super().__init__(item)


def problem_of_death(died: WorkerDied, path: str, doing: str) -> Diagnostic:
    """Say that a worker died at `doing` something with `path`."""
    message = f"the process that was {doing} died. Is the memory full? Build again, or with --jobs 1."
    return error(path, 0, "worker-died", message)


def count_cores() -> int:
    """Give how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_over_cores(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int | None = None, few: int = FEW
) -> Iterator[Result]:
    """Yield `work(item)` for each item in order, made in `jobs` forked workers: all cores if None.

    Less than `few` items are done in this process.

    What `work` raises is raised here: the item is done again in this process, so that the traceback is whole. Raises
    WorkerDied for a worker that is gone. Workers share the memory of this process as it is when they start; only
    results travel, so they must be picklable.
    """
    jobs = jobs or count_cores()
    if jobs == 1 or len(items) < few or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    context, jobs = multiprocessing.get_context("fork"), min(jobs, len(items))
    ends: list[Connection] = []
    for number in range(jobs):
        ours, theirs = context.Pipe(duplex=False)
        share = items[number::jobs]
        context.Process(target=_work_through, args=(work, share, theirs, [*ends, ours]), daemon=True).start()
        theirs.close()
        ends.append(ours)
    try:
        for number, item in enumerate(items):
            try:
                done, result = ends[number % jobs].recv()
            except EOFError:
                raise WorkerDied(item) from None
            yield result if done else work(item)
    finally:
        for end in ends:
            end.close()


def _work_through(
    work: Callable[[Item], Result], items: Sequence[Item], end: Connection, others: Sequence[Connection]
) -> None:
    """Send the result of each item; stop at the first that fails, which the parent does again."""
    for other in others:
        other.close()  # or a dead parent's pipe would stay open, and this worker wait for ever
    with closing(end), suppress(BrokenPipeError):
        for item in items:
            try:
                result = work(item)
            except Exception:
                end.send((False, None))
                return
            end.send((True, result))
