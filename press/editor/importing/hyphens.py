"""Words that the end of a line has divided: joined where they are one word, kept where the hyphen is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from press.editor.importing.recognised import Line, Seam

SOFT = "\N{SOFT HYPHEN}"
HYPHENS = f"-{SOFT}\N{HYPHEN}"
HYPHENS_SET = frozenset(HYPHENS)

# A half that keeps its hyphen whatever follows.
_KEEP_AFTER = frozenset({"self", "quasi"})

_A_WORD = 4
"""Letters from which a half that stands elsewhere as a word is taken for one: `Shia-` and `dominated`."""

_DIVIDED = re.compile(rf"(?P<word>[^\W_]+(?:['’-][^\W_]+)*)[{HYPHENS}]$")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Words:
    """The words of a text as they stand within its lines: they tell how a divided one is written."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._known: set[str] = set()
        divided = False
        for line in lines:
            words = [word.casefold() for word in _WORD.findall(line.text)]
            halves = slice(int(divided), -1 if line.text[-1:] in HYPHENS_SET else None)
            self._known.update(words[halves])
            divided = line.text[-1:] in HYPHENS_SET

    def knows(self, word: str) -> bool:
        """Tell whether the word stands somewhere in the text, undivided."""
        return word.casefold() in self._known


def is_divided(line: str) -> bool:
    """Tell whether a line ends in a hyphen right behind a word."""
    return _DIVIDED.search(line) is not None


def join_words(before: str, after: str, line: int, words: Words, end: str = "") -> tuple[str, Seam | None]:
    """Join the end of a line to the next: `the occu-` and `pation` become `the occupation`, with the seam.

    `on-` and `going` become `on-going` where the text writes it so elsewhere, or uses both halves alone; a dash, and
    a hyphen before a capital or a figure, is never taken away. `line` is the number of the first, `end` its own text
    where `before` is more than that line.
    """
    divided = _DIVIDED.search(before)
    if not divided:
        return f"{before} {after}", None
    left, right = (end or before).split()[-1], after.split()[0]
    half = _WORD.match(after)
    if half is None or _is_suspended(right):
        return f"{before} {after}", None
    cut = 1 if _is_one_word(divided["word"], half[0], before[-1], words) else 0
    return before[: len(before) - cut] + after, Seam(line, left, right, left[: len(left) - cut] + right)


def _is_one_word(left: str, right: str, hyphen: str, words: Words) -> bool:
    if hyphen == SOFT or words.knows(left + right):
        return True
    if not right[0].islower() or left[-1].isdigit() or "-" in left or left.casefold() in _KEEP_AFTER:
        return False
    if words.knows(f"{left}-{right}") or (words.knows(left) and words.knows(right)):
        return False
    return not (words.knows(left) and min(len(left), len(right)) >= _A_WORD)


def _is_suspended(right: str) -> bool:
    """Know what follows the first half of a pair: `two-` and `and three-year-old`, `Ein-` and `und Ausgang`."""
    return right in ("and", "or", "und", "oder", "et", "ou", "y", "o", "e", "en", "of", "och", "eller")
