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
from markdown.util import INLINE_PLACEHOLDER_RE

PAGE_MARK = r"(?<!\\)\{page(?: (?=[\[\]]*[^\W_])((?:[^\W_]|[\[\]]){1,12}))?\}"
"""A mark, and its label as a group."""

ROLE = "doc-pagebreak"

_MARKS = rf"[ ]{{0,3}}{PAGE_MARK}(?:[ \t]*{PAGE_MARK})*[ \t]*"
_FIRST_LINE = re.compile(rf"\n*{_MARKS}(?:\n|\Z)")
_LAST_LINE = re.compile(rf"\n{_MARKS}\Z")
_ANY = re.compile(PAGE_MARK)
_WITH_SPACE = re.compile(rf"(?<=\S)[ ]*{PAGE_MARK}")
_OPENING = re.compile(r"(?:^|[\s(\[])[(\[«‹“„‘‚\"'*_¿¡]+\Z")
_CLOSING = re.compile(r"(?!\.\.)[)\]›”’\"'*_.,]+(?:\s|\Z)")
"""Not the marks that have a space before them in French, nor an ellipsis."""

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
TEXTS = HEADINGS | {"p", "dt"}
"""Elements that have words and no blocks."""
LISTS = frozenset("ul ol dl blockquote div".split())
"""Elements that have blocks and no words of their own."""
ITEMS = frozenset({"li", "dd"})
"""Elements that have either, or both."""

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
    while len(element) and element[-1].tag in TEXTS | LISTS | ITEMS:
        element = element[-1]
    return element


def set_apart(html: str) -> str:
    """Put marks at the ends of a block outside it, so that its first and last words are typeset as such."""
    if ROLE not in html:
        return html
    html = _SPACE_FIRST.sub(r"\2\1", html)
    return _AT_END.sub(r"\2\1", _AT_HEAD.sub(r"\2\1", html))


def bring_back(html: str) -> str:
    """Put marks that were set apart into their blocks again."""
    return _AFTER_BLOCK.sub(r"\2\1", _BEFORE_BLOCK.sub(r"\2\1", html)) if ROLE in html else html
