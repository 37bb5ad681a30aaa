"""A table of pandoc's tree → a pipe table, or its cells one after the other where it only arranges a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from press.editor.importing.office.pandoc_tree import Cell, Table, TreeNode, plain_words

_MOST_PARAGRAPHS = 4
"""In one cell: a cell with more is a column of a page, not a cell of a table."""


class BlockWriter(Protocol):
    """What a table needs to write its cells."""

    def write_blocks(self, blocks: Sequence[TreeNode]) -> list[str]:
        """Write blocks, each as lines of Markdown."""

    def write_inlines(self, inlines: Sequence[TreeNode]) -> str:
        """Write the inlines of one paragraph."""

    def record(self, message: str, passage: str) -> None:
        """Remember a passage that was written otherwise than it was printed."""


def write_table(table: Table, writer: BlockWriter) -> list[str]:
    """Write a table, its caption above it."""
    caption = writer.write_blocks(table.caption)
    has_head = any(map(_words, (cell for row in table.head for cell in row)))
    rows = [*(table.head if has_head else ()), *table.body]  # pandoc gives a table without a head an empty one
    columns = max((sum(cell.columns for cell in row) for row in rows), default=0)
    if columns < 2 or len(rows) < 2 or any(not _is_simple(cell) for row in rows for cell in row):
        words = " ".join(_words(cell) for row in rows for cell in row)
        if words:
            writer.record("a table that arranges the page, written cell by cell. Is the order right?", words)
        return [*caption, *(part for row in rows for cell in row for part in writer.write_blocks(cell.blocks))]
    if any(cell.rows > 1 or cell.columns > 1 for row in rows for cell in row):
        spanning = next(cell for row in rows for cell in row if cell.rows > 1 or cell.columns > 1)
        message = "this table has cells over several rows or columns: the cells beside them are empty. Is it clear?"
        writer.record(message, _words(spanning) or "…")
    head, *others = _lay_out(rows, columns, writer)
    if not has_head:
        message = "the first row of a table became its head, which Markdown asks for. Is it one?"
        writer.record(message, " ".join(map(_words, rows[0])))
    lines = [_row(head), _row(["---"] * columns), *map(_row, others)]
    return [*caption, "\n".join(lines)]


def _is_simple(cell: Cell) -> bool:
    texts = [block for block in cell.blocks if block["t"] in ("Para", "Plain", "LineBlock")]
    return len(texts) == len(cell.blocks) <= _MOST_PARAGRAPHS


def _words(cell: Cell) -> str:
    return " ".join(plain_words(block["c"]) for block in cell.blocks if block["t"] in ("Para", "Plain"))


def _lay_out(rows: Sequence[Sequence[Cell]], columns: int, writer: BlockWriter) -> list[list[str]]:
    """Return the text of each cell by row and column; what a cell reaches over is empty."""
    grid = [[""] * columns for _ in rows]
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            text = "<br>".join(writer.write_blocks(cell.blocks)).replace("<br>\n", "<br>").replace("\n\n", "<br>")
            if x < columns:
                grid[y][x] = text
            else:
                grid[y][-1] = f"{grid[y][-1]}<br>{text}"
            taken |= {(y + down, x + right) for down in range(cell.rows) for right in range(cell.columns)}
            x += cell.columns
    return grid


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
