"""Judge a straight single mark by the words next to it: whether it can open or close a quotation."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from pelican_typeset.blocks import NOTE, OBJECT
from pelican_typeset.elisions import AFTER, ALWAYS, AND_PAIRS, DROPPED_H, HOMOGRAPHS, PERHAPS, WHOLE_IN

NO, ELIDED, POSSESSIVE, PROBABLE, LIKELY, SURE = range(6)
"""Ranks. Opening: ELIDED ('tis), PROBABLE ('17, 'cause), LIKELY ('all, a word as it is), SURE.
Closing: ELIDED (goin'), POSSESSIVE (the workers'), PROBABLE (after a letter), SURE (after a sign)."""

ANY_DASH = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}"
OPENING_SIGNS = f"([{{<-{ANY_DASH}/¿¡“‘«‹„‚{NOTE}"
# A year, a century or a decade without its first figures: '90s, '68, '68er, '900.
YEAR = re.compile(r"[0-9]{2,3}(?P<decade>s|ers?|ern)?(?!\w)")
SHORTENED_BEFORE = re.compile(rf"[0-9][{ANY_DASH}]$")  # the first year of '68-'69
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
WORD_BEFORE = re.compile(r"[^\W\d_]+$")
# 'em in print is a width: an 'em dash'.
EM_SPACE = re.compile(r"\s(?:dash|quad|space|square)", re.IGNORECASE)
QUOTED_WORD = re.compile(r"['’](?!\w)")  # after the word: the letter 'a', the word 'em'
GREEK_ENDS = frozenset("αεηιουως")  # with another letter a Greek word is cut short before a vowel: ἀπ', γι', ν'
# A word, 'n' and a word: it may mean and. The marks may be set already.
AND = re.compile(r"(?<!\w)(\w{1,20})\s+(['’])n(['’])\s+(\w{1,20})", re.IGNORECASE)
HAVE = re.compile(r"(['’]d|would|could|should|might|must|to)\s+(['’])a(['’])(?=\s)", re.IGNORECASE)
# What may be joined to a quotation, before its mark: the elision of l''amore', and the Hebrew prefix of ה'שלום'.
ELISION = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,5}['’]$")
HEBREW_PREFIX = re.compile(r"(?<!\w)[והבלמשכ]{1,3}$")
HEBREW_YEAR = re.compile(r"[א-ת]+[\"״][א-ת]")  # after its thousands: ה'תש"ח
JOINED_BEFORE = {"it": ELISION, "fr": ELISION, "ca": ELISION, "he": HEBREW_PREFIX}
WORDS_REACH = 24
BLANK_OR_MARK = " \n\t\N{NO-BREAK SPACE}'’‘\"“„«"


class Single(NamedTuple):
    """How surely a straight single mark can open, and close, a quotation: ranks from NO to SURE."""

    opens: int
    closes: int


def judge_single(text: str, at: int, outside: tuple[str, str], lang: str) -> Single:
    """Judge the mark at this place; `outside` are the characters around it, past other marks."""
    before, after = outside
    if after.isalnum() and (joined := JOINED_BEFORE.get(lang)) and joined.search(text[max(0, at - 8) : at]):
        return Single(NO if HEBREW_YEAR.match(text, at + 1) else SURE, NO)
    if not before or before.isspace() or before in OPENING_SIGNS:
        if (
            after.isalnum()
            or after in (OBJECT, "¿", "¡")
            or ((after and after in "([…") or text.startswith("..", at + 1))
        ):
            return Single(_judge_opening(text, at, lang), NO)
        if before and before in ANY_DASH:
            return Single(NO, SURE)
        left = text[max(0, at - WORDS_REACH) : at].rstrip()
        spaced = bool(before) and not after.strip() and left[-1:] in ANY_DASH
        return Single(NO, SURE if spaced and left else NO)
    if after.isalnum() or after == OBJECT:
        return Single(NO, NO)
    return Single(NO, _judge_closing(text, at, before, lang))


def find_ands(text: str) -> set[int]:
    """Find both marks of every `rock 'n' roll` and `I'd 'a' caught`."""
    found = list[re.Match[str]]()
    if "'n'" in text or "'N'" in text:
        found += [m for m in AND.finditer(text) if (m[1].casefold(), m[4].casefold()) in AND_PAIRS]
    if "'a'" in text:
        found += HAVE.finditer(text)
    return {at for m in found for at in (m.start(2), m.start(3))}


def _judge_opening(text: str, at: int, lang: str) -> int:
    if year := YEAR.match(text, at + 1):
        sure = year["decade"] or SHORTENED_BEFORE.search(text[max(0, at - 3) : at])
        return ELIDED if sure else PROBABLE
    word = WORD.match(text, at + 1)
    if not word:
        return SURE
    spelled = word[0].casefold().replace("’", "'")
    first = spelled if lang == "it" else spelled.partition("'")[0]  # tra 'l sonno, but 'l'utopia'
    if lang == "el" and first[:1] in ("ς", "σ") and len(first) < 5:
        return ELIDED
    is_quoted = QUOTED_WORD.match(text, word.end()) is not None and first not in ("s", "t", "m", "k", "r")
    if _is_in(spelled, first, ALWAYS.get(lang, "")) and not EM_SPACE.match(text, word.end()):
        return PROBABLE if is_quoted else ELIDED
    if is_quoted and lang in ("en", "de", "it") and first != "n":
        return SURE
    dropped_h = lang == "en" and first in DROPPED_H.split()
    if not dropped_h and not _is_in(spelled, first, PERHAPS.get(lang, "")):
        return SURE
    return LIKELY if first in HOMOGRAPHS.get(lang, "").split() else PROBABLE


def _is_in(spelled: str, first: str, row: str) -> bool:
    return spelled in row.split() or first in row.split()


def _judge_closing(text: str, at: int, before: str, lang: str) -> int:
    if not before.isalpha():
        return PROBABLE if before.isdigit() else SURE
    goes_on = text[at + 1 : at + 2].isspace() and text[at + 1 : at + WORDS_REACH].lstrip(BLANK_OR_MARK)[:1].isalnum()
    word = WORD_BEFORE.search(text[max(0, at - WORDS_REACH) : at])
    spelled = word[0].casefold() if word else ""
    is_alone = word is not None and text.endswith(("'", "’", "‘"), 0, at - len(spelled))  # the letter 'n'
    if not is_alone and _is_cut_short(spelled, lang):
        return ELIDED if goes_on else POSSESSIVE
    if lang == "en" and before in "sSzx" and goes_on:
        return POSSESSIVE
    return PROBABLE


def _is_cut_short(word: str, lang: str) -> bool:
    """Return whether a word is one that often ends with an apostrophe: an', goin', po', ἀπ'."""
    if lang == "el":
        return unicodedata.normalize("NFD", word[-1:])[:1] not in GREEK_ENDS
    if lang == "en" and word.endswith("in") and len(word) > 4 and not word.endswith("ain"):
        return word not in WHOLE_IN.split()
    return word in AFTER.get(lang, "").split() or (len(word) == 1 and lang in ("en", "fr", "it", "nl", "de"))
