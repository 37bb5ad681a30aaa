"""One text as a chapter of an EPUB: XHTML made from the document tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.builder import ElementMaker

from press.exports.document import Document, Inside, Node, NodeKind, words_in
from press.exports.export_input import ExportInput, list_record
from press.exports.pictures import form_of

_XHTML, _OPS, _XML = (
    "http://www.w3.org/1999/xhtml",
    "http://www.idpf.org/2007/ops",
    "http://www.w3.org/XML/1998/namespace",
)
_make = ElementMaker(namespace=_XHTML, nsmap={None: _XHTML, "epub": _OPS})
_TYPE = f"{{{_OPS}}}type"

_TAGS: dict[NodeKind, str] = {
    "paragraph": "p",
    "quote": "blockquote",
    "item": "li",
    "definitions": "dl",
    "term": "dt",
    "meaning": "dd",
    "rule": "hr",
    "figure": "figure",
    "caption": "figcaption",
    "emphasis": "em",
    "strong": "strong",
    "typed": "code",
    "raised": "sup",
    "lowered": "sub",
    "small": "small",
    "work": "cite",
    "quoted": "q",
    "struck": "del",
    "marked": "mark",
    "run": "span",
    "break": "br",
}
"""Nodes that become one element without attributes; _WRITERS has the others."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: the name and bytes of its file, its table of contents, and the names of its pictures by path."""

    name: str
    xhtml: bytes
    contents: tuple[tuple[str, str, str], ...]
    """For each line of the table of contents: an id, the fragment that it links to, and its words."""
    pictures: Mapping[str, str]
    pictures_described: bool
    """Whether every picture has a description."""


def write_chapter(leaflet: ExportInput, document: Document, name: str) -> Chapter:
    """Write a text as the file `name` of an EPUB: title, byline, text, notes and record."""
    writer = _Writer(leaflet, name.removesuffix(".xhtml"))
    root = _make.html(
        _make.head(_make.title(leaflet.title), _make.link(rel="stylesheet", type="text/css", href="style.css")),
        body := _make.body(),
    )
    root.set("lang", leaflet.entry.lang)
    root.set(f"{{{_XML}}}lang", leaflet.entry.lang)
    if leaflet.right_to_left:
        root.set("dir", "rtl")
    body.append(_make.h1(leaflet.title))
    byline = ", ".join([leaflet.display_date, *leaflet.entry.authors])
    body.append(_make.p(byline, {"class": "byline", "lang": leaflet.archive_lang}))
    if leaflet.summary:
        body.append(_make.p(leaflet.summary, {"class": "summary"}))
    writer.fill(body, document.blocks)
    for number, note in document.notes.items():
        body.append(writer.write_note(number, note))
    body.append(_write_record(leaflet))
    data = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    contents = ((writer.prefix, "", leaflet.title), *writer.headings)
    return Chapter(name, data, contents, writer.pictures, writer.pictures_described)


def _write_record(leaflet: ExportInput) -> etree._Element:
    record = _make.dl()
    for label, value in list_record(leaflet):
        record.append(_make.dt(label))
        if value == leaflet.address:
            record.append(_make.dd(_make.a(value, href=value)))
        else:
            record.extend(_make.dd(line) for line in value.split("\n"))
    section = _make.section(_make.p(leaflet.archive), record, {"class": "record", "lang": leaflet.archive_lang})
    section.set(f"{{{_XML}}}lang", leaflet.archive_lang)
    return section


class _Writer:
    """Writes nodes as elements, and collects headings and pictures."""

    def __init__(self, leaflet: ExportInput, prefix: str) -> None:
        self.prefix = prefix
        self.known = {p.url: p for p in leaflet.pictures if form_of(p.path)}
        self.headings: list[tuple[str, str, str]] = []
        self.pictures: dict[str, str] = {}
        self.pictures_described = True

    def fill(self, parent: etree._Element, inside: Inside) -> etree._Element:
        """Put nodes into an element."""
        for part in inside:
            if isinstance(part, Node):
                parent.append(self.write(part))
            elif len(parent):
                parent[-1].tail = (parent[-1].tail or "") + part
            else:
                parent.text = (parent.text or "") + part
        return parent

    def write(self, node: Node) -> etree._Element:
        """Write one node."""
        if node.kind in _WRITERS:
            return _WRITERS[node.kind](self, node)
        return self.fill(_make(_TAGS[node.kind]), node.inside)

    def write_note(self, number: str, note: Inside) -> etree._Element:
        """Write a note, which an e-reader may show in a pop-up."""
        aside = _make.aside(id=f"note-{number}", role="doc-footnote")
        aside.set(_TYPE, "footnote")
        self.fill(aside, note)
        first = aside[0] if len(aside) and aside[0].tag == f"{{{_XHTML}}}p" else aside
        mark = _make.a(number, {"href": f"#ref-{number}", "class": "mark"})
        mark.tail, first.text = f" {first.text or ''}", None
        first.insert(0, mark)
        return aside

    def write_reference(self, node: Node) -> etree._Element:
        """Write a reference to a note; the first to each can be linked back to."""
        number = node.facts["number"]
        link = _make.a(number, href=f"#note-{number}", role="doc-noteref")
        link.set(_TYPE, "noteref")
        if not node.facts["again"]:
            link.set("id", f"ref-{number}")
        return _make.sup(link)

    def write_heading(self, node: Node) -> etree._Element:
        """Write a heading, and enter it in the table of contents."""
        place = f"part-{len(self.headings) + 1}"
        self.headings.append((f"{self.prefix}-{place}", f"#{place}", words_in(node.inside).strip() or place))
        return self.fill(_make(f"h{min(node.facts['level'] + 1, 6)}", id=place), node.inside)

    def write_run(self, node: Node) -> etree._Element:
        """Write words in another language or direction."""
        element = _make.span()
        if lang := node.facts.get("lang"):
            element.set("lang", lang)
            element.set(f"{{{_XML}}}lang", lang)
        if node.facts.get("dir") in ("ltr", "rtl", "auto"):
            element.set("dir", node.facts["dir"])
        return self.fill(element, node.inside)

    def write_caps(self, node: Node) -> etree._Element:
        """Write capitals, which the style sheet sets smaller."""
        return self.fill(_make.span({"class": "caps"}), node.inside)

    def write_short(self, node: Node) -> etree._Element:
        """Write an abbreviation."""
        return self.fill(_make.abbr({"title": node.facts["title"]} if node.facts["title"] else {}), node.inside)

    def write_link(self, node: Node) -> etree._Element:
        """Write a link."""
        return self.fill(_make.a(href=node.facts["url"]), node.inside)

    def write_code(self, node: Node) -> etree._Element:
        """Write lines that keep their spaces."""
        return _make.pre(_make.code("".join(str(part) for part in node.inside)))

    def write_list(self, node: Node) -> etree._Element:
        """Write a list."""
        element = self.fill(_make("ol" if node.facts["ordered"] else "ul"), node.inside)
        if node.facts["ordered"] and node.facts["start"] != 1:
            element.set("start", str(node.facts["start"]))
        if node.facts["tight"]:
            element.set("class", "tight")
        return element

    def write_table(self, node: Node) -> etree._Element:
        """Write a table."""
        rows = [self.write_row(row, head=place < node.facts["header"]) for place, row in enumerate(node.inside)
                if isinstance(row, Node)]  # fmt: skip
        split = node.facts["header"]
        parts = [_make.thead(*rows[:split])] if split else []
        return _make.table(*parts, *([_make.tbody(*rows[split:])] if rows[split:] else []))

    def write_row(self, row: Node, *, head: bool) -> etree._Element:
        """Write a row of a table."""
        element = _make.tr()
        for cell in row.inside:
            if isinstance(cell, Node):
                made = self.fill(_make("th" if head else "td"), cell.inside)
                if cell.facts["align"]:
                    made.set("class", cell.facts["align"])
                element.append(made)
        return element

    def write_picture(self, node: Node) -> etree._Element:
        """Write a picture, or its description if it cannot be shown."""
        picture = self.known.get(node.facts["url"])
        if picture is None:
            return _make.span(node.facts["alt"])
        name = f"images/{picture.sha256[:12]}{form_of(picture.path)}"
        self.pictures[picture.path] = name
        self.pictures_described &= bool(node.facts["alt"])
        return _make.img(src=name, alt=node.facts["alt"])


_WRITERS: Mapping[NodeKind, Callable[[_Writer, Node], etree._Element]] = {
    "heading": _Writer.write_heading,
    "list": _Writer.write_list,
    "code": _Writer.write_code,
    "table": _Writer.write_table,
    "run": _Writer.write_run,
    "caps": _Writer.write_caps,
    "short": _Writer.write_short,
    "link": _Writer.write_link,
    "picture": _Writer.write_picture,
    "note": _Writer.write_reference,
}
