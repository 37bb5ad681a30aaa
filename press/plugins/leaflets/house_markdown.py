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

ATTRIBUTES = ("lang", "dir", "title")

_OPENING = rf"<({'|'.join(INLINE_TAGS)})((?:\s+[a-z]+=\"[^\"<>]*\")*)\s*>"
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"<>]*)"')
_HEADING = re.compile(r"h([1-6])")


class HouseMarkdown(Extension):
    """Markdown as this archive reads it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name is Markdown's
        """Take raw HTML out of Markdown's parsers and put our own in."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(LineBreak(r"<br\s*/?>", md), "house_br", 92)
        md.inlinePatterns.register(InlineTag(_OPENING, md), "house_tag", 91)
        md.treeprocessors.register(HeadingLevels(md), "house_headings", 15)


class LineBreak(InlineProcessor):
    """Let `<br>` through."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ElementTree.Element, int, int]:  # noqa: N802
        """Give the element and where it stands."""
        return ElementTree.Element("br"), m.start(), m.end()


class InlineTag(InlineProcessor):
    """Let `<sup>…</sup>` and its like through, where the tag is closed and has no attribute but the harmless ones."""

    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        """Give the element and where it stands, or nothing where the tag is to be read as text."""
        attributes = dict(_ATTRIBUTE.findall(m[2]))
        end = find_end(data, m[1], m.end())
        if end is None or not attributes.keys() <= set(ATTRIBUTES):
            return None, None, None
        element = ElementTree.Element(m[1], attributes)
        element.text = data[m.end() : end]
        return element, m.start(), end + len(f"</{m[1]}>")


def find_end(data: str, tag: str, start: int) -> int | None:
    """Find the end tag that belongs to a tag opened before `start`; None where there is none."""
    depth = 1
    for found in re.finditer(rf"<(/?){tag}(?:\s[^<>]*)?>", data[start:]):
        depth += -1 if found[1] else 1
        if depth == 0:
            return start + found.start()
    return None


class HeadingLevels(Treeprocessor):
    """Shift the headings of a text so that its highest is an `h2`: the page's `h1` is the title."""

    def run(self, root: ElementTree.Element) -> None:
        """Rename the heading elements in place."""
        headings = [
            (e, int(m[1])) for e in root.iter() if isinstance(e.tag, str) and (m := _HEADING.fullmatch(e.tag))
        ]
        shift = 2 - min((level for _, level in headings), default=2)
        for element, level in headings:
            element.tag = f"h{min(level + shift, 6)}"


def makeExtension(**kwargs: Any) -> HouseMarkdown:  # noqa: N802  # the name is Markdown's
    """Make the extension, for MARKDOWN settings that name this module."""
    return HouseMarkdown(**kwargs)
