"""The stage `read`: turn a source into HTML, with the metadata that Pelican and its plugins know by name."""

from __future__ import annotations

import hashlib
import html
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown import Markdown
from pelican.readers import BaseReader, MarkdownReader

from press.diagnostics import Refused, display_path, error
from press.model.entry import Entry
from press.model.header import split_source
from press.model.source_text import decode_source
from press.site.lost_words import find_lost_words
from press.site.markdown.dialect import HouseMarkdown, Places
from press.site.markdown.fast_markdown import Sparing
from press.site.markdown.note_numbers import NoteWithinNote
from press.site.markdown.speech import mark_speech
from press.site.pelican_site import Site

ESCAPE = "Put a backslash before the mark that Markdown should ignore: 7\\. or \\[1]."

_NOTE_NAME = re.compile(r"""[^\s<>"'&%#\[\]]+""")
"""What an id, and the link to it, may contain."""

logger = logging.getLogger(__name__)


def report(path: str, rule: str, message: str, *, words: str = "", line: int = 1) -> None:
    """Log an error of a text; the build finds the line, from `line` on, that has the words."""
    place = {"press_path": path, "press_words": words, "press_line": line}
    logger.error("%s", message, extra={"press_rule": rule, **place})


ReadSource = Callable[[Entry], str]
"""Returns the body of a source as HTML."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that did not pass validation; links to it get the address that it would have."""

    url: str


def read(site: Site, unread: Mapping[str, str]) -> ReadSource:
    """Let links find every text, and return the function that reads one, for texts not in the cache.

    `unread` are the sources that did not pass validation, by the path of the page that each would have.
    """
    entries = site.archive.texts
    found = {source: Unread(path.removesuffix("index.html")) for path, source in unread.items()}
    site.context["generated_content"].update({**found, **{entry.source: entry for entry in entries}})
    reader: SourceReader = site.pelican.readers.readers["md"]
    reader.back_label = site.localiser.gettext("Back to note {} in the text")
    return lambda entry: reader.read_entry(entry, site.content / entry.source, site.hashes[entry.source])


class SourceReader(MarkdownReader):
    """Read Markdown whose header was validated; raw HTML in it is text.

    It is a subclass of MarkdownReader because Pelican registers every direct subclass of BaseReader, for all sites of
    the process. It skips MarkdownReader's constructor, which would make Markdown read the header.
    """

    file_extensions = ("md", "markdown")

    def __init__(self, settings: dict[str, Any]) -> None:
        BaseReader.__init__(self, settings)
        self._made: Markdown | None = None
        self.back_label = "Back to note {} in the text"
        """The label of the link from a note back to its place; `{}` is the note's number."""

    @property
    def _markdown(self) -> Markdown:
        if self._made is None:
            configs = {**self.settings["MARKDOWN"].get("extension_configs", {})}
            configs["footnotes"] = {**configs.get("footnotes", {}), "BACKLINK_TITLE": self.back_label}
            self._made = Markdown(
                extensions=[*self.settings["MARKDOWN"]["extensions"], HouseMarkdown(), Places(), Sparing()],
                extension_configs=configs,
                output_format="html",
            )
        return self._made

    def read_entry(self, entry: Entry, path: Path, sha256: str) -> str:
        """Return the body of a source as HTML. Raises Refused if the file has changed since validation."""
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            message = "the file changed while the build was running. Build again."
            raise Refused([error(display_path(path), 1, "vanished", message)])
        body = mark_speech(split_source(decode_source(data), entry.body_line), entry.lang)
        return self._render(body, str(path), entry.body_line)

    def _render(self, body: str, path: str, first_line: int) -> str:
        """Turn Markdown into HTML, and report what would be lost on the way."""
        try:
            rendered = self._markdown.reset().convert(body)
        except RecursionError:
            self._made = None  # one that broke off keeps parts of this text, whatever reset() says
            message = "the text is nested too deep for Markdown. Write it more simply."
            report(path, "too-nested", message, line=first_line)
            return ""
        except RuntimeError as wrong:  # Markdown raises its own if a further note follows
            if not isinstance(wrong, NoteWithinNote) and "mutated" not in str(wrong):
                raise
            self._made = None
            message = "a note contains nothing but another note. Begin each note on a line of its own, not indented."
            report(path, "footnote", message, line=first_line)
            return ""
        lost, line = find_lost_words(body, rendered, self._markdown.references)
        if lost:
            named = ", ".join(f"“{word}”" for word in lost[:5])
            message = f"{named} would be missing from the page: Markdown reads the line as something else. {ESCAPE}"
            report(path, "lost-word", message, line=first_line + line - 1)
        self._report_notes(path, first_line)
        for words in self._markdown.treeprocessors["house_links"].found:
            message = f"“{words}” is a link within a link. Delete one of the two."
            report(path, "link-in-link", message, words=words, line=first_line)
        return str(rendered)

    def _report_notes(self, path: str, first_line: int) -> None:
        """Report footnotes without a reference, and names of notes that a link cannot contain."""
        notes = self._markdown.treeprocessors["house_note_numbers"]
        for name in notes.names:
            wrong = ""
            if not _NOTE_NAME.fullmatch(name):
                wrong = "has a space, a quotation mark or another sign in its name. Write [^1] or [^note]"
            elif name in notes.unused:
                wrong = f"has no reference in the text. Write [^{name}] where it belongs, or make it a paragraph"
            if wrong:
                report(path, "footnote", f"the note “{name}” {wrong}.", words=f"[^{name}]:", line=first_line)


def pelican_metadata(entry: Entry) -> dict[str, Any]:
    """Return the metadata that Pelican and typesetting plugins know by name; title and summary are escaped."""
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
