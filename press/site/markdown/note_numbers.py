"""Number the notes of a text in the order in which they are read.

Markdown reads the parts of a text in an order of its own, paragraphs before lists, quotations and tables, and numbers
the notes on the way. Here they are numbered again when the tree is finished: the references in the text are counted
from top to bottom, and then those in the notes, from the first note to the last. A note that is referred to again
keeps the number of its first reference. The ids of its references and its links back follow the same order:
`fnref:name`, `fnref2:name` …
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor


class NoteWithinNote(RuntimeError):
    """A note is defined within another one, where Markdown loses it."""


class NoteNumbers(Treeprocessor):
    """Give notes, their references and the links between them their numbers."""

    names: tuple[str, ...] = ()
    """The names of the notes of the text that was read last, in the order of its source."""

    unused: frozenset[str] = frozenset()
    """The names of notes without a reference, or with none but their own and those of other such notes."""

    def run(self, root: ElementTree.Element) -> None:
        """Change the tree in place. Raises NoteWithinNote."""
        self.names, self.unused = (), frozenset()
        foot = next((part for part in root.iter("div") if part.get("class") == "footnote"), None)
        if foot is None:
            return
        _, listed = foot
        notes = next(known for known in self.md.registeredExtensions if isinstance(known, FootnoteExtension))
        if len(listed) < len(notes.footnotes):
            raise NoteWithinNote
        reading = _Reading({f"#{item.get('id')}": item for item in listed})
        in_notes = {*foot.iter("sup")}
        reading.follow(mark for mark in root.iter("sup") if mark not in in_notes)
        unused = reading.follow_unused()
        self.names = tuple(notes.footnotes)
        self.unused = frozenset(name for name in self.names if f"#{notes.makeFootnoteId(name)}" in unused)
        listed[:] = [reading.notes[target] for target in reading.marks]
        for number, (item, marks) in enumerate(zip(listed, reading.marks.values(), strict=True), start=1):
            _link(item, marks, number, notes.getConfig("BACKLINK_TITLE").format(number))


class _Reading:
    """Reads a text from its references to its notes; a note is known by the target of the links to it, `#fn:name`."""

    def __init__(self, notes: Mapping[str, ElementTree.Element]) -> None:
        self.notes = notes
        self.marks: dict[str, list[ElementTree.Element]] = {}
        """The references to each note that has been found, in the order of reading."""
        self.waiting: deque[str] = deque()

    def follow(self, marks: Iterable[ElementTree.Element]) -> None:
        """Enter references, then those in the notes that they lead to, and so on."""
        self._enter(marks)
        while self.waiting:
            self._enter(self.notes[self.waiting.popleft()].iter("sup"))

    def _enter(self, marks: Iterable[ElementTree.Element]) -> None:
        for mark in marks:
            link = mark.find("a[@class='footnote-ref']")
            if link is not None:
                self._find(link.get("href", "")).append(mark)

    def _find(self, target: str) -> list[ElementTree.Element]:
        if target not in self.marks:
            self.marks[target] = []
            self.waiting.append(target)
        return self.marks[target]

    def follow_unused(self) -> set[str]:
        """Enter the notes not found so far; return those that lead to the others, of a circle only the first."""
        named = {link.get("href") for note in self.notes.values() for link in note.iter("a")}
        unused = set()
        for target in sorted(self.notes, key=named.__contains__):
            if target not in self.marks:
                unused.add(target)
                self._find(target)
                self.follow(())
        return unused


def _link(item: ElementTree.Element, marks: list[ElementTree.Element], number: int, label: str) -> None:
    """Write the number of a note into its references, and link each of them with the note."""
    name = item.get("id", "").partition(":")[2]
    for count, mark in enumerate(marks, start=1):
        mark.set("id", f"fnref{count if count > 1 else ''}:{name}")
        mark[0].text = str(number)
    backs = [(parent, link) for parent in item.iter() for link in parent if link.get("class") == "footnote-backref"]
    for place, (parent, link) in enumerate(backs):
        if place < len(marks):
            link.set("href", f"#{marks[place].get('id')}")
            link.set("title", label)
        else:
            parent.remove(link)
