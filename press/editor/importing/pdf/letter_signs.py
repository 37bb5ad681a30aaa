"""The signs of a PDF → those an import writes: ligatures in letters, signs of symbol fonts, accents drawn apart."""

from __future__ import annotations

import re
import unicodedata

from press.editor.importing.pdf.page_lines import DIVIDED

HYPHEN = 2
"""What pdfium gives for a hyphen at the end of a line, between letters."""
SOFT_HYPHEN = 0xAD
"""Drawn in a PDF, it is a hyphen like others."""
COMBINING = {
    "¨": "\u0308", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306",
    "˙": "\u0307", "˚": "\u030a", "¯": "\u0304", "¸": "\u0327", "˛": "\u0328", "˝": "\u030b",
}  # fmt: skip
"""The accents that some printers draw over a letter, each as the part of a letter that it is then."""
_OTHER = re.compile(r"[^ -~]")
_LAST = 0x10FFFF
"""Of Unicode: some PDFs give numbers beyond it."""

# Signs of fonts of symbols, which PDFs of word processors have in the private area.
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF02D: "−", 0xF0A8: "▫", 0xF076: "❖", 0xF0E0: "→"}
_UNSEEN = {0xFEFF, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Marks of the direction of writing."""
_LIGATURES = {
    code: unicodedata.normalize("NFKC", chr(code)) if code != 0xFB05 else "ſt" for code in range(0xFB00, 0xFB07)
}


def read_letters(text: str) -> str:
    """Return text as the import writes it: ligatures in letters, letters in one part, signs of symbol fonts known."""
    return unicodedata.normalize("NFC", _OTHER.sub(lambda sign: show_sign(ord(sign[0])), text))


def show_sign(code: int) -> str:
    """Return what the import writes for a character of a PDF; a replacement sign where it has no meaning."""
    if code in (HYPHEN, SOFT_HYPHEN):
        return DIVIDED
    if 0xFB00 <= code <= 0xFB06:
        return _LIGATURES[code]
    if 0xFB50 <= code <= 0xFDC7 or 0xFDF0 <= code <= 0xFDFC or 0xFE70 <= code <= 0xFEFC:  # Arabic, as it is drawn
        return unicodedata.normalize("NFKC", chr(code)).strip()
    if 0xE0F0 <= code <= 0xE0FF:  # the import writes its own marks with them
        return "\ufffd"
    if 0xE000 <= code <= 0xF8FF:
        return _SYMBOLS.get(code, chr(code))
    return _show_control(code)


def _show_control(code: int) -> str:
    if code > _LAST or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "\ufffd"
    if code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF:
        return " " if code in (9, 10, 13) else "\ufffd"
    if code in (0xA0, 0x2028, 0x2029):
        return " "
    return "" if code in _UNSEEN else chr(code)


def has_no_meaning(shown: str) -> bool:
    """Tell a letter that the PDF does not say the meaning of."""
    return shown == "\ufffd" or "\ue000" <= shown[:1] <= "\uf8ff"
