"""The pieces of a page → lines in reading order: columns one after the other, never woven.

A gutter is where many pieces end on one side and begin on the other. Lines that cross it divide the page into bands:
above a heading over the whole width, below it, beside a box. In each band the columns are read from left to right, in
Hebrew and Arabic from right to left.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise

from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.pdf.letter_order import reads_leftwards
from press.editor.importing.pdf.page_initials import set_initials
from press.editor.importing.pdf.page_lines import PageLine, PdfPage, PdfRun

_FEWEST = 3
"""Pairs of pieces side by side that make columns; fewer are a date beside an address."""
_SAME_GUTTER = 6.0
"""Points."""
_NEAR = 2.0
"""Ems from a gutter to where the column behind it begins, at most."""
_SAME_LINE = 0.35
"""Ems between two lines of which the letters are on one."""


def order_lines(pages: Sequence[PdfPage]) -> None:
    """Put the lines of pages in reading order, with their column and its edges.

    Where too few lines stand side by side to show columns, those of other pages do.
    """
    known: list[float] = []
    cuts = []
    for page in pages:
        reader = _ColumnReader(is_rtl=_are_rtl(page.lines))
        cuts.append((page, reader, reader.cut(_upright(page))))
        known += reader.gutters
    for page, reader, columns in cuts:
        upright = _upright(page)
        ordered = columns
        if any(_divides(upright, gutter) for gutter in known if not reader.has_gutter(gutter)):
            ordered = _ColumnReader(is_rtl=reader.is_rtl, known=known).cut(upright)
        for turn in sorted({line.column for line in page.lines} - {0}):
            pieces = [line for line in page.lines if line.column == turn]
            ordered = [*ordered, *_ColumnReader(is_rtl=_are_rtl(pieces)).cut(pieces)]
        if reader.is_rtl:
            _mirror(page, ordered)
        _set_columns(page, ordered)


def _upright(page: PdfPage) -> list[PageLine]:
    return set_initials([line for line in page.lines if line.column == 0])


def _divides(pieces: Sequence[PageLine], gutter: float) -> bool:
    """Tell whether the gutter of another page divides these pieces: those behind it begin at it."""
    beside = [a for a, b in _find_pairs(pieces) if a.x1 <= gutter <= b.x0]
    right = [line for line in pieces if line.x0 >= gutter]
    near = [line for line in right if line.x0 - gutter < _NEAR * line.size]
    return len(near) > len(right) / 2 and any(line.text.count(" ") > 1 for line in beside)


def _set_columns(page: PdfPage, ordered: Sequence[Sequence[PageLine]]) -> None:
    room = 1 - max((line.base for line in page.lines), default=0) / (page.height or 1)
    page.lines = []
    for column, lines in enumerate(ordered):
        left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
        for line in lines:
            line.column, line.left, line.right, line.room_below = column, left, right, room
        page.lines += lines


def _are_rtl(pieces: Sequence[PageLine]) -> bool:
    return reads_leftwards("".join(piece.text for piece in pieces))


def _mirror(page: PdfPage, columns: Sequence[Sequence[PageLine]]) -> None:
    """Turn the places of right-to-left lines round, so that all lines begin at the left; and say so."""
    for line in chain.from_iterable(columns):
        line.x0, line.x1 = page.width - line.x1, page.width - line.x0
    message = f"page {page.number} is read from right to left: compare the order of its words, and its figures"
    page.notes.append(Note("order", message, Confidence.REVIEW))


class _ColumnReader:
    """Cuts the pieces of a page into columns."""

    def __init__(self, *, is_rtl: bool, known: Sequence[float] = ()) -> None:
        self.is_rtl, self.known = is_rtl, known
        self.gutters: list[float] = []
        """Those that were found, across the page."""

    def has_gutter(self, gutter: float) -> bool:
        """Tell whether a gutter, or one next to it, was found."""
        return any(abs(own - gutter) < _SAME_GUTTER for own in self.gutters)

    def cut(self, pieces: Sequence[PageLine]) -> list[list[PageLine]]:
        """Return the columns of these pieces in reading order, each a list of whole lines."""
        gutter = self._find_gutter(pieces)
        if gutter is None:
            gutter = next((own for own in self.known if _divides(pieces, own)), None)
        if gutter is None:
            lines = self._make_lines(pieces)
            return [lines] if lines else []
        self.gutters.append(gutter)
        columns: list[list[PageLine]] = []
        for band in _make_bands(pieces, gutter):
            sides = [p for p in band if p.x1 <= gutter], [p for p in band if p.x0 >= gutter]
            if all(sides) and len(sides[0]) + len(sides[1]) == len(band):
                before, sides = _lift(*sides)
                columns += [before] if before else []
                for side in reversed(sides) if self.is_rtl else sides:
                    columns += self.cut(side)
            else:
                columns += self.cut(band)
        return _join_bands(columns)

    def _find_gutter(self, pieces: Sequence[PageLine]) -> float | None:
        """Return where the gutter is that most pieces stand beside, next to the edge where lines begin; or None."""
        pairs = _find_pairs(pieces)
        best: tuple[int, float] | None = None
        for left, right in sorted({(a.x1, b.x0) for a, b in pairs}, key=lambda pair: pair[0] - pair[1])[:60]:
            middle = (left + right) / 2
            beside = [(a, b) for a, b in pairs if a.x1 <= middle <= b.x0]
            if len(beside) < _FEWEST or (best and len(beside) <= best[0]):
                continue
            edges = _edges_of(beside, middle)
            if self._are_columns(beside, *edges):
                room = min(
                    0.5 * beside[0][0].size, (edges[1] - edges[0]) / 2
                )  # letters stand out of their column a little
                best = (len(beside), edges[0] + room if self.is_rtl else edges[1] - room)
        return best[1] if best else None

    def _are_columns(self, beside: Sequence[tuple[PageLine, PageLine]], left: float, right: float) -> bool:
        """Tell columns from a table or from numbers set apart: their lines are long, and fill the column."""
        for side in (0, 1):
            lines = list({id(pair[side]): pair[side] for pair in beside}.values())
            if len(lines) < _FEWEST:
                return False
            width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
            words = statistics.mean(line.text.count(" ") + 1 for line in lines)
            full = sum(line.width > 0.8 * width for line in lines) / len(lines)
            if width < 5 * lines[0].size or words < 2 or (full < 0.4 and words < 3.5):
                return False
        return right - left > 0.5 * beside[0][0].size

    def _make_lines(self, pieces: Sequence[PageLine]) -> list[PageLine]:
        """Join pieces on one line, in the order of writing, and sort the lines downwards."""
        rows: list[list[PageLine]] = []
        for piece in sorted(pieces, key=lambda p: p.base):
            near = [
                row for row in rows[-3:] if abs(row[0].base - piece.base) < _SAME_LINE * max(row[0].size, piece.size)
            ]
            if near:
                near[-1].append(piece)
            else:
                rows.append([piece])
        return [_join_pieces(sorted(row, key=lambda p: p.x0, reverse=self.is_rtl)) for row in rows]


def _find_pairs(pieces: Sequence[PageLine]) -> list[tuple[PageLine, PageLine]]:
    """Return pieces that stand side by side, with nothing between them."""
    pairs = []
    inward = sorted(pieces, key=lambda p: p.base)
    for at, piece in enumerate(inward):
        beside = []
        for step in (-1, 1):
            other = at + step
            while 0 <= other < len(inward) and abs(inward[other].base - piece.base) < 0.7 * piece.size:
                if inward[other].x0 >= piece.x1:
                    beside.append(inward[other])
                other += step
        if beside:
            pairs.append((piece, min(beside, key=lambda p: p.x0)))
    return pairs


def _edges_of(beside: Sequence[tuple[PageLine, PageLine]], middle: float) -> tuple[float, float]:
    return max(a.x1 for a, _ in beside if a.x1 <= middle), min(b.x0 for _, b in beside if b.x0 >= middle)


def _make_bands(pieces: Sequence[PageLine], gutter: float) -> list[list[PageLine]]:
    """Divide pieces downwards wherever one crosses the gutter."""
    bands: list[list[PageLine]] = []
    crossed = None
    for piece in sorted(pieces, key=lambda p: (round(p.base, 1), p.x0)):
        crosses = piece.x0 < gutter < piece.x1
        if crosses is not crossed:
            bands.append([])
        bands[-1].append(piece)
        crossed = crosses
    return bands


def _lift(
    left: list[PageLine], right: list[PageLine]
) -> tuple[list[PageLine], tuple[list[PageLine], list[PageLine]]]:
    """Take off what stands over the other column alone and apart from its own: a date above, at the right."""
    top = min(line.top for line in left)
    above = [line for line in right if line.base < top]
    rest = [line for line in right if line.base >= top]
    if (
        not above
        or len(above) > min(3, len(rest) / 3)
        or min(p.top for p in rest) - max(p.base for p in above) < 0.8 * rest[0].size
    ):
        return [], (left, right)
    return sorted(above, key=lambda p: p.base), (left, rest)


def _join_bands(columns: list[list[PageLine]]) -> list[list[PageLine]]:
    """Join neighbouring columns that are one: the same edges, one below the other."""
    joined: list[list[PageLine]] = []
    for column in columns:
        if joined and column[0].base >= joined[-1][-1].base and _have_one_edge(joined[-1], column):
            joined[-1] = [*joined[-1], *column]
        else:
            joined.append(column)
    return joined


def _have_one_edge(above: Sequence[PageLine], below: Sequence[PageLine]) -> bool:
    size = below[0].size
    edges = [(min(p.x0 for p in part), max(p.x1 for p in part)) for part in (above, below)]
    return abs(edges[0][0] - edges[1][0]) < size and abs(edges[0][1] - edges[1][1]) < size


def _join_pieces(row: Sequence[PageLine]) -> PageLine:
    first = row[0]
    if len(row) == 1:
        return first
    runs: list[PdfRun] = []
    for before, piece in zip([None, *row], row, strict=False):
        is_apart = before is not None and max(piece.x0 - before.x1, before.x0 - piece.x1) > 0.15 * piece.size
        runs += [PdfRun(" ", runs[-1].style)] if is_apart else []
        runs += piece.runs
    main = max(row, key=lambda p: len(p.text))
    wide = sum(abs(b.x0 - a.x1) > 1.8 * main.size and a.x1 <= b.x0 + 1 for a, b in pairwise(row))
    x0, x1 = min(p.x0 for p in row), max(p.x1 for p in row)
    return replace(first, runs=runs, x0=x0, x1=x1, base=main.base, size=main.size, cells=1 + wide)
