"""Numbers in sentences."""

from __future__ import annotations


def count(number: int, one: str, many: str) -> str:
    """Write a number with its noun: `1 file`, `1,024 files`."""
    return f"{number:,} {one if number == 1 else many}"
