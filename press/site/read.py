"""One source → its HTML and what Pelican is told of it."""

from __future__ import annotations

import hashlib
import html
import logging
import re
import traceback
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from pelican.readers import BaseReader, MarkdownReader

from press.diagnostics import Refused, display_path, error
from press.model.entry import Entry
from press.model.header import split_source
from press.site.lost_words import find_lost_words, letters_of
from press.site.markdown.anchors import drop_names
from press.site.markdown.dialect import HouseMarkdown, Places
from press.site.markdown.fast_markdown import Sparing
from press.site.markdown.sidenotes import drop_places
from press.validate.text import decode

ESCAPE = "Put a backslash before what Markdown must not read: 7\\. or \\[1]."

_NOTE_NAME = re.compile(r"""[^\s<>"'&%#\[\]]+""")
"""What may stand in an id and in the link to it."""

logger = logging.getLogger(__name__)


def report(path: str, rule: str, message: str, *, words: str = "", line: int = 1) -> None:
    """Say an error of a text; the build leads it back to the line, from `line` on, where the words stand."""
    place = {"press_path": path, "press_words": words, "press_line": line}
    logger.error("%s", message, extra={"press_rule": rule, **place})


class SourceReader(MarkdownReader):
    """Read Markdown whose header the gate has checked; raw HTML in it is text.

    A subclass of MarkdownReader, since Pelican takes every direct subclass of BaseReader for one of its own, on any
    site of the same process. Its constructor is passed over: it would have Markdown read the header.
    """

    file_extensions = ("md", "markdown")

    def __init__(self, settings: dict[str, Any]) -> None:
        BaseReader.__init__(self, settings)
        extensions = settings["MARKDOWN"]["extensions"]
        configs = {**settings["MARKDOWN"].get("extension_configs", {})}
        back = settings["PRESS_WORDING"].gettext("Back to note {} in the text")
        configs["footnotes"] = {**configs.get("footnotes", {}), "BACKLINK_TITLE": back}
        self._markdown = Markdown(
            extensions=[*extensions, HouseMarkdown(), Places(), Sparing()],
            extension_configs=configs,
            output_format="html",
        )

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Give the body as HTML, and the metadata with its entry; titles and summaries are escaped."""
        path = Path(source_path)
        entry = self.settings["PRESS_ENTRIES"][path.relative_to(self.settings["PATH"]).as_posix()]
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            message = "the file was changed while the build was at work. Build again."
            raise Refused([error(display_path(path), 1, "vanished", message)])
        body = split_source(decode(data), entry.body_line)
        rendered = self._render(body, source_path, entry.body_line)
        metadata = tell_pelican(entry)
        parts: dict[str, str] = {
            "body": rendered,
            "title": metadata["title"],
            "summary": metadata.get("summary", ""),
        }
        return rendered, {**metadata, "letters": {key: letters_of(text) for key, text in parts.items()}}

    def _render(self, body: str, path: str, first_line: int) -> str:
        """Turn Markdown into HTML, and report what would be lost on the way."""
        try:
            rendered = self._markdown.reset().convert(body)
        except RecursionError:
            message = "things are nested so deep that Markdown cannot read them. Write it simpler."
            report(path, "too-nested", message, line=first_line)
            return ""
        except AttributeError as wrong:
            if not traceback.extract_tb(wrong.__traceback__)[-1].filename.endswith("footnotes.py"):
                raise
            message = "a note has no words but another note. Begin each note on a line of its own, not indented."
            report(path, "footnote", message, line=first_line)
            return ""
        lost, line = find_lost_words(body, drop_names(drop_places(rendered)), self._markdown.references)
        if lost:
            named = ", ".join(f"“{word}”" for word in lost[:5])
            message = f"{named} would not be on the page: Markdown takes the line for something else. {ESCAPE}"
            report(path, "lost-word", message, line=first_line + line - 1)
        self._report_notes(path, first_line)
        for words in self._markdown.treeprocessors["house_links"].found:
            message = f"“{words}” is a link within a link. Take one of the two out of the other."
            report(path, "link-in-link", message, words=words, line=first_line)
        return str(rendered)

    def _report_notes(self, path: str, first_line: int) -> None:
        """BuildReport footnotes that nothing refers to, and names of notes that cannot stand in a link."""
        notes = next(e for e in self._markdown.registeredExtensions if isinstance(e, FootnoteExtension))
        for name in notes.footnotes:
            wrong = ""
            if not _NOTE_NAME.fullmatch(name):
                wrong = "may have no spaces, quotation marks or signs in its name. Write [^1] or [^note]"
            elif notes.makeFootnoteRefId(name) not in notes.found_refs:
                wrong = f"is referred to nowhere. Write [^{name}] where it belongs, or make it a paragraph"
            if wrong:
                report(path, "footnote", f"the note “{name}” {wrong}.", words=f"[^{name}]:", line=first_line)


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
