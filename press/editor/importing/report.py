"""The report of an import, text by text: short for the terminal, in full for the file."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from press.diagnostics import Diagnostic, Level
from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.plain.lines import make_printable

FEW_TEXTS = 3
"""Up to this many texts, the terminal shows every note; for more, only those that need review."""
MOST_SHOWN = 20
"""Of texts to review on the terminal, if the file of the report has the others."""


class SourceOutcome(enum.Enum):
    """What became of a source."""

    IMPORTED = "imported"
    KNOWN = "already in the archive"
    DUPLICATE = "identical to another file"
    SAME_TEXT = "already in the archive in another form"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SourceResult:
    """One source, what became of it, and the text that it is now or already was."""

    name: str
    outcome: SourceOutcome
    path: str = ""
    notes: tuple[Note, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do."""

    items: list[SourceResult] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    """Of files that are not sources."""
    dry: bool = False
    untried: int = 0
    """How many sources were not read, because the import was stopped or the disk was full."""

    @property
    def all_problems(self) -> list[Diagnostic]:
        """Every problem, sorted."""
        return sorted([*self.problems, *(problem for item in self.items for problem in item.problems)])

    @property
    def has_news(self) -> bool:
        """Whether anything was imported or refused."""
        return bool(self.all_problems) or any(item.outcome is SourceOutcome.IMPORTED for item in self.items)


def write_report(report: ImportReport, *, whole: bool = True, with_problems: bool = False) -> str:
    """Return the report: for each text what was recognised and with what confidence, then a summary.

    Only what needs review is shown unless `whole`. `with_problems` is for the file: on the terminal each problem is
    a diagnostic already.
    """
    items = [list(_format_item(item, whole, report.dry)) for item in report.items]
    items = [item for item in items if item]
    shown = items if whole or report.dry else items[:MOST_SHOWN]
    lines = [line for item in shown for line in item]
    if len(items) > len(shown):
        lines += ["", f"The full report has {len(items) - len(shown):,} more. To review: {_count_topics(report)}."]
    if with_problems and report.all_problems:
        lines += ["", "Refused or left out:", *(f"    {problem}" for problem in report.all_problems)]
    return "\n".join([*lines, "", summarise(report)]).lstrip("\n") + "\n"


def summarise(report: ImportReport) -> str:
    """Return in one line what became of all sources."""
    counts = Counter(item.outcome for item in report.items)
    reviews = sum(any(_needs_review(note) for note in item.notes) for item in report.items)
    imported = f"{counts[SourceOutcome.IMPORTED]:,} {'would be imported' if report.dry else 'imported'}"
    known = (SourceOutcome.KNOWN, SourceOutcome.DUPLICATE, SourceOutcome.SAME_TEXT)
    refused = counts[SourceOutcome.REFUSED] + sum(problem.level is Level.ERROR for problem in report.problems)
    left_out = sum(problem.level is not Level.ERROR for problem in report.problems)
    parts = [
        f"{imported} ({reviews:,} to review)" if reviews else imported,
        *(f"{counts[outcome]:,} {outcome.value}" for outcome in known if counts[outcome]),
        *([f"{refused:,} refused"] if refused else []),
        *([f"{left_out:,} left out"] if left_out else []),
        *([f"{report.untried:,} not tried"] if report.untried else []),
    ]
    return ", ".join(parts) + "."


def _count_topics(report: ImportReport) -> str:
    """Return in how many texts each topic needs review, the most frequent first."""
    counts = Counter(topic for item in report.items for topic in {n.topic for n in item.notes if _needs_review(n)})
    return ", ".join(f"{topic} ({number:,})" for topic, number in sorted(counts.items(), key=lambda c: (-c[1], c[0])))


def _format_item(item: SourceResult, whole: bool, dry: bool) -> Iterator[str]:
    reviews = [note for note in item.notes if _needs_review(note)]
    path = make_printable(item.path)
    if item.outcome is SourceOutcome.REFUSED or (item.outcome is SourceOutcome.KNOWN and not whole):
        return
    if item.outcome is not SourceOutcome.IMPORTED:
        yield from [] if item.outcome is SourceOutcome.KNOWN else [""]
        yield f"{item.name}: {item.outcome.value}: {path}"
        return
    if whole or reviews:
        yield ""
        yield f"{path}, from {item.name}" + (" (not written)" if dry else "")
        yield from _format_notes(sorted(item.notes, key=lambda n: -n.confidence) if whole else reviews)


def _format_notes(notes: Sequence[Note]) -> Iterator[str]:
    for note in notes:
        place = f" (line {note.line})" if note.line else ""
        yield f"    {note.confidence.name.lower():<7} {note.topic}: {note.message}{place}"


def _needs_review(note: Note) -> bool:
    return note.confidence is Confidence.REVIEW
