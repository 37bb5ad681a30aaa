"""The dialect of Markdown: raw HTML is text, except a few inline tags, and headings start at level two."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockprocessors import ReferenceProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from press.site.markdown.anchors import Anchors
from press.site.markdown.figures import Figures
from press.site.markdown.note_numbers import NoteNumbers
from press.site.markdown.page_marks import PAGE_MARK, PageMarkLines, PageMarks
from press.site.markdown.page_places import PageMarkPlaces
from press.site.markdown.sidenotes import NotePlaces

INLINE_TAGS = ("sup", "sub", "abbr", "cite", "small", "q", "kbd", "span", "bdi")
"""The tags that a text may use as well as Markdown, and `br`, which has no end tag."""

DEEPEST_TAGS = 3
"""How many of these tags may be nested."""

ATTRIBUTES = {
    "lang": re.compile(r"(?:[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)?"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "title": re.compile(r".*", re.DOTALL),
}
"""The values of each attribute; the language may be empty."""

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
        for depth in range(DEEPEST_TAGS):
            md.inlinePatterns.register(InlineTag(_OPENING, md), f"house_tag_{depth}", 91 - depth / 10)
        md.inlinePatterns.register(PageMarks(PAGE_MARK, md), "house_page", 88)
        md.inlinePatterns.register(StarsBetweenFigures(r"(?<=\d)\*+(?=\d)", md), "house_stars", 84)
        md.inlinePatterns.register(UnknownReference(r"&([0-9a-zA-Z]+);", md), "house_reference", 85)
        md.parser.blockprocessors.register(PageMarkLines(md.parser), "house_page", 95)
        md.parser.blockprocessors.register(LinkReferences(md.parser), "reference", 15)
        md.treeprocessors.register(LinksInLinks(md), "house_links", 16)
        md.treeprocessors.register(HeadingLevels(md), "house_headings", 15)
        md.treeprocessors.register(CellAlignment(md), "house_cells", 14)
        md.treeprocessors.register(NoteNumbers(md), "house_note_numbers", 13)


class LineBreak(InlineProcessor):
    """Let `<br>` through."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ElementTree.Element, int, int]:  # noqa: N802
        """Return the element and its place."""
        return ElementTree.Element("br"), m.start(), m.end()


class InlineTag(InlineProcessor):
    """Let `<sup>…</sup>` and the like through if the tag is closed and has only harmless attributes.

    The inner of two nested tags is converted first; when Markdown searches again, the outer has no tag left inside.
    """

    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        """Return the element and its place, or nothing if the tag is to be read as text."""
        attributes = _ATTRIBUTE.findall(m[2])
        following = _TAG.search(data, m.end())
        if following is None or following[0] != f"</{m[1]}>" or not _are_harmless(attributes):
            return None, None, None
        element = ElementTree.Element(m[1], dict(attributes))
        element.text = data[m.end() : following.start()]
        return element, m.start(), following.end()


def _are_harmless(attributes: list[tuple[str, str]]) -> bool:
    """Return whether each attribute is known, is there only once, and has a permitted value."""
    if len(dict(attributes)) < len(attributes):
        return False
    return all(name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value) for name, value in attributes)


class StarsBetweenFigures(InlineProcessor):
    """Show the stars of `5*6 and 7*8` as written: they are no emphasis."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # noqa: N802
        """Return the stars as text, and their place."""
        return m[0], m.start(), m.end()


class UnknownReference(InlineProcessor):
    """Show `&notit;` as written: browsers would read `¬it;`."""

    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        """Return the reference as text, or nothing if HTML knows it."""
        return (None, None, None) if f"{m[1]};" in html5 else (f"&amp;{m[1]};", m.start(), m.end())


class LinkReferences(ReferenceProcessor):
    """Read a link reference from one line: the next line is text, never the title of the link."""

    RE = re.compile(
        r"""^[ ]{0,3} \[([^\[\]]*)\]: [ ]* ([^\s]+) [ ]* ((["'])(.*)\4[ ]* | \((.*)\)[ ]*)? $""",
        re.MULTILINE | re.VERBOSE,
    )


class LinksInLinks(Treeprocessor):
    """Find links within links, which browsers cannot show; a footnote reference is a link too."""

    found: list[str]

    def run(self, root: ElementTree.Element) -> None:
        """Keep the text of each inner link in `found`."""
        inner = (link for outer in root.iter("a") for link in outer.iter("a") if link is not outer)
        self.found = ["".join(link.itertext()) for link in inner]


class HeadingLevels(Treeprocessor):
    """Start headings at `h2`, because the title is the page's `h1`, and skip no level on the way down."""

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
        """Replace the attributes in place; the tables extension is set to write `align`."""
        for cell in root.iter():
            if "align" in cell.attrib:
                cell.set("class", f"align-{cell.attrib.pop('align')}")


def makeExtension(**kwargs: Any) -> HouseMarkdown:  # noqa: N802  # the name is Markdown's
    """Make the extension, for MARKDOWN settings that name this module."""
    return HouseMarkdown(**kwargs)


class Places(Extension):
    """Place the marks of pages, make figures, name paragraphs and headings, and mark where notes belong."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name is Markdown's
        """Work after the last of Markdown's own tree processors, which gives escaped marks back."""
        md.treeprocessors.register(PageMarkPlaces(md), "house_pages", -0.3)
        md.treeprocessors.register(Figures(md), "house_figures", -0.5)
        md.treeprocessors.register(Anchors(md), "house_anchors", -1)
        md.treeprocessors.register(NotePlaces(md), "house_notes", -2)
