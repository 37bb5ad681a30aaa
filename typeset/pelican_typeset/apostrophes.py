"""Set the straight apostrophes that smartypants would turn into opening marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pelican_typeset.blocks import APOSTROPHE, NOTE, OBJECT, Block, Edit, primary, rewrite
from pelican_typeset.elisions import ALWAYS, AND_PAIRS, PERHAPS
from pelican_typeset.html_reader import read_blocks

OPENING = "\N{LEFT SINGLE QUOTATION MARK}"
OPENING_DOUBLE = "\N{LEFT DOUBLE QUOTATION MARK}"
KEPT_STRAIGHT = "&#39;"  # smartypants leaves it alone

ANY_DASH = "\\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}"
OPENERS = f"([{{<-{ANY_DASH}{OPENING}“«‹„‚¿¡"  # a word begins after one of these, or after a space
STRAIGHT = f"\"'{APOSTROPHE}/"  # these may be before a word or after one
CLOSERS = re.compile(rf"""["'{APOSTROPHE}”»)\]}}.,;:!?…\s]""")

# A straight double that smartypants would take for a closing one: war—"peace".
MISREAD = re.compile(r"""(?<=[\N{EM DASH}\N{EN DASH}\N{HORIZONTAL ELLIPSIS}/])(?:"|&quot;)(?=\w)""")

# A year, a century or a decade without its first figures: '90s, '68, '68er, '900.
YEAR = re.compile(r"'[0-9]{2,3}(?P<decade>s|ers?|ern)?(?!\w)")
# The first year of '68-'69.
SHORTENED_BEFORE = re.compile(rf"[0-9][{ANY_DASH}]$")
ELIDED_WORD = re.compile(r"'(?P<word>[^\W\d_]{1,12})(?!\w)")
# 'em in print is a width: the 'em' dash, an 'em dash'.
EM_SPACE = re.compile(r"\s(?:dash|quad|space|square)", re.IGNORECASE)
# 1'000: thousands as the Swiss write them.
THOUSANDS = re.compile(r"(?<=[0-9])'[0-9]{3}(?![0-9])")
# 'n', which may mean and; then a word, 'n' and a word. The marks may be set already.
LETTER_N = re.compile(rf"['{APOSTROPHE}][nN]['{APOSTROPHE}]")
AND = re.compile(rf"(?<!\w)(\w{{1,20}})\s+(['{APOSTROPHE}])n(['{APOSTROPHE}])\s+(\w{{1,20}})", re.IGNORECASE)


def set_apostrophes(html: str, lang: str) -> str:
    """Set what smartypants gets wrong: `the '90s` becomes `the ’90s`, `<i>Times</i>'s` `<i>Times</i>’s`.

    `lang` is the BCP 47 tag of the text outside every lang attribute. A mark that may open a quotation
    (`'Progress' is`) is left to smartypants; a foot or minute between figures (`6'2`) is kept straight as
    `&#39;`. The apostrophe is U+2019: New Hart's Rules 4.2, Chicago Manual of Style (decades, 'tis), Duden:
    Apostroph, Imprimerie nationale. Setting them twice changes nothing. Never raises.
    """
    if "'" not in html and not MISREAD.search(html):
        return html
    return rewrite(html, (edit for block in read_blocks(html, lang) for edit in _set_block(block)))


def _set_block(block: Block) -> Iterator[Edit]:
    text = block.text
    for m in MISREAD.finditer(text) if '"' in text else ():
        if _language(block, m.start()) == "en":
            yield (*block.source(m.start()), OPENING_DOUBLE)
    if "'" not in text:
        return
    marks = [m.start() for m in re.finditer(rf"['{OPENING}{APOSTROPHE}]", text)]
    ands = _find_ands(text)
    perhaps: list[int] = []
    for at in marks:
        if text[at] != "'" or not _is_typed(block, at):
            continue
        verdict = APOSTROPHE if at in ands else _judge(block, at)
        if verdict == OPENING:
            perhaps.append(at)
        elif verdict:
            yield from _set(block, at, verdict)
    for at in _unclosed(block, marks, perhaps):
        yield from _set(block, at, APOSTROPHE)


def _judge(block: Block, at: int) -> str:
    """Return what to write for the mark: OPENING before a word that may be quoted, nothing to leave it."""
    text, lang = block.text, _language(block, at)
    before, after = _char_before(text, at), text[at + 1 : at + 2]
    if _begins_word(before):
        return _judge_beginning(text, at, lang)
    if before.isdigit() and after.isdigit():
        return APOSTROPHE if THOUSANDS.match(text, at) else KEPT_STRAIGHT
    if not _is_letter(before) and not before.isdigit():
        return APOSTROPHE if _is_at_edge(block, at) and lang == "en" and _closes(text, at) else ""
    if after.isdigit() or (_is_letter(after) and (lang != "en" or _is_at_edge(block, at))):
        return APOSTROPHE
    return APOSTROPHE if lang == "en" and _is_at_edge(block, at) and _closes(text, at) else ""


def _judge_beginning(text: str, at: int, lang: str) -> str:
    """Judge a mark that begins a word: an elision in the tables, a year, or something unsure."""
    if year := YEAR.match(text, at):
        sure = year["decade"] or SHORTENED_BEFORE.search(text[max(0, at - 3) : at])
        return APOSTROPHE if sure else OPENING
    word = ELIDED_WORD.match(text, at)
    if not word:
        return ""
    spelled, quoted = word["word"].casefold(), text[word.end() : word.end() + 1] in ("'", APOSTROPHE)
    if spelled in ALWAYS.get(lang, "").split() and not EM_SPACE.match(text, word.end()):
        return "" if quoted and not text[word.end() + 1 : word.end() + 2].isalpha() else APOSTROPHE
    return OPENING if spelled in PERHAPS.get(lang, "").split() else ""


def _unclosed(block: Block, marks: list[int], perhaps: list[int]) -> Iterator[int]:
    """Yield the marks that no later mark of the block can close."""
    closing, unsure, text = 0, set(perhaps), block.text
    for at in reversed(marks) if perhaps else ():
        before, after = _char_before(text, at), text[at + 1 : at + 2]
        if at in unsure and not closing:
            yield at
        elif text[at] != OPENING and not _begins_word(before) and not (_is_letter(after) or after.isdigit()):
            closing += 1
        elif text[at] == OPENING or (text[at] == "'" and _begins_word(before) and not _is_sure(block, at)):
            closing = max(0, closing - 1)


def _find_ands(text: str) -> set[int]:
    """Find both marks of every `rock 'n' roll`."""
    if not LETTER_N.search(text):
        return set()
    found = [m for m in AND.finditer(text) if (m[1].casefold(), m[4].casefold()) in AND_PAIRS]
    return {at for m in found for at in (m.start(2), m.start(3))}


def _is_sure(block: Block, at: int) -> bool:
    return _judge_beginning(block.text, at, _language(block, at)) == APOSTROPHE


def _set(block: Block, at: int, new: str) -> Iterator[Edit]:
    """Set the mark, and a double mark before it that smartypants would now close: `—"'tis`."""
    yield (*block.source(at), new)
    double = at > 1 and block.text[at - 1] == '"' and block.piece(at - 1).kind == "text"
    if double and block.text[at - 2] not in " \t\n([{-" and _language(block, at) == "en":
        yield (*block.source(at - 1), OPENING_DOUBLE)


def _begins_word(before: str) -> bool:
    return not before or before.isspace() or before in OPENERS or before in STRAIGHT


def _is_letter(char: str) -> bool:
    return char.isalpha() or (char != "" and char in f"{OBJECT}\N{COMBINING ACUTE ACCENT}")


def _closes(text: str, at: int) -> bool:
    return at + 1 == len(text) or bool(CLOSERS.match(text, at + 1))


def _char_before(text: str, at: int) -> str:
    """Return the character before, ignoring the tags of a note."""
    while at and text[at - 1] == NOTE:
        at -= 1
    return text[at - 1] if at else ""


def _is_at_edge(block: Block, at: int) -> bool:
    """Return whether there is a tag directly before the mark, so that smartypants sees no letter there."""
    return at > 0 and (block.piece(at - 1).kind == "tag" or block.source(at - 1)[1] != block.source(at)[0])


def _is_typed(block: Block, at: int) -> bool:
    """Return whether a mark was typed as one, and not as `&#39;` or after a backslash of smartypants."""
    return block.piece(at).kind == "text" and block.text[at - 1 : at] != "\\"


def _language(block: Block, at: int) -> str:
    return primary(block.piece(at).lang)
