"""Guess the code page of bytes that are not UTF-8: the one that makes words of a language of them.

Each code page is tried on the lines that have bytes above 0x7F. What it gives is judged by the languages py3langid
knows (how far the best of them is above all others together) and by what no language does: capitals and signs inside
words, letters of two scripts in one word. docs/decisions/0032 has how often that is right.
"""

from __future__ import annotations

import codecs
import functools
import itertools
import math
import re
import unicodedata
from dataclasses import dataclass, replace

from press.editor.importing.guess_language import rank_languages

_PAGES = {
    "cp1252": "Windows-1252",
    "iso8859_15": "ISO-8859-15",
    "cp1250": "Windows-1250",
    "iso8859_2": "ISO-8859-2",
    "cp1251": "Windows-1251",
    "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U",
    "iso8859_5": "ISO-8859-5",
    "cp1253": "Windows-1253",
    "iso8859_7": "ISO-8859-7",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "iso8859_6": "ISO-8859-6",
    "cp1257": "Windows-1257",
    "mac_roman": "Mac Roman",
    "cp850": "CP850, of DOS",
    "cp437": "CP437, of DOS",
    "cp866": "CP866, of DOS",
    "cp852": "CP852, of DOS",
    "mac_cyrillic": "Mac Cyrillic",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp949": "EUC-KR",
}
_RARE_PAGES = {
    "iso8859_3": "ISO-8859-3",
    "iso8859_4": "ISO-8859-4",
    "cp857": "CP857, of DOS",
    "cp737": "CP737, of DOS",
    "cp862": "CP862, of DOS",
    "cp855": "CP855, of DOS",
    "cp775": "CP775, of DOS",
    "cp861": "CP861, of DOS",
    "mac_greek": "Mac Greek",
    "mac_turkish": "Mac Turkish",
    "mac_latin2": "Mac Central European",
    "mac_iceland": "Mac Icelandic",
}
"""The code pages that are tried, by Python's name for each; of two that give the same text, the first is named."""
_NOT_ENCODINGS = frozenset("idna punycode unicode_escape raw_unicode_escape undefined utf_7 mbcs oem".split())
_RARE, _USUAL = -15.0, 4.0
"""What is added to the score of a rare code page, and of Windows-1252: a single letter may fit several."""
_FEW_SIGNS = 8
_SAMPLE_BYTES = 1000
_FAULT, _GRACE = 20.0, 6.0
"""What a fault takes off the score, and a mark in its place adds to it; a right letter is worth some 10."""
_MOST_FAULTS = 0.4
"""Of a text that is no gibberish, for each of its letters and signs that are not ASCII."""
_LEAST_SCORE = 9.0
"""Of a text that is no gibberish, for the square root of its length in bytes."""
_CLEAR = 3.0
"""By so much, measured as _LEAST_SCORE, is a code page ahead that no other could be."""
_SIGNS = frozenset(
    "¶“”‘’„‚«»‹›–—…·•¡¿§°№€£¥©®½¼¾ªº†‡´՛՞׳״־،؛؟۔٪·\N{NO-BREAK SPACE}\N{SOFT HYPHEN}\u200c\u200d\u200e\u200f"
)
_IN_WORDS = frozenset("’‘·–—-´\N{SOFT HYPHEN}\u200c\u200d\u200e\u200f\N{NO-BREAK SPACE}״׳־…")
_LETTERS = re.compile(r"[^\W\d_]+")
_IN_PLACE = re.compile(
    r"^[(\[]?[“„«‘](?=\w)|(?<=[\w.,!?])[”»“][.,;:!?)]*$|(?<=\w)’(?=\w)|^[–—§½]$|[£§](?=\d)|(?<=\d)[°½¼¾]"
)
"""Quotation marks, apostrophes, dashes and signs of figures where texts have them."""
_OUT_OF_PLACE = re.compile(r"^[†‡£¥](?=[^\W\d_])")
_REPEATED = re.compile(r"([^\x00-\x7f])\1{3,}")
"""A letter four times or more: the line of a box, in another code page."""
_BOX = re.compile(r"[\u2500-\u259f]+")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_BEFORE_FIGURE = re.compile(r"[\u00c0-\u02ff](?=\d)")
_FINAL = re.compile("[ςךםןףץ](?=[^\\W\\d_])|(?<![^\\W\\d_])[ךםןףץ]")
"""Letters that only the end of a word has, elsewhere."""
_EAST_ASIAN = frozenset("CJK HIRAGANA KATAKANA KATAKANA-HIRAGANA HANGUL FULLWIDTH HALFWIDTH IDEOGRAPHIC".split())


@dataclass(frozen=True, slots=True)
class CodePage:
    """A code page, the text that it gives, and how it is judged."""

    name: str
    text: str
    score: float
    is_clear: bool = False
    """Whether no other code page is nearly as likely."""

    @property
    def shown(self) -> str:
        """Return its usual name."""
        return (_PAGES | _RARE_PAGES)[self.name]


def find_codec(name: str) -> str:
    """Return Python's name for an encoding of texts, such as `Windows 1251`; empty if there is none."""
    for written in (name, name.strip().replace(" ", "_"), name.strip().replace(" ", "")):
        try:
            found = codecs.lookup(written)
        except (LookupError, ValueError):
            continue
        codec = found.name.replace("-", "_")
        try:
            is_text = isinstance("a".encode(codec), bytes)
        except (LookupError, ValueError):
            is_text = False
        return codec if is_text and codec not in _NOT_ENCODINGS else ""
    return ""


def guess_code_page(data: bytes) -> CodePage | None:
    """Return the code page that makes the likeliest text of these bytes; None if all of them make gibberish."""
    sample = _take_sample(data)
    pages: dict[str, CodePage] = {}
    for name in (*_PAGES, *_RARE_PAGES):
        text = _decode(sample, name)
        page = _judge(name, text) if text and text not in pages else None
        if page and _decode(data, name):
            pages[text] = page
    ranked = sorted(pages.values(), key=lambda page: -page.score)
    if not ranked:
        return None
    gain = ranked[0].score - ranked[1].score if len(ranked) > 1 else math.inf
    return replace(ranked[0], text=_decode(data, ranked[0].name), is_clear=gain > _CLEAR * math.sqrt(len(sample)))


def _take_sample(data: bytes) -> bytes:
    """Return the first lines with bytes above 0x7F: the others say nothing of the code page."""
    lines = [line for line in data.splitlines() if not line.isascii()]
    sizes = itertools.takewhile(lambda size: size < _SAMPLE_BYTES, itertools.accumulate(map(len, lines)))
    sample = b"\n".join(lines[: len(list(sizes)) + 1])
    return sample if len(sample) < 2 * _SAMPLE_BYTES else sample[: 2 * _SAMPLE_BYTES].rpartition(b" ")[0] or sample


def _decode(data: bytes, name: str) -> str:
    """Decode all bytes; return an empty string if some have no character, or one that no text has."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return ""
    return "" if any(_is_control(letter) for letter in set(text)) else text


def _judge(name: str, text: str) -> CodePage | None:
    """Judge a sample; return None for gibberish. A few letters that are not ASCII say little, but no rare page."""
    signs = sum(letter > "\x7f" for letter in _BOX.sub("", text))
    faults = sum(count_faults(word) for word in text.split() if not word.isascii()) + _count_foreign(text)
    if faults > _MOST_FAULTS * signs:
        return None
    graces = sum(len(_IN_PLACE.findall(word)) for word in text.split() if not word.isascii())
    scores = rank_languages(text).values()
    prior = _RARE if name in _RARE_PAGES else _USUAL if name == "cp1252" else 0.0
    score = max(scores) - sum(scores) / len(scores) + prior - _FAULT * faults + _GRACE * graces
    is_few = signs < _FEW_SIGNS and name in _PAGES
    is_text = score > (0.0 if is_few else _LEAST_SCORE * math.sqrt(len(text)))
    return CodePage(name, text, score) if is_text else None


def _count_foreign(sample: str) -> int:
    """Count letters of other scripts among Latin ones: a text of unaccented letters has no Greek or Hebrew one."""
    letters = [letter for letter in sample if letter.isalpha()]
    others = [letter for letter in letters if letter > "\x7f" and _name_script(letter) not in ("LATIN", "")]
    return 2 * len(others) if len(others) < len(letters) / 5 else 0


@functools.cache
def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Co", "Cn") and letter not in "\t\n\v\f\r\x1a"


@functools.lru_cache(maxsize=10_000)
def count_faults(word: str) -> int:
    """Count what no language does with its letters in a word, which may have marks around it."""
    word = word.strip("│║")
    if not word or _BOX.fullmatch(word):
        return 0
    faults = sum(2 for letter in word if letter > "\x7f" and not _is_of_text(letter))
    faults += 2 * len(_BEFORE_FIGURE.findall(word)) + len(_HALF_WIDTH.findall(word))
    faults += 2 * len(_OUT_OF_PLACE.findall(word)) + sum(len(run[0]) for run in _REPEATED.finditer(word))
    for letters in _LETTERS.findall(word):
        if not letters.isascii():
            faults += 2 * mixes_scripts(letters) + _count_wrong_capitals(letters)
            faults += 2 * len(_FINAL.findall(letters))
    for before, sign, after in zip(word, word[1:], word[2:], strict=False):
        is_sign = sign > "\x7f" and not unicodedata.category(sign).startswith(("L", "M"))
        if is_sign and sign not in _IN_WORDS and before.isalpha() and after.isalpha() and _is_narrow(before):
            faults += 2
        faults += 2 * (unicodedata.category(sign) == "Mn" and not _find_scripts(sign) <= _find_scripts(before))
    return faults + (word[0] in "”…") + (word[-1] in "“„‚¿¡")


@functools.cache
def _is_of_text(letter: str) -> bool:
    """Return whether it is a letter or a mark of punctuation, not a sign for drawing or reckoning."""
    if letter in _SIGNS or unicodedata.category(letter).startswith(("L", "M")):
        return True
    return not _is_narrow(letter) and unicodedata.category(letter).startswith(("P", "Nd", "Sm"))


def _is_narrow(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) not in "WFH"


def _count_wrong_capitals(letters: str) -> int:
    """Count small letters before capitals, and two capitals at the head of a word in small letters."""
    if letters.isupper():
        return 0
    inside = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(letters))
    return 2 * inside + (len(letters) > 2 and letters[:2].isupper())


def mixes_scripts(letters: str) -> bool:
    """Return whether the letters of a word are of more than one script."""
    return len(_find_scripts(letters)) > 1


def _find_scripts(letters: str) -> set[str]:
    """Return the scripts of the letters of a word, those of East Asia as one; marks and ordinals have none."""
    return {script for letter in letters if (script := _name_script(letter))}


@functools.cache
def _name_script(letter: str) -> str:
    script = unicodedata.name(letter, "").split(" ")[0]
    return (
        "" if script in ("FEMININE", "MASCULINE", "MODIFIER", "MICRO") else "CJK" if script in _EAST_ASIAN else script
    )
