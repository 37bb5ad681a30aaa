"""`{page 12}`: a page of the original begins here. The mark shows nothing; a link to `#page-12` leads to it.

    The men stood {page 12} at the gate.      within a paragraph, or a word
    {page [3]}                                alone on a line: before the next paragraph, heading or item
    {page}                                    a page without a number: #page-n1, #page-n2 …

A label has up to twelve letters, figures and square brackets; the brackets of a page whose number was not printed are
not in its address, nor are capitals. The second page with an address that is taken gets `-2`. Anything else in braces
is text, and so is a mark after a backslash or in code.

The words around a mark are set as if it were not there. So a mark has no space of its own: it follows the word before
it, and of two spaces around it one is left. At the end of a paragraph it moves to the head of the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_RE

from press.model.slugs import make_slug

PAGE_MARK = r"(?<!\\)\{page(?: (?=[\[\]]*[^\W_])((?:[^\W_]|[\[\]]){1,12}))?\}"
"""A mark, and its label as a group."""

ROLE = "doc-pagebreak"

_MARKS = rf"[ ]{{0,3}}{PAGE_MARK}(?:[ \t]*{PAGE_MARK})*[ \t]*"
_FIRST_LINE = re.compile(rf"\n*{_MARKS}(?:\n|\Z)")
_LAST_LINE = re.compile(rf"\n{_MARKS}\Z")
_ANY = re.compile(PAGE_MARK)
_WITH_SPACE = re.compile(rf"(?<=\S)[ ]*{PAGE_MARK}")
_OPENING = re.compile(r"(?:^|[\s(\[])[(\[«‹“„‘‚\"'*_¿¡]+\Z")
_CLOSING = re.compile(r"[)\]›”’\"'*_.,…]+(?:\s|\Z)")
"""Not the marks that have a space before them in French."""

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_TEXTS = _HEADINGS | {"p", "dt"}
_NAMED = _HEADINGS | {"a", "td", "th"}
_LISTS = frozenset("ul ol dl blockquote div".split())
_ITEMS = frozenset({"li", "dd"})

_ELEMENT = rf'(?:<span [^<>]*role="{ROLE}"[^<>]*></span>)+'
_BLOCK, _RUN = r"(?:p|h[1-6]|li|dt|dd)", r"(?:a|em|span|strong|i|b)"
_SPACE_FIRST = re.compile(rf"(\s+)({_ELEMENT})(?=\S)")
_AT_HEAD = re.compile(rf"(<{_BLOCK}(?:\s[^<>]*)?>(?:<{_RUN}(?:\s[^<>]*)?>)*?)({_ELEMENT})")
_AT_END = re.compile(rf"({_ELEMENT})((?:</{_RUN}>)*</{_BLOCK}>)")
_BEFORE_BLOCK = re.compile(rf"({_ELEMENT})(<{_BLOCK}(?:\s[^<>]*)?>)")
_AFTER_BLOCK = re.compile(rf"(</{_BLOCK}>)({_ELEMENT})")


def find_page_marks(text: str) -> Iterator[re.Match[str]]:
    """Yield each mark that is written in a text, those in code too; its label, or None, is group 1."""
    return _ANY.finditer(text)


def drop_page_marks(text: str) -> str:
    """Remove the marks from Markdown; a line of nothing else is left empty, and one at the head of a line stays.

    What is left of each line begins where the line begins.
    """
    if "{page" not in text:
        return text
    lines = ("" if _FIRST_LINE.fullmatch(line) else _WITH_SPACE.sub("", line) for line in text.split("\n"))
    return "\n".join(lines)


def is_page_mark(element: ElementTree.Element) -> bool:
    """Tell whether an element is a mark."""
    return element.get("role") == ROLE


def _make_mark(label: str | None) -> ElementTree.Element:
    """Return a mark as an element, whose name for screen readers is its label; its id comes later."""
    return ElementTree.Element("span", {"role": ROLE, **({"title": label} if label else {})})


class PageMarks(InlineProcessor):
    """Read the marks among words."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ElementTree.Element, int, int]:  # noqa: N802
        """Return the element and its place, with the space that it does not need."""
        start, end = m.span()
        before, after = data[:start], data[end:]
        first, last = len(before.rstrip()), len(data) - len(after.lstrip())
        if first == 0 or _OPENING.search(before):
            end = last
        elif not after or after[0].isspace() or _CLOSING.match(after) or self._is_break(after):
            start = first
        return _make_mark(m[1]), start, end

    def _is_break(self, text: str) -> bool:
        """Tell whether a text begins with a line break, which Markdown has read by now."""
        found = INLINE_PLACEHOLDER_RE.match(text)
        node = self.md.treeprocessors["inline"].stashed_nodes.get(found[1]) if found else None
        return node is not None and not isinstance(node, str) and node.tag == "br"


class PageMarkLines(BlockProcessor):
    """Read marks on lines of their own; the blocks around them are read as if these lines were not there."""

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        """Return whether a block begins or ends with such a line."""
        return "{page" in block and (_FIRST_LINE.match(block) or _LAST_LINE.search(block)) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        """Put the marks at the end of the text above, so that a list or a quotation goes on; leave the rest."""
        block = blocks.pop(0)
        if found := _FIRST_LINE.match(block):
            above = _find_last(parent)
            above.extend(_make_mark(mark[1]) for mark in find_page_marks(found[0]))
            blocks[:0] = [rest] if (rest := block[found.end() :]) else []
        elif found := _LAST_LINE.search(block):
            blocks[:0] = [block[: found.start()], found[0].strip("\n")]


def _find_last(element: ElementTree.Element) -> ElementTree.Element:
    """Return the text, item or quotation that ends last in an element, or the element."""
    while len(element) and element[-1].tag in _TEXTS | _LISTS | _ITEMS:
        element = element[-1]
    return element


class PageMarkPlaces(Treeprocessor):
    """Put each mark that ends a text at the head of the next one, and give all marks their ids."""

    def run(self, root: ElementTree.Element) -> None:
        """Change the tree in place."""
        marks = [element for element in root.iter("span") if is_page_mark(element)]
        if marks:
            mover = _Mover()
            mover.read(root)
            mover.finish(root)
            _name(element for element in root.iter("span") if is_page_mark(element))
            _silence(root)


def _silence(root: ElementTree.Element) -> None:
    """Hide marks from screen readers where these name an element by what is in it: “Men 12 and bread”."""
    named = (element for element in root.iter() if element.tag in _NAMED)
    for mark in [part for element in named for part in element.iter("span") if is_page_mark(part)]:
        mark.set("aria-hidden", "true")


def _name(marks: Iterator[ElementTree.Element]) -> None:
    taken = set[str]()
    unnumbered = 0
    for mark in marks:
        name = make_slug(mark.get("title", ""))
        unnumbered += not name
        name = distinct = f"page-{name or f'n{unnumbered}'}"
        number = 1
        while distinct in taken:
            number += 1
            distinct = f"{name}-{number}"
        taken.add(distinct)
        mark.set("id", distinct)


class _Mover:
    """Goes through the texts of a page in order, and carries marks from the end of one to the head of the next.

    Tables, code, pictures and rules cannot have a mark at their head: it stays at the end of the text before.
    """

    def __init__(self) -> None:
        self.waiting: list[ElementTree.Element] = []
        self.text: ElementTree.Element | None = None

    def read(self, parent: ElementTree.Element) -> None:
        for child in [*parent]:
            if is_page_mark(child):
                self.waiting.append(_take(parent, child))
            elif child.tag in _TEXTS or (child.tag in _ITEMS and not _has_blocks(child)):
                self._read_text(child)
            elif child.tag in _ITEMS:
                self._read_item(child)
            elif child.tag in _LISTS and child.get("class") != "footnote":
                self.read(child)
            else:
                self._leave()

    def _read_text(self, text: ElementTree.Element) -> None:
        self.waiting += _take_first(text)
        if _is_object(text):
            self._leave()
        else:
            self._put_first(text)
        last = _take_last(text)
        if _is_object(text):
            self.waiting += last
        else:
            self.text, self.waiting = text, last

    def _read_item(self, item: ElementTree.Element) -> None:
        """Read an item that has blocks, and perhaps words of its own before them."""
        if (item.text or "").strip():
            self._put_first(item)
        self.read(item)

    def _put_first(self, text: ElementTree.Element) -> None:
        if self.waiting:
            self.waiting[-1].tail, text.text = text.text, None
            text[:0] = self.waiting
            self.waiting = []

    def _leave(self) -> None:
        if self.text is not None:
            self.text.extend(self.waiting)
            self.waiting = []

    def finish(self, root: ElementTree.Element) -> None:
        """Leave the marks after the last text at its end; a page of pictures alone has them after those."""
        self._leave()
        root.extend(self.waiting)


def _take(parent: ElementTree.Element, mark: ElementTree.Element) -> ElementTree.Element:
    """Take a mark out of its parent; words that follow it stay."""
    place = [*parent].index(mark)
    if (mark.tail or "").strip():
        before = parent[place - 1] if place else None
        if before is None:
            parent.text = (parent.text or "") + (mark.tail or "")
        else:
            before.tail = (before.tail or "") + (mark.tail or "")
    parent.remove(mark)
    mark.tail = None
    return mark


def _take_first(text: ElementTree.Element) -> list[ElementTree.Element]:
    taken = []
    while len(text) and is_page_mark(text[0]) and not (text.text or "").strip():
        taken.append(_take(text, text[0]))
    return taken


def _take_last(text: ElementTree.Element) -> list[ElementTree.Element]:
    taken: list[ElementTree.Element] = []
    while len(text) and is_page_mark(text[-1]) and not (text[-1].tail or "").strip():
        taken.insert(0, _take(text, text[-1]))
    return taken


def _has_blocks(item: ElementTree.Element) -> bool:
    return any(child.tag in _TEXTS | _LISTS | {"pre", "table", "hr"} for child in item)


def _is_object(text: ElementTree.Element) -> bool:
    """Tell whether a text is fenced code, or begins with a picture, perhaps within a link: it may become a figure."""
    if HTML_PLACEHOLDER_RE.fullmatch((text.text or "").strip()):
        return True
    first = text[0] if len(text) and not (text.text or "").strip() else None
    return first is not None and (first.tag == "img" or (first.tag == "a" and len(first) and first[0].tag == "img"))


def set_apart(html: str) -> str:
    """Put marks at the head or the end of a block outside it, so that its first and last words are typeset as such."""
    if ROLE not in html:
        return html
    html = _SPACE_FIRST.sub(r"\2\1", html)
    return _AT_END.sub(r"\2\1", _AT_HEAD.sub(r"\2\1", html))


def bring_back(html: str) -> str:
    """Put marks that were set apart into their blocks again."""
    return _AFTER_BLOCK.sub(r"\2\1", _BEFORE_BLOCK.sub(r"\2\1", html)) if ROLE in html else html
