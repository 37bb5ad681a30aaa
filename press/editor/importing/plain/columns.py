"""Columns of prose side by side → one after the other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from press.editor.importing.data_model import ColumnReading, Confidence, Gap, Line, Note
from press.editor.importing.plain.divided_words import is_divided
from press.editor.importing.plain.lines import breaks_sentence, ends_sentence
from press.editor.importing.plain.page_width import reach

_GAP = re.compile(r"\s{2,}")
_LOOK_AHEAD = 4
"""Lines in which the place of a gutter is looked for."""
_MOST_ONE_SIDED = 12
"""Lines with text on one side alone, beyond half of all, after which columns cannot be."""
_LEAST_LINES = {2: 6, 3: 3}
"""How many lines must have text on both sides of a gutter of that many spaces; a wider one needs two."""
_RUNS_ON = 0.3
"""The share of lines in a column that run on to the next at least, if it is prose."""
_WORDS = 2.5
"""Words of a column's line on average at least."""


@dataclass(slots=True)
class ColumnLines:
    """The lines of a text in the order in which columns are read, and what was read in columns."""

    lines: list[Line]
    readings: list[ColumnReading] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_columns(lines: Sequence[Line]) -> ColumnLines:
    """Find columns of prose, page by page, and put the lines of each before those of the next.

    A table, verse in two columns and names side by side are left as they are: nothing tells how they are read.
    """
    result = ColumnLines([])
    failed: dict[int, int] = {}
    at = 0
    while at < len(lines):
        found = _find_columns(lines, at, failed) if _GAP.search(lines[at].text) else []
        if not found:
            result.lines.append(lines[at])
            at += 1
            continue
        number = len(result.readings) + 1
        end = at + len({line.number for column in found for line in column})
        result.lines += _order(found, number, lines[at].gap)
        result.readings.append(ColumnReading(tuple(tuple(column) for column in found)))
        message = (
            f"{len(found)} columns, lines {lines[at].number} to {lines[end - 1].number}, read one after the other"
        )
        result.notes.append(Note("columns", message, Confidence.REVIEW, lines[at].number))
        at = end
    _part_regions(result.lines)
    return result


def keep_read(readings: Sequence[ColumnReading], lines: Sequence[Line]) -> list[ColumnReading]:
    """Return the readings without the lines that have left the text since, such as a title."""
    left = {(line.number, line.text) for line in lines if line.column}
    kept = [
        tuple(tuple(line for line in column if (line.number, line.text) in left) for column in reading.columns)
        for reading in readings
    ]
    return [ColumnReading(columns) for columns in kept if any(columns)]


def _find_columns(lines: Sequence[Line], start: int, failed: dict[int, int]) -> list[list[Line]]:
    """Return the columns that begin at a line, from left to right; none if they are not prose.

    `failed` has, for each place of a gutter, the index up to which no columns are there; it is kept up to date.
    """
    places = {
        line.indent + gap.end() for line in lines[start : start + _LOOK_AHEAD] for gap in _GAP.finditer(line.text)
    }
    best: list[list[Line]] = []
    most = 0
    for place in sorted(place for place in places if failed.get(place, 0) <= start):
        region = _grow(lines, start, place)
        columns = _divide(region, place)
        both = sum(bool(_split(line, place)[0] and _split(line, place)[1]) for line in region)
        if both > most and _are_columns(columns, both, len(region), place):
            best, most = columns, both
        else:
            failed[place] = start + max(1, len(region) - _LOOK_AHEAD)
    return [part for column in best for part in (_find_within(column) or [column])]


def _find_within(column: Sequence[Line]) -> list[list[Line]]:
    """Return the columns that a column is itself divided into, from its first line to its last."""
    if not _GAP.search(column[0].text):
        return []
    found = _find_columns(column, 0, {})
    count = len({line.number for part in found for line in part})
    return found if count == len(column) else []


def _grow(lines: Sequence[Line], start: int, place: int) -> Sequence[Line]:
    """Return the lines from `start` on that leave the gutter before `place` free, as far as both sides have text."""
    end = last = start
    both = 0
    while end < len(lines) and _leaves_free(lines[end], place):
        if end > start and lines[end].gap is Gap.PAGE:
            break
        end += 1
        is_both = all(_split(lines[end - 1], place))
        both += is_both
        if is_both or lines[end - 1].gap is Gap.NONE:
            last = end
        if end - start > 2 * both + _MOST_ONE_SIDED:
            break
    return lines[start:last]


def _leaves_free(line: Line, place: int) -> bool:
    raw = " " * line.indent + line.text
    return raw[max(0, place - 2) : place].strip() == ""


def _split(line: Line, place: int) -> tuple[Line | None, Line | None]:
    """Divide a line at a column; a side without text is None."""
    raw = " " * line.indent + line.text
    left, right = raw[:place].rstrip(), raw[place:]
    indent = len(right) - len(right.lstrip())
    return (
        replace(line, text=left.strip()) if left.strip() else None,
        replace(line, text=right.strip(), indent=indent) if right.strip() else None,
    )


def _divide(region: Sequence[Line], place: int) -> list[list[Line]]:
    halves = [_split(line, place) for line in region]
    return [[half for half in side if half is not None] for side in zip(*halves, strict=True)] if halves else []


def _are_columns(columns: Sequence[Sequence[Line]], both: int, count: int, place: int) -> bool:
    if not all(columns) or 2 * both < count:
        return False
    gutter = place - max(reach(line) for line in columns[0])
    if both < _LEAST_LINES.get(gutter, 2):
        return False
    return all(map(_is_prose, columns)) and sum(map(_count_running, columns)) >= 2


def _is_prose(column: Sequence[Line]) -> bool:
    words = sum(len(line.text.split()) for line in column)
    characters = sum(len(line.text) for line in column)
    wordy = words >= _WORDS * len(column) or characters >= 20 * len(column)
    return wordy and _count_running(column) >= _RUNS_ON * (len(column) - 1)


def _count_running(column: Sequence[Line]) -> int:
    """Count the lines of a column whose sentence or word goes on in the next one."""
    return sum(
        breaks_sentence(line.text, after.text) or is_divided(line.text) or _runs_on_uncased(line, after)
        for line, after in itertools.pairwise(column)
    )


def _runs_on_uncased(line: Line, after: Line) -> bool:
    first = after.text[:1]
    return first.isalpha() and first.upper() == first.lower() and not ends_sentence(line.text)


def _order(columns: Sequence[Sequence[Line]], number: int, gap: Gap) -> Iterator[Line]:
    """Yield the lines column by column; a paragraph may go on from one column to the next, as from page to page."""
    for place, column in enumerate(columns):
        before = None
        for line in column:
            if before is None:
                line_gap = gap if place == 0 else Gap.PAGE
            else:
                line_gap = Gap.NONE if line.number == before.number + 1 else Gap.BLANK
            yield replace(line, gap=line_gap, column=number)
            before = line


def _part_regions(lines: list[Line]) -> None:
    """Put a gap wherever columns begin or end."""
    for at in range(1, len(lines)):
        if lines[at].column != lines[at - 1].column and lines[at].gap is Gap.NONE:
            lines[at] = replace(lines[at], gap=Gap.BLANK)
