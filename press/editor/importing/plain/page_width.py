"""How wide the lines of a text are, and how evenly they fill that width, judged from all of it."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from press.editor.importing.data_model import Line
from press.editor.importing.plain.lines import breaks_sentence, ends_sentence

LONGEST_LINE = 100
"""Characters of a line on a page; a longer one is a whole paragraph."""

SLACK = 4
"""By so many characters, a line that fills the page may be shorter than the widest."""

NARROW_PAGE = 40
"""Characters of a line that is as likely one of verse as of a narrow column."""

_FEW, _FEW_IF_NARROW = 3, 6
"""How many lines must break a sentence to tell the width."""
_BIG_BLOCK = 12
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class PageWidth:
    """The width of a text's lines."""

    columns: int
    """In characters; 0 if no line is broken."""
    is_sure: bool
    """Whether enough lines break a sentence to tell."""
    filled: float
    """The share of lines, among those that break a sentence, that have no room for the next word: 0 to 1."""
    raggedness: int
    """By how many characters nearly all lines that break a sentence are too short, at most."""
    capitals: float
    """The share of words within lines that begin with a capital: 0 to 1. More in German than in English."""
    is_cased: bool
    """Whether the script has capital letters."""
    is_dense: bool
    """Whether paragraphs follow each other without a blank line."""

    def room(self, line: Line, after: Line) -> int:
        """Return by how many characters a line is too short to leave no room for the next word; 0 if it fills."""
        first_word = after.text.split(maxsplit=1)[0]
        needed = 2 if _WIDE.match(first_word) else 1 + len(first_word)
        return max(0, self.columns - SLACK - reach(line) - needed + 1)

    def fills(self, line: Line, after: Line) -> bool:
        """Return whether a line ends because the next word had no room on it."""
        return self.columns > 0 and len(line.text) <= LONGEST_LINE and self.room(line, after) == 0


def reach(line: Line) -> int:
    """Return the column in which a line ends; Chinese and Japanese signs take two columns."""
    wide = 0 if line.text.isascii() else len(_WIDE.findall(line.text))
    return line.indent + len(line.text) + wide


def measure_page(blocks: Sequence[Sequence[Line]]) -> PageWidth:
    """Measure a text by its lines that break a sentence; where it has too few of them, by all of its lines."""
    pairs = [pair for pair in _list_pairs(blocks) if max(len(line.text) for line in pair) <= LONGEST_LINE]
    capitals, is_cased = _measure_capitals(blocks)
    if is_cased:
        broken = [pair for pair in pairs if breaks_sentence(pair[0].text, pair[1].text)]
    else:
        broken = [pair for pair in pairs if not ends_sentence(pair[0].text)]
    is_narrow = all(reach(line) < NARROW_PAGE for line, _ in pairs)
    is_sure = len(broken) >= (_FEW_IF_NARROW if is_narrow else _FEW)
    sizes = [len(block) for block in blocks if len(block) > 1]
    is_dense = bool(sizes) and statistics.median(sizes) >= _BIG_BLOCK
    width = _quantile([reach(line) for line, _ in (broken if is_sure else pairs)], 0.95 if is_sure else 1)
    page = PageWidth(width, is_sure, 0.7, 0, capitals, is_cased, is_dense)
    if not is_sure:
        is_even = len(sizes) > 1 and all(page.room(*pair) == 0 for pair in pairs)
        return replace(page, is_sure=is_even)
    rooms = [page.room(*pair) for pair in broken]
    filled = sum(room == 0 for room in rooms) / len(rooms)
    return replace(page, filled=filled, raggedness=_quantile(rooms, 0.95))


def _list_pairs(blocks: Sequence[Sequence[Line]]) -> Iterator[tuple[Line, Line]]:
    for block in blocks:
        yield from itertools.pairwise(block)


def _quantile(values: Sequence[int], share: float) -> int:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0


def _measure_capitals(blocks: Sequence[Sequence[Line]]) -> tuple[float, bool]:
    """Return the share of capitals among the words within lines, and whether the script has them."""
    capitals = small = uncased = 0
    for line in itertools.chain.from_iterable(blocks):
        if line.text.isupper():
            continue
        for word in _WORD.findall(line.text)[1:]:
            capitals += word[0].isupper()
            small += word[0].islower()
            uncased += not word[0].isupper() and not word[0].islower()
    cased = capitals + small
    return (capitals / cased if cased else 0.0), cased >= uncased
