"""What most lines of a text have in common: size, leading, width, indent, and how often prose fills its measure."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from press.editor.importing.data_model import Line
from press.editor.importing.pdf.page_lines import PageLine
from press.editor.importing.plain.lines import begins_in_lower_case, ends_sentence
from press.editor.importing.plain.page_width import measure_page

_FEW = 6
"""Lines that break a sentence, fewer of which tell nothing about a text."""
_USUAL = 1.1
"""Ems from one line down to the next, at least."""


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """What most of the lines of a text have in common."""

    size: float
    leading: float
    """From one line down to the next, in ems."""
    width: float
    """Of a column, in points."""
    is_bold: bool
    is_italic: bool
    capitals: float = 0.08
    """The share of words within lines that begin with a capital: 0 to 1."""
    filled: float = 0.9
    """The share of lines that have no room for the next word, of those that break a sentence: 0 to 1."""
    indent: float = 0.0
    """Of the first lines of most paragraphs, in ems; 0 where paragraphs are not indented."""


def measure_lines(lines: Sequence[PageLine]) -> PageMeasures:
    """Measure the text by the most of its letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    body = [line for line in lines if line.size == size]
    steps = [
        (b.base - a.base) / size
        for a, b in pairwise(body)
        if are_one_column(a, b) and 0.8 * size < b.base - a.base < 3 * size
    ]
    letters = sum(len(line.text) for line in lines) or 1
    bold = sum(len(run.text) for line in lines for run in line.runs if run.style.bold)
    italic = sum(len(run.text) for line in lines for run in line.runs if run.style.italic)
    step = statistics.mode(round(step, 2) for step in steps) if steps else 1.3
    width = _measure_width(body)
    capitals = measure_page([[Line(0, line.text) for line in body]]).capitals
    filled, indent = _measure_filled(body, width), _measure_indent(body, width)
    return PageMeasures(size, step, width, bold > 0.6 * letters, italic > 0.6 * letters, capitals, filled, indent)


def _measure_width(body: Sequence[PageLine]) -> float:
    columns: defaultdict[tuple[int, int], list[PageLine]] = defaultdict(list)
    for line in body:
        columns[line.page, line.column].append(line)
    widths = [max(p.x1 for p in part) - min(p.x0 for p in part) for part in columns.values() if len(part) > 5]
    return statistics.median(widths) if widths else 0.0


def _measure_filled(body: Sequence[PageLine], width: float) -> float:
    broken = [
        not has_room(a, b, width)
        for a, b in pairwise(body)
        if are_one_column(a, b) and not ends_sentence(a.text) and begins_in_lower_case(b.text)
    ]
    return min(max(sum(broken) / len(broken), 0.6), 0.95) if len(broken) >= _FEW else 0.9


def _measure_indent(body: Sequence[PageLine], width: float) -> float:
    """Measure by how much lines are indented after a line that ends early with its sentence."""
    indents = Counter(
        round((b.x0 - b.left) / b.size * 2) / 2
        for a, b in pairwise(body)
        if are_one_column(a, b) and ends_sentence(a.text) and has_room(a, b, width)
    )
    indent, count = indents.most_common(1)[0] if indents else (0.0, 0)
    return indent if count > 1 else 0.0


def has_room(before: PageLine, line: PageLine, width: float) -> bool:
    """Tell whether a line ends before its column does: the first word of the next one would fit into it.

    A column of short lines counts as one of the `width` that most have, in points.
    """
    right = before.right
    if width and before.right - before.left < width:
        right = max(right, min(before.left + width, before.right + 6 * before.size))
    return has_room_up_to(right, before, line)


def has_room_up_to(right: float, before: PageLine, line: PageLine) -> bool:
    """Tell whether the first word of the next line would fit behind a line, up to `right`, in points."""
    return before.x1 + line.first_word + 0.25 * before.size < right - 0.3 * before.size


def are_one_column(before: PageLine, line: PageLine) -> bool:
    """Tell whether a line stands in the column of the one before it, and below it."""
    return (before.page, before.column) == (line.page, line.column) and line.base > before.base


def leading_of(chunk: Sequence[PageLine], usual: float) -> float:
    """Return the leading of lines in ems; the `usual` one where they are too few to have their own."""
    steps = [(b.base - a.base) / a.size for a, b in pairwise(chunk[-6:]) if are_one_column(a, b)]
    return min([*steps, max(usual, _USUAL)]) if steps else max(usual, _USUAL)
