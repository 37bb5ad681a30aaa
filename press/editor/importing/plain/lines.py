"""The lines of a plain text: split them, and judge one by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from press.editor.importing.data_model import Gap, Line

_CLOSERS = "\"'”’»›)]*_\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_TERMINAL = ".!?:…。！？؟۔।"
OPENERS = " \t\"'“‘«»‹(„_*"
"""What may be before the first word of a line: opening marks and marks of emphasis."""
RULE = re.compile(r"([=_~*#-])(?:\s*\1){2,}")
"""A line drawn with characters."""

_SHORT = 30

# What begins a speech: a dash, or the name of who speaks, with a direction: `MARTHA (rising).`, `Anna:`
_DASHED = re.compile(rf"[—–]\s?[{OPENERS}¿¡…]*(?=[^\W\d_])")
_NAMED = re.compile(r"((?:[^\W\d_]{2,} ?){1,3})(?:\([^)]*\))?([.:])\s+\S")

# What begins an item of a list: a bullet or a dash, a figure or a letter with a full stop or a bracket.
MARKER = re.compile(r"(?:[-–—•*+·▪◦‣]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S")


def split_lines(text: str) -> list[Line]:
    """Split a text into numbered lines; what follows a form feed is a line of the same number."""
    lines = []
    for number, raw in enumerate(text.split("\n"), start=1):
        for place, part in enumerate(raw.split("\f")):
            expanded = part.expandtabs(8)
            spaces = expanded[: len(expanded) - len(expanded.lstrip(" \N{IDEOGRAPHIC SPACE}"))]
            indent = len(spaces) + spaces.count("\N{IDEOGRAPHIC SPACE}")
            lines.append(Line(number, expanded.strip(), indent, page_break=place > 0))
    return lines


def split_blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines between gaps. Blank lines must already be removed and recorded as gaps."""
    block: list[Line] = []
    for line in lines:
        if line.gap is not Gap.NONE and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def ends_sentence(text: str) -> bool:
    """Return whether a line ends a sentence, ignoring closing marks: `He said “no.”` does."""
    return text.rstrip().rstrip(_CLOSERS).rstrip().endswith(tuple(_TERMINAL))


def begins_in_lower_case(text: str) -> bool:
    """Return whether a line begins with a lower-case letter, ignoring an opening mark."""
    return text.lstrip(OPENERS)[:1].islower()


def begins_speech(text: str) -> bool:
    """Return whether a line may be the first of a speech: `—Porque`, `– Nie`, `MARTHA. You`, `Anna: Yes`."""
    dashed, named = _DASHED.match(text), _NAMED.match(text)
    if dashed:
        return not text[dashed.end()].islower()
    return named is not None and (named[1].isupper() or (named[2] == ":" and named[1].istitle()))


def breaks_sentence(before: str, after: str) -> bool:
    """Return whether a sentence runs from one line to the next: it does not end, and the next is lower-case."""
    return bool(before) and not ends_sentence(before) and begins_in_lower_case(after)


def make_printable(text: str) -> str:
    """Return a name or value on one line, with characters that cannot be printed as escapes."""
    one_line = " ".join(text.split(" "))
    return "".join(c if c.isprintable() else " " if c.isspace() else ascii(c)[1:-1] for c in one_line)


def shorten(text: str, length: int = 40) -> str:
    """Return the beginning of a text for a message, cut at a word."""
    if len(text) <= length:
        return text
    return (text[:length].rpartition(" ")[0] or text[:length]) + "…"


def shorten_end(text: str, length: int = 40) -> str:
    """Return the end of a text for a message, cut at a word."""
    if len(text) <= length:
        return text
    return "…" + (text[-length:].partition(" ")[2] or text[-length:])


def close_up(lines: Sequence[Line]) -> list[Line]:
    """Remove the gaps of a typescript with a blank line after every line; more blank lines stay one gap.

    Returns the lines unchanged unless nearly every line stands alone, and many break off in mid-sentence, without
    any mark: a clause that ends with a comma before a blank line may be a paragraph.
    """
    broken = sum(
        b.gap is Gap.BLANK and len(a.text) > _SHORT and a.text[-1].isalnum() and breaks_sentence(a.text, b.text)
        for a, b in pairwise(lines)
    )
    alone = sum(line.gap is not Gap.NONE for line in lines[1:])
    if len(lines) < 4 or alone < 0.9 * (len(lines) - 1) or broken < max(2, 0.2 * len(lines)):
        return list(lines)
    blanks = min(line.blanks for line in lines[1:] if line.gap is Gap.BLANK)
    return [
        replace(line, gap=Gap.NONE) if line.gap is Gap.BLANK and line.blanks == blanks else line for line in lines
    ]
