"""Find which marks of one block belong together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..markup import NOTE, OBJECT, Block, Element

GUILLEMETS = "«»‹›"
MARK = re.compile("[«»‹›“”„‘’‚「」『』\"']")
# What each mark may close. A straight mark also ends what a German keyboard began with „.
CLOSES = {"»": "«", "›": "‹", "«": "»", "‹": "›", '"': '"„', "“": "„", "”": "“„”"}
CLOSES |= {"‘": "‚", "’": "‘‚", "'": "'", "」": "「", "』": "『"}
CLOSES_SPACED = {"»": "«", "›": "‹", '"': '"', "”": "“”"}  # « a » has taught some writers " a "
SAME_ON_BOTH_SIDES = ("fi", "sv")  # where »so» is a quotation too
ZERO_WIDTH = (
    "\N{SOFT HYPHEN}\N{ARABIC LETTER MARK}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{WORD JOINER}\N{LEFT-TO-RIGHT ISOLATE}"
    "\N{RIGHT-TO-LEFT ISOLATE}\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}\N{ZERO WIDTH NO-BREAK SPACE}"
)
INK = re.compile(rf"[^\s{ZERO_WIDTH}]")
# English words that begin with an apostrophe, and decades ('30s).
ELIDED = re.compile(r"(?:tis|twas|twere|twill|twould|til|till|em|cause|neath|n|round)\b|\d", re.IGNORECASE)
REACH = 50  # how many open marks of other kinds a closing one looks past; keeps hostile text linear


@dataclass(slots=True, eq=False)
class Mark:
    """One mark of a block and what was found out about it."""

    at: int
    char: str
    before: str
    """The visible character before it, nothing at the start of the block; `after` likewise."""
    after: str
    ink: int
    """How many stretches of words stand before it in the block."""
    lang: str
    link: Element | None
    role: str = ""
    """open, close, lead (repeats an opening mark on a later paragraph), none (no quotation mark for sure)."""
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
    """A block, its marks in order, and how deep in a quotation from earlier paragraphs it begins."""

    block: Block
    marks: Sequence[Mark] = ()
    loose: Sequence[Mark] = ()
    """The marks that found no partner in the block and stand in no quotation."""
    ink: int = 0
    base: int = 0
    wanted: bool = False
    """Stands in a quotation from earlier paragraphs that has guillemets."""


def pair_marks(passage: Passage) -> None:
    """Find the marks of a block, pair them on a stack, and note those left over."""
    marks = passage.marks = _find_marks(passage)
    waiting, loose, depth = list[Mark](), list[Mark](), 0
    for n, mark in enumerate(marks):
        place = _find_partner(mark, waiting)
        if place >= 0 and not _begins_reversed(marks, n):
            _pair(waiting[place], mark)
            del waiting[place:]
        elif _opens(mark, waiting, passage.block.text):
            waiting.append(mark)
    for mark in marks:
        depth += {"open": 1, "close": -1}.get(mark.role, 0)
        if depth == 0 and not mark.role:
            loose.append(mark)
    passage.loose = loose


def _find_marks(passage: Passage) -> list[Mark]:
    block, text, end, found = passage.block, passage.block.text, 0, list[Mark]()
    for match in MARK.finditer(text):
        at = match.start()
        passage.ink += bool(INK.search(text, end, at))
        end = at + 1
        element = block.piece(at).element
        before, after = _neighbour(text, at, -1), _neighbour(text, at, 1)
        found.append(Mark(at, text[at], before, after, passage.ink, element.lang, element.link))
    passage.ink += bool(INK.search(text, end))
    return found


def _neighbour(text: str, at: int, step: int) -> str:
    end = len(text)
    at += step
    while 0 <= at < end:
        if text[at] not in ZERO_WIDTH:
            return text[at]
        at += step
    return ""


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


def _last(waiting: list[Mark], chars: str) -> int:
    """Give the place of the last waiting mark of these kinds, or -1."""
    for place in range(len(waiting) - 1, max(-1, len(waiting) - 1 - REACH), -1):
        if waiting[place].char in chars:
            return place
    return -1


def _find_partner(mark: Mark, waiting: list[Mark]) -> int:
    """Give the place of the waiting mark that this one closes, or -1."""
    if not waiting:
        return -1
    place = _last(waiting, (CLOSES if mark.is_tight else CLOSES_SPACED).get(mark.char, ""))
    if mark.char in "»›":
        twins = place < 0 and mark.lang.lower().startswith(SAME_ON_BOTH_SIDES)
        return _last(waiting, mark.char) if twins and mark.is_tight and not mark.looks_open else place
    if mark.looks_open or (mark.char in "'’" and mark.after.isalnum()):
        return -1
    # a guillemet outranks other marks
    return place if place > _last(waiting, mark.char if mark.char in "«‹" else GUILLEMETS) else -1


def _begins_reversed(marks: Sequence[Mark], n: int) -> bool:
    """Say whether `»` begins a `»…«` within an open `«`, which a third guillemet then closes."""
    first = marks[n]
    if first.char not in "»›" or not first.looks_open:
        return False
    later = [mark for mark in marks[n + 1 : n + 1 + REACH] if mark.char in GUILLEMETS][:2]
    return (
        [mark.char for mark in later] == [CLOSES[first.char], first.char]
        and later[0].is_tight
        and not later[0].looks_open
    )


def _opens(mark: Mark, waiting: list[Mark], text: str) -> bool:
    """Say whether a quotation may begin with the mark."""
    if mark.char in "«‹":  # also after a colon or a bracket, but not where »so.« ends
        ends = mark.before in ".,!?…" and not mark.after.strip()
        return mark.may_open or not (ends or mark.before.isalnum() or mark.before == OBJECT)
    if mark.char == "'":  # right after an opening mark, but not 'Tis
        right_after = bool(waiting) and mark.ink == waiting[-1].ink
        return right_after and mark.after.isalpha() and not ELIDED.match(text, mark.at + 1)
    if mark.char in "„‚「『":
        return True
    inside = mark.after and not mark.after.isspace() and not (mark.char == "‘" and mark.after.isdigit())
    return mark.may_open and bool(inside or mark.char == '"') and mark.char not in "’」』"


def _pair(opening: Mark, closing: Mark) -> None:
    apart = opening.link and closing.link and opening.link is not closing.link
    if closing.ink == opening.ink or apart:
        opening.role = closing.role = "none"  # nothing between them, or navigation
    else:
        opening.role, closing.role = "open", "close"
        opening.partner, closing.partner = closing, opening
