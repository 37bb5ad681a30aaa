"""Lines drawn with signs: what underlines a heading is no text, any other stands by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from press.editor.importing.data_model import Gap, Line, Removal
from press.editor.importing.plain.lines import RULE, split_blocks

_LONGEST_HEADING = 80
_CELLS = re.compile(r"\S{3,}\s+\S{3,}")
_MOST_LINES = 2
_LEAST_RULE = 0.4
"""The share of its heading that a rule is long at least."""


def mark_underlined(lines: Sequence[Line]) -> tuple[list[Line], list[Removal]]:
    """Mark the headings that a line of signs underlines, and take out the signs.

    A drawn line elsewhere stays, as a block of its own; the rules of a table stay in it.
    """
    marked: list[Line] = []
    removals: list[Removal] = []
    for block in split_blocks(lines):
        if not any(RULE.fullmatch(line.text) for line in block) or _is_table(block):
            marked += block
            continue
        for number, part in enumerate(_part_at_rules(block)):
            first = replace(part[0], gap=Gap.BLANK if number else block[0].gap)
            if len(part) > 1 and RULE.fullmatch(part[-1].text):
                removals.append(Removal(part[-1].number, part[-1].text, "underline"))
                first = _take_rule_above(marked, first, part[-1], removals)
                marked += [replace(line, heading=True) for line in (first, *part[1:-1])]
            else:
                marked += [first, *part[1:]]
    return marked, removals


def _take_rule_above(marked: list[Line], first: Line, below: Line, removals: list[Removal]) -> Line:
    """Take out a rule directly above a heading, of the sign of the one below; return the heading's first line."""
    above = marked[-1] if marked else None
    if above is None or above.number + 1 != first.number or not RULE.fullmatch(above.text):
        return first
    if above.text[0] != below.text[0]:
        return first
    removals.append(Removal(above.number, above.text, "underline"))
    marked.pop()
    return replace(first, gap=above.gap)


def _is_table(block: Sequence[Line]) -> bool:
    """Recognise a table by its rules: they have gaps for the cells, or are below cells."""
    return any(
        "  " in above.text or _CELLS.search(line.text) is not None
        for above, line in pairwise(block)
        if RULE.fullmatch(line.text) and not RULE.fullmatch(above.text)
    )


def _part_at_rules(block: Sequence[Line]) -> list[list[Line]]:
    """Split a block before and after each drawn line, but leave a rule with the heading that it underlines."""
    parts: list[list[Line]] = [[]]
    for line in block:
        if not RULE.fullmatch(line.text):
            parts[-1].append(line)
            continue
        if parts[-1] and _is_underlined(parts[-1], line):
            parts[-1].append(line)
        else:
            parts.append([line])
        parts.append([])
    return [part for part in parts if part]


def _is_underlined(above: Sequence[Line], rule: Line) -> bool:
    if len(above) > _MOST_LINES or (rule.text[0] == "_" and above[-1].text.endswith(":")):
        return False
    text = " ".join(line.text for line in above)
    longest = max(len(line.text) for line in above)
    is_long = len(rule.text) >= _LEAST_RULE * longest
    return is_long and len(text) <= _LONGEST_HEADING and any(map(str.isalpha, text)) and text[-1] not in ".,;"
