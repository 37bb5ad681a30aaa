"""The worker from the side of the loop: start it, ask it for a build, replace it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path

from press.diagnostics import error
from press.preview.job import Hints, Job, Order, PreviewResult, Question
from press.preview.worker import work
from press.publish import signals_held_back

PATIENCE = 30.0
"""Seconds after which a build is reported as slow, and a newer change may end it."""


class Builder:
    """One worker at a time."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._begun: float | None = None
        self.question: str | None = None
        """The source whose hints the worker was last asked for; None if it was asked for a build."""
        self._start()

    @property
    def busy(self) -> bool:
        """Whether the worker is building, or looking for hints."""
        return self._begun is not None

    @property
    def seconds(self) -> float:
        """How long the present build has run."""
        return time.monotonic() - self._begun if self._begun is not None else 0.0

    @property
    def overdue(self) -> bool:
        """Whether the present build has run longer than PATIENCE."""
        return self.seconds > PATIENCE

    def waits_on(self) -> list[Connection | int]:
        """Return what multiprocessing.connection.wait is to watch for the end of the build or of the worker."""
        return [self._orders, self._process.sentinel] if self.busy else []

    def ask(self, tree: Path, changed: Iterable[str] | None = None) -> None:
        """Ask for a build into `tree`; a worker that died meanwhile is replaced.

        `changed` are the files that were saved since the last build was asked for; None if that is not known.
        """
        if not self._process.is_alive():
            self.replace()
        self.tree, self.question, self._begun = tree, None, time.monotonic()
        with suppress(BrokenPipeError):  # the worker has just died: take() reports it
            self._orders.send(Order(str(tree), None if changed is None else tuple(changed)))

    def ask_hints(self, source: str) -> None:
        """Ask for the hints for a text. A worker that has not built since it began does not know any."""
        self.question, self._begun = source, time.monotonic()
        with suppress(BrokenPipeError):
            self._orders.send(Question(source))

    def take(self) -> tuple[PreviewResult | Hints, float]:
        """Return what the worker has sent, and the seconds since it was asked."""
        seconds, self._begun = self.seconds, None
        return self._receive(), seconds

    def _receive(self) -> PreviewResult | Hints:
        """Return the worker's answer, or an error if it died."""
        try:
            if not self._orders.poll():
                raise EOFError  # a process that the worker started may hold the other end open
            outcome: PreviewResult | Hints = self._orders.recv()
        except (EOFError, OSError):
            self._process.join()
            code = self._process.exitcode or 0
            how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
            message = f"the process that builds ended with {how}. Correct the last change and save to start another."
            return PreviewResult(errors=(str(error("press", 0, "preview-ended", message)),))
        return outcome

    def replace(self) -> None:
        """End the worker, whatever it is doing, and start another with the present code."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the worker and every process that it started."""
        with suppress(ProcessLookupError, PermissionError):
            if os.getsid(self._process.pid or 0) == self._process.pid:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self._orders.close()

    def _start(self) -> None:
        with signals_held_back(), _sigint_blocked():
            self._spawn()

    def _spawn(self) -> None:
        spawning = multiprocessing.get_context("spawn")  # a fork would inherit our threads and modules
        self._orders, theirs = spawning.Pipe()
        self._process = spawning.Process(target=work, args=(theirs, self._job))
        self._process.start()
        theirs.close()
        self._begun = None


@contextmanager
def _sigint_blocked() -> Iterator[None]:
    """Block SIGINT in this thread and in the process that it starts.

    Until that process has a session of its own, Ctrl-C in a terminal reaches it too, and it would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # Python starts it with the first process, and unblocks SIGINT then
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
