"""The parts of a block of lines that are not one paragraph: a list in it, a signature, lines set further in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from press.editor.importing.data_model import Line
from press.editor.importing.plain.lines import MARKER, begins_speech, breaks_sentence, ends_sentence
from press.editor.importing.plain.page_width import PageWidth, reach
from press.editor.importing.plain.verse import weigh_prose

_SET_IN = 3
"""Columns by which a quotation is set in at least, within a paragraph."""
_SIGNATURE = 40
"""Characters of the longest signature at the left."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines of a block that belong together."""

    lines: Sequence[Line]
    kept: bool = False
    """Whether their line breaks are surely the author's."""


def split_segments(block: Sequence[Line], page: PageWidth) -> Iterator[Segment]:
    """Yield the parts of a block: what is set right above and below it, and between them prose, verse and lists."""
    if len(block) == 1 or block[0].heading:
        yield Segment(block)
        return
    start = _count_set_right(block, page)
    end = len(block) - _count_signature(block, start, page)
    if start:
        yield Segment(block[:start], kept=True)
    for part in _part_at_speeches(block[start:end]):
        yield from _split_inner(part, page)
    if end < len(block):
        yield Segment(block[end:], kept=True)


def _part_at_speeches(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Split lines before each speech of a dialogue."""
    speeches = [
        at
        for at, line in enumerate(lines)
        if begins_speech(line.text) and (at == 0 or ends_sentence(lines[at - 1].text))
    ]
    if len(speeches) < 2:
        return [lines] if lines else []
    edges = sorted({0, *speeches, len(lines)})
    return [lines[start:end] for start, end in pairwise(edges)]


def _split_inner(lines: Sequence[Line], page: PageWidth) -> Iterator[Segment]:
    items = [at for at in range(len(lines)) if is_item(lines, at, page)]
    if not items:
        yield from _split_set_in(lines, page)
        return
    first = items[0]
    if first > 1 and weigh_prose(lines[:first], page) > 0:
        yield from _split_set_in(lines[:first], page)
        lines = lines[first:]
        first = 0
    end = first + 1
    while end < len(lines) and (
        is_item(lines, end, page) or continues_item(lines[first], lines[end - 1 : end + 1], page)
    ):
        end += 1
    if len(lines) - end < 2 or weigh_prose(lines[end:], page) <= 0:
        end = len(lines)
    yield Segment(lines[:end], kept=True)
    if end < len(lines):
        yield from _split_inner(lines[end:], page)


def continues_item(item: Line, lines: Sequence[Line], page: PageWidth) -> bool:
    """Return whether the second of two lines goes on with the item of a list that the first is part of."""
    before, line = lines
    if MARKER.match(line.text):
        return False
    return line.indent > item.indent or breaks_sentence(before.text, line.text) or page.fills(before, line)


def _split_set_in(lines: Sequence[Line], page: PageWidth) -> Iterator[Segment]:
    """Cut out lines set in between lines of prose: a stanza, a quotation."""
    base = min(line.indent for line in lines)
    runs: list[list[Line]] = []
    for line in lines:
        is_in = line.indent >= base + _SET_IN
        if runs and is_in == (runs[-1][0].indent >= base + _SET_IN):
            runs[-1].append(line)
        else:
            runs.append([line])
    around = [run for run in runs if run[0].indent < base + _SET_IN]
    outer = [line for run in around for line in run]
    cut = [run for run in runs if run[0].indent >= base + _SET_IN and len(run) > 1]
    is_hanging = all(len(run) == 1 for run in around)
    if not cut or is_hanging or not any(map(page.fills, outer, outer[1:])) or weigh_prose(outer, page) <= 0:
        yield Segment(lines)
        return
    gathered: list[Line] = []
    for run in runs:
        if run not in cut:
            gathered += run
            continue
        if gathered:
            yield Segment(gathered)
        gathered = []
        yield Segment(run)
    if gathered:
        yield Segment(gathered)


def is_item(lines: Sequence[Line], at: int, page: PageWidth) -> bool:
    """Tell a list item from a line of prose that happens to look like one: items never come singly."""
    if not MARKER.match(lines[at].text):
        return False
    items = [line for line in lines if MARKER.match(line.text)]
    if len(items) < 2 or at == 0:
        return len(items) > 1
    before = lines[at - 1]
    if breaks_sentence(before.text, lines[at].text):
        return lines[0] in items and before in items
    return (
        before in items or ends_sentence(before.text) or before.text[-1] in ",;" or not page.fills(before, lines[at])
    )


def is_set_right(lines: Sequence[Line], page: PageWidth) -> bool:
    """Return whether all of these lines begin far to the right, as an address or a signature does."""
    return all(line.indent >= max(12, page.columns // 3) for line in lines)


def _count_set_right(block: Sequence[Line], page: PageWidth) -> int:
    """Count the lines at the top that are set to the right: the place and date of a letter."""
    inner = _inner_indent(block)
    count = 0
    while count < len(block) - 1 and block[count].indent >= inner + max(12, page.columns // 3):
        count += 1
    return count


def _count_signature(block: Sequence[Line], start: int, page: PageWidth) -> int:
    """Count the lines at the end that are a signature: set to the right, or a short one that is no sentence."""
    inner = _inner_indent(block[start:])
    count = 0
    while count < len(block) - start - 1 and block[-1 - count].indent >= inner + max(12, page.columns // 3):
        count += 1
    if count:
        return count
    before, last = block[-2], block[-1]
    is_short = len(last.text) <= min(_SIGNATURE, 0.6 * page.columns) and not ends_sentence(last.text)
    is_name = last.text[:1].isupper() and last.text[-1:] not in ",;:-–—" and not is_item(block, len(block) - 1, page)
    after_prose = len(block) > 2 and ends_sentence(before.text) and reach(block[-3]) > 0.6 * page.columns
    return int(is_short and is_name and after_prose and len(block) - start > 2)


def _inner_indent(lines: Sequence[Line]) -> int:
    indents = sorted(line.indent for line in lines)
    return indents[(len(indents) - 1) // 2]
