"""Notes that are linked in HTML, `<sup><a href="#fn1">1</a></sup>` with `<li id="fn1">…`: → `[^1]` and `[^1]: …`.

A link is a mark if its words are a label, `1`, `[2]`, `*`, and it leads to a place further down. The note is the
element with that name, or the paragraph that begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from press.editor.importing.foreign.conversion import HOLE, NEW_LINE, Conversion
from press.editor.importing.foreign.foreign_notes import free_names
from press.editor.importing.foreign.html_tree import HtmlElement
from press.editor.importing.foreign.markdown_pieces import dedent_markdown

_LABEL = re.compile(r"[\[(]?(?:(?:note |n\. ?)?\d{1,3}|[a-z]|[*†‡§¶]{1,3})[\])]?[.:]?", re.IGNORECASE)
_BACK = re.compile(r"[\s\[\]()↩↵⏎↑⬆▲^←︎\ufe0e\ufe0f]*(?:back|return|retour|zurück|назад)?[\s\])]*", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"\[(?P<words>\[[^\[\]\n]{1,6}\]|[^\[\]\n]{1,20})\]\((?P<address>#[\w:.-]+)\)")
_AT_HEAD = re.compile(r"(?:^|\n)[ \t>]*(?P<label>(?:[-*+]|\[?\d{1,3}[\].)]?)?[ \t]*)$")
_LABEL_BEFORE = re.compile(r"[\[(]?(?P<number>\d{1,3})[\])]?[.:]?[ \t]+(?=\S)")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_WHOLE = frozenset("li p dd div aside section td".split())
"""Elements that hold a whole note."""
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_NOTE_NAME = re.compile(r"note|foot|^_?(?:fn|f|en|ftn|edn|n)[-_:.]?\d", re.IGNORECASE)
_MOST_PARAGRAPHS = 4


@dataclass(slots=True)
class _LinkedNote:
    """A mark and the place that its link leads to."""

    mark: HtmlElement
    place: HtmlElement
    name: str = ""
    content: list[str | HtmlElement] = field(default_factory=list)


class LinkedNotes:
    """Takes the notes of a tree out of it; what is written of them comes at the end of the text."""

    def __init__(self, conversion: Conversion, root: HtmlElement) -> None:
        self.conversion, self.root = conversion, root
        self._split_markdown_links(root)
        self.parents = {id(child): parent for parent, child in _walk(root)}
        self.order = {id(child): at for at, (_, child) in enumerate(_walk(root))}
        places: dict[str, HtmlElement] = {}
        for _, child in _walk(root):
            for key in ("id", "name"):
                if child.attributes.get(key):
                    places.setdefault(child.attributes[key], child)
        self.places = places
        self.notes = self._pair()

    def _split_markdown_links(self, element: HtmlElement) -> None:
        """Make elements of the links of Markdown that lead to a place in the text."""
        children: list[str | HtmlElement] = []
        for child in element.children:
            if not isinstance(child, str):
                self._split_markdown_links(child)
                children.append(child)
                continue
            last = 0
            for link in _MARKDOWN_LINK.finditer(child):
                made = HtmlElement("a", "[", {"href": link["address"]}, [link["words"]], -1, f"]({link['address']})")
                children += [child[last : link.start()], made]
                last = link.end()
            children.append(child[last:])
        element.children = [child for child in children if child != ""]

    def _pair(self) -> list[_LinkedNote]:
        """Return the marks with their places, of each place the first mark, in the order of the text."""
        found: dict[int, _LinkedNote] = {}
        for _, link in _walk(self.root):
            place = self._find_place(link)
            if place is not None and self.order[id(place)] > self.order[id(link)] and self._is_mark(link, place):
                found.setdefault(id(place), _LinkedNote(link, place))
        return list(found.values())

    def _find_place(self, link: HtmlElement) -> HtmlElement | None:
        address = link.attributes.get("href", "")
        return self.places.get(address.rpartition("#")[2]) if "#" in address and "//" not in address else None

    def _is_mark(self, link: HtmlElement, place: HtmlElement) -> bool:
        """Tell the mark of a note from another number with a link, as in a list of contents."""
        words = self.conversion.restore(_words(link)).replace("\\", "").strip()
        raised = self.parents[id(link)].tag == "sup" or any(child.tag == "sup" for _, child in _walk(link))
        named = raised or not words.isalnum() or _NOTE_NAME.search(link.attributes["href"].rpartition("#")[2])
        return bool(_LABEL.fullmatch(words) and named) and place.tag not in _HEADINGS

    def take_out(self) -> None:
        """Put names in place of the marks, and take the notes and the links back out of the tree."""
        names = free_names(self.conversion.text)
        for note in self.notes:
            note.content = self._cut_out(note)
        whole = [note for note in self.notes if note.content]
        for note in whole:
            note.name = next(names)
            self.conversion.write(f"{note.name} {note.name}")
            self._replace_mark(note)
        self.notes = whole
        if whole:
            self.conversion.moved = True
            count = "1 linked note became a note" if len(whole) == 1 else f"{len(whole)} linked notes became notes"
            self.conversion.note(f"{count} of this archive", -1)

    def _cut_out(self, note: _LinkedNote) -> list[str | HtmlElement]:
        """Take a note out of the tree; return what is in it, without the links back, or nothing if it has no end."""
        holder = note.place
        parent = self.parents[id(holder)]
        while holder.tag not in _WHOLE and parent.tag in _WHOLE and _is_first(parent, holder) and parent.tag != "div":
            holder, parent = parent, self.parents[id(parent)]
        if holder.tag in _WHOLE:
            _take_tags(self.conversion, holder)
            parent.children[_index(parent, holder)] = ""
            return self._without_links(holder.children)
        return self._without_links(self._cut_paragraph(note, parent))

    def _cut_paragraph(self, note: _LinkedNote, parent: HtmlElement) -> list[str | HtmlElement]:
        """Take out the paragraph that begins with the place of a note, and further ones up to the next note."""
        at = _index(parent, note.place)
        before = parent.children[at - 1] if at else ""
        head = _AT_HEAD.search(before) if isinstance(before, str) else None
        if head is None:
            return []
        others = {id(other.place) for other in self.notes}
        end = next((i for i in range(at + 1, len(parent.children)) if id(parent.children[i]) in others), 0)
        self._take_label(parent, end - 1)
        content = parent.children[at : end or len(parent.children)]
        rest: list[str | HtmlElement] = []
        inside = parent is not self.root and not end
        if not inside and not (end and self._belongs_together(note, content)):
            content, rest = _split_paragraph(content)
        self._take_label(parent, at - 1)
        parent.children[at : end or len(parent.children)] = ["\n\n", *rest]
        return content

    def _take_label(self, parent: HtmlElement, at: int) -> None:
        """Take out the number or the mark of an item before the place of a note."""
        before = parent.children[at] if at >= 0 else None
        if isinstance(before, str) and (head := _AT_HEAD.search(before)):
            self.conversion.take("label of a note", head["label"])
            parent.children[at] = before[: head.start("label")]

    def _belongs_together(self, note: _LinkedNote, content: list[str | HtmlElement]) -> bool:
        """Tell further paragraphs of a note from the next part of the text, which has marks or headings."""
        text = "".join(child if isinstance(child, str) else "" for child in content)
        marks = {id(other.mark) for other in self.notes}
        inside = {id(found) for child in content if not isinstance(child, str) for _, found in _walk(child)}
        headed = re.search(r"^#", text, re.MULTILINE) or any(
            not isinstance(child, str) and (child.tag[:1] == "h" or id(child) in marks) for child in content
        )
        return not headed and not marks & inside and len(_PARAGRAPH_END.findall(text)) <= _MOST_PARAGRAPHS

    def _without_links(self, content: list[str | HtmlElement]) -> list[str | HtmlElement]:
        """Return content without links back to the text: arrows, and labels at the head."""
        kept: list[str | HtmlElement] = []
        for child in content:
            if isinstance(child, str):
                kept.append(child)
                continue
            first = not any(item.strip() if isinstance(item, str) else True for item in kept)
            words = self.conversion.restore(_words(child)).strip()
            leads_back = child.tag == "a" and "#" in child.attributes.get("href", "")
            label = first and (child.tag in ("a", "sup")) and (_LABEL.fullmatch(words) or not words)
            if label or (leads_back and _BACK.fullmatch(words)):
                for element in [child, *(found for _, found in _walk(child))]:
                    _take_tags(self.conversion, element)
                self.conversion.take("link of a note", words)
                continue
            child.children = self._without_links(child.children)
            kept.append(child)
        return kept

    def _replace_mark(self, note: _LinkedNote) -> None:
        element, parent = note.mark, self.parents[id(note.mark)]
        words = _words(element)
        while parent.tag in ("sup", "span", "small") and _words(parent).strip() == words.strip():
            element, parent = parent, self.parents[id(parent)]
        for taken in [element, *(found for _, found in _walk(element))]:
            _take_tags(self.conversion, taken)
        self.conversion.take("mark of a note", words)
        at = _index(parent, element)
        parent.children[at] = f"[^{note.name}]"

    def write(self, write: Callable[[str | HtmlElement], str]) -> str:
        """Return the notes as Markdown, for the end of the text; `write` returns an element as Markdown."""
        parts = []
        for note in self.notes:
            words = dedent_markdown("".join(write(child) for child in note.content).replace(HOLE, "").strip())
            label = _LABEL_BEFORE.match(words)
            if label and label["number"] in _words(note.mark):
                self.conversion.take("label of a note", label[0])
                words = words[label.end() :]
            lines = re.sub(r"\n(?:[ \t]*\n)*", lambda gap: "\n\n    " if gap[0].count("\n") > 1 else "\n    ", words)
            parts.append(f"{NEW_LINE}{NEW_LINE}[^{note.name}]: " + lines.replace("\n", NEW_LINE))
        return "".join(parts)


def _walk(element: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """Yield each element below an element with its parent, in the order of the text."""
    for child in element.children:
        if not isinstance(child, str):
            yield element, child
            yield from _walk(child)


def _words(element: HtmlElement) -> str:
    return "".join(child if isinstance(child, str) else _words(child) for child in element.children)


def _index(parent: HtmlElement, child: HtmlElement) -> int:
    return next(at for at, other in enumerate(parent.children) if other is child)


def _is_first(parent: HtmlElement, child: HtmlElement) -> bool:
    before = parent.children[: _index(parent, child)]
    return all(isinstance(other, str) and not other.strip() for other in before)


def _split_paragraph(
    content: list[str | HtmlElement],
) -> tuple[list[str | HtmlElement], list[str | HtmlElement]]:
    """Return the content up to the first blank line, and the rest."""
    for at, child in enumerate(content):
        gap = _PARAGRAPH_END.search(child) if isinstance(child, str) else None
        if isinstance(child, str) and gap:
            return [*content[:at], child[: gap.start()]], [child[gap.start() :], *content[at + 1 :]]
    return content, []


def _take_tags(conversion: Conversion, element: HtmlElement) -> None:
    conversion.take(f"<{element.tag.strip('/')}>", element.start)
    conversion.take(f"<{element.tag.strip('/')}>", element.end)
