"""Make the copies of every leaflet before the pages are written, since a page tells their kinds and sizes.

The adapter to Pelican: what a leaflet's copies depend on becomes a leaflet, the copies come from the store or are
made, and they are written where the plan has their names.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican import signals

from press.cache.copies_shelf import Shelf
from press.cache.pages import Made, Pages, make_room
from press.diagnostics import Level
from press.exports.citations import join_citations
from press.exports.export_input import ExportInput
from press.exports.export_input import Made as Copies
from press.model.formats import ARCHIVE_CITATIONS, KINDS, Kind, place_copy
from press.runtime.progress import watch
from press.site.export_inputs import list_export_inputs, open_toolchain
from press.site.fetching import fetch_or_make

DEFAULTS = {
    "DOWNLOADS_FORMATS": "all",
    "DOWNLOADS_PAPER": "a4",
    "DOWNLOADS_COLUMNS": 72,
    "DOWNLOADS_FONTS": "",
    "DOWNLOADS_GROUPS": (),
}
"""What settings mean that a settings file does not have."""

logger = logging.getLogger(__name__)


def fill_settings(pelican: Any) -> None:
    """Give the settings that the settings file leaves out."""
    for name, value in DEFAULTS.items():
        pelican.settings.setdefault(name, value)


def make_downloads(generators: list[Any]) -> None:
    """Make and write all copies; templates find them by the slug of their leaflet in `copies`."""
    context, settings = generators[0].context, generators[0].settings
    context["copies"], context["citations"] = {}, {}
    if settings["DOWNLOADS_FORMATS"] == "none":
        return
    content, output, cited = Path(settings["PATH"]), Path(settings["OUTPUT_PATH"]), []
    toolchain = open_toolchain(settings)
    leaflets = list_export_inputs(context, settings, toolchain)
    shelf = Shelf(Path(settings["PRESS_SHELF"])) if settings.get("PRESS_SHELF") else None
    pages: Pages = settings.get("PRESS_PAGES") or Pages()
    copies = fetch_or_make(leaflets, toolchain, shelf, settings.get("PRESS_JOBS"))
    for leaflet, found in zip(watch(leaflets, "Making copies"), copies, strict=True):
        _say(leaflet, found, content)
        (output / leaflet.entry.url).mkdir(parents=True, exist_ok=True)
        context["copies"][leaflet.entry.slug] = listed = []
        for kind, data in list_files(leaflet, found, content):
            place = place_copy(leaflet.entry, kind)
            if not pages.keep(place, leaflet.key):
                pages.made[place] = Made(leaflet.key)
                make_room(output / place)
                if not (shelf and shelf.put_out(leaflet.key, kind.name, output / place)):
                    (output / place).write_bytes(data)
            listed.append({"kind": kind.name, "url": place, "size": len(data)})
        cited.append({name: found.files[name] for name in ARCHIVE_CITATIONS if name in found.files})
    for name, data in join_citations(files for files in cited if files).items():
        (output / ARCHIVE_CITATIONS[name]).write_bytes(data)
        context["citations"][name] = ARCHIVE_CITATIONS[name]


def list_files(leaflet: ExportInput, made: Copies, content: Path) -> Iterator[tuple[Kind, bytes]]:
    """Yield the copies of a leaflet, its source among them, in the order in which its page tells of them."""
    files = {**made.files, "md": (content / leaflet.entry.source).read_bytes()}
    yield from ((kind, files[kind.name]) for kind in KINDS if kind.name in files)


def _say(leaflet: ExportInput, made: Copies, content: Path) -> None:
    """Say what was found; the build leads it back to the line of the source."""
    for finding in made.findings:
        place = {"press_path": str(content / leaflet.entry.source), "press_words": finding.words}
        level = logging.ERROR if finding.level is Level.ERROR else logging.WARNING
        logger.log(level, "%s", finding.message, extra={"press_rule": finding.rule, **place})


def register() -> None:
    """Connect to Pelican's signals."""
    signals.initialized.connect(fill_settings)
    signals.all_generators_finalized.connect(make_downloads)
