"""Lines in reading order → paragraphs, headings, and lines that stay as they are: by place and size alone."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from press.editor.importing.pdf.page_headings import HEADING_SIZE, is_bold, is_heading
from press.editor.importing.pdf.page_lines import DIVIDED, PageLine
from press.editor.importing.pdf.page_measures import (
    PageMeasures,
    are_one_column,
    has_room,
    has_room_up_to,
    leading_of,
)
from press.editor.importing.pdf.page_verse import is_centred, is_verse
from press.editor.importing.pdf.pdf_blocks import BlockKind, PageBlock
from press.editor.importing.plain.lines import MARKER, begins_in_lower_case, breaks_sentence, ends_sentence

_INDENT = 0.7
"""Ems that begin a paragraph."""
_EARLY = 0.4
"""Of its own width, by which a line that is no end of a sentence ends early: a heading."""
_DEEP = 1.2
"""Ems that indent verse, an address, a signature as a whole."""
_FEWEST = 3
"""Lines that may have a measure of their own."""
_TABLE_LEADING = 2.6
"""Ems from one row of a table to the next, at most."""
_ROOM_BELOW = 0.25
"""Of the height of a page: below a text that ends higher, its last paragraph has ended too."""
_MARKED = re.compile(rf"{MARKER.pattern}|[•▪▫➢✓❖→]")


def group_lines(lines: Sequence[PageLine], measures: PageMeasures) -> list[PageBlock]:
    """Return the blocks of a text in order."""
    grouper = _Grouper(measures)
    return [block for chunk in grouper.split(lines) for block in grouper.make_blocks(chunk)]


class _Grouper:
    """Groups lines by the measures of their text."""

    def __init__(self, measures: PageMeasures) -> None:
        self.measures = measures

    def split(self, lines: Iterable[PageLine]) -> Iterator[list[PageLine]]:
        """Yield lines without a gap or a change of size between them, over pages and columns."""
        chunk: list[PageLine] = []
        for line in lines:
            if chunk and self._is_apart(chunk, line):
                yield chunk
                chunk = []
            chunk.append(line)
        if chunk:
            yield chunk

    def make_blocks(self, chunk: list[PageLine]) -> Iterator[PageBlock]:
        """Yield the blocks of one chunk."""
        if is_heading(chunk, self.measures):
            yield PageBlock(BlockKind.HEADING, [chunk])
            return
        in_table = _find_rows(chunk)
        for is_table, part in groupby(range(len(chunk)), key=lambda at: in_table[at]):
            lines = [chunk[at] for at in part]
            if is_table:
                yield PageBlock(BlockKind.KEPT, [[line] for line in lines], note="a table, without its columns")
            else:
                yield from self._make_text(lines)

    def _make_text(self, chunk: list[PageLine]) -> Iterator[PageBlock]:
        free = self._find_free(chunk)
        if _MARKED.match(chunk[0].text) and sum(_MARKED.match(line.text) is not None for line in chunk) > 1:
            yield from self._make_list(chunk, free)
        elif is_verse(chunk, self.measures):
            yield PageBlock(BlockKind.KEPT, [[line] for line in chunk], note="verse, a list, an address")
        else:
            yield from self._make_mixed(chunk, free)

    def _find_free(self, chunk: Sequence[PageLine]) -> list[bool]:
        """Tell which lines end early; those that are indented together, as a quotation is, have their own measure."""
        free = [self._is_free(a, b) for a, b in pairwise(chunk)]
        start = 0
        for end in range(1, len(chunk) + 1):
            if end < len(chunk) and abs(chunk[end].x0 - chunk[start].x0) < 0.3 * chunk[start].size:
                continue
            if end - start >= _FEWEST and chunk[start].x0 - chunk[start].left > _INDENT * chunk[start].size:
                right = max(line.x1 for line in chunk[start:end])
                own = [has_room_up_to(right, a, b) for a, b in pairwise(chunk[start:end])]
                free[start : end - 1] = own
            start = end
        return free

    def _is_free(self, before: PageLine, line: PageLine) -> bool:
        return has_room(before, line, self.measures.width)

    def _is_apart(self, chunk: Sequence[PageLine], line: PageLine) -> bool:
        before = chunk[-1]
        if abs(line.size - before.size) > 0.06 * before.size and not self._is_first_line(before, line):
            return True
        step = (line.base - before.base) / max(before.size, line.size)
        if before.cells > 1 and line.cells > 1 and are_one_column(before, line):
            return step > _TABLE_LEADING
        if self._sets_apart(before, line):
            return True
        if are_one_column(before, line):
            return step > 1.25 * max(leading_of(chunk, self.measures.leading), 0.9)
        return not (self._runs_on(before, line) or breaks_sentence(before.text, line.text))

    def _is_first_line(self, before: PageLine, line: PageLine) -> bool:
        """Tell a first line in smaller letters, as small capitals, that runs on without a gap."""
        step = line.base - before.base
        return (
            are_one_column(before, line)
            and 0 < step < 1.25 * max(self.measures.leading, 1.1) * line.size
            and breaks_sentence(before.text, line.text)
            and not self._is_free(before, line)
        )

    def _sets_apart(self, before: PageLine, line: PageLine) -> bool:
        """Tell a line that is bold as a whole, or set in the middle, from one of the text."""
        if is_bold(before) != is_bold(line):
            return True
        if line.size > HEADING_SIZE * self.measures.size:
            return False
        moved = abs(before.x0 - line.x0) > 0.5 * line.size
        return moved and is_centred(before) != is_centred(line)

    def _runs_on(self, before: PageLine, line: PageLine) -> bool:
        """Tell whether a paragraph goes on from the end of one column or page to the next.

        A divided word goes on in lower case: what follows it otherwise is a table or a drawing put in between.
        """
        if before.text.endswith(DIVIDED) and before.text[-2:-1].isalpha() and not _is_low(line):
            return False
        if before.page != line.page and before.room_below > _ROOM_BELOW and ends_sentence(before.text):
            return False
        return not self._is_free(before, line) and line.x0 - line.left < _INDENT * line.size

    def _make_list(self, chunk: list[PageLine], free: Sequence[bool]) -> Iterator[PageBlock]:
        """Yield a list, each item one row, or a paragraph for each long item; then what comes after the list."""
        items = [[chunk[0]]]
        rest: list[PageLine] = []
        for at, line in enumerate(chunk[1:]):
            ended = free[at] and ends_sentence(chunk[at].text) and not _is_low(line)
            if _MARKED.match(line.text):
                items.append([line])
            elif ended:
                rest = chunk[at + 1 :]
                break
            else:
                items[-1].append(line)
        if statistics.mean(len(item) for item in items) > 2:
            yield from (PageBlock(BlockKind.PARAGRAPH, [item]) for item in items)
        else:
            yield PageBlock(BlockKind.KEPT, items, note="a list")
        if rest:
            yield from self.make_blocks(rest)

    def _make_mixed(self, chunk: Sequence[PageLine], free: Sequence[bool]) -> Iterator[PageBlock]:
        """Yield paragraphs, and between them verse that is indented without a gap above it."""
        deep = [line.x0 - line.left > _DEEP * line.size for line in chunk]
        at = start = 0
        while at < len(chunk):
            end = at
            while end + 1 < len(chunk) and deep[end] and deep[end + 1]:
                end += 1
            if end - at >= 2 and is_verse(chunk[at : end + 1], self.measures):
                if at > start:
                    yield from self._make_paragraphs(chunk[start:at], free[start : at - 1])
                yield PageBlock(BlockKind.KEPT, [[line] for line in chunk[at : end + 1]], note="verse, an address")
                start = end + 1
            at = end + 1
        if start < len(chunk):
            yield from self._make_paragraphs(chunk[start:], free[start:])

    def _make_paragraphs(self, chunk: Sequence[PageLine], free: Sequence[bool]) -> Iterator[PageBlock]:
        """Split a chunk where a line is indented, or ends early with its sentence."""
        hangs = self._hangs(chunk)
        lines = [chunk[0]]
        for is_free, (before, line) in zip(free, pairwise(chunk), strict=True):
            begins = (before.x0 - before.left if hangs else line.x0 - line.left) > _INDENT * line.size
            begins = begins and (line.x0 - line.left < 0.3 * line.size if hangs else True)
            same = abs((line.x0 - line.left) - (before.x0 - before.left)) < 0.3 * line.size and not hangs
            early = is_free and (ends_sentence(before.text) or before.x1 + _EARLY * before.width < before.right)
            goes_on = not is_free and breaks_sentence(before.text, line.text)
            if (begins and not same and not goes_on) or (early and not _is_low(line)):
                yield PageBlock(BlockKind.PARAGRAPH, [lines])
                lines = []
            lines.append(line)
        yield PageBlock(BlockKind.PARAGRAPH, [lines])

    def _hangs(self, chunk: Sequence[PageLine]) -> bool:
        """Tell a list in which the first line of each item stands out to the left."""
        out = [line.x0 - line.left < 0.3 * line.size for line in chunk]
        return len(chunk) > 2 and out[0] and sum(out) < len(out) / 2


def _is_low(line: PageLine) -> bool:
    return begins_in_lower_case(line.text)


def _find_rows(chunk: Sequence[PageLine]) -> list[bool]:
    """Tell the rows of a table: lines with wide gaps, two at least, and what is between two of them.

    One line with wide gaps among others is a line of prose that was spaced out, or a date beside a place.
    """
    wide = [at for at, line in enumerate(chunk) if line.cells > 1]
    if len(wide) < 2 and len(chunk) > 2:
        return [False] * len(chunk)
    between = {at for a, b in pairwise(wide) if b - a <= 2 for at in range(a, b + 1)}
    alone = set(wide) if len(chunk) <= 2 else set()
    return [at in between or at in alone for at in range(len(chunk))]
