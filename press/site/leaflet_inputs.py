"""What the exports of each leaflet depend on, and their keys, which need no text to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pelican_typeset import marks_for

from press.cache.keys import export_key, make_key
from press.exports.export_input import LABELS, ExportInput, Picture
from press.model.entry import Entry
from press.model.languages import is_right_to_left
from press.model.urls import IMAGES
from press.pictures.strip import is_raster
from press.site.excerpts import strip_spans
from press.site.markdown.sidenotes import drop_places
from press.site.page_text import Texts
from press.site.pelican_site import Site

_SOURCE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"')
"""The address of a picture in finished HTML; Markdown writes no bare > in an attribute."""

_MARKS = ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}", "", "")
"""For a language that is not in the table of marks."""


class LeafletInputs:
    """What the exports of each leaflet depend on."""

    def __init__(self, site: Site, texts: Texts, environment: str) -> None:
        self._site, self._texts, self._environment = site, texts, environment
        self._pictures, self._shared = _list_pictures(site), _describe_archive(site)
        self._common = (environment, site.text_environment, repr((site.address, self._shared)))
        self._shown = repr(self._pictures)

    def key_of(self, entry: Entry) -> str:
        """Return a key of what exports depend on, without reading the text: that of its source, entry and names."""
        if not self._site.text_environment:
            return ""
        keys, linked = self._texts.text_keys, self._texts.heads[entry.source].linked
        names = [self._site.archive.names[name] for name in (*entry.authors, *entry.translators)]
        shown = self._shown if linked else ""
        return make_key("export", *self._common, keys.of_text(entry), keys.of_entry(entry), repr(names), shown)

    def name_all(self, entries: Sequence[Entry]) -> Iterator[str]:
        """Yield the key of the exports of each leaflet, that of its finished text: it outlives other changes."""
        return (export_key(self._environment, self.read(entry)) for entry in entries)

    def read(self, entry: Entry) -> ExportInput:
        """Return what the exports of a leaflet depend on."""
        site, text, localiser = self._site, self._texts[entry.source], self._site.localiser
        body = drop_places(str(text.get_content(site.address)))
        own = dict.fromkeys(self._pictures[url] for url in _SOURCE.findall(body) if url in self._pictures)
        return ExportInput(
            entry=entry,
            title=text.title_text,
            summary=strip_spans(text.summary_html),
            authors=tuple(site.archive.names[name] for name in entry.authors),
            translators=tuple(site.archive.names[name] for name in entry.translators),
            category=localiser.format_term(entry.category),
            display_date=localiser.format_date(entry.date),
            display_date_added=localiser.format_day(entry.added) if entry.added else "",
            body=body,
            address=f"{site.address}/{entry.url}",
            right_to_left=is_right_to_left(entry.lang),
            pictures=tuple(own),
            marks=(marks_for(entry.lang) or _MARKS)[:2],
            **self._shared,
        )


def _describe_archive(site: Site) -> dict[str, Any]:
    """Return what the exports of all leaflets share: the words of the site's language, and its settings."""
    settings, gettext = site.settings, site.localiser.gettext
    return {
        "labels": tuple(map(gettext, LABELS)),
        "colon": gettext(": "),
        "semicolon": gettext("; "),
        "archive": settings["SITENAME"],
        "archive_lang": settings["DEFAULT_LANG"],
        "formats": settings["DOWNLOADS_FORMATS"],
        "paper": settings["DOWNLOADS_PAPER"],
        "comma": gettext(", "),
        "contents_label": gettext("Contents"),
        "code_label": gettext("QR code of the address {}"),
        "access_summary": gettext("Running text with headings and notes in their places."),
        "signature": settings["DOWNLOADS_SIGNATURE"],
        "columns": settings["DOWNLOADS_COLUMNS"],
    }


def _list_pictures(site: Site) -> dict[str, Picture]:
    """Return every sound picture of the site by its full address."""
    found = {}
    for static in site.context["static_content"].values():
        path = static.relative_source_path
        if path.startswith(IMAGES) and (static.url in site.context["pictures"] or not is_raster(path)):
            url = f"{site.address}/{static.url}"
            found[url] = Picture(url, path, site.hashes.get(path, ""))
    return found
