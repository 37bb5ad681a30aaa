"""Large initials: the letter that begins a text, two lines high or more, goes to the line it begins."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace

from press.editor.importing.pdf.page_lines import PageLine

_LARGE = 1.7
"""Times the size of the text beside it."""
_LONGEST = 2
"""Letters: an initial may have a mark of quotation before it."""


def set_initials(pieces: Sequence[PageLine]) -> list[PageLine]:
    """Return pieces of a page with large initials in their lines; lines beside them are not indented."""
    left = list(pieces)
    if len(left) < 3:
        return left
    usual = statistics.median(piece.size for piece in left)
    for initial in [piece for piece in left if _is_large(piece, usual)]:
        top = initial.base - 0.8 * initial.size
        beside = sorted((p for p in left if _stands_beside(p, initial, top, usual)), key=lambda p: p.base)
        if len(beside) < 2 or not beside[0].text[0].isalpha():
            continue
        left = [piece for piece in left if piece is not initial and all(piece is not line for line in beside)]
        first = replace(beside[0], runs=[*initial.runs, *beside[0].runs])
        first.first_word += initial.width
        left += [replace(line, x0=initial.x0) for line in [first, *beside[1:]]]
    return left


def _is_large(piece: PageLine, usual: float) -> bool:
    return piece.size > _LARGE * usual and len(piece.text) <= _LONGEST and piece.text[-1].isalpha()


def _stands_beside(line: PageLine, initial: PageLine, top: float, usual: float) -> bool:
    """Tell a line of the text at the right of an initial, within its height."""
    near = -0.5 * usual < line.x0 - initial.x1 < 1.5 * usual
    return near and line.size < initial.size / _LARGE and top < line.base < initial.base + 0.3 * usual
