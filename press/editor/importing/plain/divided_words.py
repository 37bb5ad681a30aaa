"""Words that the end of a line divides: join them, without the hyphen or with it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from press.editor.importing.data_model import HyphenJoin, Line

_SOFT = "\N{SOFT HYPHEN}"
_HYPHENS = f"-{_SOFT}\N{HYPHEN}"

# A first half that keeps its hyphen, whatever follows.
_KEEP_AFTER = frozenset({"self", "quasi"})

_A_WORD = 4
"""A half of at least this many letters is a word of its own if the text has it elsewhere: `Shia-` and `dominated`."""

_DIVIDED = re.compile(rf"(?P<word>[^\W_]+(?:['’-][^\W_]+)*)[{_HYPHENS}]$")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Words:
    """The words of a text that no line divides: they show how a divided one is spelled."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._known: set[str] = set()
        divided = False
        for line in lines:
            words = [word.casefold() for word in _WORD.findall(line.text)]
            halves = slice(int(divided), -1 if line.text[-1:] in _HYPHENS else None)
            self._known.update(words[halves])
            divided = line.text[-1:] in _HYPHENS

    def knows(self, word: str) -> bool:
        """Return whether the text has this word somewhere, undivided."""
        return word.casefold() in self._known


def is_divided(line: str) -> bool:
    """Return whether a line ends with a hyphen directly after a word."""
    return _DIVIDED.search(line) is not None


def join_words(before: str, after: str, line: int, words: Words, end: str = "") -> tuple[str, HyphenJoin | None]:
    """Join the end of a line to the next: `the occu-` and `pation` become `the occupation`.

    `on-` and `going` become `on-going` if the text spells it so elsewhere, or uses both halves as words. A dash, and
    a hyphen before a capital or a figure, is never removed. `line` is the number of the first line, and `end` its own
    text if `before` is more than that line. Returns the text, and the join if a word was divided.
    """
    divided = _DIVIDED.search(before)
    if not divided:
        return f"{before} {after}", None
    left, right = (end or before).split()[-1], after.split()[0]
    half = _WORD.match(after)
    if half is None or _is_suspended(right):
        return f"{before} {after}", None
    cut = 1 if _is_one_word(divided["word"], half[0], before[-1], words) else 0
    return before[: len(before) - cut] + after, HyphenJoin(line, left, right, left[: len(left) - cut] + right)


def _is_one_word(left: str, right: str, hyphen: str, words: Words) -> bool:
    if hyphen == _SOFT or words.knows(left + right):
        return True
    if not right[0].islower() or left[-1].isdigit() or "-" in left or left.casefold() in _KEEP_AFTER:
        return False
    if words.knows(f"{left}-{right}") or (words.knows(left) and words.knows(right)):
        return False
    return not (words.knows(left) and min(len(left), len(right)) >= _A_WORD)


def _is_suspended(right: str) -> bool:
    """Recognise the second half of a pair: `two-` before `and three-year-old`, `Ein-` before `und Ausgang`."""
    return right in ("and", "or", "und", "oder", "et", "ou", "y", "o", "e", "en", "of", "och", "eller")
