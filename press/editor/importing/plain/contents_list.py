"""Lines that are set out in columns of figures or cells: a list of contents, a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from press.editor.importing.data_model import Line

# Dots to the edge of the page, and the number of a page or nothing behind them.
_LEADERS = re.compile(r"(?:\.{3,}|(?:\.\s+){2,}\.?|…{2,}|_{3,}|·{3,})\s*[\divxlcIVXLC]{0,6}\.?$")
_NUMBER_AT_EDGE = re.compile(r"\S\s{2,}[\divxlcIVXLC]{1,6}\.?$")
_CELLS = re.compile(r"\s{2,}")
_FIGURE = re.compile(r"[-+£$€]?\d[\d.,:/'’-]*[%d.]?|[-–—]|\"|”|″")


def is_contents_list(lines: Sequence[Line]) -> bool:
    """Recognise a list of contents: most lines end with dots to the edge, or with a number there."""
    edges = sum(bool(_LEADERS.search(line.text)) for line in lines)
    numbers = sum(bool(_NUMBER_AT_EDGE.search(line.text)) for line in lines)
    return (edges > 1 and 2 * edges >= len(lines)) or (numbers > 1 and 2 * numbers >= len(lines))


def has_columns_of_figures(lines: Sequence[Line]) -> bool:
    """Recognise a table of figures: most lines have several cells, and about half of all cells are figures."""
    rows = [_CELLS.split(line.text) for line in lines]
    wide = [cells for cells in rows if len(cells) > 1]
    figures = sum(bool(_FIGURE.fullmatch(cell)) for cells in wide for cell in cells[1:])
    return len(wide) > 1 and 2 * len(wide) >= len(lines) and 2 * figures >= sum(len(cells) - 1 for cells in wide)


def is_table(lines: Sequence[Line]) -> bool:
    """Recognise cells one below the other: most lines have a wide gap before the same place of the line."""
    places: dict[int, int] = {}
    for line in lines:
        for gap in re.finditer(r"\s{2,}", line.text):
            places[line.indent + gap.end()] = places.get(line.indent + gap.end(), 0) + 1
    wide = sum("   " in line.text for line in lines)
    aligned = max(places.values(), default=0)
    wider = sum("    " in line.text for line in lines)
    barred = sum(line.text.startswith("|") and line.text.endswith("|") for line in lines)
    by_place = aligned > 1 and 2 * aligned >= len(lines) and (wide > 1 or aligned == len(lines) > 2)
    return by_place or (wider > 1 and 2 * wider >= len(lines)) or (barred > 1 and 2 * barred >= len(lines))
