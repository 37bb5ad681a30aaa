"""Turn guillemets, and the marks nested with them, into the quotation marks of the text's language.

The way of a text: blocks of visible text (markup.py) → marks paired in each block (pairs.py) and over several
(runs.py) → a level for each mark → new characters, written into the source. All else comes back byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from ..markup import BREAK, Block, read_blocks, rewrite
from .pairs import GUILLEMETS, ZERO_WIDTH, Mark, Passage, pair_marks
from .runs import join_paragraphs
from .styles import Marks, marks_for

# A guillemet as a reference; what a quotation over several paragraphs may begin with.
REFERENCE = re.compile("&(?:[lr]s?aquo|#0*+(?:171|187|8249|8250)|#x0*+(?:ab|bb|2039|203a));", re.IGNORECASE)
WORTH_PAIRING = re.compile("[«»‹›„]")
GUILLEMET = re.compile("[«»‹›]")
SENTENCE_END = re.compile(r"[.,;:!?](?!\S)")
# The space before high punctuation, unless it is the inner space of an opening mark.
FRENCH_SPACE = re.compile(r"(?<=[^\s«‹“„])\s++(?=[;!?:])")
NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
# typogrify eats a literal no-break space, and hangs an opening mark in the margin only if it is a reference.
REFERENCES = str.maketrans({NO_BREAK: "&nbsp;", NARROW: "&#8239;", "“": "&#8220;", "‘": "&#8216;"})
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
PASSES = 4  # how often what does not settle is taken out before the whole text is left as it came

Changes = dict[int, str]
"""New text for single characters of a block by their places; also where it is the old text."""


class Unmatched(NamedTuple):
    """A mark without its partner that looks like a person's mistake."""

    mark: str
    offset: int
    """Where it stands in the HTML, in characters from 0."""
    words: str
    """The plain text around it, in one line."""


@dataclass(frozen=True, slots=True)
class House:
    """What a caller wants."""

    style: Marks | None = None
    """The marks of the language that is given with the text."""
    styles: Mapping[str, Marks] = field(default_factory=dict)
    """Rows that come before those of the table."""
    french_punctuation: bool = False
    """In French (not in Canada) make an existing space before `; ! ? :` a no-break one."""
    ignore_tags: Collection[str] = ()
    """Selectors of elements to leave alone, as typogrify takes them."""


def convert_quotes(html: str, lang: str, *, style: Marks | None = None, french_punctuation: bool = False) -> str:
    """Set the quotation marks of `html`: `« calm »` becomes `“calm”` in English, `„calm“` in German.

    `lang` is the BCP 47 tag of the text outside every lang attribute; text in an unknown language stays.
    `style` gives other marks for `lang`, `french_punctuation` as in House. Never raises. Converting twice
    changes nothing: a block that a second reading would understand otherwise stays as it came.
    Sources: UAX #14 LB15, Chicago, Duden, OQLF, csquotes.
    """
    return set_quotes(html, lang, House(style, french_punctuation=french_punctuation))[0]


def find_unmatched(html: str, lang: str) -> Sequence[Unmatched]:
    """Give the guillemets that `convert_quotes` leaves alone though they look meant as quotation marks.

    A lone arrow (`Next »`), a breadcrumb, and marks in an unknown language are no mistakes.
    """
    return set_quotes(html, lang, House())[1]


def set_quotes(html: str, lang: str, house: House) -> tuple[str, Sequence[Unmatched]]:
    """Give both: the text with its marks set, and the marks that found no partner."""
    reading = _Reading(lang, house)
    if not reading.concerns(html):
        return html, ()
    text, lost, is_whole = reading.convert(html)
    settled = is_whole or reading.convert(text)[0] == text
    return text if settled else html, lost


class _Reading:
    """The reading of one text in its language, by one house's rules."""

    def __init__(self, lang: str, house: House) -> None:
        self._lang = lang
        self._house = house
        self._known: dict[str, Marks | None] = {lang: house.style} if house.style else {}

    def marks(self, lang: str) -> Marks | None:
        """Give the marks of a language, or None."""
        if lang not in self._known:
            self._known[lang] = marks_for(lang, self._house.styles)
        return self._known[lang]

    def concerns(self, html: str) -> bool:
        """Say in one scan whether anything in `html` could change."""
        if any(mark in html for mark in GUILLEMETS) or ("&" in html and REFERENCE.search(html)):
            return self.marks(self._lang) is not None or "lang" in html.lower()
        straight = self._house.french_punctuation or '"' in html or "&quot;" in html or "&#" in html
        foreign = self.marks(self._lang) is not None and not _is_english(self._lang)
        return straight and (foreign or "lang" in html.lower())

    def convert(self, html: str) -> tuple[str, Sequence[Unmatched], bool]:
        """Convert every block that a second reading leaves alone; say also what is lost, and if that was all."""
        blocks = read_blocks(html, self._lang, self._house.ignore_tags)
        passages = self._analyse(blocks)
        wanted = [self._wish(passage) for passage in passages]
        kept = self._settle(blocks, wanted)
        changes = (
            (*block.source(at), new.translate(REFERENCES))
            for n, block in enumerate(blocks)
            for at, new in wanted[n].items()
            if n in kept and (new != block.text[at] or (new in (NO_BREAK, NARROW) and block.piece(at).kind == "text"))
        )
        return rewrite(html, changes), list(self._find_lost(passages)), len(kept) == len(blocks)

    def _settle(self, blocks: Sequence[Block], wanted: Sequence[Changes]) -> set[int]:
        """Give the blocks that a second reading will leave as the first has made them."""
        kept = set(range(len(blocks)))
        for _ in range(PASSES):
            after = [block.replace(wanted[n]) if n in kept and wanted[n] else block for n, block in enumerate(blocks)]
            again = [self._wish(passage) for passage in self._analyse(after)]
            unsettled = {n for n in kept if any(after[n].text[at] != new for at, new in again[n].items())}
            if not unsettled:
                return kept
            kept -= unsettled
        return set()

    def _analyse(self, blocks: Sequence[Block]) -> Sequence[Passage]:
        """Pair the marks of a text and give each that is to be set its level."""
        passages = [Passage(block) for block in blocks]
        for passage in passages if any(GUILLEMET.search(block.text) or _has_foreign_straight(block) for block in blocks) else ():
            if WORTH_PAIRING.search(passage.block.text) or _has_foreign_straight(passage.block):
                pair_marks(passage)
        join_paragraphs(passages)
        for passage in passages:
            if passage.marks:
                _set_levels(passage)
        return passages

    def _wish(self, passage: Passage) -> Changes:
        """Say what is to be written where in one block."""
        changes: Changes = {}
        for mark in passage.marks:
            marks = self.marks((mark.partner if mark.partner and mark.role == "close" else mark).lang)
            if mark.level and marks:
                _set_mark(passage.block, mark, marks, changes)
        for mark, after in pairwise(passage.marks):
            follows = mark.level and mark.role != "close" and after.ink == mark.ink
            if follows and after.char == "'" and not after.level and self.marks(after.lang):
                changes[after.at] = APOSTROPHE  # to smartypants it would be an opening mark: « 'Tis → “’Tis
        if self._house.french_punctuation:
            _space_punctuation(passage.block, changes)
        return changes

    def _find_lost(self, passages: Sequence[Passage]) -> Iterator[Unmatched]:
        for passage in passages:
            block, is_prose = passage.block, None
            for mark in passage.marks:
                lost = mark.char in GUILLEMETS and not mark.role and self.marks(mark.lang)
                if lost and is_prose is None:
                    is_prose = bool(SENTENCE_END.search(block.text))
                if lost and not _is_sign(mark, bool(is_prose)):
                    yield Unmatched(mark.char, block.source(mark.at)[0], _words_around(block.text, mark.at))


def _set_levels(passage: Passage) -> None:
    """Count the levels; only a nest that holds a guillemet, or foreign straight marks, keeps them."""
    depth, nest, is_wanted = passage.base, list[Mark](), passage.wanted
    for mark in (mark for mark in passage.marks if mark.role in ("open", "close", "lead")):
        depth += mark.role == "open"
        nest.append(mark)
        is_wanted = is_wanted or mark.char in GUILLEMETS or (mark.char == '"' and not _is_english(mark.lang))
        mark.level = depth
        depth -= mark.role == "close"
        if depth == 0:
            _forget_unless(is_wanted, nest)
            nest, is_wanted = [], False
    _forget_unless(is_wanted, nest)


def _forget_unless(is_wanted: bool, nest: Sequence[Mark]) -> None:
    for mark in () if is_wanted else nest:
        mark.level = 0


def _set_mark(block: Block, mark: Mark, marks: Marks, changes: Changes) -> None:
    """Write one mark and the space inside it; the spaces that stood there go."""
    is_closing = mark.role == "close"
    glyph = marks[(mark.level - 1) % 2 * 2 + is_closing]
    sign = glyph.strip()
    spaces = _inner_spaces(block, mark.at, -1 if is_closing else 1)
    changes.update(dict.fromkeys(spaces, ""))
    if glyph != sign and spaces and _is_beside(block, mark.at, spaces[0]):
        changes[spaces[0]] = glyph.replace(sign, "")
        glyph = sign
    changes[mark.at] = glyph


def _inner_spaces(block: Block, at: int, step: int) -> Sequence[int]:
    """Find the spaces between a mark and its words, also beyond what has no width, but no line break."""
    text, spaces, end = block.text, list[int](), len(block.text)
    at += step
    while 0 <= at < end:
        if text[at].isspace() and not _is_break(block, at):
            spaces.append(at)
        elif text[at] not in ZERO_WIDTH:
            break
        at += step
    return spaces


def _is_break(block: Block, at: int) -> bool:
    return block.text[at] == BREAK and block.piece(at).kind == "tag"


def _is_beside(block: Block, mark: int, space: int) -> bool:
    """Say whether nothing, and no tag, stands between a mark and its space."""
    first, second = block.piece(min(mark, space)), block.piece(max(mark, space))
    return abs(mark - space) == 1 and (first is second or first.end == second.start)


def _space_punctuation(block: Block, changes: Changes) -> None:
    """Make the space before `; ! ?` narrow and the one before `:` full, both unbreakable."""
    for match in FRENCH_SPACE.finditer(block.text):
        start, end = match.span()
        free = not any(at in changes or _is_break(block, at) for at in range(start, end))
        if free and _is_french(block.piece(start).lang):
            changes.update(dict.fromkeys(range(start, end), ""))
            changes[start] = NO_BREAK if block.text[end] == ":" else NARROW


def _is_sign(mark: Mark, is_prose: bool) -> bool:
    """Say whether an unmatched mark is an arrow or a step of a breadcrumb rather than a mistake."""
    is_spaced = not mark.is_tight and (not mark.after or mark.after.isspace())
    points = mark.char in "»›" or mark.ink == 0
    return mark.link is not None or (is_spaced and points and not is_prose)


def _words_around(text: str, at: int) -> str:
    """Give a few whole words on each side of a mark."""
    before, after = text[max(0, at - 40) : at], text[at : at + 41]
    if at > 40:
        before = before.partition(" ")[2]
    if at + 41 < len(text):
        after = after.rpartition(" ")[0] or after
    return " ".join((before + after).split())


def _has_foreign_straight(block: Block) -> bool:
    return '"' in block.text and not all(_is_english(piece.lang) for piece in block.pieces)


def _is_english(lang: str) -> bool:
    return re.split("[-_]", lang.lower(), maxsplit=1)[0] == "en"


def _is_french(lang: str) -> bool:
    tag = f"{lang.lower().replace('_', '-')}-"
    return tag.startswith("fr-") and not tag.startswith("fr-ca-")
