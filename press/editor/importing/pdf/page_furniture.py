"""Running heads and page numbers by their place: they are no part of the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from press.editor.importing.pdf.page_lines import PageChange, PageLine, PdfPage

_FEWEST_PAGES = 3
"""Pages on which a line is in the same place: fewer may be chance."""
_EDGE_ROWS = 2
"""Rows at the head and at the foot of a page that may be no text."""
_TITLE_LINES = 4
"""Of the first page, that may have the title."""
_FULL = 0.85
"""Of the width of the page: a line that fills it is no running head, but the first of the text."""
_TOLERANCE = 0.02
"""Of the height of the page, within which two lines are in the same place."""

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[-–—\[(•|·~\s]*(?:(?:page|seite|pagina|página|p\.|s\.)\s*)?(\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|de|von|sur|di)\s*\d{1,4})?[-–—\])•|·~.\s]*", re.IGNORECASE)  # fmt: skip
_AT_AN_END = re.compile(r"^(?P<first>\d{1,4})\b(?![.,]\d)|(?<![.,])\b(?P<last>\d{1,4})$")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class _Edge:
    """A piece of a line at the head or at the foot of a page."""

    page: int
    row: int
    """From 0 at the edge; negative at the foot, from -1."""
    line: PageLine
    place: float
    """Downwards, of the height of the page."""


def take_out_furniture(pages: Sequence[PdfPage]) -> Iterator[PageChange]:
    """Take running heads and page numbers out of the pieces of all pages; yield each, and label the pages."""
    edges = [edge for page in pages for edge in _find_edges(page)]
    numbers = _find_numbers(edges, pages)
    repeated = _find_repeated(edges, pages)
    rows = {(edge.page, edge.row) for edge in edges if id(edge.line) in {*repeated, *numbers}}
    outer = {
        (edge.page, edge.row < 0) for edge in edges if edge.row in (0, -1) and id(edge.line) in {*repeated, *numbers}
    }
    for edge in edges:
        key = id(edge.line)
        inner = edge.row not in (0, -1) and (edge.page, edge.row < 0) not in outer
        heads = (key in repeated and not inner) or ((edge.page, edge.row) in rows and _is_apart(edge, pages))
        if key not in numbers and not heads:
            continue
        page = pages[edge.page]
        if key in numbers:
            page.label = numbers[key]
        page.lines = [line for line in page.lines if line is not edge.line]
        alone = key in numbers and _NUMBER.fullmatch(edge.line.text) is not None
        yield PageChange(page.number, "page number" if alone else "running head", tuple(edge.line.text.split()))


def _find_edges(page: PdfPage) -> Iterator[_Edge]:
    rows: list[list[PageLine]] = []
    for line in sorted((line for line in page.lines if line.column == 0), key=lambda line: line.base):
        if rows and abs(rows[-1][0].base - line.base) < 0.6 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    heads = list(enumerate(rows[:_EDGE_ROWS]))
    feet = [(at - _EDGE_ROWS, row) for at, row in enumerate(rows[-_EDGE_ROWS:], start=_EDGE_ROWS - len(rows[-2:]))]
    width = max((line.x1 for line in page.lines), default=0) - min((line.x0 for line in page.lines), default=0)
    for at, row in [*heads, *((at, row) for at, row in feet if len(rows) > 2 * _EDGE_ROWS or row not in rows[:2])]:
        for line in row:
            is_full = line.width > _FULL * width and len(rows) > 3 and len(line.text) > 50
            if not is_full and not (line.runs[0].style.raised and len(line.runs) > 1):
                yield _Edge(page.number - 1, at, line, line.base / (page.height or 1))


def _find_repeated(edges: Sequence[_Edge], pages: Sequence[PdfPage]) -> set[int]:
    """Find pieces of the same words in the same place on at least three pages.

    Two are enough where three pages have something set apart in that place: the heads of left and right pages.
    """
    apart = [edge for edge in edges if edge.row in (0, -1) and _is_apart(edge, pages)]
    groups: defaultdict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        key = " ".join(_DIGITS.sub("#", edge.line.text).casefold().split())
        if any(map(str.isalpha, key)):
            groups[f"{edge.row < 0} {key}"].append(edge)
    found = set()
    outside = [edge for edge in apart if _is_outside(edge, pages)]
    for group in groups.values():
        for edge in group:
            alike = {other.page for other in group if abs(other.place - edge.place) < _TOLERANCE}
            few = len(alike) > 1 and (_stands_in_row(edge, apart) or edge in outside)
            if len(alike) >= _FEWEST_PAGES or few or (edge in outside and _repeats_title(edge, pages)):
                found.add(id(edge.line))
    return found


def _is_outside(edge: _Edge, pages: Sequence[PdfPage]) -> bool:
    """Tell whether a line stands above, or below, all the text of all pages."""
    size = edge.line.size
    inner = [_inner_edge(page, edge.row < 0) for page in pages if page.lines]
    return all(base < edge.line.base - size if edge.row < 0 else base > edge.line.base + size for base in inner)


def _inner_edge(page: PdfPage, foot: bool) -> float:
    """Return where the text of a page begins, or ends: its second row, or the last but one."""
    bases = sorted(line.base for line in page.lines)
    end = bases[-1] if foot else bases[0]
    inner = [base for base in bases if abs(base - end) > 4]
    return (inner[-1] if foot else inner[0]) if inner and page.number > 1 else end


def _repeats_title(edge: _Edge, pages: Sequence[PdfPage]) -> bool:
    """Tell whether a later page has at its head a line that is among the first of the first page."""
    first = sorted(pages[0].lines, key=lambda line: line.base)[:_TITLE_LINES]
    words = edge.line.text.casefold().split()
    return edge.page > 0 and edge.row >= 0 and any(line.text.casefold().split() == words for line in first)


def _stands_in_row(edge: _Edge, apart: Sequence[_Edge]) -> bool:
    """Tell whether at least three pages have a line of the same size, set apart, in the place of this one."""
    alike = [other for other in apart if abs(other.place - edge.place) < _TOLERANCE / 4 and other.row == edge.row]
    return len({other.page for other in alike if abs(other.line.size - edge.line.size) < 0.5}) >= _FEWEST_PAGES


def _find_numbers(edges: Sequence[_Edge], pages: Sequence[PdfPage]) -> dict[int, str]:
    """Find pieces with a number that counts the pages up; return each number by the identity of its piece."""
    shifts: defaultdict[tuple[int, bool], list[tuple[_Edge, str, bool]]] = defaultdict(list)
    for edge in edges:
        for shown, alone in _read_numbers(edge.line.text):
            shifts[_value(shown) - edge.page, edge.row < 0].append((edge, shown, alone))
    found: dict[int, str] = {}
    for (shift, _), group in sorted(shifts.items(), key=lambda item: -len(item[1])):
        counted = {edge.page for edge, _, _ in group}
        alone = all(alone for _, _, alone in group)
        enough = len(counted) >= (2 if alone else _FEWEST_PAGES)
        marked = all(not edge.line.text.strip(" .").isalnum() for edge, _, _ in group)
        enough = enough or (alone and shift == 1 and (marked or len(pages) == 1))
        labelled = all(pages[edge.page].label == shown for edge, shown, _ in group) and alone
        if enough or labelled:
            for edge, shown, _ in group:
                found.setdefault(id(edge.line), shown)
    return found


def _read_numbers(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the numbers a line may have for its page, and whether each is all that the line has."""
    alone = _NUMBER.fullmatch(text)
    if alone:
        yield alone[1], True
        return
    for match in _AT_AN_END.finditer(text):
        yield match["first"] or match["last"], False


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    values = [_ROMAN[letter] for letter in number.lower()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _is_apart(edge: _Edge, pages: Sequence[PdfPage]) -> bool:
    """Tell a running head beside a page number, which has room below it, from a line of the text."""
    page = pages[edge.page]
    others = [line.base for line in page.lines if abs(line.base - edge.line.base) > 0.6 * edge.line.size]
    if not others:
        return False
    room = min(abs(base - edge.line.base) for base in others)
    leading = Counter(round(b - a) for a, b in zip(sorted(others), sorted(others)[1:], strict=False) if b - a > 3)
    return bool(leading) and room > 1.3 * leading.most_common(1)[0][0]
