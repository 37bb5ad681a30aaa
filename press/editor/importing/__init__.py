"""Import: plain text and foreign Markdown → leaflets, with a report of what was recognised and how sure that is.

    find sources → read each (over the cores) → place → write → report

Reading is pure and proves of each text that no word is lost; placing knows the archive; only then is anything
written. Nothing that exists is overwritten, and a source whose sha256 stands in a `Source:` line is not read again.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from press.diagnostics import Diagnostic, Refused, display_path, error
from press.editor.importing.guess_language import load_languages
from press.editor.importing.inputs import find_sources, read_bytes
from press.editor.importing.inventory import Identity, Shelf, read_shelf
from press.editor.importing.placing import identify, place, settle_date
from press.editor.importing.recognise import read_source
from press.editor.importing.recognised import Reading, Setting
from press.editor.importing.report import ImportReport, Item, Outcome, write_report
from press.model.languages import canonical_tag
from press.model.slugs import make_slug
from press.publish.places import WORK
from press.runtime.files import write_new
from press.runtime.parallel import map_over_cores
from press.runtime.progress import watch

REPORTS = "imports"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What to import, into which collection, and what the archivist said of it."""

    path: Path
    content: Path
    root: Path
    """The project's folder, with the work folder."""
    today: str
    category: str = ""
    lang: str = ""
    dry: bool = False


def import_texts(order: ImportOptions, settings: Mapping[str, Any], report: ImportReport) -> None:
    """Import a file or a folder; what is done, or would be, goes to the report as it is done.

    Raises Refused where nothing can begin.
    """
    setting = _settle(order, settings)
    found = find_sources(order.path, order.content)
    report.problems += found.problems
    shelf = read_shelf(order.content)
    before = dict(shelf.texts)
    jobs = list(_open_sources(found.texts, order.content, shelf, report))
    if jobs:
        load_languages(setting)
    readings = map_over_cores(functools.partial(_read, setting), jobs)
    for _, reading in zip(watch(jobs, "Importing"), readings, strict=True):
        report.items.append(_take(reading, shelf, before, setting, order))
    report.items.sort(key=lambda item: item.name)


def keep_report(order: ImportOptions, report: ImportReport) -> Path | None:
    """Write the report below the work folder, where nothing is published; none where there is nothing to tell."""
    if order.dry or not report.has_news:
        return None
    text = write_report(report)
    name = f"{order.today}-{hashlib.sha256(text.encode()).hexdigest()[:8]}.txt"
    file = order.root / WORK / REPORTS / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def _settle(order: ImportOptions, settings: Mapping[str, Any]) -> Setting:
    """Check what the archivist typed. Raises Refused."""
    problems = []
    if not order.content.is_dir():
        message = "there is no such folder. Name the folder of the texts."
        problems.append(error(display_path(order.content), 0, "no-content", message))
    if order.category and not make_slug(order.category):
        message = f"“{order.category}” has no letter or figure for an address. Write a name with some."
        problems.append(error("--category", 0, "no-slug", message))
    if order.lang and canonical_tag(order.lang) != order.lang:
        message = f"“{order.lang}” is not a language tag. Write en, fr, de-CH or another from BCP 47."
        problems.append(error("--lang", 0, "lang", message))
    if problems:
        raise Refused(problems)
    markdown = settings["MARKDOWN"]
    configs = json.dumps(markdown.get("extension_configs", {}), sort_keys=True)
    return Setting(settings["DEFAULT_LANG"], order.today, order.lang, tuple(markdown["extensions"]), configs)


def _open_sources(
    texts: Sequence[tuple[Path, str]], content: Path, shelf: Shelf, report: ImportReport
) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each source that is new; those known, and those twice, go to the report."""
    seen: dict[str, str] = {}
    for path, name in texts:
        data = read_bytes(path)
        if isinstance(data, Diagnostic):
            report.items.append(Item(name, Outcome.REFUSED, problems=(data,)))
            continue
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 in shelf.sources:
            report.items.append(Item(name, Outcome.KNOWN, display_path(content / shelf.sources[sha256])))
        elif sha256 in seen and data.strip():
            report.items.append(Item(name, Outcome.SAME, seen[sha256]))
        else:
            seen[sha256] = name
            yield name, data


def _read(setting: Setting, job: tuple[str, bytes]) -> Reading:
    return read_source(job[1], job[0], setting)


def _take(
    reading: Reading, shelf: Shelf, before: Mapping[Identity, str], setting: Setting, order: ImportOptions
) -> Item:
    """Place a reading and write it, unless its text stood in the archive before."""
    path = text = ""
    if not reading.problems:
        settle_date(reading, setting)
        twin = before.get(identify(reading), "")
        if twin:
            return Item(reading.name, Outcome.TWIN, display_path(order.content / twin))
        path, text = place(reading, shelf, setting, order.category)
    if path and not order.dry:
        reading.problems += write_new(order.content / path, text)
    if reading.problems:
        shown = _shown(order, reading.name)
        problems = tuple(replace(f, path=shown) if f.path == reading.name else f for f in reading.problems)
        return Item(reading.name, Outcome.REFUSED, problems=problems)
    return Item(reading.name, Outcome.IMPORTED, display_path(order.content / path), tuple(reading.notes))


def _shown(order: ImportOptions, name: str) -> str:
    return display_path(order.path / name) if order.path.is_dir() else display_path(order.path)
