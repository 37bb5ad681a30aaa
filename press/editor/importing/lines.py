"""The lines of a plain text, and what can be told from one line alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from press.editor.importing.recognised import Gap, Line

_CLOSERS = "\"'”’»›)]*_\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_TERMINAL = ".!?:…。！？؟۔।"
RULE = re.compile(r"([=_~*#-])(?:\s*\1){2,}")
"""A line drawn with characters."""

# What begins an item of a list: a bullet or a dash, a figure or a letter with a full stop or a bracket.
MARKER = re.compile(r"(?:[-–—•*+·▪◦‣]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S")


def split_lines(text: str) -> list[Line]:
    """Give every line with its number; a form feed begins a line of its own number."""
    lines = []
    for number, raw in enumerate(text.split("\n"), start=1):
        for place, part in enumerate(raw.split("\f")):
            expanded = part.expandtabs(8)
            indent = len(expanded) - len(expanded.lstrip(" "))
            lines.append(Line(number, part.strip(), indent, page_break=place > 0))
    return lines


def split_blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines between gaps; blank lines must be gone and stand in the lines' `gap`."""
    block: list[Line] = []
    for line in lines:
        if line.gap is not Gap.NONE and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends in a mark that ends a sentence, closing marks aside: `He said “no.”` does."""
    return text.rstrip().rstrip(_CLOSERS).rstrip().endswith(tuple(_TERMINAL))


def begins_in_lower_case(text: str) -> bool:
    """Tell whether a line begins with a small letter, an opening mark aside."""
    first = text.lstrip(" \t\"'“‘«‹(")[:1]
    return first.islower()


def breaks_sentence(before: str, after: str) -> bool:
    """Tell whether a sentence runs from one line to the other: no end before, a small letter after."""
    return bool(before) and not ends_sentence(before) and begins_in_lower_case(after)


def shorten(text: str, length: int = 40) -> str:
    """Give the beginning of a text for a message, cut at a word."""
    if len(text) <= length:
        return text
    return (text[:length].rpartition(" ")[0] or text[:length]) + "…"


def shorten_end(text: str, length: int = 40) -> str:
    """Give the end of a text for a message, cut at a word."""
    if len(text) <= length:
        return text
    return "…" + (text[-length:].partition(" ")[2] or text[-length:])


def close_up(lines: Sequence[Line]) -> list[Line]:
    """Take the blank line after every line out of a typescript's gaps; two blank lines stay one gap.

    Gives the lines as they are where most of them do not break off in mid-sentence before a blank line.
    """
    broken = sum(
        b.gap is Gap.BLANK and len(a.text) > 40 and breaks_sentence(a.text, b.text) for a, b in pairwise(lines)
    )
    if len(lines) < 8 or broken < 0.4 * len(lines):
        return list(lines)
    return [replace(line, gap=Gap.NONE) if line.gap is Gap.BLANK and line.blanks == 1 else line for line in lines]
