"""The styles of Rich Text: headings get the level that pandoc knows, title, author and date become the header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from press.editor.importing.office.prepared import Prepared, squeeze
from press.editor.importing.office.rich_text_tokens import Token
from press.editor.importing.office.style_header import MOST_LEADING, find_header_key

_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|заголовок) ([1-9])", re.IGNORECASE)


class ParagraphStyle(NamedTuple):
    """The name of a style, and its level as a heading, from 0; -1 for none."""

    name: str
    level: int


def read_paragraph_styles(tokens: Sequence[Token]) -> dict[int, ParagraphStyle]:
    """Return the styles of paragraphs by their numbers."""
    start = next((at for at, token in enumerate(tokens) if (token.kind, token.text) == ("word", "stylesheet")), None)
    styles: dict[int, ParagraphStyle] = {}
    if start is None:
        return styles
    depth, number, level, name = 1, 0, -1, ""
    for token in tokens[start + 1 :]:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind == "open" and depth == 2:
            number, level, name = 0, -1, ""
        elif token.kind == "word" and token.text in ("s", "cs", "ds", "ts"):
            number = token.number or 0 if token.text == "s" else -1
        elif token.kind == "word" and token.text == "outlinelevel":
            level = token.number if token.number is not None and token.number < 9 else -1
        elif token.kind == "letters" and depth == 2:
            name += token.text
        elif token.kind == "close" and depth == 1 and number >= 0:
            label = squeeze(name.rstrip(";").split(";")[0])
            heading = _HEADING.fullmatch(label)
            styles[number] = ParagraphStyle(label, int(heading[1]) - 1 if heading else level)
        if depth == 0:
            break
    return styles


def apply_styles(tokens: Sequence[Token], styles: Mapping[int, ParagraphStyle], prepared: Prepared) -> list[Token]:
    """Return the tokens without the paragraphs whose styles say title, author or date; headings have their level."""
    gone: set[int] = set()
    for number, (start, end) in enumerate(_list_paragraphs(tokens)):
        style = styles.get(tokens[start].number or 0)
        key = find_header_key(style.name) if style and number < MOST_LEADING else ""
        inside = range(start + 1, end + 1)
        if not key or any(tokens[at].text in ("footnote", "pict", "cell", "field") for at in inside):
            continue
        letters = [at for at in inside if tokens[at].kind == "letters"]
        words = squeeze("".join(tokens[at].text if at in letters else _space(tokens[at]) for at in inside))
        if words:
            prepared.header.setdefault(key, []).append(words)
            gone.update(letters, (at for at in inside if _space(tokens[at])))
    return list(_write_levels([token for at, token in enumerate(tokens) if at not in gone], styles))


def _space(token: Token) -> str:
    return " " if token.kind == "word" and token.text in ("par", "line", "tab", "page") else ""


def _list_paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph with a style begins and ends, after the tables at the head of the file."""
    start = None
    heads = [at for at, token in enumerate(tokens[:200_000]) if token.kind == "word" and token.text == "pard"]
    for at in range(heads[0] if heads else len(tokens), len(tokens)):
        token = tokens[at]
        if token.kind == "word" and token.text == "s" and start is None:
            start = at
        elif token.kind == "word" and token.text == "par" and start is not None:
            yield start, at
            start = None


def _write_levels(tokens: Sequence[Token], styles: Mapping[int, ParagraphStyle]) -> Iterator[Token]:
    for token in tokens:
        yield token
        style = styles.get(token.number or 0) if token.kind == "word" and token.text == "s" else None
        if style is not None and style.level >= 0:
            yield Token("word", "outlinelevel", style.level)
