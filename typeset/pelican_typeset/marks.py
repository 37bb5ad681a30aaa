"""Find the marks of one block, and what stands around each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pelican_typeset.blocks import APOSTROPHE, NOTE, OBJECT, ZERO_WIDTH, Block, Element, primary
from pelican_typeset.single_marks import (
    ELIDED,
    HEBREW_PREFIX,
    LIKELY,
    NO,
    POSSESSIVE,
    PROBABLE,
    SURE,
    Single,
    find_ands,
    judge_single,
)

GUILLEMETS = "«»‹›"
STRAIGHT = "\"'"
SINGLES = ("'", APOSTROPHE)
MARK = re.compile("[«»‹›“”„‘’‚「」『』\"']")
# Two signs typed for one mark. Two singles are one only where two commas or two backticks are, and << >> only in
# languages with « ».
TYPED = {"<<": "«", ">>": "»", ",,": "„", "``": "“", "''": "”"}
TYPED_SIGNS = r"(?<!<)<<(?!<)|(?<!>)>>(?!>)|,,(?=[^\s,])|''(?!\w)"
MARK_OR_TYPED = re.compile(f"{TYPED_SIGNS}|{MARK.pattern}")
MARK_OR_LATEX = re.compile(rf"``(?=\S)|''(?!\w)|{MARK.pattern}")
INK = re.compile(rf"[^\s{ZERO_WIDTH}]")
DIALECT = 3  # how many words cut short make a paragraph one of dialect
GOES_ON = re.compile(r"\s['’]?[a-zà-ÿ]")


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
        return is_edge(self.before, "Ps", "\"'/¿¡")

    @property
    def looks_open(self) -> bool:
        """Whether the outside of a quotation is before it and the inside after it."""
        if self.char in STRAIGHT:
            before, after = self.outside
            if self.before in SINGLES and before.isalpha() and after.isalnum():  # l'"olio"
                return True
            return is_edge(before, "Ps", "/¿¡>") and not is_edge(after, "Pe", "/.,;:!?…")
        return self.may_open and not is_edge(self.after, "Pe", "\"'/.,;:!?…")

    @property
    def is_closed_up(self) -> bool:
        """Whether no space is on its inner side."""
        return not (self.before if self.role == "close" else self.after).isspace()

    @property
    def is_tight(self) -> bool:
        """Whether a visible character is directly before it."""
        return bool(self.before) and not self.before.isspace()


def find_marks(block: Block, typed: str) -> tuple[Sequence[Mark], int]:
    """Find the marks of a block; return how many stretches of words it has too.

    `typed` has the marks that may be typed as two signs: « for `<< x >>`, „ for `,,x''`.
    """
    has_typed = ("„" in typed and ",," in block.text) or ("«" in typed and "<<" in block.text)
    pattern = MARK_OR_TYPED if has_typed else MARK_OR_LATEX if "``" in block.text else MARK
    text, end, ink, found = block.text, 0, 0, list[Mark]()
    for match in pattern.finditer(text):
        at, after = match.span()
        if _is_kept(text, at, match[0]):
            continue
        ink += bool(INK.search(text, end, at))
        before, end = at, after
        while before and text[before - 1] in ZERO_WIDTH:
            before -= 1
        while text[after : after + 1] in ZERO_WIDTH and after < len(text):
            after += 1
        char, element = TYPED.get(match[0], match[0]), block.piece(at).element
        around = text[before - 1 : before], text[after : after + 1]
        found.append(Mark(at, char, *around, ink, element, is_typed=len(match[0]) > 1))
    _look_outside(found)
    ands = find_ands(text)
    for mark in found:
        if mark.char == "'" and mark.at not in ands:
            mark.single = judge_single(text, mark.at, mark.outside, primary(mark.element.lang))
    _pair_spaced([mark for mark in found if mark.single and mark.before.isspace() and mark.after.isspace()])
    singles = [mark for mark in found if mark.single]
    _weigh_doubtful(singles, text)
    _hear_dialect(singles, text)
    return found, ink + bool(INK.search(text, end))


def _is_kept(text: str, at: int, sign: str) -> bool:
    """Return whether it is no mark: an apostrophe inside a word, or after a backslash, so that it stays straight."""
    if sign not in ("'", APOSTROPHE, '"'):
        return False
    before = text[at - 1 : at]
    if sign == '"' or not (before.isalnum() and text[at + 1 : at + 2].isalnum()):
        return before == "\\"
    return not ("א" <= before <= "ת" and HEBREW_PREFIX.search(text[max(0, at - 4) : at]))


def _pair_spaced(singles: Sequence[Mark]) -> None:
    """Let singles with a space on both sides open and close in turn, if there is a closing one for each."""
    for n, mark in enumerate(singles) if len(singles) % 2 == 0 else ():
        mark.single = Single(NO, SURE) if n % 2 else Single(SURE, NO)


def _weigh_doubtful(singles: Sequence[Mark], text: str) -> None:
    """Let a word that may be cut short begin a quotation where a mark that can close one needs a partner.

    A mark after a sign needs one in any case, and takes the first word since the last quotation. One after a letter
    may be an apostrophe: it is believed if it is next, and no other word of the paragraph is cut short.
    """
    cut, depth, is_first = [mark for mark in singles if _is_cut_short(mark)], 0, True
    for mark, (following, needs) in zip(singles, _look_ahead(singles), strict=True):
        opens, closes = mark.single or Single(NO, NO)
        ends = closes >= PROBABLE or (closes == POSSESSIVE and following.closes == NO)
        depth = max(0, depth + (opens == SURE) - ends)
        is_first |= ends or opens == SURE
        if opens not in (PROBABLE, LIKELY) or mark.after.isdigit():
            continue
        is_alone = opens == LIKELY and following.closes >= POSSESSIVE and all(other is mark for other in cut)
        if needs == LIKELY > opens and text[max(0, mark.at - 2) : mark.at - 1].isalpha():  # said 'Arry. 'It is
            mark.single = Single(PROBABLE, NO)
            continue
        begins = depth == 0 and is_first and (needs > NO or is_alone)
        mark.single = Single(SURE if begins else PROBABLE, NO)
        depth, is_first = depth + begins, False


def _look_ahead(singles: Sequence[Mark]) -> Sequence[tuple[Single, int]]:
    """Return for each mark the next one that can open or close, and whether one that must close needs a partner.

    That is NO, if a sure opening comes before it, LIKELY, if a likely one does, or else PROBABLE.
    """
    ahead = [(Single(NO, NO), NO)]
    for mark in reversed(singles):
        following, needs = ahead[-1]
        single = mark.single or Single(NO, NO)
        if single.opens >= PROBABLE or single.closes >= POSSESSIVE:
            following = single
        if single.closes == SURE:
            needs = PROBABLE
        elif needs and single.opens in (LIKELY, SURE):
            needs = LIKELY if single.opens == LIKELY else NO
        ahead.append((following, needs))
    return ahead[-2::-1]


def _is_cut_short(mark: Mark) -> bool:
    """Return whether the word beside the mark is no word without an apostrophe: 'ave, goin', but not '68."""
    opens, closes = mark.single or Single(NO, NO)
    return closes == ELIDED or (opens in (ELIDED, PROBABLE) and not mark.after.isdigit())


def _hear_dialect(singles: Sequence[Mark], text: str) -> None:
    """Where several words are cut short, nothing that may be another one is a quotation mark."""
    judged = [mark.single for mark in singles if mark.single]
    if sum(single.opens in (ELIDED, PROBABLE) or single.closes == ELIDED for single in judged) < DIALECT:
        return
    is_open = False
    for mark in singles:
        opens, closes = mark.single or Single(NO, NO)
        if opens == PROBABLE:
            mark.single = Single(ELIDED, NO)
        elif closes == PROBABLE and not is_open and GOES_ON.match(text, mark.at + 1):
            mark.single = Single(NO, ELIDED)
        is_open = opens == SURE or (is_open and closes < PROBABLE)


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
def is_edge(char: str, brackets: str, punctuation: str) -> bool:
    """Return whether a quotation can begin after, or end before, this character."""
    if not char or char.isspace() or char == NOTE or char in punctuation:
        return True
    return is_wide(char) or unicodedata.category(char) in (brackets, "Pi", "Pf", "Pd")


def is_wide(char: str) -> bool:
    """Return whether the character is of a script without spaces between words."""
    return unicodedata.east_asian_width(char) in "WF"
