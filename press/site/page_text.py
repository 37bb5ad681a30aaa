"""A text as templates see it: typeset, with its checked metadata.

A page gets its own text in full, and the titles and summaries of the texts that the plan names on it. It gets
nothing else, so that its key can be made before it is rendered (press/cache/keys.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.contents import Content

from press.cache.keys import TextKeys
from press.model.entry import Entry
from press.site.excerpts import strip_spans
from press.site.markdown.anchors import list_headings, show_anchors
from press.site.markdown.page_blocks import frame_tables, set_verse
from press.site.markdown.sidenotes import drop_places, set_notes
from press.site.read import pelican_metadata

_LONG = 6_000
"""Characters of HTML, about 1,000 words: several screens, through which a list of contents helps."""

_MANY_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class Head:
    """What other pages show of a text, and what can be known of it without loading its body."""

    title: str
    """As typeset, in HTML; so is the summary."""
    summary: str
    description: str = ""
    """The summary, or the first words of the text, as plain words."""
    linked: bool = False
    """Whether the body has a link to another text or file of the archive."""
    logged: tuple[Mapping[str, Any], ...] = ()
    """What was logged while it was read and typeset, as logging.makeLogRecord takes it, without its path."""
    body: str | None = None
    """The typeset body in HTML, its links not yet resolved; None if it is still in the cache."""


class Heading:
    """What any page may show of a text: its entry, and its title and summary as typeset.

    `title` is plain text, `title_text` is typeset plain text; `title_html` and `summary_html` are markup.
    """

    def __init__(self, entry: Entry, head: Head) -> None:
        self.entry, self.title = entry, entry.title
        self.title_html, self.summary_html = Markup(head.title), Markup(head.summary)
        self._head = head

    @functools.cached_property
    def title_text(self) -> str:
        """The typeset title as plain text."""
        return strip_spans(self._head.title)


class Text(Heading):
    """A leaflet or a page with its body, which is loaded on demand; Pelican resolves its links."""

    def __init__(self, entry: Entry, head: Head, read_body: Callable[[], str], context: dict[str, Any]) -> None:
        super().__init__(entry, head)
        self._read_body, self._context = read_body, context

    @property
    def body(self) -> Markup:
        """The typeset text with its notes at the end, its links relative to the page that is being written."""
        return Markup(drop_places(self.get_content(self._context["localsiteurl"])))

    @property
    def page_body(self) -> Markup:
        """The text as its page shows it: notes after their paragraphs, and a link to each paragraph and heading."""
        words = self._context["localiser"]
        body = set_notes(self.get_content(self._context["localsiteurl"]))
        shown = set_verse(frame_tables(body, words.label_table))
        return show_anchors(shown, words.label_paragraph, words.label_section)

    def body_at(self, address: str) -> str:
        """Return the typeset text with absolute links, for feeds."""
        body = drop_places(self.get_content(address))
        return body.replace('href="#', f'href="{address}/{self.entry.url}#')

    def get_content(self, siteurl: str) -> str:
        """Return the typeset text with its links resolved below `siteurl`, as Pelican does."""
        if not self._head.linked and not signals.content_object_init.receivers:
            return self._typeset
        metadata = {**pelican_metadata(self.entry), "title": self._head.title, "summary": self._head.summary}
        path = str(Path(self._context["PATH"], self.entry.source))
        content = Content(self._typeset, metadata, self._context, path, self._context)
        # Content.get_content would keep every text in memory.
        return str(content._update_content(content._content, siteurl))

    @functools.cached_property
    def contents(self) -> list[tuple[int, str, Markup]]:
        """The headings of a long text with their levels and ids; none of a short one."""
        headings = list_headings(self._typeset) if len(self._typeset) >= _LONG else []
        return headings if len(headings) >= _MANY_HEADINGS else []

    @property
    def description(self) -> str:
        """The summary, or the first words of the text, as plain words."""
        return self._head.description

    @functools.cached_property
    def _typeset(self) -> str:
        return self._read_body()


class Texts(Mapping[str, Text]):
    """All texts by source, made on demand."""

    def __init__(
        self,
        entries: Iterable[Entry],
        heads: Mapping[str, Head],
        text_keys: TextKeys,
        read_body: Callable[[Entry], str],
        context: dict[str, Any],
    ) -> None:
        self._entries = {entry.source: entry for entry in entries}
        self.heads, self.text_keys, self._read_body, self._context = heads, text_keys, read_body, context

    def for_page(self, own: str, named: Iterable[str]) -> dict[str, Heading]:
        """Return what a page gets: its own text, and the headings of those that it names."""
        headings: dict[str, Heading] = {
            source: Heading(self._entries[source], self.heads[source]) for source in named if source in self._entries
        }
        return {**headings, own: self[own]} if own in self._entries else headings

    def __getitem__(self, source: str) -> Text:
        entry = self._entries[source]
        return Text(entry, self.heads[source], functools.partial(self._read_body, entry), self._context)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
