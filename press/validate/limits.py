"""Limits on how deep and how often: what goes beyond is a slip or an attack, and would take minutes or the stack.

Each limit is far above what a pamphlet needs, and low enough that Markdown, whose time grows with the square of such
things, stays quick.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from press.diagnostics import Diagnostic, error

DEEPEST_QUOTE = 20
DEEPEST_INDENT = 80
"""Columns before a list item: twenty lists, one in the other."""
DEEPEST_BRACKET = 50
"""Opening brackets that a paragraph leaves open at one time."""
MOST_REFERENCES = 100
"""References to one footnote."""
MOST_NOTES = 2_000
MOST_HEADINGS = 5_000
MOST_BLOCKS = 30_000
"""Paragraphs, and blank lines between them."""
MOST_LINES = 2_000
"""Lines without a blank one between them."""
LONGEST_BLOCK = 200_000
"""Characters without a blank line between them."""
MOST_CELLS = 20_000
"""Cells of all tables; a short row is filled up with empty ones."""
MOST_LABOUR = 3_000_000_000
"""For each block its length by the marks in it: Markdown looks for the partner of each to the end of the block."""
MOST_DEFINITIONS = 500
"""Terms and definitions that follow one another without a blank line."""

_QUOTE = re.compile(r"[ ]{0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"[ \t]*(?=(?:[-+*]|\d+\.)[ \t])")
_BRACKET = re.compile(r"\\.|[\[\]()]|\n[ \t]*\n")
_REFERENCE = re.compile(r"\[\^[^\]\s]+\](?!:)")
_NOTE = re.compile(r"^[ ]{0,3}\[\^[^\]]*\]:", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_DELIMITERS = re.compile(r"^[ ]{0,3}[|:-][ |:-]*$", re.MULTILINE)
_MARK = re.compile(r"[*_\[<&\\]|(`+)")
_BACKTICKS = 30
"""How many other marks a run of backticks is as much work as."""
_DEFINITIONS = re.compile(r"(?:^[^\n]+\n:[ \t][^\n]*\n?)+", re.MULTILINE)


def find_excess(text: str, first_line: int, path: str) -> Iterator[Diagnostic]:
    """Find what goes beyond the limits in a body that begins on line `first_line` of its source."""
    checks = (_find_deep_lines, _find_deep_brackets, _find_too_many, _find_long_blocks)
    for rule, line, message in (excess for check in checks for excess in check(text)):
        yield error(path, first_line + line, rule, f"{message} Write it simpler, or split the text.")


Excess = tuple[str, int, str]
"""Rule, line from 0, message."""


def _find_deep_lines(text: str) -> Iterator[Excess]:
    for line, words in enumerate(text.split("\n")):
        quote = _QUOTE.match(words)
        if quote and quote[0].count(">") > DEEPEST_QUOTE:
            yield "too-nested", line, f"quotations stand {quote[0].count('>')} deep; {DEEPEST_QUOTE} is the most."
            return
        item = _ITEM.match(words)
        if item and len(item[0].expandtabs(4)) > DEEPEST_INDENT:
            yield "too-nested", line, f"a list stands more than {DEEPEST_INDENT // 4} lists deep."
            return


def _find_deep_brackets(text: str) -> Iterator[Excess]:
    depth = {"[": 0, "(": 0}
    if all(text.count(bracket) <= DEEPEST_BRACKET for bracket in depth):
        return
    for match in _BRACKET.finditer(text):
        found = match[0]
        if found in depth:
            depth[found] += 1
            if depth[found] > DEEPEST_BRACKET:
                message = f"{DEEPEST_BRACKET} brackets “{found}” are open at one time."
                yield "too-nested", text.count("\n", 0, match.start()), message
                return
        elif found in "])":
            opening = "[" if found == "]" else "("
            depth[opening] = max(0, depth[opening] - 1)
        elif found[0] == "\n":
            depth = dict.fromkeys(depth, 0)


def _find_too_many(text: str) -> Iterator[Excess]:
    references = Counter(_REFERENCE.findall(text)) if "[^" in text else Counter()
    note, most = references.most_common(1)[0] if references else ("", 0)
    if most > MOST_REFERENCES:
        yield "too-many", 0, f"{most} references lead to the footnote {note}; {MOST_REFERENCES} is the most."
    if references.total() > MOST_NOTES:
        yield "too-many", 0, f"there are {references.total()} references to footnotes; {MOST_NOTES} is the most."
    notes = len(_NOTE.findall(text)) if "[^" in text else 0
    if notes > MOST_NOTES:
        yield "too-many", 0, f"there are {notes} footnotes; {MOST_NOTES} is the most."
    headings = f"\n{text}".count("\n#")
    if headings > MOST_HEADINGS:
        yield "too-many", 0, f"there are {headings} headings; {MOST_HEADINGS} is the most."
    for run in _DEFINITIONS.finditer(text) if "\n:" in text else ():
        if run[0].count("\n:") > MOST_DEFINITIONS:
            line = text.count("\n", 0, run.start())
            yield (
                "too-many",
                line,
                f"more than {MOST_DEFINITIONS} definitions stand without a blank line between them.",
            )


def _find_long_blocks(text: str) -> Iterator[Excess]:
    """Find what is too long without a blank line; the first such place only."""
    framed = f"\n{text}"
    breaks, fences = text.count("\n\n"), framed.count("\n```") + framed.count("\n~~~")
    if breaks > MOST_BLOCKS:
        yield "too-many", 0, f"there are {breaks} blank lines; {MOST_BLOCKS} is the most."
        return
    labour = fences * len(text) * _BACKTICKS
    line = cells = 0
    for block in _split_blocks(text):
        lines = block.count("\n")
        labour += _measure_labour(block)
        cells += _count_cells(block)
        if lines > MOST_LINES or len(block) > LONGEST_BLOCK:
            most = f"{MOST_LINES:,} lines or {LONGEST_BLOCK:,} characters"
            yield "too-many", line, f"more than {most} stand without a blank line between them."
            return
        if labour > MOST_LABOUR or cells > MOST_CELLS:
            many = (
                f"more than {MOST_CELLS:,} cells of tables" if cells > MOST_CELLS else "too many marks in long parts"
            )
            yield "too-many", line, f"there are {many}."
            return
        line += lines


def _split_blocks(text: str) -> Iterator[str]:
    """Cut a text behind its blank lines; nothing is lost."""
    start = 0
    for match in _BLANK_LINES.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    yield text[start:]


def _measure_labour(block: str) -> int:
    if len(block) < 2_000:
        return 0
    marks = sum(_BACKTICKS if match[1] else 1 for match in _MARK.finditer(block))
    return len(block) * marks


def _count_cells(block: str) -> int:
    if "|" not in block:
        return 0
    columns = max((row[0].count("|") + 1 for row in _DELIMITERS.finditer(block)), default=0)
    return columns * (block.count("\n") + 1) if columns > 1 else 0
