"""Slugs: the part of a permanent address that names a text, a category or an author."""

from __future__ import annotations

import re

from unidecode import unidecode

LONGEST_SLUG = 80
"""Bytes, which is also characters: every slug is ASCII."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]")
_ELISION = re.compile(  # the elided words of French, Italian and Catalan
    r"\b([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|all|dall|dell|nell|sull)'(?=\w)", re.IGNORECASE
)
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")

_WORD = re.compile(r"[^\W_]+")
_SIGNS = "“”‘’–—…"
"""Without these, most Western European texts are Latin-1, which is split twice as fast."""
_TO_SPACES = bytes(code if chr(code).isalnum() else 0x20 for code in range(256))
_NO_LETTERS = bytes(code for code in range(256) if not chr(code).isalnum())


def is_slug(text: str) -> bool:
    """Return whether `text` is a slug: a-z and 0-9, with single hyphens between them, 80 bytes at most."""
    return len(text) <= LONGEST_SLUG and _SLUG.fullmatch(text) is not None


def make_slug(text: str) -> str:
    """Turn words into a slug, cut at a word: `The “calm”: Iraq’s storm` becomes `the-calm-iraqs-storm`.

    An apostrophe joins, except after an elision: `L’été` becomes `l-ete`. The slug is empty if no character can be
    part of an address (`!!!`).
    """
    straight = _ELISION.sub(r"\1-", _APOSTROPHES.sub("'", text)).replace("'", "")
    slug = _NOT_IN_A_SLUG.sub("-", unidecode(straight).replace("'", "").lower()).strip("-")
    if len(slug) <= LONGEST_SLUG:
        return slug
    cut = slug[: LONGEST_SLUG + 1].rpartition("-")[0]
    return cut or slug[:LONGEST_SLUG]


def split_words(text: str) -> list[str]:
    """Return the runs of letters and figures: `It’s 5 %` becomes `It`, `s`, `5`."""
    coded = encode_latin(text, " ")
    return _WORD.findall(text) if coded is None else coded.translate(_TO_SPACES).decode("latin-1").split()


def keep_letters(text: str) -> str:
    """Return the letters and figures of a text in a row: `It’s 5 %` becomes `Its5`."""
    coded = encode_latin(text, "")
    return "".join(_WORD.findall(text)) if coded is None else coded.translate(None, _NO_LETTERS).decode("latin-1")


def encode_latin(text: str, sign: str) -> bytes | None:
    """Return a text in Latin-1, with `sign` for marks that are not in it; None if it has other letters."""
    if not text.isascii():
        for mark in _SIGNS:
            text = text.replace(mark, sign)
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None
