"""Put notes after the paragraph that they belong to, so that a style sheet can set them in the margin.

Markdown collects the notes at the end of a text. They stay there during typesetting, because a note between two
paragraphs would break a quotation that spans both; only comments mark their places, `<!--noted-->` before the
paragraph and `<!--notes:1-->` after it. The page puts each note there once; feeds and exports leave the notes at the
end. A paragraph, its notes and what follows up to the next such paragraph are one element, a grid in which the notes
may be as long as all of that: no note moves a paragraph or covers another note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

_BEFORE = "<!--noted-->\n"
_PLACE = re.compile(r"<!--notes:([0-9 ]+)-->\n?")
_MARK = re.compile(r"<!--note(?:d|s:[0-9 ]+)-->\n?")
_FOOT = re.compile(r'<div class="footnote">\s*<hr>\s*<ol>\s*(.*)</ol>\s*</div>\s*\Z', re.DOTALL)
_NOTE = re.compile(r'(?=<li id="fn:)')


class NotePlaces(Treeprocessor):
    """Mark after each block which notes it refers to for the first time; label the links to notes and back."""

    def run(self, root: ElementTree.Element) -> None:
        """Put the comments in place."""
        _drop_links_to_nowhere(root, self.md)
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


def find_notes(md: Markdown) -> tuple[FootnoteExtension, frozenset[str]]:
    """Return what knows the notes of the text that was read last, and the names of notes without a reference."""
    notes = next(extension for extension in md.registeredExtensions if isinstance(extension, FootnoteExtension))
    unused = (name for name in notes.footnotes if notes.makeFootnoteRefId(name) not in notes.found_refs)
    return notes, frozenset(unused)


def _drop_links_to_nowhere(root: ElementTree.Element, md: Markdown) -> None:
    """Take the link back out of each note without a reference: the note is reported, and not its link as well."""
    notes, unused = find_notes(md)
    lost = {f"#{notes.makeFootnoteRefId(name)}" for name in unused}
    for parent in [*root.iter()] if lost else ():
        for link in [child for child in parent if child.get("href") in lost]:
            if link.get("class") == "footnote-backref":
                parent.remove(link)


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
    """Move the notes of a finished text to their marked places; a note without a place stays at the end."""
    foot = _FOOT.search(body)
    if foot is None:
        return Markup(drop_places(body))
    notes = dict(enumerate(_NOTE.split(foot[1])[1:], start=1))

    def put_notes(match: re.Match[str]) -> str:
        return _list_notes([(int(n), notes.pop(int(n))) for n in match[1].split() if int(n) in notes])

    before, *noted = body[: foot.start()].split(_BEFORE)
    groups = "".join(f'<div class="noted">\n{_PLACE.sub(put_notes, group)}</div>\n' for group in noted)
    return Markup(before + groups + _list_notes(sorted(notes.items())))


def _list_notes(notes: list[tuple[int, str]]) -> str:
    if not notes:
        return ""
    items = "".join(note.strip().replace("<li ", f'<li value="{number}" ', 1) + "\n" for number, note in notes)
    return f'<div class="notes" role="note">\n<ol>\n{items}</ol>\n</div>\n'


def drop_places(body: str) -> str:
    """Remove the marks from a text whose notes stay at the end."""
    return _MARK.sub("", body)
