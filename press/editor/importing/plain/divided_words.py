"""Words that the end of a line divides: join them, without the hyphen or with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from press.editor.importing.data_model import HyphenJoin, Line
from press.editor.importing.plain.hyphen_use import HyphenVerdict, judge_hyphen
from press.editor.letters import LETTER

# What a printer or a scanner puts only where a line divides a word: the soft hyphen, and that of optical readers.
_SOFT = "\N{SOFT HYPHEN}\N{NOT SIGN}"
# The double hyphen of black letter, which scanners read as the sign of equality.
_DOUBLE = "=\N{DOUBLE OBLIQUE HYPHEN}"
_HYPHENS = f"-{_SOFT}\N{HYPHEN}{_DOUBLE}"

_PART = rf"(?:{LETTER}|\d)++"
_DIVIDED = re.compile(rf"(?P<word>{_PART}(?:['’-]{_PART})*+)[{_HYPHENS}]$")
_WORD = re.compile(rf"{_PART}(?:-{_PART})*")
_SECOND_HALF = re.compile(rf"{_PART}(?:['’-]{_PART})*")

# The first word after a first half that waits for its second: `two-` before `and three-year-old`.
_AND = {
    "ca": "i o",
    "cs": "a i nebo",
    "da": "og eller",
    "de": "und oder bzw sowie als",
    "en": "and or to nor",
    "es": "y o e u",
    "fr": "et ou",
    "it": "e o ed",
    "nb": "og eller",
    "nl": "en of",
    "pl": "i lub oraz",
    "pt": "e ou",
    "ru": "и или",
    "sv": "och eller",
    "uk": "і й та або",
}
_AND_ANYWHERE = "and or und oder et ou y o e en of och eller"


class Words:
    """The words of a text that no line divides: they show how a divided one is spelled.

    `lang` is the language of the text; without it, only the text itself says which words there are.
    """

    def __init__(self, lines: Iterable[Line], lang: str = "") -> None:
        self.lang = lang
        self._known: Counter[str] = Counter()
        divided = False
        for line in lines:
            words = [word.casefold() for word in _WORD.findall(line.text)]
            ends_divided = is_divided(line.text)
            self._known.update(words[int(divided) : -1 if ends_divided else None])
            divided = ends_divided

    def count(self, word: str) -> int:
        """Return how often the text has this word, undivided; a compound with its hyphens is one word."""
        return self._known[word.casefold()]

    def knows(self, word: str) -> bool:
        """Return whether the text has this word somewhere, undivided."""
        return word.casefold() in self._known

    def has_compound(self, first: str) -> bool:
        """Return whether the text has a compound that begins with this part and a hyphen."""
        start = f"{first.casefold()}-"
        return any(word.startswith(start) for word in self._known)


def is_divided(line: str) -> bool:
    """Return whether a line ends with a hyphen directly after a word."""
    return line[-1:] != "" and line[-1] in _HYPHENS and _DIVIDED.search(line.rsplit(maxsplit=1)[-1]) is not None


def join_words(before: str, after: str, line: int, words: Words, end: str = "") -> tuple[str, HyphenJoin | None]:
    """Join the end of a line to the next: `the occu-` and `pation` become `the occupation`.

    `on-` and `going` become `on-going` if the text spells it so, or if the language has no such word as `ongoing` and
    has both halves; in doubt the hyphen stays, and the join says that it is doubtful. A dash, and a hyphen before a
    capital or a figure, is never removed. `line` is the number of the first line, and `end` its own text if `before`
    is more than that line. Returns the text, and the join if a word was divided.
    """
    divided = _DIVIDED.search(before.rsplit(maxsplit=1)[-1]) if before[-1:] in _HYPHENS else None
    half = _SECOND_HALF.match(after)
    if not divided or half is None:
        return f"{before} {after}", None
    left, right = (end or before).split()[-1], after.split()[0]
    hyphen = before[-1]
    if _is_suspended(right, words.lang) or (hyphen in _DOUBLE and not half[0][0].islower()):
        return f"{before} {after}", None
    verdict = HyphenVerdict.JOIN if hyphen in _SOFT + _DOUBLE else judge_hyphen(divided["word"], half[0], words)
    cut = 1 if verdict is HyphenVerdict.JOIN else 0
    joined = left[: len(left) - cut] + right
    return before[: len(before) - cut] + after, HyphenJoin(line, left, right, joined, verdict is HyphenVerdict.ASK)


def _is_suspended(right: str, lang: str) -> bool:
    """Recognise the second half of a pair: `two-` before `and three-year-old`, `Ein-` before `und Ausgang`."""
    return right in _AND.get(lang.partition("-")[0], _AND_ANYWHERE).split()
