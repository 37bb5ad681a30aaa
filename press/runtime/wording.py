"""Numbers in sentences."""

from __future__ import annotations


def count(number: int, one: str, many: str) -> str:
    """Write a number with its noun: `1 file`, `1,024 files`."""
    return f"{number:,} {one if number == 1 else many}"


def count_off(done: int, items: int) -> str:
    """Write how many are done: `1,240 of 5,000`; the first number is as wide as the second, so that nothing moves."""
    return f"{done:>{len(f'{items:,}')},} of {items:,}"


def approximate(seconds: float) -> str:
    """Write how much time is left, as exactly as an estimate can be: `about 2 min left`."""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 55:
        return f"about {round(seconds / 10) * 10} s left"
    minutes = max(round(seconds / 60), 1)
    if minutes < 60:
        return f"about {minutes} min left"
    hours, minutes = divmod(round(minutes / 10) * 10, 60)
    return f"about {hours} h {minutes} min left" if minutes else f"about {hours} h left"
