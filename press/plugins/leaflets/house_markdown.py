"""What this archive changes in Markdown: raw HTML is text, but for a few inline tags; headings start at level two."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

INLINE_TAGS = ("sup", "sub", "abbr", "cite", "small", "q", "kbd", "span", "bdi")
"""The tags that a text may use beside Markdown; and `br`, which has no end."""

DEEPEST = 3
"""How many of these tags may stand one in the other."""

ATTRIBUTES = ("lang", "dir", "title")

_OPENING = rf"<({'|'.join(INLINE_TAGS)})((?:\s+[a-z]+=\"[^\"<>]*\")*)\s*>"
_TAG = re.compile(rf"</?(?:{'|'.join(INLINE_TAGS)})(?:\s[^<>]*)?>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"<>]*)"')
_HEADING = re.compile(r"h([1-6])")


class HouseMarkdown(Extension):
    """Markdown as this archive reads it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name is Markdown's
        """Take raw HTML out of Markdown's parsers and put our own in."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(LineBreak(r"<br\s*/?>", md), "house_br", 92)
        for depth in range(DEEPEST):
            md.inlinePatterns.register(InlineTag(_OPENING, md), f"house_tag_{depth}", 91 - depth / 10)
        md.treeprocessors.register(HeadingLevels(md), "house_headings", 15)
        md.treeprocessors.register(CellAlignment(md), "house_cells", 14)


class LineBreak(InlineProcessor):
    """Let `<br>` through."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ElementTree.Element, int, int]:  # noqa: N802
        """Give the element and where it stands."""
        return ElementTree.Element("br"), m.start(), m.end()


class InlineTag(InlineProcessor):
    """Let `<sup>…</sup>` and its like through, where the tag is closed and has no attribute but the harmless ones.

    Of nested tags the inner comes first; when Markdown looks again, the outer has nothing left inside.
    """

    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        """Give the element and where it stands, or nothing where the tag is to be read as text."""
        attributes = dict(_ATTRIBUTE.findall(m[2]))
        following = _TAG.search(data, m.end())
        if following is None or following[0] != f"</{m[1]}>" or not attributes.keys() <= set(ATTRIBUTES):
            return None, None, None
        element = ElementTree.Element(m[1], attributes)
        element.text = data[m.end() : following.start()]
        return element, m.start(), following.end()


class HeadingLevels(Treeprocessor):
    """Let headings begin at `h2`, since the page's `h1` is the title, and skip no level on the way down."""

    def run(self, root: ElementTree.Element) -> None:
        """Rename the heading elements in place."""
        above: list[int] = []
        for element in root.iter():
            match = _HEADING.fullmatch(element.tag) if isinstance(element.tag, str) else None
            if match:
                level = int(match[1])
                above = [*(other for other in above if other < level), level]
                element.tag = f"h{min(len(above) + 1, 6)}"


class CellAlignment(Treeprocessor):
    """Align the cells of a table by a class: a strict Content-Security-Policy forbids `style`, HTML `align`."""

    def run(self, root: ElementTree.Element) -> None:
        """Exchange the attributes in place; the tables extension is set to write `align`."""
        for cell in root.iter():
            if "align" in cell.attrib:
                cell.set("class", f"align-{cell.attrib.pop('align')}")


def makeExtension(**kwargs: Any) -> HouseMarkdown:  # noqa: N802  # the name is Markdown's
    """Make the extension, for MARKDOWN settings that name this module."""
    return HouseMarkdown(**kwargs)
