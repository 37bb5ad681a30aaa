"""Find the guillemets that have lost their partner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pelican_typeset.marks import GUILLEMETS, Mark
from pelican_typeset.quote_pairs import Passage

PROSE = re.compile(r"[.,;:!?](?!\S)")
LABEL_WORDS = 3  # `« Older posts` is an arrow and its label; with more words it is more likely a quotation


class Unmatched(NamedTuple):
    """A guillemet without a partner that looks like a mistake."""

    mark: str
    offset: int  # in the HTML, in characters from 0
    words: str  # around it, on one line
    lang: str


def find_lost(passage: Passage) -> Iterator[Unmatched]:
    """Yield the guillemets of a block that lack a partner; those of `Next »` and `Home » Iraq` are only signs."""
    lost = [mark for mark in passage.marks if mark.char in GUILLEMETS and not mark.role and not mark.is_typed]
    text = passage.block.text
    is_prose = bool(lost) and PROSE.search(text) is not None
    is_label = bool(lost) and not is_prose and len(text.split()) <= LABEL_WORDS
    for mark in lost:
        if not _is_sign(mark, is_prose, is_label):
            offset = passage.block.source(mark.at)[0]
            yield Unmatched(mark.char, offset, passage.block.words_around(mark.at), mark.element.lang)


def _is_sign(mark: Mark, is_prose: bool, is_label: bool) -> bool:
    """Return whether a mark is an arrow or a separator in a breadcrumb."""
    is_spaced = not mark.is_tight and not mark.after.strip()
    points = not is_prose if mark.char in "»›" else is_label and mark.ink == 0
    return mark.element.link is not None or (is_spaced and points)
