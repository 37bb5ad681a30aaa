"""The stage `validate`: check every path and every header before anything else.

Each file is checked by itself first, then the addresses of all together. A text with an error is left out
of the archive, and the others go on, so that one run finds everything that is wrong.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from press.diagnostics import Diagnostic, Level, error, warning
from press.model.archive import Archive, arrange
from press.model.entry import Entry
from press.model.ledger import Address, LedgerOutcome, find_unlisted, read_ledger, settle_addresses
from press.model.names_file import Names, read_names
from press.model.plan import list_lasting, list_paths
from press.model.planned import PlannedPage
from press.validate.addresses import (
    find_old_addresses,
    find_owners,
    find_slug_clashes,
    find_url_clashes,
    find_wrong_translations,
)
from press.validate.paths import LEDGER, NAME_FORMS, ContentPaths
from press.validate.sources import Source, find_future, find_placeholders
from press.validate.svg import find_active_svg
from press.validate.text import check_text


@dataclass(frozen=True, slots=True)
class ValidationOptions:
    """What decides whether a text is valid, beyond the content folder."""

    lang: str
    """The language of the site, and of texts without a `Lang:` line."""
    until: datetime.date = datetime.date.max
    """The last day that a date may name."""
    vanishing: Level = Level.ERROR
    """How serious it is if a published address would vanish."""
    whole_ledger: bool = False
    """Whether every address must be in the ledger."""
    placeholders: Level = Level.WARNING
    """How serious it is if something is still to be written."""
    drafts: bool = False
    """Whether the archive includes drafts: only for a preview, never for a published site."""
    groups: tuple[str, ...] = ()
    """The setting DOWNLOADS_GROUPS."""


@dataclass(slots=True)
class Survey:
    """What validation found in a content folder."""

    entries: list[Entry] = field(default_factory=list)
    """All sound entries, drafts included."""
    statics: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    """What is known of names, from names.txt and from headers."""
    archive: Archive = field(default_factory=lambda: arrange([]))
    """The published entries; in a preview, the drafts too."""
    unread: dict[str, str] = field(default_factory=dict)
    """The sources that are not in the archive because of an error, by the path of the page that each would have."""
    left_out: frozenset[str] = frozenset()
    """Paths that the site lacks because of an error in the ledger or a clash; a link to one is not an error too."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each source and static file, by path below the content folder."""
    buildable: bool = False
    """Whether the site can be built: there is a leaflet, and no two things that cannot be left out have one path."""

    @property
    def drafts(self) -> int:
        """How many texts are drafts."""
        return sum(entry.draft for entry in self.entries)


def validate_content(
    content: Path, shown: str, found: ContentPaths, sources: Sequence[Source], options: ValidationOptions
) -> Survey:
    """Validate a content folder, given what is in it and its sources; `shown` is how diagnostics name it.

    Everything wrong in the folder is in the result's `problems`.
    """
    for source in sources:
        source.problems += find_future(source, options.until)
    survey = Survey(statics=found.statics, ignored=found.ignored, problems=list(found.problems))
    for path in found.statics:
        if path.lower().endswith(".svg"):
            survey.problems += find_active_svg(content / path, f"{shown}/{path}")
    survey.problems += _settle_names(survey, sources, content / NAME_FORMS, f"{shown}/{NAME_FORMS}", options)
    clashes = list(find_slug_clashes(sources))
    clashing = {problem.path for problem in clashes}
    sound = [source for source in sources if source.entry and not source.problems and source.shown not in clashing]
    survey.entries = [source.entry for source in sound if source.entry]
    read = {source.shown for source in sound}
    unread = (source for source in sources if source.shown not in read)
    survey.unread = {source.page: source.shown.removeprefix(f"{shown}/") for source in unread}
    survey.problems += [problem for source in sources for problem in source.problems]
    survey.problems += [*clashes, *find_wrong_translations(sources, survey.unread)]
    published = (e for e in survey.entries if options.drafts or not e.draft)
    survey.archive = arrange(published, survey.names, options.lang)
    addresses, problems = _read_ledger(survey, sources, content / LEDGER, f"{shown}/{LEDGER}", options)
    survey.problems += [*problems, *_settle(survey, sound, addresses, shown, options)]
    if not survey.problems and not survey.archive.leaflets:
        survey.problems.append(_describe_empty(survey, shown, options))
    survey.problems += [problem for source in sources for problem in find_placeholders(source, options.placeholders)]
    survey.problems.sort()
    return survey


def _describe_empty(survey: Survey, shown: str, options: ValidationOptions) -> Diagnostic:
    """Return the problem of an archive without leaflets: a new one may be built, to see its pages, but not published.

    An empty site must not replace a full one.
    """
    if survey.archive.texts and not options.whole_ledger:
        message = "there is no leaflet yet. Begin one with inv new, or delete “Status: draft” from the header of one."
        return warning(shown, 0, "no-leaflet", message)
    message = "the folder has no text to publish. Add a Markdown file with a header, or name another folder."
    return error(shown, 0, "no-leaflet", message)


def find_missing_content(content: Path, shown: str) -> list[Diagnostic]:
    """Report a content folder that does not exist."""
    message = "there is no such folder. Check the path of the content folder."
    return [] if content.is_dir() else [error(shown, 0, "no-content", message)]


def _settle_names(
    survey: Survey, sources: Sequence[Source], file: Path, shown: str, options: ValidationOptions
) -> list[Diagnostic]:
    """Read the file of names, if there is one, and give every entry its names as they are shown."""
    text, wrong = check_text(file.read_bytes(), shown) if file.is_file() else ("", [])
    names, unreadable = read_names(text, shown, options.groups)
    survey.names = names.learn(source.entry for source in sources if source.entry)
    for source in sources:
        source.entry = source.entry and survey.names.settle(source.entry)
    return [*wrong, *unreadable]


def _read_ledger(
    survey: Survey, sources: Sequence[Source], ledger: Path, shown: str, options: ValidationOptions
) -> tuple[list[Address], list[Diagnostic]]:
    """Read the ledger; find what is wrong with its lines, and with the old addresses that headers name."""
    pages = list_lasting(survey.archive)
    _, problems = find_old_addresses(sources, pages)
    text, wrong = check_text(ledger.read_bytes(), shown) if ledger.is_file() else ("", [])
    addresses, unreadable = read_ledger(text, shown)
    unlisted = find_unlisted(addresses, pages, shown) if options.whole_ledger else ()
    return addresses, [*problems, *wrong, *unreadable, *unlisted]


def _settle(
    survey: Survey, sound: Sequence[Source], addresses: Sequence[Address], shown: str, options: ValidationOptions
) -> list[Diagnostic]:
    """Give the archive its redirects and tombstones; leave out what has the address of something else."""
    ledger = f"{shown}/{LEDGER}"
    outcome = _add_old_addresses(survey, sound, addresses, ledger, options)
    kept = outcome.kept
    owners = {address.url: [(ledger, address.line)] for address in addresses if address.url in kept}
    owners |= {path: [(f"{shown}/{path}", 1)] for path in survey.statics} | find_owners(sound)
    clashes = list(find_url_clashes(survey.archive, survey.statics, owners, shown))
    # A clash of two static files prevents nothing, because the disk has both. One that no file of the folder asks
    # for is the program's: with two writers of one page, what the check would find there is true of neither.
    survey.buildable = bool(survey.archive.leaflets) and all(places for _, places in clashes)
    blamed = {place for _, places in clashes for place in places}
    files = {path for path, _ in blamed}
    rest = [source for source in sound if source.shown not in files]
    if len(rest) < len(sound) or ledger in files:
        whole = list_paths(survey.archive)
        _leave_out(survey, [source for source in sound if source.shown in files], shown, options.lang)
        others = [address for address in addresses if (ledger, address.line) not in blamed]
        _settle(survey, rest, others, shown, options)
        survey.left_out |= whole - list_paths(survey.archive)
    return [*outcome.problems, *(problem for problem, _ in clashes)]


def _add_old_addresses(
    survey: Survey, sound: Sequence[Source], addresses: Sequence[Address], ledger: str, options: ValidationOptions
) -> LedgerOutcome:
    """Add the redirects and tombstones from the texts' headers and from the ledger to the archive."""
    pages = set(list_lasting(survey.archive))
    moved, _ = find_old_addresses(sound, pages)
    outcome = settle_addresses(addresses, pages, moved, ledger, options.vanishing, complete=not survey.unread)
    redirects = {**moved, **outcome.redirects}
    published = frozenset([*(address.url for address in addresses), *redirects.values()])
    survey.archive = replace(survey.archive, redirects=redirects, tombstones=outcome.tombstones, published=published)
    survey.left_out |= {PlannedPage(url, "redirect").path for url in outcome.dropped}
    return outcome


def _leave_out(survey: Survey, lost: Sequence[Source], shown: str, lang: str) -> None:
    """Take texts out of the archive, as if they had not passed validation; old addresses are added again later."""
    unread = {source.page: source.shown.removeprefix(f"{shown}/") for source in lost}
    gone = set(unread.values())
    survey.unread |= unread
    survey.entries = [entry for entry in survey.entries if entry.source not in gone]
    texts = survey.archive.texts
    survey.archive = arrange((entry for entry in texts if entry.source not in gone), survey.names, lang)
