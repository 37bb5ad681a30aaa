"""Find the quotations that run over several sibling paragraphs or items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..markup import Block, Element
from .pairs import GUILLEMETS, Mark, Passage, pair_marks

# What may open in one paragraph and close in a later one, and what closes it.
RUNNING = {"«": "»", "‹": "›", "»": "«", "›": "‹", "„": "”“"}
QUIET_PARAGRAPHS = 20  # how many paragraphs in a row a quotation may run through without a mark of its own


@dataclass(slots=True)
class _Run:
    """A quotation that was opened in one paragraph and waits for its end in a later one."""

    first: int
    block: Block
    opening: Mark
    leads: list[Mark] = field(default_factory=list)
    quiet: int = 0

    @property
    def kin(self) -> str:
        return GUILLEMETS if self.opening.char in GUILLEMETS else "„“”"

    def is_lead(self, mark: Mark) -> bool:
        """Say whether a mark at the head of a paragraph carries the quotation on: `«`, or the old French `»`."""
        return mark.ink == 0 and mark.char in (self.opening.char, "»" if self.opening.char == "«" else "")

    def ends_with(self, passage: Passage) -> bool:
        """Say whether the paragraph is quoted from end to end: the last of a run that repeats its mark."""
        if not passage.marks or not (self.opening.ink == 0 or self.leads):
            return False
        head = passage.marks[0]
        whole = head.partner is not None and head.partner.ink == passage.ink
        return whole and head.role == "open" and self.is_lead(head)


def join_paragraphs(passages: Sequence[Passage]) -> None:
    """Mark the ends and the leading marks of quotations that run over paragraphs, and deepen what is inside."""
    run: _Run | None = None
    for n, passage in enumerate(passages):
        loose = passage.loose
        if run and passage.block.section != run.block.section:
            run = None
        if run:
            if not _families(passage.block) & _families(run.block):
                continue
            run, loose = _follow(run, n, passages)
        if run is None and loose:
            run = _begin(n, passage.block, loose)


def _families(block: Block) -> set[Element | None]:
    """Give the elements within which a `p` or `li` has siblings; a footnote has none."""
    host, found = block.pieces[0].element.block, set[Element | None]()
    if host and host.name == "p":
        host = host.parent
        found.add(host)
    if host and host.name == "li" and not _is_note(host):
        found.add(host.parent)
    return found


def _is_note(item: Element) -> bool:
    """Know the footnotes of Python-Markdown, docutils and pandoc."""
    element: Element | None = item
    for _ in range(3):
        if element:
            if element.attributes.get("id", "").startswith("fn") or "footnote" in element.attributes.get("class", ""):
                return True
            element = element.parent
    return False


def _begin(n: int, block: Block, loose: Sequence[Mark]) -> _Run | None:
    """Begin a run with the one mark that can open it; two are a riddle."""
    for kin in (GUILLEMETS, "„“”"):
        marks = [mark for mark in loose if mark.char in kin]
        if len(marks) == 1 and marks[0].char in RUNNING:
            mark = marks[0]
            opens = mark.looks_open or (mark.may_open and mark.char in "«‹")
            return _Run(n, block, mark) if opens and _families(block) else None
    return None


def _follow(run: _Run, n: int, passages: Sequence[Passage]) -> tuple[_Run | None, Sequence[Mark]]:
    """Take a run through its next paragraph; give what is left of the run and of the loose marks."""
    passage = passages[n]
    if run.opening.char == "„" and not passage.marks:
        pair_marks(passage)
    loose = [mark for mark in passage.loose if mark.char in run.kin]
    leads = loose[:1] if loose and run.is_lead(loose[0]) and passage.ink else []
    rest = loose[len(leads) :]
    if rest and rest[0].char in RUNNING[run.opening.char] and not rest[0].looks_open:
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


def _finish(run: _Run, inside: Sequence[Passage]) -> None:
    """Give the marks of a run their roles, and start what stands inside it one level deeper."""
    run.opening.role = "open"
    for lead in run.leads:
        lead.role = "lead"
    for passage in inside:
        if not passage.marks:
            pair_marks(passage)
        passage.base = 1
        passage.wanted = run.opening.char in GUILLEMETS
