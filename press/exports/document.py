"""The body of a text as a small tree: what every copy is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Inside: TypeAlias = "tuple[Node | str, ...]"


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a text: a block or a run of words; plain words in it are strings.

    Blocks: paragraph, heading (level), quote, list (ordered, start, tight), item, definitions, term, meaning, code,
    table (columns, header), row, cell (align, heading), rule. Runs: emphasis, strong, typed, link (url), raised,
    lowered, small, work, short (title), quoted, caps, struck, marked, run (lang, dir), break, picture (url, alt),
    note (number, again).
    """

    kind: str
    inside: Inside = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a text, and its notes by number."""

    blocks: tuple[Node, ...]
    notes: Mapping[str, tuple[Node, ...]]

    @property
    def loose_notes(self) -> tuple[str, ...]:
        """The numbers of the notes that no place in the text refers to."""
        named = {n.facts["number"] for part in (self.blocks, *self.notes.values()) for n in walk(part)
                 if n.kind == "note"}  # fmt: skip
        return tuple(number for number in self.notes if number not in named)


def walk(nodes: Inside) -> Iterator[Node]:
    """Yield every node of a tree, from the top."""
    for node in nodes:
        if isinstance(node, Node):
            yield node
            yield from walk(node.inside)


def words_in(nodes: Inside) -> str:
    """Give the words of a tree, as plain text on one line; notes are not in it."""
    said = (n if isinstance(n, str) else " " if n.kind == "break" else f"{words_in(n.inside)}{_END.get(n.kind, '')}"
            for n in nodes)  # fmt: skip
    return "".join(said)


_END = dict.fromkeys("paragraph heading quote item term meaning code row cell".split(), " ")
