"""A text as the templates see it: typeset, with its checked metadata."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.contents import Content

from press.model.entry import Entry
from press.site.excerpts import strip_spans
from press.site.markdown.anchors import list_headings, show_anchors
from press.site.markdown.sidenotes import drop_places, set_notes
from press.site.read import tell_pelican
from press.site.typeset import Head

_LONG = 6_000
"""Characters of HTML, about 1,000 words: several screens, through which a list of contents helps."""

_MANY_HEADINGS = 3


class Text:
    """One leaflet or page. `title` is plain, `title_html` typeset markup, `title_text` typeset and plain.

    The body is read when it is wanted: most pages show titles alone. Pelican leads its links to their places.
    """

    def __init__(self, entry: Entry, head: Head, read_body: Callable[[], str], context: dict[str, Any]) -> None:
        self.entry, self.title = entry, entry.title
        self.title_html, self.summary_html = Markup(head.title), Markup(head.summary)
        self._head, self._read_body, self._context = head, read_body, context

    @functools.cached_property
    def title_text(self) -> str:
        """The typeset title as plain text."""
        return strip_spans(self._head.title)

    @property
    def body(self) -> Markup:
        """The typeset text with its notes at the end, its links relative to the page that is being written."""
        return Markup(drop_places(self.get_content(self._context["localsiteurl"])))

    @property
    def page_body(self) -> Markup:
        """The text as its page shows it: notes after their paragraphs, and a link to each paragraph and heading."""
        words = self._context["PRESS_WORDING"]
        body = self.get_content(self._context["localsiteurl"])
        return show_anchors(set_notes(body), words.say_paragraph, words.say_section)

    def body_at(self, address: str) -> str:
        """Give the typeset text with absolute links, for feeds."""
        body = drop_places(self.get_content(address))
        return body.replace('href="#', f'href="{address}/{self.entry.url}#')

    def get_content(self, siteurl: str) -> str:
        """Give the typeset text with its links led to their places below `siteurl`, as Pelican does."""
        if not self._head.linked and not signals.content_object_init.receivers:
            return self._typeset
        metadata = {**tell_pelican(self.entry), "title": self._head.title, "summary": self._head.summary}
        path = str(Path(self._context["PATH"], self.entry.source))
        content = Content(self._typeset, metadata, self._context, path, self._context)
        return str(content._update_content(content._content, siteurl))  # get_content would keep every text for good

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
    """All texts by source; each is made when it is asked for, and its body read when that is."""

    def __init__(
        self,
        entries: Iterable[Entry],
        heads: Mapping[str, Head],
        read_body: Callable[[Entry], str],
        context: dict[str, Any],
    ) -> None:
        self._entries = {entry.source: entry for entry in entries}
        self.heads, self._read_body, self._context = heads, read_body, context

    def __getitem__(self, source: str) -> Text:
        entry = self._entries[source]
        return Text(entry, self.heads[source], functools.partial(self._read_body, entry), self._context)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
