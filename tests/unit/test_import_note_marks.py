"""Notes and emphasis of plain text: made where both ends are found, named where not, never where they are others."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

import pelicanconf
from press.editor.importing.data_model import ImportSettings, Paragraph, RecognisedText
from press.editor.importing.escaping import render_markdown
from press.editor.importing.plain.emphasis_marks import find_emphasis
from press.editor.importing.plain.marks_proof import find_changed_words
from press.editor.importing.plain.note_marks import mark_notes_and_emphasis
from press.editor.importing.plain.note_pairs import pair_notes
from press.editor.importing.recognise_text import recognise_text

EXTENSIONS = tuple(pelicanconf.MARKDOWN["extensions"])
CONFIGS = json.dumps(pelicanconf.MARKDOWN["extension_configs"])
SETTINGS = ImportSettings("en", "2026-11-23", "en", EXTENSIONS, CONFIGS)


def read(*paragraphs: str) -> RecognisedText:
    text = "\n\n".join(("The two weights", "May 1911", *paragraphs))
    reading = recognise_text(f"{text}\n".encode(), "a.txt", SETTINGS)
    assert reading.problems == []
    return reading


def notes_of(reading: RecognisedText) -> list[str]:
    """Return the words of each note on the page, its paragraphs parted by a slash."""
    root = lxml_html.fromstring(f"<div>{render_markdown(reading.body, EXTENSIONS, CONFIGS)}</div>")
    for link in root.xpath("//a[@class='footnote-backref']"):
        link.drop_tree()
    items = root.xpath("//li[starts-with(@id, 'fn:')]")
    return [" / ".join(p.text_content().strip() for p in item.iter("p")) for item in items]


def text_of(reading: RecognisedText) -> str:
    """Return the words of the page above the notes, `{1}` for the mark of the first one."""
    root = lxml_html.fromstring(f"<div>{render_markdown(reading.body, EXTENSIONS, CONFIGS)}</div>")
    for foot in root.xpath("//div[@class='footnote']"):
        foot.drop_tree()
    for mark in root.xpath("//sup"):
        mark.text, mark[:] = f"{{{mark.text_content()}}}", []
    return " ".join(root.text_content().split())


def messages(reading: RecognisedText, topic: str) -> str:
    return "\n".join(note.message for note in reading.notes if note.topic == topic)


PAIRED = (
    (("Two scales,[1] and a third.", "[1] See the report."), "Two scales,{1} and a third.", ["See the report."]),
    (("A third.* It stands.", "* It was paid for."), "A third.{1} It stands.", ["It was paid for."]),
    (("The chapel (1), where.", "(1) Open on Sundays."), "The chapel{1}, where.", ["Open on Sundays."]),
    (("Ein Satz 1). Noch einer.", "1) Siehe oben."), "Ein Satz{1}. Noch einer.", ["Siehe oben."]),
    (("Ein Satz*) steht hier.", "*) Siehe oben."), "Ein Satz{1} steht hier.", ["Siehe oben."]),
    (("A scale† and a weight‡.", "† One.", "‡ Two."), "A scale{1} and a weight{2}.", ["One.", "Two."]),
    (("A scale¹ and a weight².", "¹ One.", "² Two."), "A scale{1} and a weight{2}.", ["One.", "Two."]),
    (("A scale^1 and a weight^{2}.", "^1 One.", "^{2} Two."), "A scale{1} and a weight{2}.", ["One.", "Two."]),
    (("A scale[A] here.", "[Footnote A: See the report.]"), "A scale{1} here.", ["See the report."]),
    (("A scale.[1] And on.", "[Footnote 1: One.", "And two.]"), "A scale.{1} And on.", ["One. / And two."]),
    (("A[1] b[2].", "[1] See a. [2] See b."), "A{1} b{2}.", ["See a.", "See b."]),
    (("A.* So.", "* One.", "B.* So.", "* Two."), "A.{1} So. B.{2} So.", ["One.", "Two."]),
    (("A.* So.", "B.* So.", "* One.", "* Two."), "A.{1} So. B.{2} So.", ["One.", "Two."]),
    (("A[1] b[2].", "NOTES", "1. See a.", "2. See b."), "A{1} b{2}.", ["See a.", "See b."]),
    (("A[1] b[2].", "Anmerkungen:", "1. Siehe a.\n2. Siehe b."), "A{1} b{2}.", ["Siehe a.", "Siehe b."]),
    (("А¹ и б².", "Примечания", "1. Смотри а.", "2. Смотри б."), "А{1} и б{2}.", ["Смотри а.", "Смотри б."]),
    (("A[1] b[2].", "[1] One.", "More of one.", "[2] Two."), "A{1} b{2}.", ["One. / More of one.", "Two."]),
    (("A.[1] B.[2]", "[1] See _Iskra_.", "[2] See [1]."), None, None),
    (("A scale{1} here.", "{1} One."), "A scale{1} here.", ["One."]),
    (("A scale<1> here.", "<1> One."), "A scale{1} here.", ["One."]),
    (("A scale[^1] here.", "[^1] One."), "A scale{1} here.", ["One."]),
    (("A scale. ¹ Here.", "¹ One."), "A scale.{1} Here.", ["One."]),
    (("A scale,1 and a weight.2", "Notes", "1 One.\n2 Two."), "A scale,{1} and a weight.{2}", ["One.", "Two."]),
    (("An _auto-da-fe_[1] here.", "[1] One."), "An auto-da-fe{1} here.", ["One."]),
    (("The men[1] went by the", "[1] One.", "gate."), "The men{1} went by the gate.", ["One."]),
    (("A.[1]", "FOOTNOTES:", "[1] One.", "B.[2]", "FOOTNOTES:", "[2] Two."), "A.{1} B.{2}", ["One.", "Two."]),
)


@pytest.mark.parametrize(("paragraphs", "text", "notes"), PAIRED)
def test_marks_and_notes_become_notes(paragraphs: tuple[str, ...], text: str | None, notes: list[str] | None) -> None:
    reading = read(*paragraphs)
    if text is None:  # a mark that stands twice is not paired, but named
        assert "[1]" in messages(reading, "notes")
        return
    assert (text_of(reading), notes_of(reading)) == (text, notes)
    assert any("The notes, marked" in correction for correction in reading.corrections)


OTHERS = (
    ("We demand (1) bread, (2) peace.", "(1) Bread is what we eat.", "(2) Peace is what we want."),
    ("[1] The harbour", "It lies in the east.", "[2] The town", "It lies in the west."),
    ("It cost 5*6 and 7*8 pence.", "* It was dear."),
    ("We want:", "* bread", "* peace"),
    ("In the year (1911) and in [1912] we met.", "(1911) was cold."),
    ("First (a) and then (b), as we said.", "(a) Bread.", "(b) Peace."),
    ("A field of 12 m² and 3 km³.", "² is not a note."),
    ("5 * 6 * 7 is more.", "* A list of one."),
    ("1. Bread", "2. Peace", "3. Land"),
    ("1) Bread", "2) Peace", "Nothing else."),
    ("Word[1] and word[1] again.", "[1] One note for two."),
    ("[1] A note before its mark.", "The mark.[1]"),
)


@pytest.mark.parametrize("paragraphs", OTHERS, ids=lambda paragraphs: paragraphs[0][:20])
def test_what_is_something_else_stays_as_it_is(paragraphs: tuple[str, ...]) -> None:
    reading = read(*paragraphs)
    assert notes_of(reading) == []
    assert text_of(reading) == " ".join(" ".join(paragraphs).split())


UNPAIRED = (
    (("A scale[1] here.", "Nothing else."), "“[1]”"),
    (("A scale here.", "[1] A note."), "“[1]”"),
    (("A scale* here.", "Nothing else."), "“*”"),
    (("A scale† here.", "Nothing else."), "“†”"),
    (("A scale¹ here.", "Nothing else."), "“¹”"),
    (("A scale[1] and[2] here.", "[1] One.", "[3] Three."), "“[2]”"),
    (("A scale.", "† A note."), "“†”"),
    (("A scale{1} here.", "Nothing else."), "“{1}”"),
    (("A scale here.", "Notes", "1. One.", "2. Two."), "“1.”"),
    (("A scale,[Footnote 1: See the report.] here.",), "“[Footnote 1: See the report.”"),
    (
        ("A scale[1] here.", "Notes", "[1] One.", "A paragraph that is long, and may be of the note or not at all."),
        "its end?",
    ),
)


@pytest.mark.parametrize(("paragraphs", "named"), UNPAIRED)
def test_a_mark_without_a_note_and_a_note_without_a_mark_are_named(paragraphs: tuple[str, ...], named: str) -> None:
    assert named in messages(read(*paragraphs), "notes")


def test_what_came_after_the_notes_stays_in_the_text() -> None:
    reading = read("A scale[1] here.", "Notes", "1. See a.", "Printed by the union, Harbour Street.")
    assert text_of(reading) == "A scale{1} here. Printed by the union, Harbour Street."


EMPHASIS = (
    ("The scale is _true_.", "<em>true</em>."),
    ("The _two scales_, which", "<em>two scales</em>, which"),
    ("He said “_never_.”", "“<em>never</em>.”"),
    ("(_sic_)", "(<em>sic</em>)"),
    ("It is *so* and **so**.", "<em>so</em> and <strong>so</strong>."),
    ("_Iskra_, no. 5", "<em>Iskra</em>, no. 5"),
    ("l'_Humanité_ dit", "l'<em>Humanité</em> dit"),
    ("die _rote Fahne_—ja", "<em>rote Fahne</em>—ja"),
    ("_Правда_ и _Искра_", "<em>Правда</em> и <em>Искра</em>"),
    ("_A whole sentence of it, with 2 figures._", "<em>A whole sentence of it, with 2 figures.</em>"),
    ("_one's_ own", "<em>one's</em> own"),
)


@pytest.mark.parametrize(("text", "html"), EMPHASIS)
def test_marks_around_words_become_emphasis(text: str, html: str) -> None:
    assert html in render_markdown(read(f"Words before it. {text}").body, EXTENSIONS, CONFIGS)


PLAIN = (
    "snake_case and other_snake_case",
    "__init__ and _private",
    "5 * 6 * 7 and 5*6*7",
    "Name: ________ Age: ____",
    "_ one _ two",
    "a_b_c and _d_e_f",
    "* one * two",
    "Signed * * *",
    "file_name.txt and my_file_",
    "_12_ and *3*",
)


@pytest.mark.parametrize("text", PLAIN)
def test_marks_that_are_no_emphasis_are_printed(text: str) -> None:
    reading = read(f"Words before it. {text}")
    html = render_markdown(reading.body, EXTENSIONS, CONFIGS)
    assert "<em>" not in html
    assert "<strong>" not in html
    assert text in lxml_html.fromstring(html).text_content()


@pytest.mark.parametrize("text", ["_unclosed words", "words=bold= or =bold= here", "it is /italic/ here"])
def test_marks_without_a_partner_or_of_another_kind_are_named(text: str) -> None:
    assert "left as typed" in messages(read(f"Words before it: {text}."), "marks")


def test_the_proof_finds_a_letter_that_changed() -> None:
    paragraphs = [Paragraph(["A _true_ scale[1]."], 1), Paragraph(["[1] See a."], 2)]
    spans = find_emphasis(paragraphs)
    pairs = pair_notes(paragraphs, spans)
    marked, _ = mark_notes_and_emphasis(paragraphs, SETTINGS)
    assert marked is not None
    assert find_changed_words(marked.html, paragraphs, pairs, spans) == ""
    for was, new in (("true", "tru"), ("See", "see"), ("<em>", "<i>"), ("A ", "B "), (".", "")):
        assert find_changed_words(marked.html.replace(was, new), paragraphs, pairs, spans) != ""


MARKS = ["_", "*", "[1]", "(1)", "1)", "†", "¹", "[1] ", "* ", "(1) ", "NOTES\n\n", "1. "]
PIECES = st.sampled_from(["word ", "scale", " ", ". ", "\n\n", *MARKS])


@given(st.lists(PIECES, min_size=3, max_size=40).map("".join))
def test_every_word_is_on_the_page_whatever_the_marks(text: str) -> None:
    reading = recognise_text(f"The title\n\nWords of a text.\n\n{text}\n".encode(), "a.txt", SETTINGS)
    if not reading.problems:
        html = render_markdown(reading.body, EXTENSIONS, CONFIGS)
        words = re.findall("word|scale", lxml_html.fromstring(f"<div>{html}</div>").text_content())
        assert len(words) == len(re.findall("word|scale", text))
