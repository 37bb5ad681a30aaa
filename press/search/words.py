"""Where one word ends and the next begins, beyond the spaces that Pagefind goes by."""

from __future__ import annotations

import re

# The French and Catalan words that lose their vowel before another: l’usine, qu’on.
_ELIDED = re.compile(
    r"(?<!\w)((?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['\N{RIGHT SINGLE QUOTATION MARK}])(?=\w)", re.IGNORECASE
)
_JOINED = re.compile(r"(?<=\w)([\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}/])(?=\w)")
_UNSEEN = dict.fromkeys(map(ord, "\N{WORD JOINER}\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}"))


def part_words(text: str) -> str:
    """Set a space where a word ends without one: `l’usine` becomes `l’ usine`, `1968–1970` becomes `1968– 1970`.

    Pagefind would take either for a single word. Excerpts leave these spaces out again: theme/static/js/search.js.
    """
    return _JOINED.sub(r"\1 ", _ELIDED.sub(r"\1 ", text.translate(_UNSEEN)))
