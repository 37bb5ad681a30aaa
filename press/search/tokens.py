"""Where one word ends and the next begins, for a search that goes by spaces."""

from __future__ import annotations

import re

# The French and Catalan words that lose their vowel before another: l’usine, qu’on.
_ELIDED = re.compile(
    r"(?<!\w)((?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['\N{RIGHT SINGLE QUOTATION MARK}])(?=\w)", re.IGNORECASE
)
_JOINED = re.compile(r"(?<=\w)([\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}/])(?=\w)")

# A mark between spaces, of those that open what follows or part it from what came before, and of those that close.
_OPENING = re.compile(r"(?:(?<=\s)|^)([«\N{EN DASH}\N{EM DASH}&]+)\s+(?=\S)")
_CLOSING = re.compile(r"(?<=\S)\s+(?=[»!?;:]+(?:\s|$))")

_UNSEEN = dict.fromkeys(map(ord, "\N{WORD JOINER}\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}"))


def part_words(text: str) -> str:
    """Set a space where a word ends without one, and none around a mark that would count as a word.

    `l’usine` becomes `l’ usine`, `1968–1970` becomes `1968– 1970`, `« calme » – et` becomes `«calme» –et`. Pagefind
    counts what stands between spaces, and a phrase is found where its words follow one another. Excerpts are shown
    with their spaces as they were: theme/static/js/search.js.
    """
    text = _OPENING.sub(r"\1", _CLOSING.sub("", text.translate(_UNSEEN)))
    return _JOINED.sub(r"\1 ", _ELIDED.sub(r"\1 ", text))
