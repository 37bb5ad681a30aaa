"""Read the finished HTML of a text as a tree. No other part of the exports reads HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from press.exports.document import Document, Inside, Node, NodeKind, mark_verse


class UnknownElement(ValueError):
    """An element that exports cannot show."""

    def __init__(self, tag: str, words: str) -> None:
        self.tag, self.words = tag, words
        super().__init__(f"<{tag}>")


_TAGS: dict[NodeKind, str] = {
    "emphasis": "em i var dfn",
    "strong": "strong b",
    "typed": "code kbd samp tt",
    "run": "span bdi bdo time ins u data label",
    "struck": "del s",
    "link": "a",
    "raised": "sup",
    "lowered": "sub",
    "small": "small",
    "work": "cite",
    "short": "abbr",
    "quoted": "q",
    "marked": "mark",
    "break": "br",
    "picture": "img",
}
_RUNS = {tag: kind for kind, tags in _TAGS.items() for tag in tags.split()}
_TRANSPARENT = frozenset("div section article aside header footer main address".split())
_HEADING = re.compile(r"h([1-6])")
_PAGE_MARKS = ".//span[@role='doc-pagebreak']"
"""Where pages of the original begin, of which copies show nothing."""
_SPACE = re.compile(r"[ \t\n\r\f]+")  # what HTML collapses: no-break spaces stay


def read_body(body: str, page: str = "") -> Document:
    """Read the finished HTML of a text; links within it become links to `page`. Raises UnknownElement."""
    root = html.fragment_fromstring(body, create_parent="div")
    for mark in root.xpath(_PAGE_MARKS):
        mark.drop_tag()
    reader = _Reader(page)
    lists = root.xpath(".//div[contains(concat(' ', @class, ' '), ' footnote ')]")
    items = [item for found in lists for item in found.iter("li") if (item.get("id") or "").startswith("fn")]
    reader.numbers = {f"#{item.get('id')}": str(number) for number, item in enumerate(items, start=1)}
    for found in lists:
        found.drop_tree()
    blocks = reader.read_blocks(root)
    notes = {str(number): reader.read_blocks(item) for number, item in enumerate(items, start=1)}
    return Document(blocks, notes)


class _Reader:
    """Turns elements into nodes; keeps track of notes and the depth of headings."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.numbers: dict[str, str] = {}
        self.seen: set[str] = set()
        self.levels: list[int] = []
        self.at_space = True

    def read_blocks(self, element: html.HtmlElement) -> tuple[Node, ...]:
        """Read the contents of a container; bare words become a paragraph."""
        blocks: list[Node] = []
        run: list[html.HtmlElement | str] = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str) and (child.tag not in _RUNS):
                blocks += self._close(run)
                blocks += self._read_block(child)
                run = [child.tail or ""]
            elif isinstance(child.tag, str):
                run += [child, child.tail or ""]
            else:
                run.append(child.tail or "")
        return mark_verse([*blocks, *self._close(run)])

    def _close(self, run: list[html.HtmlElement | str]) -> Iterator[Node]:
        self.at_space = True
        inside = _trim([node for part in run for node in self._read_part(part)])
        if inside:
            yield Node("paragraph", inside)

    def _read_block(self, e: html.HtmlElement) -> tuple[Node, ...]:
        tag = e.tag
        heading = _HEADING.fullmatch(tag)
        if heading:
            return (self._wrap(e, Node("heading", self._read_run(e), {"level": self._level(int(heading[1]))})),)
        if tag in _TRANSPARENT:
            return self.read_blocks(e)
        if tag == "pre":
            return (Node("code", (e.text_content().removesuffix("\n"),)),)
        if tag == "hr":
            return (Node("rule"),)
        if tag == "p":
            inside = self._read_run(e)
            return (self._wrap(e, Node("paragraph", inside)),) if inside else ()
        if tag == "blockquote":
            return (self._wrap(e, Node("quote", self.read_blocks(e))),)
        if tag == "figure":
            return (Node("figure", self.read_blocks(e)),)
        if tag == "figcaption":
            return (Node("caption", self._read_run(e)),)
        if tag in ("ul", "ol"):
            return (self._wrap(e, self._read_list(e)),)
        if tag == "dl":
            return (Node("definitions", tuple(self._read_definition(child) for child in e)),)
        if tag == "table":
            return (self._read_table(e),)
        raise UnknownElement(tag, e.text_content().strip()[:60])

    def _level(self, html_level: int) -> int:
        """Return the depth of a heading, closing any gaps: `h2`, `h4` become 1 and 2."""
        while self.levels and self.levels[-1] >= html_level:
            self.levels.pop()
        self.levels.append(html_level)
        return len(self.levels)

    def _read_list(self, e: html.HtmlElement) -> Node:
        items = [child for child in e if child.tag == "li"]
        facts = {"ordered": e.tag == "ol", "tight": not any(item.find("p") is not None for item in items)}
        start = e.get("start") or ""
        facts["start"] = int(start) if start.isdecimal() else 1
        return Node("list", tuple(Node("item", self.read_blocks(item)) for item in items), facts)

    def _read_definition(self, e: html.HtmlElement) -> Node:
        return Node("term", self._read_run(e)) if e.tag == "dt" else Node("meaning", self.read_blocks(e))

    def _read_table(self, e: html.HtmlElement) -> Node:
        rows = [tuple(self._read_cell(cell) for cell in row if cell.tag in ("td", "th")) for row in e.iter("tr")]
        head = e.find("thead")
        header = len(head.findall("tr")) if head is not None else 0
        columns = max((len(row) for row in rows), default=0)
        filled = (row + (Node("cell", (), {"align": ""}),) * (columns - len(row)) for row in rows)
        return Node("table", tuple(Node("row", row) for row in filled), {"columns": columns, "header": header})

    def _read_cell(self, e: html.HtmlElement) -> Node:
        align = next((name[6:] for name in (e.get("class") or "").split() if name.startswith("align-")), "")
        return Node("cell", self.read_blocks(e), {"align": align})

    def _read_run(self, e: html.HtmlElement) -> Inside:
        """Read a block that has only words in it."""
        self.at_space = True
        return _trim(self._read_children(e))

    def _read_children(self, e: html.HtmlElement) -> list[Node | str]:
        inside = list(self._read_part(e.text or ""))
        for child in e:
            if isinstance(child.tag, str):
                inside += self._read_part(child)
            inside += self._read_part(child.tail or "")
        return inside

    def _read_part(self, part: html.HtmlElement | str) -> Iterator[Node | str]:
        if isinstance(part, str):
            text = _SPACE.sub(" ", part)
            text = text[1:] if self.at_space and text.startswith(" ") else text
            if text:
                self.at_space = text.endswith(" ")
                yield text
            return
        kind = _RUNS.get(part.tag)
        if kind is None:
            raise UnknownElement(part.tag, part.text_content().strip()[:60])
        node = self._read_note(part) or self._read_named(part, kind)
        if node is not None and node.kind == "run" and not node.facts:
            yield from node.inside
        elif node is not None:
            yield self._wrap(part, node) if node.kind != "run" else node

    def _read_note(self, e: html.HtmlElement) -> Node | None:
        """Read a reference to a note; return None for any other element."""
        link = e.find("a") if e.tag == "sup" else None
        number = self.numbers.get(link.get("href") or "") if link is not None else None
        if number is None:
            return None
        again = number in self.seen
        self.seen.add(number)
        self.at_space = False
        return Node("note", (), {"number": number, "again": again})

    def _read_named(self, e: html.HtmlElement, kind: NodeKind) -> Node | None:
        classes = (e.get("class") or "").split()
        if kind == "break":
            self.at_space = True
            return Node("break")
        if kind == "picture":
            self.at_space = False
            return Node("picture", (), {"url": e.get("src") or "", "alt": e.get("alt") or ""})
        if "footnote-backref" in classes:
            return None
        inside = tuple(self._read_children(e))
        if kind == "link":
            return Node("link", inside, {"url": self._resolve(e.get("href") or "")})
        if kind == "short":
            return Node("short", inside, {"title": e.get("title") or ""})
        if kind == "run":
            kind = "caps" if "caps" in classes else "run"
            return Node(kind, inside, {name: e.get(name) for name in ("lang", "dir") if e.get(name)})
        return Node(kind, inside)

    def _resolve(self, url: str) -> str:
        return f"{self.page}{url}" if url.startswith("#") else url

    def _wrap(self, e: html.HtmlElement, node: Node) -> Node:
        """Put the language or direction of an element on a run of its own."""
        facts = {name: e.get(name) for name in ("lang", "dir") if e.get(name)}
        if not facts:
            return node
        if node.kind in ("paragraph", "heading"):
            return Node(node.kind, (Node("run", node.inside, facts),), node.facts)
        return Node("run", (node,), facts)


def _trim(inside: list[Node | str]) -> Inside:
    """Remove the space at the end of a block: a note has one before its link back."""
    if inside and isinstance(inside[-1], str):
        inside[-1] = inside[-1].rstrip(" \N{NO-BREAK SPACE}")
    return tuple(n for n in inside if n != "")
