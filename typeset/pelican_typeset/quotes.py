"""Turn guillemets, and the marks nested with them, into the quotation marks of the text's language.

The steps: read the blocks of text (html_reader.py), pair the marks in each block (quote_pairs.py) and over several
(quote_runs.py), find the level of each mark, and write the new characters into the source. The rest of the source
is returned byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pelican_typeset.blocks import APOSTROPHE, ZERO_WIDTH, Block, primary, rewrite
from pelican_typeset.html_reader import read_blocks
from pelican_typeset.quote_pairs import GUILLEMETS, Mark, Passage, Unmatched, find_lost, pair_marks
from pelican_typeset.quote_runs import join_paragraphs
from pelican_typeset.quote_styles import Marks, marks_for

REFERENCE = re.compile("&(?:[lr]s?aquo|#0*+(?:171|187|8249|8250)|#x0*+(?:ab|bb|2039|203a));", re.IGNORECASE)
# The space before ; ! ? or :, unless it is the inner space of an opening mark.
FRENCH_SPACE = re.compile(r"(?<=[^\s«‹“„])\s++(?=[;!?:])")
NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
# typogrify deletes a literal no-break space, and hangs an opening mark in the margin only if it is a reference.
REFERENCES = str.maketrans({NO_BREAK: "&nbsp;", NARROW: "&#8239;", "“": "&#8220;", "‘": "&#8216;"})
PASSES = 4  # how often unsettled blocks are taken out before the whole text is left as it was

Changes = dict[int, str]
"""New text for single characters of a block, by place; it may be the same as the old."""


def convert_quotes(
    html: str,
    lang: str,
    *,
    styles: Mapping[str, Marks] | None = None,
    french_punctuation: bool = False,
    ignore_tags: Collection[str] = (),
) -> str:
    """Set the quotation marks of `html`: `« calm »` becomes `“calm”` in English, `„calm“` in German.

    `lang` is the BCP 47 tag of the text outside every lang attribute; text in an unknown language stays.
    `styles` has rows that take the place of those in quote_styles.py; `french_punctuation` makes an existing
    space before `; ! ? :` a no-break one in French, but not in Canada; `ignore_tags` are selectors of elements
    to leave alone, as typogrify takes them. Converting twice changes nothing: a block that would be read
    differently the second time stays as it was. Never raises. Sources: UAX #14, Chicago, Duden, OQLF, csquotes.
    """
    return QuoteSetter(lang, styles or {}, french_punctuation, ignore_tags).set_quotes(html)[0]


def find_unmatched(html: str, lang: str) -> Sequence[Unmatched]:
    """Return the guillemets without a partner that look like mistakes, with the words around each."""
    return QuoteSetter(lang).set_quotes(html)[1]


@dataclass(slots=True)
class QuoteSetter:
    """Sets the marks of texts in one language, and of passages in others; arguments as for convert_quotes."""

    lang: str
    styles: Mapping[str, Marks] = field(default_factory=dict)
    french_punctuation: bool = False
    ignore_tags: Collection[str] = ()
    _known: dict[str, Marks | None] = field(default_factory=dict)

    def set_quotes(self, html: str) -> tuple[str, Sequence[Unmatched]]:
        """Set the marks of a text as convert_quotes does; return also the guillemets without a partner.

        A single arrow (`Next »`), a breadcrumb, and marks in an unknown language are not among them.
        """
        if not self._concerns(html):
            return html, ()
        text, unmatched, is_whole = self._convert(html)
        return text if is_whole or self._convert(text)[0] == text else html, unmatched

    def marks(self, lang: str) -> Marks | None:
        """Return the marks of a language, or None."""
        if lang not in self._known:
            self._known[lang] = marks_for(lang, self.styles)
        return self._known[lang]

    def _concerns(self, html: str) -> bool:
        """Return whether anything in `html` could change, after one scan."""
        is_known = self.marks(self.lang) is not None
        if _has_guillemet(html) or ("&" in html and REFERENCE.search(html)):
            return is_known or "lang" in html.lower()
        straight = self.french_punctuation or '"' in html or "&quot;" in html or "&#" in html
        return straight and ((is_known and not _is_english(self.lang)) or "lang" in html.lower())

    def _convert(self, html: str) -> tuple[str, Sequence[Unmatched], bool]:
        """Convert the blocks that a second run leaves alone; return the unmatched marks, and whether it was all."""
        blocks = read_blocks(html, self.lang, self.ignore_tags)
        passages = _analyse(blocks)
        wishes = [self._wish(passage) for passage in passages]
        settled = self._settle(blocks, wishes)
        changes = [
            (*block.source(at), new.translate(REFERENCES))
            for n, block in enumerate(blocks)
            for at, new in wishes[n].items()
            if n in settled
            and (new != block.text[at] or (new in (NO_BREAK, NARROW) and block.piece(at).kind == "text"))
        ]
        unmatched = [lost for passage in passages for lost in find_lost(passage) if self.marks(lost.lang)]
        return rewrite(html, changes), unmatched, len(settled) == len(blocks)

    def _settle(self, blocks: Sequence[Block], wishes: Sequence[Changes]) -> set[int]:
        """Return the blocks that a second run would leave as the first made them."""
        kept = set(range(len(blocks)))
        for _ in range(PASSES):
            after = [block.replace(wishes[n]) if n in kept and wishes[n] else block for n, block in enumerate(blocks)]
            again = [self._wish(passage) for passage in _analyse(after)]
            unsettled = {n for n in kept if any(after[n].text[at] != new for at, new in again[n].items())}
            if not unsettled:
                return kept
            kept -= unsettled
        return set()

    def _wish(self, passage: Passage) -> Changes:
        """Return the changes that one block needs."""
        changes: Changes = {}
        for mark in passage.marks:
            asks = mark.partner if mark.partner and mark.role == "close" else mark
            if mark.level and (marks := self.marks(asks.element.lang)):
                _set_mark(passage.block, mark, marks, changes)
        for mark, after in pairwise(passage.marks):
            is_first = mark.level > 0 and mark.role != "close" and after.ink == mark.ink
            if is_first and after.char == "'" and not after.level:
                changes[after.at] = APOSTROPHE  # smartypants would make it an opening mark: « 'Tis → “’Tis
        if self.french_punctuation:
            _space_punctuation(passage.block, changes)
        return changes


def _analyse(blocks: Sequence[Block]) -> Sequence[Passage]:
    """Pair the marks of a text, where it has any to set, and give each its level."""
    if not any(_has_guillemet(block.text) or _has_foreign_straight(block) for block in blocks):
        return [Passage(block) for block in blocks]
    passages = [pair_marks(block) for block in blocks]
    join_paragraphs(passages)
    for passage in passages:
        if passage.marks:
            _set_levels(passage)
    return passages


def _set_levels(passage: Passage) -> None:
    """Count the levels in each nest; only a nest with a guillemet, or foreign straight marks, is set."""
    depth, nest, wanted = passage.base, 0, {0} if passage.is_wanted else set[int]()
    nests = list[tuple[Mark, int]]()
    for mark in (mark for mark in passage.marks if mark.role in ("open", "close", "lead")):
        depth += mark.role == "open"
        mark.level = depth
        nests.append((mark, nest))
        if mark.char in GUILLEMETS or (mark.char == '"' and not _is_english(mark.element.lang)):
            wanted.add(nest)
        depth -= mark.role == "close"
        nest += depth == 0
    for mark, nest in nests:
        mark.level *= nest in wanted


def _set_mark(block: Block, mark: Mark, marks: Marks, changes: Changes) -> None:
    """Write one mark and the space inside it, in place of the spaces there."""
    is_closing = mark.role == "close"
    glyph = marks[(mark.level - 1) % 2 * 2 + is_closing]
    sign = glyph.strip()
    spaces = _inner_spaces(block, mark.at, -1 if is_closing else 1)
    changes.update(dict.fromkeys(spaces, ""))
    beside = mark.at - 1 if is_closing else mark.at
    if glyph != sign and spaces and spaces[0] in (beside, beside + 1) and block.adjoin(beside):
        changes[spaces[0]] = glyph.replace(sign, "")
        glyph = sign
    changes[mark.at] = glyph


def _inner_spaces(block: Block, at: int, step: int) -> Sequence[int]:
    """Find the spaces between a mark and its words, past characters without width, but not past a line break."""
    text, spaces, end = block.text, list[int](), len(block.text)
    at += step
    while 0 <= at < end:
        if text[at].isspace() and not block.is_break(at):
            spaces.append(at)
        elif text[at] not in ZERO_WIDTH:
            break
        at += step
    return spaces


def _space_punctuation(block: Block, changes: Changes) -> None:
    """Make the space before `; ! ?` narrow and the one before `:` full, both unbreakable."""
    for match in FRENCH_SPACE.finditer(block.text):
        start, end = match.span()
        is_free = not any(at in changes or block.is_break(at) for at in range(start, end))
        lang = block.piece(start).lang.replace("_", "-").lower()
        if is_free and primary(lang) == "fr" and not f"{lang}-".startswith("fr-ca-"):
            changes.update(dict.fromkeys(range(start, end), ""))
            changes[start] = NO_BREAK if block.text[end] == ":" else NARROW


def _has_guillemet(text: str) -> bool:
    return "«" in text or "»" in text or "‹" in text or "›" in text


def _has_foreign_straight(block: Block) -> bool:
    return '"' in block.text and not all(_is_english(piece.lang) for piece in block.pieces)


def _is_english(lang: str) -> bool:
    return primary(lang) == "en"
