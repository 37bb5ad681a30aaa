"""Make the web fonts of theme/static/fonts, and the Arabic font for print, from whole ones; seldom needed.

`python tools/fonts.py FOLDER`, where FOLDER is where these were run; WOFF2 needs `pip install brotli==1.2.1`:

    npm install @expo-google-fonts/vollkorn@0.4.1 @expo-google-fonts/league-gothic@0.4.2
    npm install @expo-google-fonts/sofia-sans-extra-condensed@0.4.2
    apt-get download fonts-noto-core=20201225-1 && dpkg-deb -x fonts-noto-core_*.deb .

The same versions make the same bytes. docs/decisions/0025-two-faces.md and 0028-signs-and-scripts-in-print.md say why
these faces, and what is left out.
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


PRINT_FONTS = ROOT / "press" / "exports" / "fonts"

ARABIC = "0020 00A0 200B-200F 25CC 0600-06FF 0750-077F 08A0-08FF FB50-FDFF FE70-FEFE"
"""What print needs for Arabic, Persian, Urdu, Kurdish, Pashto and the other languages in this script."""

JOINING = "ccmp locl isol init medi fina rlig calt liga curs kern mark mkmk"
"""The features that join letters and place marks."""

NASKH_SCALE = 1.05
"""How much larger than in Noto Naskh Arabic the letters are, so that an alef is as tall as an l of Libertinus."""

CAPITALS = 0.645
"""The height of a capital of Libertinus in ems, from which Typst reckons the distance of lines."""


def take_international_forms(font: TTFont) -> None:
    """Make the letters that a font has for Russian those of every language.

    Sofia Sans draws Cyrillic as in Bulgaria, where т looks like m, and has the forms of all other countries only for
    Russian by name: not for Ukrainian or Serbian, nor without the feature `locl`.
    """
    table = font["GSUB"].table
    lookups = [n for record in _find_forms(table, "cyrl", "RUS ") for n in record.Feature.LookupListIndex]
    forms = {old: new for n in lookups for part in table.LookupList.Lookup[n].SubTable for old, new in _pairs(part)}
    for characters in (table.cmap for table in font["cmap"].tables):
        characters.update({code: forms[name] for code, name in characters.items() if name in forms})


def keep_persian_figures(font: TTFont) -> None:
    """Let all languages but Urdu, Kashmiri and Sindhi have the 4, 6 and 7 of Persian, which many of them share.

    Version 2.004 of Noto Naskh Arabic sets those of Urdu in their place, in Persian as well.
    """
    table = font["GSUB"].table
    for record in (*_find_forms(table, "arab", "FAR "), *_find_forms(table, "arab", "")):
        of_urdu = {
            n
            for n in record.Feature.LookupListIndex
            if any(old == "uni06F6" for part in table.LookupList.Lookup[n].SubTable for old, _ in _pairs(part))
        }
        record.Feature.LookupListIndex = [n for n in record.Feature.LookupListIndex if n not in of_urdu]


def _find_forms(table: Any, script: str, language: str) -> list[Any]:
    """Return the features `locl` of a language, or of all that are not named: its forms of letters and figures."""
    scripts = {record.ScriptTag: record.Script for record in table.ScriptList.ScriptRecord}
    if script not in scripts:
        return []
    systems = {record.LangSysTag: record.LangSys for record in scripts[script].LangSysRecord}
    systems[""] = scripts[script].DefaultLangSys
    features = systems[language].FeatureIndex if systems.get(language) else []
    records = [table.FeatureList.FeatureRecord[n] for n in features]
    return [record for record in records if record.FeatureTag == "locl"]


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


def make_naskh(font: Path, style: str) -> str:
    """Write the Arabic letters of Noto Naskh Arabic for print, and return its copyright.

    Fewer units to the em make every letter larger, and change nothing else. A line with an Arabic word in it is no
    higher than others. The family has a name of its own, as the original may be in an archive's folder of fonts.
    """
    options = subset.Options()
    options.hinting, options.recalc_timestamp = False, False
    options.layout_features, options.name_IDs = JOINING.split(), [0, 1, 2, 3, 4, 6, 13, 14]
    part: TTFont = subset.load_font(str(font), options)
    keep_persian_figures(part)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(ARABIC.replace(" ", ",")))
    subsetter.subset(part)
    part["head"].unitsPerEm = round(part["head"].unitsPerEm / NASKH_SCALE)
    part["OS/2"].sCapHeight = round(part["head"].unitsPerEm * CAPITALS)
    for record in part["name"].names:
        name = str(record).replace("Noto Naskh Arabic", "Press Naskh")
        record.string = name.replace("NotoNaskhArabic", "PressNaskh")
    subset.save_font(part, str(PRINT_FONTS / f"press-naskh-{style.lower()}.ttf"), options)
    return str(part["name"].getDebugName(0))


def make_print_fonts(folder: Path) -> None:
    """Write the Arabic fonts for print and their licence, whose terms are the same for all fonts here."""
    files = folder / "usr" / "share" / "fonts" / "truetype" / "noto"
    _, owner = (make_naskh(files / f"NotoNaskhArabic-{style}.ttf", style) for style in ("Regular", "Bold"))
    licence = folder / "node_modules" / "@expo-google-fonts" / "vollkorn" / "LICENSE_FONT"
    _, _, terms = licence.read_text(encoding="utf-8").partition("\n")
    (PRINT_FONTS / "OFL-noto-naskh-arabic.txt").write_text(f"{owner}\n{terms}", encoding="utf-8")


if __name__ == "__main__":
    FONTS.mkdir(exist_ok=True)
    packages = Path(sys.argv[1], "node_modules", "@expo-google-fonts")
    make_print_fonts(Path(sys.argv[1]))
    for face in FACES:
        folder = packages / face.source
        (whole,) = folder.glob("*.ttf")
        for script in face.scripts:
            make_part(whole, face, script)
        family = face.source.partition("/")[0]
        licence = (packages / family / "LICENSE_FONT").read_text(encoding="utf-8")
        (FONTS / f"OFL-{family}.txt").write_text(licence, encoding="utf-8")
    for file in (*sorted(FONTS.iterdir()), *sorted(PRINT_FONTS.iterdir())):
        print(f"{file.stat().st_size:>7,} {file.name}")
