"""A progress bar where a person is watching and the work is long; nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

LONG = 200
"""Items from which a bar is worth showing."""


def watch(items: Sequence[Item], doing: str) -> Iterator[Item]:
    """Pass the items on, one by one, showing how far the work is."""
    if len(items) < LONG or not sys.stderr.isatty():
        return iter(items)
    return iter(_with_bar(items, doing))


def _with_bar(items: Sequence[Item], doing: str) -> Iterable[Item]:
    from rich.console import Console
    from rich.progress import track

    return track(items, description=doing, console=Console(stderr=True), transient=True)
