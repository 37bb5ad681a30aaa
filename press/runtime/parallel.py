"""Do the same work on many items over all cores; results come in the order of the items."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import TypeVar

from press.diagnostics import Diagnostic, Refused, error

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

FEW_ITEMS = 64
"""For fewer items, starting workers takes longer than the work."""


class WorkerDied(Refused):
    """A worker was killed, or crashed, while it worked on `item`; carries the error."""

    def __init__(self, item: object, problems: Sequence[Diagnostic] = ()) -> None:
        self.item = item
        super().__init__(problems)


def problem_of_death(path: str, doing: str) -> Diagnostic:
    """Return the error for a worker that died while `doing` something with `path`."""
    message = f"the process that was {doing} died, probably because the memory was full. Build again with --jobs 1."
    return error(path, 0, "worker-died", message)


def count_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_over_cores(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    jobs: int | None = None,
    *,
    few: int = FEW_ITEMS,
    doing: str = "reading this text",
    path_of: Callable[[_Item], str] = str,
) -> Iterator[_Result]:
    """Yield `work(item)` for each item in order, done by `jobs` forked workers: one for each core if None or 0.

    Fewer than `few` items are done in this process. Workers share the memory of this process as it is when they
    start; only results travel, so they must be picklable.

    What `work` raises is raised here: the item is done again in this process, so that the traceback is complete.
    However this ends, no worker is left that could still write into a tree that is being deleted.
    Raises Refused if a worker dies, with one error at `path_of(item)`: "the process that was {doing} died".
    """
    jobs = jobs or count_cores()
    if jobs == 1 or len(items) < few or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    context, jobs = multiprocessing.get_context("fork"), min(jobs, len(items))
    ends: list[Connection] = []
    workers: list[ForkProcess] = []
    for number in range(jobs):
        ours, theirs = context.Pipe(duplex=False)
        share = items[number::jobs]
        workers.append(context.Process(target=_work_through, args=(work, share, theirs, [*ends, ours]), daemon=True))
        workers[-1].start()
        theirs.close()
        ends.append(ours)
    try:
        for number, item in enumerate(items):
            try:
                done, result = ends[number % jobs].recv()
            except EOFError:
                raise WorkerDied(item, [problem_of_death(path_of(item), doing)]) from None
            yield result if done else work(item)
    finally:
        for end, worker in zip(ends, workers, strict=True):
            end.close()
            worker.kill()
            worker.join()


def _work_through(
    work: Callable[[_Item], _Result], items: Sequence[_Item], end: Connection, others: Sequence[Connection]
) -> None:
    """Send the result of each item; stop at the first that fails, because the parent does it again."""
    for other in others:
        other.close()  # or a dead parent's pipe would stay open, and this worker would wait forever
    with closing(end), suppress(BrokenPipeError):
        for item in items:
            try:
                result = work(item)
            except Exception:
                end.send((False, None))
                return
            end.send((True, result))
