"""Long lists, cut into pages that link to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from press.model.urls import numbered_url

_Item = TypeVar("_Item")

AROUND = 2
"""How many pages before and after the current one are linked, as well as the first and the last."""


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a list: `number` of `last`, both from 1; `base` is the address of the first."""

    base: str
    number: int
    last: int

    @property
    def url(self) -> str:
        """The address of this page."""
        return numbered_url(self.base, self.number)

    @property
    def previous(self) -> str:
        """The address of the previous page; empty on the first."""
        return numbered_url(self.base, self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The address of the next page; empty on the last."""
        return numbered_url(self.base, self.number + 1) if self.number < self.last else ""

    @property
    def shown(self) -> list[tuple[int, str]]:
        """The pages to link, with their addresses; 0 marks a gap: 1 … 4 5 6 7 8 … 40."""
        near = range(max(1, self.number - AROUND), min(self.last, self.number + AROUND) + 1)
        links: list[tuple[int, str]] = []
        for number in sorted({1, *near, self.last}):
            if links and number > links[-1][0] + 1:
                links.append((0, ""))
            links.append((number, numbered_url(self.base, number)))
        return links


def cut(items: Sequence[_Item], base: str, length: int) -> Iterator[tuple[Pager, Sequence[_Item]]]:
    """Cut a list into pages of `length` items; an empty list is one empty page."""
    last = max(1, -(-len(items) // length))
    for number in range(1, last + 1):
        yield Pager(base, number, last), items[(number - 1) * length : number * length]
