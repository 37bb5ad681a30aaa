"""Slugs: the part of a permanent address that names a text, a category, an author."""

from __future__ import annotations

import re

from unidecode import unidecode

LONGEST = 80
"""Bytes; every slug is ASCII, so characters as well."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]")
_ELISION = re.compile(  # what French, Italian and Catalan write as a word before its apostrophe
    r"\b([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|all|dall|dell|nell|sull)'(?=\w)", re.IGNORECASE
)
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")

_WORD = re.compile(r"[^\W_]+")
_SIGNS = "«»“”‘’–—…\N{NO-BREAK SPACE}"
"""Without these most English texts are ASCII, in which words are found in a quarter of the time."""
_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}


def is_slug(text: str) -> bool:
    """Tell whether `text` may stand in an address: a-z, 0-9 and single hyphens between them, 80 bytes at most."""
    return len(text) <= LONGEST and _SLUG.fullmatch(text) is not None


def make_slug(text: str) -> str:
    """Turn words into a slug, cut at a word: `The “calm”: Iraq’s storm` becomes `the-calm-iraqs-storm`.

    An apostrophe joins, but after an elision: `L’été` becomes `l-ete`. Gives the empty string where nothing of the
    words can stand in an address (`!!!`).
    """
    straight = _ELISION.sub(r"\1-", _APOSTROPHES.sub("'", text)).replace("'", "")
    slug = _NOT_IN_A_SLUG.sub("-", unidecode(straight).replace("'", "").lower()).strip("-")
    if len(slug) <= LONGEST:
        return slug
    cut = slug[: LONGEST + 1].rpartition("-")[0]
    return cut or slug[:LONGEST]


def split_words(text: str) -> list[str]:
    """Give the runs of letters and figures: `It’s 5 %` becomes `It`, `s`, `5`."""
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text.translate(_SPACES).split() if text.isascii() else _WORD.findall(text)
