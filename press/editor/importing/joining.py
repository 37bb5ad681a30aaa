"""Halves of one paragraph, which a page or a slip has parted: joined where that is sure."""

from __future__ import annotations

from collections.abc import Sequence

from press.editor.importing.lines import breaks_sentence, shorten, shorten_end
from press.editor.importing.paragraphs import Weaver
from press.editor.importing.recognised import Gap, Note, Paragraph, Sureness

_ENOUGH = 60
"""Characters of a paragraph that is surely one, and no salutation."""


def join_broken_paragraphs(
    paragraphs: Sequence[Paragraph], weaver: Weaver, ends: dict[int, int]
) -> tuple[list[Paragraph], list[Note]]:
    """Join halves of a paragraph: one that ends in mid-sentence and one that begins with a small letter.

    Sure where the first half is long or a page ended between them; else both stay, and a note says so. `ends` gives
    the number of the last line of the block that begins on a line.
    """
    joined: list[Paragraph] = []
    notes: list[Note] = []
    last = 0
    for paragraph in paragraphs:
        before = joined[-1] if joined else None
        if before and _is_broken(before, paragraph):
            shown = shorten_end(before.lines[-1])
            if _is_sure(before, paragraph):
                notes.append(Note("joined", shown, Sureness.LOOK, paragraph.first))
                text = weaver.join_paragraphs(before, paragraph, last)
                joined[-1] = Paragraph([text], before.first, before.gap)
                last = ends.get(paragraph.first, paragraph.first)
                continue
            said = f"“{shown}” and “{shorten(paragraph.lines[0])}” may be one paragraph; they stayed two"
            notes.append(Note("lines", said, Sureness.LOOK, paragraph.first))
        joined.append(paragraph)
        last = ends.get(paragraph.first, paragraph.first)
    return joined, notes


def _is_broken(before: Paragraph, after: Paragraph) -> bool:
    one_line = not before.kept and not after.kept and len(before.lines) == len(after.lines) == 1
    return one_line and breaks_sentence(before.lines[0], after.lines[0])


def _is_sure(before: Paragraph, after: Paragraph) -> bool:
    if after.gap is Gap.PAGE:
        return True
    return min(len(before.lines[0]), len(after.lines[0])) >= _ENOUGH
