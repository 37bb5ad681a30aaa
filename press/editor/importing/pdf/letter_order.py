"""Letters with their places, and their order on a line: by their places where they are read leftwards."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cmp_to_key
from itertools import groupby, pairwise

from press.editor.importing.pdf.letter_settings import LetterSetting
from press.editor.importing.pdf.letter_signs import COMBINING

_WIDE_SPACE, _NARROW_SPACE = 0.28, 0.1
"""Ems between two letters that are of two words, and where the file has a space between them as well."""
_LAM = "\N{ARABIC LETTER LAM}"


@dataclass(slots=True)
class Letter:
    """A letter, or a few of one ligature."""

    text: str
    x0: float
    x1: float
    base: float
    setting: LetterSetting
    spaced: bool
    """Whether a space comes before it."""


def compose_letter(last: Letter, shown: str, x0: float, x1: float) -> bool:
    """Add a letter to the accent drawn over it, or an accent to the letter under it; tell whether they were one."""
    overlap = min(last.x1, x1) - max(last.x0, x0)
    if overlap < 0.5 * min(last.x1 - last.x0, x1 - x0) or (last.text in COMBINING) == (shown in COMBINING):
        return False
    letter, accent = (shown, last.text) if last.text in COMBINING else (last.text, shown)
    if not letter.isalpha():
        return False
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    last.text = unicodedata.normalize("NFC", letter + COMBINING[accent])
    last.x0, last.x1 = min(last.x0, x0), max(last.x1, x1)
    return True


def is_rtl(text: str) -> bool:
    """Tell a letter that is written from right to left."""
    return text > "\u0590" and unicodedata.bidirectional(text[0]) in ("R", "AL")


def reads_leftwards(text: str) -> bool:
    """Tell a text most letters of which are written from right to left."""
    letters = [letter for letter in text[:2000] if letter.isalpha()]
    return sum(map(is_rtl, letters)) > len(letters) / 2


def put_in_order(piece: Sequence[Letter]) -> list[Letter]:
    """Return the letters of a piece of a line in the order of reading.

    pdfium gives those of right-to-left scripts in the order of the file, now and then backwards: their places on the
    page tell. What is written rightwards among them, a number, keeps its own direction.
    """
    if not any(is_rtl(letter.text) for letter in piece):
        return list(piece)
    leftwards = reads_leftwards("".join(letter.text for letter in piece))
    groups = _gather_marks(sorted(piece, key=lambda letter: letter.x0 + letter.x1, reverse=leftwards))
    ordered: list[Letter] = []
    for turned, part in groupby(_mark_turns(groups, leftwards), key=lambda pair: pair[0]):
        run = [group for _, group in part]
        ordered += [letter for group in (reversed(run) if turned else run) for letter in group]
    return [piece[0], *ordered[1:]] if len(ordered) == 1 else list(_space_out(ordered))


def _gather_marks(letters: Iterable[Letter]) -> list[list[Letter]]:
    """Put each vowel sign behind its letter, and the letters of one ligature in the order they are written."""
    groups: list[list[Letter]] = []
    for letter in letters:
        joined = groups and (letter.x0, letter.x1) == (groups[-1][0].x0, groups[-1][0].x1)
        inside = groups and unicodedata.combining(letter.text[0]) and letter.x0 + letter.x1 > 2 * groups[-1][0].x0
        if joined or inside:
            groups[-1].append(letter)
        else:
            groups.append([letter])
    return [sorted(group, key=cmp_to_key(_compare)) for group in groups]


def _compare(first: Letter, second: Letter) -> int:
    """Compare letters in one place: the mark comes last, and in a ligature the lam first."""
    ranks = [
        2 if unicodedata.combining(letter.text[0]) else 0 if letter.text == _LAM else 1 for letter in (first, second)
    ]
    return ranks[0] - ranks[1]


def _mark_turns(groups: Sequence[list[Letter]], leftwards: bool) -> list[tuple[bool, list[Letter]]]:
    """Say of each letter whether it runs against its line; what is between two that do runs with them."""
    against = [_runs_against(group[0].text, leftwards) for group in groups]
    for at, known in enumerate(against):
        if known is None:
            before = next((found for found in reversed(against[:at]) if found is not None), False)
            after = next((found for found in against[at + 1 :] if found is not None), False)
            against[at] = bool(before and after)
    return list(zip(map(bool, against), groups, strict=True))


def _runs_against(text: str, leftwards: bool) -> bool | None:
    if is_rtl(text):
        return not leftwards
    return leftwards if text[0].isalnum() else None


def _space_out(letters: Sequence[Letter]) -> Iterable[Letter]:
    """Yield letters with spaces where there is room between them."""
    yield letters[0]
    for before, letter in pairwise(letters):
        room = max(letter.x0 - before.x1, before.x0 - letter.x1) / letter.setting.style.size
        has_space = room > (_NARROW_SPACE if before.spaced or letter.spaced else _WIDE_SPACE)
        yield replace(letter, spaced=has_space)
