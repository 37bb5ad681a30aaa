"""A logarithmic axis: where a value is, and which values are written beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MANY = 5
"""More labels than these are too many for one axis."""


@dataclass(frozen=True)
class Axis:
    """An axis from value `low` at `start` to value `high` at `end`, in the units of the picture."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where a value is."""
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)


def choose_ticks(values: Iterable[float]) -> list[float]:
    """Return round values around all these, from below the least to above the most: 1, 2, 5, 10 … or 1, 10, 100 …"""
    found = [value for value in values if value > 0] or [1.0]
    for steps in ((1, 2, 5), (1,)):
        ticks = _around(found, steps)
        if len(ticks) <= MANY:
            break
    return ticks


def _around(values: Sequence[float], steps: Sequence[int]) -> list[float]:
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    every = [step * 10.0**power for power in range(first, last + 1) for step in steps]
    low = max(tick for tick in every if tick <= min(values) * (1 + 1e-9))
    high = min(tick for tick in every if tick >= max(values) * (1 - 1e-9) and tick > low)
    return [tick for tick in every if low <= tick <= high]


def format_value(value: float) -> str:
    """Return a value as it is written: 0.05, 1.5, 20, 1,000."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
