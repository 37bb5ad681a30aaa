"""Long lists, cut into pages that know one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")

AROUND = 2
"""How many pages before and after the one that is shown are linked, beside the first and the last."""


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a list: `number` of `last`, both from 1; the first page stands at `base`."""

    base: str
    number: int
    last: int

    @property
    def url(self) -> str:
        """The address of this page."""
        return page_url(self.base, self.number)

    @property
    def previous(self) -> str:
        """The address of the page before; empty on the first."""
        return page_url(self.base, self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after; empty on the last."""
        return page_url(self.base, self.number + 1) if self.number < self.last else ""

    @property
    def shown(self) -> list[tuple[int, str]]:
        """The pages to link, with their addresses; a gap is the number 0: 1 … 4 5 6 7 8 … 40."""
        near = range(max(1, self.number - AROUND), min(self.last, self.number + AROUND) + 1)
        links: list[tuple[int, str]] = []
        for number in sorted({1, *near, self.last}):
            if links and number > links[-1][0] + 1:
                links.append((0, ""))
            links.append((number, page_url(self.base, number)))
        return links


def page_url(base: str, number: int) -> str:
    """Give the address of a page of a list: the second of `tag/bread/` is `tag/bread/page/2/`."""
    return base if number == 1 else f"{base}page/{number}/"


def cut(items: Sequence[Item], base: str, length: int) -> Iterator[tuple[Pager, Sequence[Item]]]:
    """Cut a list into pages of `length` items; an empty list is one empty page."""
    last = max(1, -(-len(items) // length))
    for number in range(1, last + 1):
        yield Pager(base, number, last), items[(number - 1) * length : number * length]
