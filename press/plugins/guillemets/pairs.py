"""Find which marks of a text belong together: in one block on a stack, then over sibling paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from .blocks import OBJECT, RAISED, Block

GUILLEMETS = "«»‹›"
# What may open in one paragraph and close in a later one, and what closes it.
RUNNING = {"«": "»", "‹": "›", "»": "«", "›": "‹", "„": "”“"}
MARK = re.compile("[«»‹›“”„‘’‚「」『』\"']")
# What each mark may close. A straight mark also ends what a German keyboard began with „.
CLOSES = {"»": "«", "›": "‹", "«": "»", "‹": "›", '"': '"„', "“": "„", "”": "“„”"}
CLOSES |= {"‘": "‚", "’": "‘‚", "'": "'", "」": "「", "』": "『"}
SAME_ON_BOTH_SIDES = ("fi", "sv")  # where »so» is a quotation too
ZERO_WIDTH = (
    "\N{SOFT HYPHEN}\N{ARABIC LETTER MARK}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{WORD JOINER}\N{LEFT-TO-RIGHT ISOLATE}"
    "\N{RIGHT-TO-LEFT ISOLATE}\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}\N{ZERO WIDTH NO-BREAK SPACE}"
)
INK = re.compile(rf"[^\s{ZERO_WIDTH}]")
# English words that begin with an apostrophe, and decades ('30s).
ELIDED = re.compile(r"(?:tis|twas|twere|twill|twould|til|till|em|cause|neath|n|round)\b|\d", re.IGNORECASE)
QUIET_PARAGRAPHS = 20  # how many paragraphs in a row a quotation may run through without a mark of its own


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
    role: Literal["", "open", "close", "lead", "none"] = ""
    """`lead` repeats the opening mark on a later paragraph; `none` is known to be no quotation mark."""
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

    def follows(self, mark: Mark) -> bool:
        """Say whether nothing but space stands between `mark`, the one before, and this."""
        return self.ink == mark.ink


@dataclass(slots=True, eq=False)
class Passage:
    """A block, its marks in order, and how deep in a quotation from earlier paragraphs it begins."""

    block: Block
    marks: list[Mark] = field(default_factory=list)
    ink: int = 0
    base: int = 0
    wanted: bool = False
    """Stands in a quotation from earlier paragraphs that has guillemets."""
    loose: list[Mark] = field(default_factory=list)
    """The marks that found no partner in the block and stand in no quotation."""


def _is_edge(char: str, brackets: str, punctuation: str) -> bool:
    """Say whether a quotation may begin after, or end before, this character."""
    return (
        not char
        or char.isspace()
        or char == RAISED
        or char in punctuation
        or unicodedata.category(char) in (brackets, "Pi", "Pf", "Pd")
        or unicodedata.east_asian_width(char) in "WF"  # scripts that put no space between words
    )


def _neighbour(text: str, at: int, step: int) -> str:
    at += step
    while 0 <= at < len(text) and text[at] in ZERO_WIDTH:
        at += step
    return text[at] if 0 <= at < len(text) else ""


def pair_marks(passage: Passage) -> None:
    """Pair the marks of one block on a stack, and note those left over."""
    text, end = passage.block.text, 0
    for match in MARK.finditer(text):
        at = match.start()
        passage.ink += bool(INK.search(text, end, at))
        end = match.end()
        mark = Mark(at, match[0], _neighbour(text, at, -1), _neighbour(text, at, 1), passage.ink)
        passage.marks.append(mark)
    passage.ink += bool(INK.search(text, end))
    stack = _Stack(passage)
    for mark in passage.marks:
        stack.take(mark)
    depth = 0
    for mark in passage.marks:
        depth += {"open": 1, "close": -1}.get(mark.role, 0)
        if depth == 0 and not mark.role:
            passage.loose.append(mark)


class _Stack:
    """The opening marks that still wait for their partners."""

    def __init__(self, passage: Passage) -> None:
        self._block = passage.block
        self._waiting: list[Mark] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._next = dict(pairwise(mark for mark in passage.marks if mark.char in GUILLEMETS))

    def take(self, mark: Mark) -> None:
        """Let a mark close what it can, or wait if it can open."""
        place = self._find_partner(mark)
        if place >= 0:
            self._pair(self._waiting[place], mark)
            while len(self._waiting) > place:
                self._places[self._waiting.pop().char].pop()
        elif self._opens(mark):
            self._places[mark.char].append(len(self._waiting))
            self._waiting.append(mark)

    def _last(self, chars: str) -> int:
        return max((self._places[char][-1] for char in chars if self._places[char]), default=-1)

    def _find_partner(self, mark: Mark) -> int:
        """Give the place of the waiting mark that this one closes, or -1."""
        place = self._last(CLOSES.get(mark.char, ""))
        if mark.char in "»›":
            if place >= 0:
                return -1 if self._begins_reversed(mark) else place
            twins = self._block.part(mark.at).lang.lower().startswith(SAME_ON_BOTH_SIDES)
            return self._last(mark.char) if twins and mark.is_tight and not mark.looks_open else -1
        if mark.looks_open:
            return -1
        if not mark.is_tight:
            place = self._last({'"': '"', "”": "“”"}.get(mark.char, ""))  # « a » has taught some writers " a "
        if mark.char in "«‹":
            return place if place > self._last(mark.char) else -1
        if mark.char in "'’" and mark.after.isalnum():
            return -1
        return place if place > self._last(GUILLEMETS) else -1  # a guillemet outranks other marks

    def _begins_reversed(self, mark: Mark) -> bool:
        """Say whether `»` begins a `»…«` within an open `«`, which a third mark then closes."""
        second = self._next.get(mark)
        third = self._next.get(second) if second else None
        return (
            mark.looks_open
            and second is not None
            and second.char == CLOSES[mark.char]
            and second.is_tight
            and not second.looks_open
            and third is not None
            and third.char == mark.char
        )

    def _opens(self, mark: Mark) -> bool:
        if mark.char in "«‹":  # also after a colon or a bracket, but not where »so.« ends
            ends = mark.before in ".,!?…" and not mark.after.strip()
            return mark.may_open or not (ends or mark.before.isalnum() or mark.before == OBJECT)
        if mark.char == "'":
            return self._is_inner_single(mark)
        if mark.char in "„‚「『":
            return True
        inside = mark.after and not mark.after.isspace() and not (mark.char == "‘" and mark.after.isdigit())
        return mark.may_open and bool(inside or mark.char == '"') and mark.char not in "’」』"

    def _is_inner_single(self, mark: Mark) -> bool:
        """Say whether a straight single begins a quotation: right after an opening mark, and no `'Tis`."""
        right_after = self._waiting and mark.follows(self._waiting[-1])
        return bool(right_after and mark.after.isalpha()) and not ELIDED.match(self._block.text, mark.at + 1)

    def _pair(self, opening: Mark, closing: Mark) -> None:
        links = self._block.part(opening.at).link, self._block.part(closing.at).link
        if closing.ink == opening.ink or (0 not in links and links[0] != links[1]):
            opening.role = closing.role = "none"  # nothing between them, or navigation
        else:
            opening.role, closing.role = "open", "close"
            opening.partner, closing.partner = closing, opening


@dataclass(slots=True)
class _Run:
    """A quotation that was opened in one paragraph and waits for its end in a later one."""

    first: int
    block: Block
    opening: Mark
    leads: list[Mark] = field(default_factory=list)
    quiet: int = 0

    def loose(self, passage: Passage) -> list[Mark]:
        """Give the loose marks of a paragraph that have to do with this run."""
        kin = GUILLEMETS if self.opening.char in GUILLEMETS else "„“”"
        return [mark for mark in passage.loose if mark.char in kin]

    def is_lead(self, mark: Mark) -> bool:
        """Say whether a mark at the head of a paragraph carries the quotation on: `«`, or the old French `»`."""
        return mark.ink == 0 and mark.char in (self.opening.char, "»" if self.opening.char == "«" else "")

    def is_end(self, mark: Mark) -> bool:
        return mark.char in RUNNING[self.opening.char] and not mark.looks_open

    def ends_with(self, passage: Passage) -> bool:
        """Say whether the paragraph is quoted from end to end: the last of a run that repeats its mark."""
        if not passage.marks or not (self.opening.ink == 0 or self.leads):
            return False
        head = passage.marks[0]
        whole = head.partner is not None and head.partner.ink == passage.ink
        return whole and head.role == "open" and self.is_lead(head)


def join_paragraphs(passages: list[Passage]) -> None:
    """Find the quotations that run over sibling paragraphs or items, and mark their ends and leading marks."""
    run: _Run | None = None
    for n, passage in enumerate(passages):
        block, begins = passage.block, passage.loose
        if run and block.section != run.block.section:
            run = None
        if run:
            if not block.families & run.block.families:
                continue
            run, begins = _follow(run, n, passages)
        if run is None and block.families:
            run = _begin_run(n, block, begins)


def _begin_run(n: int, block: Block, loose: list[Mark]) -> _Run | None:
    """Begin a run with the one mark that can open it; two are a riddle."""
    for kin in (GUILLEMETS, "„“”"):
        marks = [mark for mark in loose if mark.char in kin]
        if len(marks) == 1 and marks[0].char in RUNNING:
            mark = marks[0]
            return _Run(n, block, mark) if mark.looks_open or (mark.may_open and mark.char in "«‹") else None
    return None


def _follow(run: _Run, n: int, passages: list[Passage]) -> tuple[_Run | None, list[Mark]]:
    """Take a run through its next paragraph; give what is left of the run and of the loose marks."""
    passage = passages[n]
    if run.opening.char == "„" and not passage.marks:
        pair_marks(passage)
    loose = run.loose(passage)
    leads = loose[:1] if loose and run.is_lead(loose[0]) and passage.ink else []
    rest = loose[len(leads) :]
    if rest and run.is_end(rest[0]):
        run.leads += leads
        _finish(run, passages[run.first + 1 : n + 1])
        rest[0].role = "close"
        return None, rest[1:]
    if rest:
        return None, passage.loose
    if leads:
        run.leads += leads
        run.quiet = 0
    elif run.ends_with(passage):
        _finish(run, passages[run.first + 1 : n])
        return None, []
    else:
        run.quiet += 1
    return run if run.quiet <= QUIET_PARAGRAPHS else None, []


def _finish(run: _Run, inside: list[Passage]) -> None:
    """Give the marks of a run their roles, and start what stands inside it one level deeper."""
    run.opening.role = "open"
    for lead in run.leads:
        lead.role = "lead"
    for passage in inside:
        if not passage.marks:
            pair_marks(passage)
        passage.base = 1
        passage.wanted = run.opening.char in GUILLEMETS
