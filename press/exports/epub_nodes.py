"""The nodes of a text as XHTML, for one file of an EPUB."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree
from lxml.builder import ElementMaker

from press.exports.document import (
    Inside,
    Node,
    NodeKind,
    is_address_shown,
    measure_table,
    nodes_in,
    split_at_breaks,
    words_in,
)
from press.exports.export_input import ExportInput
from press.exports.pictures import form_of
from press.model.languages import is_right_to_left

_XHTML, _OPS, XML = (
    "http://www.w3.org/1999/xhtml",
    "http://www.idpf.org/2007/ops",
    "http://www.w3.org/XML/1998/namespace",
)
make = ElementMaker(namespace=_XHTML, nsmap={None: _XHTML, "epub": _OPS})
_TYPE = f"{{{_OPS}}}type"

_TAGS: dict[NodeKind, str] = {
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

_NARROW = 40
"""The characters in a row that a small screen has room for."""

_BLOCKS = frozenset("paragraph heading quote list definitions code table rule figure".split())


class ContentsLine(NamedTuple):
    """A line of the table of contents: its level, an id, what it links to, and its words."""

    level: int
    uid: str
    address: str
    words: str


def isolate(element: etree._Element, lang: str) -> etree._Element:
    """Name the language of an element and the direction it is written in: a reader takes neither from the other."""
    element.set("lang", lang)
    element.set(f"{{{XML}}}lang", lang)
    element.set("dir", "rtl" if is_right_to_left(lang) else "ltr")
    return element


def _find_first_line(note: etree._Element) -> etree._Element:
    """Return what the number of a note is put into: its first paragraph, or the first line of a stanza."""
    if not len(note) or note[0].tag != f"{{{_XHTML}}}p":
        return note
    return note[0][0] if note[0].get("class") == "verse" else note[0]


class Writer:
    """Writes nodes as elements of one file, and collects headings and pictures.

    `homes` has the file of each note.
    """

    def __init__(self, leaflet: ExportInput, file: str, homes: Mapping[str, str]) -> None:
        self.file, self.homes = file, homes
        self.known = {p.url: p for p in leaflet.pictures if form_of(p.path)}
        self.headings: list[ContentsLine] = []
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
        return self.fill(make(_TAGS[node.kind]), node.inside)

    def write_note(self, number: str, note: Inside) -> etree._Element:
        """Write a note, which an e-reader may show in a pop-up."""
        aside = make.aside(id=f"note-{number}", role="doc-footnote")
        aside.set(_TYPE, "footnote")
        self.fill(aside, note)
        first = _find_first_line(aside)
        mark = make.a(make.bdi(number), {"href": f"#ref-{number}", "class": "mark"})
        mark.tail, first.text = f" {first.text or ''}", None
        first.insert(0, mark)
        return aside

    def write_reference(self, node: Node) -> etree._Element:
        """Write a reference to a note; the first to each can be linked back to.

        Its number is isolated: in text from right to left it stands to the left of a figure or a Latin word. A style
        sheet may not say so in an EPUB.
        """
        number = node.facts["number"]
        home = self.homes.get(number, self.file)
        place = "" if home == self.file else home
        link = make.a(make.bdi(number), href=f"{place}#note-{number}", role="doc-noteref")
        link.set(_TYPE, "noteref")
        if not node.facts["again"]:
            link.set("id", f"ref-{number}")
        return make.sup(link)

    def write_heading(self, node: Node) -> etree._Element:
        """Write a heading, and enter it in the table of contents."""
        place = f"part-{len(self.headings) + 1}"
        words, name = words_in(node.inside).strip() or place, self.file.removesuffix(".xhtml")
        self.headings.append(ContentsLine(node.facts["level"], f"{name}-{place}", f"{self.file}#{place}", words))
        return self.fill(make(f"h{min(node.facts['level'] + 1, 6)}", id=place), node.inside)

    def write_run(self, node: Node) -> etree._Element:
        """Write words in another language or direction."""
        blocks = any(isinstance(part, Node) and part.kind in _BLOCKS for part in node.inside)
        element = make.div() if blocks else make.span()
        if lang := node.facts.get("lang"):
            isolate(element, lang)
        if node.facts.get("dir") in ("ltr", "rtl", "auto"):
            element.set("dir", node.facts["dir"])
        return self.fill(element, node.inside)

    def write_caps(self, node: Node) -> etree._Element:
        """Write capitals, which the style sheet sets smaller."""
        return self.fill(make.span({"class": "caps"}), node.inside)

    def write_short(self, node: Node) -> etree._Element:
        """Write an abbreviation."""
        return self.fill(make.abbr({"title": node.facts["title"]} if node.facts["title"] else {}), node.inside)

    def write_link(self, node: Node) -> etree._Element:
        """Write a link."""
        link = self.fill(make.a(href=node.facts["url"]), node.inside)
        if is_address_shown(node):
            link.set("dir", "ltr")
        return link

    def write_paragraph(self, node: Node) -> etree._Element:
        """Write a paragraph; each line of a stanza is an element, which may be turned over."""
        if not node.facts.get("verse"):
            return self.fill(make.p(), node.inside)
        stanza = make.p({"class": "verse"})
        for line in split_at_breaks(node.inside):
            stanza.extend([make.br()] if len(stanza) else [])
            stanza.append(self.fill(make.span(), line))
        return stanza

    def write_code(self, node: Node) -> etree._Element:
        """Write lines that keep their spaces."""
        return make.pre(make.code("".join(str(part) for part in node.inside)))

    def write_list(self, node: Node) -> etree._Element:
        """Write a list."""
        element = self.fill(make("ol" if node.facts["ordered"] else "ul"), node.inside)
        if node.facts["ordered"] and node.facts["start"] != 1:
            element.set("start", str(node.facts["start"]))
        if node.facts["tight"]:
            element.set("class", "tight")
        return element

    def write_table(self, node: Node) -> etree._Element:
        """Write a table; the cells of a wide one have the heads of their columns, for screens where it is stacked."""
        split = node.facts["header"]
        wide = measure_table(node) > _NARROW
        heads = [words_in(cell.inside).strip() for cell in nodes_in(nodes_in(node)[split - 1])] if split else []
        rows = [self.write_row(row, [] if place < split else heads if wide else [""] * node.facts["columns"])
                for place, row in enumerate(nodes_in(node))]  # fmt: skip
        parts = [make.thead(*rows[:split])] if split else []
        table = make.table(*parts, *([make.tbody(*rows[split:])] if rows[split:] else []))
        if wide:
            table.set("class", "wide")
        return table

    def write_row(self, row: Node, labels: Sequence[str]) -> etree._Element:
        """Write a row of a table; one without labels is a row of heads."""
        element = make.tr()
        for place, cell in enumerate(nodes_in(row)):
            made = self.fill(make("td" if labels else "th"), cell.inside)
            if cell.facts["align"]:
                made.set("class", cell.facts["align"])
            if labels and labels[place]:
                made.set("data-head", labels[place])
            element.append(made)
        return element

    def write_picture(self, node: Node) -> etree._Element:
        """Write a picture, or its description if it cannot be shown."""
        picture = self.known.get(node.facts["url"])
        if picture is None:
            return make.span(node.facts["alt"])
        name = f"images/{picture.sha256[:12]}{form_of(picture.path)}"
        self.pictures[picture.path] = name
        self.pictures_described &= bool(node.facts["alt"])
        return make.img(src=name, alt=node.facts["alt"])


_WRITERS: Mapping[NodeKind, Callable[[Writer, Node], etree._Element]] = {
    "paragraph": Writer.write_paragraph,
    "heading": Writer.write_heading,
    "list": Writer.write_list,
    "code": Writer.write_code,
    "table": Writer.write_table,
    "run": Writer.write_run,
    "caps": Writer.write_caps,
    "short": Writer.write_short,
    "link": Writer.write_link,
    "picture": Writer.write_picture,
    "note": Writer.write_reference,
}
