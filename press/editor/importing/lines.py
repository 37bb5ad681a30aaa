"""The lines of a plain text: split them, judge one by itself, join two that divide a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from press.editor.importing.data_model import Gap, HyphenJoin, Line

_CLOSERS = "\"'”’»›)]*_\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_TERMINAL = ".!?:…。！？؟۔।"
RULE = re.compile(r"([=_~*#-])(?:\s*\1){2,}")
"""A line drawn with characters."""

# What begins an item of a list: a bullet or a dash, a figure or a letter with a full stop or a bracket.
MARKER = re.compile(r"(?:[-–—•*+·▪◦‣]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S")


def split_lines(text: str) -> list[Line]:
    """Split a text into numbered lines; what follows a form feed is a line of the same number."""
    lines = []
    for number, raw in enumerate(text.split("\n"), start=1):
        for place, part in enumerate(raw.split("\f")):
            expanded = part.expandtabs(8)
            indent = len(expanded) - len(expanded.lstrip(" "))
            lines.append(Line(number, part.strip(), indent, page_break=place > 0))
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
    first = text.lstrip(" \t\"'“‘«‹(")[:1]
    return first.islower()


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
    """Remove the gaps of a typescript with a blank line after every line; two blank lines stay one gap.

    Returns the lines unchanged unless many of them break off in mid-sentence before a blank line.
    """
    broken = sum(
        b.gap is Gap.BLANK and len(a.text) > 40 and breaks_sentence(a.text, b.text) for a, b in pairwise(lines)
    )
    if len(lines) < 8 or broken < 0.4 * len(lines):
        return list(lines)
    return [replace(line, gap=Gap.NONE) if line.gap is Gap.BLANK and line.blanks == 1 else line for line in lines]


_SOFT = "\N{SOFT HYPHEN}"
_HYPHENS = f"-{_SOFT}\N{HYPHEN}"

# A first half that keeps its hyphen, whatever follows.
_KEEP_AFTER = frozenset({"self", "quasi"})

_A_WORD = 4
"""A half of at least this many letters is a word of its own if the text has it elsewhere: `Shia-` and `dominated`."""

_DIVIDED = re.compile(rf"(?P<word>[^\W_]+(?:['’-][^\W_]+)*)[{_HYPHENS}]$")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Words:
    """The words of a text that no line divides: they show how a divided one is spelled."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._known: set[str] = set()
        divided = False
        for line in lines:
            words = [word.casefold() for word in _WORD.findall(line.text)]
            halves = slice(int(divided), -1 if line.text[-1:] in _HYPHENS else None)
            self._known.update(words[halves])
            divided = line.text[-1:] in _HYPHENS

    def knows(self, word: str) -> bool:
        """Return whether the text has this word somewhere, undivided."""
        return word.casefold() in self._known


def is_divided(line: str) -> bool:
    """Return whether a line ends with a hyphen directly after a word."""
    return _DIVIDED.search(line) is not None


def join_words(before: str, after: str, line: int, words: Words, end: str = "") -> tuple[str, HyphenJoin | None]:
    """Join the end of a line to the next: `the occu-` and `pation` become `the occupation`.

    `on-` and `going` become `on-going` if the text spells it so elsewhere, or uses both halves as words. A dash, and
    a hyphen before a capital or a figure, is never removed. `line` is the number of the first line, and `end` its own
    text if `before` is more than that line. Returns the text, and the join if a word was divided.
    """
    divided = _DIVIDED.search(before)
    if not divided:
        return f"{before} {after}", None
    left, right = (end or before).split()[-1], after.split()[0]
    half = _WORD.match(after)
    if half is None or _is_suspended(right):
        return f"{before} {after}", None
    cut = 1 if _is_one_word(divided["word"], half[0], before[-1], words) else 0
    return before[: len(before) - cut] + after, HyphenJoin(line, left, right, left[: len(left) - cut] + right)


def _is_one_word(left: str, right: str, hyphen: str, words: Words) -> bool:
    if hyphen == _SOFT or words.knows(left + right):
        return True
    if not right[0].islower() or left[-1].isdigit() or "-" in left or left.casefold() in _KEEP_AFTER:
        return False
    if words.knows(f"{left}-{right}") or (words.knows(left) and words.knows(right)):
        return False
    return not (words.knows(left) and min(len(left), len(right)) >= _A_WORD)


def _is_suspended(right: str) -> bool:
    """Recognise the second half of a pair: `two-` before `and three-year-old`, `Ein-` before `und Ausgang`."""
    return right in ("and", "or", "und", "oder", "et", "ou", "y", "o", "e", "en", "of", "och", "eller")
