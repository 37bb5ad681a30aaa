"""What a long command is doing, and how much longer it will take: one line in a terminal, nothing anywhere else.

The line is rewritten with a carriage return and spaces, without colours or other codes, so any terminal can show it.
It is gone when the work ends, however that happens.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TextIO, TypeVar

from press.runtime.wording import approximate, count_off

_Item = TypeVar("_Item")

MANY_ITEMS = 200
"""Fewer items are done too soon for a line to be useful."""

SHORTEST = 2.0
"""Seconds; for work that is expected to take less, nothing is shown."""

_PAUSE = 0.2
"""Seconds from one writing of the line to the next."""

_CALM = 4.0
"""Seconds in which the time shown follows most of the way to a new estimate."""

_TRUSTED = 3.0
"""Seconds after which this machine is known well enough to say how much time is left."""

_PRIOR = 1000.0
"""How much of the measured costs counts beside what is seen on this machine, in milliseconds."""


@dataclass(slots=True)
class Stage:
    """A part of the work: what to call it, and what one item takes beside those of other stages, in milliseconds.

    `items` is how many are expected at the most. A stage that is not `counted` is done in one piece, and costs as
    much as its items. One that `leads` tells by its own part what part of the others is to be made: what depends on a
    text is mostly made again when that is.
    """

    doing: str
    cost: float
    items: int = 0
    counted: bool = True
    leads: bool = False
    part: float = 1.0
    done: int = 0
    begun: bool = False

    @property
    def left(self) -> float:
        """What is left to do, in the milliseconds of `cost`."""
        return max(self.items * self.part - self.done, 0) * self.cost


@dataclass
class Meter:
    """Follows the stages of one command and writes the line."""

    stages: Mapping[str, Stage]
    stream: TextIO
    clock: Callable[[], float] = time.monotonic
    width: Callable[[], int] = field(default=lambda: _width_of(sys.stderr))
    _began: float = 0.0
    _drawn: float = -math.inf
    _shown: str = ""
    _left: float = 0.0
    """The seconds left as they were shown at `_drawn`."""
    _owner: int = field(default_factory=os.getpid)

    def __post_init__(self) -> None:
        self._began = self.clock()

    def begin(self, name: str, absent: int, items: int) -> None:
        """Begin a stage, of whose items `absent` have to be made."""
        stage = self.stages.get(name)
        if stage is None or os.getpid() != self._owner:
            return
        stage.begun, stage.part, stage.done = True, 1.0, 0
        stage.items = absent if stage.counted or not absent else stage.items
        if stage.leads and items:
            for other in self.stages.values():
                other.part = other.part if other.begun else absent / items
        if absent:
            self._draw(stage, at_once=not stage.counted)

    def advance(self, name: str) -> None:
        """Note that one item of a stage is done."""
        stage = self.stages.get(name)
        if stage is not None and os.getpid() == self._owner:
            stage.done = stage.done + 1 if stage.counted else stage.items
            self._draw(stage)

    def seconds_left(self) -> float:
        """Estimate how long the rest will take: by the measured costs, and by how long the same costs took so far."""
        left = sum(stage.left for stage in self.stages.values())
        done = sum(stage.done * stage.cost for stage in self.stages.values())
        return left * (self._elapsed() + _PRIOR / 1000) / (done + _PRIOR)

    def clear(self) -> None:
        """Take the line away, and the `^C` that a terminal has written after it."""
        if self._shown and os.getpid() == self._owner:
            self._shown = f"{self._shown}^C"[: self.width() - 1]
            self._write("")

    def _elapsed(self) -> float:
        return self.clock() - self._began

    def _draw(self, stage: Stage, *, at_once: bool = False) -> None:
        now = self.clock()
        if now - self._drawn < _PAUSE and not at_once:
            return
        left = self.seconds_left()
        if self._elapsed() + left < SHORTEST:
            return
        if self._elapsed() <= _TRUSTED:
            self._left = left
        else:
            passed = now - self._drawn
            expected = max(self._left - passed, 0.0)
            self._left = left + (expected - left) * math.exp(-passed / _CALM)
        self._drawn = now
        self._write(compose_line(stage, self._left if self._elapsed() >= _TRUSTED else None, self.width() - 1))

    def _write(self, line: str) -> None:
        padding = " " * (len(self._shown) - len(line))
        back = "\r" if not line else ""
        with suppress(OSError, ValueError):  # the terminal has gone: that is no reason to end the work
            self.stream.write(f"\r{line}{padding}{back}")
            self.stream.flush()
        self._shown = line


def compose_line(stage: Stage, left: float | None, width: int) -> str:
    """Write the line: the stage, how many items are done, how much time is left; as much of it as there is room for.

    A stage that cannot be counted stands still, so it never says that only seconds are left.
    """
    about = approximate(left) if left is not None and (stage.counted or left >= 10) else ""
    number = count_off(stage.done, stage.items) if stage.counted else ""
    for parts in ((stage.doing, number, about), (stage.doing, about or number), (stage.doing,)):
        line = "  ".join(filter(None, parts))
        if len(line) <= width:
            return line
    return stage.doing[: max(width, 0)]


_meters: list[Meter] = []
"""The meter of the command that is running, if it shows one."""


@contextmanager
def show_progress() -> Iterator[None]:
    """Show the line while something runs; what it shows is told with `expect_stages`, `begin_stage` and `advance`."""
    if _meters or not can_rewrite(sys.stderr, os.environ):
        yield
        return
    _meters.append(Meter({}, sys.stderr))
    try:
        yield
    finally:
        _meters.pop().clear()


def expect_stages(list_them: Callable[[], Mapping[str, Stage]]) -> None:
    """Say what the command that is running will do; the stages, by their names, are listed only if they are shown."""
    for meter in _meters:
        meter.stages = list_them()


def begin_stage(name: str, absent: int, items: int) -> None:
    """Say that a stage begins, and how many of its items have to be made."""
    for meter in _meters:
        meter.begin(name, absent, items)


def advance(name: str) -> None:
    """Say that an item of a stage has been made."""
    for meter in _meters:
        meter.advance(name)


def watch(items: Sequence[_Item], doing: str, many: int = MANY_ITEMS) -> Iterator[_Item]:
    """Yield the items, showing how many are done if there are at least `many`."""
    if len(items) < many:
        yield from items
        return
    with show_progress():
        expect_stages(lambda: {doing: Stage(doing, 10.0, len(items))})
        begin_stage(doing, len(items), len(items))
        for item in items:
            yield item
            advance(doing)


def can_rewrite(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Return whether a stream is a terminal that can go back to the start of a line."""
    return stream.isatty() and environment.get("TERM", "") != "dumb"


def _width_of(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
