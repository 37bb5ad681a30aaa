"""What a letter is in a regular expression: one with all that is written on it, in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LAST = 0x20000
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


def _find_ranges() -> Iterator[str]:
    """Yield the ranges of the characters that are written on a letter: vowel signs, accents, points."""
    first = last = 0
    for code in (code for code in range(0x300, _LAST) if unicodedata.category(chr(code))[0] == "M"):
        if code != last + 1:
            yield f"{chr(first)}-{chr(last)}" if first else ""
            first = code
        last = code
    yield f"{chr(first)}-{chr(last)}"


MARKS = "".join(_find_ranges()) + _JOINERS
"""Vowel signs, accents and joiners, for a set in a regular expression: `\\w` does not match them."""

LETTER = rf"(?:[^\W\d_][{MARKS}]*+)"
"""One letter with its marks."""

ANY_MARK = re.compile(f"[{MARKS}]")
"""Finds whether a text has marks at all; without them the quicker `[^\\W\\d_]` is a letter."""
_IN_PARTS = re.compile(rf"[^\s{MARKS}\u1160-\u11ff][{MARKS}\u1160-\u11ff]+")


def find_parts(text: str) -> list[int]:
    """Return where a text has letters in parts that Unicode has as one character: `e` and an accent, for `é`."""
    found = _IN_PARTS.finditer(text)
    return [part.start() for part in found if len(unicodedata.normalize("NFC", part[0])) < len(part[0])]
