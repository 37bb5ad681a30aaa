"""How often a word is used in its language, by the lists of wordfreq."""

from __future__ import annotations

import functools
from collections.abc import Mapping

UNLISTED = 1e-9
"""The frequency of a word that its language’s list does not have: ten times less than the rarest that it has."""

# The lists that are named otherwise than the language.
_LISTS = {"no": "nb", "nn": "nb", "hr": "sh", "bs": "sh", "tl": "fil"}


@functools.cache
def load_frequencies(lang: str) -> Mapping[str, float]:
    """Return the words of a language, casefolded, each with its share of all words; empty if there is no list.

    `lang` is a language tag. A list takes a quarter of a second to load, Russian and German twice that.
    """
    code = lang.partition("-")[0].lower()
    if not code:
        return {}
    import wordfreq  # a third of a second, and a build never needs it

    code = _LISTS.get(code, code)
    lists: Mapping[str, str] = wordfreq.available_languages("best")
    if code not in lists:
        return {}
    frequencies: Mapping[str, float] = wordfreq.get_frequency_dict(code, "best")
    return frequencies
