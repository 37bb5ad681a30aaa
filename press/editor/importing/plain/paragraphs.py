"""Lines → paragraphs: join what the page broke, and keep what the author broke."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from press.editor.importing.data_model import Confidence, Gap, HyphenJoin, Line, Note, Paragraph
from press.editor.importing.plain.contents_list import has_columns_of_figures, is_contents_list, is_table
from press.editor.importing.plain.divided_words import Words, is_divided, join_words
from press.editor.importing.plain.lines import (
    MARKER,
    begins_in_lower_case,
    breaks_sentence,
    ends_sentence,
    shorten,
    shorten_end,
)
from press.editor.importing.plain.page_width import LONGEST_LINE, measure_page
from press.editor.importing.plain.segments import Segment, continues_item, is_item, is_set_right, split_segments
from press.editor.importing.plain.verse import weigh_prose

# Chinese and Japanese are written without spaces: a space between two lines would be in the middle of a sentence.
_WITHOUT_SPACES = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]{2}")
_LEAST_ROOM = 0.25
"""The share of a line that is left free at the end of a paragraph, where others end with a blank line."""
_LEAST_ROOM_IF_RAGGED = 0.45
"""The same where lines are broken by hand, often at a stop."""
_RAGGED = 0.6
"""The share of lines that fill the page at most, in such a text."""
_LONG_HALF = 60
"""Characters that half a paragraph has at least; anything shorter may be a salutation."""
# A comma or a semicolon, and “and” behind it.
_ENUMERATES = re.compile(r"[,;،؛；，](?:\s+\w{1,3})?$")
_SENTENCE_WITHIN = re.compile(r"[.!?…]['\"”’»)]*\s+['\"“‘«(]*[^\W\d_a-z]")
_WIDE_PAGE = 55
_DOUBTFUL = 2.0
"""A block that is neither clearly verse nor clearly prose is what the rest of the text is."""


class ParagraphJoiner:
    """Makes paragraphs from blocks of lines, and records the words it joined."""

    def __init__(self, blocks: Sequence[Sequence[Line]], words: Words) -> None:
        self._pages = {number: measure_page(found) for number, found in _group_by_column(blocks).items()}
        self.page = self._pages.get(0) or next(iter(self._pages.values()))
        self.words = words
        self.hyphen_joins: list[HyphenJoin] = []
        self.close_joins: list[HyphenJoin] = []
        """Ends of lines joined without a space, as Chinese and Japanese are written."""
        self.notes: list[Note] = []
        self.joined_lines = 0
        self.width = self.page.columns
        """Of the page, in characters; 0 if no line is broken."""
        long = [block for block in blocks if len(block) > 2]
        verse = sum(len(block) for block in long if weigh_prose(block, self._pages[block[0].column]) < 0)
        self._is_verse = 2 * verse > sum(map(len, long))

    def make_paragraphs(self, block: Sequence[Line]) -> Iterator[Paragraph]:
        """Yield the paragraphs of one block: usually a single one of one line."""
        made: list[Paragraph] = []
        self.page = self._pages[block[0].column]
        for segment in split_segments(block, self.page):
            made += self._make_of_segment(segment)
        for number, paragraph in enumerate(made):
            paragraph.gap = block[0].gap if number == 0 else Gap.BLANK
            paragraph.quoted, paragraph.heading = block[0].quoted, block[0].heading
            yield paragraph
        if len(made) > 1 and not any(paragraph.kept for paragraph in made):
            message = f"split into {len(made)} paragraphs, where a line ends early or the next is indented"
            self.notes.append(Note("lines", message, Confidence.LIKELY, block[0].number))

    def join_paragraphs(self, first: Paragraph, second: Paragraph) -> str:
        """Join a paragraph to its second half."""
        return self._join_text(first.lines[-1], second.lines[0], first.last, first.end)

    def _make_of_segment(self, segment: Segment) -> Iterator[Paragraph]:
        lines = segment.lines
        why = self._find_why_kept(segment)
        if why:
            yield self._keep(lines, why)
            return
        for piece in self._cut(lines):
            yield Paragraph([self._join(piece)], piece[0].number, last=piece[-1].number, end=piece[-1].text)

    def _find_why_kept(self, segment: Segment) -> str:
        """Return what a segment is whose line breaks are the author's; an empty string for prose."""
        lines = segment.lines
        if lines[0].heading or len(lines) == 1:
            return ""
        if is_contents_list(lines):
            return "a list of contents?"
        if is_table(lines) or has_columns_of_figures(lines):
            return "columns or a table? Its runs of spaces were not kept"
        if segment.kept or is_set_right(lines, self.page):
            return "verse, a list, an address?"
        weight = weigh_prose(lines, self.page)
        if abs(weight) < _DOUBTFUL and self._is_verse:
            weight = -1.0
        return "" if weight > 0 else "verse, a list, an address?"

    def _cut(self, lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
        """Yield the paragraphs of prose whose lines follow one another without a blank one."""
        indents = sorted(line.indent for line in lines)
        inner = indents[(len(indents) - 1) // 2]
        start = 0
        for at in range(1, len(lines)):
            if self._ends_paragraph(lines[at - 1], lines[at], inner):
                yield lines[start:at]
                start = at
        yield lines[start:]

    def _ends_paragraph(self, line: Line, after: Line, inner: int) -> bool:
        """Return whether a paragraph ends with a line: the next is indented, or it is shorter than it need be."""
        stops = ends_sentence(line.text)
        if stops and after.indent >= inner + 2 and line.indent < after.indent:
            return True
        if stops and after.indent <= inner - 2 and line.indent >= inner:
            return True
        if len(line.text) > LONGEST_LINE:
            return not breaks_sentence(line.text, after.text) and not is_divided(line.text)
        if not stops or begins_in_lower_case(after.text) or not self.page.columns:
            return False
        room = self.page.room(line, after)
        share = _LEAST_ROOM if self.page.filled > _RAGGED else _LEAST_ROOM_IF_RAGGED
        least = 2 if self.page.is_dense else share * self.page.columns
        return room > max(least, 1.3 * self.page.raggedness + 1)

    def _join(self, lines: Sequence[Line]) -> str:
        text = _single_spaced(lines[0].text)
        for before, line in itertools.pairwise(lines):
            text = self._join_text(text, _single_spaced(line.text), before.number, before.text)
            self.joined_lines += 1
        return text

    def _join_text(self, before: str, after: str, line: int, end: str = "") -> str:
        """Join the end of a line to the next; `line` and `end` are the number and the text of the first."""
        if _WITHOUT_SPACES.fullmatch(before[-1] + after[0]):
            left, right = (end or before).split()[-1], after.split()[0]
            self.close_joins.append(HyphenJoin(line, left, right, left + right))
            return before + after
        text, hyphen_join = join_words(before, after, line, self.words, end)
        if hyphen_join:
            self.hyphen_joins.append(hyphen_join)
        return text

    def _keep(self, lines: Sequence[Line], why: str) -> Paragraph:
        shown = shorten(lines[0].text, 30)
        message = f"{len(lines)} lines from “{shown}” kept as separate lines: {why}"
        self.notes.append(Note("lines", message, Confidence.REVIEW, lines[0].number))
        kept = [self._join(item) for item in self._gather_items(lines)]
        return Paragraph(kept, lines[0].number, kept=True, last=lines[-1].number, end=lines[-1].text)

    def _gather_items(self, lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
        """Yield each line by itself, but a list item or a long line of verse with the lines that continue it."""
        is_list = is_item(lines, 0, self.page)
        item: list[Line] = []
        for line in lines:
            if item and self._continues(item, line, is_list):
                item.append(line)
                continue
            if item:
                yield item
            item = [line]
        yield item

    def _continues(self, item: Sequence[Line], line: Line, is_list: bool) -> bool:
        deeper = line.indent > item[0].indent
        if is_list:
            return bool(MARKER.match(item[0].text)) and continues_item(item[0], (item[-1], line), self.page)
        runs_over = self.page.columns >= _WIDE_PAGE and 2 * len(line.text) < len(item[-1].text)
        return deeper and runs_over and breaks_sentence(item[-1].text, line.text) and self.page.fills(item[-1], line)


def _group_by_column(blocks: Sequence[Sequence[Line]]) -> dict[int, list[Sequence[Line]]]:
    groups: dict[int, list[Sequence[Line]]] = {}
    for block in blocks:
        groups.setdefault(block[0].column, []).append(block)
    return groups


def _single_spaced(text: str) -> str:
    """Replace runs of spaces and tabs by one space; no-break and other spaces stay."""
    return " ".join(part for part in text.replace("\t", " ").split(" ") if part)


def join_broken_paragraphs(
    paragraphs: Sequence[Paragraph], joiner: ParagraphJoiner
) -> tuple[list[Paragraph], list[Note]]:
    """Join the halves of a paragraph: one that ends in mid-sentence, one that begins in lower case.

    They are joined if both are long or a page ended between them; otherwise both stay, with a note. A recital, which
    ends with a comma or a semicolon before the next one, stays a paragraph.
    """
    joined: list[Paragraph] = []
    notes: list[Note] = []
    for at, paragraph in enumerate(paragraphs):
        before = joined[-1] if joined else None
        if before and _is_broken(before, paragraph):
            shown = shorten_end(before.lines[-1])
            if _is_sure(before, paragraph, paragraphs[at + 1 : at + 2]):
                notes.append(Note("joined", shown, Confidence.REVIEW, paragraph.first))
                text = joiner.join_paragraphs(before, paragraph)
                joined[-1] = replace(before, lines=[text], last=paragraph.last, end=paragraph.end)
                continue
            notes.append(_ask_whether_one(before, paragraph))
        elif len(joined) > 1 and paragraph.gap is Gap.PAGE and _is_broken(joined[-2], paragraph):
            notes.append(_ask_whether_one(joined[-2], paragraph))  # a note at the foot of the page is between them
        joined.append(paragraph)
    return joined, notes


def _ask_whether_one(before: Paragraph, after: Paragraph) -> Note:
    ends, begins = shorten_end(before.lines[-1]), shorten(after.lines[0])
    message = f"“{ends}” and “{begins}” may be one paragraph; they were left as two"
    return Note("lines", message, Confidence.REVIEW, after.first)


def _is_broken(before: Paragraph, after: Paragraph) -> bool:
    if before.kept or after.kept or before.heading or after.heading or before.quoted != after.quoted:
        return False
    if not any(map(str.isalnum, before.lines[0])):
        return False
    if after.gap is Gap.PAGE and _WITHOUT_SPACES.fullmatch(before.lines[0][-1] + after.lines[0][0]):
        return not ends_sentence(before.lines[0])
    return breaks_sentence(before.lines[0], after.lines[0])


def _is_sure(before: Paragraph, after: Paragraph, following: Sequence[Paragraph]) -> bool:
    if after.gap is Gap.PAGE:
        return True
    if len(before.lines[0]) < _LONG_HALF:
        return False
    if _ENUMERATES.search(before.lines[0]):
        return len(after.lines[0]) >= _LONG_HALF and not _is_recital(before, after, following)
    return before.lines[0][-1].isalnum() or len(after.lines[0]) >= _LONG_HALF


def _is_recital(before: Paragraph, after: Paragraph, following: Sequence[Paragraph]) -> bool:
    """Recognise one of a row of clauses, each a paragraph: it ends with a semicolon, or is no more than a clause."""
    if not before.lines[0].endswith((",", "،", "，")) or not _SENTENCE_WITHIN.search(before.lines[0]):
        return True
    return bool(following) and not following[0].kept and breaks_sentence(after.lines[0], following[0].lines[0])
