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

from pelican_typeset.blocks import APOSTROPHE, ZERO_WIDTH, Block, primary
from pelican_typeset.edited_blocks import edit_html
from pelican_typeset.html_reader import read_blocks
from pelican_typeset.lost_marks import Unmatched, find_lost
from pelican_typeset.marks import GUILLEMETS, STRAIGHT, Mark
from pelican_typeset.quote_levels import keeps_lead, set_levels
from pelican_typeset.quote_pairs import HEBREW, Passage, pair_marks
from pelican_typeset.quote_runs import join_paragraphs
from pelican_typeset.quote_styles import Marks, marks_for

REFERENCE = re.compile("&(?:[lr]s?aquo|#0*+(?:171|187|8249|8250)|#x0*+(?:ab|bb|2039|203a));", re.IGNORECASE)
# The space before ; ! ? or :, unless it is the inner space of an opening mark.
FRENCH_SPACE = re.compile(r"(?<=[^\s«‹“„])\s++(?=[;!?:])")
KEPT = {'"': "&#34;", "'": "&#39;"}
GERSHAYIM = "\N{HEBREW PUNCTUATION GERSHAYIM}"
NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
EATEN = re.compile('["\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]')
# typogrify deletes a literal no-break space, and hangs an opening mark in the margin only if it is a reference.
# smartypants leaves a straight mark alone if it is a reference.
REFERENCES = str.maketrans({NO_BREAK: "&nbsp;", NARROW: "&#8239;", "“": "&#8220;", "‘": "&#8216;", **KEPT})
# Where doubles are inside guillemets, singles are inside those: «Dijo: “Leí ‘Pan’”» (RAE, comillas).
THIRD, THIRD_TYPED, THIRD_INSIDE = "‘’", "'‘’", "“"
PASSES = 4  # how often unsettled blocks are taken out before the whole text is left as it was

Changes = dict[int, str]
"""New text for single characters of a block, by place; it may be the same as the old."""


def convert_quotes(
    html: str,
    lang: str,
    *,
    styles: Mapping[str, Marks] | None = None,
    french_punctuation: bool = True,
    ignore_tags: Collection[str] = (),
) -> str:
    """Set the quotation marks of `html`: `« calm »` becomes `“calm”` in English, `„calm“` in German.

    `lang` is the BCP 47 tag of the text outside every lang attribute; text in an unknown language stays. `styles` has
    rows that take the place of those in quote_styles.py; `french_punctuation` makes an existing space before `; ! ?`
    a narrow no-break one in French, but not in Canada, and the one before `:` a no-break one; `ignore_tags` are
    selectors of elements to leave alone, as typogrify takes them. Converting twice changes nothing: a block that
    would be read differently the second time stays as it was. Never raises. Sources: UAX #14, Chicago, Duden, OQLF,
    csquotes.
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
    french_punctuation: bool = True
    ignore_tags: Collection[str] = ()
    _known: dict[str, Marks | None] = field(default_factory=dict)

    def set_quotes(self, html: str) -> tuple[str, Sequence[Unmatched]]:
        """Set the marks of a text as convert_quotes does; return also the guillemets without a partner.

        A single arrow (`Next »`), a breadcrumb, and marks in an unknown language are not among them.
        """
        if not self._concerns(html):
            return html, ()
        text, unmatched, is_whole = self._convert(html)
        for _ in range(PASSES):
            if is_whole:
                return text, unmatched
            before = text
            text, _, is_whole = self._convert(before)
            if text == before:
                return text, unmatched
        return html, unmatched

    def marks(self, lang: str) -> Marks | None:
        """Return the marks of a language, or None."""
        if lang not in self._known:
            self._known[lang] = marks_for(lang, self.styles)
        return self._known[lang]

    def _concerns(self, html: str) -> bool:
        """Return whether anything in `html` could change, after one scan."""
        if not (self.marks(self.lang) or "lang" in html.lower()):
            return False
        is_marked = self.french_punctuation or any(sign in html for sign in ('"', "'", ",,", "&lt;&lt;", *GUILLEMETS))
        return is_marked or ("&" in html and bool(REFERENCE.search(html) or "&quot;" in html or "&#" in html))

    def _convert(self, html: str) -> tuple[str, Sequence[Unmatched], bool]:
        """Convert the blocks that settle at once; return the unmatched marks too, and whether that was all blocks."""
        blocks = read_blocks(html, self.lang, self.ignore_tags)
        passages = self._analyse(blocks, frozenset())
        wishes, dropped = self._settle(blocks, [self._wish(passage) for passage in passages])
        changes = [
            (*block.source(at), new.translate(REFERENCES))
            for n, block in enumerate(blocks)
            for at, new in (_keep_straight(passages[n]) if n in dropped else wishes[n]).items()
            if new != block.text[at] or _is_eaten(html, block, at)
        ]
        unmatched = [lost for passage in passages for lost in find_lost(passage) if self.marks(lost.lang)]
        return edit_html(html, self.lang, changes, self.ignore_tags), unmatched, not dropped

    def _settle(self, blocks: Sequence[Block], wishes: Sequence[Changes]) -> tuple[Sequence[Changes], frozenset[int]]:
        """Leave out the blocks that would be read differently once they are set; return what is left to do."""
        dropped = frozenset[int]()
        for _ in range(PASSES):
            after = [block.replace(wishes[n]) if wishes[n] else block for n, block in enumerate(blocks)]
            again = [self._wish(passage) for passage in self._analyse(after, dropped)]
            unsettled = {n for n, new in enumerate(again) if any(after[n].text[at] != to for at, to in new.items())}
            if unsettled <= dropped:
                return wishes, dropped
            dropped |= unsettled
            wishes = [self._wish(passage) for passage in self._analyse(blocks, dropped)]
        return wishes, dropped | {n for n, wish in enumerate(wishes) if wish}

    def _analyse(self, blocks: Sequence[Block], dropped: frozenset[int]) -> Sequence[Passage]:
        """Pair the marks of a text, but for the blocks left out, and give each its level."""
        passages = [
            Passage(block) if n in dropped else pair_marks(block, self._typed(block))
            for n, block in enumerate(blocks)
        ]
        if any(passage.marks for passage in passages):
            join_paragraphs(passages)
        for passage in passages:
            if passage.marks:
                _direct_lone_marks(passage)
                set_levels(passage, self.marks)
        return passages

    def _typed(self, block: Block) -> str:
        """Return the outer mark of the language if it is often typed as two signs: `<<` or `,,`."""
        marks = self.marks(block.pieces[0].lang)
        return marks[0].strip() if marks is not None and marks[0].strip() in ("«", "„") else ""

    def _wish(self, passage: Passage) -> Changes:
        """Return the changes that one block needs."""
        changes: Changes = {}
        for mark in passage.marks:
            asks = mark.partner if mark.partner and mark.role == "close" else mark
            if mark.role == "gershayim":
                changes[mark.at] = GERSHAYIM
            elif (
                mark.level
                and not keeps_lead(mark, self.marks)
                and not (mark.char == '"' and passage.is_doubtful)
                and (marks := self.marks(asks.element.lang))
            ):
                _set_mark(passage.block, mark, marks, changes)
        if any(mark.at in changes for mark in passage.marks if mark.single):  # or the others could seem to quote
            changes.update({mark.at: APOSTROPHE for mark in passage.marks if _is_apostrophe(mark)})
        for mark, after in pairwise(passage.marks):
            is_first = mark.level > 0 and not mark.role.endswith("close") and after.ink == mark.ink
            if is_first and after.single and not after.role:
                changes[after.at] = APOSTROPHE  # smartypants would make it an opening mark: « 'Tis → “’Tis
        if self.french_punctuation and (
            len(passage.block.pieces) > 1 or primary(passage.block.pieces[0].lang) == "fr"
        ):
            _space_punctuation(passage.block, changes)
        self._keep(passage.block, changes)
        return changes

    def _keep(self, block: Block, changes: Changes) -> None:
        """Keep what typogrify would change: no-break spaces, and straight doubles that nobody can judge."""
        text = block.text
        for match in EATEN.finditer(text) if '"' in text or NO_BREAK in text or NARROW in text else ():
            at = match.start()
            if at not in changes and self.marks(block.piece(at).lang) and text[at - 1 : at] != "\\":
                changes[at] = match[0]


def _is_apostrophe(mark: Mark) -> bool:
    """Return whether a straight single that quotes nothing is next to a letter, in a script that has apostrophes."""
    is_joined = mark.before.isalpha() or (mark.after.isalnum() and not mark.before.isdigit())
    return mark.char == "'" and not mark.role and is_joined and not HEBREW.match(mark.before)


def _keep_straight(passage: Passage) -> Changes:
    """Leave a paragraph that does not settle as it came: keep its straight marks from what is set after these."""
    return {mark.at: mark.char for mark in passage.marks if mark.char in STRAIGHT}


def _direct_lone_marks(passage: Passage) -> None:
    """Let a straight double without a partner open or close by what stands before it.

    Not beside a guillemet without a partner: one of the two is a mistake, and nobody can tell which.
    """
    lone = [mark for mark in passage.marks if mark.char == '"' and not mark.role]
    if lone and any(mark.char in GUILLEMETS and not mark.role for mark in passage.loose):
        passage.is_doubtful = True
    for mark in () if passage.is_doubtful else lone:
        if mark.looks_open or mark.is_tight:
            mark.role = "lone open" if mark.looks_open else "lone close"


def _set_mark(block: Block, mark: Mark, marks: Marks, changes: Changes) -> None:
    """Write one mark and the space inside it, in place of the spaces there."""
    is_closing = mark.role.endswith("close")
    glyph = marks[(mark.level - 1) % 2 * 2 + is_closing]
    if mark.level == 3 and mark.char in THIRD_TYPED and marks[2] == THIRD_INSIDE:
        glyph = THIRD[is_closing]
    sign = glyph.strip()
    spaces = _inner_spaces(block, mark.at + (mark.is_typed and not is_closing), -1 if is_closing else 1)
    if mark.is_typed:
        changes[mark.at + 1] = ""
    changes.update(dict.fromkeys(spaces, ""))
    beside = mark.at - 1 if is_closing else mark.at + mark.is_typed
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
        is_canadian = f"{lang}-".startswith("fr-ca-")  # OQLF: a space before the colon alone
        if is_free and primary(lang) == "fr" and (not is_canadian or block.text[end] == ":"):
            changes.update(dict.fromkeys(range(start, end), ""))
            changes[start] = NO_BREAK if block.text[end] == ":" else NARROW


def _is_eaten(html: str, block: Block, at: int) -> bool:
    """Return whether typogrify would change the character as it stands in the source."""
    char = block.text[at]
    if char in STRAIGHT:
        return html[slice(*block.source(at))] != KEPT[char]
    return char in (NO_BREAK, NARROW) and block.piece(at).kind == "text"
