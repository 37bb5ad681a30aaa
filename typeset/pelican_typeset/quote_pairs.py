"""Pair the marks of one block, and find the guillemets that have lost their partner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pelican_typeset.blocks import APOSTROPHE, NOTE, OBJECT, ZERO_WIDTH, Block, Element, primary
from pelican_typeset.single_marks import ELIDED, NO, POSSESSIVE, PROBABLE, SURE, Single, find_ands, judge_single

GUILLEMETS = "«»‹›"
STRAIGHT = "\"'"
APOSTROPHES = ("'", APOSTROPHE)
QUOTES = f"{GUILLEMETS}“”„‘’‚「」『』{STRAIGHT}"
DOUBLES = f'{GUILLEMETS}“”„"'
# A mark, and the visible character after it; not the apostrophe inside a word.
MARK = re.compile(rf"""([«»‹›“”„‘‚「」『』"]|(?<![^\W_])['’]|['’](?![^\W_]))(?=[{ZERO_WIDTH}]*+(.?))""", re.DOTALL)
# Two signs typed for one mark. Two singles are one only where two commas are, and << >> only in languages with « ».
TYPED = {"<<": "«", ">>": "»", ",,": "„", "''": "”"}
TYPED_SIGNS = r"(?<!<)<<(?!<)|(?<!>)>>(?!>)|,,(?=[^\s,])|''(?!\w)"
MARK_OR_TYPED = re.compile(MARK.pattern.replace("(", f"({TYPED_SIGNS}|", 1), re.DOTALL)
INK = re.compile(rf"[^\s{ZERO_WIDTH}]")
# What each mark may close. A straight mark also closes „, which some German keyboards pair with it.
CLOSES = {"»": "«", "›": "‹", "«": "»", "‹": "›", '"': '"„', "“": "„", "”": "“„”"}
CLOSES |= {"‘": "‚", "’": "‘‚", "'": "'", "」": "「", "』": "『"}
CLOSERS = {'"': '"', "«": "»", "“": "”"}  # of a quotation with a prefix
CLOSES_SPACED = {"»": "«", "›": "‹", '"': '"', "”": "“”", "'": "'"}  # some writers space " a " as they do « a »
SAME_ON_BOTH_SIDES = ("fi", "sv")  # languages in which »so» is a quotation too
PAUSES = frozenset(".,:;!?…")  # after one of these a space may be missing
FEET = re.compile(r"[0-9]['′’]\s?[0-9]+[½¼¾]?$")  # 6' 2, before the mark of inches
# Letters that Hebrew and Arabic join to the next word, quoted or not: ו, ה, ב, ל, מ, ש, כ; و, ب, ل, ف, ك, ال.
PREFIX = re.compile(r"(?<!\w)(?:[והבלמשכ]{1,3}|[وفبلكس]{1,2}|(?:[وفبك]?ال)|لل)$")
HEBREW = re.compile(r"[א-ת]")
MEASURE = re.compile(r"(?<![0-9])[0-9]{1,3}[½¼¾]?$")
# How far a mark that perhaps opens looks for one that perhaps closes; a possessive closes no 'cause or '17.
REACHES = {(SURE, POSSESSIVE): 40, (SURE, PROBABLE): 10**9, (SURE, SURE): 10**9}
REACHES |= {(PROBABLE, PROBABLE): 25, (PROBABLE, SURE): 80}
DIALECT = 3  # how many words cut short make a paragraph one of dialect
GOES_ON = re.compile(r"\s['’]?[a-zà-ÿ]")
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
    outside: tuple[str, str] = ("", "")  # `before` and `after`, past other marks
    single: Single | None = None  # what a straight single mark may be
    is_typed: bool = False  # whether two signs stand for it: << or ,,
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
        if self.char in STRAIGHT:
            before, after = self.outside
            if self.before in APOSTROPHES and before.isalpha() and after.isalnum():  # l'"olio"
                return True
            return _is_edge(before, "Ps", "/¿¡") and not _is_edge(after, "Pe", "/.,;:!?…")
        return self.may_open and not _is_edge(self.after, "Pe", "\"'/.,;:!?…")

    @property
    def is_closed_up(self) -> bool:
        """Whether no space is on its inner side."""
        return not (self.before if self.role == "close" else self.after).isspace()

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
    is_quiet: bool = False  # whether it has no mark of that quotation itself
    is_doubtful: bool = False  # whether a guillemet and a straight mark lack partners, so that nothing is sure


def pair_marks(block: Block, typed: str = "") -> Passage:
    """Find the marks of a block, pair them on a stack, and list those left over.

    `typed` has the marks that may be typed as two signs: « for `<< x >>`, „ for `,,x''`.
    """
    text = block.text
    has_typed = ("„" in typed and ",," in text) or ("«" in typed and "<<" in text)
    if text.isascii() and '"' not in text and "'" not in text and not has_typed:
        return Passage(block)
    marks, ink = _find_marks(block, MARK_OR_TYPED if has_typed else MARK)
    waiting, loose, depth = list[Mark](), list[Mark](), 0
    for n, mark in enumerate(marks):
        if mark.char == '"' and (role := _judge_sign(marks, n, text, waiting)):
            mark.role = role
            continue
        place = _find_partner(marks, n, waiting) if waiting else -1
        if place >= 0 and not _begins_reversed(marks, n):
            _pair(waiting[place], mark)
            del waiting[place:]
        elif _opens(marks, n, waiting) or _is_prefixed(marks, n, text):
            waiting.append(mark)
    for mark in marks:
        depth += {"open": 1, "close": -1}.get(mark.role, 0)
        if depth == 0 and not mark.role:
            loose.append(mark)
    return Passage(block, marks, loose, ink)


def _find_marks(block: Block, pattern: re.Pattern[str]) -> tuple[Sequence[Mark], int]:
    text, end, ink, found = block.text, 0, 0, list[Mark]()
    for match in pattern.finditer(text):
        at = before = match.start()
        ink += bool(INK.search(text, end, at))
        end = match.end(1)
        while before and text[before - 1] in ZERO_WIDTH:
            before -= 1
        char, is_typed = TYPED.get(match[1], match[1]), end - at > 1
        element = block.piece(at).element
        found.append(Mark(at, char, text[before - 1 : before], match[2], ink, element, is_typed=is_typed))
    _look_outside(found)
    ands = find_ands(text)
    for mark in found:
        if mark.char == "'" and mark.at not in ands:
            mark.single = judge_single(text, mark.at, mark.outside, primary(mark.element.lang))
    _hear_dialect([mark for mark in found if mark.single], text)
    return found, ink + bool(INK.search(text, end))


def _hear_dialect(singles: Sequence[Mark], text: str) -> None:
    """Where several words are cut short, nothing that may be another one is a quotation mark."""
    judged = [mark.single for mark in singles if mark.single]
    if sum(single.opens in (ELIDED, PROBABLE) or single.closes == ELIDED for single in judged) < DIALECT:
        return
    for mark in singles:
        if mark.single and mark.single.opens == PROBABLE:
            mark.single = Single(ELIDED, NO)
        elif mark.single and mark.single.closes == PROBABLE and GOES_ON.match(text, mark.at + 1):
            mark.single = Single(NO, ELIDED)


def _look_outside(marks: Sequence[Mark]) -> None:
    """Give each mark the characters around it, past other marks; inside `« x »` stand words, not spaces."""
    before = after = ""
    for n, mark in enumerate(marks):
        is_next = n > 0 and mark.before == marks[n - 1].char and mark.ink == marks[n - 1].ink
        if not is_next:
            before = OBJECT if mark.char in "»›" and mark.before.isspace() and mark.ink else mark.before
        mark.outside = before, ""
    for n in range(len(marks) - 1, -1, -1):
        mark = marks[n]
        is_next = n + 1 < len(marks) and mark.after == marks[n + 1].char and mark.ink == marks[n + 1].ink
        if not is_next:
            after = OBJECT if mark.char in "«‹" and mark.after.isspace() else mark.after
        mark.outside = mark.outside[0], after


@lru_cache(maxsize=1000)  # most marks have the same few characters next to them
def _is_edge(char: str, brackets: str, punctuation: str) -> bool:
    """Return whether a quotation can begin after, or end before, this character."""
    if not char or char.isspace() or char == NOTE or char in punctuation:
        return True
    return _is_wide(char) or unicodedata.category(char) in (brackets, "Pi", "Pf", "Pd")


def _is_wide(char: str) -> bool:
    """Return whether the character is of a script without spaces between words."""
    return unicodedata.east_asian_width(char) in "WF"


def _judge_sign(marks: Sequence[Mark], n: int, text: str, waiting: Sequence[Mark]) -> str:
    """Return what a straight double is, if it is no quotation mark: the gershayim of צה"ל, or inches."""
    mark = marks[n]
    if HEBREW.match(mark.before) and HEBREW.match(mark.after):
        return "" if _is_prefixed(marks, n, text) else "gershayim"
    return "measure" if _is_measure(mark, text, waiting) else ""


def _is_prefixed(marks: Sequence[Mark], n: int, text: str) -> bool:
    """Return whether a quotation opens after a letter that Hebrew and Arabic join to it: ה"שלום", و«الحرية»."""
    mark = marks[n]
    if mark.char not in '"«“' or not mark.before.isalpha() or not mark.after.isalpha():
        return False
    if not PREFIX.search(text[max(0, mark.at - 4) : mark.at]) or not text[mark.at + 2 : mark.at + 3].isalpha():
        return False
    following = next((other for other in marks[n + 1 :] if other.char in CLOSERS[mark.char]), None)
    return following is not None and not following.looks_open and not following.after.isalpha()


def _is_measure(mark: Mark, text: str, waiting: Sequence[Mark]) -> bool:
    """Return whether a straight double stands for inches: `a 12" gun`, but not `"in 1917"`."""
    if not mark.before.isdigit() or mark.after.isalnum():
        return False
    left = text[max(0, mark.at - 12) : mark.at]
    return bool(FEET.search(left)) or (_last(waiting, '"„') < 0 and bool(MEASURE.search(left)))


def _find_partner(marks: Sequence[Mark], n: int, waiting: Sequence[Mark]) -> int:
    """Return the place of the waiting mark that this one closes, or -1."""
    mark = marks[n]
    if mark.char == "'":
        return _find_single(marks, n, waiting)
    place = _last(waiting, (CLOSES if mark.is_tight else CLOSES_SPACED).get(mark.char, ""))
    if mark.char in "»›":
        is_twin = mark.is_tight and not mark.looks_open and mark.element.lang.lower().startswith(SAME_ON_BOTH_SIDES)
        return _last(waiting, mark.char) if place < 0 and is_twin else place
    if mark.looks_open or (mark.char == "’" and mark.after.isalnum()):
        return -1
    outranked_by = mark.char if mark.char in "«‹" else GUILLEMETS
    return place if place > _last(waiting, outranked_by) else -1


def _find_single(marks: Sequence[Mark], n: int, waiting: Sequence[Mark]) -> int:
    """Return the place of the single that this one closes: the last that can, before the next one opens."""
    mark = marks[n]
    place = _last(waiting, "'")
    if not mark.single or mark.single.closes <= ELIDED or place < _last(waiting, DOUBLES):
        return -1
    later = _closers(marks, n, waiting, from_opening=False)
    is_possessive = mark.single.closes == POSSESSIVE
    better = any(single.closes == SURE or (is_possessive and single.closes > POSSESSIVE) for single, _ in later)
    return place if mark.single.closes == SURE or not better else -1


def _last(waiting: Sequence[Mark], chars: str) -> int:
    for place in range(len(waiting) - 1, max(-1, len(waiting) - 1 - MARKS_BACK), -1):
        if waiting[place].char in chars:
            return place
    return -1


def _closers(
    marks: Sequence[Mark], n: int, waiting: Sequence[Mark], *, from_opening: bool
) -> Iterator[tuple[Single, Mark]]:
    """Yield the later singles that could close a single open at mark n, before the double around it closes."""
    depth = nested = 0
    is_enclosed = _last(waiting, DOUBLES) >= 0
    for mark in marks[n + 1 : n + MARKS_BACK]:
        if mark.char in DOUBLES:
            depth += 1 if mark.looks_open or (mark.char in "«‹" and mark.may_open) else -1
            if depth < 0 and is_enclosed:
                return
            depth = max(0, depth)
        elif mark.single and not depth:
            if mark.single.opens == SURE:
                if not from_opening:
                    return
                nested += 1
            elif mark.single.closes > ELIDED and nested:
                nested -= 1
            elif mark.single.closes > ELIDED:
                yield mark.single, mark


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


def _opens(marks: Sequence[Mark], n: int, waiting: Sequence[Mark]) -> bool:
    """Return whether a quotation can begin with mark n."""
    mark = marks[n]
    if mark.char == "'":
        return _single_opens(marks, n, waiting)
    if mark.char in "’」』" or (mark.char == "‘" and mark.after.isdigit()):
        return False
    is_inside = mark.after.strip() != ""
    if mark.char in "„‚「『" or (mark.may_open and (is_inside or mark.char in "«‹")):
        return mark.char != '"' or mark.looks_open or not mark.is_tight or _is_wide(mark.before)
    if mark.char in "«‹":  # also after a sign, but not where »so.« ends
        ends = mark.before in PAUSES and mark.before != ":" and not is_inside
        return _is_closed_next(marks, n) if ends else not (mark.before.isalnum() or mark.before == OBJECT)
    if mark.char == '"' and not mark.is_tight:
        return True
    leans = mark.before in PAUSES and mark.after.isalnum()  # so:"so"
    return leans and (mark.char == '"' or (mark.char in "»›" and _is_closed_next(marks, n)))


def _single_opens(marks: Sequence[Mark], n: int, waiting: Sequence[Mark]) -> bool:
    """Return whether a straight single begins a quotation: whether a later one is left to close it.

    A word that is often written with an apostrophe ('em, '17) leaves the closing marks to those that opened before;
    and the possessive of a plural closes only what began a few words before it.
    """
    single = marks[n].single
    if not single or single.opens <= ELIDED:
        return False
    above = waiting[_last(waiting, DOUBLES) + 1 :]
    spare = sum(mark.char == "'" for mark in above) if single.opens == PROBABLE else 0
    for closing, mark in _closers(marks, n, waiting, from_opening=True):
        if mark.at - marks[n].at < REACHES.get((single.opens, closing.closes), 0):
            if not spare:
                return True
            spare -= 1
    return False


def _pair(opening: Mark, closing: Mark) -> None:
    links = opening.element.link, closing.element.link
    is_empty = closing.ink == opening.ink and not opening.char == closing.char == '"'
    if is_empty or (all(links) and links[0] is not links[1]):
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
    lost = [mark for mark in passage.marks if mark.char in GUILLEMETS and not mark.role and not mark.is_typed]
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
