"""A text as the templates see it: typeset, with its checked metadata."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from markupsafe import Markup
from pelican.contents import Content

from press.catalogue.entry import Entry
from press.plugins.leaflets.reader import tell_pelican
from press.plugins.leaflets.reading import Typeset

_SPAN = re.compile(r"</?span[^>]*>")
"""The only tags that typesetting puts into a title."""

_LONGEST_DESCRIPTION = 200


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
        """The typeset text, its links relative to the page that is being written."""
        return Markup(self.content)

    def body_at(self, address: str) -> str:
        """Give the typeset text with absolute links, for feeds."""
        return str(self.get_content(address)).replace('href="#', f'href="{address}/{self.entry.url}#')

    @property
    def description(self) -> str:
        """The summary, or the first words of the text, as plain words."""
        return strip_spans(self.summary_html) or first_words(self._content)


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
    start = body.find("<p>")
    if start < 0:
        return ""
    paragraph = lxml_html.fragment_fromstring(body[start : body.find("</p>", start)] + "</p>")
    for reference in paragraph.xpath(".//sup[starts-with(@id, 'fnref')]"):
        reference.drop_tree()
    words = " ".join(paragraph.text_content().split())
    if len(words) <= _LONGEST_DESCRIPTION:
        return words
    cut = words[:_LONGEST_DESCRIPTION].rpartition(" ")[0].rstrip(",;:")
    return cut if cut.endswith((".", "!", "?")) else f"{cut}\N{HORIZONTAL ELLIPSIS}"
