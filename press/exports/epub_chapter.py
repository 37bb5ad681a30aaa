"""One text as a chapter of an EPUB: XHTML, made from the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.builder import ElementMaker

from press.exports.document import Document, Inside, Node, words_in
from press.exports.export_input import ExportInput, list_record
from press.exports.pictures import form_of

_XHTML, _OPS, _XML = (
    "http://www.w3.org/1999/xhtml",
    "http://www.idpf.org/2007/ops",
    "http://www.w3.org/XML/1998/namespace",
)
_make = ElementMaker(namespace=_XHTML, nsmap={None: _XHTML, "epub": _OPS})
_TYPE = f"{{{_OPS}}}type"

_TAGS = {
    "paragraph": "p",
    "quote": "blockquote",
    "item": "li",
    "definitions": "dl",
    "term": "dt",
    "meaning": "dd",
    "rule": "hr",
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


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its file, what the navigation lists of it, and the pictures that it shows by their paths."""

    name: str
    xhtml: bytes
    contents: tuple[tuple[str, str, str], ...]
    """An id of the entry, where it leads within the file, and its words."""
    pictures: Mapping[str, str]
    pictures_told: bool
    """Whether every picture has a description."""


def write_chapter(leaflet: ExportInput, document: Document, name: str) -> Chapter:
    """Write a text as a file `name` of an EPUB: title, byline, words, notes, and what the archive knows of it."""
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
    byline = ", ".join([leaflet.said_date, *leaflet.entry.authors])
    body.append(_make.p(byline, {"class": "byline", "lang": leaflet.archive_lang}))
    if leaflet.summary:
        body.append(_make.p(leaflet.summary, {"class": "summary"}))
    writer.fill(body, document.blocks)
    for number, note in document.notes.items():
        body.append(writer.note(number, note))
    body.append(_write_record(leaflet))
    data = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    contents = ((writer.prefix, "", leaflet.title), *writer.headings)
    return Chapter(name, data, contents, writer.pictures, writer.told)


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
    """Writes nodes as elements; remembers headings and pictures on the way."""

    def __init__(self, leaflet: ExportInput, prefix: str) -> None:
        self.prefix = prefix
        self.known = {p.url: p for p in leaflet.pictures if form_of(p.path)}
        self.headings: list[tuple[str, str, str]] = []
        self.pictures: dict[str, str] = {}
        self.told = True

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
        special = getattr(self, f"_write_{node.kind}", None)
        if special is not None:
            element: etree._Element = special(node)
            return element
        return self.fill(_make(_TAGS[node.kind]), node.inside)

    def note(self, number: str, note: Inside) -> etree._Element:
        """Write a note, which a reader may show in a window of its own."""
        aside = _make.aside(id=f"note-{number}", role="doc-footnote")
        aside.set(_TYPE, "footnote")
        self.fill(aside, note)
        first = aside[0] if len(aside) and aside[0].tag == f"{{{_XHTML}}}p" else aside
        mark = _make.a(number, {"href": f"#ref-{number}", "class": "mark"})
        mark.tail, first.text = f" {first.text or ''}", None
        first.insert(0, mark)
        return aside

    def _write_note(self, node: Node) -> etree._Element:
        number = node.facts["number"]
        link = _make.a(number, href=f"#note-{number}", role="doc-noteref")
        link.set(_TYPE, "noteref")
        if not node.facts["again"]:
            link.set("id", f"ref-{number}")
        return _make.sup(link)

    def _write_heading(self, node: Node) -> etree._Element:
        place = f"part-{len(self.headings) + 1}"
        self.headings.append((f"{self.prefix}-{place}", f"#{place}", words_in(node.inside).strip() or place))
        return self.fill(_make(f"h{min(node.facts['level'] + 1, 6)}", id=place), node.inside)

    def _write_run(self, node: Node) -> etree._Element:
        element = _make("div" if any(isinstance(n, Node) and n.kind in _BLOCKS for n in node.inside) else "span")
        if lang := node.facts.get("lang"):
            element.set("lang", lang)
            element.set(f"{{{_XML}}}lang", lang)
        if node.facts.get("dir") in ("ltr", "rtl", "auto"):
            element.set("dir", node.facts["dir"])
        return self.fill(element, node.inside)

    def _write_caps(self, node: Node) -> etree._Element:
        return self.fill(_make.span({"class": "caps"}), node.inside)

    def _write_short(self, node: Node) -> etree._Element:
        return self.fill(_make.abbr({"title": node.facts["title"]} if node.facts["title"] else {}), node.inside)

    def _write_link(self, node: Node) -> etree._Element:
        return self.fill(_make.a(href=node.facts["url"]), node.inside)

    def _write_code(self, node: Node) -> etree._Element:
        return _make.pre(_make.code("".join(str(part) for part in node.inside)))

    def _write_list(self, node: Node) -> etree._Element:
        element = self.fill(_make("ol" if node.facts["ordered"] else "ul"), node.inside)
        if node.facts["ordered"] and node.facts["start"] != 1:
            element.set("start", str(node.facts["start"]))
        if node.facts["tight"]:
            element.set("class", "tight")
        return element

    def _write_table(self, node: Node) -> etree._Element:
        rows = [self._write_row(row, head=place < node.facts["header"]) for place, row in enumerate(node.inside)
                if isinstance(row, Node)]  # fmt: skip
        split = node.facts["header"]
        parts = [_make.thead(*rows[:split])] if split else []
        return _make.table(*parts, *([_make.tbody(*rows[split:])] if rows[split:] else []))

    def _write_row(self, row: Node, *, head: bool) -> etree._Element:
        element = _make.tr()
        for cell in row.inside:
            if isinstance(cell, Node):
                made = self.fill(_make("th" if head else "td"), cell.inside)
                if cell.facts["align"]:
                    made.set("class", cell.facts["align"])
                element.append(made)
        return element

    def _write_picture(self, node: Node) -> etree._Element:
        picture = self.known.get(node.facts["url"])
        if picture is None:
            return _make.span(node.facts["alt"])
        name = f"images/{picture.sha256[:12]}{form_of(picture.path)}"
        self.pictures[picture.path] = name
        self.told &= bool(node.facts["alt"])
        return _make.img(src=name, alt=node.facts["alt"])


_BLOCKS = frozenset("paragraph heading quote list definitions code table rule".split())
