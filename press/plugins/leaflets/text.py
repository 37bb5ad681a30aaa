"""A text as the templates see it: typeset, with its checked metadata."""

from __future__ import annotations

import functools
import html
import re
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from markupsafe import Markup
from pelican.contents import Content

from press.catalogue.entry import Entry
from press.plugins.leaflets.anchors import list_headings, show_anchors
from press.plugins.leaflets.notes import drop_places, set_notes
from press.plugins.leaflets.reader import tell_pelican
from press.plugins.leaflets.reading import Typeset

_SPAN = re.compile(r"</?span[^>]*>")
"""The only tags that typesetting puts into a title."""

_LONGEST_DESCRIPTION = 200

_LONG = 6_000
"""Characters of HTML, about 1,000 words: several screens, through which a list of contents helps."""

_MANY_HEADINGS = 3

_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>.*?</p>", re.DOTALL)


class Text(Content):
    """One leaflet or page. `title` is plain, `title_html` typeset markup, `title_text` typeset and plain."""

    mandatory_properties = ("title",)
    default_template = "leaflet"
    entry: Entry

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typeset = str(self.metadata["title"])
        self.title = self.entry.title
        self.title_html = Markup(typeset)
        self.title_text = strip_spans(typeset)
        self.summary_html = Markup(self.metadata.get("summary", ""))

    @property
    def body(self) -> Markup:
        """The typeset text with its notes at the end, its links relative to the page that is being written."""
        return Markup(drop_places(self.content))

    @property
    def page_body(self) -> Markup:
        """The text as its page shows it: notes after their paragraphs, and a link to each paragraph and heading."""
        words = self.settings["PRESS_WORDING"]
        return show_anchors(set_notes(self.content), words.say_paragraph, words.say_section)

    def body_at(self, address: str) -> str:
        """Give the typeset text with absolute links, for feeds."""
        body = drop_places(str(self.get_content(address)))
        return body.replace('href="#', f'href="{address}/{self.entry.url}#')

    @functools.cached_property
    def contents(self) -> list[tuple[int, str, Markup]]:
        """The headings of a long text with their levels and ids; none of a short one."""
        headings = list_headings(self._content) if len(self._content) >= _LONG else []
        return headings if len(headings) >= _MANY_HEADINGS else []

    @functools.cached_property
    def description(self) -> str:
        """The summary, or the first words of the text, as plain words."""
        return " ".join(strip_spans(self.summary_html).split()) or first_words(self._content)


def make_text(entry: Entry, typeset: Typeset, settings: dict[str, Any], context: dict[str, Any]) -> Text:
    """Make of a typeset text what Pelican links to and the templates show."""
    metadata = {**tell_pelican(entry), "title": typeset.title, "summary": typeset.summary}
    path = str(Path(settings["PATH"], entry.source))
    return Text(typeset.body, metadata=metadata, settings=settings, source_path=path, context=context)


def strip_spans(markup: str) -> str:
    """Turn a typeset title into plain text: `<span class="caps">TUC</span> &amp;` becomes `TUC &`."""
    return html.unescape(_SPAN.sub("", markup))


def first_words(body: str) -> str:
    """Give the first paragraph's words, cut at a word before 200 characters; an ellipsis shows a cut."""
    found = _PARAGRAPH.search(body)
    if found is None:
        return ""
    paragraph = lxml_html.fragment_fromstring(found[0])
    for reference in paragraph.xpath(".//sup[starts-with(@id, 'fnref')]"):
        reference.drop_tree()
    words = " ".join(paragraph.text_content().split())
    if len(words) <= _LONGEST_DESCRIPTION:
        return words
    cut = words[:_LONGEST_DESCRIPTION].rpartition(" ")[0].rstrip(",;:")
    return cut if cut.endswith((".", "!", "?")) else f"{cut}\N{HORIZONTAL ELLIPSIS}"
