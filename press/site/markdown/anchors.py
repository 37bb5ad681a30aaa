"""A short permanent name for every paragraph and heading of a text, made from its own words.

A heading is named by its words, `what-the-bakers-did`. A paragraph is named by a hash of its letters and figures, so
its name stays when marks are typeset differently, when a note elsewhere gets another number, and when any other
paragraph changes. The second of two that are the same ends in `-2`.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from press.model.slugs import keep_letters, make_slug
from press.site.markdown.page_marks import is_page_mark

LENGTH = 8
"""Characters of a paragraph's hash, five bits each: two of 2,000 paragraphs share one in 1 of 500,000 texts."""

LONGEST_HEADING = 40
RESERVED_IDS = frozenset("main about cite contents".split())
"""Ids that the theme uses."""

_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")
"""What Markdown puts in place of an entity or an escaped mark until the end, numbered through the text."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTS = ("p", "li", "dd", "figure")
_BLOCKS = frozenset("p ul ol dl pre blockquote table div".split())
_NAMED = re.compile(r'<(p|li|dd|figure|h[2-6]) id="([^":]+)">')
_HEADING = re.compile(r'<h([2-6]) id="([^":]+)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<sup id.*?</sup>|<[^>]*>", re.DOTALL)
"""A reference to a note with its number, or a tag."""


def name_heading(words: str) -> str:
    """Name a heading by its words, cut at a word: `War — or bread?` becomes `war-or-bread`; it may be empty."""
    slug = make_slug(words)
    return slug if len(slug) <= LONGEST_HEADING else slug[: LONGEST_HEADING + 1].rpartition("-")[0] or slug[:40]


def name_paragraph(words: str) -> str:
    """Name a paragraph by a hash of its letters and figures, or of all its characters if it has none."""
    normal = unicodedata.normalize("NFC", words).casefold()
    letters = keep_letters(normal) or normal
    digest = hashlib.sha256(letters.encode()).digest()[: LENGTH * 5 // 8]
    return "p-" + base64.b32encode(digest).decode().lower()


class Anchors(Treeprocessor):
    """Give every paragraph and heading its name as an id; notes already have one."""

    def run(self, root: ElementTree.Element) -> None:
        """Set the ids in place."""
        taken = {*RESERVED_IDS} | {element.get("id", "") for element in root.iter("span") if is_page_mark(element)}
        for element in _find_parts(root):
            words = _PLACEHOLDER.sub("", "".join(_read(element)))
            if words.strip():
                name = name_heading(words) if element.tag in _HEADINGS else ""
                element.set("id", _distinguish(name or name_paragraph(words), taken))


def _find_parts(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield headings, paragraphs, and items without a paragraph of their own; nothing in the notes."""
    for child in element:
        if child.get("class") == "footnote":
            continue
        if child.tag in _HEADINGS or (child.tag in _PARTS and not any(inner.tag in _BLOCKS for inner in child)):
            yield child
        else:
            if child.tag in _PARTS and _read_start(child).strip():
                yield child  # an item with a list below its own words
            yield from _find_parts(child)


def _read(element: ElementTree.Element) -> Iterator[str]:
    """Yield the text of a part, without the numbers of notes and without lists below an item."""
    yield element.text or ""
    for child in element:
        if child.tag not in _BLOCKS and not child.get("id", "").startswith("fnref"):
            yield from _read(child)
        yield child.tail or ""


def _read_start(item: ElementTree.Element) -> str:
    """Return the words with which an item begins, before any element but the marks of pages."""
    marks = itertools.takewhile(is_page_mark, item)
    return "".join([item.text or "", *(mark.tail or "" for mark in marks)])


def _distinguish(name: str, taken: set[str]) -> str:
    number, distinct = 1, name
    while distinct in taken:
        number += 1
        distinct = f"{name}-{number}"
    taken.add(distinct)
    return distinct


def show_anchors(body: str, label_paragraph: Callable[[int], str], label_section: Callable[[int], str]) -> Markup:
    """Put a link to itself at the start of every part with a name: `<a class="anchor" href="#p-…">`.

    The link has no text, so copying the text copies only the author's words; it has a label for screen readers. It is
    no stop of the Tab key: a hundred of them would be between a reader and the end of the text.
    """
    paragraphs, sections = itertools.count(1), itertools.count(1)

    def put_link(match: re.Match[str]) -> str:
        label = label_section(next(sections)) if match[1][0] == "h" else label_paragraph(next(paragraphs))
        return f'{match[0]}<a class="anchor" href="#{match[2]}" tabindex="-1" aria-label="{label}"></a>'

    return Markup(_NAMED.sub(put_link, body))


def drop_names(body: str) -> str:
    """Remove the names again, to count the words of a text: a heading's name repeats its words."""
    return _NAMED.sub(r"<\1>", body)


def list_headings(body: str) -> list[tuple[int, str, Markup]]:
    """Return the level, the id and the words of every heading of a typeset text."""
    return [(int(level), name, Markup(_TAG.sub("", words))) for level, name, words in _HEADING.findall(body)]
