"""Headings of a PDF: lines in larger or bolder letters, and their levels by their size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from press.editor.importing.pdf.page_lines import PageLine
from press.editor.importing.pdf.page_measures import PageMeasures
from press.editor.importing.pdf.pdf_blocks import BlockKind, PageBlock

HEADING_SIZE = 1.12
"""Times the size of the text from which a line is a heading."""
_LONGEST = 150
_LONGEST_BOLD = 80


def is_heading(chunk: Sequence[PageLine], measures: PageMeasures) -> bool:
    """Tell a heading from a paragraph, by the size and the weight of its letters."""
    text = " ".join(line.text for line in chunk)
    if len(text) > _LONGEST or len(chunk) > 3 or not any(map(str.isalpha, text)):
        return False
    if chunk[0].size > HEADING_SIZE * measures.size:
        return True
    is_short = len(text) < _LONGEST_BOLD and not text.endswith((".", ",", ";", ":"))
    return is_short and all(map(is_bold, chunk)) and not measures.is_bold and chunk[0].size >= measures.size


def is_bold(line: PageLine) -> bool:
    """Tell whether a line is bold as a whole."""
    return all(run.style.bold for run in line.runs if run.text.strip())


def rank_headings(blocks: Sequence[PageBlock]) -> None:
    """Give each heading below the title its level by its size: `##` for the largest, `###` below it.

    A line right below the title that is set as no other, a subtitle, is no heading. No level is left out on the way
    down, whatever the sizes are.
    """
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    looks = Counter(_look_of(block) for block in headings)
    for block in blocks:
        if block.kind is not BlockKind.HEADING or (len(looks) < 2 and is_bold(block.lines[0])):
            break
        if looks[_look_of(block)] == 1:
            block.kind = BlockKind.PARAGRAPH
            headings.remove(block)
    ranks = sorted({_look_of(block) for block in headings}, reverse=True)
    level = 1
    for block in headings:
        block.level = level = min(2 + ranks.index(_look_of(block)), level + 1, 4)


def _look_of(block: PageBlock) -> tuple[int, bool]:
    return round(block.lines[0].size), is_bold(block.lines[0])
