"""Lines that name the authors of a text: `by Ann Dunn and John Marsh` under a title."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BY = re.compile(
    r"(?P<by>by|written\s+by|par|von|di|de|del|por|per|av|af|door|przez|napisał[ai]?|napisa(?:o|la)|написала?|szerző|írta|автор|авторы|автори"
    r"|napsal|yazan|tekijä|από|του|מאת|بقلم)\s*:?\s+(?P<names>\S.*)",
    re.IGNORECASE,
)
BARE_BY = re.compile(r"(?:written\s+)?by|par|von|di|por|per|av|af|door|przez", re.IGNORECASE)
"""The word for it on a line of its own, as title pages have it: the name is on the next one."""
_AND = re.compile(
    r"\s+(?:and|et|und|e|ed|y|i|og|och|en|ja|a|и|та|και|&|ve|és|și)\s+|\s*[,;&]\s*(?:(?:and|et|und)\s+)?",
    re.IGNORECASE,
)
_NAME_PARTS = frozenset(
    "de da do dos di del della la le van von der den ten ter af av zu du d’ d' bin ibn al el".split()
)
_NO_NAMES = frozenset(
    """
    the a an one some them us members order authority permission means way hand post virtue favour our your his
    her their un une le la les l’un des ein eine einer dem der die das uno una los las il lo gli ett en et any
    all direct force popular right orden ordre ordine
    """.split()
)
"""Words that begin what is no name: `by the river`, `by order of the committee`, `By One of Them`."""
_CAPITAL = re.compile(r"(?:[dDlLoO]['’])?[^\W\d_a-zà-öø-ÿ]")
_MOST_AUTHORS = 6
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Byline:
    """The names of a line of authors, and whether it is sure that they are names."""

    names: tuple[str, ...]
    is_sure: bool = True


def read_byline(text: str) -> Byline | None:
    """Read the names of `by Ann Dunn and John Marsh`; return None for anything else: `by the river we sat`.

    A single word (`by Spartacus`) may be a name, and is not sure.
    """
    match = _BY.fullmatch(text.strip().rstrip(".")) if len(text) <= _LONGEST else None
    return read_author_names(match["names"], by=match["by"]) if match else None


def read_author_names(text: str, by: str = "") -> Byline | None:
    """Read the names of people, one or several in a row; return None if a word is no part of a name."""
    names = [" ".join(name.split()) for name in _AND.split(text.strip().rstrip("."))]
    if not 0 < len(names) <= _MOST_AUTHORS or not all(map(_is_name, names)):
        return None
    single = any(len(name.split()) == 1 for name in names)
    if single and (by.casefold() in ("de", "di", "del", "per", "του") or len(names) > 1):
        return None
    return Byline(tuple(names), not single)


def _is_name(name: str) -> bool:
    """Return whether all words begin with a capital, but for `von` and its like, and none is known to be no name."""
    words = name.split()
    if not 0 < len(words) <= 5 or words[0].casefold() in _NO_NAMES or re.search(r"[\d!?:()\"“”]", name):
        return False
    if not all(_CAPITAL.match(word) or word in _NAME_PARTS or _has_no_case(word) for word in words):
        return False
    return len(words[-1].rstrip(".")) > 1 and (words[0][0].isupper() or _has_no_case(words[0]))


def _has_no_case(word: str) -> bool:
    return word.upper() == word.lower()
