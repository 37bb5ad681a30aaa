"""What fits on paper: how a sheet is laid out, in which size of type, and which table is wider than any page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from press.bind.tree import Document, Node, walk, words_in

_LAYOUTS = (
    ("pair", 11.5, 9.0, 118.0 * 142),
    ("single", 13.0, 10.5, 148.0 * 205),
    ("double", 11.0, 9.0, 166.0 * 215),
)
"""How a sheet may be laid out: the largest and the smallest type in points, and the room in square millimetres."""

_ROOM_FOR_A_CHARACTER = 0.062
"""Square millimetres that a character of one point takes, spaces and leading with it; it grows with the square."""

_TAKES = {
    "paragraph": 35,
    "heading": 110,
    "row": 40,
    "cell": -30,
    "picture": 900,
    "rule": 100,
    "quote": 60,
    "list": 40,
}
"""Characters that a node takes beside its own, on the average: the rest of its last line, the space around it."""

_NARROWING = 0.94
"""How much smaller the type of a sheet becomes at each trial."""

_WIDEST_TABLE = 84
"""Characters that a row may take at its narrowest, in the smallest type of a table."""

_MANY_COLUMNS = 4
"""From more columns than this a table needs the whole width of a sheet."""


def plan_sheet(document: Document) -> Iterator[tuple[str, float]]:
    """Yield layouts and sizes of type worth trying, the most readable that may fit first."""
    blocks = (*document.blocks, *(block for note in document.notes.values() for block in note))
    length = len(words_in(blocks)) + sum(_TAKES.get(node.kind, 0) for node in walk(blocks))
    wide = has_wide_table(document)
    for layout, largest, smallest, room in _LAYOUTS:
        if wide and layout != "single":
            continue
        size = min(largest, (room / length / _ROOM_FOR_A_CHARACTER) ** 0.5) if length else largest
        while size >= smallest:
            yield layout, round(size, 2)
            size *= _NARROWING


def has_wide_table(document: Document) -> bool:
    """Tell whether a table needs the whole width of a sheet."""
    tables = (node for node in walk(document.blocks) if node.kind == "table")
    return any(table.facts["columns"] > _MANY_COLUMNS for table in tables)


def find_wide_table(document: Document) -> str:
    """Give the first words of a table that no page is wide enough for; nothing where all can be set."""
    for table in (node for node in walk(document.blocks) if node.kind == "table"):
        cells = [[words_in(cell.inside) for cell in row.inside if isinstance(cell, Node)] for row in table.inside
                 if isinstance(row, Node)]  # fmt: skip
        narrowest = [max((len(word) for cell in column for word in cell.split()), default=1)
                     for column in zip_longest(*cells, fillvalue="")]  # fmt: skip
        if sum(narrowest) + len(narrowest) > _WIDEST_TABLE:
            return next((cell.strip() for row in cells for cell in row if cell.strip()), "|")
    return ""
