"""What Pagefind is given of a leaflet: its title, date and words, and what it can be filtered by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from lxml import etree
from lxml import html as lxml_html

from press.model.dates import Precision
from press.model.entry import Entry
from press.model.slugs import make_slug
from press.search.tokens import part_words

_REFERENCES = etree.XPath(".//sup[a[@class='footnote-ref']] | .//a[@class='footnote-backref' or @class='anchor']")


@dataclass(frozen=True, slots=True)
class Document:
    """One leaflet as Pagefind reads it; `path` is its place below the folder of its language."""

    lang: str
    """The language without its country, which decides the stemmer: `fr` for `fr-CA`."""
    path: str
    html: str


def make_document(entry: Entry, place: int, title: str, said: tuple[str, str], text: str) -> Document:
    """Write a leaflet for Pagefind.

    `place` is where it stands among all leaflets by original date, from 0; `title` is plain; `said` are its date and
    its category in words; `text` is that of its page, as part_text gives it.
    """
    lang = entry.lang.partition("-")[0]
    authors = "; ".join(entry.authors)
    shown = {"title": title, "date": said[0], "category": said[1], "author": authors}
    head = [
        *(_tell("meta", name, value) for name, value in shown.items() if value),
        *(_tell("filter", name, value) for name, value in _list_filters(entry)),
        _tell("sort", "date", str(place)),
    ]
    page = (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">{"".join(head)}</head>\n'
        f"<body data-pagefind-body><h1>{escape(part_words(title))}</h1>\n"
        f'<p data-pagefind-weight="5">{escape(part_words(f"{said[0]} {authors}".strip()))}</p>\n'
        f'<i id="at.{place}.{entry.lang}"></i>\n{text}</body></html>\n'
    )
    return Document(lang, f"{entry.url}index.html", page)


def _tell(what: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{what}="{name}[content]" content="{escape(value)}">'


def _list_filters(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield names and values: slugs, which stand for themselves in HTML and in an address, and years."""
    yield "category", entry.category_slug
    yield "language", entry.lang.lower()
    yield from (("author", make_slug(name)) for name in entry.authors)
    if entry.series:
        yield "series", make_slug(entry.series)
    if entry.date.precision is Precision.UNDATED:
        yield "undated", "yes"  # which come last, whatever the order: a file of its own, so that it is a small one
    else:
        yield from (("year", str(year)) for year in range(entry.date.first.year, entry.date.last.year + 1))


def part_text(body: str) -> str:
    """Part the words of a page's text, with the ids that results lead to; leave out the marks of notes."""
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    for reference in _REFERENCES(root):
        reference.drop_tree()
    for span in root.findall(".//span"):
        span.drop_tag()  # typesetting’s: an ampersand stands in one
    for element in root.iter():
        if element.text and isinstance(element.tag, str):
            element.text = part_words(element.text)
        if element.tail:
            element.tail = part_words(element.tail)
    return str(etree.tostring(root, encoding="unicode", method="html"))
