"""pdfium's characters of a page → pieces of lines, each with its place, its size and its fonts."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Any

from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.pdf.letter_order import Letter, compose_letter, is_rtl, put_in_order
from press.editor.importing.pdf.letter_settings import LetterSetting, SettingReader
from press.editor.importing.pdf.letter_signs import HYPHEN, SOFT_HYPHEN, has_no_meaning, show_sign
from press.editor.importing.pdf.page_lines import PageLine, PdfPage, PdfRun, RunStyle, merge_runs

_GAP = 1.1
"""Ems between two letters that make two pieces of a line: more than a space ever is, less than between columns."""
_UNSEEN = 0.05
"""Ems of width, below which a soft hyphen is not drawn."""
_INITIAL = 2.2
"""Times the size of the letters beside a large initial; more than that of a text to its note marks."""
_SMALL_CAPITAL = 0.65
"""Times the size of capitals: small capitals are larger."""
_RAISED = 0.18
"""Ems above the line from which a small letter is raised."""
_MARKS = frozenset("0123456789*†‡§¶")


MOST_LETTERS = 200_000
"""On one page: no printed page has so many."""


class PageReader:
    """Reads the letters of one page; `raw` is pypdfium2's module of pdfium's own functions."""

    def __init__(self, raw: Any, page: Any, number: int) -> None:
        self._raw, self._page = raw, page
        textpage = page.get_textpage()
        self._handle = textpage.raw
        self._textpage = textpage
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.page = PdfPage(number, self.right - self.left, self.top - self.bottom)
        self._settings = SettingReader(raw, self._handle)
        self._box = raw.FS_RECTF()
        self._soft_hyphens = 0
        """Those that are drawn."""

    def read(self) -> PdfPage:
        """Read the page; its `lines` are pieces in the order of the PDF, upright, of the commonest turn first."""
        self.page.letters = self._raw.FPDFText_CountChars(self._handle)
        if self.page.letters > MOST_LETTERS:  # no time is spent on a page that is refused
            return self.page
        letters = self._read_letters()
        turns = Counter(letter.setting.turn for letter in letters)
        for at, (turn, _) in enumerate(turns.most_common()):
            width = self.page.height if turn % 2 else self.page.width
            if at == 0:
                self.page.height = self.page.width if turn % 2 else self.page.height
                self.page.width = width
            lines = self._make_pieces([letter for letter in letters if letter.setting.turn == turn])
            self._place(lines, turn, at)
        self.page.unknown += self._settings.unknown
        self._note(turns, letters)
        text = self._textpage.get_text_range() if letters else ""
        self.page.text = text if self._soft_hyphens else text.replace("\N{SOFT HYPHEN}", "")
        return self.page

    def _read_letters(self) -> list[Letter]:
        raw, handle, box = self._raw, self._handle, self._box
        letters: list[Letter] = []
        spaced = True
        for at in range(raw.FPDFText_CountChars(handle)):
            code = raw.FPDFText_GetUnicode(handle, at)
            if code == 32:
                spaced = True
                continue
            shown = chr(code) if 32 < code < 127 else show_sign(code)
            if not shown.strip():
                spaced = spaced or bool(shown)
                continue
            if code == HYPHEN and letters:  # pdfium's place for it is wrong within a form, as in a booklet
                last = letters[-1]
                letters.append(
                    Letter(shown, last.x1, last.x1 + 0.3 * last.setting.style.size, last.base, last.setting, False)
                )
                continue
            if not raw.FPDFText_GetLooseCharBox(handle, at, box):
                continue
            setting = self._settings.find(at, box)
            if setting is None:
                continue
            x0, x1, base = _turn(box, setting)
            if code == SOFT_HYPHEN and x1 - x0 < _UNSEEN * setting.style.size:
                continue
            if code == SOFT_HYPHEN:
                self._soft_hyphens += 1
                spaced = False
            if letters and not spaced and compose_letter(letters[-1], shown, x0, x1):
                continue
            letters.append(Letter(shown, x0, x1, base, setting, spaced))
            self.page.unknown += has_no_meaning(shown)
            if shown in _MARKS:
                self._look_for_raised(letters, at)
            spaced = False
        return letters

    def _look_for_raised(self, letters: list[Letter], at: int) -> None:
        """Mark a figure after a letter as raised where its font draws it so, though its line is that of the text."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        letter, setting = letters[-1], letters[-1].setting
        if setting.turn or not self._raw.FPDFText_GetCharBox(self._handle, at, left, right, bottom, top):
            return
        size = setting.style.size
        if (
            letter.text.isdigit()
            and -letter.base + 0.2 * size < bottom.value
            and top.value - bottom.value < 0.6 * size
        ):
            letter.setting = replace(setting, style=replace(setting.style, raised=True))

    def _make_pieces(self, letters: list[Letter]) -> list[PageLine]:
        pieces: list[list[Letter]] = []
        for letter in letters:
            if pieces and _continues(pieces[-1], letter):
                pieces[-1].append(letter)
            else:
                pieces.append([letter])
        return [_make_line(put_in_order(piece), self.page.number) for piece in pieces]

    def _place(self, lines: list[PageLine], turn: int, rank: int) -> None:
        """Move lines to where they are on the page, and take out those that are off it."""
        x, y = {
            0: (self.left, -self.top),
            1: (self.bottom, self.left),
            2: (-self.right, self.bottom),
            3: (-self.top, -self.right),
        }[turn]
        width, height = (self.page.width, self.page.height)
        for line in lines:
            line.x0, line.x1, line.base = line.x0 - x, line.x1 - x, line.base - y
            beyond = max(width, height) if rank else 0.0
            across = line.x1 < -1 or line.x0 > (beyond or width) + 1
            if across or line.base < -1 or line.top > (beyond or height) + 1:
                self.page.off.append(line.text)
                continue
            line.column = rank
            self.page.lines.append(line)

    def _note(self, turns: Counter[int], letters: list[Letter]) -> None:
        page = self.page
        page.letters = len(letters)
        page.hidden = sum(letter.setting.hidden for letter in letters)
        page.vertical = sum(_is_below(a, b) for a, b in pairwise(letters))
        page.pictures = _count_pictures(self._raw, self._page) if len(letters) < 20 or page.hidden else 0
        white = "".join(" " * letter.spaced + letter.text for letter in letters if letter.setting.white)
        if white.strip() and not page.pictures:
            message = (
                f"page {page.number} has text in white: “{white.strip()[:60]}”. It was kept; is it seen in print?"
            )
            page.notes.append(Note("hidden", message, Confidence.REVIEW))
        if len(turns) > 1:
            message = f"page {page.number} has text set in another direction; it comes after the rest of the page"
            page.notes.append(Note("order", message, Confidence.REVIEW))


def _count_pictures(raw: Any, page: Any) -> int:
    return sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _turn(box: Any, setting: LetterSetting) -> tuple[float, float, float]:
    """Return where a letter begins and ends along its line, and its line downwards, as if it were upright."""
    if setting.turn == 0:
        return box.left, box.right, -(box.bottom + setting.lift)
    if setting.turn == 1:
        return box.bottom, box.top, box.right - setting.lift
    if setting.turn == 2:
        return -box.right, -box.left, box.top - setting.lift
    return -box.top, -box.bottom, -(box.left + setting.lift)


def _continues(piece: list[Letter], letter: Letter) -> bool:
    """Tell whether a letter follows the last of a piece on the same line, in either direction of writing."""
    last = piece[-1]
    size = max(last.setting.style.size, letter.setting.style.size)
    smaller = min(last.setting.style.size, letter.setting.style.size)
    if abs(letter.base - last.base) > (0.1 if size > _INITIAL * smaller else 0.55) * size:
        return False
    if letter.x0 == last.x0 and letter.x1 == last.x1:  # of one ligature
        return True
    if abs(letter.base - last.base) > 0.1 * size and letter.setting.style.size == last.setting.style.size:
        return letter.x0 >= last.x0 - 0.3 * size and letter.x0 - last.x1 < 0.5 * size
    ahead, behind = letter.x0 - last.x1, last.x0 - letter.x1
    return (
        max(ahead, behind) < _GAP * size
        if behind < -size or is_rtl(letter.text) or is_rtl(last.text)
        else (-0.6 * size < ahead < _GAP * size)
    )


def _is_below(before: Letter, after: Letter) -> bool:
    size = before.setting.style.size
    return abs(after.x0 - before.x0) < 0.3 * size and 0.5 * size < after.base - before.base < 2 * size


def _make_line(letters: list[Letter], page: int) -> PageLine:
    size = _size_of(letters)
    base = next(letter.base for letter in letters if letter.setting.style.size == size)
    runs = [
        PdfRun(_join_letters(list(part)), _style_of(setting, raised, size))
        for (setting, raised), part in groupby(
            letters, key=lambda letter: (letter.setting, _is_raised(letter, base, size))
        )
    ]
    runs = [PdfRun(unicodedata.normalize("NFC", run.text), run.style) for run in merge_runs(runs)]
    runs[0] = replace(runs[0], text=runs[0].text.lstrip())
    spaces = [at for at, letter in enumerate(letters) if letter.spaced and at]
    first = letters[: spaces[0]] if spaces else letters
    x0, x1 = min(letter.x0 for letter in letters), max(letter.x1 for letter in letters)
    width = max(letter.x1 for letter in first) - min(letter.x0 for letter in first)
    return PageLine(runs, x0, x1, base, size, page, first_word=width)


def _size_of(letters: Sequence[Letter]) -> float:
    """Return the size of most letters; where they are small capitals, that of the capitals."""
    sizes = Counter(letter.setting.style.size for letter in letters)
    size, largest = max(sizes, key=lambda key: (sizes[key], key)), max(sizes)
    shown = "".join(letter.text for letter in letters if letter.setting.style.size == size)
    return largest if shown.isupper() and size < largest < size / _SMALL_CAPITAL else size


def _is_raised(letter: Letter, base: float, size: float) -> bool:
    style = letter.setting.style
    return style.raised or (style.size < 0.85 * size and base - letter.base > _RAISED * size)


def _style_of(setting: LetterSetting, raised: bool, size: float) -> RunStyle:
    style = setting.style
    if style.size == size and raised == style.raised:
        return style
    return replace(style, raised=raised, size=size if style.size > 0.85 * size else style.size)


def _join_letters(letters: Sequence[Letter]) -> str:
    return "".join(" " + letter.text if letter.spaced else letter.text for letter in letters)
