"""Titles from A to Z, as librarians sort them: without a leading article, marks or accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from press.model.entry import Entry

OTHER = "#"
"""The heading of titles that do not begin with a letter."""

OTHER_SCRIPTS = "…"
"""The heading of titles in scripts with so many signs that each would be a heading of its own, such as Chinese."""

_ARTICLES = {
    "ca": "el la els les l' un una",
    "de": "der die das ein eine",
    "en": "the a an",
    "es": "el la los las un una",
    "fr": "le la les l' un une des",
    "it": "il lo la i gli le l' un uno una",
    "nl": "de het een",
    "pt": "o a os as um uma",
}
"""The articles that are ignored, by language."""

_ARABIC_ARTICLE = re.compile(r"^(\W*)ال(?!(?:له|لهم|ذي|تي|ذين|تزام|تماس|تقاء|تهاب|تحاق|تفاف)\b)(?=\w\w)")
"""The Arabic article, which is written in one with its word; a few words only begin like it."""

_FIRST = re.compile(r"([^\W\d_]+')\s*|([^\W\d_]+)\s+")
"""An elided word with its apostrophe, or a whole word with the space after it."""

_SIGNS = re.compile(r"[^\w\s']|_")
_LAST_ALPHABET = "\u2e7f"
"""Scripts with many signs come after it."""

_NUMBER = re.compile(r"(?:\b(?:no|nr|num|number|numéro|issue|part|nº|n°)\.?|№|#)\s*(\d{1,6})\b", re.IGNORECASE)
"""A number of a series, as titles have it: No. 4, Nr. 4, № 4, #4."""


def filed_as(entry: Entry) -> str:
    """Return the sort key of a title: `The “Calm”` becomes `calm`, `L’Été` becomes `ete`."""
    return file_words(entry.title, entry.lang)


def file_words(text: str, lang: str = "") -> str:
    """Return what a title or a name is sorted by: its words without marks, capitals, and the articles of `lang`.

    Russian й is a letter of its own; ё is sorted as е, and Turkish ı as i.
    """
    title = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold().replace("ı", "i")
    if lang.partition("-")[0] == "ar":
        title = _ARABIC_ARTICLE.sub(r"\1", title, count=1)
    apart = unicodedata.normalize("NFKD", title).replace("и\N{COMBINING BREVE}", "й")
    bare = apart if apart.isascii() else "".join(c for c in apart if not unicodedata.combining(c))
    words = " ".join(_SIGNS.sub(" ", bare).split())
    first = _FIRST.match(words)
    articles = _ARTICLES.get(lang.partition("-")[0], "").split()
    return words[first.end() :] if first and (first[1] or first[2]) in articles else words


def letter_of(filed: str) -> str:
    """Return the letter that a title is listed under: C for `calm`, П for `правда`, # for `1917`, … for `パン`."""
    first = filed[:1]
    if not first.isalpha():
        return OTHER
    return first.upper()[:1] if first <= _LAST_ALPHABET else OTHER_SCRIPTS


def sort_titles(entries: Iterable[Entry]) -> list[tuple[str, Entry]]:
    """Return every entry with its letter, in the order of the letters; # comes first, … last."""
    filed = sorted(((filed_as(entry), entry) for entry in entries), key=lambda item: (item[0], item[1].slug))
    lettered = [(letter_of(words), entry) for words, entry in filed]
    return sorted(lettered, key=lambda item: (item[0] != OTHER, item[0] == OTHER_SCRIPTS, item[0]))


def find_number(title: str) -> int | None:
    """Return the number that a title has in its series: 4 for `Harbour Bulletin, no. 4`."""
    found = _NUMBER.search(title)
    return int(found[1]) if found else None
