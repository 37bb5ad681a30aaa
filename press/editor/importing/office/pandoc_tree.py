"""pandoc's JSON tree, of the versions 1.22 and 1.23 of its types: what is where in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

TreeNode = dict[str, Any]
"""An inline or block: `t` is its kind, `c` its content."""

MARKED = {"Emph": "em", "Strong": "strong", "Superscript": "sup", "Subscript": "sub"}
_WRAPPERS = ("Underline", "Strikeout", "SmallCaps", *MARKED)


class Cell(NamedTuple):
    """One cell of a table: its blocks, and over how many rows and columns it reaches."""

    blocks: list[TreeNode]
    rows: int
    columns: int


class Table(NamedTuple):
    """A table: the caption, the rows of its head, and all others."""

    caption: list[TreeNode]
    head: list[list[Cell]]
    body: list[list[Cell]]


def inlines_within(node: TreeNode) -> list[TreeNode]:
    """Return the inlines that an inline is around, or an empty list."""
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind in _WRAPPERS:
        return list(content)
    if kind in ("Span", "Cite", "Quoted", "Link", "Image"):
        return list(content[1])
    return []


def read_table(content: Sequence[Any]) -> Table:
    """Take the content of a Table apart."""
    _, caption, _, head, bodies, foot = content
    rows = [row for body in bodies for row in [*body[2], *body[3]]]
    return Table(list(caption[1]), _read_rows(head[1]), _read_rows([*rows, *foot[1]]))


def _read_rows(rows: Sequence[Any]) -> list[list[Cell]]:
    return [[Cell(cell[4], cell[2], cell[3]) for cell in row[1]] for row in rows]


def blocks_within(node: TreeNode) -> list[list[TreeNode]]:
    """Return the lists of blocks that a block is around."""
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "BlockQuote":
        return [content]
    if kind == "Div":
        return [content[1]]
    if kind == "Figure":
        return [content[2], content[1][1]]
    if kind == "BulletList":
        return list(content)
    if kind == "OrderedList":
        return list(content[1])
    if kind == "DefinitionList":
        return [blocks for _, definitions in content for blocks in definitions]
    if kind == "Table":
        table = read_table(content)
        return [table.caption, *(cell.blocks for row in [*table.head, *table.body] for cell in row)]
    return []


def inlines_of(node: TreeNode) -> list[list[TreeNode]]:
    """Return the lists of inlines that a block has itself."""
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind in ("Para", "Plain"):
        return [content]
    if kind == "Header":
        return [content[2]]
    if kind == "LineBlock":
        return list(content)
    if kind == "DefinitionList":
        return [term for term, _ in content]
    return []


def flatten_divisions(blocks: Sequence[TreeNode]) -> Iterator[TreeNode]:
    """Yield blocks without the divisions of a page around them."""
    for block in blocks:
        yield from flatten_divisions(block["c"][1]) if block["t"] == "Div" else (block,)


def join_lists(blocks: Sequence[TreeNode]) -> list[TreeNode]:
    """Join neighbouring lists of which the second goes on with the numbers of the first."""
    joined: list[TreeNode] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before is not None and before["t"] == block["t"] == "OrderedList":
            (start, *form), items = before["c"]
            (following, *same), more = block["c"]
            if form == same and following == start + len(items):
                joined[-1] = {"t": "OrderedList", "c": [[start, *form], [*items, *more]]}
                continue
        joined.append(block)
    return joined


def walk_blocks(blocks: Sequence[TreeNode]) -> Iterator[TreeNode]:
    """Yield every block, with those inside it, in order; notes are not entered."""
    for block in blocks:
        yield block
        for inner in blocks_within(block):
            yield from walk_blocks(inner)


def plain_words(inlines: Sequence[TreeNode]) -> str:
    """Return the letters of inlines, without notes and pictures; a line break is a line feed."""
    parts = []
    for node in inlines:
        kind = node["t"]
        if kind == "Str":
            parts.append(node["c"])
        elif kind in ("Space", "SoftBreak"):
            parts.append(" ")
        elif kind == "LineBreak":
            parts.append("\n")
        elif kind in ("Code", "Math"):
            parts.append(node["c"][1])
        elif kind != "Image":
            parts.append(plain_words(inlines_within(node)))
    return "".join(parts)


def find_notes(inlines: Sequence[TreeNode]) -> list[TreeNode]:
    """Return the notes in inlines."""
    found = []
    for node in inlines:
        found += [node] if node["t"] == "Note" else find_notes(inlines_within(node))
    return found
