"""Plain titles and short descriptions of texts."""

from __future__ import annotations

import html
import re

from lxml import html as lxml_html

_SPAN = re.compile(r"</?span[^>]*>")
"""The only tags that typesetting puts into a title."""

_LONGEST_DESCRIPTION = 200

_NOTES = '<div class="footnote">'
_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>.*?</p>", re.DOTALL)

_TAG = re.compile(r"<[^>]*>")
_UNSURE = re.compile(r"&(?!(?:nbsp|amp|lt|gt|quot|mdash|#82[0-9][0-9]|#3[49]);)")
"""A reference that HTML parsers may read in different ways."""


def describe(summary: str, body: str) -> str:
    """Return the typeset summary as plain text, or the first words of the typeset body."""
    return " ".join(strip_spans(summary).split()) or first_words(body)


def strip_spans(markup: str) -> str:
    """Turn a typeset title into plain text: `<span class="caps">TUC</span> &amp;` becomes `TUC &`."""
    return html.unescape(_SPAN.sub("", markup))


def first_words(body: str, longest: int = _LONGEST_DESCRIPTION, least: int = 1) -> str:
    """Return the words of the first paragraphs, up to one that makes them `least` characters, shortened."""
    words = ""
    for found in _PARAGRAPH.finditer(body.partition(_NOTES)[0]):
        words = f"{words} {_words_of(found[0])}".strip()
        if len(words) >= least:
            break
    return abridge(words, longest)


def _words_of(markup: str) -> str:
    """Return the words of a paragraph without its references to notes."""
    plain = _TAG.sub("", markup) if "fnref" not in markup else "&"
    if not _UNSURE.search(plain):
        return " ".join(html.unescape(plain).split())
    paragraph = lxml_html.fragment_fromstring(markup)
    for reference in paragraph.xpath(".//sup[starts-with(@id, 'fnref')]"):
        reference.drop_tree()
    return " ".join(paragraph.text_content().split())


def abridge(words: str, longest: int = _LONGEST_DESCRIPTION) -> str:
    """Cut words to at most `longest` characters and an ellipsis, at a space if the script has spaces."""
    if len(words) <= longest:
        return words
    cut = (words[:longest].rpartition(" ")[0] or words[:longest]).rstrip(",;:")
    return cut if cut.endswith((".", "!", "?")) else f"{cut}\N{HORIZONTAL ELLIPSIS}"
