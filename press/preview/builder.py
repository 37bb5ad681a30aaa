"""The worker, as the loop sees it: asked, waited for, replaced."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from press.diagnostics import error
from press.preview.worker import Job, Outcome, work
from press.publish import signals_held_back

PATIENCE = 30.0
"""Seconds after which a build is told of, and may be ended for a newer change."""


class Builder:
    """One worker at a time."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._begun: float | None = None
        self._start()

    @property
    def busy(self) -> bool:
        """Tell whether a build is under way."""
        return self._begun is not None

    @property
    def seconds(self) -> float:
        """How long the build under way has lasted."""
        return time.monotonic() - self._begun if self._begun is not None else 0.0

    @property
    def overdue(self) -> bool:
        """Tell whether the build under way has lasted longer than anybody waits."""
        return self.seconds > PATIENCE

    def waits_on(self) -> list[Connection | int]:
        """Give what becomes ready, for multiprocessing.connection.wait, when a build has ended or the worker died."""
        return [self._orders, self._process.sentinel] if self.busy else []

    def ask(self, tree: Path) -> None:
        """Ask for a build into `tree`; a worker that died meanwhile is replaced."""
        if not self._process.is_alive():
            self.replace()
        self.tree, self._begun = tree, time.monotonic()
        with suppress(BrokenPipeError):  # a worker that died just now: take() tells of it
            self._orders.send(str(tree))

    def take(self) -> tuple[Path, Outcome, float]:
        """Give the tree, the outcome and the seconds of the build that has ended."""
        seconds, self._begun = self.seconds, None
        return self.tree, self._receive(), seconds

    def _receive(self) -> Outcome:
        """Read the worker's answer; a worker that died is a problem."""
        try:
            if not self._orders.poll():
                raise EOFError  # what the worker had begun may still hold the other end
            outcome: Outcome = self._orders.recv()
        except (EOFError, OSError):
            self._process.join()
            code = self._process.exitcode or 0
            how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
            message = (
                f"the process that builds ended with {how}. Mend what was changed last; the next save begins another."
            )
            return Outcome(errors=(str(error("press", 0, "preview-ended", message)),))
        return outcome

    def replace(self) -> None:
        """End the worker, whatever it is doing, and begin another, with the code as it now is."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the worker and all that it has begun."""
        with suppress(ProcessLookupError, PermissionError):
            if os.getsid(self._process.pid or 0) == self._process.pid:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self._orders.close()

    def _start(self) -> None:
        with signals_held_back():
            self._spawn()

    def _spawn(self) -> None:
        spawning = multiprocessing.get_context("spawn")  # a fork would inherit our threads and modules
        self._orders, theirs = spawning.Pipe()
        self._process = spawning.Process(target=work, args=(theirs, self._job))
        self._process.start()
        theirs.close()
        self._begun = None
