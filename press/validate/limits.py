"""Limits on depth and number: more is a slip or an attack, and would take minutes or exhaust the stack.

Each limit is far above what a pamphlet needs, and low enough that Markdown, whose time grows with the square of such
things, stays quick.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from press.diagnostics import Diagnostic, error

Measure = Callable[[str], Iterator[tuple[int, int]]]
"""Yields amounts, each with its line from 0; the first amount above the limit is the one that is reported."""

_QUOTE = re.compile(r"[ ]{0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"[ \t]*(?=(?:[-+*]|\d+\.)[ \t])")
_INDENTED = re.compile(r"^[ \t]{20}", re.MULTILINE)
_BRACKET = re.compile(r"\\.|[\[\]()]|\n[ \t]*\n")
_REFERENCE = re.compile(r"\[\^[^\]\s]+\](?!:)")
_NOTE = re.compile(r"^[ ]{0,3}\[\^[^\]]*\]:", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_DELIMITERS = re.compile(r"^[ ]{0,3}[|:-][ |:-]*$", re.MULTILINE)
_MARK = re.compile(r"[*_\[<&\\]|(`+)")
_BACKTICKS = 30
"""A run of backticks takes as much work as this many other marks."""
_DEFINITIONS = re.compile(r"(?:^[^\n]+\n:[ \t][^\n]*\n?)+", re.MULTILINE)


def find_excess(text: str, first_line: int, path: str) -> Iterator[Diagnostic]:
    """Find what exceeds the limits in a body that begins on line `first_line` of its source."""
    found = set()
    for rule, most, what, measure in LIMITS:
        excess = next(((amount, line) for amount, line in measure(text) if amount > most), None)
        if excess and (rule, excess[1]) not in found:
            found.add((rule, excess[1]))
            message = f"{what.format(f'{excess[0]:,}')}; {most:,} is the most."
            yield error(path, first_line + excess[1], rule, f"{message} Write it more simply, or split the text.")


def _measure_quotations(text: str) -> Iterator[tuple[int, int]]:
    for number, line in enumerate(text.split("\n") if ">" in text else ()):
        quote = _QUOTE.match(line)
        if quote:
            yield quote[0].count(">"), number


def _measure_lists(text: str) -> Iterator[tuple[int, int]]:
    is_deep = ("\t" in text or " " * 20 in text) and _INDENTED.search(text)
    for number, line in enumerate(text.split("\n") if is_deep else ()):
        item = _ITEM.match(line)
        if item:
            yield (len(item[0].expandtabs(4)) + 3) // 4, number


def _measure_brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield how many brackets of a kind a paragraph has open, wherever one is opened."""
    depth = {"[": 0, "(": 0}
    many = max(map(text.count, depth)) > MOST_BRACKETS
    for match in _BRACKET.finditer(text) if many else ():
        found = match[0]
        if found in depth:
            depth[found] += 1
            if depth[found] > MOST_BRACKETS:
                yield depth[found], text.count("\n", 0, match.start())
        elif found in "])":
            opening = "[" if found == "]" else "("
            depth[opening] = max(0, depth[opening] - 1)
        elif found[0] == "\n":
            depth = dict.fromkeys(depth, 0)


def _count_references_to_one_note(text: str) -> Iterator[tuple[int, int]]:
    yield max(Counter(_REFERENCE.findall(text)).values(), default=0) if "[^" in text else 0, 0


def _count(pattern: re.Pattern[str], needle: str) -> Measure:
    """Count the matches of a pattern, in texts that have `needle`."""

    def count(text: str) -> Iterator[tuple[int, int]]:
        yield len(pattern.findall(text)) if needle in text else 0, 0

    return count


def _count_headings(text: str) -> Iterator[tuple[int, int]]:
    yield f"\n{text}".count("\n#"), 0


def _count_definitions(text: str) -> Iterator[tuple[int, int]]:
    for run in _DEFINITIONS.finditer(text) if "\n:" in text else ():
        yield run[0].count("\n:"), text.count("\n", 0, run.start())


def _count_blank_lines(text: str) -> Iterator[tuple[int, int]]:
    yield text.count("\n\n"), 0


def _split_blocks(text: str) -> Iterator[tuple[str, int]]:
    """Split a text after its blank lines; yield each block, with them, and its line."""
    start = line = 0
    for match in _BLANK_LINES.finditer(text):
        yield text[start : match.end()], line
        line += text.count("\n", start, match.end())
        start = match.end()
    yield text[start:], line


def _count_lines(text: str) -> Iterator[tuple[int, int]]:
    if text.count("\n") > MOST_LINES:
        yield from ((block.count("\n"), line) for block, line in _split_blocks(text))


def _count_characters(text: str) -> Iterator[tuple[int, int]]:
    if len(text) > MOST_CHARACTERS:
        yield from ((len(block), line) for block, line in _split_blocks(text))


def _count_cells(text: str) -> Iterator[tuple[int, int]]:
    """Yield the cells of all tables so far; Markdown fills a short row with empty ones."""
    cells = 0
    for block, line in _split_blocks(text) if "|" in text else ():
        rows = _DELIMITERS.finditer(block) if "|" in block else ()
        columns = max((row[0].count("|") + 1 for row in rows), default=0)
        cells += columns * (block.count("\n") + 1) if columns > 1 else 0
        yield cells, line


def _measure_work(text: str) -> Iterator[tuple[int, int]]:
    """Yield the work so far: the length of each long block times its marks, since each searches the block."""
    framed = f"\n{text}"
    work = (framed.count("\n```") + framed.count("\n~~~")) * len(text) * _BACKTICKS
    for block, line in _split_blocks(text) if _BACKTICKS * len(text) ** 2 > MOST_WORK else ():
        if len(block) >= 2_000:
            work += len(block) * sum(_BACKTICKS if match[1] else 1 for match in _MARK.finditer(block))
        yield work, line


MOST_BRACKETS = 50
MOST_LINES = 2_000
MOST_CHARACTERS = 200_000
MOST_WORK = 3_000_000_000

LIMITS: tuple[tuple[str, int, str, Measure], ...] = (
    ("too-nested", 20, "quotations are {} deep", _measure_quotations),
    ("too-nested", 20, "lists are {} deep", _measure_lists),
    ("too-nested", MOST_BRACKETS, "{} brackets are open at the same time", _measure_brackets),
    ("too-many", 100, "one footnote has {} references", _count_references_to_one_note),
    ("too-many", 2_000, "there are {} references to footnotes", _count(_REFERENCE, "[^")),
    ("too-many", 2_000, "there are {} footnotes", _count(_NOTE, "[^")),
    ("too-many", 5_000, "there are {} headings", _count_headings),
    ("too-many", 500, "{} definitions follow one another without a blank line", _count_definitions),
    ("too-many", 30_000, "there are {} blank lines", _count_blank_lines),
    ("too-many", MOST_LINES, "{} lines follow one another without a blank line", _count_lines),
    ("too-many", MOST_CHARACTERS, "{} characters follow one another without a blank line", _count_characters),
    ("too-many", 20_000, "the tables have {} cells", _count_cells),
    ("too-many", MOST_WORK, "the marks in long paragraphs make {} steps for Markdown", _measure_work),
)
"""Rule, most, what is reported with the amount, and how it is measured."""
