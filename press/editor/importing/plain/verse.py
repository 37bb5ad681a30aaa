"""Verse or prose: weighs what speaks for each in a block of lines."""

from __future__ import annotations

import itertools
import math
import re
import statistics
from collections.abc import Sequence

from press.editor.importing.data_model import Gap, Line
from press.editor.importing.plain.divided_words import is_divided
from press.editor.importing.plain.lines import OPENERS, begins_in_lower_case, ends_sentence
from press.editor.importing.plain.page_width import LONGEST_LINE, NARROW_PAGE, PageWidth, reach

_LONG_WORD = 20
_NARROWEST, _NARROWEST_UNCASED = 14, 30
"""Characters of the narrowest column of prose in which no word is divided; without capitals, verse looks like one."""
_PUNCTUATION = ".,;:!?…—–،؛。，；：！？、।"
_CLOSERS = "\"'”’»›)]*_"

_SENTENCE = re.compile(r"\w{2,}[.!?]['\"”’»)]*\s+['\"“‘«(]*[^\W\d_a-z]\w")

# How often it is so at a line's end, in verse and in prose.
_CAPITAL_IN_VERSE = 0.92
_STOP_IN_VERSE, _STOP_IN_PROSE = 0.65, 0.3
_STOP_UNCASED, _STOP_IN_PROSE_UNCASED = 0.8, 0.15
"""Where no capitals tell, the marks must; and hand-broken lines are rarer."""
_EVEN_IN_VERSE, _EVEN_IN_PROSE = 0.5, 0.85
_SENTENCE_IN_VERSE, _SENTENCE_IN_PROSE = 0.05, 0.3
"""A sentence begins within the line."""
_MOST_SENTENCES = 3
_MOST_WIDTH = 5.0
"""What full lines are worth together at most: verse may happen to be as wide as the page."""
_PAGE = 60
"""Characters of a usual page."""
_PROSE = 1.0
"""Most texts are prose."""
_DIVIDED_WORD = 2.0
"""Verse hardly ever divides a word."""
_INDENTS = 3.0
"""Lines indented in turn are seldom prose."""


def weigh_prose(block: Sequence[Line], page: PageWidth) -> float:
    """Return how much more likely it is that these lines are prose than verse: a logarithm, above 0 for prose.

    What counts at each end of a line: whether the next word had room, a capital at the next line's head, a stop.
    What a capital is worth depends on the language: it is measured in the text itself.
    """
    if is_short(block, page):
        return -math.inf
    if _is_sentence(block) or statistics.median(len(line.text) for line in block) > LONGEST_LINE:
        return math.inf
    indents = _has_turns(block)
    weight = _PROSE - (_INDENTS if indents else 0) + _DIVIDED_WORD * _count_divided(block)
    for line, after in itertools.pairwise(block):
        weight += _weigh_head(line, after, page, indents)
        weight += _weigh_stop(line, page)
    sentences = min(sum(bool(_SENTENCE.search(line.text)) for line in block), _MOST_SENTENCES)
    weight += sentences * math.log(_SENTENCE_IN_PROSE / _SENTENCE_IN_VERSE)
    return weight + max(_weigh_width(block, page), _weigh_own_width(block))


def is_short(block: Sequence[Line], page: PageWidth) -> bool:
    """Recognise lines that do not fill the page: an address, a signature, a slogan."""
    longest = max(map(reach, block))
    goes_on = block[0].gap is Gap.PAGE and begins_in_lower_case(block[0].text)
    if longest >= NARROW_PAGE or block[0].column or goes_on or _is_sentence(block) or _count_divided(block):
        return False
    narrowest = _NARROWEST if page.is_cased else _NARROWEST_UNCASED
    fills = page.is_sure and narrowest <= page.columns < 1.25 * longest and page.filled >= 0.6
    return not (fills and len(block) > 3 and not _has_turns(block))


def _count_divided(block: Sequence[Line]) -> int:
    return sum(is_divided(a.text) and begins_in_lower_case(b.text) for a, b in itertools.pairwise(block))


def _is_sentence(block: Sequence[Line]) -> bool:
    """Recognise a sentence over a few lines: from a capital to a full stop, and no mark or capital at their ends."""
    return (
        block[0].text[:1].isupper()
        and ends_sentence(block[-1].text)
        and len({line.indent for line in block}) == 1
        and all(a.text[-1].isalnum() and begins_in_lower_case(b.text) for a, b in itertools.pairwise(block))
    )


def _weigh_head(line: Line, after: Line, page: PageWidth, indents: bool) -> float:
    if not page.is_cased or ends_sentence(line.text):
        return 0.0
    common = min(max(page.capitals, 0.08), 0.5)
    if begins_in_lower_case(after.text):
        if indents and after.indent != line.indent:
            return 0.0
        return math.log((1 - common) / (1 - _CAPITAL_IN_VERSE))
    if after.text.lstrip(OPENERS)[:1].isupper() and not _is_in_capitals(after.text):
        return math.log(common / _CAPITAL_IN_VERSE)
    return 0.0


def _is_in_capitals(text: str) -> bool:
    """Return whether a line begins with words in capitals: they are heads of verse no more than of prose."""
    words = text.split()[:2]
    return len(words) > 1 and all(len(word) > 1 and word.isupper() for word in words)


def _weigh_stop(line: Line, page: PageWidth) -> float:
    verse, prose = (_STOP_IN_VERSE, _STOP_IN_PROSE) if page.is_cased else (_STOP_UNCASED, _STOP_IN_PROSE_UNCASED)
    if line.text.rstrip(_CLOSERS).endswith(tuple(_PUNCTUATION)):
        return math.log(prose / verse)
    return math.log((1 - prose) / (1 - verse))


def _weigh_width(block: Sequence[Line], page: PageWidth) -> float:
    """Weigh how the lines fill the page: verse does so by chance, the more seldom the wider the page."""
    if not page.is_sure and page.columns < _PAGE:
        return 0.0
    prose = min(max(page.filled, 0.5), 0.95)
    verse = 0.05 if page.columns >= 60 else 0.12 if page.columns >= 50 else 0.3
    rooms = [page.room(line, after) for line, after in itertools.pairwise(block)]
    full, short = rooms.count(0), sum(room > page.raggedness for room in rooms)
    return min(_MOST_WIDTH, full * math.log(prose / verse)) + short * math.log((1 - prose) / (1 - verse))


def _weigh_own_width(block: Sequence[Line]) -> float:
    """Weigh how the lines fill a narrower measure, as those of a quotation do."""
    if len(block) < 4:
        return -math.inf
    width = max(map(reach, block))
    even = sum(reach(a) + 1 + min(len(b.text.split()[0]), _LONG_WORD) > width for a, b in itertools.pairwise(block))
    ragged = len(block) - 1 - even
    return even * math.log(_EVEN_IN_PROSE / _EVEN_IN_VERSE) + ragged * math.log(
        (1 - _EVEN_IN_PROSE) / (1 - _EVEN_IN_VERSE)
    )


def _has_turns(block: Sequence[Line]) -> bool:
    """Recognise lines indented in turn: some are, after lines that do not end a sentence, and some come back."""
    if len(block) < 2:
        return False
    base = min(line.indent for line in block)
    inner = [at for at, line in enumerate(block) if line.indent >= base + 2]
    if len(block) == 2:
        return block[1].indent >= base + 2 and not ends_sentence(block[0].text)
    returns = [at for at in inner if at + 1 < len(block) and block[at + 1].indent < block[at].indent]
    enters = [at for at in inner if at and block[at - 1].indent < block[at].indent]
    free = [at for at in enters if not ends_sentence(block[at - 1].text)]
    return bool(free) and (len(returns) + len(enters) > 2 or len(block) <= 4) and len(inner) <= 0.8 * len(block)
