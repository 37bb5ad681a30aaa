"""The body of a leaflet as a small tree, from which every export is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

NodeKind: TypeAlias = Literal[
    # blocks
    "paragraph", "heading", "quote", "list", "item", "definitions", "term", "meaning", "code", "table", "row", "cell",
    "rule", "figure", "caption",
    # runs of words
    "emphasis", "strong", "typed", "link", "raised", "lowered", "small", "work", "short", "quoted", "caps", "struck",
    "marked", "run", "break", "picture", "note",
]  # fmt: skip
"""What a node can be: theme/print/tree.typ has a way to set each of them."""

Inside: TypeAlias = "tuple[Node | str, ...]"


@dataclass(frozen=True, slots=True)
class Node:
    """A block or a run of words; plain words inside it are strings.

    `facts` by kind: heading (level), list (ordered, start, tight), table (columns, header), cell (align), link (url),
    short (title), run (lang, dir), picture (url, alt), note (number, again).
    """

    kind: NodeKind
    inside: Inside = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a text, and its notes by number."""

    blocks: tuple[Node, ...]
    notes: Mapping[str, tuple[Node, ...]]

    @property
    def loose_notes(self) -> tuple[str, ...]:
        """The numbers of the notes that the text never refers to."""
        named = {n.facts["number"] for part in (self.blocks, *self.notes.values()) for n in walk(part)
                 if n.kind == "note"}  # fmt: skip
        return tuple(number for number in self.notes if number not in named)


def walk(nodes: Inside) -> Iterator[Node]:
    """Yield every node of a tree, parents before children."""
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from walk(node.inside)


def words_in(nodes: Inside) -> str:
    """Return the words of a tree as plain text on one line, without its notes."""
    parts = (n if isinstance(n, str) else " " if n.kind == "break" else f"{words_in(n.inside)}{_END.get(n.kind, '')}"
             for n in nodes)  # fmt: skip
    return "".join(parts)


_END: dict[NodeKind, str] = {
    "paragraph": " ", "heading": " ", "quote": " ", "item": " ", "term": " ", "meaning": " ", "code": " ", "row": " ",
    "cell": " ", "caption": " ",
}  # fmt: skip
