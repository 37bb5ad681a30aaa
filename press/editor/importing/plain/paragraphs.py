"""Lines → paragraphs: join what the page broke, by its width or by its end, and keep what the author broke."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator, Sequence

from press.editor.importing.data_model import Confidence, Gap, HyphenJoin, Line, Note, Paragraph
from press.editor.importing.plain.divided_words import Words, is_divided, join_words
from press.editor.importing.plain.lines import (
    MARKER,
    begins_in_lower_case,
    breaks_sentence,
    ends_sentence,
    shorten,
    shorten_end,
)

LONGEST_LINE = 100
"""Characters of a line on a page; a longer one is a whole paragraph."""

# Chinese and Japanese are written without spaces: joining two lines would put one in the middle of a sentence.
_WITHOUT_SPACES = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]{2}")
_NARROW_VERSE = 60
_NARROW_PAGE = 40
_NARROWEST = 24
"""Characters of the narrowest column of prose."""
_LONG_HALF = 60
"""Characters that half a paragraph has at least; anything shorter may be a salutation."""


class ParagraphJoiner:
    """Makes paragraphs from blocks of lines, and records the words it joined."""

    def __init__(self, blocks: Sequence[Sequence[Line]], words: Words) -> None:
        self.width = measure_width(blocks)
        self.words = words
        self.hyphen_joins: list[HyphenJoin] = []
        self.notes: list[Note] = []
        self.joined_lines = 0

    def make_paragraphs(self, block: Sequence[Line]) -> Iterator[Paragraph]:
        """Yield the paragraphs of one block: usually a single one of one line."""
        if _looks_like_columns(block):
            message = "looks like columns or a table: its line breaks were kept, its runs of spaces were not"
            self.notes.append(Note("lines", message, Confidence.REVIEW, block[0].number))
        if self._is_short(block):
            yield self._keep(block)
            return
        width = self._width_of(block)
        breaks = [_judge(block, at, width) for at in range(1, len(block))]
        if _is_verse(block, breaks, width):
            yield self._keep(block)
            return
        pieces = _cut(block, breaks)
        if pieces is None:
            yield self._keep(block)
            return
        for number, piece in enumerate(pieces):
            gap = block[0].gap if number == 0 else Gap.BLANK
            yield Paragraph([self._join(piece)], piece[0].number, gap)
        if len(pieces) > 1:
            message = f"split into {len(pieces)} paragraphs, where a line ends early or the next is indented"
            self.notes.append(Note("lines", message, Confidence.LIKELY, block[0].number))

    def join_paragraphs(self, first: Paragraph, second: Paragraph, line: int) -> str:
        """Join a paragraph to its second half; `line` is the number of the first half's last line."""
        text, hyphen_join = join_words(first.lines[-1], second.lines[0], line, self.words)
        if hyphen_join:
            self.hyphen_joins.append(hyphen_join)
        return text

    def _is_short(self, block: Sequence[Line]) -> bool:
        """Recognise lines that do not fill the page: an address, a signature, a slogan."""
        longest = max(map(_reach, block))
        narrow_column = self.width >= _NARROWEST and longest > 0.8 * self.width and len(block) > 3
        return len(block) > 1 and longest < _NARROW_PAGE and not narrow_column

    def _width_of(self, block: Sequence[Line]) -> int:
        longest = max(map(_reach, block))
        return longest if len(block) > 2 else max(self.width, min(longest, LONGEST_LINE))

    def _join(self, lines: Sequence[Line]) -> str:
        text = _single_spaced(lines[0].text)
        for before, line in itertools.pairwise(lines):
            text, hyphen_join = join_words(text, _single_spaced(line.text), before.number, self.words, before.text)
            self.joined_lines += 1
            if hyphen_join:
                self.hyphen_joins.append(hyphen_join)
        return text

    def _keep(self, block: Sequence[Line]) -> Paragraph:
        shown = shorten(block[0].text, 30)
        message = f"{len(block)} lines from “{shown}” kept as separate lines: verse, a list, an address?"
        self.notes.append(Note("lines", message, Confidence.REVIEW, block[0].number))
        lines = [self._join(item) for item in _gather_items(block)]
        return Paragraph(lines, block[0].number, block[0].gap, kept=True)


def measure_width(blocks: Sequence[Sequence[Line]]) -> int:
    """Return the width of the page in characters: the median of the blocks' longest lines; 0 if all are single."""
    longest = [max(map(_reach, block)) for block in blocks if len(block) > 2]
    short = [width for width in longest if width <= LONGEST_LINE]
    if short:
        return round(statistics.median(short))
    return max(
        (len(line.text) for b in blocks if len(b) > 1 for line in b if len(line.text) <= LONGEST_LINE), default=0
    )


def _reach(line: Line) -> int:
    """Return the column in which a line ends."""
    return line.indent + len(line.text)


def _judge(block: Sequence[Line], at: int, width: int) -> str:
    """Return why the line before `at` ends: `forced` by the width, `end` of a paragraph, next `item`, or `free`."""
    before, line = block[at - 1], block[at]
    if _is_item(block, at):
        return "item"
    inner = sorted(other.indent for other in block)[len(block) // 2]
    if line.indent >= inner + 2 and before.indent < line.indent and ends_sentence(before.text):
        return "end"
    if _WITHOUT_SPACES.fullmatch(before.text[-1] + line.text[0]):
        return "free"
    if is_divided(before.text) and begins_in_lower_case(line.text):
        return "forced"
    first_word = line.text.split(maxsplit=1)[0]
    if len(before.text) <= LONGEST_LINE and _reach(before) + 1 + len(first_word) > width:
        return "forced"
    if ends_sentence(before.text) and not begins_in_lower_case(line.text):
        return "end"
    return "free"


def _gather_items(block: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield each line by itself, but a list item with the indented lines that continue it."""
    item: list[Line] = []
    for line in block:
        if item and MARKER.match(item[0].text) and line.indent > item[0].indent and not MARKER.match(line.text):
            item.append(line)
            continue
        if item:
            yield item
        item = [line]
    yield item


def _is_item(block: Sequence[Line], at: int) -> bool:
    """Tell a list item from a line of prose that happens to look like one: items never come singly."""
    if not MARKER.match(block[at].text):
        return False
    items = [line for line in block if MARKER.match(line.text)]
    return len(items) > 1 and (block[0] in items or not breaks_sentence(block[at - 1].text, block[at].text))


def _is_verse(block: Sequence[Line], breaks: Sequence[str], width: int) -> bool:
    """Recognise short lines that all begin with a capital; a page of prose is never so regular."""
    if "item" in breaks:
        return True
    capitals = all(line.text[:1].isupper() for line in block)
    return len(block) > 3 and capitals and width < _NARROW_VERSE


def _cut(block: Sequence[Line], breaks: Sequence[str]) -> list[Sequence[Line]] | None:
    """Split a block where its paragraphs end; return None if too many of its lines end without a reason."""
    long_lines = statistics.median(len(line.text) for line in block) > LONGEST_LINE
    free, forced = breaks.count("free"), breaks.count("forced")
    if free and not long_lines and free > forced / 8:
        return None
    if "end" in breaks and not long_lines and forced < breaks.count("end"):
        return None
    ends = [at for at, why in enumerate(breaks, start=1) if why == "end" or (long_lines and why == "free")]
    return [block[start:end] for start, end in zip([0, *ends], [*ends, len(block)], strict=True)]


def _looks_like_columns(block: Sequence[Line]) -> bool:
    return sum("   " in line.text for line in block) > 1 and len(block) > 1


def _single_spaced(text: str) -> str:
    """Replace runs of spaces and tabs by one space; no-break and other spaces stay."""
    return " ".join(part for part in text.replace("\t", " ").split(" ") if part)


def join_broken_paragraphs(
    paragraphs: Sequence[Paragraph], joiner: ParagraphJoiner, ends: dict[int, int]
) -> tuple[list[Paragraph], list[Note]]:
    """Join the halves of a paragraph: one that ends in mid-sentence, one that begins in lower case.

    They are joined if both are long or a page ended between them; otherwise both stay, with a note. `ends` maps the
    number of a block's first line to that of its last.
    """
    joined: list[Paragraph] = []
    notes: list[Note] = []
    last = 0
    for paragraph in paragraphs:
        before = joined[-1] if joined else None
        if before and _is_broken(before, paragraph):
            shown = shorten_end(before.lines[-1])
            if _is_sure(before, paragraph):
                notes.append(Note("joined", shown, Confidence.REVIEW, paragraph.first))
                text = joiner.join_paragraphs(before, paragraph, last)
                joined[-1] = Paragraph([text], before.first, before.gap)
                last = ends.get(paragraph.first, paragraph.first)
                continue
            message = f"“{shown}” and “{shorten(paragraph.lines[0])}” may be one paragraph; they were left as two"
            notes.append(Note("lines", message, Confidence.REVIEW, paragraph.first))
        joined.append(paragraph)
        last = ends.get(paragraph.first, paragraph.first)
    return joined, notes


def _is_broken(before: Paragraph, after: Paragraph) -> bool:
    one_line = not before.kept and not after.kept and len(before.lines) == len(after.lines) == 1
    return one_line and breaks_sentence(before.lines[0], after.lines[0])


def _is_sure(before: Paragraph, after: Paragraph) -> bool:
    if after.gap is Gap.PAGE:
        return True
    return min(len(before.lines[0]), len(after.lines[0])) >= _LONG_HALF
