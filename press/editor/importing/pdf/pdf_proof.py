"""The proof that no word of a PDF is missing: pdfium's words of whole pages against the words of the leaflet."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lxml import html as lxml_html

from press.editor.importing.pdf.letter_order import is_rtl
from press.editor.importing.pdf.letter_signs import COMBINING, read_letters
from press.editor.importing.pdf.page_lines import PageChange

_PAGE_MARK = re.compile(r"\{page(?: [^{}\s]+)?\}")
_FREE = {"hyphen": "-", "note mark": "0123456789ivxl*†‡§¶.() "}
"""The signs that a change of each kind may take away."""
_MOST_NAMED = 6
_ACCENTS = str.maketrans({**COMBINING, "ı": "i", "ȷ": "j"})


class WordAccount(NamedTuple):
    """What the words of a source and of its leaflet differ in."""

    lost: str
    """The difference that forbids the import, or an empty string."""
    spaced: str
    """Words that differ in their spaces alone, or an empty string."""


def account_for_words(texts: Iterable[str], changes: Sequence[PageChange], shown: str) -> WordAccount:
    """Compare all words, in whatever order columns are read, with those the leaflet shows after the recorded changes.

    `texts` are the pages as pdfium gives them as a whole, `shown` the words of title, date and page.
    """
    unsound = next((change for change in changes if not _is_sound(change)), None)
    if unsound:
        return WordAccount(f"“{' '.join(unsound.before)}” became “{' '.join(unsound.after)}”", "")
    words: Counter[str] = Counter(_split(" ".join(map(_read_text, texts))))
    for change in changes:
        words.subtract(_split(" ".join(change.before)))
        words.update(_split(" ".join(change.after)))
    words.subtract(_split(shown))
    missing = [word for word, count in words.items() for _ in range(count)]
    added = [word for word, count in words.items() for _ in range(-count)]
    if Counter("".join(missing)) == Counter("".join(added)):
        return WordAccount("", _name(missing, added) if missing else "")
    return WordAccount(_name(missing, added), "")


def read_shown(html: str) -> str:
    """Return the words of a page, without the marks of its notes and pages."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in root.xpath("//sup[starts-with(@id, 'fnref')] | //a[@class='footnote-backref']"):
        element.drop_tree()
    for line_break in root.iter("br", "p", "li", "h2", "h3", "h4"):
        line_break.tail = " " + (line_break.tail or "")
    return _PAGE_MARK.sub(" ", root.text_content())


def _read_text(text: str) -> str:
    """Read the text of a page as the library gives it, where U+FFFE is a hyphen at the end of a line."""
    return read_letters(re.sub("[\ufffe\x02](?:\r\n)?|(?:\r\n)?\xad(?:\r\n)?", "-\n", text))


def _split(text: str) -> list[str]:
    """Return the words of a text; each has its accents last, since some printers set them before their letter."""
    text = unicodedata.normalize("NFD", text).translate(_ACCENTS).replace("\ufffd", "")
    words = unicodedata.normalize("NFKD", text).split()
    return [word if word.isascii() else _put_accents_last(word) for word in words]


def _put_accents_last(word: str) -> str:
    if any(map(is_rtl, word)):  # pdfium gives their letters now and then backwards
        return "".join(sorted(word))
    accents = sorted(letter for letter in word if unicodedata.combining(letter))
    return "".join([*(letter for letter in word if not unicodedata.combining(letter)), *accents])


def _is_sound(change: PageChange) -> bool:
    """Check that a change loses nothing but what its kind may."""
    if change.kind not in _FREE:
        return not change.after
    before, after = (Counter(unicodedata.normalize("NFKC", "".join(part))) for part in (change.before, change.after))
    return not after - before and not set((before - after).elements()) - set(_FREE[change.kind])


def _name(missing: Sequence[str], added: Sequence[str]) -> str:
    was, is_ = (" ".join(part[:_MOST_NAMED]) for part in (missing, added))
    return f"“{was}” became “{is_}”" if was and is_ else f"“{was}” is missing" if was else f"“{is_}” was added"
