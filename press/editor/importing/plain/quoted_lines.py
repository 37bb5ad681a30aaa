"""Lines that a sign marks as quoted, as e-mail does: `> text`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from press.editor.importing.data_model import Gap, Line, Removal
from press.editor.importing.plain.lines import ends_sentence

_SIGNS = re.compile(r"(?:>[ \t]?)+")
_DEEPEST = 6
"""Signs in a row; more are an ornament."""


def take_off_signs(lines: Sequence[Line]) -> tuple[list[Line], list[Removal]]:
    """Take the signs of quotation off the lines that have them; `quoted` of the lines says how many they were.

    A sign is taken off where lines one below the other have it, or one that stands alone. `>>` that closes or opens
    a quotation in the middle of a line is a mark, not a sign.
    """
    if any("<<" in line.text for line in lines):
        return list(lines), []
    unmarked = list(lines)
    removals = []
    for run in _find_runs(lines):
        for at in run:
            signs = _SIGNS.match(lines[at].text)
            if signs:
                text = lines[at].text[signs.end() :]
                indent = len(text) - len(text.lstrip())
                depth = signs[0].count(">")
                unmarked[at] = replace(lines[at], text=text.strip(), indent=indent, quoted=depth)
                removals.append(Removal(lines[at].number, ">" * depth, "sign of quotation"))
    return unmarked, removals


def _find_runs(lines: Sequence[Line]) -> Iterator[range]:
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].text.startswith(">"):
            end += 1
        if end > start and _is_quotation(lines, start, end):
            yield range(start, end)
        start = max(end, start + 1)


def _is_quotation(lines: Sequence[Line], start: int, end: int) -> bool:
    signs = [_SIGNS.match(line.text) for line in lines[start:end]]
    if not any(_SIGNS.sub("", line.text, count=1) for line in lines[start:end]):
        return False
    if any(sign is None or sign[0].count(">") > _DEEPEST for sign in signs):
        return False
    before = lines[start - 1].text if start else ""
    return end - start > 1 or not before or ends_sentence(before)


def part_quotations(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with a gap wherever a quotation begins or ends."""
    parted: list[Line] = []
    for line in lines:
        begins = bool(parted) and line.quoted != parted[-1].quoted and line.gap is Gap.NONE
        parted.append(replace(line, gap=Gap.BLANK) if begins else line)
    return parted
