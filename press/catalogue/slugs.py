"""Slugs: the part of a permanent address that names a text, a category, an author."""

from __future__ import annotations

import re

from unidecode import unidecode

LONGEST = 80
"""Bytes; every slug is ASCII, so characters as well."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


def is_slug(text: str) -> bool:
    """Tell whether `text` may stand in an address: a-z, 0-9 and single hyphens between them, 80 bytes at most."""
    return len(text) <= LONGEST and _SLUG.fullmatch(text) is not None


def make_slug(text: str) -> str:
    """Turn words into a slug, cut at a word: `The “calm”: Iraq’s storm` becomes `the-calm-iraqs-storm`.

    Gives the empty string where nothing of the words can stand in an address (`!!!`).
    """
    ascii_text = unidecode(_APOSTROPHES.sub("", text)).lower()
    slug = _NOT_IN_A_SLUG.sub("-", ascii_text.replace("'", "")).strip("-")
    if len(slug) <= LONGEST:
        return slug
    cut = slug[: LONGEST + 1].rpartition("-")[0]
    return cut or slug[:LONGEST]
