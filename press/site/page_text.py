"""A text as templates see it: typeset, with its checked metadata.

A page gets its own text in full, and the titles and summaries of the texts that the plan names on it. It gets
nothing else, so that its key can be made before it is rendered (press/cache/page_keys.py).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup
from pelican import signals
from pelican.contents import Content

from press.cache.page_keys import TextKeys
from press.model.entry import Entry
from press.site.excerpts import abridge, strip_spans
from press.site.markdown.anchors import list_headings, show_anchors
from press.site.markdown.page_blocks import frame_preformatted, frame_tables, set_verse
from press.site.markdown.sidenotes import drop_places, set_notes
from press.site.metadata import PreviewPicture
from press.site.picture_tags import find_preview, set_pictures
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
    opening: str = ""
    """The first lines of the text, as plain words."""
    minutes: int = 1
    """How long it takes to read."""
    logged: tuple[Mapping[str, Any], ...] = ()
    """What was logged while it was read and typeset, as logging.makeLogRecord takes it, without its path."""
    body: str | None = None
    """The typeset body in HTML, its links not yet resolved; None if it is still in the cache."""


class Told(NamedTuple):
    """What a list tells of a text besides its title; a tuple, so that the key of a list is made quickly."""

    gist: str
    """The beginning of its description, about two lines."""
    minutes: int
    also: tuple[tuple[str, str, str], ...] = ()
    """Of each of its translations, or of its original: the language, what tells it apart (`pt`), the address."""


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


_ADDRESS = re.compile(r'<a (?=href="(?:https?://)?([^"]*?)/?">(?:https?://)?\1/?</a>)')
"""The start of a link whose words are its address."""


def mark_addresses(body: str) -> str:
    """Give each link whose words are its address the class `bare`: on paper, the others are followed by theirs."""
    return _ADDRESS.sub('<a class="bare" ', body)


class Text(Heading):
    """A leaflet or a page with its body, which is loaded on demand; Pelican resolves its links."""

    def __init__(self, entry: Entry, head: Head, read_body: Callable[[], str], context: dict[str, Any]) -> None:
        super().__init__(entry, head)
        self._read_body, self._context = read_body, context

    @property
    def body(self) -> Markup:
        """The typeset text with its notes at the end, its links relative to the page that is being written."""
        return Markup(drop_places(self._get_pictured(self._context["localsiteurl"])))

    @property
    def page_body(self) -> Markup:
        """The text as its page shows it: notes after their paragraphs, and a link to each paragraph and heading."""
        words = self._context["localiser"]
        body = set_notes(mark_addresses(self._get_pictured(self._context["localsiteurl"])))
        framed = frame_preformatted(frame_tables(body, words.label_table), words.label_preformatted)
        return show_anchors(set_verse(framed), words.label_paragraph, words.label_section)

    def body_at(self, address: str) -> str:
        """Return the typeset text with absolute links, for feeds."""
        body = drop_places(self._get_pictured(address))
        return body.replace('href="#', f'href="{address}/{self.entry.url}#')

    @property
    def picture(self) -> PreviewPicture | None:
        """The first picture of the text, with its full address, for previews of links; None if it has none."""
        address = self._context["SITEURL"].rstrip("/")
        if "<img" not in self._typeset:
            return None
        return find_preview(self.get_content(address), address, self._context["pictures"])

    def _get_pictured(self, siteurl: str) -> str:
        """Return the text with its links resolved and its pictures measured."""
        label = self._context["localiser"].label_original()
        return set_pictures(self.get_content(siteurl), siteurl, self._context["pictures"], label)

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

    @property
    def minutes(self) -> int:
        """How many minutes the text takes to read."""
        return self._head.minutes

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
        self._told: dict[str, Told] = {}

    def for_page(self, own: str, named: Iterable[str]) -> dict[str, Heading]:
        """Return what a page gets: its own text, and the headings of those that it names."""
        headings: dict[str, Heading] = {
            source: Heading(self._entries[source], self.heads[source]) for source in named if source in self._entries
        }
        return {**headings, own: self[own]} if own in self._entries else headings

    def tell(self, entry: Entry, others: Sequence[Entry]) -> Told:
        """Return what a list tells of an entry; `others` are the same text in other languages."""
        if entry.source not in self._told:
            self._told[entry.source] = self._tell(entry, others)
        return self._told[entry.source]

    def _tell(self, entry: Entry, others: Sequence[Entry]) -> Told:
        head = self.heads[entry.source]
        bases = [other.lang.partition("-")[0] for other in (entry, *others)]
        shown = (
            base if bases.count(base) == 1 else other.lang for base, other in zip(bases[1:], others, strict=True)
        )
        also = tuple((other.lang, name, other.url) for other, name in zip(others, shown, strict=True))
        return Told(abridge(head.description), head.minutes, also)

    def __getitem__(self, source: str) -> Text:
        entry = self._entries[source]
        return Text(entry, self.heads[source], functools.partial(self._read_body, entry), self._context)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
