"""Import of PDF: reading order, paragraphs, notes, page marks, the proof, and what is refused."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import pelicanconf
from press.editor.importing.data_model import ImportSettings, RecognisedText
from press.editor.importing.pdf.page_lines import PageChange
from press.editor.importing.pdf.pdf_faults import MOST_PAGES
from press.editor.importing.pdf.pdf_proof import account_for_words
from press.editor.importing.recognise_text import recognise_text
from press.editor.importing.scan.read_scans import note_doubtful_words
from press.editor.importing.scan.tesseract import ScanFault, ScannedWord, choose_languages
from tests.support.pdf_pages import Placed, flow, place_lines, save_pdf, typeset_pdf

EXTENSIONS = tuple(pelicanconf.MARKDOWN["extensions"])
CONFIGS = json.dumps(pelicanconf.MARKDOWN["extension_configs"])

BREAD = (
    "The bread of the town is baked at night, and whoever bakes it sleeps by day. Nobody who eats it in the morning "
    "asks in what cellar it was made, at what hour the fire was lit, or what the man was paid who carried the flour. "
)
ROOM = (
    "The rooms above the bakery are let by the week to those who cannot pay by the month. Each has a window, and "
    "each window looks upon the wall of the next house, so that the lamp is lit at noon in every month but one. "
)
WATER = (
    "Water is fetched from the pump in the yard, which freezes in January and runs dry in August. The landlord was "
    "asked for a pipe, and sent a letter about the price of lead. "
)
HALF_SHEET = '#set page(width: 148mm, height: 210mm, margin: 18mm)\n#set text(lang: "en", size: 10pt)\n'
JUSTIFIED = "#set par(justify: true)\n"
PROSE = "#set par(justify: true, first-line-indent: 1.2em, spacing: 0.65em)\n"


def read(data: bytes, name: str = "a.pdf", *, ocr: bool = False) -> RecognisedText:
    return recognise_text(data, name, ImportSettings("en", "2026-11-23", "", EXTENSIONS, CONFIGS, ocr=ocr))


def body_of(data: bytes) -> str:
    found = read(data)
    assert found.problems == []
    return found.body


def reviews(found: RecognisedText) -> str:
    return "\n".join(f"{note.topic}: {note.message}" for note in found.notes if note.confidence == 2)


def words_of(text: str) -> list[str]:
    return re.sub(r"\{page[^}]*\}|<br>|[*#\\]|\[\^\d+\]:?", " ", text).split()


# Reading order

HEAD: list[Placed] = [(40, 50, "On Bread, Rooms and Water", 18, "bold")]
LEFT, RIGHT = 40, 220


def test_two_columns_are_read_one_after_the_other_below_a_heading_over_both() -> None:
    page = [*HEAD, *flow(BREAD * 2, LEFT, 100, 38), *flow(ROOM * 2, RIGHT, 100, 38)]
    found = read(place_lines([page]))
    assert found.title == "On Bread, Rooms and Water"
    assert words_of(found.body) == (BREAD * 2 + ROOM * 2).split()


@pytest.mark.parametrize("shift", [0, 4, 7])
def test_columns_whose_lines_are_not_level_are_not_woven(shift: int) -> None:
    page = [*flow(BREAD * 2, LEFT, 100, 38), *flow(ROOM * 2, RIGHT, 100 + shift, 38)]
    assert words_of(body_of(place_lines([page]))) == (BREAD * 2 + ROOM * 2).split()


@pytest.mark.parametrize("turned", [False, True])
def test_columns_are_read_in_order_whatever_order_the_file_has_them_in(turned: bool) -> None:
    columns = [flow(BREAD * 2, LEFT, 100, 38), flow(ROOM * 2, RIGHT, 100, 38)]
    page = [*columns[turned], *columns[not turned]]
    assert words_of(body_of(place_lines([page]))) == (BREAD * 2 + ROOM * 2).split()


def test_lines_of_two_columns_drawn_in_turn_are_set_apart() -> None:
    pairs = zip(flow(BREAD * 2, LEFT, 100, 38), flow(ROOM * 2, RIGHT, 100, 38), strict=False)
    page = [line for pair in pairs for line in pair]
    text = body_of(place_lines([page]))
    assert text.index("whoever bakes it sleeps") < text.index("carried the flour") < text.index("rooms above")


def test_three_columns() -> None:
    page = [
        *flow(BREAD, 30, 100, 26), *flow(ROOM, 160, 100, 26), *flow(WATER, 290, 100, 26)
    ]  # fmt: skip
    assert words_of(body_of(place_lines([page]))) == (BREAD + ROOM + WATER).split()


def test_bands_of_columns_are_read_band_by_band() -> None:
    across = "This line runs over the whole width of the page and divides what is above it from what is below"
    page = [
        *flow(BREAD, LEFT, 60, 38), *flow(ROOM, RIGHT, 60, 38), (LEFT, 200, across, 9),
        *flow(WATER, LEFT, 240, 38), *flow(BREAD, RIGHT, 240, 38),
    ]  # fmt: skip
    assert words_of(body_of(place_lines([page]))) == [
        *(BREAD + ROOM).split(),
        *across.split(),
        *(WATER + BREAD).split(),
    ]


def test_a_box_beside_the_text_is_not_woven_into_it() -> None:
    wide = flow(BREAD * 2, LEFT, 60, 74)
    narrow = flow(ROOM, LEFT, 60 + 12 * len(wide), 44)
    box = flow(WATER, 270, 60 + 12 * len(wide), 26)
    below = flow(BREAD * 2, LEFT, 72 + 12 * len(wide) + 12 * max(len(narrow), len(box)), 74)
    text = " ".join(words_of(body_of(place_lines([[*wide, *narrow, *box, *below]]))))
    assert ROOM.strip() in text
    assert WATER.strip() in text


@pytest.mark.parametrize("turns", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_its_lines_run(turns: int) -> None:
    page = [*flow(BREAD * 2, LEFT, 100, 38), *flow(ROOM * 2, RIGHT, 100, 38)]
    assert words_of(body_of(place_lines([page], rotate=turns))) == (BREAD * 2 + ROOM * 2).split()


@pytest.mark.parametrize("matrix", ["0 1 -1 0 595 0 cm", "0 -1 1 0 0 595 cm", "-1 0 0 -1 595 595 cm"])
def test_lines_that_are_drawn_turned_are_read_as_they_run(matrix: str) -> None:
    page = [*flow(BREAD, 20, 60, 60), *flow(ROOM, 20, 160, 60)]
    assert words_of(body_of(place_lines([page], before=matrix, size=(595, 595)))) == (BREAD + ROOM).split()


def test_a_turned_line_beside_the_text_comes_after_it_and_is_named(tmp_path: Path) -> None:
    source = (
        f"{HALF_SHEET}{BREAD}\n\n#place(right, dx: 10mm, rotate(90deg, reflow: true)[Printed by the Union])\n{ROOM}"
    )
    found = read(typeset_pdf(tmp_path, source))
    assert words_of(found.body)[-4:] == "Printed by the Union".split()
    assert "set in another direction" in reviews(found)


def test_right_to_left_text_keeps_its_words(tmp_path: Path) -> None:
    text = "שלום לכל הפועלים בעיר הזאת היום"
    found = read(typeset_pdf(tmp_path, f'{HALF_SHEET}#set text(lang: "he", font: "DejaVu Sans Mono")\n{text}'))
    if not found.problems:  # where no font has the letters, nothing is drawn
        assert set(words_of(found.body)) <= set(text.split())


# Paragraphs, verse, headings, emphasis


def test_paragraphs_begin_where_a_line_is_indented(tmp_path: Path) -> None:
    source = f"{HALF_SHEET}{PROSE}{BREAD * 2}\n\n{ROOM * 2}\n\n{WATER * 2}"
    paragraphs = body_of(typeset_pdf(tmp_path, source)).strip().split("\n\n")
    assert paragraphs == [(BREAD * 2).strip(), (ROOM * 2).strip(), (WATER * 2).strip()]


@pytest.mark.parametrize("justify", ["true", "false"])
def test_paragraphs_begin_where_there_is_room_above(tmp_path: Path, justify: str) -> None:
    source = f"{HALF_SHEET}#set par(justify: {justify}, spacing: 1.4em)\n{BREAD * 2}\n\n{ROOM * 2}\n\n{WATER * 2}"
    paragraphs = body_of(typeset_pdf(tmp_path, source)).strip().split("\n\n")
    assert paragraphs == [(BREAD * 2).strip(), (ROOM * 2).strip(), (WATER * 2).strip()]


def test_a_paragraph_runs_on_over_the_page_and_the_page_is_marked(tmp_path: Path) -> None:
    source = f'{HALF_SHEET}#set page(numbering: "1")\n{PROSE}{BREAD * 16}\n\n{ROOM}'
    text = body_of(typeset_pdf(tmp_path, source))
    assert len(text.strip().split("\n\n")) == 2
    assert re.search(r"\w+ \{page 2\} \w+", text)


def test_a_word_that_a_drawing_parts_is_left_and_named() -> None:
    column = flow(f"{BREAD * 2} and the baker was al-", LEFT, 60, 38)
    page = [*column, *flow(f"Figure of {ROOM} {WATER}", RIGHT, 60, 38)]
    found = read(place_lines([page]))
    assert "al-Figure" not in found.body
    assert "“al-” ends a paragraph" in reviews(found)


def test_verse_keeps_its_lines(tmp_path: Path) -> None:
    verse = "\\\n".join(
        ("Rise up, you bakers of the town,", "The night is old,", "The flour lies about,", "And cold.")
    )
    source = f"{HALF_SHEET}{PROSE}{BREAD * 2}\n\n#pad(left: 3em, y: 1em)[{verse}]\n\n{ROOM * 2}"
    assert verse.replace("\\", "<br>") in body_of(typeset_pdf(tmp_path, source))


def test_a_list_keeps_its_items(tmp_path: Path) -> None:
    first = (
        "- Bread for those who bake it, and rest for those who carried it through the streets of the town by night."
    )
    items = f"{first}\n- Light.\n- An end to night work."
    text = body_of(typeset_pdf(tmp_path, f"{HALF_SHEET}{BREAD * 2}\n\n{items}\n\n{ROOM * 2}"))
    assert "• Light.<br>\n• An end to night work." in text
    assert "streets of the town by night.<br>" in text


def test_headings_in_larger_letters_are_headings(tmp_path: Path) -> None:
    source = (
        f"{HALF_SHEET}#text(20pt)[The Bread of the Town]\n\n== The cellars\n{BREAD * 2}\n\n== The rooms\n{ROOM * 2}"
    )
    found = read(typeset_pdf(tmp_path, source))
    assert found.title == "The Bread of the Town"
    assert re.findall("^#+ .*", found.body, re.MULTILINE) == ["## The cellars", "## The rooms"]


def test_italics_and_bold_are_kept_and_a_text_in_italics_has_none(tmp_path: Path) -> None:
    text = body_of(
        typeset_pdf(tmp_path, f"{HALF_SHEET}{BREAD} He wrote in the _Gazette_, that *no baker* may. {ROOM}")
    )
    assert "in the *Gazette*, that **no baker** may." in text
    assert "*" not in body_of(typeset_pdf(tmp_path, f"{HALF_SHEET}#emph[{BREAD * 3}]"))


@pytest.mark.parametrize(
    "shown", ["efficient offices", "2 * 3 and 4_5_6", "[1] `code` <b>", "naïve Œuvre", "1. + 2."]
)
def test_letters_stay_as_they_are_printed(tmp_path: Path, shown: str) -> None:
    escaped = re.sub(r"([*_`<>\[\]#@$])", r"\\\1", shown)
    found = read(typeset_pdf(tmp_path, f"{HALF_SHEET}{BREAD} So they said, {escaped} and went. {ROOM}"))
    assert found.problems == []


def test_words_divided_by_lines_are_joined(tmp_path: Path) -> None:
    source = (
        f"{HALF_SHEET}#set page(width: 70mm)\n#set text(hyphenate: true)\n{JUSTIFIED}{(BREAD + ROOM + WATER) * 3}"
    )
    found = read(typeset_pdf(tmp_path, source))
    assert found.problems == []
    assert words_of(found.body) == ((BREAD + ROOM + WATER) * 3).split()
    assert any("Words divided" in line for line in found.corrections)


# Furniture and page marks


def with_furniture(heads: list[str], feet: list[str], count: int) -> bytes:
    pages = []
    for at in range(count):
        page = flow((BREAD, ROOM, WATER)[at % 3] * 6, 40, 80, 74)
        page.append((150, 40, heads[at % len(heads)].format(at + 1), 9))
        page.append((200, 560, feet[at % len(feet)].format(at + 1), 9))
        pages.append(page)
    return place_lines(pages)


@pytest.mark.parametrize(
    ("heads", "feet", "count"),
    [
        (["THE BREAD OF THE TOWN"], ["{}"], 3),
        (["THE BREAD OF THE TOWN"], ["- {} -"], 4),
        (["The Bread of the Town", "A Bakers' Pamphlet"], ["{}"], 6),
        (["The Bread of the Town", "A Bakers' Pamphlet"], ["{}"], 4),
        (["{}   The Bread of the Town"], ["Printed by the Union"], 4),
        (["The Bread of the Town   {}"], ["Printed by the Union"], 4),
        (["The Bread of the Town"], ["Page {} of 3"], 3),
        (["[{}]"], ["The Union"], 3),
    ],
)
def test_running_heads_and_page_numbers_are_taken_out_and_recorded(
    heads: list[str], feet: list[str], count: int
) -> None:
    found = read(with_furniture(heads, feet, count))
    assert found.problems == []
    for words in [*heads, *feet]:
        assert not words.strip(" -[]{}") or words.strip(" -[]{}") not in found.body
    assert re.findall(r"\{page[^}]*\}", found.body) == [f"{{page {n}}}" for n in range(2, count + 1)]
    assert any(line.startswith(("Page numbers", "Running heads")) for line in found.corrections)


def test_a_number_that_does_not_count_the_pages_stays() -> None:
    pages = [[*flow(BREAD * 4, 40, 80, 74), (200, 560, number)] for number in ("1848", "12", "7")]
    assert {"1848", "12", "7"} <= set(words_of(body_of(place_lines(pages))))


def test_a_refrain_at_the_head_of_two_pages_stays() -> None:
    pages = [[(40, 40 + at, "Rise up, you bakers"), *flow(BREAD * 4, 40, 52 + at, 74)] for at in (0, 90)]
    found = read(place_lines(pages))
    assert (found.title + found.body).count("Rise up, you bakers") == 2


def test_the_labels_of_the_pdf_name_its_pages() -> None:
    with pikepdf.open(io.BytesIO(place_lines([flow(BREAD * 4, 40, 80, 74)] * 3))) as pdf:
        labels = pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r, St=4)])
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=labels)
        assert re.findall(r"\{page[^}]*\}", body_of(save_pdf(pdf))) == ["{page iv}", "{page v}", "{page vi}"]


# Notes


def test_notes_at_the_foot_become_notes(tmp_path: Path) -> None:
    source = (
        f"{HALF_SHEET}{PROSE}{BREAD * 2}#footnote[The first note, of a report.] {ROOM * 3}#footnote[The second note.]"
        f"\n\n{BREAD * 10}#footnote[The third, on a page of its own.] {WATER}"
    )
    found = read(typeset_pdf(tmp_path, source))
    assert found.problems == []
    assert re.findall(r"^\[\^(\d)\]: (The \w+)", found.body, re.MULTILINE) == [
        ("1", "The first"), ("2", "The second"), ("3", "The third")
    ]  # fmt: skip
    assert [found.body.count(f"[^{n}]") for n in (1, 2, 3)] == [2, 2, 2]


@pytest.mark.parametrize("mark", ["1", "*", "12"])
def test_raised_marks_and_small_lines_make_notes_of_any_printer(mark: str) -> None:
    page = [*flow(BREAD, 40, 60, 74), (40, 120, "He had it from the report of the inspectors"), (212, 117, mark, 6)]
    page += [*flow(ROOM, 40, 132, 74), (40, 500, mark, 5), (48, 502, "Which was never printed.", 7.5)]
    found = read(place_lines([page]))
    assert found.problems == []
    assert "inspectors[^1]" in found.body
    assert "[^1]: Which was never printed." in found.body


def test_a_note_without_its_mark_stays_in_the_text_and_is_named() -> None:
    page = [*flow(BREAD * 2, 40, 60, 74), (40, 500, "3", 5), (48, 502, "Which was never printed.", 7.5)]
    found = read(place_lines([page]))
    assert "Which was never printed." in found.body
    assert "small lines at its foot" in reviews(found)


# Head


def test_title_and_date_of_a_title_page() -> None:
    page = [(120, 60, "The Bread of the Town", 18), (170, 90, "12 May 1911"), *flow(BREAD * 4, 40, 140, 74)]
    found = read(place_lines([page]))
    assert (found.title, found.date) == ("The Bread of the Town", "1911-05-12")
    assert "1911" not in found.body


def test_what_the_pdf_says_of_itself_is_asked_and_its_date_is_not_taken() -> None:
    with pikepdf.open(io.BytesIO(place_lines([flow(BREAD * 4, 40, 80, 74)]))) as pdf:
        pdf.docinfo["/Title"], pdf.docinfo["/Author"] = "Microsoft Word - bread.doc", "uncle"
        pdf.docinfo["/CreationDate"] = "D:20040101"
        found = read(save_pdf(pdf))
    assert "its title “Microsoft Word - bread.doc”" in reviews(found)
    assert "its author “uncle”" in reviews(found)
    assert found.date == "undated"


# What is not seen, and what is beside the pages


def test_the_text_layer_of_a_scan_is_a_draft() -> None:
    found = read(place_lines([flow(BREAD * 4, 40, 80, 74)], before="3 Tr"))
    assert dict(found.fields)["Status"] == ("draft",)
    assert "OCR layer" in reviews(found)


def test_white_and_unseen_letters_are_named() -> None:
    white = place_lines([flow(BREAD * 2, 40, 80, 74)], before="1 g")
    assert "text in white" in reviews(read(white))
    page = [*flow(BREAD * 2, 40, 80, 74), (700, 90, "PRINTER'S MARK 7"), (40, 700, "below the page")]
    found = read(place_lines([page]))
    assert "off the page “PRINTER'S MARK 7”" in reviews(found)
    assert "below the page" not in found.body


def test_forms_attachments_programs_and_comments_are_named() -> None:
    with pikepdf.open(io.BytesIO(place_lines([flow(BREAD * 2, 40, 80, 74)]))) as pdf:
        field = pdf.make_indirect(pikepdf.Dictionary(T="name", FT=pikepdf.Name.Tx, V="Rosa of the mill"))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.attachments["list.txt"] = b"names"
        comment = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Contents="ask Jean", Rect=[0, 0, 9, 9])
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(comment)]))
        found = read(save_pdf(pdf))
    notes = "\n".join(note.message for note in found.notes)
    for words in ("“Rosa of the mill”", "“list.txt”", "a program in it", "“ask Jean”"):
        assert words in notes


# What is refused, in one line


def locked() -> bytes:
    with pikepdf.open(io.BytesIO(place_lines([flow(BREAD, 40, 80, 74)]))) as pdf:
        return save_pdf(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))


def without_meaning(folder: Path) -> bytes:
    with pikepdf.open(io.BytesIO(typeset_pdf(folder, HALF_SHEET + BREAD))) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]
        return save_pdf(pdf)


def downwards() -> bytes:
    return place_lines(
        [[(300 - 30 * (at // 30), 60 + 12 * (at % 30), letter) for at, letter in enumerate("breadandwater" * 6)]]
    )


GOOD = place_lines([flow(BREAD * 4, 40, 80, 74)])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (locked(), "locked with a password"),
        (GOOD[: len(GOOD) // 3], "damaged or incomplete"),
        (b"%PDF-1.7\nnothing of a PDF", "damaged or incomplete"),
        (b"PK\x03\x04 and the rest", "office document"),
        (b"{\\rtf1 text}", "an .rtf file"),
        (b"Only words.", "not a PDF"),
        (b"", "empty"),
        (b"\xff\xd8\xff\xe0 a photograph", "not a PDF"),
        (save_pdf(pikepdf.new()), "no pages|damaged or incomplete"),
        (place_lines([[]]), "no letters"),
        (downwards(), "set downwards"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_line(data: bytes, words: str) -> None:
    found = read(data)
    assert len(found.problems) == 1
    assert re.search(words, found.problems[0].message)
    assert "\n" not in found.problems[0].message


def test_a_pdf_that_only_forbids_copying_is_read() -> None:
    with pikepdf.open(io.BytesIO(GOOD)) as pdf:
        allow = pikepdf.Permissions(extract=False)
        data = save_pdf(pdf, encryption=pikepdf.Encryption(owner="a", user="", allow=allow))
    assert words_of(body_of(data)) == (BREAD * 4).split()


def test_letters_without_a_meaning_are_refused(tmp_path: Path) -> None:
    (problem,) = read(without_meaning(tmp_path)).problems
    assert "--ocr" in problem.message


def test_too_many_pages_and_too_many_letters_are_refused() -> None:
    pdf = pikepdf.new()
    for _ in range(MOST_PAGES + 1):
        pdf.add_blank_page(page_size=(100, 100))
    assert "3,001 pages" in read(save_pdf(pdf)).problems[0].message
    page: list[Placed] = [(10, 50 + at % 400, "letters " * 500, 1) for at in range(60)]
    assert "letters" in read(place_lines([page])).problems[0].message


def test_a_scan_says_what_to_install_where_tesseract_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    written = io.BytesIO()
    Image.new("L", (600, 800), 255).save(written, "PDF")
    (problem,) = read(written.getvalue()).problems
    assert "tesseract-ocr" in problem.message


# The proof


def change(kind: str, before: str, after: str = "") -> PageChange:
    return PageChange(1, kind, tuple(before.split()), tuple(after.split()))


@pytest.mark.parametrize(
    ("text", "changes", "shown"),
    [
        ("bread and water", [], "water bread and"),
        ("the occu-\r\npation", [change("hyphen", "occu- pation", "occupation")], "the occupation"),
        ("the occu\ufffepation", [change("hyphen", "occu- pation", "occupation")], "the occupation"),
        ("bread1 here", [change("note mark", "bread1", "bread")], "bread here"),
        ("THE TOWN bread", [change("running head", "THE TOWN")], "bread"),
        ("eﬃcient oﬀer", [], "efficient offer"),
        ("cafe\u0301 here", [], "café here"),
    ],
)
def test_the_account_closes(text: str, changes: list[PageChange], shown: str) -> None:
    assert account_for_words([text], changes, shown) == ("", "")


@pytest.mark.parametrize(
    ("text", "changes", "shown", "lost"),
    [
        ("bread and water", [], "bread water", "“and” is missing"),
        ("bread water", [], "bread and water", "“and” was added"),
        ("bread here", [], "dread here", "“bread” became “dread”"),
        ("bread and bread", [], "and bread", "“bread” is missing"),
        ("bread here", [change("running head", "THE TOWN")], "bread here", "THE"),
        ("the occu- pation", [change("hyphen", "occu- pation", "occasion")], "the occasion", "became"),
        ("bread1 here", [change("note mark", "bread1", "bred")], "bred here", "became"),
        ("THE TOWN bread", [change("running head", "THE TOWN", "THE")], "THE bread", "became"),
    ],
)
def test_a_lost_word_is_named(text: str, changes: list[PageChange], shown: str, lost: str) -> None:
    assert lost in account_for_words([text], changes, shown).lost


def test_words_that_differ_in_their_spaces_alone_are_named() -> None:
    account = account_for_words(["bread andwater"], [], "bread and water")
    assert account.lost == ""
    assert "andwater" in account.spaced


# Scans, as far as they need no tesseract (the rest is in tests/system/test_scans.py)


@pytest.mark.parametrize(("count", "more"), [(0, False), (1, False), (12, False), (40, True)])
def test_doubtful_words_are_named_with_their_pages_all_of_them_in_the_report(count: int, more: bool) -> None:
    words = [ScannedWord(f"word{n}", (1, 1, 1), 0, 0, 9, 9, 40.0 if n < count else 96.0) for n in range(50)]
    notes = list(note_doubtful_words([(7, words)]))
    assert ("more, all in the report" in "".join(note.message for note in notes)) is more
    named = {word for note in notes for word in re.findall(r"“(word\d+)”", note.message)}
    assert named == {f"word{n}" for n in range(count)}
    assert not notes or "(page 7)" in notes[0].message


@pytest.mark.parametrize(
    ("lang", "site", "installed", "chosen"),
    [
        ("", "en", ("eng", "osd"), "eng"),
        ("", "fr", ("deu", "eng", "fra", "osd"), "fra+eng+deu"),
        ("de-CH", "en", ("deu", "eng"), "deu"),
        ("zh-Hant", "en", ("chi_tra", "eng"), "chi_tra"),
    ],
)
def test_the_languages_to_read_in(lang: str, site: str, installed: tuple[str, ...], chosen: str) -> None:
    assert choose_languages(lang, site, installed) == chosen


@pytest.mark.parametrize("lang", ["vi", "grc", "sr"])
def test_a_language_without_data_is_named(lang: str) -> None:
    with pytest.raises(ScanFault, match="Install"):
        choose_languages(lang, "en", ("eng",))
