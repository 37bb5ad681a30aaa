"""Find the quotations that run over several sibling paragraphs or items.

Each paragraph of such a quotation repeats the opening mark, and the first closing mark of one that began with it ends
the run (Chicago Manual of Style: quotations of more than one paragraph; so in French, Italian and Spanish books). In
other books only the first and the last paragraph have a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pelican_typeset.blocks import Block, Element
from pelican_typeset.marks import GUILLEMETS, Mark
from pelican_typeset.quote_pairs import Passage
from pelican_typeset.single_marks import PROBABLE, SURE

# Marks that can open in one paragraph and close in a later one, and the marks that close them.
RUNNING = {"«": "»", "‹": "›", "»": "«", "›": "‹", "„": "”“", '"': '"', "'": "'"}
RUN_KINDS = (GUILLEMETS, "„“”", '"', "'")
QUIET_PARAGRAPHS = 20  # how many paragraphs in a row a quotation can run through without a mark


@dataclass(slots=True)
class _Run:
    """A quotation that opens in one paragraph and has not yet closed."""

    block: Block
    opening: Mark
    kind: str
    leads: list[Mark] = field(default_factory=list)
    inside: list[Passage] = field(default_factory=list)  # the passages after the first
    quiet: int = 0

    def is_lead(self, mark: Mark) -> bool:
        """Return whether a mark at the head of a paragraph continues the quotation: `«`, or in old French use `»`."""
        return mark.ink == 0 and mark.char in (self.opening.char, "»" if self.opening.char == "«" else "")

    def finish(self, closing: Mark | None = None) -> None:
        """Give the marks their roles, and put the paragraphs inside one level deeper."""
        self.opening.role = "open"
        for lead in self.leads:
            lead.role = "lead"
        for passage in self.inside:
            passage.base = 1
            passage.is_quiet = not any(mark in self.leads or mark is closing for mark in passage.marks)


def join_paragraphs(passages: Sequence[Passage]) -> None:
    """Find the quotations that run over several paragraphs, and give their marks roles and levels."""
    run: _Run | None = None
    for passage in passages:
        block, loose = passage.block, passage.loose
        if run and block.section != run.block.section:
            run = None
        if run and not _families(block) & _families(run.block):
            run.inside.append(passage)
            continue
        if run:
            run, loose = _follow(run, passage)
        if run is None and loose and _families(block):
            run = _begin(passage, loose)
    for passage in passages:
        _open_inside(passage)


def _families(block: Block) -> set[Element | None]:
    """Return the elements in which a `p`, `li` or quotation has siblings; a footnote has no siblings."""
    host, found = block.pieces[0].element.block, set[Element | None]()
    if host and host.name == "p":
        host = host.parent
        found.add(host)
    if host and host.name == "li" and not host.attributes.get("id", "").startswith("fn"):
        found.add(host.parent)
    if host and host.name == "blockquote":
        found.add(host.parent)
    return found


def _begin(passage: Passage, loose: Sequence[Mark]) -> _Run | None:
    """Begin a run with the one mark that can open it; where there are two, nobody can tell which."""
    for kind in RUN_KINDS:
        marks = _of_kind(loose, kind)
        if len(marks) == 1 and marks[0].char in RUNNING:
            opens = marks[0].looks_open or (marks[0].may_open and marks[0].char in "«‹")
            opens &= marks[0].single is None or marks[0].single.opens == SURE
            is_mixed = kind != '"' and any(mark.char == '"' for mark in loose)
            return _Run(passage.block, marks[0], kind) if opens and not is_mixed else None
    return None


def _follow(run: _Run, passage: Passage) -> tuple[_Run | None, Sequence[Mark]]:
    """Take a run through its next paragraph; return the run, if it goes on, and the loose marks left."""
    loose = _of_kind(passage.loose, run.kind)
    head = next((mark for mark in passage.marks if mark.char in run.kind), None)
    if head and head.role == "open" and run.is_lead(head):
        run.finish()
        return None, passage.loose
    leads = loose[:1] if loose and run.is_lead(loose[0]) and passage.ink else []
    rest = loose[len(leads) :]
    if rest and (rest[0].char not in RUNNING[run.opening.char] or rest[0].looks_open):
        return None, passage.loose
    run.inside.append(passage)
    run.leads += leads
    if rest:
        rest[0].role = "close"
        run.finish(rest[0])
        return None, rest[1:]
    run.quiet = 0 if leads else run.quiet + 1
    longest = 0 if run.kind == "'" else QUIET_PARAGRAPHS  # a single without others of its kind may be an apostrophe
    return run if run.quiet <= longest else None, ()


def _of_kind(loose: Sequence[Mark], kind: str) -> Sequence[Mark]:
    """Return the marks of a kind that are no arrows, nor apostrophes."""
    return [
        mark
        for mark in loose
        if mark.char in kind
        and not mark.element.link
        and (mark.single is None or mark.single.opens >= PROBABLE or mark.single.closes == SURE)
    ]


def _open_inside(passage: Passage) -> None:
    """Open the single that follows the first mark of a paragraph and runs on with it: `« 'Dear friends,`."""
    marks = passage.marks
    if len(marks) < 2 or marks[0].ink or marks[1].ink or not marks[1].single or marks[1].role:
        return
    is_running = marks[0].role == "lead" or (marks[0].role == "open" and not marks[0].partner)
    if is_running and marks[1].single.opens == SURE:
        marks[1].role = "open"
