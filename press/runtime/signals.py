"""SIGINT and SIGTERM stop a build cleanly: staging removed, output/ unchanged, the usual exit code."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """A signal asks the build to end; `code` is the exit code, 128 plus the number of the signal.

    Not an Exception, because templates, plugins and Pelican itself catch Exception and go on. Neither
    KeyboardInterrupt nor SystemExit, because Pelican and invoke catch these by name.
    """

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


class _Stopper:
    """The handler; it remembers the signal, because the code it interrupts may swallow what it raises."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.asked: int | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if os.getpid() != self.pid:  # a forked worker has nothing to remove and dies without a traceback
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        self.asked = 128 + number
        raise Stopped(self.asked)


@contextmanager
def stopping_signals() -> Iterator[None]:
    """Raise Stopped in the main thread on SIGINT (130) or SIGTERM (143); for the main thread only.

    Both stop the build even if the caller's shell ignores them, as for `build &` in a script: stopping does no
    harm. A Stopped that was swallowed on its way is raised again at the end.
    """
    stopper = _Stopper()
    before = {number: signal.signal(number, stopper) for number in STOPPING}
    try:
        yield
        raise_if_stopped()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def raise_if_stopped() -> None:
    """Raise Stopped again if a signal has asked the build to end and something swallowed it."""
    stopper = signal.getsignal(signal.SIGINT)
    if isinstance(stopper, _Stopper) and stopper.asked is not None:
        raise Stopped(stopper.asked)


@contextmanager
def signals_held_back() -> Iterator[None]:
    """Hold SIGINT and SIGTERM back until the block is done, then deliver the first that came.

    This exchanges handlers instead of masking signals: with a second thread a masked signal still reaches the
    process, and Python runs its handler in the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python never runs a handler in this thread
        return
    waiting: list[int] = []
    before = {number: signal.signal(number, lambda number, _: waiting.append(number)) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if waiting:
            signal.raise_signal(waiting[0])
