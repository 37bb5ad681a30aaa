"""Make the web fonts of theme/static/fonts from whole ones: `python tools/fonts.py FOLDER`, seldom needed.

FOLDER is where `npm install @expo-google-fonts/vollkorn@0.4.1 @expo-google-fonts/league-gothic@0.4.2
@expo-google-fonts/sofia-sans-extra-condensed@0.4.2` was run; WOFF2 needs `pip install brotli==1.2.1`. The same
versions make the same bytes. docs/decisions/0025-two-faces.md says why these faces, and what is left out.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
FONTS = ROOT / "theme" / "static" / "fonts"

SCRIPTS = {
    "latin": "0020-007E 00A0-00A3 00A5 00A7-00AB 00AD-00AE 00B0-00FF 0152-0153 0178 2002-200A 2010-2015 2018-201A "
    "201C-201E 2022 2026 202F 2032-2033 2039-203A 20AC 2212",
    "latin-ext": "0100-0151 0154-0177 0179-024F 1E00-1EFF",
    "greek": "0370-03FF 1F00-1FFF",
    "cyrillic": "0400-052F 2116",
}
"""The characters of each file, as Unicode ranges. What readers of English or French need is in the first."""

SMALL_CAPITALS = [f"{letter}.sc" for letter in string.ascii_lowercase]
DIGITS = "zero one two three four five six seven eight nine".split()
FIGURES = [f"{digit}.{kind}" for digit in DIGITS for kind in ("lf", "tf")]
"""Lining figures, and those of one width for the columns of tables."""

LIGATURES = "f_f f_i f_l f_f_i f_f_l fi fl f_i.liga f_l.liga".split()


@dataclass(frozen=True, slots=True)
class Face:
    """A file of a whole font, and what its parts keep."""

    source: str
    name: str
    scripts: tuple[str, ...]
    features: str
    glyphs: tuple[str, ...] = ()
    """Glyphs besides those of the characters; if there are any, features add no others."""


ALL = tuple(SCRIPTS)
FACES = (
    Face(
        "vollkorn/400Regular",
        "text",
        ALL,
        "kern liga onum lnum tnum smcp c2sc",
        (*SMALL_CAPITALS, *FIGURES, *LIGATURES),
    ),
    Face("vollkorn/400Regular_Italic", "text-italic", ALL, "liga"),
    Face("vollkorn/600SemiBold", "text-bold", ALL, ""),
    Face("league-gothic/400Regular", "title", ("latin", "latin-ext"), "kern"),
    Face("sofia-sans-extra-condensed/700Bold", "title", ("greek", "cyrillic"), "kern"),
)


def take_international_forms(font: TTFont) -> None:
    """Make the letters that a font has for Russian those of every language.

    Sofia Sans draws Cyrillic as in Bulgaria, where т looks like m, and has the forms of all other countries only for
    Russian by name: not for Ukrainian or Serbian, nor without the feature `locl`.
    """
    table = font["GSUB"].table
    scripts = {record.ScriptTag: record.Script for record in table.ScriptList.ScriptRecord}
    systems = scripts["cyrl"].LangSysRecord if "cyrl" in scripts else []
    features = [n for system in systems if system.LangSysTag == "RUS " for n in system.LangSys.FeatureIndex]
    records = [table.FeatureList.FeatureRecord[n] for n in features]
    lookups = [n for record in records if record.FeatureTag == "locl" for n in record.Feature.LookupListIndex]
    forms = {old: new for n in lookups for part in table.LookupList.Lookup[n].SubTable for old, new in _pairs(part)}
    for characters in (table.cmap for table in font["cmap"].tables):
        characters.update({code: forms[name] for code, name in characters.items() if name in forms})


def _pairs(subtable: Any) -> Iterable[tuple[str, str]]:
    return getattr(subtable, "ExtSubTable", subtable).mapping.items()


def make_part(font: Path, face: Face, script: str) -> None:
    """Write the part of a font with the characters of a script."""
    options = subset.Options()
    options.flavor, options.hinting, options.glyph_names = "woff2", False, False
    options.layout_features, options.layout_closure = face.features.split(), not face.glyphs
    options.name_IDs = [0, 13, 14]  # copyright and licence
    options.recalc_timestamp = False
    part: TTFont = subset.load_font(str(font), options)
    take_international_forms(part)
    known = set(part.getGlyphOrder())
    subsetter = subset.Subsetter(options)
    glyphs = [glyph for glyph in face.glyphs if glyph in known and script == "latin"]
    subsetter.populate(unicodes=subset.parse_unicodes(SCRIPTS[script].replace(" ", ",")), glyphs=glyphs)
    subsetter.subset(part)
    subset.save_font(part, str(FONTS / f"{face.name}.{script}.woff2"), options)


if __name__ == "__main__":
    FONTS.mkdir(exist_ok=True)
    packages = Path(sys.argv[1], "node_modules", "@expo-google-fonts")
    for face in FACES:
        folder = packages / face.source
        (whole,) = folder.glob("*.ttf")
        for script in face.scripts:
            make_part(whole, face, script)
        family = face.source.partition("/")[0]
        licence = (packages / family / "LICENSE_FONT").read_text(encoding="utf-8")
        (FONTS / f"OFL-{family}.txt").write_text(licence, encoding="utf-8")
    for file in sorted(FONTS.iterdir()):
        print(f"{file.stat().st_size:>7,} {file.name}")
