"""Put notes after the paragraph that they belong to, so that a style sheet can set them in the margin.

Markdown collects the notes at the end of a text. They stay there during typesetting, because a note between two
paragraphs would break a quotation that spans both; only comments mark their places, `<!--noted-->` before the
paragraph and `<!--notes:1-->` after it. The page puts each note there once; feeds and exports leave the notes at the
end.

A wide window has the notes in the margin, as boxes that float beside the text: a long one runs on beside the
paragraphs that follow, and the next one waits below it, so that no note moves the text or covers another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

_BEFORE = "<!--noted-->\n"
_PLACE = re.compile(r"<!--notes:([0-9 ]+)-->\n?")
_MARK = re.compile(r"<!--note(?:d|s:[0-9 ]+)-->\n?")
_FOOT = re.compile(r'<div class="footnote">\s*<hr>\s*<ol>\s*(.*)</ol>\s*</div>\s*\Z', re.DOTALL)
_NOTE = re.compile(r'(?=<li id="fn:)')
_LINK = re.compile(r'<a (?=[^>]*class="footnote-(?:ref|backref)")')
_TAG = re.compile(r"<[^>]*>")
_LINE_END = re.compile(r"</(?:p|li|h[2-6]|tr|dt|dd)>|<br>")

_TEXT_LINE, _NOTE_LINE = 72, 28
"""Characters of a line of the text at most, and of a note in a narrow margin."""

_NOTE_HEIGHT = 0.8
"""The height of a line of a note in lines of the text (theme/static/css/text.css)."""


class NotePlaces(Treeprocessor):
    """Mark after each block which notes it refers to for the first time; label the links to notes and back."""

    def run(self, root: ElementTree.Element) -> None:
        """Put the comments in place."""
        for link in root.iter("a"):
            if link.get("class") == "footnote-ref":
                link.set("role", "doc-noteref")
            elif link.get("class") == "footnote-backref":
                link.set("role", "doc-backlink")
                link.set("aria-label", link.attrib.pop("title"))
        for place, block in reversed([*enumerate(root)]):
            found = [] if block.get("class") == "footnote" else [*_find_references(block)]
            if found:
                root.insert(place + 1, _write_mark(f"notes:{' '.join(found)}"))
                root.insert(place, _write_mark("noted"))


def _write_mark(words: str) -> Any:
    mark = ElementTree.Comment(words)
    mark.tail = "\n"
    return mark


def _find_references(block: ElementTree.Element) -> Iterator[str]:
    """Yield the numbers of the notes that a block refers to; a repeated reference has another id."""
    for element in block.iter("sup"):
        if element.get("id", "").startswith("fnref:") and len(element):
            yield element[0].text or ""


def set_notes(body: str) -> Markup:
    """Move the notes of a finished text to their marked places; a note without a place stays at the end.

    A paragraph whose notes may begin beside it is put into `<div class="noted">` with them; those of any other
    paragraph begin below it, because notes from further up still fill the margin. The links between the text and its
    notes are no stops of the Tab key: a note is read right after its paragraph, and eighty notes would be 160 stops.
    """
    foot = _FOOT.search(body)
    if foot is None:
        return Markup(drop_places(body))
    notes = dict(enumerate(_NOTE.split(foot[1])[1:], start=1))
    before, *parts = body[: foot.start()].split(_BEFORE)
    margin = _Margin(_count_lines(before, _TEXT_LINE))
    shown = [before]
    for part in parts:
        words, numbers, after = _PLACE.split(part, maxsplit=1)
        listed = _list_notes([(int(n), notes.pop(int(n))) for n in numbers.split() if int(n) in notes])
        beside = margin.fill(_count_lines(words, _TEXT_LINE), _count_lines(listed, _NOTE_LINE) * _NOTE_HEIGHT)
        margin.text += _count_lines(after, _TEXT_LINE)
        wrapped = beside and listed and not words.startswith("<h")
        shown += [f'<div class="noted">\n{words}{listed}</div>\n' if wrapped else words + listed, after]
    return Markup(_LINK.sub('<a tabindex="-1" ', "".join(shown) + _list_notes(sorted(notes.items()))))


@dataclass
class _Margin:
    """How far the text and the notes beside it reach, in lines of the text from its beginning.

    A browser places a paragraph that floats beside its notes no higher than the notes before it begin. Such a
    paragraph would be torn from the text if these had to wait far below their own.
    """

    text: float
    begins: float = 0
    """Where the last notes begin, and where they end."""
    ends: float = 0

    def fill(self, lines: float, noted: float) -> bool:
        """Add a paragraph and its notes; return whether the paragraph may float beside them."""
        beside = self.begins <= self.text
        if noted:
            self.begins = max(self.text + (0 if beside else lines), self.ends)
            self.ends = self.begins + noted
        self.text += lines
        return beside


def _count_lines(part: str, line: int) -> float:
    """Estimate how many lines a part of a page has, of `line` characters each; a gap between paragraphs is half."""
    words = (_TAG.sub("", block).strip() for block in _LINE_END.split(part))
    return sum(1 + len(block) // line for block in words if block) + part.count("</p>") / 2


def _list_notes(notes: list[tuple[int, str]]) -> str:
    if not notes:
        return ""
    items = "".join(note.strip().replace("<li ", f'<li value="{number}" ', 1) + "\n" for number, note in notes)
    return f'<div class="notes" role="note">\n<ol>\n{items}</ol>\n</div>\n'


def drop_places(body: str) -> str:
    """Remove the marks from a text whose notes stay at the end."""
    return _MARK.sub("", body)
