"""From Pelican's context and settings to leaflets and their toolchain."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pelican_typeset.guillemets.quote_styles import marks_for

import press.exports
import press.model
from press.exports.export_input import LABELS, ExportInput, Picture, Toolchain
from press.model.languages import is_right_to_left
from press.site.excerpts import strip_spans
from press.site.markdown.sidenotes import drop_places

LIBRARIES = ("EbookLib", "fonttools", "lxml", "pikepdf", "pillow", "segno", "typst")
"""What shapes a copy beside the program itself."""

_SOURCE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"')
"""The address of a picture in finished HTML; Markdown writes no bare > in an attribute."""

_MARKS = ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}", "", "")
"""Where nobody has described those of a language."""


def open_toolchain(settings: Mapping[str, Any]) -> Toolchain:
    """Give what the copies of all leaflets are made with, and a key for all of it."""
    folder = Path(settings["THEME"], "print")
    sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}
    fonts = settings["DOWNLOADS_FONTS"]
    digest = hashlib.sha256(repr(sources).encode())
    digest.update(repr([(name, version(name)) for name in LIBRARIES]).encode())
    program = [Path(package.__file__ or "").parent for package in (press.exports, press.model)]
    for part in [*program, *([Path(fonts)] if fonts else [])]:
        for file in sorted(path for path in part.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return Toolchain(settings["PATH"], sources, fonts, digest.hexdigest())


def list_export_inputs(
    context: Mapping[str, Any], settings: Mapping[str, Any], toolchain: Toolchain
) -> list[ExportInput]:
    """Give a leaflet for each leaflet, in the order of the archive."""
    address = context["address"]
    pictures = _list_pictures(context, address)
    words = settings["PRESS_WORDING"]
    shared: dict[str, Any] = {
        "labels": tuple(words.gettext(label) for label in LABELS),
        "archive": settings["SITENAME"],
        "archive_lang": settings["DEFAULT_LANG"],
        "formats": settings["DOWNLOADS_FORMATS"],
        "paper": settings["DOWNLOADS_PAPER"],
        "columns": settings["DOWNLOADS_COLUMNS"],
        "groups": tuple(settings["DOWNLOADS_GROUPS"]),
        "toolchain": toolchain.key,
    }
    leaflets = []
    for entry in context["archive"].leaflets:
        text = context["texts"][entry.source]
        body = drop_places(str(text.get_content(address)))
        own = dict.fromkeys(pictures[url] for url in _SOURCE.findall(body) if url in pictures)
        leaflets.append(
            ExportInput(
                entry=entry,
                title=text.title_text,
                summary=strip_spans(text.summary_html),
                said_date=words.say_date(entry.date),
                said_added=words.say_day(entry.added) if entry.added else "",
                body=body,
                address=f"{address}/{entry.url}",
                right_to_left=is_right_to_left(entry.lang),
                pictures=tuple(own),
                marks=(marks_for(entry.lang) or _MARKS)[:2],
                **shared,
            )
        )
    return leaflets


def _list_pictures(context: Mapping[str, Any], address: str) -> dict[str, Picture]:
    """Give every picture of the site by its whole address."""
    found = {}
    for static in context["static_content"].values():
        path = static.relative_source_path
        if path.startswith("images/"):
            digest = hashlib.sha256(Path(static.source_path).read_bytes()).hexdigest()
            found[f"{address}/{static.url}"] = Picture(f"{address}/{static.url}", path, digest)
    return found
