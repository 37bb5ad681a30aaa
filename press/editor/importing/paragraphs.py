"""Lines → paragraphs: what the width of the page broke is joined, what the author broke stays."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator, Sequence

from press.editor.importing.hyphens import Words, is_divided, join_words
from press.editor.importing.lines import MARKER, begins_in_lower_case, breaks_sentence, ends_sentence, shorten
from press.editor.importing.recognised import Gap, Line, Note, Paragraph, Seam, Sureness

LONG = 100
"""Characters beyond which a line is no line of a page but a paragraph."""

# Chinese and Japanese have no spaces: joining two lines would put one between two words that are one.
_WITHOUT_SPACES = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]{2}")
_NARROW_VERSE = 60
_NARROW_PAGE = 40
_NARROWEST = 24
"""Characters of the narrowest column of prose."""


class Weaver:
    """Makes paragraphs of blocks of lines, and keeps account of the words it joined."""

    def __init__(self, blocks: Sequence[Sequence[Line]], words: Words) -> None:
        self.width = measure_width(blocks)
        self.words = words
        self.seams: list[Seam] = []
        self.notes: list[Note] = []
        self.joined_lines = 0

    def weave(self, block: Sequence[Line]) -> Iterator[Paragraph]:
        """Yield the paragraphs of one block: usually one, of one line."""
        if _looks_like_columns(block):
            said = "looks like columns or a table: its lines were kept, its spaces not"
            self.notes.append(Note("lines", said, Sureness.LOOK, block[0].number))
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
            said = f"cut into {len(pieces)} paragraphs, where a line ends early or the next is indented"
            self.notes.append(Note("lines", said, Sureness.LIKELY, block[0].number))

    def join_paragraphs(self, first: Paragraph, second: Paragraph, line: int) -> str:
        """Join the text of a paragraph to its second half; `line` is that of the first half's last word."""
        text, seam = join_words(first.lines[-1], second.lines[0], line, self.words)
        if seam:
            self.seams.append(seam)
        return text

    def _is_short(self, block: Sequence[Line]) -> bool:
        """Know lines that are far from filling the page: an address, a signature, a slogan."""
        longest = max(map(_reach, block))
        narrow_column = self.width >= _NARROWEST and longest > 0.8 * self.width and len(block) > 3
        return len(block) > 1 and longest < _NARROW_PAGE and not narrow_column

    def _width_of(self, block: Sequence[Line]) -> int:
        longest = max(map(_reach, block))
        return longest if len(block) > 2 else max(self.width, min(longest, LONG))

    def _join(self, lines: Sequence[Line]) -> str:
        text = _single_spaced(lines[0].text)
        for before, line in itertools.pairwise(lines):
            text, seam = join_words(text, _single_spaced(line.text), before.number, self.words, before.text)
            self.joined_lines += 1
            if seam:
                self.seams.append(seam)
        return text

    def _keep(self, block: Sequence[Line]) -> Paragraph:
        said = f"{len(block)} lines from “{shorten(block[0].text, 30)}” kept as lines: verse, a list, an address?"
        self.notes.append(Note("lines", said, Sureness.LOOK, block[0].number))
        lines = [self._join(item) for item in _gather_items(block)]
        return Paragraph(lines, block[0].number, block[0].gap, kept=True)


def measure_width(blocks: Sequence[Sequence[Line]]) -> int:
    """Measure how wide the page was: the usual longest line of blocks; 0 where no block has several lines."""
    longest = [max(map(_reach, block)) for block in blocks if len(block) > 2]
    short = [width for width in longest if width <= LONG]
    if short:
        return round(statistics.median(short))
    return max((len(line.text) for b in blocks if len(b) > 1 for line in b if len(line.text) <= LONG), default=0)


def _reach(line: Line) -> int:
    """Give how far to the right a line goes."""
    return line.indent + len(line.text)


def _judge(block: Sequence[Line], at: int, width: int) -> str:
    """Say why a line ends: `forced` by the width, `end` of a paragraph, `item` of a list, or `free`."""
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
    if len(before.text) <= LONG and _reach(before) + 1 + len(first_word) > width:
        return "forced"
    if ends_sentence(before.text) and not begins_in_lower_case(line.text):
        return "end"
    return "free"


def _gather_items(block: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield each line alone, but an item of a list with the indented lines that go on with it."""
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
    """Tell an item of a list from a line of prose that happens to begin so: items come in numbers."""
    if not MARKER.match(block[at].text):
        return False
    items = [line for line in block if MARKER.match(line.text)]
    return len(items) > 1 and (block[0] in items or not breaks_sentence(block[at - 1].text, block[at].text))


def _is_verse(block: Sequence[Line], breaks: Sequence[str], width: int) -> bool:
    """Know lines that each begin with a capital and are short: a page of prose is not so regular."""
    if "item" in breaks:
        return True
    capitals = all(line.text[:1].isupper() for line in block)
    return len(block) > 3 and capitals and width < _NARROW_VERSE


def _cut(block: Sequence[Line], breaks: Sequence[str]) -> list[Sequence[Line]] | None:
    """Cut a block where its paragraphs end; None where most of its lines end without a reason."""
    long_lines = statistics.median(len(line.text) for line in block) > LONG
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
    """Make runs of spaces and tabs one space; other spaces are the typesetter's."""
    return " ".join(part for part in text.replace("\t", " ").split(" ") if part)
