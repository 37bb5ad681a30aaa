"""Pair the marks of one block, and find the guillemets that have lost their partner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pelican_typeset.blocks import NOTE, OBJECT, ZERO_WIDTH, Block, Element

GUILLEMETS = "«»‹›"
# A mark, and the visible character after it.
MARK = re.compile(rf"""([«»‹›“”„‘’‚「」『』"'])(?=[{ZERO_WIDTH}]*+(.?))""", re.DOTALL)
INK = re.compile(rf"[^\s{ZERO_WIDTH}]")
# What each mark may close. A straight mark also closes „, which some German keyboards pair with it.
CLOSES = {"»": "«", "›": "‹", "«": "»", "‹": "›", '"': '"„', "“": "„", "”": "“„”"}
CLOSES |= {"‘": "‚", "’": "‘‚", "'": "'", "」": "「", "』": "『"}
CLOSES_SPACED = {"»": "«", "›": "‹", '"': '"', "”": "“”"}  # some writers space " a " as they do « a »
SAME_ON_BOTH_SIDES = ("fi", "sv")  # languages in which »so» is a quotation too
PAUSES = frozenset(".,:;!?…")  # after one of these a space may be missing
# English words that begin with an apostrophe, and decades ('30s).
ELIDED = re.compile(r"(?:tis|twas|twere|twill|twould|til|till|em|cause|neath|n|round)\b|\d", re.IGNORECASE)
MARKS_BACK = 50  # how many marks a mark looks past for its partner; keeps hostile text linear
PROSE = re.compile(r"[.,;:!?](?!\S)")
LABEL_WORDS = 3  # `« Older posts` is an arrow and its label; with more words it is more likely a quotation


@dataclass(slots=True, eq=False)
class Mark:
    """One mark of a block, its surroundings, and what has been found out about it."""

    at: int
    char: str
    before: str  # the visible character before it, or nothing at the start of the block; `after` is the one after it
    after: str
    ink: int  # how many stretches of words come before it in the block
    element: Element
    role: str = ""  # open, close, lead (an opening mark repeated on a later paragraph), none (no quotation)
    partner: Mark | None = None
    level: int = 0

    @property
    def may_open(self) -> bool:
        """Whether a quotation can begin after the character before it (UAX #14 LB15a)."""
        return _is_edge(self.before, "Ps", "\"'/¿¡")

    @property
    def looks_open(self) -> bool:
        """Whether the outside of a quotation is before it and the inside after it."""
        return self.may_open and not _is_edge(self.after, "Pe", "\"'/.,;:!?…")

    @property
    def is_tight(self) -> bool:
        """Whether a visible character is directly before it."""
        return bool(self.before) and not self.before.isspace()


@dataclass(slots=True, eq=False)
class Passage:
    """A block and its marks."""

    block: Block
    marks: Sequence[Mark] = ()
    loose: Sequence[Mark] = ()  # those without a partner and outside every quotation
    ink: int = 0  # how many stretches of words it has
    base: int = 0  # how deep in a quotation from earlier paragraphs it begins
    is_wanted: bool = False  # whether that quotation has guillemets


def pair_marks(block: Block) -> Passage:
    """Find the marks of a block, pair them on a stack, and list those left over."""
    if block.text.isascii() and '"' not in block.text:
        return Passage(block)
    marks, ink = _find_marks(block)
    waiting, loose, depth = list[Mark](), list[Mark](), 0
    for n, mark in enumerate(marks):
        place = _find_partner(mark, waiting) if waiting else -1
        if place >= 0 and not _begins_reversed(marks, n):
            _pair(waiting[place], mark)
            del waiting[place:]
        elif _opens(marks, n, waiting, block.text):
            waiting.append(mark)
    for mark in marks:
        depth += {"open": 1, "close": -1}.get(mark.role, 0)
        if depth == 0 and not mark.role:
            loose.append(mark)
    return Passage(block, marks, loose, ink)


def _find_marks(block: Block) -> tuple[Sequence[Mark], int]:
    text, end, ink, found = block.text, 0, 0, list[Mark]()
    for match in MARK.finditer(text):
        at = before = match.start()
        ink += bool(INK.search(text, end, at))
        end = at + 1
        while before and text[before - 1] in ZERO_WIDTH:
            before -= 1
        found.append(Mark(at, match[1], text[before - 1 : before], match[2], ink, block.piece(at).element))
    return found, ink + bool(INK.search(text, end))


@lru_cache(maxsize=1000)  # most marks have the same few characters next to them
def _is_edge(char: str, brackets: str, punctuation: str) -> bool:
    """Return whether a quotation can begin after, or end before, this character."""
    if not char or char.isspace() or char == NOTE or char in punctuation:
        return True
    is_script_without_spaces = unicodedata.east_asian_width(char) in "WF"
    return is_script_without_spaces or unicodedata.category(char) in (brackets, "Pi", "Pf", "Pd")


def _find_partner(mark: Mark, waiting: Sequence[Mark]) -> int:
    """Return the place of the waiting mark that this one closes, or -1."""
    place = _last(waiting, (CLOSES if mark.is_tight else CLOSES_SPACED).get(mark.char, ""))
    if mark.char in "»›":
        is_twin = mark.is_tight and not mark.looks_open and mark.element.lang.lower().startswith(SAME_ON_BOTH_SIDES)
        return _last(waiting, mark.char) if place < 0 and is_twin else place
    if mark.looks_open or (mark.char in "'’" and mark.after.isalnum()):
        return -1
    outranked_by = mark.char if mark.char in "«‹" else GUILLEMETS
    return place if place > _last(waiting, outranked_by) else -1


def _last(waiting: Sequence[Mark], chars: str) -> int:
    for place in range(len(waiting) - 1, max(-1, len(waiting) - 1 - MARKS_BACK), -1):
        if waiting[place].char in chars:
            return place
    return -1


def _is_closed_next(marks: Sequence[Mark], n: int, third: str = "") -> bool:
    """Return whether the next guillemet closes mark n, and the one after that is `third`, if given."""
    following = [mark for mark in marks[n + 1 : n + MARKS_BACK] if mark.char in GUILLEMETS][:2]
    if len(following) < 1 + len(third) or (third and following[1].char != third):
        return False
    closing = following[0]
    ends = not closing.looks_open and (closing.char in "»›" or closing.is_tight)
    return ends and marks[n].char in CLOSES[closing.char]


def _begins_reversed(marks: Sequence[Mark], n: int) -> bool:
    """Return whether `»` begins a `»…«` within an open `«`, which a third guillemet then closes."""
    mark = marks[n]
    return mark.char in "»›" and mark.looks_open and _is_closed_next(marks, n, third=mark.char)


def _opens(marks: Sequence[Mark], n: int, waiting: Sequence[Mark], text: str) -> bool:
    """Return whether a quotation can begin with mark n."""
    mark = marks[n]
    if mark.char == "'":  # right after an opening mark, but not 'Tis
        is_first = bool(waiting) and mark.ink == waiting[-1].ink
        return is_first and mark.after.isalpha() and not ELIDED.match(text, mark.at + 1)
    if mark.char in "’」』" or (mark.char == "‘" and mark.after.isdigit()):
        return False
    is_inside = mark.after.strip() != ""
    if mark.char in "„‚「『" or (mark.may_open and (is_inside or mark.char in '"«‹')):
        return True
    if mark.char in "«‹":  # also after a sign, but not where »so.« ends
        ends = mark.before in PAUSES and mark.before != ":" and not is_inside
        return _is_closed_next(marks, n) if ends else not (mark.before.isalnum() or mark.before == OBJECT)
    leans = mark.before in PAUSES and mark.after.isalnum()  # so:"so"
    return leans and (mark.char == '"' or (mark.char in "»›" and _is_closed_next(marks, n)))


def _pair(opening: Mark, closing: Mark) -> None:
    links = opening.element.link, closing.element.link
    if closing.ink == opening.ink or (all(links) and links[0] is not links[1]):
        opening.role = closing.role = "none"  # nothing between them, or navigation
    else:
        opening.role, closing.role = "open", "close"
        closing.partner, opening.partner = opening, closing


class Unmatched(NamedTuple):
    """A guillemet without a partner that looks like a mistake."""

    mark: str
    offset: int  # in the HTML, in characters from 0
    words: str  # around it, on one line
    lang: str


def find_lost(passage: Passage) -> Iterator[Unmatched]:
    """Yield the guillemets of a block that lack a partner; those of `Next »` and `Home » Iraq` are only signs."""
    lost = [mark for mark in passage.marks if mark.char in GUILLEMETS and not mark.role]
    text = passage.block.text
    is_prose = bool(lost) and PROSE.search(text) is not None
    is_label = bool(lost) and not is_prose and len(text.split()) <= LABEL_WORDS
    for mark in lost:
        if not _is_sign(mark, is_prose, is_label):
            offset = passage.block.source(mark.at)[0]
            yield Unmatched(mark.char, offset, passage.block.words_around(mark.at), mark.element.lang)


def _is_sign(mark: Mark, is_prose: bool, is_label: bool) -> bool:
    """Return whether a mark is an arrow or a separator in a breadcrumb."""
    is_spaced = not mark.is_tight and not mark.after.strip()
    points = not is_prose if mark.char in "»›" else is_label and mark.ink == 0
    return mark.element.link is not None or (is_spaced and points)
