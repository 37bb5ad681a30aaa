"""Import of PDF: prose and verse, columns, notes, heads, initials and right-to-left lines of many printers."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest

from press.editor.importing.pdf import emphasis
from tests.support.pdf_pages import Placed, flow, place_lines, save_pdf, typeset_pdf
from tests.unit.test_import_pdf import BREAD, HALF_SHEET, PROSE, ROOM, WATER, body_of, read, reviews, words_of

LAMP = (
    "The lamp of the pit is old and the glass is cracked, and those who carry it pay for the oil. We ask that the "
    "oil be paid by the owners, as it is in every other pit of the valley, and that the lamp be mended before the "
    "frost. "
)
TEXTS = ((BREAD * 3).strip(), (ROOM * 3).strip(), (WATER * 4).strip(), (LAMP * 3).strip())
BLOCKS = "#set par(spacing: 1.3em)\n"


def paragraphs_of(text: str) -> list[str]:
    parts = [" ".join(re.sub(r"\{page[^}]*\}", "", part).split()) for part in text.strip().split("\n\n")]
    return [part for part in parts if part]


# Prose is the default


@pytest.mark.parametrize("style", [PROSE, BLOCKS, BLOCKS + "#set par(justify: true)\n"])
@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("size", [8, 9])
def test_prose_in_columns_of_any_width_is_prose(tmp_path: Path, style: str, columns: int, size: float) -> None:
    source = (
        f"{HALF_SHEET}{style}#set page(columns: {columns}, numbering: \"1\", margin: 12mm)\n"
        f"#set text(size: {size}pt, hyphenate: {str(columns > 1).lower()})\n" + "\n\n".join(TEXTS * 2)
    )  # fmt: skip
    assert paragraphs_of(body_of(typeset_pdf(tmp_path, source))) == list(TEXTS * 2)


def test_the_last_page_of_columns_has_few_lines_and_they_are_columns_too(tmp_path: Path) -> None:
    source = (
        f"{HALF_SHEET}{PROSE}#set page(columns: 2)\n#set text(size: 9pt)\n{BREAD * 11}\n\n{ROOM * 8}#colbreak()\n"
        "Of the pump we say no more in this sheet. It is dry.#colbreak()\n"
        "Nobody has been told why the pump was closed."
    )
    text = body_of(typeset_pdf(tmp_path, source))
    assert "no more in this sheet. It is dry." in text
    assert text.strip().endswith("why the pump was closed.")


@pytest.mark.parametrize("lines", [2, 3, 6])
def test_a_quotation_is_prose_in_its_own_measure(tmp_path: Path, lines: int) -> None:
    quoted = " ".join((LAMP * 3).split()[: 9 * lines]).rstrip(".,") + "."
    source = f"{HALF_SHEET}{BLOCKS}{BREAD * 2}\n\n#pad(x: 2em)[{quoted}]\n\n{ROOM * 2}"
    assert paragraphs_of(body_of(typeset_pdf(tmp_path, source)))[1] == quoted


VERSES = [
    (
        "Rise up, you bakers of the town,",
        "The night is old,",
        "The flour lies about, and down",
        "The stairs is cold.",
    ),
    ("the lamp is out", "and the men are gone", "under the water", "a small light burns"),
    ("Wer nie sein Brot mit Tränen aß,", "Wer nie die kummervollen Nächte", "Auf seinem Bette weinend saß,"),
    ("Bread for those who bake it.", "Rest for those who carry it.", "Light for those who wake by it."),
]


@pytest.mark.parametrize("verse", VERSES)
@pytest.mark.parametrize("style", [PROSE, BLOCKS])
def test_verse_between_prose_keeps_its_lines(tmp_path: Path, verse: tuple[str, ...], style: str) -> None:
    lines = "\\\n".join(verse)
    source = f"{HALF_SHEET}{style}{BREAD * 2}\n\n#block(above: 1.5em, below: 1.5em)[{lines}]\n\n{ROOM * 2}"
    assert "<br>\n".join(verse) in body_of(typeset_pdf(tmp_path, source))


def test_spoken_lines_are_paragraphs_where_paragraphs_are_indented(tmp_path: Path) -> None:
    spoken = ["“Where are you going?”", "“To the wharf.”", "“They have shut it.”", "“Then we shall open it.”"]
    source = f"{HALF_SHEET}{PROSE}{BREAD * 2}\n\n{ROOM * 2}\n\n" + "\n\n".join(spoken) + f"\n\n{WATER}"
    assert paragraphs_of(body_of(typeset_pdf(tmp_path, source)))[2:6] == spoken


def test_a_table_stays_together_and_the_prose_around_it_is_prose(tmp_path: Path) -> None:
    rows = (("Week", "Paid out", "Families"), ("first", "twelve pounds", "sixty"), ("second", "nine pounds", "ten"))
    cells = ",".join(f"[{cell}]" for row in rows for cell in row)
    table = f"#table(columns: 3, stroke: none, column-gutter: 3em, {cells})"
    source = f"{HALF_SHEET}{PROSE}{BREAD * 2}\n\n{table}\n\n{ROOM * 2}"
    found = read(typeset_pdf(tmp_path, source))
    assert paragraphs_of(found.body)[1] == "<br> ".join(" ".join(row) for row in rows)
    assert reviews(found).count("a table") == 1


def test_a_paragraph_ends_with_a_page_that_has_room_below() -> None:
    last = "The committee sits every night of the week, and an advocate will be there to hear you all."
    pages = [[*flow(BREAD, 40, 60, 74), (40, 130, last)], flow(f"We have written again. {ROOM}", 40, 60, 74)]
    assert "\n\nWe have written again." in body_of(place_lines(pages)).replace("{page}\n\n", "").replace(
        "{page} ", ""
    )


# Heads


@pytest.mark.parametrize("head", ["The Bread of the Town", "_The Bread of the Town_ #h(1fr) No. 7"])
def test_a_head_of_one_page_alone_is_taken_out_where_it_repeats_the_title(tmp_path: Path, head: str) -> None:
    source = (
        f"#set page(header: context if here().page() > 1 [{head}])\n#text(18pt)[The Bread of the Town]\n\n"
        f"{PROSE}{BREAD * 12}\n\n{ROOM * 4}"
    )
    found = read(typeset_pdf(tmp_path, HALF_SHEET + source))
    assert found.title == "The Bread of the Town"
    assert paragraphs_of(found.body) == [(BREAD * 12).strip(), (ROOM * 4).strip()]
    assert any("Running heads" in line for line in found.corrections)


def test_levels_of_headings_go_down_one_by_one() -> None:
    page: list[Placed] = [(120, 50, "The Wharf", 20, "bold"), (110, 72, "A report to the members", 15, "bold")]
    for at, (head, size) in enumerate([("What was asked", 16), ("What was paid", 14), ("What came of it", 16)]):
        page += [(40, 120 + 100 * at, head, size, "bold"), *flow(BREAD, 40, 140 + 100 * at, 74)]
    heads = re.findall("^#+ .*", body_of(place_lines([page])), re.MULTILINE)
    assert heads == ["## What was asked", "### What was paid", "## What came of it"]


# Notes


def noted(mark: list[Placed], note: list[Placed]) -> bytes:
    return place_lines([[*flow(BREAD, 40, 60, 74), (40, 120, "So wrote the inspectors."), *mark, *note]])


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ([(141, 116, "1", 6)], [(40, 300, "1", 6), (46, 304, "Which was never printed.")]),
        ([(139, 120, "\xb9")], [(40, 300, "\xb9 Which was never printed.")]),
        ([(139, 120, "\xb9")], [(40, 300, "\xb9 Which was never printed.", 7.5)]),
        ([(141, 120, "(1)")], [(40, 300, "(1) Which was never printed.", 7.5)]),
        ([(140, 120, "*")], [(40, 300, "* Which was never printed.", 7.5)]),
        ([(140, 116, "ii", 6)], [(40, 300, "ii", 6), (47, 304, "Which was never printed.")]),
    ],
)
def test_notes_at_the_foot_of_any_size_and_mark(mark: list[Placed], note: list[Placed]) -> None:
    text = body_of(noted(mark, note))
    assert re.search(r"inspectors\.\[\^1\]", text)
    assert "[^1]: Which was never printed." in text


def test_notes_at_the_end_belong_to_the_marks_of_earlier_pages() -> None:
    first: list[Placed] = [*flow(BREAD, 40, 60, 74), (40, 120, "So wrote the inspectors."), (141, 116, "1", 6)]
    second: list[Placed] = [*flow(ROOM, 40, 60, 74), (40, 120, "So wrote the landlord."), (133, 116, "2", 6)]
    last: list[Placed] = [(40, 60, "Notes", 14, "bold")]
    for at, note in enumerate(("In the report of March.", "In a letter.")):
        last += [(40, 96 + 20 * at, str(at + 1), 6), (46, 100 + 20 * at, note)]
    text = body_of(place_lines([first, second, last]))
    assert "inspectors.[^1]" in text
    assert "landlord.[^2]" in text
    assert text.endswith("[^1]: In the report of March.\n\n[^2]: In a letter.\n")


def test_the_figure_of_a_square_is_no_mark() -> None:
    page = [*flow(BREAD, 40, 60, 74), (40, 120, "The room has 9 m\xb2, and no window."), (182, 116, "2", 6)]
    text = body_of(place_lines([[*page, (40, 300, "2", 6), (46, 304, "By the landlord's measure.")]]))
    assert "9 m²" in text
    assert "window.[^1]" in text


# Letters


def test_a_large_initial_begins_its_line() -> None:
    beside = flow(f"he bread of the town is baked at night. {ROOM * 2}", 60, 100, 62)[:2]
    rest = f"he bread of the town is baked at night. {ROOM * 2}".split()[
        sum(len(line[2].split()) for line in beside) :
    ]
    page = [(40, 112, "T", 28), *beside, *flow(" ".join(rest), 40, 124, 67)]
    assert body_of(place_lines([page])).startswith("The bread of the town is baked at night. The rooms above")


def test_a_first_line_in_small_capitals_is_part_of_its_paragraph() -> None:
    first, *rest = flow(BREAD * 2, 40, 60, 70)
    small = (40, 60, first[2].upper(), 8.6)
    assert len(paragraphs_of(body_of(place_lines([[small, *rest, *flow(ROOM * 2, 40, 200, 70)]])))) == 2


@pytest.mark.parametrize("order", [1, -1])
def test_right_to_left_letters_are_read_by_their_places_whatever_their_order(order: int) -> None:
    """A font whose letters mean Hebrew: drawn leftwards or rightwards, they are on the same places."""
    words = ["שלום", "לכל", "הפועלים", "בעיר", "1911", "היום"]
    found = read(place_hebrew(words, order))
    assert words_of(f"{found.title} {found.body}")[:6] == words
    assert "right to left" in reviews(found)


def place_hebrew(words: list[str], order: int) -> bytes:
    codes = {letter: 65 + at for at, letter in enumerate(sorted(set("".join(words))))}
    placed: list[tuple[float, str]] = []
    x = 380.0
    for word in words:
        shown = word[::-1] if word.isdigit() else word
        for letter in shown:
            x -= 6
            placed.append((x, letter))
        x -= 4
    drawn = "\n".join(f"BT /F 10 Tf 1 0 0 1 {x} 500 Tm <{codes[letter]:02x}> Tj ET" for x, letter in placed[::order])
    table = "\n".join(f"<{code:02x}> <{ord(letter):04x}>" for letter, code in codes.items())
    pdf = pikepdf.open(io.BytesIO(place_lines([[]])))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <00> <ff> "
        f"endcodespacerange\n{len(codes)} beginbfchar\n{table}\nendbfchar endcmap end end"
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier,
        ToUnicode=pdf.make_stream(cmap.encode()),
    )  # fmt: skip
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    pdf.pages[0].Contents = pdf.make_stream(drawn.encode())

    return save_pdf(pdf)


def test_emphasis_that_a_page_would_not_show_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emphasis, "_emphasise", lambda mark, text: f"{mark}{text}")
    source = f"{HALF_SHEET}{PROSE}{BREAD * 2}\n\nHe wrote in the _Gazette_ of it. {ROOM * 2}"
    found = read(typeset_pdf(tmp_path, source))
    assert found.problems == []
    assert "*" not in found.body
    assert any(note.topic == "emphasis" for note in found.notes)


def test_a_sound_file_is_not_called_unsound() -> None:
    pdf = pikepdf.open(io.BytesIO(place_lines([flow(BREAD * 2, 40, 80, 74)])))
    pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.XYZ, 0, 0, 0])

    assert "sound" not in reviews(read(save_pdf(pdf)))
