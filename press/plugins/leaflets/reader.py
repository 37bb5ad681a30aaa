"""One source → its HTML and what Pelican is told of it."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from markdown import Markdown
from pelican.readers import BaseReader

from press.catalogue.entry import Entry
from press.catalogue.header import split_source
from press.gate.texts import decode
from press.plugins.leaflets.house_markdown import HouseMarkdown
from press.plugins.leaflets.places import Places


class SourceReader(BaseReader):
    """Read Markdown whose header the gate has checked; raw HTML in it is text."""

    file_extensions = ("md", "markdown")

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        extensions = settings["MARKDOWN"]["extensions"]
        configs = {**settings["MARKDOWN"].get("extension_configs", {})}
        back = settings["PRESS_WORDING"].gettext("Back to note {} in the text")
        configs["footnotes"] = {**configs.get("footnotes", {}), "BACKLINK_TITLE": back}
        self._markdown = Markdown(
            extensions=[*extensions, HouseMarkdown(), Places()], extension_configs=configs, output_format="html"
        )

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Give the body as HTML, and the metadata with its entry; titles and summaries are escaped."""
        path = Path(source_path)
        entry = self.settings["PRESS_ENTRIES"][path.relative_to(self.settings["PATH"]).as_posix()]
        body = split_source(decode(path.read_bytes()), entry.body_line)
        return self._markdown.reset().convert(body), tell_pelican(entry)


def tell_pelican(entry: Entry) -> dict[str, Any]:
    """Give the metadata that Pelican and the typesetting plugins know by name."""
    metadata: dict[str, Any] = {
        "title": html.escape(entry.title, quote=False),
        "lang": entry.lang,
        "slug": entry.slug,
        "url": entry.url,
        "save_as": f"{entry.url}index.html",
        "quotes": "on" if entry.quotes else "off",
        "dashes": "on" if entry.dashes else "off",
        "entry": entry,
    }
    if entry.summary:
        metadata["summary"] = html.escape(entry.summary, quote=False)
    return metadata
