"""Plain titles and short descriptions of texts."""

from __future__ import annotations

import html
import re

from lxml import html as lxml_html

_SPAN = re.compile(r"</?span[^>]*>")
"""The only tags that typesetting puts into a title."""

_LONGEST_DESCRIPTION = 200

_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>.*?</p>", re.DOTALL)


def describe(summary: str, body: str) -> str:
    """Return the typeset summary as plain text, or the first words of the typeset body."""
    return " ".join(strip_spans(summary).split()) or first_words(body)


def strip_spans(markup: str) -> str:
    """Turn a typeset title into plain text: `<span class="caps">TUC</span> &amp;` becomes `TUC &`."""
    return html.unescape(_SPAN.sub("", markup))


def first_words(body: str) -> str:
    """Return the words of the first paragraph that has any, cut at a word before 200 characters, with an ellipsis.

    Captions and notes are not paragraphs of the text. A text without such a paragraph has no first words.
    """
    text = body.partition('<div class="footnote">')[0]
    words = next(filter(None, (_read_words(found[0]) for found in _PARAGRAPH.finditer(text))), "")
    if len(words) <= _LONGEST_DESCRIPTION:
        return words
    cut = words[:_LONGEST_DESCRIPTION].rpartition(" ")[0].rstrip(",;:")
    return cut if cut.endswith((".", "!", "?")) else f"{cut}\N{HORIZONTAL ELLIPSIS}"


def _read_words(paragraph: str) -> str:
    element = lxml_html.fragment_fromstring(paragraph)
    for reference in element.xpath(".//sup[starts-with(@id, 'fnref')]"):
        reference.drop_tree()
    return " ".join(element.text_content().split())
