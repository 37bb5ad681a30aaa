"""Tell a mark that has lost its partner from an arrow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pelican_typeset.guillemets.pairs import GUILLEMETS, Mark, Passage

SENTENCE_END = re.compile(r"[.,;:!?](?!\S)")
LABEL = 3  # `« Older posts` is an arrow and its label; with more words it is rather a quotation begun


class Unmatched(NamedTuple):
    """A guillemet without its partner that looks like a person's mistake."""

    mark: str
    offset: int  # in the HTML, in characters from 0
    words: str  # around it, in one line
    lang: str


def find_lost(passage: Passage) -> Iterator[Unmatched]:
    """Yield the marks of a block that were meant as quotation marks; `Next »` and `Home » Iraq` are not."""
    lost = [mark for mark in passage.marks if mark.char in GUILLEMETS and not mark.role]
    text = passage.block.text
    is_prose = bool(lost) and SENTENCE_END.search(text) is not None
    is_label = bool(lost) and not is_prose and len(text.split()) <= LABEL
    for mark in lost:
        if not _is_sign(mark, is_prose, is_label):
            offset = passage.block.source(mark.at)[0]
            yield Unmatched(mark.char, offset, passage.block.words_around(mark.at), mark.element.lang)


def _is_sign(mark: Mark, is_prose: bool, is_label: bool) -> bool:
    """Say whether a mark is an arrow or a step of a breadcrumb."""
    is_spaced = not mark.is_tight and not mark.after.strip()
    points = not is_prose if mark.char in "»›" else is_label and mark.ink == 0
    return mark.element.link is not None or (is_spaced and points)
