"""Set typewriter hyphens as the dashes they are meant for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from pelican_typeset.blocks import APOSTROPHE, Block, Edit, primary
from pelican_typeset.dash_or_hyphen import (
    AFTER_MARK,
    BROKEN_OFF,
    CLOSED_UP,
    SPACED,
    TRIPLE,
    HyphenPlace,
    Verdict,
    find_at,
    find_heads,
    find_hyphens,
    is_typed,
    joins_words,
    judge,
)
from pelican_typeset.dash_styles import (
    AS_TYPED,
    EN_DASH,
    KEEP,
    RANGE,
    RAYA_CLOSES,
    RAYA_OPENS,
    STYLES,
    Style,
    at_head,
    choose_style,
)
from pelican_typeset.edited_blocks import edit_html
from pelican_typeset.html_reader import read_blocks
from pelican_typeset.number_ranges import APOSTROPHES, HAS_RANGE, find_ranges, is_in_name

# A hyphen after a space, a mark, a tag, a reference or a figure, or at the start: only such a one can become a dash.
WORTH_READING = re.compile(r"-(?<=[\s\d>;“”„‟«»‹›‚‘’\"'-]-)|^-")
# . ? ! or … with any closing marks after it, then a space.
SPEECH = re.compile(r"\s*[-\N{EM DASH}]")  # at the head of a paragraph of speech
NEXT_SENTENCE = re.compile(rf"""[.?!…]["”{APOSTROPHES}»)\]]*\s""")


def set_dashes(html: str, lang: str, *, styles: Mapping[str, str] | None = None) -> str:
    """Set dashes between words and figures: `calm - that` becomes `calm – that`, `10-12` becomes `10–12`.

    `lang` is the BCP 47 tag of the text outside every lang attribute. The language chooses the dash from
    dash_styles.py, where each row names its authority; a row of `styles`, as in the setting DASHES_STYLES, takes
    its place. Ranges of figures take an en dash without spaces (New Hart's Rules 4.11, Chicago Manual of Style
    on en dashes, Duden: Bis-Strich). A hyphen that may be something else stays. Setting them twice changes
    nothing. Raise ValueError for a style that does not exist; any html is accepted.
    """

    @cache
    def choose(tag: str) -> Style:
        return choose_style(tag, styles)

    choose(lang)
    if not WORTH_READING.search(html):
        return html
    return edit_html(html, lang, (edit for block in read_blocks(html, lang) for edit in _set_block(block, choose)))


def _set_block(block: Block, choose: Callable[[str], Style]) -> Iterator[Edit]:
    text = block.text
    if not (places := find_hyphens(text)) and not HAS_RANGE.search(text):
        return
    heads = [m for m in find_heads(block, places) if is_typed(block, m.start("hyphen"))]
    inside = [m for m in find_at(places, AFTER_MARK, text) if is_typed(block, m.start("hyphen"))]
    for m in [*heads, *inside]:
        yield from _set(block, m, at_head(choose(block.piece(m.start("hyphen")).lang)))
    taken = {m.start("hyphen") for m in [*heads, *inside]}
    dashes = list[re.Match[str]]()
    for m, verdict in _judge_all(block, places, choose):
        if m.start("hyphen") in taken:
            continue
        if verdict is Verdict.YEARS:
            yield from _set(block, m, RANGE)
        elif verdict is Verdict.DASH:
            dashes.append(m)
    rows = [choose(block.piece(m.start("hyphen")).lang) for m in dashes]
    for m, row in zip(dashes, _pair_rayas(text, dashes, rows), strict=True):
        yield from _set(block, m, _before_sign(block, m, row if m["before"] else _with_spaces(row)))
    for m in TRIPLE.finditer(text) if "---" in text else ():
        if is_typed(block, m.start("hyphen")):
            yield from _set(block, m, AS_TYPED)
    for at in find_ranges(text):
        if is_typed(block, at):
            yield (*block.source(at), EN_DASH)


def _judge_all(
    block: Block, places: Sequence[HyphenPlace], choose: Callable[[str], Style]
) -> Sequence[tuple[re.Match[str], Verdict]]:
    """Judge every hyphen between spaces, or between a space and a sign, and two between words, in order.

    Not two of English, unless its style closes them up: smartypants makes an em dash of these, as English typists do.
    """
    found = list[tuple[re.Match[str], Verdict]]()
    for m in CLOSED_UP.finditer(block.text) if "--" in block.text else ():
        lang = primary(block.piece(m.start()).lang)
        if lang != "en" and is_typed(block, m.start()) and not is_in_name(block.text, m.start()):
            found += [(m, Verdict.DASH)] if joins_words(block.text, m, lang) else []
    for pattern in (SPACED, BROKEN_OFF):
        for m in find_at(places, pattern, block.text):
            if is_typed(block, m.start("hyphen")):
                tag = block.piece(m.start("hyphen")).lang
                closes_up = pattern is SPACED and choose(tag) is STYLES["closed em"]
                if m["hyphen"] == "--" and primary(tag) == "en" and not closes_up:  # Mr. --. is a name left out
                    continue
                found.append((m, judge(block.text, m.start(), m.end(), primary(tag))))
    return sorted(found, key=lambda each: each[0].start())


def _with_spaces(row: Style) -> Style:
    """Return the style for a dash that was typed without spaces, with those that it has."""
    before, after = (" " if space is KEEP else space for space in (row.before, row.after))
    return Style(KEEP, f"{before}{row.mark}{after}", KEEP)


def _before_sign(block: Block, m: re.Match[str], row: Style) -> Style:
    """Let a sign follow its dash without a space, but for the signs that have one in French."""
    sign = block.text[m.end() : m.end() + 1]
    if sign in ("'", APOSTROPHE) and block.text[m.end() + 1 : m.end() + 2].isalpha() and not m["after"]:
        return row._replace(mark=f"{row.mark} " if row.after is KEEP else row.mark)  # pass -'tis no matter
    is_sign = sign in (",", ".", ";", ":", "!", "?") and not block.text.startswith("..", m.end())
    keeps = primary(block.piece(m.start("hyphen")).lang) == "fr" and sign not in (",", ".")
    return row._replace(after="") if is_sign and m["after"] and not keeps else row


def _pair_rayas(text: str, dashes: Sequence[re.Match[str]], rows: Sequence[Style]) -> Sequence[Style]:
    """Close up two rayas of one sentence to what they enclose: `vino —dijo— y` (RAE, Ortografía)."""
    paired = [RAYA_OPENS if row is STYLES["raya"] and SPEECH.match(text) else row for row in rows]
    sentence: list[int] = []
    for n, m in enumerate(dashes):
        if sentence and NEXT_SENTENCE.search(text, dashes[n - 1].end(), m.start() + 1):
            sentence = _pair(paired, sentence)
        sentence.append(n)
    _pair(paired, sentence)
    return paired


def _pair(rows: list[Style], sentence: list[int]) -> list[int]:
    if len(sentence) == 2 and all(rows[n] is STYLES["raya"] or rows[n] is RAYA_OPENS for n in sentence):
        rows[sentence[0]], rows[sentence[1]] = RAYA_OPENS, RAYA_CLOSES
    return []


def _set(block: Block, m: re.Match[str], row: Style) -> Iterator[Edit]:
    yield from _set_space(block, *m.span("before"), row.before)
    first, *others = range(*m.span("hyphen"))
    yield (*block.source(first), row.mark)
    yield from ((*block.source(at), "") for at in others)
    yield from _set_space(block, *m.span("after"), row.after)


def _set_space(block: Block, start: int, end: int, new: str | None) -> Iterator[Edit]:
    """Replace one run of spaces by `new`, and keep any tags and <br> in it."""
    for at in range(start, end) if new is not None else ():
        if block.piece(at).kind != "tag" and new is not None:
            yield (*block.source(at), new)
            new = ""
