"""A font of one glyph, drawn for a test."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def draw_font(file: Path, character: str) -> None:
    """Make a font with one glyph."""
    pen = TTGlyphPen(None)
    for place in ((0, 0), (0, 700), (700, 700)):
        (pen.lineTo if place != (0, 0) else pen.moveTo)(place)
    pen.closePath()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "one"])
    font.setupCharacterMap({ord(character): "one"})
    font.setupGlyf(dict.fromkeys((".notdef", "one"), pen.glyph()))
    font.setupHorizontalMetrics(dict.fromkeys((".notdef", "one"), (800, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable(
        dict.fromkeys(("familyName", "fullName", "uniqueFontIdentifier"), "Own Sans")
        | {"styleName": "Regular", "psName": "OwnSans", "version": "1"}
    )
    font.setupOS2()
    font.setupPost()
    font.save(file)
