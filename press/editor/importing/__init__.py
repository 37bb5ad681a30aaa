"""`inv import`: plain text and Markdown from other programs → leaflets, with a report of how sure each reading is.

The way of a text, in order:

    source_files       find the sources, read their bytes, decode them
    recognise_text     one source → its recognised text; pure, run on all cores:
        lines              split plain text into lines
        furniture          take out page numbers and running heads
        guess_language     of the whole text
        opening            take title and date off the top (printed_dates)
        paragraphs         join the lines that the page broke (lines: words divided by a hyphen)
        escaping           write Markdown, and prove that no word is missing
        notes              list what was changed, and what needs review
        foreign_markdown   in place of all these, for a source that is Markdown (foreign_header: its header)
    placing            give it a slug, a category and a path that are free in the archive (inventory)
    report             say what became of each source

The data all of them pass on is in data_model. Files are written only after placing. Nothing that exists is
overwritten, and a source whose sha256 is in a `Source:` line of the archive is not imported again.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, error
from press.editor.importing.data_model import ImportSettings, RecognisedText
from press.editor.importing.guess_language import load_languages
from press.editor.importing.inventory import Identity, Inventory, read_inventory
from press.editor.importing.placing import identify, place, settle_date
from press.editor.importing.recognise_text import recognise_text
from press.editor.importing.report import ImportReport, SourceOutcome, SourceResult, write_report
from press.editor.importing.source_files import find_sources, read_bytes
from press.model.languages import canonical_tag
from press.model.slugs import make_slug
from press.options import Settings
from press.publish.places import WORK
from press.runtime.files import write_new
from press.runtime.oserrors import describe_os_error
from press.runtime.parallel import map_over_cores
from press.runtime.progress import watch

REPORTS = "imports"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What to import, into which collection, and what the archivist specified."""

    path: Path
    content: Path
    root: Path
    """The project's folder, which has the work folder."""
    today: str
    category: str = ""
    lang: str = ""
    dry: bool = False


def import_texts(options: ImportOptions, site_settings: Settings, report: ImportReport) -> None:
    """Import a file or a folder, and enter each result in the report as soon as it is known.

    Raises Refused for wrong options.
    """
    settings = _check_options(options, site_settings)
    found = find_sources(options.path, options.content)
    report.problems += found.problems
    inventory = read_inventory(options.content)
    before = dict(inventory.texts)
    jobs = list(_open_sources(found.texts, options.content, inventory, report))
    if jobs:
        load_languages(settings)
    texts = map_over_cores(functools.partial(_recognise, settings), jobs)
    for _, text in zip(watch(jobs, "Importing"), texts, strict=True):
        report.items.append(_import_text(text, inventory, before, settings, options))
    report.items.sort(key=lambda item: item.name)


def keep_report(options: ImportOptions, report: ImportReport) -> Path | None:
    """Write the full report below the work folder, which is never published, and return its path.

    Returns None for a dry run, or where nothing was imported or refused. Raises Refused if it cannot be written.
    """
    if options.dry or not report.has_news:
        return None
    data = write_report(report, with_problems=True).encode("utf-8", "backslashreplace")
    file = options.root / WORK / REPORTS / f"{options.today}-{hashlib.sha256(data).hexdigest()[:8]}.txt"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as wrong:
        problem = describe_os_error(wrong, display_path(file))
        message = f"{problem.message} Only this report is missing: the texts have been imported."
        raise Refused([replace(problem, message=message)]) from None
    return file


def _check_options(options: ImportOptions, site_settings: Settings) -> ImportSettings:
    """Check what the archivist typed. Raises Refused."""
    problems = []
    if not options.content.is_dir():
        message = "there is no such folder. Name the folder of the texts."
        problems.append(error(display_path(options.content), 0, "no-content", message))
    if options.category and not make_slug(options.category):
        message = f"“{options.category}” has no letter or figure to make an address from. Use a name that has."
        problems.append(error("--category", 0, "no-slug", message))
    if options.lang and canonical_tag(options.lang) != options.lang:
        message = f"“{options.lang}” is not a language tag. Write en, fr, de-CH or another tag from BCP 47."
        problems.append(error("--lang", 0, "lang", message))
    if problems:
        raise Refused(problems)
    markdown = site_settings["MARKDOWN"]
    configs = json.dumps(markdown.get("extension_configs", {}), sort_keys=True)
    return ImportSettings(
        site_settings["DEFAULT_LANG"], options.today, options.lang, tuple(markdown["extensions"]), configs
    )


def _open_sources(
    texts: Sequence[tuple[Path, str]], content: Path, inventory: Inventory, report: ImportReport
) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each new source; enter unreadable, known and duplicate ones in the report."""
    seen: dict[str, str] = {}
    for path, name in texts:
        data = read_bytes(path)
        if isinstance(data, Diagnostic):
            report.items.append(SourceResult(name, SourceOutcome.REFUSED, problems=(data,)))
            continue
        sha256 = hashlib.sha256(data).hexdigest()
        known = inventory.sources.get(sha256)
        if known:
            report.items.append(SourceResult(name, SourceOutcome.KNOWN, display_path(content / known)))
        elif sha256 in seen and data.strip():
            report.items.append(SourceResult(name, SourceOutcome.DUPLICATE, seen[sha256]))
        else:
            seen[sha256] = name
            yield name, data


def _recognise(settings: ImportSettings, job: tuple[str, bytes]) -> RecognisedText:
    return recognise_text(job[1], job[0], settings)


def _import_text(
    recognised: RecognisedText,
    inventory: Inventory,
    before: Mapping[Identity, str],
    settings: ImportSettings,
    options: ImportOptions,
) -> SourceResult:
    """Place a recognised text and write its leaflet, unless the archive already had the same text."""
    path = text = ""
    if not recognised.problems:
        settle_date(recognised, settings)
        same_text = before.get(identify(recognised), "")
        if same_text:
            return SourceResult(recognised.name, SourceOutcome.SAME_TEXT, display_path(options.content / same_text))
        path, text = place(recognised, inventory, settings, options.category)
    if path and not options.dry:
        recognised.problems += write_new(options.content / path, text)
    if recognised.problems:
        return SourceResult(recognised.name, SourceOutcome.REFUSED, problems=_locate_problems(recognised, options))
    shown = display_path(options.content / path)
    return SourceResult(recognised.name, SourceOutcome.IMPORTED, shown, tuple(recognised.notes))


def _locate_problems(recognised: RecognisedText, options: ImportOptions) -> tuple[Diagnostic, ...]:
    """Name the source in its problems by the path the archivist typed."""
    shown = display_path(options.path / recognised.name if options.path.is_dir() else options.path)
    problems = recognised.problems
    return tuple(replace(problem, path=shown) if problem.path == recognised.name else problem for problem in problems)
