"""Lines in reading order → paragraphs, headings, and lines that stay as they are: by place and size alone."""

from __future__ import annotations

import enum
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from press.editor.importing.pdf.page_lines import DIVIDED, PageLine
from press.editor.importing.plain.lines import MARKER, begins_in_lower_case, breaks_sentence, ends_sentence

_HEADING_SIZE = 1.12
"""Times the size of the text from which a line is a heading."""
_LONGEST_HEADING = 150
_INDENT = 0.7
"""Ems that begin a paragraph."""
_EARLY = 0.4
"""Of its own width, by which a line that is no end of a sentence ends early: a heading."""
_DEEP = 1.2
"""Ems that indent verse, an address, a signature as a whole."""
_MARKED = re.compile(rf"{MARKER.pattern}|[•▪▫➢✓❖→]")


class BlockKind(enum.Enum):
    """What lines are together."""

    PARAGRAPH = "paragraph"
    KEPT = "kept"
    """Lines that stay lines: verse, an address, a table."""
    HEADING = "heading"


@dataclass(slots=True)
class PageBlock:
    """Lines that belong together."""

    kind: BlockKind
    rows: list[list[PageLine]]
    """Each a line of the result; a paragraph is one row."""
    level: int = 0
    """Of a heading: 2 for `##`."""
    note: str = ""
    """What a person should review about it."""

    @property
    def lines(self) -> list[PageLine]:
        """All its lines."""
        return [line for row in self.rows for line in row]


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
        if _are_one_column(a, b) and 0.8 * size < b.base - a.base < 3 * size
    ]
    columns: defaultdict[tuple[int, int], list[PageLine]] = defaultdict(list)
    for line in body:
        columns[line.page, line.column].append(line)
    widths = [max(p.x1 for p in part) - min(p.x0 for p in part) for part in columns.values() if len(part) > 5]
    letters = sum(len(line.text) for line in lines) or 1
    bold = sum(len(run.text) for line in lines for run in line.runs if run.style.bold)
    italic = sum(len(run.text) for line in lines for run in line.runs if run.style.italic)
    step = statistics.mode(round(step, 2) for step in steps) if steps else 1.3
    width = statistics.median(widths) if widths else 0.0
    return PageMeasures(size, step, width, bold > 0.6 * letters, italic > 0.6 * letters)


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
        if self._is_heading(chunk):
            yield PageBlock(BlockKind.HEADING, [chunk])
            return
        free = [self._is_free(a, b) for a, b in pairwise(chunk)]
        if any(line.cells > 1 for line in chunk):
            yield PageBlock(BlockKind.KEPT, [[line] for line in chunk], note="a table or columns of a few words")
        elif _MARKED.match(chunk[0].text) and sum(_MARKED.match(line.text) is not None for line in chunk) > 1:
            yield from self._make_list(chunk, free)
        elif self._is_verse(chunk, free):
            yield PageBlock(BlockKind.KEPT, [[line] for line in chunk], note="verse, a list, an address")
        else:
            yield from self._make_mixed(chunk, free)

    def _is_apart(self, chunk: Sequence[PageLine], line: PageLine) -> bool:
        before = chunk[-1]
        if abs(line.size - before.size) > 0.06 * before.size:
            return True
        if _are_one_column(before, line):
            step = (line.base - before.base) / before.size
            return step > 1.25 * max(self._leading_of(chunk), 0.9) or self._sets_apart(before, line)
        if self._sets_apart(before, line):
            return True
        return not (self._runs_on(before, line) or breaks_sentence(before.text, line.text))

    def _leading_of(self, chunk: Sequence[PageLine]) -> float:
        """Return the leading of a chunk in ems; that of the text where the chunk is too short to have one."""
        steps = [(b.base - a.base) / a.size for a, b in pairwise(chunk[-6:]) if _are_one_column(a, b)]
        return min([*steps, max(self.measures.leading, 1.1)]) if steps else max(self.measures.leading, 1.1)

    def _sets_apart(self, before: PageLine, line: PageLine) -> bool:
        """Tell a line that is bold as a whole, or set in the middle, from one of the text."""
        if _is_bold(before) != _is_bold(line):
            return True
        if line.size > _HEADING_SIZE * self.measures.size:
            return False
        moved = abs(before.x0 - line.x0) > 0.5 * line.size
        return moved and _is_centred(before) != _is_centred(line)

    def _runs_on(self, before: PageLine, line: PageLine) -> bool:
        """Tell whether a paragraph goes on from the end of one column or page to the next.

        A divided word goes on in lower case: what follows it otherwise is a table or a drawing put in between.
        """
        if before.text.endswith(DIVIDED) and before.text[-2:-1].isalpha() and not _is_low(line):
            return False
        return not self._is_free(before, line) and line.x0 - line.left < _INDENT * line.size

    def _is_free(self, before: PageLine, line: PageLine) -> bool:
        """Tell whether a line ends before its column does: the first word of the next one would fit into it."""
        right = before.right
        if self.measures.width and before.right - before.left < self.measures.width:
            right = max(right, min(before.left + self.measures.width, before.right + 6 * before.size))
        return before.x1 + line.first_word + 0.25 * before.size < right - 0.3 * before.size

    def _is_verse(self, chunk: Sequence[PageLine], free: Sequence[bool]) -> bool:
        if len(chunk) < 2:
            return False
        in_sentence = [
            is_free and not ends_sentence(a.text) for is_free, (a, _) in zip(free, pairwise(chunk), strict=True)
        ]
        if _is_centred(chunk[0]) and len(chunk) < 6 and any(in_sentence):
            return True
        if sum(in_sentence) >= max(1, 0.4 * len(free)):
            return True
        indents = {round(line.x0 - line.left, 0) for line in chunk}
        return len(chunk) > 2 and all(free) and len(indents) == 1 and min(indents) < 1

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
            while end + 1 < len(chunk) and deep[end] and deep[end + 1] and free[end]:
                end += 1
            if end - at >= 2:
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
            if (begins and (not same or is_free)) or (early and not _is_low(line)):
                yield PageBlock(BlockKind.PARAGRAPH, [lines])
                lines = []
            lines.append(line)
        yield PageBlock(BlockKind.PARAGRAPH, [lines])

    def _hangs(self, chunk: Sequence[PageLine]) -> bool:
        """Tell a list in which the first line of each item stands out to the left."""
        out = [line.x0 - line.left < 0.3 * line.size for line in chunk]
        return len(chunk) > 2 and out[0] and sum(out) < len(out) / 2

    def _is_heading(self, chunk: Sequence[PageLine]) -> bool:
        text = " ".join(line.text for line in chunk)
        if len(text) > _LONGEST_HEADING or len(chunk) > 3 or not any(map(str.isalpha, text)):
            return False
        if chunk[0].size > _HEADING_SIZE * self.measures.size:
            return True
        bold = all(map(_is_bold, chunk)) and not self.measures.is_bold
        return (
            bold
            and len(text) < 80
            and not text.endswith((".", ",", ";", ":"))
            and chunk[0].size >= self.measures.size
        )


def _is_low(line: PageLine) -> bool:
    return begins_in_lower_case(line.text)


def _are_one_column(before: PageLine, line: PageLine) -> bool:
    return (before.page, before.column) == (line.page, line.column) and line.base > before.base


def _is_bold(line: PageLine) -> bool:
    return all(run.style.bold for run in line.runs if run.text.strip())


def _is_centred(line: PageLine) -> bool:
    """Tell whether a line stands in the middle of its column, with room on both sides."""
    before, after = line.x0 - line.left, line.right - line.x1
    return min(before, after) > 2 * line.size and abs(before - after) < 0.6 * line.size


def rank_headings(blocks: Sequence[PageBlock]) -> None:
    """Give each heading below the title its level by its size: `##` for the largest, `###` below it.

    A line right below the title that is set as no other, a subtitle, is no heading.
    """
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    looks = Counter((block.lines[0].size, _is_bold(block.lines[0])) for block in headings)
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            break
        if looks[block.lines[0].size, _is_bold(block.lines[0])] == 1 and not _is_bold(block.lines[0]):
            block.kind = BlockKind.PARAGRAPH
            headings.remove(block)
    ranks = sorted({round(block.lines[0].size, 0) for block in headings}, reverse=True)
    for block in headings:
        block.level = min(2 + ranks.index(round(block.lines[0].size, 0)), 4)
