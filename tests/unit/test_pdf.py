"""PDF, booklet and handout, read back with programs other than those that made them."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.diagnostics import Level
from press.exports import pdf as pdf_module
from press.exports.booklet import impose, order_pages, split_sheets
from press.exports.document import words_in
from press.exports.export_input import ExportInput, ExportResult, Picture, Toolchain
from press.exports.make_exports import make_exports
from press.exports.pdf import describe_text, set_pages, set_sheet
from press.exports.pictures import read_picture
from press.exports.printable import COVERAGE_FILE, Coverage, Face, SheetPlan, plan_sheet, read_coverage, read_wheel
from press.exports.spell_out import spell_out
from press.exports.typst_runs import count_pages, run_typst
from tests.conftest import ROOT
from tests.support.drawn_font import draw_font
from tests.support.export_inputs import document, elsewhere, leaflet, toolchain

POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext: apt-get install poppler-utils")
pytestmark = pytest.mark.slow

PARAGRAPH = "It is no coincidence that the bakers stood before the door, though the notice said otherwise. " * 6


def pages_of(markdown: str, **facts: object) -> bytes:
    made = leaflet(markdown, **facts)
    return elsewhere(set_pages, describe_text(made, document(made), toolchain()), toolchain())


def sheet_of(markdown: str, **facts: object) -> bytes:
    made = leaflet(markdown, **facts)
    return elsewhere(set_sheet, describe_text(made, document(made), toolchain()), toolchain())


def make(made: ExportInput, tools: Toolchain) -> ExportResult:
    done: ExportResult = elsewhere(make_exports, made, tools)
    return done


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def size(pdf: bytes) -> set[tuple[int, int]]:
    """Return the sizes of the pages in whole points."""
    return {tuple(round(float(side)) for side in page.mediabox[2:]) for page in opened(pdf).pages}


def words(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def many_words(pages: int) -> str:
    return "\n\n".join([f"{PARAGRAPH}"] * (pages * 4))


# Metadata.


def test_the_pages_are_tagged_titled_and_carry_their_fonts() -> None:
    with opened(pages_of("Some *words* in `type`.", title="The harbour", lang="fr-CA")) as pdf:
        assert pdf.docinfo["/Title"] == "The harbour"
        assert pdf.docinfo["/CreationDate"] == "D:20061024000000Z", "the day of the text, not the clock"
        assert str(pdf.Root.Lang) == "fr-CA"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        names = {str(font.BaseFont).partition("+")[2] for font in fonts}
        assert {"LibertinusSerif-Regular-Identity-H", "LibertinusSerif-Italic-Identity-H"} <= names
        described = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert all("/FontFile2" in font or "/FontFile3" in font for font in described)


def claims(pdf: bytes) -> dict[str, str]:
    """Return the standards that a PDF says it keeps to."""
    with opened(pdf) as made, made.open_metadata() as said:
        return {name: said[name] for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part") if name in said}


BOTH_STANDARDS = {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}


@pytest.mark.parametrize(
    ("markdown", "facts", "day"),
    [
        ("Bread.[^1]\n\n[^1]: A note.", {}, "20061024"),
        ("Bread 😀 ☭ → and *ffi* `x`.\n\n| a |\n|---|\n| b |", {"added": date(2011, 3, 4)}, "20110304"),
        ("זהו טקסט קצר", {"lang": "he", "right_to_left": True}, "20061024"),
        ("Хлеб и книги.", {"lang": "ru", "date": "undated"}, "20000101"),
    ],
)
def test_the_pages_are_for_screen_readers_and_for_archives(markdown: str, facts: dict[str, object], day: str) -> None:
    pages = pages_of(markdown, **facts)
    assert claims(pages) == BOTH_STANDARDS
    with opened(pages) as pdf:
        assert [intent.S for intent in pdf.Root.OutputIntents] == ["/GTS_PDFA1"]
        assert pdf.docinfo["/CreationDate"] == f"D:{day}000000Z"


def test_a_booklet_and_a_handout_claim_no_more_than_they_keep() -> None:
    assert claims(sheet_of("Words.")) == {"pdfuaid:part": "1"}
    with opened(impose(pages_of("Words."), "a4", "en")) as booklet:
        assert not {"/Metadata", "/OutputIntents", "/MarkInfo", "/StructTreeRoot"} & set(booklet.Root.keys())


def test_the_pages_of_a_booklet_are_drawn_with_the_same_bytes() -> None:
    with opened(pages := pages_of(many_words(2))) as pdf, opened(impose(pages, "a4", "en")) as booklet:
        drawn_on = [name.read_raw_bytes() for page in booklet.pages for name in page.Resources.XObject.values()]
        assert sorted(drawn_on) == sorted(page.Contents.read_raw_bytes() for page in pdf.pages)


@pytest.mark.parametrize(
    ("paper", "page", "sheet"), [("a4", (421, 595), (842, 595)), ("letter", (396, 612), (792, 612))]
)
def test_a_page_is_half_a_sheet(paper: str, page: tuple[int, int], sheet: tuple[int, int]) -> None:
    pages = pages_of("Words.", paper=paper)
    assert size(pages) == {page}
    assert size(impose(pages, paper, "en")) == {sheet}
    assert size(sheet_of("Words.", paper=paper)) == {sheet}
    assert size(sheet_of(many_words(2), paper=paper)) == {sheet[::-1]}


def test_a_booklet_asks_the_printer_for_both_sides_and_no_scaling() -> None:
    with opened(impose(pages_of("Words.", title="The harbour"), "a4", "en-GB")) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert (str(preferences.Duplex), str(preferences.PrintScaling)) == ("/DuplexFlipShortEdge", "/None")
        assert (str(pdf.Root.Lang), str(pdf.docinfo["/Title"])) == ("en-GB", "The harbour")


# Folding order.


def fold(count: int, most: int) -> list[int | None]:
    """Stack the sheets of each signature, fold them, and list the pages in reading order."""
    sides, leafed = list(order_pages(count, most)), list[int | None]()
    for sheets in split_sheets(count, most):
        leafed += fold_signature(sides[: 2 * sheets])
        sides = sides[2 * sheets :]
    assert not sides
    return leafed


def fold_signature(sides: list[tuple[int | None, int | None]]) -> list[int | None]:
    fronts, backs = sides[::2], sides[1::2]
    first_half = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    second_half = [page for front, back in zip(fronts, backs, strict=True) for page in (front[0], back[1])]
    return [*first_half, *reversed(second_half)]


def test_three_pages_on_one_sheet() -> None:
    assert list(order_pages(3)) == [(3, 1), (2, None)]


@given(st.integers(1, 400), st.integers(1, 12))
def test_a_folded_booklet_reads_in_order_with_the_last_page_at_the_back(count: int, most: int) -> None:
    leafed = fold(count, most)
    sheets = split_sheets(count, most)
    assert max(sheets) <= most
    assert max(sheets) - min(sheets) <= 1
    assert [page for page in leafed if page] == list(range(1, count + 1))
    assert leafed[-1] == count
    assert len(leafed) % 4 == 0
    assert leafed.count(None) < 4


def drawn_bars(printed: bytes) -> list[float]:
    """Return the height of the bar on each side that has one."""
    sides = [page.Contents.read_bytes() for page in opened(printed).pages]
    return [float(bar[1]) for side in sides for bar in [re.search(rb"0 g \S+ (\S+) \S+ \S+ re", side)] if bar]


def test_the_spines_of_several_signatures_are_marked_as_a_staircase() -> None:
    pages = pages_of(many_words(5))
    assert drawn_bars(impose(pages, "a4", "en")) == []
    bars = drawn_bars(impose(pages, "a4", "en", most=1))
    assert len(bars) == len(split_sheets(len(opened(pages).pages), 1)) > 1
    assert bars == sorted(set(bars), reverse=True)


@pytest.mark.parametrize("paragraphs", [*range(1, 24, 2), 40])
def test_no_booklet_has_more_than_one_blank_page(paragraphs: int) -> None:
    pages = pages_of("\n\n".join([PARAGRAPH] * paragraphs), publisher="The Harbour Press", origin="A box")
    assert count_pages(pages) == 1 or -count_pages(pages) % 4 <= 1


def test_what_is_one_page_has_no_booklet_and_what_is_more_than_a_sheet_no_handout() -> None:
    assert {"pdf", "sheet", "booklet"} - {*make(leaflet("Bread."), toolchain()).files} == {"booklet"}
    made = make(leaflet("\n\n".join([PARAGRAPH] * 60)), toolchain()).files
    assert {"pdf", "sheet", "booklet"} - {*made} == {"sheet"}


CHAPTERS = "\n\n".join(f"## Chapter {n}\n\n### Part {n}\n\n{PARAGRAPH * 3}\n\n{PARAGRAPH * 4}" for n in range(1, 8))


@pytest.mark.system
@POPPLER
def test_a_long_text_has_a_cover_and_contents_and_a_short_one_has_neither() -> None:
    facts = {"title": "The weavers", "authors": ("Ada Brennan",), "publisher": "The Harbour Press"}
    cover, contents, first, *_ = words(pages_of(CHAPTERS, **facts)).split("\f")
    assert " ".join(cover.split()) == "The weavers 24 October 2006 · Ada Brennan The Harbour Press"
    assert [line.split(" .")[0] for line in contents.split("\n") if line.startswith("Chapter")] == [
        f"Chapter {n}" for n in range(1, 8)
    ]
    assert "Contents" in contents
    assert first.lstrip().split("\n")[2].startswith("Chapter 1") or "Chapter 1" in first
    assert "Contents" not in words(pages_of("## A\n\n## B\n\n## C\n\n## D\n\n## E\n\nWords.", **facts))


@pytest.mark.system
@POPPLER
@pytest.mark.parametrize(("length", "count"), [(50, 1), (900, 4), (2_250, 12)])
def test_the_halves_of_a_printed_booklet_are_the_pages(length: int, count: int) -> None:
    pages = pages_of(" ".join(f"word{n}" for n in range(length)))
    found = len(opened(pages).pages)
    printed = [half for side in read_halves(impose(pages, "a4", "en")) for half in side]
    order = chain.from_iterable(order_pages(found))
    assert printed == [words_of_page(pages, number) if number else "" for number in order]
    assert found == count


def read_halves(printed: bytes) -> Iterator[tuple[str, str]]:
    for number in range(1, len(opened(printed).pages) + 1):
        at = ["-f", str(number), "-l", str(number), "-y", "0", "-H", "595"]
        left = words(printed, *at, "-x", "0", "-W", "421")
        right = words(printed, *at, "-x", "421", "-W", "421")
        yield " ".join(left.split()), " ".join(right.split())


def words_of_page(pages: bytes, number: int) -> str:
    return " ".join(words(pages, "-f", str(number), "-l", str(number)).split())


def test_a_right_to_left_text_is_folded_at_the_other_edge() -> None:
    pages = pages_of(many_words(1))
    ordinary, other = (opened(impose(pages, "a4", "he", right_to_left=turned)) for turned in (False, True))
    first = [pdf.pages[0].Contents.read_bytes().split(b"Q")[0].split()[-2] for pdf in (ordinary, other)]
    assert first == [f"/Page{count_pages(pages)}".encode(), b"/Page1"]


@POPPLER
def test_a_mark_of_a_note_stands_to_the_left_of_figures_and_latin_words_in_hebrew() -> None:
    text = "נמשכה 12[^a] ימים. המילה strike[^b] משמשת.\n\n[^a]: הערה\n[^b]: הערה"
    found = re.findall(
        r'xMin="([0-9.]+)"[^>]*>([^<]*)<', words(pages_of(text, lang="he", right_to_left=True), "-bbox")
    )
    left = {word: float(x) for x, word in reversed(found)}
    assert left["1"] < left["12"] < left["1"] + 10
    assert left["2"] < left["strike"] < left["2"] + 10


# Handouts, by length.


def test_a_short_text_is_printed_twice_on_a_sheet() -> None:
    pdf = sheet_of("Bread or nothing.")
    assert size(pdf) == {(842, 595)}
    assert len(opened(pdf).pages) == 1


def test_a_longer_text_fills_one_sheet() -> None:
    for length in (4, 6, 8):
        pdf = sheet_of("\n\n".join([PARAGRAPH] * length))
        assert len(opened(pdf).pages) == 1, length


def set_by_passes(markdown: str, plans: list[SheetPlan]) -> tuple[bytes | None, list[int]]:
    """Set a handout with these plans; return it, and how many plans each run of Typst had."""
    made, tools = leaflet(markdown), toolchain()
    data = describe_text(made, document(made), tools) | {"plans": plans}

    def watch() -> tuple[bytes | None, list[int]]:
        given: list[int] = []

        def run(tools: Toolchain, layout: str, data: dict[str, list[SheetPlan]]) -> bytes:
            given.append(len(data["plans"]))
            return run_typst(tools, layout, data)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(pdf_module, "run_typst", run)
            return set_sheet(data, tools), given

    done: tuple[bytes | None, list[int]] = elsewhere(watch)
    return done


TOO_LARGE = [SheetPlan("pair", 40 - size, 1) for size in range(9)]


@pytest.mark.parametrize(("number", "runs"), [(0, [1]), (1, [2]), (3, [4]), (4, [4, 1]), (9, [4, 4, 2])])
@pytest.mark.parametrize("layout", ["single", "double", "many"])
def test_a_plan_that_does_not_fit_leaves_no_trace(number: int, runs: list[int], layout: str) -> None:
    text, fits = "\n\n".join([PARAGRAPH] * (18 if layout == "many" else 4)), SheetPlan(layout, 9.2, 1)
    fits = fits._replace(most_pages=2) if layout == "many" else fits
    (alone, _), (made, given) = set_by_passes(text, [fits]), set_by_passes(text, [*TOO_LARGE[:number], fits])
    assert made == alone is not None
    assert given == runs


def test_a_handout_for_which_no_plan_is_small_enough_is_not_made() -> None:
    assert set_by_passes(PARAGRAPH * 3, TOO_LARGE) == (None, [4, 4, 1])


@pytest.mark.parametrize("paragraphs", [1, 3, 5, 8, 12, 30])
def test_only_the_last_plan_of_a_handout_takes_both_sides(paragraphs: int) -> None:
    plans = list(plan_sheet(document(leaflet("\n\n".join([PARAGRAPH] * paragraphs)))))
    assert [plan.most_pages for plan in plans] == [*[1] * (len(plans) - 1), 2]


def test_a_pair_of_the_size_that_takes_both_sides_still_has_one() -> None:
    made, _ = set_by_passes(PARAGRAPH * 8, [SheetPlan("pair", 9.2, 1), SheetPlan("single", 9.2, 1)])
    assert made is not None
    assert (count_pages(made), size(made)) == (1, {(595, 842)})


def test_a_text_too_long_for_a_page_takes_both_sides() -> None:
    pdf = sheet_of("\n\n".join([PARAGRAPH] * 18))
    assert size(pdf) == {(595, 842)}
    assert len(opened(pdf).pages) == 2


@pytest.mark.system
@POPPLER
def test_a_short_text_is_printed_twice_and_read_aloud_once() -> None:
    pdf = sheet_of("Bread or nothing.")
    assert words(pdf).count("Bread or nothing.") == 2
    with opened(pdf) as made:
        content = b"".join(page.Contents.read_bytes() for page in made.pages)
        assert content.count(b"/Artifact") > 1


def room_above_the_rule(pdf: bytes) -> int:
    """Return the points between the last line of text and the rule of the record, in the left half of a page."""
    from PIL import Image

    command = ["pdftoppm", "-r", "72", "-gray", "-singlefile", "-"]
    shown = Image.open(io.BytesIO(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout))
    half = shown.width // 2
    dark = [sum(shown.getpixel((x, y)) < 170 for x in range(half)) for y in range(shown.height)]
    rule = max(y for y, number in enumerate(dark) if number > 0.55 * half)
    return rule - max(y for y in range(rule - 1) if dark[y])


@pytest.mark.system
@POPPLER
@pytest.mark.parametrize(("paragraphs", "more"), [(1, 0), (3, 30), (4, 60)])
def test_the_rule_of_a_handout_keeps_its_distance_from_a_text_that_fills_the_page(paragraphs: int, more: int) -> None:
    """Fractional space swallowed the space before the rule."""
    text = "\n\n".join([*[PARAGRAPH] * paragraphs, "bread and coal " * more])
    assert room_above_the_rule(sheet_of(text)) >= 8


# Words.


@pytest.mark.system
@POPPLER
@pytest.mark.parametrize("length", range(1, 10))
def test_no_line_of_a_byline_begins_with_the_dot_between_two_names(length: int) -> None:
    authors = tuple(f"{'Bartholomew ' * (length % 4)}Featherstone{'n' * length} {n}" for n in range(12))
    for pdf in (pages_of("Words.", authors=authors), sheet_of("Words.", authors=authors)):
        lines = [line.strip() for line in words(pdf).split("\n")]
        assert not [line for line in lines if line.startswith("·")]
        assert sum(line.count("·") for line in lines) == 12 * (2 if size(pdf) == {(842, 595)} else 1)


@pytest.mark.system
@POPPLER
def test_the_words_on_the_page_are_those_of_the_text() -> None:
    text = (
        "The bakers[^1] — ‘all’ of them — “stood” there: 1,200 loaves.\n\n> Bread.\n\n- one\n- two\n\n[^1]: The note."
    )
    read = " ".join(words(pages_of(text)).split())
    for part in ("— ‘all’ of them — “stood” there: 1,200 loaves.", "Bread.", "one", "two", "The note."):
        assert part in read


@pytest.mark.parametrize(
    ("markdown", "facts"),
    [
        ("Bread.", {}),
        ("## One\n\n### Two\n\n#### Three\n\n##### Four\n\n###### Five", {}),
        ("#### Deep\n\n## High", {}),
        ("\n\n".join(f"Word[^{n}]." for n in range(300)) + "".join(f"\n\n[^{n}]: Note." for n in range(300)), {}),
        ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 30, {"lang": "de"}),
        ("x" * 400, {"title": "y" * 200}),
        ("זהו טקסט קצר", {"lang": "he", "right_to_left": True}),
        ("Ελληνικά и русский → ☭", {"lang": "el"}),
        ("#let x = 1 $ \\ @cite <label> *not* `#panic()` https://a.example//b", {"title": "#panic() $x$ *a* \\"}),
        ("> > deep\n\n1. a\n    - b\n\n            c\n\n| a[^1] |\n|---|\n\nT[^1]\n:   M\n\n[^1]: N\n\n    - o", {}),
        ("Word.", {"lang": "zxx-x", "authors": ("A", "B")}),
    ],
)
def test_any_text_is_set(markdown: str, facts: dict[str, object]) -> None:
    made = make(leaflet(markdown, **facts), toolchain())
    assert made.findings == ()
    assert {"pdf", "epub", "txt", "bib", "ris", "json"} <= set(made.files)


def test_the_same_text_is_the_same_file() -> None:
    first, again = (make(leaflet(PARAGRAPH), toolchain()).files for _ in range(2))
    assert first == again


# What cannot be printed.


def finding(made: ExportResult) -> tuple[Level, str, str]:
    (found,) = made.findings
    return found.level, found.rule, found.words


@pytest.mark.parametrize(
    ("markdown", "facts", "character"),
    [("Bread 麵包.", {}, "麵"), ("สวัสดี", {"lang": "th"}, "ส"), ("Bread.", {"title": "麵"}, "麵")],
)
def test_a_text_in_a_script_that_no_font_has_is_not_printed(
    markdown: str, facts: dict[str, object], character: str
) -> None:
    made = make(leaflet(markdown, **facts), toolchain())
    level, rule, reported = finding(made)
    assert (level, rule, reported) == (Level.WARNING, "glyph", character)
    assert set(made.files) == {"epub", "txt", "bib", "ris", "json"}
    assert f"(U+{ord(character):04X} " in made.findings[0].message


@POPPLER
@pytest.mark.parametrize(
    ("markdown", "facts", "spelled"),
    [
        ("Bread.", {"authors": ("陳獨秀",)}, "[Chen Duxiu]"),
        ("A long line of bread from 北京.", {"authors": ("鲁迅",)}, "from [Beijing]."),
        ("Bread.", {"authors": ("鲁迅",)}, "[Lu Xun]"),
        ("A long line of bread, said 麵 and no more.", {}, "[Mian]"),
        ("A long line of bread, said `麵` and no more.", {}, "[Mian]"),
        ("A long line of bread, said *麵*[^1] and no more.\n\n[^1]: Wheat.", {}, "[Mian]"),
        ("A long line of bread.", {"summary": "Of 麵"}, "[Mian]"),
        ("A long line of bread with \N{CUNEIFORM SIGN A} in it.", {}, "[cuneiform sign a]"),
    ],
)
def test_a_name_in_another_script_is_spelled_out_in_print(
    markdown: str, facts: dict[str, object], spelled: str
) -> None:
    made = make(leaflet(markdown, **facts), toolchain())
    assert finding(made)[:2] == (Level.WARNING, "glyph")
    for kind in ("pdf", "sheet"):
        assert spelled in " ".join(words(made.files[kind]).split())


@pytest.mark.parametrize(
    ("characters", "spelled"),
    [
        ("北京", "[Beijing]"),
        ("延安", "[Yan’an]"),
        ("陈独秀", "[Chen Duxiu]"),
        ("欧阳修", "[Ouyang Xiu]"),
        ("鲁迅", "[Lu Xun]"),  # the author
        ("巴金", "[Ba Jin]"),  # the translator
        ("毛", "[Mao]"),
        ("中华人民共和国", "[Zhong Hua Ren Min Gong He Guo]"),
        ("北京、上海", "[Beijing, Shanghai]"),
        ("三〇", "[San 0]"),
        ("ひらがな", "[hiragana]"),
        ("東京の", "[Dong Jing no]"),
        ("𠀀𠀁", "[cjk unified ideograph-20000, cjk unified ideograph-20001]"),
    ],
)
def test_chinese_is_spelled_as_pinyin_joins_it(characters: str, spelled: str) -> None:
    made = leaflet(f"Of {characters}.", authors=("鲁迅",), translators=("巴金 (1904–2005)",))
    _, read = spell_out(made, document(made), sorted({*characters, *"鲁迅巴金"}))
    assert words_in(read.blocks).strip() == f"Of {spelled}."


@pytest.mark.parametrize("sign", "☭✊🙂⚒★☆⚑🏴☮☠⚠🌹→✓")
def test_signs_are_printed(sign: str) -> None:
    made = make(leaflet(f"Come to the hall {sign} on *Sunday {sign}* at **noon {sign}**."), toolchain())
    assert not made.findings and {"pdf", "sheet"} <= made.files.keys()


def test_an_oblique_face_without_the_letters_is_no_reason_not_to_print_upright_scripts() -> None:
    letters = frozenset(map(ord, "سلام"))
    faces = [Face("Own", False, 400, letters), Face("Own", True, 400, frozenset()), Face("Own", False, 700, letters)]
    coverage = Coverage(json.loads(COVERAGE_FILE.read_text(encoding="utf-8"))["faces"], faces)
    text = document(leaflet("*سلام* **سلام**"))
    assert coverage.find_missing(text, [("Italic", "سلام")]) == ["س", "ل", "ا", "م"]
    assert coverage.find_missing(text, [("Italic", "سلام")], upright=True) == []


def test_a_warning_names_a_font_for_the_script() -> None:
    (found,) = make(leaflet("สวัสดี", lang="th"), toolchain()).findings
    assert "Noto Serif Thai" in found.message and "fonts-noto-core" in found.message


def test_an_additional_font_lets_the_text_be_printed(tmp_path: Path) -> None:
    draw_font(tmp_path / "own.ttf", "麵")
    made = make(leaflet("Bread is 麵."), toolchain(fonts=str(tmp_path)))
    assert made.findings == ()
    with opened(made.files["pdf"]) as pdf:
        names = [str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()]
    assert any("OwnSans" in name for name in names)


@pytest.mark.system
@POPPLER
@pytest.mark.parametrize("columns", [9, 30])
def test_a_table_of_any_width_is_printed_whole(columns: int) -> None:
    heads = "|".join(f" long-heading-{n} " for n in range(columns))
    rows = "|".join(f" word-{n} " for n in range(columns))
    made = f"| {heads} |\n{'|---' * columns}|\n| {rows} |"
    for pdf in (pages_of(made), sheet_of(made)):
        read = re.sub(r"[\s\N{SOFT HYPHEN}-]", "", words(pdf))
        for n in range(columns):
            assert f"longheading{n}:word{n}" in read
        ((width, _),) = size(pdf)
        assert max(right_edges(pdf)) < width


@pytest.mark.system
@POPPLER
@pytest.mark.parametrize("columns", [3, 8, 11, 30])
def test_amounts_stay_on_one_line_in_a_table_of_any_width(columns: int) -> None:
    head = f"| Item |{' Year |' * columns}\n|---|{'---:|' * columns}\n"
    amounts = [f"{n}s. 11d." for n in range(20, 20 + columns)]
    text = f"Words.\n\n{head}| Milk for the children and their mothers | {' | '.join(amounts)} |"
    for pdf in (pages_of(text), sheet_of(text)):
        printed = words(pdf, "-layout")
        lines = [re.sub(r" +", " ", line) for line in printed.split("\n")]
        assert not [amount for amount in amounts if not any(amount in line for line in lines)]
        assert max(right_edges(pdf)) < next(iter(size(pdf)))[0] - 15 * 72 / 25.4


@pytest.mark.system
@POPPLER
def test_a_long_cell_aligned_right_is_no_amount() -> None:
    text = f"| a | b |\n|---|---:|\n| c | {'word ' * 60} |"
    assert max(right_edges(pages_of(text))) < 421 - 40


def right_edges(pdf: bytes) -> list[float]:
    """Return where each word ends, in points from the left."""
    return [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', words(pdf, "-bbox"))]


@pytest.mark.system
@POPPLER
@pytest.mark.parametrize("before", ["", "> ", "- "])
@pytest.mark.parametrize("run", ["." * 113, "/a-b" * 40, "x" * 200, "e\N{COMBINING ACUTE ACCENT}" * 90])
def test_a_long_line_of_code_is_printed_whole_within_its_column(before: str, run: str) -> None:
    """It ran off the page, and in a handout into the second copy."""
    inner = before.replace("-", " ")
    made = f"{before}```\n{inner}NAME {run}\n{inner}```\n\nWords `{run}` end."
    for pdf, copies in ((pages_of(made), 1), (sheet_of(made), 2)):
        ((width, height),) = size(pdf)
        part = width // copies
        for left in range(0, copies * part, part):
            column = ["-x", str(left + 40), "-W", str(part - 80), "-y", "0", "-H", str(height)]
            read = re.sub(r"[\s\N{ZERO WIDTH SPACE}]", "", words(pdf, *column))
            assert f"NAME{run}Words{run}end." in read
        assert max(right_edges(pdf)) < width - 40


@pytest.mark.system
@POPPLER
def test_paper_shows_where_a_link_leads_unless_its_words_do() -> None:
    url = "https://example.org/a/very/long/path/that/goes/on-and-on/" + "x" * 90
    text = f"See [here]({url}), [there](https://b.example/), <https://c.example/>, [part](#p).[^1]\n\n[^1]: [N](https://n.example/)."
    for pdf in (pages_of(text), sheet_of(text)):
        read = re.sub(r"[\s\N{ZERO WIDTH SPACE}]", "", words(pdf))
        assert url.removeprefix("https://") in read
        assert read.count("b.example") >= 1
        assert "N(n.example)" in read
        assert "#p" not in read
        assert read.count("c.example") == (2 if size(pdf) == {(842, 595)} else 1)  # a handout has two copies


@pytest.mark.system
@POPPLER
def test_stanzas_keep_their_distance_and_turned_lines_are_indented() -> None:
    long_line = "The boats came in at fall of tide and all the women of the lower town stood waiting on the quay"
    stanzas = (f"{long_line}  \nThe nets were torn.", "Alone.", "Ours is the harbour,  \nours the fleet.")
    text = "\n\n".join(["First words.", *stanzas, "Prose."])
    for pdf in (pages_of(text), sheet_of(text)):
        found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)<', words(pdf, "-bbox"))
        place = {word: (float(x), float(y)) for x, y, word in reversed(found)}
        assert place["Ours"][0] == place["Alone."][0] == place["Nets" if "Nets" in place else "The"][0]
        line = place["ours"][1] - place["Ours"][1]
        assert place["Alone."][1] - place["nets"][1] > 1.3 * line
        assert place["Ours"][1] - place["Alone."][1] > 1.3 * line
        turned = min(x for word, (x, y) in place.items() if 1 < y - place["boats"][1] < 1.5 * line)
        assert turned > place["Ours"][0] + 5


def test_the_coverage_is_that_of_the_wheel() -> None:
    kept = json.loads(COVERAGE_FILE.read_text(encoding="utf-8"))
    assert kept["typst"] == version("typst"), "run: python -m press.exports.printable"
    assert {face: [tuple(span) for span in spans] for face, spans in kept["faces"].items()} == elsewhere(read_wheel)


def test_typst_agrees_with_the_coverage() -> None:
    every = read_coverage().everywhere
    some = [chr(point) for point in sorted(every) if chr(point).isprintable() and not chr(point).isspace()][::7]
    text = " ".join(some).replace("\\", "").replace("`", "").replace("[", "").replace("<", "")
    assert make(leaflet(f"{text} *{'é'}*"), toolchain()).findings == ()


# Pictures.


def with_picture(folder: Path, name: str, data: bytes, alt: str = "A loaf") -> ExportResult:
    (folder / "images").mkdir()
    (folder / "images" / name).write_bytes(data)
    made = leaflet(f"Words ![{alt}](https://archive.example/{name}) and\n\n![{alt}](https://archive.example/{name})",
                  pictures=(Picture(f"https://archive.example/{name}", f"images/{name}", "0" * 64),))  # fmt: skip
    return make(made, toolchain(str(folder)))


def drawn(width: int, height: int, form: str, mode: str = "RGB", colour: object = "navy") -> bytes:
    from PIL import Image

    data = io.BytesIO()
    Image.new(mode, (width, height), colour).save(data, form)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "form", "width", "height"),
    [("a.png", "PNG", 3000, 200), ("a.jpg", "JPEG", 30, 3000), ("a.gif", "GIF", 20, 20), ("a.webp", "WEBP", 20, 20)],
)
@pytest.mark.parametrize("alt", ["A loaf", ""])
def test_pictures_of_any_shape_are_set(
    name: str, form: str, width: int, height: int, alt: str, tmp_path: Path
) -> None:
    made = with_picture(tmp_path, name, drawn(width, height, form), alt)
    assert made.findings == ()
    with opened(made.files["pdf"]) as pdf:
        assert sum(len(page.get_images()) for page in pdf.pages) >= 1


def test_a_picture_in_printing_inks_is_set_though_archives_want_colours(tmp_path: Path) -> None:
    made = with_picture(tmp_path, "a.jpg", drawn(30, 30, "JPEG", "CMYK", (10, 20, 30, 40)))
    assert made.findings == ()
    assert claims(made.files["pdf"]) == {"pdfuaid:part": "1"}


@pytest.mark.parametrize(
    ("form", "mode", "colour"),
    [("PNG", "RGBA", (9, 9, 9, 90)), ("PNG", "1", 1), ("PNG", "P", 3), ("WEBP", "RGBA", (9, 9, 9, 90)),
     ("GIF", "P", 3), ("JPEG", "L", 9), ("AVIF", "RGBA", (9, 9, 9, 90))],
)  # fmt: skip
def test_a_picture_with_transparent_parts_is_for_archives_too(
    form: str, mode: str, colour: object, tmp_path: Path
) -> None:
    made = with_picture(tmp_path, f"a.{form.lower().replace('jpeg', 'jpg')}", drawn(30, 30, form, mode, colour))
    assert claims(made.files["pdf"]) == BOTH_STANDARDS


def test_a_drawing_is_set(tmp_path: Path) -> None:
    loaf = (ROOT / "tests" / "sample" / "images" / "loaf.svg").read_bytes()
    made = with_picture(tmp_path, "loaf.svg", loaf)
    assert made.findings == ()
    assert claims(made.files["pdf"]) == BOTH_STANDARDS


@pytest.mark.parametrize(
    ("name", "data", "reported"),
    [
        ("a.png", b"no picture", "images/a.png is damaged"),
        ("a.avif", b"no picture", "images/a.avif is damaged"),
        ("a.avif", drawn(300, 200, "AVIF")[:-40], "images/a.avif is damaged"),
        ("a.png", b"x" * 20_000_001, "images/a.png has 20,000,001 bytes"),
        ("a.png", drawn(10_000, 6_000, "PNG"), "images/a.png has 10,000 × 6,000 pixels"),
    ],
    ids=["damaged", "damaged avif", "cut avif", "heavy", "huge"],
)
def test_a_picture_that_cannot_be_set_stops_the_build(name: str, data: bytes, reported: str, tmp_path: Path) -> None:
    made = with_picture(tmp_path, name, data)
    assert finding(made) == (Level.ERROR, "picture", name)
    assert made.findings[0].message.startswith(reported)


def test_a_picture_that_typst_cannot_read_is_converted(tmp_path: Path) -> None:
    made = with_picture(tmp_path, "a.avif", drawn(300, 200, "AVIF"))
    assert made.findings == ()
    with opened(made.files["pdf"]) as pdf:
        assert sum(len(list(find_pictures(page.obj))) for page in pdf.pages) >= 1
    with zipfile.ZipFile(io.BytesIO(made.files["epub"])) as book:
        assert book.read("EPUB/images/000000000000.jpg").startswith(b"\xff\xd8")


def find_pictures(holder: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Find pictures in a page and in the drawings on it."""
    for drawing in holder.get("/Resources", {}).get("/XObject", {}).values():
        if drawing.Subtype == "/Image":
            yield drawing
        yield from find_pictures(drawing)


def test_transparent_parts_of_a_picture_are_white_in_print(tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "a.avif").write_bytes(drawn(8, 8, "AVIF", mode="RGBA", colour=(0, 0, 0, 0)))
    data = read_picture(Picture("", "a.avif", ""), str(tmp_path))
    assert Image.open(io.BytesIO(data)).getpixel((4, 4)) == (255, 255, 255)


# Page furniture.


@POPPLER
@pytest.mark.system
@pytest.mark.parametrize(
    ("title", "head"),
    [("Bread", "Bread"), ("x" * 80, f"{'x' * 50}…"), ("Bread " * 20, f"{' '.join(['Bread'] * 11)}…")],
)
def test_the_running_head_is_the_shortened_title(title: str, head: str) -> None:
    pages = pages_of(many_words(2), title=title)
    assert words(pages, "-f", "2", "-l", "2").split("\n")[0] == head


@POPPLER
@pytest.mark.system
def test_the_record_of_a_text_does_not_run_into_the_qr_code() -> None:
    """The checksum that `inv import` writes is longer than a line, and the QR code is to the right of the record."""
    source = f"War/{'garrison_' * 12}.txt (sha256 {'830b6d06c3b31721' * 4})"
    page = words(pages_of("Words.", origin=source, notes="x" * 80), "-bbox")
    ends = [float(end) for end in re.findall(r'xMax="([\d.]+)"', page)]
    assert max(ends) * 25.4 / 72 <= (148 + 106) / 2 - 19 - 6


@POPPLER
@pytest.mark.system
def test_the_pages_of_a_sheet_are_numbered_where_there_is_more_than_one() -> None:
    long, short = sheet_of("\n\n".join([PARAGRAPH] * 18)), sheet_of(many_words(1))
    assert [words(long, "-f", page, "-l", page).split()[-1] for page in ("1", "2")] == ["1", "2"]
    assert words(short).split()[-1] != "1"


def test_one_more_character_without_a_glyph_is_counted_as_one() -> None:
    made = make(leaflet("麵 包"), toolchain())
    assert " and another character are not in the fonts" in made.findings[0].message


def test_links_to_the_text_itself_have_no_address_and_an_address_is_named_once() -> None:
    from press.exports.pdf import _write_tree

    links = [f"[w{n}](https://l.example/{n % 30})" for n in range(60)]
    made = document(leaflet(f"{' '.join(links)} [part](#p) [a@b.example](mailto:a@b.example)"))
    written = _write_tree(made, "https://archive.example/leaflets/a/")
    assert [mark for mark, _ in written["links"]][:2] == ["a", "b"]
    assert [mark for mark, _ in written["links"]][25:28] == ["z", "aa", "ab"]
    assert len(written["links"]) == 30


@pytest.mark.system
@POPPLER
@pytest.mark.parametrize("paragraphs", [1, 9])
def test_a_record_longer_than_a_page_is_printed_whole(paragraphs: int) -> None:
    corrections = tuple(f"correction{n}" for n in range(90))
    pages = pages_of("\n\n".join([PARAGRAPH] * paragraphs), corrections=corrections)
    assert set(corrections) <= set(words(pages).split())


# Notes.


def feet(text: str) -> list[str]:
    return re.findall(r"^ *(\d+) note", text, re.MULTILINE)


@POPPLER
def test_the_numbers_of_notes_are_in_order_though_a_note_has_a_note() -> None:
    notes = "[^a]: note, see[^c]\n[^b]: note\n[^c]: note, see[^a]"
    text = words(pages_of(f"One[^a].\n\nTwo[^b].\n\n{notes}"), "-layout")
    assert sorted(feet(text)) == ["1", "2", "3"]
    assert text.index("1 note, see3") < text.index("2 note")
    assert text.index("Two2") < text.index("3 note, see1")


@POPPLER
def test_the_head_of_a_table_of_several_pages_may_have_notes_and_links() -> None:
    rows = "\n".join(f"| row {n} | d |" for n in range(80))
    text = words(pages_of(f"| A[^a] | [b](https://a.example/) |\n|---|---|\n{rows}\n\n[^a]: note"), "-layout")
    assert (text.count("A1"), feet(text)) == (1, ["1"])


@POPPLER
def test_a_note_in_the_head_of_a_table_of_stacked_rows_is_printed_once() -> None:
    heads = "|".join(f" A heading of many words {n} " for n in range(11))
    row = "|".join([""] + ["incomprehensibilities"] * 10)
    text = words(pages_of(f"|{heads[:-1]}[^a] |\n{'|---' * 11}|\n|{row}|\n|{row}|\n\n[^a]: note"), "-layout")
    assert feet(text) == ["1"]


def find_in_order(text: str, *parts: str) -> bool:
    """Tell whether the parts are in a text, one after another."""
    places = [text.index(part) for part in parts]
    return places == sorted(places)


@POPPLER
def test_the_notes_of_a_single_page_are_right_below_the_text_and_the_record_is_last() -> None:
    text = "Bread[^a], see [here](https://h.example/).\n\nCoal[^b].\n\n[^a]: First words.\n[^b]: Second words."
    pdf = pages_of(text)
    shown = " ".join(words(pdf, "-layout").split())
    assert find_in_order(shown, "Bread1", "Coal2", "1 First", "2 Second", "a h.", "The Archive", "Address")
    places = re.findall(r'yMin="([\d.]+)"[^>]*>([^<]*)<', words(pdf, "-bbox"))
    top = {word.rstrip(".12"): float(place) for place, word in places}
    assert top["First"] - top["Coal"] < 40 < top["Archive"] - top["Second"]


@POPPLER
@pytest.mark.parametrize("paragraphs", [4, 12, 14])
def test_the_record_is_below_the_notes_of_the_last_page(paragraphs: int) -> None:
    text = "\n\n".join([*[PARAGRAPH] * paragraphs, "The end[^a].\n\n[^a]: Last note."])
    pages = words(pages_of(text), "-layout").rstrip("\f").split("\f")
    assert find_in_order("\n".join(pages), "The end1", "1 Last note", "The Archive", "Address")
