"""The blocks of a text from a PDF: what lines are together."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from press.editor.importing.pdf.page_lines import PageLine


class BlockKind(enum.Enum):
    """What lines are together."""

    PARAGRAPH = "paragraph"
    KEPT = "kept"
    """Lines that stay lines: verse, an address, a table."""
    HEADING = "heading"


@dataclass(slots=True)
class PageBlock:
    """Lines that belong together."""

    kind: BlockKind
    rows: list[list[PageLine]]
    """Each a line of the result; a paragraph is one row."""
    level: int = 0
    """Of a heading: 2 for `##`."""
    note: str = ""
    """What a person should review about it."""

    @property
    def lines(self) -> list[PageLine]:
        """All its lines."""
        return [line for row in self.rows for line in row]
