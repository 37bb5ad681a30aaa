"""Where the marks of pages are in the tree of a text, and what their addresses are."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from press.model.slugs import make_slug
from press.site.markdown.page_marks import HEADINGS, ITEMS, LISTS, TEXTS, is_page_mark

_NAMED = HEADINGS | {"a", "td", "th"}


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
            elif child.tag in TEXTS or (child.tag in ITEMS and not _has_blocks(child)):
                self._read_text(child)
            elif child.tag in ITEMS:
                self._read_item(child)
            elif child.tag in LISTS and child.get("class") != "footnote":
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
    return any(child.tag in TEXTS | LISTS | {"pre", "table", "hr"} for child in item)


def _is_object(text: ElementTree.Element) -> bool:
    """Tell whether a text is fenced code, or begins with a picture, perhaps within a link: it may become a figure."""
    if HTML_PLACEHOLDER_RE.fullmatch((text.text or "").strip()):
        return True
    first = text[0] if len(text) and not (text.text or "").strip() else None
    if first is not None and first.tag == "a" and len(first):
        first = first[0]
    return first is not None and first.tag == "img"
