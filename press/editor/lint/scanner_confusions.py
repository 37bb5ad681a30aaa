"""What optical readers take for what: letters that look alike in print, and the words they make of others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from press.editor.word_frequency import UNLISTED

# What was printed, then what was read. Pairs that part forms of one word (Italian o and e) are left out.
_CONFUSIONS = (
    "m rn|m ni|m in|m nn|m iii|m un|in m|d cl|d tl|d il|d ii|d ti|d ci|n ii|n il|ri n|n u|n a|a n|u n|u ii|u il"
    "|h li|h b|b h|h k|k h|k lc|le k|th tb|th tli|wh vvh|w vv|w iv|w tv|l i|i l|l t|t l|i t|r i|r v|rr n|s f|f s"
    "|v y|y v|y j|g q|q g|e c|c e|en cn|ff fi|é c|è c|ß b|ü ii|ä ii|ö ii"
    "|и н|н и|н п|п н|ш щ|щ ш|ш п|и п|ц п|с о|о с|с е|в з|з в|л д|д л|т г|г т|ы ьт"
)
_PRINTED: dict[str, list[str]] = {}
for _printed, _read in (pair.split() for pair in _CONFUSIONS.split("|")):
    _PRINTED.setdefault(_read, []).append(_printed)

_SUSPECT = 3e-6
"""A word more frequent than this is never suspected."""
_FIGURES = {"0": "o", "1": "li", "3": "s", "5": "s", "6": "b", "8": "b"}
_GLUED_FIRST = 3e-3
_GLUED_SECOND = 1e-4
_GLUED_COMMON = 2e-2
"""The frequency of the second word if a list has the two as one: the lists are made from careless texts too."""


class Correction(NamedTuple):
    """A word that may have been printed, and how many times more frequent it is than the word that was read."""

    word: str
    ratio: float


def fold_confusions(word: str) -> str:
    """Return a word as the lists have it: without capitals, ligatures and letters in parts."""
    return word.casefold() if word.isascii() else unicodedata.normalize("NFKC", word).casefold()


def find_correction(word: str, frequencies: Mapping[str, float]) -> Correction:
    """Find the most frequent word that an optical reader could have read as `word`, which is folded."""
    own = frequencies.get(word, 0.0)
    if own > _SUSPECT:
        return Correction("", 0.0)
    best = max(_undo_confusions(word), key=lambda other: frequencies.get(other, 0.0), default="")
    return Correction(best, frequencies.get(best, 0.0) / (own + UNLISTED))


def _undo_confusions(word: str) -> Iterator[str]:
    for read, printed in _PRINTED.items():
        at = word.find(read)
        while at >= 0:
            for letters in printed:
                yield word[:at] + letters + word[at + len(read) :]
            at = word.find(read, at + 1)


def find_glued(word: str, frequencies: Mapping[str, float]) -> str:
    """Return two words for one that has no meaning, if the first is one of the commonest: `of the` for `ofthe`."""
    own = frequencies.get(word, 0.0)
    needed = _GLUED_COMMON if own else _GLUED_SECOND
    for at in range(2, len(word) - 2) if own < _SUSPECT else ():
        first, second = word[:at], word[at:]
        if frequencies.get(first, 0.0) > _GLUED_FIRST and frequencies.get(second, 0.0) > needed:
            return f"{first} {second}"
    return ""


def replace_figures(word: str, frequencies: Mapping[str, float]) -> str:
    """Return the most frequent word that `word` is with letters for its figures; an empty string if there is none."""
    made = [""]
    for sign in word:
        made = [start + letter for start in made for letter in _FIGURES.get(sign, sign)][:64]
    known = [other for other in made if other in frequencies]
    return max(known, key=lambda other: frequencies[other], default="")
