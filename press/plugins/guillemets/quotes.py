"""Turn guillemets, and the marks nested with them, into the quotation marks of the text's language.

The way of a text: blocks of visible text (blocks.py) → marks paired in each block (pairs.py) → a level for
each mark → edits to the source. What is not edited comes back byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from .blocks import LINE_BREAK, Block, decode, read_blocks
from .pairs import GUILLEMETS, RUNNING, ZERO_WIDTH, Mark, Passage, join_paragraphs, pair_marks
from .styles import Marks, marks_for

# A guillemet written as a reference.
REFERENCE = re.compile("&(?:[lr]s?aquo|#0*+(?:171|187|8249|8250)|#x0*+(?:ab|bb|2039|203a));", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.,;:!?](?!\S)")
# The space before high punctuation, unless it is the inner space of an opening mark.
FRENCH_SPACE = re.compile(rf"(?<=[^\s«‹“„])[^\S{LINE_BREAK}]++(?=[;!?:])")
NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
# typogrify eats a literal no-break space, and hangs an opening mark in the margin only if it is a reference.
REFERENCES = str.maketrans({NO_BREAK: "&nbsp;", NARROW: "&#8239;", "“": "&#8220;", "‘": "&#8216;"})
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

PASSES = 4  # how often what does not settle is taken out before the whole text is left as it came


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A mark without its partner that looks like a person's mistake."""

    mark: str
    offset: int
    """Where it stands in the HTML, in characters from 0."""
    words: str
    """The plain text around it, in one line."""


@dataclass(frozen=True, slots=True)
class _House:
    """What a caller wants: the marks of each language, and whether French punctuation is spaced."""

    lang: str
    style: Marks | None
    styles: Mapping[str, Marks]
    french_punctuation: bool = False
    ignore_tags: Collection[str] = ()

    def marks(self, lang: str) -> Marks | None:
        return self.style if self.style and lang == self.lang else marks_for(lang, self.styles)

    def is_concerned(self, html: str) -> bool:
        """Say in one scan whether anything in `html` could change."""
        has_lang = "lang" in html.lower()
        if not has_lang and not self.marks(self.lang):
            return False
        if _has_guillemet(html):
            return True
        straight = self.french_punctuation or '"' in html or "&quot;" in html or "&#" in html
        return straight and (has_lang or not _is_english(self.lang))


def convert_quotes(
    html: str,
    lang: str,
    *,
    style: Marks | None = None,
    styles: Mapping[str, Marks] | None = None,
    french_punctuation: bool = False,
    ignore_tags: Collection[str] = (),
) -> str:
    """Set the quotation marks of `html`: `« calm »` becomes `“calm”` in English, `„calm“` in German.

    `lang` is the BCP 47 tag of the text outside every `lang` attribute; text in an unknown language stays.
    `style` replaces the marks of `lang` for this call, `styles` rows of the table. `french_punctuation` makes
    a space before `; ! ? :` a no-break one in French. `ignore_tags` are selectors as typogrify takes them.
    Never raises. Converting twice changes nothing: a block that a second reading would understand otherwise
    stays as it came. Sources: UAX #14 LB15, Chicago, Duden, OQLF, csquotes.
    """
    house = _House(lang, style, styles or {}, french_punctuation, ignore_tags)
    text, whole = _convert(html, house)
    return text if whole or _convert(text, house)[0] == text else html


def find_unmatched(
    html: str,
    lang: str,
    *,
    style: Marks | None = None,
    styles: Mapping[str, Marks] | None = None,
    ignore_tags: Collection[str] = (),
) -> Iterator[Unmatched]:
    """Yield the guillemets that `convert_quotes` leaves alone though they look meant as quotation marks.

    A lone arrow (`Next »`), a breadcrumb, and marks in an unknown language are no mistakes.
    """
    house = _House(lang, style, styles or {}, ignore_tags=ignore_tags)
    for passage in _analyse(html, house) if _has_guillemet(html) else ():
        block, is_prose = passage.block, bool(SENTENCE_END.search(passage.block.text))
        for mark in passage.marks:
            lost = mark.char in GUILLEMETS and not mark.role and not _is_sign(mark, block, is_prose)
            if lost and house.marks(block.part(mark.at).lang):
                yield Unmatched(mark.char, block.place(mark.at)[0], _words_around(block.text, mark.at))


def _convert(html: str, house: _House) -> tuple[str, bool]:
    """Convert every block that a second reading leaves alone; say also whether that was all of them."""
    if not house.is_concerned(html):
        return html, True
    edits = [_Edits(html, passage, house).found for passage in _analyse(html, house)]
    kept = set(range(len(edits)))
    for _ in range(PASSES):
        text = _splice(html, [edits[n] for n in sorted(kept)])
        again = _analyse(text, house) if house.is_concerned(text) else []
        unsettled = {n for n, passage in enumerate(again) if n in kept and _Edits(text, passage, house).found}
        if not unsettled:
            return text, len(kept) == len(edits)
        kept -= unsettled
    return html, True


def _splice(html: str, edits: list[dict[int, tuple[int, str]]]) -> str:
    parts, end = list[str](), 0
    for start, (stop, text) in sorted(edit for block in edits for edit in block.items()):
        parts += [html[end:start], text]
        end = stop
    return "".join([*parts, html[end:]])


def _has_guillemet(html: str) -> bool:
    return any(mark in html for mark in GUILLEMETS) or ("&" in html and bool(REFERENCE.search(html)))


def _analyse(html: str, house: _House) -> list[Passage]:
    """Pair the marks of `html` and give each that is to be set its level."""
    passages = [Passage(block) for block in read_blocks(html, house.lang, house.ignore_tags)]
    for passage in passages:
        text = passage.block.text
        if any(char in text for char in RUNNING) or ('"' in text and not _is_english(passage.block.lang)):
            pair_marks(passage)
    join_paragraphs(passages)
    for passage in passages:
        _set_levels(passage)
    return passages


def _set_levels(passage: Passage) -> None:
    """Count the levels; only a nest that holds a guillemet, or foreign straight marks, keeps them."""
    depth, nest, wanted = passage.base, list[Mark](), passage.wanted
    for mark in passage.marks:
        if mark.role == "open":
            depth += 1
        if mark.role in ("open", "close", "lead"):
            mark.level = depth
            nest.append(mark)
            straight = mark.char == '"' and not _is_english(passage.block.part(mark.at).lang)
            wanted = wanted or mark.char in GUILLEMETS or straight
        if mark.role == "close":
            depth -= 1
            if depth == 0:
                _forget_unless(wanted, nest)
                nest, wanted = [], False
    _forget_unless(wanted, nest)


def _forget_unless(wanted: bool, nest: list[Mark]) -> None:
    if not wanted:
        for mark in nest:
            mark.level = 0


class _Edits:
    """What is to be written where in one block: `found` gives the end and the new text by the start."""

    def __init__(self, html: str, passage: Passage, house: _House) -> None:
        self.found: dict[int, tuple[int, str]] = {}
        self._html = html
        self._block = passage.block
        self._house = house
        for mark in passage.marks:
            if mark.level:
                self._set(mark)
        for mark, after in pairwise(passage.marks):
            if after.char == "'" and mark.level and mark.role != "close" and after.follows(mark):
                self._settle_apostrophe(after)
        if house.french_punctuation:
            self._space_punctuation()

    def _set(self, mark: Mark) -> None:
        """Write one mark and its inner space; the spaces that stood there go."""
        closing = mark.role == "close"
        asker = mark.partner if closing and mark.partner else mark
        marks = self._house.marks(self._block.part(asker.at).lang)
        if marks is None:
            return
        glyph = marks[(mark.level - 1) % 2 * 2 + closing]
        sign = glyph.strip()
        spaces = _inner_spaces(self._block.text, mark.at, -1 if closing else 1)
        if glyph != sign and spaces and self._holds(mark.at, spaces[0], glyph.replace(sign, "")):
            del spaces[0]
            glyph = sign
        self._put(mark.at, glyph)
        for space in spaces:
            self._put(space, "")

    def _settle_apostrophe(self, mark: Mark) -> None:
        """Set a straight single mark that would be an opening one to smartypants: `« 'Tis` → `“’Tis`."""
        if not mark.level and self._house.marks(self._block.part(mark.at).lang):
            self._put(mark.at, APOSTROPHE)

    def _holds(self, mark: int, space: int, wanted: str) -> bool:
        """Say whether the space stands beside its mark in the source as the reference that is wanted."""
        start, end = self._block.place(space)
        return (
            self._block.text[space] == wanted
            and self._html[start] == "&"
            and self._block.place(mark)[space > mark] in (start, end)
        )

    def _put(self, at: int, text: str) -> None:
        """Write `text` for one visible character, which stays as it is if it says the same."""
        start, end = self._block.place(at)
        old = self._html[start:end]
        if (decode(old) if len(old) > 1 else old) != text or old in (NO_BREAK, NARROW):
            self.found[start] = end, text.translate(REFERENCES)

    def _space_punctuation(self) -> None:
        """Make the space before `; ! ?` narrow and the one before `:` full, both unbreakable."""
        for match in FRENCH_SPACE.finditer(self._block.text):
            start, end = match.span()
            taken = any(self._block.place(at)[0] in self.found for at in range(start, end))
            if _is_french(self._block.part(start).lang) and not taken:
                self._put(start, NO_BREAK if self._block.text[end] == ":" else NARROW)
                for at in range(start + 1, end):
                    self._put(at, "")


def _inner_spaces(text: str, at: int, step: int) -> list[int]:
    """Find the spaces between a mark and its words, also beyond what has no width."""
    spaces = []
    at += step
    while 0 <= at < len(text) and (text[at] in ZERO_WIDTH or (text[at].isspace() and text[at] != LINE_BREAK)):
        if text[at] not in ZERO_WIDTH:
            spaces.append(at)
        at += step
    return spaces


def _is_sign(mark: Mark, block: Block, is_prose: bool) -> bool:
    """Say whether an unmatched mark is an arrow or a step of a breadcrumb rather than a mistake."""
    spaced = not mark.is_tight and (not mark.after or mark.after.isspace())
    points = mark.char in "»›" or mark.ink == 0
    return block.part(mark.at).link > 0 or (spaced and points and not is_prose)


def _words_around(text: str, at: int) -> str:
    """Give a few whole words on each side of a mark."""
    before, after = text[max(0, at - 40) : at], text[at : at + 41]
    if at > 40:
        before = before.partition(" ")[2]
    if at + 41 < len(text):
        after = after.rpartition(" ")[0] or after
    return " ".join((before + after).split())


def _is_english(lang: str) -> bool:
    return re.split("[-_]", lang.lower(), maxsplit=1)[0] == "en"


def _is_french(lang: str) -> bool:
    tag = lang.lower().replace("_", "-")
    return f"{tag}-".startswith("fr-") and not f"{tag}-".startswith("fr-ca-")
