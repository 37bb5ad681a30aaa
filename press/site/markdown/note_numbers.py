"""Number notes as they are read: in the order of their first references in the text, then in the notes themselves.

Markdown numbers notes as its parser comes to them, and it reads quotations, lists and cells after the paragraphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor


class NoteNumbers(Treeprocessor):
    """Number references and notes, and put the notes in that order."""

    def run(self, root: ElementTree.Element) -> None:
        """Change the tree in place: numbers, ids of repeated references, order of notes, labels of the links back."""
        foot = next((child for child in root.iter("div") if child.get("class") == "footnote"), None)
        listed = foot.find("ol") if foot is not None else None
        if foot is None or listed is None:
            return
        notes = {f"#{note.get('id')}": note for note in listed}
        references = list(_find_references(root, foot, notes))
        numbers = {name: number for number, name in enumerate(dict.fromkeys(name for _, name in references), start=1)}
        for name in notes:
            numbers.setdefault(name, len(numbers) + 1)  # a note that nothing refers to comes last, and is reported
        _number(references, numbers)
        _label(notes, numbers, find_extension(self.md).getConfig("BACKLINK_TITLE"))
        listed[:] = sorted(listed, key=lambda note: numbers[f"#{note.get('id')}"])


def find_extension(md: Markdown) -> FootnoteExtension:
    """Return what knows the notes of the text that was read last."""
    return next(extension for extension in md.registeredExtensions if isinstance(extension, FootnoteExtension))


def _find_references(
    root: ElementTree.Element, foot: ElementTree.Element, notes: dict[str, ElementTree.Element]
) -> Iterator[tuple[ElementTree.Element, str]]:
    """Yield each reference with the address of its note: those of the text, then those of each note that was read."""
    read = dict[str, None]()
    for reference in _references_in(root, foot):
        yield reference
        read.setdefault(reference[1])
    done = 0
    while done < len(read):  # a note may refer to another, and that to a third
        name = list(read)[done]
        done += 1
        for reference in _references_in(notes[name]) if name in notes else ():
            yield reference
            read.setdefault(reference[1])
    for name, note in notes.items():
        if name not in read:
            yield from _references_in(note)


def _references_in(
    element: ElementTree.Element, left_out: ElementTree.Element | None = None
) -> Iterator[tuple[ElementTree.Element, str]]:
    if element is left_out:
        return
    if element.tag == "sup" and element.get("id", "").startswith("fnref") and len(element):
        yield element, element[0].get("href", "")
    for child in element:
        yield from _references_in(child, left_out)


def _number(references: list[tuple[ElementTree.Element, str]], numbers: dict[str, int]) -> None:
    """Write the number of each reference; of several to one note, the second has the id `fnref2:name`."""
    used = Counter[str]()
    for mark, name in references:
        used[name] += 1
        again = used[name] if used[name] > 1 else ""
        mark.set("id", f"fnref{again}:{name.removeprefix('#fn:')}")
        mark[0].text = str(numbers[name])


def _label(notes: dict[str, ElementTree.Element], numbers: dict[str, int], label: str) -> None:
    for name, note in notes.items():
        for link in note.iter("a"):
            if link.get("class") == "footnote-backref":
                link.set("title", label.format(numbers[name]))
