"""Limits on how deep and how often: what goes beyond is a slip or an attack, and would take minutes or the stack.

Each limit is far above what a pamphlet needs, and low enough that Markdown, whose time grows with the square of such
things, stays quick.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from press.faults import Fault, error

DEEPEST_QUOTE = 20
DEEPEST_INDENT = 80
"""Columns before a list item: twenty lists, one in the other."""
DEEPEST_BRACKET = 50
"""Opening brackets that a paragraph leaves open at one time."""
MOST_REFERENCES = 100
"""References to one footnote."""
MOST_NOTES = 5_000
MOST_HEADINGS = 5_000
MOST_DEFINITIONS = 500
"""Terms and definitions that follow one another without a blank line."""

_QUOTE = re.compile(r"[ ]{0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"[ \t]*(?=(?:[-+*]|\d+\.)[ \t])")
_BRACKET = re.compile(r"\\.|[\[\]()]|\n[ \t]*\n")
_REFERENCE = re.compile(r"\[\^[^\]\s]+\](?!:)")
_HEADING = re.compile(r"^#", re.MULTILINE)
_DEFINITIONS = re.compile(r"(?:^[^\n]+\n:[ \t][^\n]*\n?)+", re.MULTILINE)


def find_excess(text: str, first_line: int, path: str) -> Iterator[Fault]:
    """Find what goes beyond the limits in a body that begins on line `first_line` of its source."""
    for rule, line, message in (*_find_deep_lines(text), *_find_deep_brackets(text), *_find_too_many(text)):
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
    headings = len(_HEADING.findall(text))
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
