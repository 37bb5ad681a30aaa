"""A progress bar for long work in a terminal; nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")

MANY_ITEMS = 200
"""Fewer items are done too soon for a bar to be useful."""


def watch(items: Sequence[_Item], doing: str, many: int = MANY_ITEMS) -> Iterator[_Item]:
    """Yield the items, showing how many are done if there are at least `many`."""
    if len(items) < many or not sys.stderr.isatty():
        return iter(items)
    return iter(_with_bar(items, doing))


def _with_bar(items: Sequence[_Item], doing: str) -> Iterable[_Item]:
    from rich.console import Console
    from rich.progress import track

    return track(items, description=doing, console=Console(stderr=True), transient=True)
