"""Verse or prose, by the place of lines: weighs what speaks for each. Prose is what most texts are."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise

from press.editor.importing.pdf.page_lines import DIVIDED, PageLine
from press.editor.importing.pdf.page_measures import PageMeasures, has_room, has_room_up_to
from press.editor.importing.plain.lines import begins_in_lower_case, ends_sentence

# How often it is so at a line's end, in verse and in prose.
_CAPITAL_IN_VERSE = 0.92
_FULL_IN_VERSE = 0.12
_FULL_IN_OWN_WIDTH = 0.5
"""Lines of verse fill the width of their own longest line by chance."""
_MARK_IN_VERSE, _MARK_IN_PROSE = 0.65, 0.3
_PROSE = 1.0
"""Most texts are prose: a logarithm."""
_INDENTS = 3.0
"""Lines indented in turn are seldom prose: a logarithm."""
_SHORT = 0.62
"""Of the width of the text: lines that are all shorter are not broken by it."""
_FEWEST = 4
"""Lines that may have a measure of their own, as a quotation has."""
_MARKS = (",", ";", ":", "—", "–")


def is_verse(chunk: Sequence[PageLine], measures: PageMeasures) -> bool:
    """Tell verse, an address or a signature from prose; these lines have no gap between them."""
    if len(chunk) < 2 or any(line.text.endswith(DIVIDED) for line in chunk[:-1]):
        return False
    free = [has_room(a, b, measures.width) for a, b in pairwise(chunk)]
    if not any(free):
        return False
    if all(map(is_centred, chunk)) and len(chunk) < 6:
        return True
    broken = [pair for pair in pairwise(chunk) if not ends_sentence(pair[0].text)]
    if not broken:
        return _are_alike(chunk, free, measures)
    if all(free) and _are_short(chunk, measures):
        return True
    return weigh_lines(chunk, measures) < 0


def weigh_lines(chunk: Sequence[PageLine], measures: PageMeasures) -> float:
    """Return how much more likely it is that lines are prose than verse: a logarithm, above 0 for prose."""
    turns = _has_turns(chunk)
    pairs = [(a, b) for a, b in pairwise(chunk) if not ends_sentence(a.text)]
    weight = _PROSE - _INDENTS * turns + sum(_weigh_words(a, b, measures, turns) for a, b in pairs)
    width = sum(_weigh_end(not has_room(a, b, measures.width), measures.filled, _FULL_IN_VERSE) for a, b in pairs)
    return weight + max([width, *_weigh_own_width(chunk, measures)])


def _weigh_words(before: PageLine, line: PageLine, measures: PageMeasures, turns: bool) -> float:
    common = min(max(measures.capitals, 0.08), 0.5)
    has_mark = before.text.endswith(_MARKS)
    weight = _weigh_end(has_mark, _MARK_IN_PROSE, _MARK_IN_VERSE)
    if begins_in_lower_case(line.text):
        return weight + (0.0 if turns else math.log((1 - common) / (1 - _CAPITAL_IN_VERSE)))
    return weight + math.log(common / _CAPITAL_IN_VERSE) * line.text[:1].isupper()


def _weigh_end(happens: bool, prose: float, verse: float) -> float:
    return math.log(prose / verse) if happens else math.log((1 - prose) / (1 - verse))


def _weigh_own_width(chunk: Sequence[PageLine], measures: PageMeasures) -> Iterator[float]:
    """Weigh how the lines fill a narrower measure, as those of a quotation do."""
    if len(chunk) >= _FEWEST:
        right = max(line.x1 for line in chunk)
        pairs = [(a, b) for a, b in pairwise(chunk) if not ends_sentence(a.text)]
        yield sum(_weigh_end(not has_room_up_to(right, *pair), measures.filled, _FULL_IN_OWN_WIDTH) for pair in pairs)


def _are_short(chunk: Sequence[PageLine], measures: PageMeasures) -> bool:
    """Tell lines far from the edge of the text, which do not fill a measure of their own either."""
    if max(line.width for line in chunk) > _SHORT * max(measures.width, chunk[0].right - chunk[0].left):
        return False
    right = max(line.x1 for line in chunk)
    own = [not has_room_up_to(right, *pair) for pair in pairwise(chunk)]
    return len(chunk) < _FEWEST or statistics.mean(own) < 0.6


def _are_alike(chunk: Sequence[PageLine], free: Sequence[bool], measures: PageMeasures) -> bool:
    """Tell lines that are each a sentence and not a paragraph: none is indented as paragraphs are."""
    indents = [(line.x0 - line.left) / line.size for line in chunk]
    if len(chunk) < 3 or not all(free) or max(indents) - min(indents) > 0.3:
        return False
    return not measures.indent or abs(indents[0] - measures.indent) > 0.3


def _has_turns(chunk: Sequence[PageLine]) -> bool:
    """Recognise lines indented in turn: some are, after lines that do not end a sentence, and some come back."""
    steps = [(b.x0 - a.x0) / a.size for a, b in pairwise(chunk) if (a.page, a.column) == (b.page, b.column)]
    inward = sum(
        step > 0.5 for step, (a, _) in zip(steps, pairwise(chunk), strict=False) if not ends_sentence(a.text)
    )
    outward = sum(step < -0.5 for step in steps)
    return inward > 0 and inward + outward >= max(1, 0.4 * (len(chunk) - 1))


def is_centred(line: PageLine) -> bool:
    """Tell whether a line stands in the middle of its column, with room on both sides."""
    before, after = line.x0 - line.left, line.right - line.x1
    return min(before, after) > 2 * line.size and abs(before - after) < 0.6 * line.size
