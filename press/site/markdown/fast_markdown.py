"""A Markdown extension that skips the search for marks that a text does not have.

Markdown tries every pattern on every text, and every kind of block on every block. Most paragraphs of a pamphlet have
no mark at all. The result is the same; this extension comes last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

_INLINE_MARKS = """
    ` backtick
    \\ escape
    [ reference link short_reference
    [^ footnote
    ![ image_link image_reference short_image_ref
    < autolink automail house_br house_tag_0 house_tag_1 house_tag_2
    & entity house_reference
    * house_stars
    {page house_page
"""
PATTERN_MARKS = {name: mark for mark, *names in map(str.split, _INLINE_MARKS.strip().split("\n")) for name in names}
"""What every match of a pattern contains; most of these begin with a look-behind, so they try every character."""

BLOCK_MARKS = {
    "quote": ">",
    "hashheader": "#",
    "setextheader": "\n",
    "table": "\n",
    "deflist": ":",
    "reference": "]:",
    "footnote": "[^",
}
"""What every quotation, heading, table, list of definitions, link reference and note contains."""

_INLINE_MARK = re.compile(r"[`\\\[<&*_]|[ ][ ]\n|\{page")
_INLINE_PATTERNS = """
    backtick escape footnote reference link image_link image_reference short_reference short_image_ref autolink
    automail linebreak entity em_strong house_br house_page house_tag_0 house_tag_1 house_tag_2 house_reference
    house_stars
""".split()
"""The patterns that find nothing without one of those marks."""


class Sparing(Extension):
    """Search for marks first."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name is Markdown's
        """Put a quick test before the thorough ones."""
        for name, mark in BLOCK_MARKS.items():
            if name in md.parser.blockprocessors:
                form = md.parser.blockprocessors[name]
                form.test = partial(_test_marked, mark, form.test)
        if "hr" in md.parser.blockprocessors:
            rule = md.parser.blockprocessors["hr"]
            rule.test = partial(_test_rule, rule.test)
        if "fenced_code_block" in md.preprocessors:
            fences = md.preprocessors["fenced_code_block"]
            fences.run = partial(_run_fenced, fences.run)
        for name, mark in PATTERN_MARKS.items():
            if name in md.inlinePatterns:
                pattern = md.inlinePatterns[name]
                pattern.compiled_re = Marked(mark, pattern.compiled_re)
        md.treeprocessors.register(MarkedTexts(md), "inline", 20)


def _test_marked(
    mark: str, test: Callable[[ElementTree.Element, str], bool], parent: ElementTree.Element, block: str
) -> bool:
    return mark in block and test(parent, block)


def _test_rule(test: Callable[[ElementTree.Element, str], bool], parent: ElementTree.Element, block: str) -> bool:
    """Test for a rule, which has three marks of one kind, with or without spaces between them."""
    return any(block.count(mark) >= 3 for mark in "-_*") and test(parent, block)


def _run_fenced(run: Callable[[list[str]], list[str]], lines: list[str]) -> list[str]:
    """Look for fences of code, if there are any."""
    return run(lines) if any("```" in line or "~~~" in line for line in lines) else lines


@dataclass(frozen=True, slots=True)
class Marked:
    """A regular expression, as far as Markdown uses one, that is tried only on texts with its mark."""

    mark: str
    expression: re.Pattern[str]

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Return the matches from `start` on."""
        return self.expression.finditer(text, start) if self.mark in text else iter(())


class MarkedTexts(InlineProcessor):
    """Apply the inline patterns only to texts with a mark; if there are unknown patterns, to all texts."""

    def run(self, tree: ElementTree.Element, ancestors: list[str] | None = None) -> ElementTree.Element:
        """Change the tree in place; texts without marks are made atomic meanwhile, so Markdown skips them."""
        known = sum(name in self.inlinePatterns for name in _INLINE_PATTERNS)
        spared = list(_find_plain(tree)) if known == len(self.inlinePatterns) else []
        for element, text in spared:
            element.text = AtomicString(text)
        changed: ElementTree.Element = super().run(tree, ancestors)
        for element, text in spared:
            element.text = text
        return changed


def _find_plain(tree: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str]]:
    for element in tree.iter():
        text = element.text
        if text and not isinstance(text, AtomicString) and not _INLINE_MARK.search(text):
            yield element, text
