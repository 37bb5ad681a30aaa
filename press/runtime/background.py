"""One piece of work in a process of its own, while this process goes on."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, TypeVar

from press.runtime.parallel import WorkerDied, problem_of_death

_Made = TypeVar("_Made")


@contextmanager
def in_background(
    work: Callable[[], _Made], jobs: int | None = None, *, doing: str, path: str
) -> Iterator[Callable[[], _Made]]:
    """Start `work` in a forked process; yield the function that waits for its result.

    With one job, or where there is no fork, the work is done when its result is asked for. The result must be
    picklable. What `work` raises is raised by the function; if the process dies, it raises Refused with one error at
    `path`: "the process that was {doing} died". A process that is still at work when the block ends is killed, with
    all that it has started.
    """
    if jobs == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield work
        return
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work_alone, args=(work, theirs, ours), daemon=True)
    process.start()
    theirs.close()

    def wait() -> _Made:
        try:
            done, result = ours.recv()
        except EOFError:
            raise WorkerDied(path, [problem_of_death(path, doing)]) from None
        if not done:
            raise result
        return result  # type: ignore[no-any-return]

    try:
        yield wait
    finally:
        ours.close()
        _end(process)


def _work_alone(work: Callable[[], Any], end: Connection, other: Connection) -> None:
    """Send the result, or what was raised."""
    os.setsid()  # so that all that it starts can be ended with it
    other.close()
    with closing(end), suppress(BrokenPipeError):
        try:
            result = work()
        except Exception as wrong:
            end.send((False, wrong))
            return
        end.send((True, result))


def _end(process: ForkProcess) -> None:
    """Kill a process and all that it has started, unless it has ended."""
    if process.is_alive() and process.pid:
        with suppress(ProcessLookupError):  # it has not become a group yet, or has just ended
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.join()
