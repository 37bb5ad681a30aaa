"""Pair the marks of one block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pelican_typeset.blocks import OBJECT, Block
from pelican_typeset.marks import GUILLEMETS, Mark, find_marks, is_wide
from pelican_typeset.single_marks import ELIDED, POSSESSIVE, PROBABLE, SURE, Single

DOUBLES = f'{GUILLEMETS}“”„"'
# What each mark may close. A straight mark also closes „, which some German keyboards pair with it.
CLOSES = {"»": "«", "›": "‹", "«": "»", "‹": "›", '"': '"„', "“": "„", "”": "“„”"}
CLOSES |= {"‘": "‚", "’": "‘‚", "'": "'", "」": "「", "』": "『"}
CLOSERS = {'"': '"', "«": "»", "“": "”"}  # of a quotation with a prefix
CLOSES_SPACED = {"»": "«", "›": "‹", '"': '"', "”": "“”", "'": "'"}  # some writers space " a " as they do « a »
SAME_ON_BOTH_SIDES = ("fi", "sv")  # languages in which »so» is a quotation too
PAUSES = frozenset(".,:;!?…")  # after one of these a space may be missing
FEET = re.compile(r"[0-9]['′’]\s?[0-9]+[½¼¾]?$")  # 6' 2, before the mark of inches
# Letters that Hebrew and Arabic join to the next word, quoted or not: ו, ה, ב, ל, מ, ש, כ; و, ب, ل, ف, ك, ال.
# In Arabic also any word that lacks its space, and a letter drawn out by a tatweel.
PREFIX = re.compile(r"(?<!\w)[והבלמשכ]{1,3}$|[\u0620-\u064A]$")
QUOTED = re.compile(r"[^\W\d_]{2}|[^\W\d_][\"״]|\s+[^\W\d_]")  # what follows an opening mark: «דבר», "צה"ל", « דבר »
HEBREW = re.compile(r"[א-ת]")
ACRONYM = re.compile(r"[א-ת](?![א-ת])")  # gershayim are before the last letter
MEASURE = re.compile(r"(?<![0-9])[0-9]{1,3}[½¼¾]?$")
# How far a mark that perhaps opens looks for one that perhaps closes; a possessive closes no 'cause or '17.
REACHES = {(SURE, POSSESSIVE): 80, (SURE, PROBABLE): 10**9, (SURE, SURE): 10**9}
REACHES |= {(PROBABLE, PROBABLE): 25, (PROBABLE, SURE): 80}
MARKS_BACK = 50  # how many marks a mark looks past for its partner; keeps hostile text linear


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
    if text.isascii() and '"' not in text and "'" not in text and not ("<<" in text or ",," in text):
        return Passage(block)
    marks, ink = find_marks(block, typed)
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


def _judge_sign(marks: Sequence[Mark], n: int, text: str, waiting: Sequence[Mark]) -> str:
    """Return what a straight double is, if it is no quotation mark: the gershayim of צה"ל, or inches."""
    mark = marks[n]
    if HEBREW.match(mark.before) and HEBREW.match(mark.after):
        return "" if _is_prefixed(marks, n, text) else "gershayim"
    return "measure" if _is_measure(mark, text, waiting) else ""


def _is_prefixed(marks: Sequence[Mark], n: int, text: str) -> bool:
    """Return whether a quotation opens after a letter that Hebrew and Arabic join to it: ה"שלום", و«الحرية»."""
    mark = marks[n]
    if (
        mark.char not in CLOSERS
        or not mark.before.isalpha()
        or not PREFIX.search(text[max(0, mark.at - 4) : mark.at])
    ):
        return False
    if not QUOTED.match(text, mark.at + 1) or (mark.after.isspace() and mark.char != "«"):
        return False
    closers = (other for other in marks[n + 1 : n + MARKS_BACK] if other.char in CLOSERS[mark.char])
    following = next((other for other in closers if not _is_acronym(other, text)), None)
    is_arabic = not HEBREW.match(mark.before)  # where a space may be missing after the quotation too
    return following is not None and not following.looks_open and (is_arabic or not following.after.isalpha())


def _is_acronym(mark: Mark, text: str) -> bool:
    """Return whether a straight double stands where gershayim do: `צה"ל`."""
    return mark.char == '"' and bool(HEBREW.match(mark.before) and ACRONYM.match(text, mark.at + 1))


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
        return mark.char != '"' or mark.looks_open or not mark.is_tight or is_wide(mark.before)
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
    for closing, mark in _closers(marks, n, waiting, from_opening=single.opens == SURE):
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
