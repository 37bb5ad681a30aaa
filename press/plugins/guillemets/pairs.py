"""Find which marks of one block belong together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..markup import NOTE, OBJECT, Block, Element

GUILLEMETS = "«»‹›"
# What each mark may close. A straight mark also ends what a German keyboard began with „.
CLOSES = {"»": "«", "›": "‹", "«": "»", "‹": "›", '"': '"„', "“": "„", "”": "“„”"}
CLOSES |= {"‘": "‚", "’": "‘‚", "'": "'", "」": "「", "』": "『"}
CLOSES_SPACED = {"»": "«", "›": "‹", '"': '"', "”": "“”"}  # « a » has taught some writers " a "
SAME_ON_BOTH_SIDES = ("fi", "sv")  # languages in which »so» is a quotation too
FORMAT = (*range(0x200B, 0x2010), *range(0x2060, 0x2070), 0xAD, 0x61C, 0xFEFF)  # joiners, directions and the like
ZERO_WIDTH = "".join(map(chr, FORMAT))
# A mark, and the visible character after it.
MARK = re.compile(rf"""([«»‹›“”„‘’‚「」『』"'])(?=[{ZERO_WIDTH}]*+(.?))""", re.DOTALL)
INK = re.compile(rf"[^\s{ZERO_WIDTH}]")
# English words that begin with an apostrophe, and decades ('30s).
ELIDED = re.compile(r"(?:tis|twas|twere|twill|twould|til|till|em|cause|neath|n|round)\b|\d", re.IGNORECASE)
PAUSES = ".,:;!?…"
REACH = 50  # how many marks a closing one looks past; keeps hostile text linear


@dataclass(slots=True, eq=False)
class Mark:
    """One mark of a block, what stands around it, and what was found out about it."""

    at: int
    char: str
    before: str  # the visible character before it, nothing at the start of the block; after likewise
    after: str
    ink: int  # how many stretches of words stand before it in the block
    element: Element
    role: str = ""  # open, close, lead (an opening mark repeated on a later paragraph), none (no quotation)
    partner: Mark | None = None
    level: int = 0

    @property
    def may_open(self) -> bool:
        """What stands before it lets a quotation begin (UAX #14 LB15a)."""
        return _is_edge(self.before, "Ps", "\"'/¿¡")

    @property
    def looks_open(self) -> bool:
        """The outside stands before it and the inside after it."""
        return self.may_open and not _is_edge(self.after, "Pe", "\"'/.,;:!?…")

    @property
    def is_tight(self) -> bool:
        """No space and no start of the block stands before it."""
        return bool(self.before) and not self.before.isspace()


@dataclass(slots=True, eq=False)
class Passage:
    """A block and its marks."""

    block: Block
    marks: Sequence[Mark] = ()
    loose: Sequence[Mark] = ()  # those that found no partner and stand in no quotation
    ink: int = 0  # how many stretches of words it has
    base: int = 0  # how deep in a quotation from earlier paragraphs it begins
    is_wanted: bool = False  # whether that quotation has guillemets


def pair_marks(block: Block) -> Passage:
    """Find the marks of a block, pair them on a stack, and note those left over."""
    if block.text.isascii() and '"' not in block.text:
        return Passage(block)
    marks, ink = _find_marks(block)
    waiting, loose, depth = list[Mark](), list[Mark](), 0
    for n, mark in enumerate(marks):
        place = _find_partner(mark, waiting) if waiting else -1
        if place >= 0 and not _begins_reversed(marks[n : n + REACH]):
            _pair(waiting[place], mark)
            del waiting[place:]
        elif _opens(marks[n : n + REACH], waiting, block.text):
            waiting.append(mark)
    for mark in marks:
        depth += {"open": 1, "close": -1}.get(mark.role, 0)
        if depth == 0 and not mark.role:
            loose.append(mark)
    return Passage(block, marks, loose, ink)


def _find_marks(block: Block) -> tuple[Sequence[Mark], int]:
    text, end, ink, found = block.text, 0, 0, list[Mark]()
    for match in MARK.finditer(text):
        at = match.start()
        ink += bool(INK.search(text, end, at))
        end = at + 1
        found.append(Mark(at, match[1], _char_before(text, at), match[2], ink, block.piece(at).element))
    return found, ink + bool(INK.search(text, end))


def _char_before(text: str, at: int) -> str:
    while at and text[at - 1] in ZERO_WIDTH:
        at -= 1
    return text[at - 1] if at else ""


@lru_cache(maxsize=1000)
def _is_edge(char: str, brackets: str, punctuation: str) -> bool:
    """Say whether a quotation may begin after, or end before, this character."""
    return (
        not char
        or char.isspace()
        or char == NOTE
        or char in punctuation
        or unicodedata.category(char) in (brackets, "Pi", "Pf", "Pd")
        or unicodedata.east_asian_width(char) in "WF"  # scripts that put no space between words
    )


def _find_partner(mark: Mark, waiting: Sequence[Mark]) -> int:
    """Give the place of the waiting mark that this one closes, or -1."""
    place = _last(waiting, (CLOSES if mark.is_tight else CLOSES_SPACED).get(mark.char, ""))
    if mark.char in "»›":
        is_twin = mark.is_tight and not mark.looks_open and mark.element.lang.lower().startswith(SAME_ON_BOTH_SIDES)
        return _last(waiting, mark.char) if place < 0 and is_twin else place
    if mark.looks_open or (mark.char in "'’" and mark.after.isalnum()):
        return -1
    outranked_by = mark.char if mark.char in "«‹" else GUILLEMETS
    return place if place > _last(waiting, outranked_by) else -1


def _last(waiting: Sequence[Mark], chars: str) -> int:
    for place in range(len(waiting) - 1, max(-1, len(waiting) - 1 - REACH), -1):
        if waiting[place].char in chars:
            return place
    return -1


def _guillemets(marks: Sequence[Mark]) -> Sequence[Mark]:
    """Give the next two guillemets after the first mark."""
    return [mark for mark in marks[1:] if mark.char in GUILLEMETS][:2]


def _begins_reversed(marks: Sequence[Mark]) -> bool:
    """Say whether the first, `»`, begins a `»…«` within an open `«`, which a third guillemet then closes."""
    first = marks[0]
    if first.char not in "»›" or not first.looks_open:
        return False
    later = _guillemets(marks)
    return _is_closed_next(marks) and [mark.char for mark in later[1:]] == [first.char]


def _is_closed_next(marks: Sequence[Mark]) -> bool:
    """Say whether the next guillemet is one that closes the first mark."""
    later = _guillemets(marks)
    is_partner = bool(later) and marks[0].char in CLOSES[later[0].char] and not later[0].looks_open
    return is_partner and (later[0].char in "»›" or later[0].is_tight)


def _opens(marks: Sequence[Mark], waiting: Sequence[Mark], text: str) -> bool:
    """Say whether a quotation may begin with the first mark."""
    mark = marks[0]
    if mark.char == "'":  # right after an opening mark, but not 'Tis
        right_after = bool(waiting) and mark.ink == waiting[-1].ink
        return right_after and mark.after.isalpha() and not ELIDED.match(text, mark.at + 1)
    if mark.char in "„‚「『":
        return True
    is_inside = bool(mark.after) and not mark.after.isspace()
    if mark.char in "«‹":  # also after a colon or a sign, but not where »so.« ends
        if mark.before in PAUSES and mark.before and not is_inside:
            return _is_closed_next(marks)
        return mark.may_open or not (mark.before.isalnum() or mark.before == OBJECT)
    if mark.may_open:
        return (
            (is_inside or mark.char == '"')
            and mark.char not in "’」』"
            and not (mark.char == "‘" and mark.after.isdigit())
        )
    leans = mark.before in PAUSES and mark.after.isalnum()  # so:"so"
    return leans and (mark.char == '"' or (mark.char in "»›" and _is_closed_next(marks)))


def _pair(opening: Mark, closing: Mark) -> None:
    links = opening.element.link, closing.element.link
    if closing.ink == opening.ink or (all(links) and links[0] is not links[1]):
        opening.role = closing.role = "none"  # nothing between them, or navigation
    else:
        opening.role, closing.role = "open", "close"
        closing.partner, opening.partner = opening, closing
