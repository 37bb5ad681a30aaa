"""How letters of a PDF are set: their size, the look of their font, the turn that makes them upright."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

from press.editor.importing.pdf.page_lines import RunStyle

_ITALIC = re.compile(r"ital|obli|kursiv|slant|cursiv", re.IGNORECASE)
_ITALIC_END = re.compile(r"(?:[-,]|^cm|^ec|^lm|^sf)(?:it|ti|bi|sl|sti|bxti|i)\d*$", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|fett|demi|[-,]b(?:d|x|i)?\d*$|^cmbx|^ecbx", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LetterSetting:
    """How the letters of one text object are set, and the turn that makes them upright."""

    style: RunStyle
    turn: int
    """Quarter turns of the writing, anticlockwise."""
    lift: float
    """From the lower edge of a letter's box up to the line."""
    hidden: bool
    white: bool


class SettingReader:
    """Reads how the letters of one page are set, once for each piece of text that the PDF draws at once."""

    def __init__(self, raw: Any, handle: Any) -> None:
        self._raw, self._handle = raw, handle
        self._known: dict[int, LetterSetting] = {}
        self.unknown = 0
        """How many pieces begin with a letter that the PDF gives no meaning to."""

    def find(self, at: int, box: Any) -> LetterSetting | None:
        """Return how the letter `at`, with its `box`, is set; None for one that pdfium itself put in."""
        pointer = self._raw.FPDFText_GetTextObject(self._handle, at)
        key = ctypes.cast(pointer, ctypes.c_void_p).value
        if key is None:
            return None
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._read_setting(pointer, at, box)
        return found

    def _read_setting(self, pointer: Any, at: int, box: Any) -> LetterSetting:
        raw, handle = self._raw, self._handle
        matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetMatrix(handle, at, matrix)
        angle = math.atan2(matrix.b, matrix.a)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        turn = round(angle / (math.pi / 2)) % 4
        raw.FPDFText_GetCharOrigin(handle, at, x, y)
        lower = {0: box.bottom, 1: -box.right, 2: -box.top, 3: box.left}[turn]
        origin = {0: y.value, 1: -x.value, 2: -y.value, 3: x.value}[turn]
        size = round(raw.FPDFText_GetFontSize(handle, at) * scale, 1)
        italic, bold = self._read_font(raw.FPDFTextObj_GetFont(pointer), matrix)
        if raw.FPDFText_HasUnicodeMapError(handle, at) == 1:
            self.unknown += 1
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        white = False
        if raw.FPDFText_GetFillColor(handle, at, red, green, blue, alpha):
            white = min(red.value, green.value, blue.value) > 250 or alpha.value < 8
        hidden = raw.FPDFTextObj_GetTextRenderMode(pointer) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        return LetterSetting(RunStyle(size, italic, bold), turn, origin - lower, hidden, white)

    def _read_font(self, font: Any, matrix: Any) -> tuple[bool, bool]:
        """Return whether a font is italic and whether it is bold, by its name, its flags and its slant."""
        raw = self._raw
        buffer = ctypes.create_string_buffer(256)
        length = raw.FPDFFont_GetBaseFontName(font, buffer, 256)
        tag, _, rest = buffer.raw[: max(0, length - 1)].decode("utf-8", "replace").partition("+")
        name = rest or tag
        angle = ctypes.c_int()
        slanted = bool(raw.FPDFFont_GetItalicAngle(font, angle)) and angle.value not in (0,) and abs(angle.value) < 60
        sheared = abs(matrix.c * matrix.a + matrix.d * matrix.b) > 0.1 * (matrix.a**2 + matrix.b**2 or 1.0)
        flagged = bool(raw.FPDFFont_GetFlags(font) & 64)
        italic = bool(_ITALIC.search(name) or _ITALIC_END.search(name)) or slanted or sheared or flagged
        return italic, _BOLD.search(name) is not None or raw.FPDFFont_GetWeight(font) >= 650
