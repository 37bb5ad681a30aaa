"""Set typewriter hyphens as the dashes they stand for: text in, text out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from pelican_typeset.blocks import Block, rewrite
from pelican_typeset.dashes import dash_styles, figures
from pelican_typeset.dashes.dash_styles import Style
from pelican_typeset.dashes.doubts import Doubt, find_doubtful
from pelican_typeset.dashes.figures import APOSTROPHES
from pelican_typeset.dashes.judgement import SPACED, Verdict, is_typed, judge
from pelican_typeset.markup import read_blocks

__all__ = ["Doubt", "find_doubtful", "set_dashes"]

Change = tuple[int, int, str]

# A hyphen after a space, a tag, a reference or a figure: no other can become a dash.
WORTH_READING = re.compile(r"-(?<=[\s\d>;]-)")
# . ? ! or … and what may close after it, then a space.
SENTENCE_END = re.compile(rf"""[.?!…]["”{APOSTROPHES}»)\]]*\s""")


def set_dashes(
    html: str, lang: str, *, style: str | None = None, by_language: Mapping[str, str] | None = None
) -> str:
    """Set dashes between words and figures: `calm - that` becomes `calm – that`, `10-12` becomes `10–12`.

    The nearest lang attribute chooses the dash from dash_styles.py, where each row names its authority;
    `by_language` goes before that table, `style` before all. Ranges of figures take an en dash without
    spaces (New Hart's Rules 4.11, Chicago Manual of Style on en dashes, Duden: Bis-Strich). A hyphen that may
    be something else stays. ValueError for a style that does not exist; any html is fine.
    """

    @cache
    def choose(tag: str) -> dash_styles.Style:
        return dash_styles.find_style(style) if style else dash_styles.choose_style(tag, by_language)

    choose(lang)
    if not WORTH_READING.search(html):
        return html
    return rewrite(html, (change for block in read_blocks(html, lang) for change in _change(block, choose)))


def _change(block: Block, choose: Callable[[str], Style]) -> Iterator[Change]:
    text = block.text
    if "-" not in text:
        return
    spaced = [m for m in SPACED.finditer(text) if is_typed(block, m.start("hyphen"))]
    judged = [(m, judge(text, m.start(), m.end())) for m in spaced]
    dashes = [m for m, verdict in judged if verdict is Verdict.DASH]
    rows = [choose(block.piece(m.start("hyphen")).lang) for m in dashes]
    for m, row in zip(dashes, _pair_rayas(text, dashes, rows), strict=True):
        yield from _set(block, m, row)
    for m, verdict in judged:
        if verdict is Verdict.YEARS:
            yield from _set(block, m, dash_styles.RANGE)
    for at in figures.find_ranges(text):
        if is_typed(block, at):
            yield (*block.source(at), dash_styles.EN_DASH)


def _pair_rayas(text: str, dashes: Sequence[re.Match[str]], rows: Sequence[Style]) -> Sequence[Style]:
    """Let two rayas of one sentence hug what they enclose: `vino —dijo— y` (RAE, Ortografía)."""
    paired = list(rows)
    sentence: list[int] = []
    for n, m in enumerate(dashes):
        if sentence and SENTENCE_END.search(text, dashes[n - 1].end(), m.start() + 1):
            sentence = _pair(paired, sentence)
        sentence.append(n)
    _pair(paired, sentence)
    return paired


def _pair(rows: list[Style], sentence: list[int]) -> list[int]:
    if len(sentence) == 2 and all(rows[n] is dash_styles.STYLES["raya"] for n in sentence):
        rows[sentence[0]], rows[sentence[1]] = dash_styles.RAYA_OPENS, dash_styles.RAYA_CLOSES
    return []


def _set(block: Block, m: re.Match[str], row: Style) -> Iterator[Change]:
    yield from _set_space(block, *m.span("before"), row.before)
    yield (*block.source(m.start("hyphen")), row.mark)
    yield from _set_space(block, *m.span("after"), row.after)


def _set_space(block: Block, start: int, end: int, new: str | None) -> Iterator[Change]:
    """Make one run of spaces `new`, tags inside it left standing, a <br> left a <br>."""
    for at in range(start, end) if new is not None else ():
        if block.piece(at).kind != "tag" and new is not None:
            yield (*block.source(at), new)
            new = ""
