"""The body of a leaflet as a small tree, from which every export is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest
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

    `facts` by kind: paragraph (verse, if it is), heading (level), list (ordered, start, tight), table (columns,
    header), cell (align), link (url), short (title), run (lang, dir), picture (url, alt), note (number, again).
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
        """The numbers of the notes that only other notes refer to: in print they are at the end of the text."""
        named = {node.facts["number"] for node in walk(self.blocks) if node.kind == "note"}
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


def nodes_in(node: Node) -> list[Node]:
    """Return the nodes directly inside a node: the rows of a table, the cells of a row."""
    return [part for part in node.inside if isinstance(part, Node)]


def measure_table(table: Node) -> int:
    """Return the characters in a row of a table at its narrowest, with one between two columns."""
    heads, rows = table.facts["header"], [nodes_in(row) for row in nodes_in(table)]
    shown = [[words_in(cell.inside) for cell in row] for row in rows[:heads]]
    shown += [[_measured_words(cell) for cell in row] for row in rows[heads:]]
    return measure_rows(shown, between=1)


def is_amount(cell: Node) -> bool:
    """Tell whether a cell has an amount such as “75s. 3d.”, which is kept on one line."""
    return cell.facts["align"] == "right" and len(words_in(cell.inside)) <= _LONGEST_AMOUNT


def _measured_words(cell: Node) -> str:
    """Return the words of a cell; an amount is one, in which spaces and points take the room of a space."""
    words = words_in(cell.inside)
    return "".join(words.split()) if is_amount(cell) else words


def measure_rows(rows: Sequence[Sequence[str]], between: int) -> int:
    """Return the characters in a row of cells at its narrowest, where only the longest words count."""
    columns = zip_longest(*rows, fillvalue="")
    return sum(
        max((len(word) for cell in column for word in cell.split()), default=1) + between for column in columns
    )


def is_address_shown(link: Node) -> bool:
    """Tell whether the words of a link are its address, so that it can be read on paper."""
    shown = words_in(link.inside).replace("\N{ZERO WIDTH SPACE}", "").strip().rstrip("/")
    return bool(shown) and shown in (link.facts["url"].rstrip("/"), bare_address(link.facts["url"]))


def bare_address(url: str) -> str:
    """Return an address as people write it: without its scheme, and without a slash at its end."""
    return _SCHEME.sub("", url).rstrip("/")


def split_chapters(document: Document) -> list[Document]:
    """Split a long text at its highest headings; each part has the notes that it is the first to refer to."""
    starts = [n for n, block in enumerate(document.blocks) if block.kind == "heading" and block.facts["level"] == 1]
    if len(starts) < 2 or len(words_in(document.blocks)) < _LONG_TEXT:
        return [document]
    ends = [*starts[starts[0] == 0 :], len(document.blocks)]
    parts, left = [], dict(document.notes)
    for start, end in pairwise([0, *ends]):
        blocks = document.blocks[start:end]
        parts.append(Document(blocks, dict(sorted(_take_notes(blocks, left), key=lambda note: int(note[0])))))
    parts[-1] = Document(parts[-1].blocks, {**parts[-1].notes, **left})
    return parts


def _take_notes(nodes: Inside, left: dict[str, tuple[Node, ...]]) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Yield the notes that nodes refer to, and those that these notes refer to, and take them out of `left`."""
    for number in [node.facts["number"] for node in walk(nodes) if node.kind == "note"]:
        if number in left:
            note = left.pop(number)
            yield number, note
            yield from _take_notes(note, left)


def mark_verse(blocks: Sequence[Node]) -> tuple[Node, ...]:
    """Mark the stanzas among blocks: paragraphs with a line break, and single lines between two of them."""
    broken = [_is_broken(block) for block in blocks]
    marked, since = list(blocks), -1
    for place, block in enumerate(blocks):
        if broken[place]:
            for inner in range(since if since >= 0 else place, place + 1):
                marked[inner] = replace(blocks[inner], facts={**blocks[inner].facts, "verse": True})
            since = place
        elif block.kind != "paragraph" or len(words_in(block.inside)) > _LINE_OF_VERSE:
            since = -1
    return tuple(marked)


def _is_broken(block: Node) -> bool:
    kinds = {node.kind for node in walk(block.inside)} if block.kind == "paragraph" else set()
    return "break" in kinds and "picture" not in kinds


def split_at_breaks(inside: Inside) -> list[Inside]:
    """Split words at their line breaks; what is broken inside, such as an emphasis, is in several lines."""
    lines: list[list[Node | str]] = [[]]
    for part in inside:
        if isinstance(part, Node) and part.kind == "break":
            lines.append([])
        elif isinstance(part, Node) and any(node.kind == "break" for node in walk(part.inside)):
            first, *others = (replace(part, inside=line) for line in split_at_breaks(part.inside))
            lines[-1].append(first)
            lines += [[other] for other in others]
        else:
            lines[-1].append(part)
    return [tuple(line) for line in lines]


_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)")

_LONG_TEXT = 20_000
"""The characters of a text from which its e-book has a file for each chapter: each begins on a new screen."""

_LONGEST_AMOUNT = 24
"""The most characters of a cell that is kept on one line."""

_LINE_OF_VERSE = 72
"""The most characters that a stanza of one line has."""

_END: dict[NodeKind, str] = {
    "paragraph": " ", "heading": " ", "quote": " ", "item": " ", "term": " ", "meaning": " ", "code": " ", "row": " ",
    "cell": " ", "caption": " ",
}  # fmt: skip
