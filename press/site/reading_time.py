"""How long a text takes to read, in minutes: by its words or, in scripts without spaces, by its characters."""

from __future__ import annotations

import re

from press.model.slugs import encode_latin

WORDS_A_MINUTE = 200
"""Adults read 175 to 300 words of prose a minute (Brysbaert, Journal of Memory and Language 109, 2019); not all
leaflets are easy."""

_UNSPACED = (
    (re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"), 350),
    (re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f]"), 1000),
)
"""Scripts without spaces between words, with the characters that are read in a minute: Chinese and Japanese signs
(Trauzettel-Klosinski and Dietz, IOVS 53, 2012: 255 and 357), and the letters of Thai, Lao, Tibetan, Burmese and
Khmer, five to a word."""

_TAG = re.compile(r"<[^>]*>")
_SIGNS = bytes(code for code in range(256) if not chr(code).isalnum() and not chr(code).isspace())


def count_minutes(body: str) -> int:
    """Return the minutes that a text in HTML takes to read: whole ones, and at least one."""
    words = _TAG.sub("", body)
    coded = encode_latin(words, "")
    if coded is not None:  # without its signs, every word has letters
        return max(1, round(len(coded.translate(None, _SIGNS).decode("latin-1").split()) / WORDS_A_MINUTE))
    minutes = 0.0
    for signs, a_minute in _UNSPACED:
        words, count = signs.subn("", words)
        minutes += count / a_minute
    counted = sum(word.isalnum() or any(map(str.isalnum, word)) for word in words.split())
    return max(1, round(minutes + counted / WORDS_A_MINUTE))
