"""Judge what a typed hyphen is: a dash, a range of years, a hyphen, or one that only a person can judge."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pelican_typeset.blocks import Block, primary
from pelican_typeset.html_reader import read_blocks
from pelican_typeset.number_ranges import APOSTROPHES, DASH_CHARS, REACH, are_short_years, are_years

TYPED_HYPHEN = r"(?<!-)(?P<hyphen>-{1,3})(?!-)"  # typewriters and e-mail write a dash as one, two or three
QUOTES = f'"”“„‟«»‹›‚‘{APOSTROPHES}'
# Between spaces, on the line of the word before it: `calm - the`.
SPACED = re.compile(rf"(?P<before>[^\S\n](?<=\S\s)[^\S\n]*+){TYPED_HYPHEN}(?P<after>\s+)(?=\S)")
# At the head of a paragraph of speech, also after an opening mark or in a later line: `- Oui, dit-il.`
SPEECH_HEAD = re.compile(
    rf"(?P<before>(?:^|(?<=\n))\s*+){TYPED_HYPHEN}(?P<after>[^\S\n]+)(?=[^\W\d_]|[¿¡(*{QUOTES}…]|\.\.)"
)
AFTER_MARK = re.compile(
    rf"""(?:(?<=\()|(?<=[\s(][{QUOTES}])|(?<=^[{QUOTES}])|(?:(?<=[\s(][“„«])|(?<=^[“„«]))(?P<before>[^\S\n]))"""
    rf"{TYPED_HYPHEN}(?P<after>[^\S\n]+)(?=[^\W\d_]|[{QUOTES}])"
)
# Where a sentence is broken off: before a closing mark, a sign, or the end of a line or paragraph.
BROKEN_OFF = re.compile(
    rf"(?P<before>[^\S\n](?<=\S\s)[^\S\n]*+){TYPED_HYPHEN}(?P<after>)"
    rf"(?=[{QUOTES}]+(?:[\s.,;:!?)]|$)|[{APOSTROPHES}][^\W\d_]|\s*$|[,;:!?…]|\.(?!\w))"
)
# Two between words.
CLOSED_UP = re.compile(r"(?P<before>)(?<=[^\W\d_])(?P<hyphen>--)(?P<after>)(?=[^\W\d_])")
VOWEL = re.compile("[aeiouy]")
WORD_ON_LEFT, WORD_ON_RIGHT = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
# Three between words, which smartypants would make “—-”.
TRIPLE = re.compile(r"(?P<before>)(?<=[^\s-])(?P<hyphen>---)(?P<after>)(?=[^\s-])")
# No dash follows any of these: a dash, an opening bracket or quotation mark, a sign, the backslash of \-.
NO_DASH_AFTER = re.compile(
    rf"""[{DASH_CHARS}(\[{{|=/\\<>~_&@\#¿¡]$ | (?:^|[=+*/]|(?<!\w)\w)\s*[+*]$ | [0-9]\s*[+*]$
    | (?<![^\s(\[{{{DASH_CHARS}])["'«‹„“\N{{LEFT SINGLE QUOTATION MARK}}‚]+$""",
    re.VERBOSE,
)
# No dash comes before any of these: a dash, a closing bracket, a sign of a sum.
NO_DASH_BEFORE = re.compile(rf"[{DASH_CHARS})\]}}|=+*/\\<>~_]")
# A figure or a single letter, as in a sum, next to the hyphen.
FIGURE = r"[0-9][0-9.,]*"
OPERAND = rf"(?:{FIGURE}|[^\W\d_])"
OPERAND_BEFORE = re.compile(rf"(?<![\w.,]){OPERAND}$")
OPERAND_AFTER = re.compile(rf"{OPERAND}(?!\w)")
# The rest of the sum, = 5 or 2 +, beyond the operand.
OPERATOR_BEFORE = re.compile(r"[=+×÷*/≤≥±\N{MINUS SIGN}]\s*[\w.,]+$")
OPERATOR_AFTER = re.compile(r"[\w.,]+\s*[=+×÷*/≤≥±\N{MINUS SIGN}]")
# A second hyphen or dash beyond a figure: 1 - 2 - 3.
CHAIN_BEFORE = re.compile(rf"[{DASH_CHARS}]\s*{FIGURE}$")
CHAIN_AFTER = re.compile(rf"{OPERAND}\s+-\s+{FIGURE}(?!\w)")
# Words that continue a suspended compound: `two- and three-year-old`, `Ein- und Ausgang`.
CONJUNCTIONS: Mapping[str, str] = {
    "en": "and or to nor but versus vs through",
    "de": "und oder bis bzw beziehungsweise sowie wie als noch aber statt u o",
    "nl": "en of tot dan als noch",
    "da": "og eller til samt",
    "nb": "og eller til samt",
    "sv": "och eller till samt",
    "fi": "ja tai sekä eli",
    "fr": "et ou ni à",
    "es": "y e o u ni a",
    "it": "e ed o od né a",
    "pt": "e ou nem a",
    "pl": "i oraz lub albo czy",
    "hu": "és vagy meg illetve",
    "et": "ja või ning",
}
WORDS_OF_ONE_LETTER: Mapping[str, str] = {
    "en": "aio",
    "fr": "àyaô",
    "es": "yoaeu",
    "it": "eoaèi",
    "pt": "aeoéàó",
    "pl": "iwzoua",
    "cs": "ikosuvza",
    "ru": "ивкосуая",
    "uk": "ійвузояає",
    "hu": "asőóe",
    "sv": "iåö",
    "el": "ηοήὁἡὦὢ",
}
# A space before, none after: `Iraq -The`. Before a figure it is a minus, except in `1914 -1918`.
SPACE_BEFORE_ONLY = re.compile(
    r"""(?<=\S)[^\S\n]+(?P<hyphen>-)(?=["“\N{LEFT SINGLE QUOTATION MARK}«(]?[^\W\d_]|(?<=[0-9]\s-)[0-9])"""
)
# None before, a space after: `word- word`.
SPACE_AFTER_ONLY = re.compile(
    rf"""(?<=[\w"”{APOSTROPHES}»)!?.,;])(?P<hyphen>-)
    \s+(?=["“\N{{LEFT SINGLE QUOTATION MARK}}«(]?(?P<next>\w+))""",
    re.VERBOSE,
)
# At the start of a line other than the first, where it may be a list: `\n- word`.
LINE_HEAD = re.compile(r"(?<=\S)[^\S\n]*(?P<line>\n)[^\S\n]*(?P<hyphen>-)[^\S\n]+(?=\w)")
NOT_SPEECH = ("li", "dd", "td", "th")  # in these a hyphen at the head is the mark of a list, or of an empty cell
LAST_WORD = re.compile(r"(\w+)[.)]?\s*$")


HyphenPlace = tuple[int, int]
"""Where the spaces before a hyphen begin, if there are any, and where the hyphen is."""


class Verdict(enum.Enum):
    """What a hyphen between spaces is."""

    DASH = enum.auto()
    YEARS = enum.auto()
    HYPHEN = enum.auto()
    DOUBTFUL = enum.auto()


def judge(text: str, start: int, end: int, lang: str = "") -> Verdict:
    """Judge the spaced hyphen between these places: `x - y = 2` is a sum, `1914 - 1918` are years."""
    left, right = text[max(0, start - REACH) : start], text[end : end + REACH]
    if NO_DASH_AFTER.search(left) or NO_DASH_BEFORE.match(right):
        return Verdict.HYPHEN
    if are_short_years(left, right):
        return Verdict.YEARS
    one, other = OPERAND_BEFORE.search(left), OPERAND_AFTER.match(right)
    if not one or not other or _is_word(other[0], right, lang):
        return Verdict.DASH
    if OPERATOR_BEFORE.search(left) or OPERATOR_AFTER.match(right):
        return Verdict.HYPHEN
    if CHAIN_BEFORE.search(left) or CHAIN_AFTER.match(right):
        return Verdict.DOUBTFUL
    if are_years(left, right):
        return Verdict.YEARS
    return Verdict.DOUBTFUL if one[0][0].isdecimal() or other[0][0].isdecimal() else Verdict.DASH


def joins_words(text: str, m: re.Match[str], lang: str) -> bool:
    """Return whether whole words are on both sides of `--`: letters are left out of `d--n` and `verd--mt`.

    Not two names: `Paris--Lyon` is a way.
    """
    words = WORD_ON_LEFT.search(text, max(0, m.start() - REACH), m.start()), WORD_ON_RIGHT.match(text, m.end())
    if all(word and word[0][0].isupper() for word in words):
        return False
    return all(word and _is_whole(word[0].casefold(), lang) for word in words)


def _is_whole(word: str, lang: str) -> bool:
    if len(word) == 1:
        return word in WORDS_OF_ONE_LETTER.get(lang, ())
    return not word.isascii() or VOWEL.search(word) is not None


def _is_word(letter: str, right: str, lang: str) -> bool:
    """Return whether a single letter is a word, with another after it: `In 1912 - I was nine`."""
    return letter.casefold() in WORDS_OF_ONE_LETTER.get(lang, ()) and bool(re.match(r"\w\s+[^\W\d_]", right))


def find_hyphens(text: str) -> Sequence[HyphenPlace]:
    """Return the places of the hyphens, but for those between two letters or figures, which are only hyphens."""
    found, at, last = list[HyphenPlace](), text.find("-"), len(text) - 1
    while at >= 0:
        if not (0 < at < last and text[at - 1].isalnum() and text[at + 1].isalnum()):
            first = at
            while first and text[first - 1].isspace():
                first -= 1
            found.append((first, at))
        at = text.find("-", at + 1)
    return found


def find_at(places: Sequence[HyphenPlace], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what `finditer` does, for a pattern that begins with a hyphen or with spaces before one, but faster."""
    end = 0
    for first, hyphen in places:
        for at in range(max(first, end), hyphen + 1):
            if found := pattern.match(text, at):
                end = found.end()
                yield found
                break


def find_heads(block: Block, places: Sequence[HyphenPlace]) -> Iterator[re.Match[str]]:
    """Yield the hyphen at the head of a paragraph of speech, and those of its later lines: `- Oui.<br>- Non.`."""
    element = block.pieces[0].element.block
    if element and (element.name != "p" or (element.parent and element.parent.name in NOT_SPEECH)):
        return
    text, is_speech = block.text, False
    head = len(text) - len(text.lstrip())
    for m in find_at(places, SPEECH_HEAD, text):
        if m.start("hyphen") <= head:
            is_speech = True
            yield m
        elif is_speech and block.is_break(m.start() - 1) and not text[m.end()].islower():
            yield m


def is_typed(block: Block, at: int) -> bool:
    """Return whether a hyphen was typed as one; with `&#45;` an editor keeps it."""
    return block.piece(at).kind == "text"


class Doubt(NamedTuple):
    """A hyphen that may be a dash: the words around it, and its offset in the HTML in characters from 0."""

    words: str
    offset: int


def find_doubtful(html: str, lang: str = "") -> Iterator[Doubt]:
    """Yield each hyphen that only a person can judge: `Iraq -The calm`, `word- word`, `5 - 3 men`."""
    if "-" not in html:
        return
    for block in read_blocks(html, lang):
        for at in sorted(_doubtful_places(block)):
            if is_typed(block, at):
                yield Doubt(block.words_around(at, REACH), block.source(at)[0])


def _doubtful_places(block: Block) -> Iterator[int]:
    text, places = block.text, find_hyphens(block.text)
    for m in find_at(places, SPACED, text):
        if judge(text, m.start(), m.end(), _primary_at(block, m)) is Verdict.DOUBTFUL:
            yield m.start("hyphen")
    for m in find_at(places, SPACE_BEFORE_ONLY, text):
        before = text[max(0, m.start() - REACH) : m.start()]
        if not NO_DASH_AFTER.search(before) and not before.endswith(",") and not _carries_on(block, m, before):
            yield m.start("hyphen")
    for m in find_at(places, SPACE_AFTER_ONLY, text):
        if m["next"].casefold() not in _conjunctions(block, m):
            yield m.start("hyphen")
    speech = {m.start("hyphen") for m in find_heads(block, places)}
    for m in find_at(places, LINE_HEAD, text):
        if m.start("hyphen") not in speech and block.piece(m.start("line")).kind == "text":
            yield m.start("hyphen")


def _primary_at(block: Block, m: re.Match[str]) -> str:
    return primary(block.piece(m.start("hyphen")).lang)


def _conjunctions(block: Block, m: re.Match[str]) -> Sequence[str]:
    lang = _primary_at(block, m)
    return CONJUNCTIONS.get(lang, " ".join(CONJUNCTIONS.values())).split()


def _carries_on(block: Block, m: re.Match[str], before: str) -> bool:
    """Return whether it is the second half of a suspended compound: `Anbau und -handel`."""
    last = LAST_WORD.search(before)
    return last is not None and last[1].casefold() in _conjunctions(block, m)
