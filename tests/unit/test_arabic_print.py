"""Print in Arabic letters with the font of the press, read back with another program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from press.exports.export_input import ExportInput, ExportResult, Toolchain
from press.exports.make_exports import make_exports
from press.exports.printable import PRESS_FONTS, is_mostly_arabic
from tests.support.drawn_font import draw_font
from tests.support.export_inputs import elsewhere, leaflet, toolchain

pytestmark = pytest.mark.slow

REGULAR, BOLD = (PRESS_FONTS / f"press-naskh-{style}.ttf" for style in ("regular", "bold"))
PARAGRAPH = "قال العمال: الخبز حق للجميع، وليس سلعة في يد الشركة. "


def make(made: ExportInput, tools: Toolchain | None = None) -> ExportResult:
    done: ExportResult = elsewhere(make_exports, made, tools or toolchain())
    return done


def arabic(markdown: str, **facts: Any) -> ExportInput:
    return leaflet(markdown, **{"lang": "ar", "right_to_left": True, "title": "الخبز", **facts})


def fonts_in(file: Path, pdf: bytes) -> set[str]:
    """Return the names of the fonts in a PDF, without the letters that tell subsets apart."""
    file.write_bytes(pdf)
    with pikepdf.open(file) as opened:
        fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
        return {str(font.BaseFont).partition("+")[2].removesuffix("-Identity-H") for font in fonts}


def read_pages(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return "\n".join(page.get_textpage().get_text_range() for page in opened)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "الخبز حق للجميع، وليس سلعة في يد الشركة؛ فهل نصدق؟ الأسبوع إضراب لا مساءلة"),
        ("fa", "کارگران گچ پژوهش چپ ژاله آزادی ۱۲۳۴۵۶۷۸۹۰"),
        ("ur", "مزدوروں نے کہا روٹی سب کا حق ہے۔ لڑکے ڈاک میں بڑے"),
        ("ps", "ټول کارګران ښه ډوډۍ غواړي ړوند ځوان څوک ږغ لڼډ"),
        ("ckb", "ئازادی و نان بۆ هەموو کرێکاران ڵ ڕ ۆ ێ"),
    ],
)
def test_the_words_of_each_language_are_in_the_file(lang: str, text: str) -> None:
    """Fonts that build a letter of several glyphs look the same, and have it in the file once for each."""
    made = make(arabic(text, lang=lang))
    assert made.findings == ()
    for kind in ("pdf", "sheet"):
        assert set(text.split()) <= set(read_pages(made.files[kind]).split())


def test_headings_are_bold_and_nothing_is_slanted(tmp_path: Path) -> None:
    text = f"## ما نريده\n\n{PARAGRAPH} *جريدة العمال* Le Peuple 30 `أمر`\n\n### تفصيل\n\nنص[^1]\n\n[^1]: هامش."
    fonts = fonts_in(tmp_path / "a.pdf", make(arabic(text, summary="ملخص")).files["pdf"])
    assert {"PressNaskh-Regular", "PressNaskh-Bold", "LibertinusSerif-Regular"} <= fonts
    assert not any("Italic" in name or "DejaVu" in name for name in fonts)


def test_vocalised_verse_is_printed() -> None:
    made = make(arabic("إِذَا الشَّعْبُ يَوْمًا أَرَادَ الْحَيَاةَ  \nفَلَا بُدَّ أَنْ يَسْتَجِيبَ الْقَدَرْ\n\nاللّٰه ﷺ ﴿ه‍﴾"))
    assert made.findings == () and {"pdf", "sheet"} <= made.files.keys()


def test_a_long_text_has_a_booklet() -> None:
    made = make(arabic("\n\n".join(f"## الفصل {n}\n\n{PARAGRAPH * 12}[^{n}]" for n in range(1, 9))
                       + "\n\n" + "\n".join(f"[^{n}]: {PARAGRAPH}" for n in range(1, 9))))  # fmt: skip
    assert made.findings == () and {"pdf", "booklet"} <= made.files.keys()


def test_arabic_in_a_text_of_another_language_is_not_spelled_out() -> None:
    text = 'The leaflet <span lang="ar" dir="rtl">الخبز حق</span>, the paper *الخبز*.'
    made = make(leaflet(text, title="Bread and الخبز", summary="Of الخبز."))
    assert made.findings == ()
    read = read_pages(made.files["pdf"])
    assert read.count("الخبز") >= 4 and "[" not in read


def test_the_words_of_an_arabic_archive_are_printed_around_any_text(tmp_path: Path) -> None:
    made = make(replace(leaflet("Some words."), archive="أرشيف المناشير", archive_lang="ar"))
    assert made.findings == ()
    assert "أرشيف" in read_pages(made.files["pdf"])
    assert "PressNaskh-Regular" in fonts_in(tmp_path / "a.pdf", made.files["pdf"])


def test_a_font_of_the_archive_is_used_first(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    draw_font(folder / "own.ttf", "س")
    made = make(arabic("سسس"), toolchain(fonts=str(folder)))
    assert "OwnSans" in " ".join(fonts_in(tmp_path / "a.pdf", made.files["pdf"]))


@pytest.mark.parametrize("lang", ["ar", "ckb", "he"])
def test_a_text_begins_at_the_right_whether_typst_knows_its_language_or_not(lang: str) -> None:
    word = "שלום" if lang == "he" else "سلام"
    pdf = make(leaflet(word, lang=lang, right_to_left=True, title=word)).files["pdf"]
    with pypdfium2.PdfDocument(pdf) as opened:
        left, _, right, _ = opened[0].get_textpage().get_charbox(0)
        assert (left + right) / 2 > opened[0].get_width() * 0.7


@pytest.mark.parametrize(
    ("text", "mostly"),
    [
        (PARAGRAPH, True),
        ("نُوَزِّعُ جريدة Peuple", True),
        ("The paper الخبز of 1952", False),
        ("שלום", False),
        ("1952", False),
    ],
)
def test_a_text_mostly_in_arabic_has_more_space_between_its_lines(text: str, mostly: bool) -> None:
    assert is_mostly_arabic(text) is mostly


@pytest.mark.parametrize("file", [REGULAR, BOLD], ids=["regular", "bold"])
def test_the_font_joins_letters_and_an_arabic_word_leaves_the_lines_even(file: Path) -> None:
    with TTFont(file) as font:
        features = {f.FeatureTag for table in ("GSUB", "GPOS") for f in font[table].table.FeatureList.FeatureRecord}
        assert {"ccmp", "init", "medi", "fina", "rlig", "liga", "locl", "mark", "mkmk"} <= features
        assert round(font["OS/2"].sCapHeight / font["head"].unitsPerEm, 2) == 0.64
        assert "Noto" not in font["name"].getBestFamilyName()
    assert file.stat().st_size < 150_000


@pytest.mark.parametrize(("lang", "own"), [("", True), ("FAR ", True), ("URD ", False)])
def test_persian_figures_are_not_those_of_urdu(lang: str, own: bool) -> None:
    with TTFont(REGULAR) as font:
        table, six = font["GSUB"].table, font.getBestCmap()[ord("۶")]
        (script,) = (record.Script for record in table.ScriptList.ScriptRecord if record.ScriptTag == "arab")
        systems = {record.LangSysTag: record.LangSys for record in script.LangSysRecord} | {"": script.DefaultLangSys}
        features = [table.FeatureList.FeatureRecord[n] for n in systems[lang].FeatureIndex]
        lookups = {n for f in features if f.FeatureTag == "locl" for n in f.Feature.LookupListIndex}
        changed = {glyph for n in lookups for part in table.LookupList.Lookup[n].SubTable for glyph in part.mapping}
        assert (six not in changed) is own
