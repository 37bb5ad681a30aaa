"""Trials of layouts of the reading PDF: how many pages each has, without setting it where that is known already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from press.exports.export_input import Toolchain
from press.exports.typst_runs import count_pages, run_typst

_MOST_PAGES = 1_000_000


class PageLayout(NamedTuple):
    """A type size in points, whether there is a cover, and whether the record is on a page of its own."""

    size: float
    cover: bool
    apart: bool


class PageTrials:
    """The layouts of one text that were tried."""

    def __init__(self, toolchain: Toolchain, data: Mapping[str, Any]) -> None:
        self._toolchain, self._data = toolchain, data
        self._has_notes = bool(data["notes"] or data["links"])
        self._made: dict[PageLayout, bytes] = {}
        self._pages: dict[PageLayout, int] = {}

    def set_single(self, size: float) -> bytes | None:
        """Set all on one page, with the notes and the record below the text; None if it has no room for them."""
        layout = PageLayout(size, cover=False, apart=False)
        made = self._run(layout, ended=True) if self._has_notes else self._try(layout)
        return made if count_pages(made) == 1 else None

    def set_layout(self, layout: PageLayout) -> bytes:
        """Set the text in a layout; what is one page has its notes right below the text."""
        made = self._try(layout)
        if self._pages[layout] == 1 and self._has_notes:
            ended = self._run(layout, ended=True)
            return ended if count_pages(ended) == 1 else made
        return made

    def count(self, layout: PageLayout) -> int:
        """Count the pages of a layout, which are known from others if a larger and a smaller one have as many."""
        least = max([1 + layout.apart, *self._list_bounds(layout, larger=False)])
        if least < min([_MOST_PAGES, *self._list_bounds(layout, larger=True)]):
            self._try(layout)
            return self._pages[layout]
        return least

    def _list_bounds(self, layout: PageLayout, *, larger: bool) -> Iterator[int]:
        """Yield what layouts of larger or smaller type say of the most or least pages of this one.

        Larger type never takes fewer pages. A record below the text saves one page or none, unless it is long.
        """
        for other, pages in self._pages.items():
            if other.cover == layout.cover and (other.size >= layout.size if larger else other.size <= layout.size):
                if other.apart == layout.apart:
                    yield pages
                elif not self._data["long-record"]:
                    yield pages + 1 if larger and layout.apart else pages - 1 if other.apart and not larger else pages

    def _try(self, layout: PageLayout) -> bytes:
        if layout not in self._made:
            self._made[layout] = self._run(layout)
            self._pages[layout] = count_pages(self._made[layout])
        return self._made[layout]

    def _run(self, layout: PageLayout, *, ended: bool = False) -> bytes:
        data = {**self._data, **layout._asdict(), "notes-at-end": ended}
        return run_typst(self._toolchain, "pages.typ", data, for_archives=True)
