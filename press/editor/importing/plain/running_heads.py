"""Running heads with the number of the page on the same line, on either side, whatever the OCR made of them."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from press.editor.importing.data_model import Line

_LONGEST = 90
_NUMBER = r"(?:[\dOlI]{0,3}\d[\dOlI]{0,3}|[ivxlc]{1,7})"
_LEFT = re.compile(rf"[\[(]?({_NUMBER})[\])]?[.:|·•\s—–-]*\s(?=\S)", re.ASCII)
_RIGHT = re.compile(rf"\s[.:|·•\s—–-]*[\[(]?({_NUMBER})[\])]?\.?$", re.ASCII)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LIKE = 0.8
"""How like two heads are at least: a letter or two may be wrong in each."""
_SHORTEST = 4
_MOST_KINDS = 400
"""Different lines that are compared with one another; a text with more has tables."""
_FARTHEST = 60
"""Pages from one head to the next of its kind at most."""
_PROVED = 3
"""One in so many heads of a kind must break a sentence."""


@dataclass(frozen=True, slots=True)
class NumberedHead:
    """A line that may be a running head: its letters, and the numbers at its edges."""

    at: int
    letters: str
    numbers: tuple[int, ...]
    is_left: bool = False
    """Whether it has a number before the words."""


def find_numbered_heads(lines: Sequence[Line]) -> dict[int, NumberedHead]:
    """Find the lines that are a few words with a number before or behind them, by their index."""
    found = {}
    for at, line in enumerate(lines):
        if not 0 < len(line.text) <= _LONGEST or _has_like_neighbour(lines, at):
            continue
        left = _LEFT.match(line.text)
        right = _RIGHT.search(line.text)
        middle = line.text[left.end() if left else 0 : right.start() if right else None]
        letters = "".join(filter(str.isalpha, middle.casefold()))
        if (left or right) and len(letters) >= _SHORTEST:
            numbers = tuple(sorted(_read_number(edge[1]) for edge in (left, right) if edge))
            found[at] = NumberedHead(at, letters, numbers, left is not None)
    return found


def _has_like_neighbour(lines: Sequence[Line], at: int) -> bool:
    """Return whether the line beside has a number at the same edge: a list of contents, a table."""
    text = lines[at].text
    for beside in (at - 1, at + 1):
        other = lines[beside].text if 0 <= beside < len(lines) else ""
        if other and ((_RIGHT.search(text) and _RIGHT.search(other)) or (_LEFT.match(text) and _LEFT.match(other))):
            return True
    return False


def _read_number(text: str) -> int:
    if not any(map(str.isdigit, text)):
        values = [_ROMAN[letter] for letter in text]
        return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return int(text.replace("O", "0").replace("l", "1").replace("I", "1"))


def choose_heads(
    heads: Mapping[int, NumberedHead], breaks_sentence: Callable[[int], bool], page_of: Callable[[int], int]
) -> list[int]:
    """Return the indices of those that are running heads.

    These are alike, letter by letter or nearly, their numbers rise, and one in three or more of them breaks a
    sentence, or their numbers rise with the pages that form feeds show (`page_of` counts them), or stand at the outer
    edge: even ones left, odd ones right. A single head is taken where it breaks a sentence and its
    number is between those of its neighbours.
    """
    chosen: dict[int, int] = {}
    for group in _group(heads.values()):
        rising = _take_rising(group)
        proved = sum(breaks_sentence(head.at) for head, _ in rising)
        pages = [(page_of(head.at), number) for head, number in rising]
        steps = sum(p - q == n - m and p > q for (q, m), (p, n) in itertools.pairwise(pages))
        is_proved = _PROVED * proved >= len(rising) or 2 * steps >= len(rising) or _are_outside(rising)
        if len(rising) > 1 and is_proved:
            chosen.update({head.at: number for head, number in rising})
    if chosen:
        chosen.update(
            (at, number)
            for at, head in heads.items()
            if at not in chosen and breaks_sentence(at)
            for number in head.numbers[:1]
            if _fits(at, number, dict(chosen))
        )
    return sorted(chosen)


def _are_outside(rising: Sequence[tuple[NumberedHead, int]]) -> bool:
    """Return whether numbers are where a book has them: before the head on the left page, behind it on the right."""
    sides = {head.is_left for head, _ in rising}
    return len(sides) == 2 and all(head.is_left == (number % 2 == 0) for head, number in rising)


def _group(heads: Iterable[NumberedHead]) -> list[list[NumberedHead]]:
    """Group heads whose letters are alike."""
    groups: dict[str, list[NumberedHead]] = {}
    for head in heads:
        groups.setdefault(head.letters, []).append(head)
    if len(groups) > _MOST_KINDS:
        return [group for group in groups.values() if len(group) > 1]
    merged: list[tuple[str, list[NumberedHead]]] = []
    for letters, group in sorted(groups.items(), key=lambda item: -len(item[1])):
        like = next((found for name, found in merged if are_alike(name, letters)), None)
        if like is None:
            merged.append((letters, list(group)))
        else:
            like += group
    return [sorted(group, key=lambda head: head.at) for _, group in merged]


def are_alike(one: str, other: str) -> bool:
    """Return whether two heads are the same but for a few letters."""
    if one == other:
        return True
    if min(len(one), len(other)) < 2 * _SHORTEST or abs(len(one) - len(other)) > 0.25 * len(one):
        return False
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE


def _take_rising(group: Sequence[NumberedHead]) -> list[tuple[NumberedHead, int]]:
    """Return the heads whose numbers rise, each with the number of its page: a year beside it does not rise."""
    best: list[tuple[NumberedHead, int]] = []
    for first in {head.numbers for head in group[:2]}:
        for start in first:
            rising: list[tuple[NumberedHead, int]] = []
            last = start - 1
            for head in group:
                number = next((n for n in head.numbers if last < n <= last + _FARTHEST), None)
                if number is not None:
                    rising.append((head, number))
                    last = number
            best = max(best, rising, key=len)
    return best


def _fits(at: int, number: int, chosen: Mapping[int, int]) -> bool:
    before = [n for i, n in chosen.items() if i < at]
    after = [n for i, n in chosen.items() if i > at]
    low, high = max(before, default=0), min(after, default=max(before, default=0) + _FARTHEST)
    return low < number < high
