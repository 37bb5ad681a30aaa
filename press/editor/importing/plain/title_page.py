"""The title page: the display lines above the text, and what each of them is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from press.editor.importing.data_model import Line
from press.editor.importing.dates_in_lines import is_issue_line
from press.editor.importing.plain.lines import split_blocks

_LONGEST_DISPLAY = 70
"""Characters of a line on a title page; longer ones are text."""
_MOST_DISPLAY = 40
"""Lines of a title page."""
_LONGEST_SENTENCE = 50
_QUOTED = re.compile(r"[\"“„«‹‘‚'].{6,}[\"”“»›’'][.!?]?", re.DOTALL)
_SOURCE = re.compile(r"[-–—]{1,2}\s?\S.{1,50}|\(?[^\W\d_][\w. ]{2,30}\)?")
_NUMBERING = re.compile(
    r"(?:[IVXLC]{1,6}|\d{1,3})[.)]?|[-–—\[(]\s*\d{1,3}\s*[-–—\])]|§\s?\d{1,3}\.?|(?:page|p\.|seite|s\.)\s?\d{1,3}",
    re.IGNORECASE,
)


def find_display(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the blocks above the first paragraph: short lines, none of them a sentence of the text."""
    found: list[list[Line]] = []
    for block in split_blocks(lines):
        if not is_display(block) or sum(map(len, found)) + len(block) > _MOST_DISPLAY:
            break
        found.append(block)
    return found


def is_display(block: Sequence[Line]) -> bool:
    """Tell a block of a title page from a paragraph: few short lines, no long sentence that ends in a full stop."""
    texts = [line.text for line in block]
    if len(texts) == 1 and is_issue_line(texts[0]):
        return True
    if len(texts) > 6 or max(map(len, texts)) > _LONGEST_DISPLAY:
        return False
    whole = " ".join(texts)
    return not (len(whole) > _LONGEST_SENTENCE and whole.endswith((".", ":", ";")) and not whole.isupper())


def is_motto(block: Sequence[Line]) -> bool:
    """Return whether a block is a motto by its form: an exclamation, a quotation, a few single words in a row.

    It is one only above another display line: a title may be an exclamation too.
    """
    texts = [line.text for line in block]
    whole = " ".join(texts)
    quoted = " ".join(texts[:-1]) if len(texts) > 1 and _SOURCE.fullmatch(texts[-1]) else whole
    if _QUOTED.fullmatch(quoted) or whole.rstrip('"”»’').endswith(("!", "！")):
        return True
    words = re.split(r"\s*[,–—·•]\s*|\s+[-]\s+|\.\s+", whole.rstrip("."))
    return len(words) >= 3 and all(re.fullmatch(r"[^\W\d_]{3,}", word) for word in words)


def is_numbering(block: Sequence[Line]) -> bool:
    """Return whether a block is only a number above the title: `I.`, a page number."""
    return len(block) == 1 and _NUMBERING.fullmatch(block[0].text) is not None
