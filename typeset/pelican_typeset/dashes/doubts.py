"""Find the hyphens that only a person can judge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pelican_typeset.blocks import Block, primary
from pelican_typeset.dashes.figures import APOSTROPHES
from pelican_typeset.dashes.judgement import NO_DASH_AFTER, REACH, SPACED, Verdict, is_typed, judge
from pelican_typeset.markup import read_blocks


class Doubt(NamedTuple):
    """A hyphen that may be a dash: the words around it and where it stands in the source."""

    words: str
    offset: int


# Words that carry a suspended compound on: `two- and three-year-old`, `Ein- und Ausgang`.
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
# A space before, none after: `Iraq -The`; a figure after it is a minus, but for `1914 -1918`.
SPACE_BEFORE_ONLY = re.compile(
    r"""(?<=\S)[^\S\n]+(?P<hyphen>-)(?=["“\N{LEFT SINGLE QUOTATION MARK}«(]?[^\W\d_]|(?<=[0-9]\s-)[0-9])"""
)
# None before, a space after: `word- word`.
SPACE_AFTER_ONLY = re.compile(
    rf"""(?<=[\w"”{APOSTROPHES}»)!?.,;])(?P<hyphen>-)
    \s+(?=["“\N{{LEFT SINGLE QUOTATION MARK}}«(]?(?P<next>\w+))""",
    re.VERBOSE,
)
# A space before and nothing after, at the end of a block or a speech: `But I -`.
BROKEN_OFF = re.compile(rf"""(?<=\S)[^\S\n]+(?P<hyphen>-)(?=["”{APOSTROPHES}]+(?:\s|$)|\s*$)""")
# At the head of a later line, where it may be a list: `\n- word`.
LINE_HEAD = re.compile(r"(?<=\S)[^\S\n]*(?P<line>\n)[^\S\n]*(?P<hyphen>-)[^\S\n]+(?=\w)")
LAST_WORD = re.compile(r"(\w+)[.)]?\s*$")


def find_doubtful(html: str, lang: str = "") -> Iterator[Doubt]:
    """Yield each hyphen that only a person can judge: `Iraq -The calm`, `word- word`, `5 - 3 men`."""
    if "-" not in html:
        return
    for block in read_blocks(html, lang):
        for at in sorted(_doubtful_places(block)):
            if is_typed(block, at):
                yield Doubt(block.words_around(at, REACH), block.source(at)[0])


def _doubtful_places(block: Block) -> Iterator[int]:
    text = block.text
    for m in SPACED.finditer(text):
        if judge(text, m.start(), m.end()) is Verdict.DOUBTFUL:
            yield m.start("hyphen")
    for m in SPACE_BEFORE_ONLY.finditer(text):
        before = text[max(0, m.start() - REACH) : m.start()]
        if not NO_DASH_AFTER.search(before) and not before.endswith(",") and not _carries_on(block, m, before):
            yield m.start("hyphen")
    for m in SPACE_AFTER_ONLY.finditer(text):
        if m["next"].casefold() not in _conjunctions(block, m):
            yield m.start("hyphen")
    for m in BROKEN_OFF.finditer(text):
        if not NO_DASH_AFTER.search(text[max(0, m.start() - REACH) : m.start()]):
            yield m.start("hyphen")
    for m in LINE_HEAD.finditer(text):
        if block.piece(m.start("line")).kind == "text":
            yield m.start("hyphen")


def _conjunctions(block: Block, m: re.Match[str]) -> Sequence[str]:
    lang = primary(block.piece(m.start("hyphen")).lang)
    return CONJUNCTIONS.get(lang, " ".join(CONJUNCTIONS.values())).split()


def _carries_on(block: Block, m: re.Match[str], before: str) -> bool:
    """Know the second half of a suspended compound: `Anbau und -handel`."""
    last = LAST_WORD.search(before)
    return last is not None and last[1].casefold() in _conjunctions(block, m)
