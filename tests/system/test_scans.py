"""Scans are read by tesseract into drafts; skipped where it, or a language, is not installed."""

from __future__ import annotations

import functools
import io
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter

import pelicanconf
from press.diagnostics import Level
from press.editor.importing.data_model import Confidence, ImportSettings, RecognisedText
from press.editor.importing.recognise_text import recognise_pictures, recognise_text
from press.editor.importing.source_files import find_sources
from tests.support.pdf_pages import flow, place_lines, typeset_pdf
from tests.unit.test_import_pdf import BREAD, ROOM, WATER

TESSERACT = shutil.which("tesseract") or ""
LANGUAGES = (
    subprocess.run([TESSERACT, "--list-langs"], capture_output=True, text=True, check=False).stdout.split()
    if TESSERACT
    else []
)
pytestmark = [
    pytest.mark.system,
    pytest.mark.slow,
    pytest.mark.skipif("eng" not in LANGUAGES, reason="tesseract is not installed, or not its English"),
]
needs_french = pytest.mark.skipif("fra" not in LANGUAGES, reason="tesseract’s French is not installed")

EXTENSIONS = tuple(pelicanconf.MARKDOWN["extensions"])
CONFIGS = json.dumps(pelicanconf.MARKDOWN["extension_configs"])

FRENCH = (
    "Le pain de la ville est cuit pendant la nuit, et celui qui le cuit dort le jour. Personne parmi ceux qui le "
    "mangent le matin ne demande dans quelle cave il a été fait, ni à quelle heure le feu a été allumé. "
)
SHEET = (
    "#set page(width: 105mm, height: 120mm, margin: 8mm)\n"
    "#set text(size: 9pt, hyphenate: false)\n"
    "#set par(justify: true, first-line-indent: 1.2em, spacing: 0.65em)\n"
)
RESOLUTION = 150


def options(*, lang: str = "en", ocr: bool = False) -> ImportSettings:
    """English is named where the language is no matter: several at once take three times as long."""
    return ImportSettings("en", "2026-11-23", lang, EXTENSIONS, CONFIGS, ocr=ocr)


@functools.cache
def typeset(text: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return typeset_pdf(Path(folder), SHEET + text)


def scan(text: str, *, turn: float = 0.4, spoilt: str = "") -> list[Image.Image]:
    """Set a text, and draw its pages as a scanner does: grey, blurred, askew; scratch out a `spoilt` word."""
    pictures = []
    for page in pypdfium2.PdfDocument(typeset(text)):
        drawn = page.render(scale=RESOLUTION / 72, grayscale=True).to_pil().convert("L")
        if spoilt:
            scratch_out(drawn, page, spoilt)
        turned = drawn.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC)
        pictures.append(turned.filter(ImageFilter.GaussianBlur(0.4)))
    return pictures


def scratch_out(picture: Image.Image, page: pypdfium2.PdfPage, word: str) -> None:
    """Draw slanted strokes over a word."""
    textpage = page.get_textpage()
    start, count = textpage.search(word).get_next()
    boxes = [textpage.get_charbox(at) for at in range(start, start + count)]
    scale = RESOLUTION / 72
    left, right = boxes[0][0] * scale, boxes[-1][2] * scale
    top, bottom = ((page.get_height() - max(b[3] for b in boxes)) * scale, (page.get_height() - boxes[0][1]) * scale)
    pen = ImageDraw.Draw(picture)
    for at in range(int(left), int(right), 7):
        pen.line((at, bottom + 1, at + 5, top - 1), fill=0, width=2)


def saved(pictures: list[Image.Image], form: str) -> bytes:
    written = io.BytesIO()
    more = {"save_all": True, "append_images": pictures[1:]} if len(pictures) > 1 else {}
    pictures[0].save(written, form, dpi=(RESOLUTION, RESOLUTION), **more)
    return written.getvalue()


def read(data: bytes, name: str, settings: ImportSettings | None = None) -> RecognisedText:
    found = recognise_text(data, name, settings or options())
    assert found.problems == []
    return found


def share_of(text: str, found: RecognisedText) -> float:
    """Return how many of the words of a text were read."""
    words = set(f"{found.title} {found.body}".split())
    return sum(word in words for word in text.split()) / len(text.split())


@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.jpg"), ("WEBP", "a.webp")])
def test_a_picture_of_a_page_is_read_as_a_draft(form: str, name: str) -> None:
    found = read(saved(scan(f"{BREAD}\n\n{ROOM}"), form), name)
    assert share_of(BREAD + ROOM, found) > 0.97
    assert dict(found.fields)["Status"] == ("draft",)
    assert any("not proof-read" in line for line in found.corrections)
    assert len(found.body.strip().split("\n\n")) == 2


def test_a_pdf_of_pictures_is_read_page_by_page() -> None:
    source = (
        f'#set page(numbering: "— 1 —", header: align(center)[The Bread of the Town])\n{(BREAD + ROOM + WATER) * 6}'
    )
    found = read(saved(scan(source), "PDF"), "a.pdf")
    assert share_of(BREAD + ROOM + WATER, found) > 0.97
    assert "{page" in found.body
    assert found.body.count("The Bread of the Town") <= 1


@pytest.mark.parametrize("quarters", [1, 2])
def test_a_page_laid_the_wrong_way_is_turned(quarters: int) -> None:
    (picture,) = scan(BREAD + ROOM)
    found = read(saved([picture.rotate(90 * quarters, expand=True)], "PNG"), "a.png")
    assert share_of(BREAD + ROOM, found) > 0.95


def test_a_picture_whose_camera_says_how_it_lies_is_turned() -> None:
    (picture,) = scan(BREAD + ROOM)
    exif = Image.Exif()
    exif[0x0112] = 6
    written = io.BytesIO()
    picture.rotate(90, expand=True).save(written, "JPEG", exif=exif, dpi=(RESOLUTION, RESOLUTION))
    assert share_of(BREAD + ROOM, read(written.getvalue(), "a.jpg")) > 0.95


def test_columns_of_a_scan_are_not_woven() -> None:
    found = read(saved(scan(f"#columns(2)[{BREAD * 3}\n\n{ROOM * 3}]", turn=0.3), "PNG"), "a.png")
    assert "bakes it sleeps by day" in " ".join(found.body.split())
    assert found.body.rindex("bread of the town") < found.body.index("rooms above")


def test_a_file_of_several_pictures_and_several_files_are_one_text() -> None:
    pictures = scan(f"{BREAD} #pagebreak() {ROOM}")
    several = read(saved(pictures, "TIFF"), "a.tif")
    apart = recognise_pictures([saved([picture], "PNG") for picture in pictures], "p-*.png", options())
    assert share_of(BREAD + ROOM, several) > 0.97
    assert share_of(BREAD + ROOM, apart) > 0.97
    assert several.body.count("{page") == apart.body.count("{page") == 1


def test_a_word_that_cannot_be_made_out_is_doubtful_and_its_neighbours_are_not() -> None:
    found = read(saved(scan(BREAD, spoilt="morning"), "PNG"), "a.png")
    (doubts,) = [note for note in found.notes if "doubtful" in note.message]
    assert doubts.confidence is Confidence.REVIEW
    count, total = (int(number) for number in re.findall(r"\d+", doubts.message)[:2])
    assert 1 <= count <= 3
    assert abs(total - len(BREAD.split())) <= 2
    shown = " ".join(found.body.split())
    assert re.search(r"eats it in the \S+( \S+)? asks in what cellar", shown)
    assert "“cellar”" not in doubts.message


@needs_french
@pytest.mark.parametrize("lang", ["", "fr-CA"])
def test_the_language_is_told_by_its_words_or_named(lang: str) -> None:
    found = read(saved(scan(FRENCH * 2), "PNG"), "a.png", options(lang=lang))
    assert found.lang == (lang or "fr")
    assert share_of(FRENCH, found) > 0.95
    assert any("fra)" in note.message for note in found.notes)


def test_a_language_that_is_not_installed_says_what_to_install() -> None:
    found = recognise_text(saved(scan(BREAD), "PNG"), "a.png", options(lang="vi"))
    (problem,) = found.problems
    assert "tesseract-ocr-vie" in problem.message


def test_pages_of_pictures_within_a_pdf_are_read_where_asked() -> None:
    pdf = pypdfium2.PdfDocument(place_lines([flow(BREAD * 4, 40, 80, 74)]))
    pdf.import_pages(pypdfium2.PdfDocument(saved(scan(ROOM * 3), "PDF")))
    written = io.BytesIO()
    pdf.save(written)
    named = read(written.getvalue(), "a.pdf")
    assert any("--ocr" in note.message for note in named.notes)
    assert "rooms above" not in named.body
    whole = read(written.getvalue(), "a.pdf", options(ocr=True))
    assert "rooms above" in whole.body
    assert dict(whole.fields)["Status"] == ("draft",)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n and no more", b"", b"words", saved([Image.new("L", (900, 900), 255)], "PNG")]
)
def test_what_has_no_letters_is_refused_in_a_line(data: bytes) -> None:
    (problem,) = recognise_text(data, "a.png", options()).problems
    assert problem.rule == "import-scan"


def test_pictures_of_a_folder_are_left_or_gathered_by_their_numbers(tmp_path: Path) -> None:
    for name in ("p-2.jpg", "p-10.jpg", "p-1.jpg", "cover.png", "b/001.tif", "b/002.tif", "a.txt"):
        file = tmp_path / "box" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"picture")
    left = find_sources(tmp_path / "box", tmp_path / "content")
    assert [name for _, name in left.texts] == ["a.txt"]
    assert {problem.level for problem in left.problems} == {Level.WARNING}
    assert all("--ocr" in problem.message for problem in left.problems)
    found = find_sources(tmp_path / "box", tmp_path / "content", ocr=True)
    assert [name for _, name in found.texts] == ["a.txt", "b/*.tif", "cover.png", "p-*.jpg"]
    assert [[path.name for path in pages] for pages in found.pages.values()] == [
        ["001.tif", "002.tif"],
        ["p-1.jpg", "p-2.jpg", "p-10.jpg"],
    ]
