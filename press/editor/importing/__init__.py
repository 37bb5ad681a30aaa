"""`inv import`: texts of any format → leaflets, with a report of how sure each reading is.

The way of a text, in order:

    import_options     check what the archivist typed
    source_files       find the sources, read their bytes
    recognise_text     one source → its recognised text; pure, run on all cores. Which of these, its ending says:
        encodings          decode plain text and Markdown (code_pages, composing)
        plain/             plain text: read_plain calls furniture, columns, opening, paragraphs, note_marks in turn
        foreign/           Markdown of other programs: foreign_markdown takes its header, converts its text
        office/            Word files, OpenDocument, RTF, web pages, EPUBs, AmuseWiki: read_office, through pandoc
        pdf/               PDFs with letters: read_pdf, by the place, size and font of each letter
        scan/              PDFs and pictures without letters: read_scans, through tesseract
    (for all of them)  guess_language; printed_dates; escaping; notes: what the report says; proof: no word is missing
    placing            give it a slug, a category and a path that are free in the archive (inventory)
    report             say what became of each source

The data all of them pass on is in data_model. Files are written only after placing. Nothing that exists is
overwritten, and a source whose sha256 is in an `Imported:` line of the archive is not imported again.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, error
from press.editor.importing.data_model import ImportSettings, RecognisedText
from press.editor.importing.guess_language import load_languages
from press.editor.importing.import_options import ImportOptions, check_options
from press.editor.importing.inventory import Inventory, read_inventory
from press.editor.importing.placing import identify, place, settle_date
from press.editor.importing.recognise_text import recognise_pictures, recognise_text
from press.editor.importing.report import ImportReport, SourceOutcome, SourceResult, write_report
from press.editor.importing.source_files import PLAIN_TYPES, FoundSources, find_sources, hash_source, read_bytes
from press.options import Settings
from press.publish.places import WORK
from press.runtime.files import write_new
from press.runtime.mistakes import describe_mistake
from press.runtime.oserrors import describe_os_error
from press.runtime.parallel import FEW_ITEMS, WorkerDied, count_cores, map_over_cores
from press.runtime.progress import MANY_ITEMS, watch
from press.runtime.signals import signals_held_back

REPORTS = "imports"
_DISK_FAULTS = ("disk-full", "disk-error", "read-only")
"""Errors of writing that would be the same for every text that is left."""
FEW_SLOW = 10
"""Texts that need another program to be read: with more of them, a progress bar is useful."""


def import_texts(options: ImportOptions, site_settings: Settings, report: ImportReport) -> None:
    """Import a file or a folder, and enter each result in the report as soon as it is known.

    Raises Refused for wrong options.
    """
    settings = check_options(options, site_settings)
    found = find_sources(options.path, options.content, ocr=options.ocr)
    report.problems += found.problems
    inventory = read_inventory(options.content)
    jobs = list(_open_sources(found, options.content, inventory, report))
    report.untried = len(jobs)
    if jobs:
        load_languages(settings)
    texts = _recognise_all(jobs, settings, found.pages)
    is_plain = all(path.suffix.lower() in PLAIN_TYPES for path, _ in jobs)
    try:
        for _, text in zip(watch(jobs, "Importing", MANY_ITEMS if is_plain else FEW_SLOW), texts, strict=True):
            with (
                signals_held_back()
            ):  # so that no picture is left without its leaflet, and none missing in the report
                report.items.append(_import_or_refuse(text, inventory, settings, options))
                report.untried -= 1
            if any(problem.rule in _DISK_FAULTS for problem in report.items[-1].problems):
                return
    finally:
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
        message = f"{problem.message} Only this report is missing: what was imported is kept."
        raise Refused([replace(problem, message=message)]) from None
    return file


def _open_sources(
    found: FoundSources, content: Path, inventory: Inventory, report: ImportReport
) -> Iterator[tuple[Path, str]]:
    """Yield path and name of each new source; enter unreadable, known and duplicate ones in the report."""
    seen: dict[tuple[str, str], str] = {}
    for path, name in found.texts:
        sha256 = hash_source(*found.pages.get(path, (path,)))
        if isinstance(sha256, Diagnostic):
            report.items.append(SourceResult(name, SourceOutcome.REFUSED, problems=(sha256,)))
            continue
        known, same = inventory.sources.get(sha256), seen.setdefault((sha256, path.suffix.lower()), name)
        if known:
            report.items.append(SourceResult(name, SourceOutcome.KNOWN, display_path(content / known)))
        elif same != name:
            report.items.append(SourceResult(name, SourceOutcome.DUPLICATE, same))
        else:
            yield path, name


def _recognise_all(
    jobs: Sequence[tuple[Path, str]], settings: ImportSettings, pages: Mapping[Path, Sequence[Path]]
) -> Iterator[RecognisedText]:
    """Yield what is recognised in each source, in order; one that kills its process is refused by itself.

    Formats other than text are always read in a process of their own, because their libraries can crash.
    """
    rest = list(jobs)
    while rest:
        is_plain = all(path.suffix.lower() in PLAIN_TYPES for path, _ in rest)
        few, workers = (FEW_ITEMS, count_cores()) if is_plain else (1, max(2, count_cores()))
        texts = map_over_cores(functools.partial(_recognise, settings, pages), rest, workers, few=few)
        done = 0
        try:
            for text in texts:
                done += 1
                yield text
        except WorkerDied:
            yield _refuse_deadly(rest[done][1])
            done += 1
        rest = rest[done:]


def _recognise(
    settings: ImportSettings, pages: Mapping[Path, Sequence[Path]], job: tuple[Path, str]
) -> RecognisedText:
    path, name = job
    read = [read_bytes(file) for file in pages.get(path, (path,))]
    problems = [data for data in read if isinstance(data, Diagnostic)]
    files = [data for data in read if isinstance(data, bytes)]
    if problems:
        return RecognisedText(name, "", problems=problems)
    try:
        if len(files) == 1:
            return recognise_text(files[0], name, settings)
        return recognise_pictures(files, name, settings)
    except Exception as wrong:
        return RecognisedText(name, "", problems=_describe_failure(wrong, name))


def _describe_failure(wrong: Exception, name: str) -> list[Diagnostic]:
    """Return why a text is refused whose reading or placing failed; the texts after it are still imported."""
    if isinstance(wrong, Refused):
        return list(wrong.problems)
    if isinstance(wrong, OSError) and wrong.errno:
        return [describe_os_error(wrong, name)]
    mistake = describe_mistake(wrong)
    return [replace(mistake, path=name, line=0, message=f"{mistake.message} ({mistake.path}:{mistake.line})")]


def _refuse_deadly(name: str) -> RecognisedText:
    message = "the file ends the program that reads it: it is damaged, or needs too much memory. Save it anew."
    return RecognisedText(name, "", problems=[error(name, 0, "unreadable", message)])


def _import_or_refuse(
    recognised: RecognisedText, inventory: Inventory, settings: ImportSettings, options: ImportOptions
) -> SourceResult:
    try:
        return _import_text(recognised, inventory, settings, options)
    except Exception as wrong:
        recognised.problems = _describe_failure(wrong, recognised.name)
        return _import_text(recognised, inventory, settings, options)


def _import_text(
    recognised: RecognisedText, inventory: Inventory, settings: ImportSettings, options: ImportOptions
) -> SourceResult:
    """Place a recognised text and write its leaflet, unless the archive has the same text already.

    The same text in a second format is not imported, but two files of one format are two texts that look alike.
    """
    name, path = recognised.name, ""
    if not recognised.problems:
        same_file = inventory.names.get(recognised.sha256)
        if same_file:
            return SourceResult(name, SourceOutcome.DUPLICATE, same_file)
        settle_date(recognised, settings)
        identity, form = identify(recognised), _form_of(recognised)
        if identity in inventory.texts and inventory.forms.get(identity) != form:
            return SourceResult(
                name, SourceOutcome.SAME_TEXT, display_path(options.content / inventory.texts[identity])
            )
        path, text = place(recognised, inventory, settings, options.category)
    if path and not options.dry:
        wrong = _write_leaflet(recognised, options.content, path, text)
        recognised.problems += [replace(p, message=f"{p.message} {name} was not imported.") for p in wrong]
    if recognised.problems:
        return SourceResult(name, SourceOutcome.REFUSED, problems=_locate_problems(recognised, options))
    inventory.names[recognised.sha256] = name
    inventory.texts.setdefault(identity, path)
    inventory.forms.setdefault(identity, form)
    return SourceResult(name, SourceOutcome.IMPORTED, display_path(options.content / path), tuple(recognised.notes))


def _form_of(recognised: RecognisedText) -> str:
    suffix = Path(recognised.name).suffix.lower()
    return "text" if suffix in PLAIN_TYPES else suffix


def _write_leaflet(recognised: RecognisedText, content: Path, path: str, text: str) -> list[Diagnostic]:
    """Write a leaflet after its pictures; return the problems, and leave nothing behind if there are any."""
    written: list[Path] = []
    files: list[tuple[str, str | bytes]] = [*recognised.pictures.items(), (path, text)]
    for below, data in files:
        problems = write_new(content / below, data)
        if problems:
            for file in written:
                file.unlink(missing_ok=True)
            return problems
        written.append(content / below)
    return []


def _locate_problems(recognised: RecognisedText, options: ImportOptions) -> tuple[Diagnostic, ...]:
    """Name the source in its problems by the path the archivist typed."""
    shown = display_path(options.path / recognised.name if options.path.is_dir() else options.path)
    problems = recognised.problems
    return tuple(replace(problem, path=shown) if problem.path == recognised.name else problem for problem in problems)
