"""The gate: before Pelican starts, every path and header is looked at. What comes out is entries, or problems.

Files come first, each by itself; then, if every one of them is sound, the addresses that they would have together.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from press.diagnostics import Diagnostic, Level, Refused, error
from press.model.archive import Archive, arrange
from press.model.entry import Entry
from press.model.ledger import find_unlisted, read_ledger, settle_addresses
from press.model.plan import list_lasting
from press.runtime.parallel import WorkerDied, map_over_cores, problem_of_death
from press.validate.addresses import (
    find_old_addresses,
    find_slug_clashes,
    find_url_clashes,
    find_wrong_translations,
)
from press.validate.paths import LEDGER, walk_content
from press.validate.sources import Source, find_future, read_source
from press.validate.svg import find_live_drawing
from press.validate.text import read_text

if TYPE_CHECKING:
    from press.cache.known import Known


@dataclass(frozen=True, slots=True)
class Rules:
    """What a run of the gate is told beside the folder."""

    lang: str
    """The language of texts whose header names none."""
    until: datetime.date = datetime.date.max
    """The last day that a date may be."""
    vanishing: Level = Level.ERROR
    """How much it matters that a published address would vanish."""
    whole_ledger: bool = False
    """Whether every address must stand in the ledger."""
    jobs: int = 0
    """How many processes read at once; as many as there are cores if 0."""
    drafts: bool = False
    """Whether drafts come into the archive: for a preview, and never for a site that is published."""


@dataclass(slots=True)
class Survey:
    """What the gate found in a content folder."""

    entries: list[Entry] = field(default_factory=list)
    """Drafts too."""
    statics: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    archive: Archive = field(default_factory=lambda: arrange([]))
    """The published entries; in a preview, the drafts too."""

    @property
    def drafts(self) -> int:
        """How many texts are held back."""
        return sum(entry.draft for entry in self.entries)


def validate_content(content: Path, shown: str, rules: Rules, known: Known | None = None) -> Survey:
    """Look at a whole content folder; `shown` is how problems name it, `known` has what passed before.

    Everything wrong in the folder is in the result's `problems`; raises Refused where a worker died.
    """
    missing = find_missing_content(content, shown)
    if missing:
        return Survey(problems=missing)
    found = walk_content(content, shown)
    sources = _read_sources(content, shown, found.texts, rules, known)
    survey = Survey([s.entry for s in sources if s.entry], found.statics, found.ignored, found.problems)
    survey.problems += [problem for source in sources for problem in source.problems]
    for path in found.statics:
        if path.lower().endswith(".svg"):
            survey.problems += find_live_drawing(content / path, f"{shown}/{path}")
    survey.archive = arrange(entry for entry in survey.entries if rules.drafts or not entry.draft)
    survey.problems += [*find_slug_clashes(sources), *find_wrong_translations(sources)]
    if not survey.problems:
        survey.archive, problems = _settle(survey.archive, sources, content / LEDGER, f"{shown}/{LEDGER}", rules)
        survey.problems += problems or find_url_clashes(survey.archive, survey.statics, sources, shown)
    if not survey.problems and not survey.archive.leaflets:
        message = (
            "the folder has no text to publish. Put a Markdown file with a header into it (docs/editing.md), or name "
            "another folder."
        )
        survey.problems.append(error(shown, 0, "no-leaflet", message))
    survey.problems.sort()
    return survey


def _read_sources(content: Path, shown: str, paths: Sequence[str], rules: Rules, known: Known | None) -> list[Source]:
    """Read the sources that are not known; each is judged by the day of this build."""
    passed = known.recall(paths, rules.lang, shown) if known else {}
    absent = [path for path in paths if path not in passed]

    def read(path: str) -> Source:
        return read_source(content / path, path, f"{shown}/{path}", lang=rules.lang)

    try:
        fresh = dict(zip(absent, map_over_cores(read, absent, rules.jobs), strict=True))
    except WorkerDied as died:
        raise Refused([problem_of_death(died, f"{shown}/{died.item}", "reading this text")]) from None
    if known:
        known.keep(fresh, paths, rules.lang)
    sources = [passed.get(path) or fresh[path] for path in paths]
    for source in sources:
        source.problems += find_future(source, rules.until)
    return sources


def find_missing_content(content: Path, shown: str) -> list[Diagnostic]:
    """Find that there is no content folder."""
    message = "there is no such folder. Name the folder of the texts."
    return [] if content.is_dir() else [error(shown, 0, "no-content", message)]


def _settle(
    archive: Archive, sources: Sequence[Source], ledger: Path, shown: str, rules: Rules
) -> tuple[Archive, list[Diagnostic]]:
    """Give the archive its redirects and tombstones, from the texts' headers and from the ledger."""
    pages = list_lasting(archive)
    moved, problems = find_old_addresses(sources, pages)
    text, wrong = read_text(ledger.read_bytes(), shown) if ledger.is_file() else ("", [])
    addresses, unreadable = read_ledger(text, shown)
    outcome = settle_addresses(addresses, set(pages), moved, shown, rules.vanishing)
    problems += [*wrong, *unreadable, *outcome.problems]
    if rules.whole_ledger:
        problems += find_unlisted(addresses, pages, shown)
    redirects = {**moved, **outcome.redirects}
    return replace(archive, redirects=redirects, tombstones=outcome.tombstones), problems
