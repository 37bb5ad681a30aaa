"""What an import did, text by text, for the terminal and for the file."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from press.diagnostics import Diagnostic, Level
from press.editor.importing.recognised import Note, Sureness

FEW = 3
"""Texts that the terminal tells everything of; of more, what a person should look at."""


class Outcome(enum.Enum):
    """What became of a source."""

    IMPORTED = "imported"
    KNOWN = "in the archive already"
    SAME = "the same file under another name"
    TWIN = "in the archive already, in another form"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Item:
    """One source, what became of it, and the text it is now or was before."""

    name: str
    outcome: Outcome
    path: str = ""
    notes: tuple[Note, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do."""

    items: list[Item] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    """Of what is no source at all."""
    dry: bool = False

    @property
    def all_problems(self) -> list[Diagnostic]:
        """Every problem, sorted."""
        return sorted([*self.problems, *(problem for item in self.items for problem in item.problems)])

    @property
    def has_news(self) -> bool:
        """Whether anything was imported or refused."""
        return bool(self.all_problems) or any(item.outcome is Outcome.IMPORTED for item in self.items)


def write_report(report: ImportReport, *, whole: bool = True) -> str:
    """Write the report: of each text what was recognised, how sure, and what to look at; a summary at the end."""
    lines = [line for item in report.items for line in _tell_item(item, whole, report.dry)]
    refused = [f"    {problem}" for problem in report.all_problems] if whole else []
    if refused:
        lines += ["", "Refused or left out:", *refused]
    return "\n".join([*lines, "", summarise(report)]).lstrip("\n") + "\n"


def summarise(report: ImportReport) -> str:
    """Say in one line what became of all sources."""
    counts = Counter(item.outcome for item in report.items)
    looks = sum(any(n.sureness is Sureness.LOOK for n in item.notes) for item in report.items)
    verb = "would be imported" if report.dry else "imported"
    parts = [f"{counts[Outcome.IMPORTED]:,} {verb}" + (f" ({looks:,} to look at)" if looks else "")]
    parts += [f"{counts[o]:,} {o.value}" for o in (Outcome.KNOWN, Outcome.SAME, Outcome.TWIN) if counts[o]]
    refused = counts[Outcome.REFUSED] + sum(problem.level is Level.ERROR for problem in report.problems)
    left_out = sum(problem.level is not Level.ERROR for problem in report.problems)
    parts += [f"{refused:,} refused"] if refused else []
    parts += [f"{left_out:,} left out"] if left_out else []
    return ", ".join(parts) + "."


def _tell_item(item: Item, whole: bool, dry: bool) -> Iterator[str]:
    looks = [note for note in item.notes if note.sureness is Sureness.LOOK]
    if item.outcome is Outcome.REFUSED or (item.outcome is Outcome.KNOWN and not whole):
        return
    if item.outcome is not Outcome.IMPORTED:
        yield from [] if item.outcome is Outcome.KNOWN else [""]
        yield f"{item.name}: {item.outcome.value}: {item.path}"
        return
    if whole or looks:
        yield ""
        yield f"{item.path}, from {item.name}" + (" (not written)" if dry else "")
        yield from _tell_notes(sorted(item.notes, key=lambda n: -n.sureness) if whole else looks)


def _tell_notes(notes: Sequence[Note]) -> Iterator[str]:
    for note in notes:
        place = f" (line {note.line})" if note.line else ""
        yield f"    {note.sureness.name.lower():<7} {note.topic}: {note.said}{place}"
