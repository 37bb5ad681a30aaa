"""Set the straight apostrophes that smartypants would turn into opening marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pelican_typeset.blocks import APOSTROPHE, NOTE, Block, Edit, primary
from pelican_typeset.edited_blocks import edit_html
from pelican_typeset.html_reader import read_blocks
from pelican_typeset.quote_pairs import HEBREW, pair_marks

KEPT_SINGLE = "&#39;"  # smartypants leaves it alone
OPENING = "&#8216;"
GERESH = "\N{HEBREW PUNCTUATION GERESH}"

# 1'000: thousands as the Swiss write them.
THOUSANDS = re.compile(r"(?<=[0-9])'[0-9]{3}(?![0-9])")
MAY_OPEN = re.compile(r"(?<![^\W_])'(?=\S)")  # without such a mark there is no quotation
WHOLE_YEAR = re.compile(r"(?<![0-9])[0-9]{4}$")  # of 1917': four figures are no measure


def set_apostrophes(html: str, lang: str) -> str:
    """Set the apostrophes: `the '90s` becomes `the ’90s`, `<i>Times</i>'s` `<i>Times</i>’s`.

    `lang` is the BCP 47 tag of the text outside every lang attribute. A single mark that opens or closes a quotation
    (`'Progress' is`) is not an apostrophe; where convert_quotes has not run, it is set in English alone. Feet and
    minutes (`6'2`) are kept straight as `&#39;`, so that no later filter makes an apostrophe of them. The apostrophe
    is U+2019: New Hart's Rules 4.2, Chicago Manual of Style (decades, 'tis), Duden: Apostroph, Imprimerie nationale;
    in Hebrew the geresh is U+05F3. Setting them twice changes nothing. Never raises.
    """
    if "'" not in html:
        return html
    return edit_html(html, lang, (edit for block in read_blocks(html, lang) for edit in _set_block(block)))


def _set_block(block: Block) -> Iterator[Edit]:
    text = block.text
    if "'" not in text:
        return
    quoting = {}
    if MAY_OPEN.search(text):
        quoting = {mark.at: mark for mark in pair_marks(block).marks if mark.single and mark.role}
    at = text.find("'")
    while at >= 0:
        if not _is_typed(block, at):
            pass
        elif at not in quoting:
            yield (*block.source(at), _judge(text, at))
        elif primary(quoting[at].element.lang) == "en":
            yield (*block.source(at), OPENING if quoting[at].role == "open" else APOSTROPHE)
        at = text.find("'", at + 1)


def _judge(text: str, at: int) -> str:
    """Return what to write for a mark that is not a quotation mark."""
    before, after = _char_before(text, at), text[at + 1 : at + 2]
    if HEBREW.match(before):
        return GERESH
    if before.isdigit() and not after.isalpha():
        is_apostrophe = THOUSANDS.match(text, at) or (
            not after.isdigit() and WHOLE_YEAR.search(text[max(0, at - 6) : at])
        )
        return APOSTROPHE if is_apostrophe else KEPT_SINGLE
    return APOSTROPHE


def _char_before(text: str, at: int) -> str:
    """Return the character before, ignoring the tags of a note."""
    while at and text[at - 1] == NOTE:
        at -= 1
    return text[at - 1] if at else ""


def _is_typed(block: Block, at: int) -> bool:
    """Return whether a mark was typed as one, and not as `&#39;` or after a backslash of smartypants."""
    return block.piece(at).kind == "text" and block.text[at - 1 : at] != "\\"
