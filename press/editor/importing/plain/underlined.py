"""Lines drawn with signs: what underlines a heading is no text, any other stands by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from press.editor.importing.data_model import Gap, Line, Removal
from press.editor.importing.plain.lines import RULE, split_blocks

_LONGEST_HEADING = 80
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
        for part in _part_at_rules(block):
            part[0] = replace(part[0], gap=block[0].gap if part[0].number == block[0].number else Gap.BLANK)
            marked += part
    return _take_rules(marked, removals), removals


def _is_table(block: Sequence[Line]) -> bool:
    rows = [line for line in block if not RULE.fullmatch(line.text)]
    return len(rows) > 1 and 2 * sum("  " in line.text for line in rows) >= len(rows)


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


def _take_rules(lines: Sequence[Line], removals: list[Removal]) -> list[Line]:
    """Drop the rules below headings, and a rule of the same sign above one; mark the headings."""
    kept: list[Line] = []
    for line in lines:
        if not RULE.fullmatch(line.text) or line.gap is not Gap.NONE or not kept:
            kept.append(line)
            continue
        first = len(kept) - 1
        while kept[first].gap is Gap.NONE and first:
            first -= 1
        if RULE.fullmatch(kept[first].text):
            kept.append(line)
            continue
        kept[first:] = [replace(heading, heading=True) for heading in kept[first:]]
        removals.append(Removal(line.number, line.text, "underline"))
        above = kept[first - 1] if first else line
        if (
            first
            and RULE.fullmatch(above.text)
            and above.text[0] == line.text[0]
            and above.number + 1 == kept[first].number
        ):
            removals.append(Removal(above.number, above.text, "underline"))
            kept[first] = replace(kept[first], gap=above.gap)
            del kept[first - 1]
    return kept
