"""Import of lists: each item has the number that the page of its program shows."""

from __future__ import annotations

import pytest

from tests.support.word_files import item, make_numbering, make_open_document, make_styles, make_word, p, table
from tests.unit.test_import_office import TEXT, find_programs, notes_of, program, read

__all__ = ["program"]
pytestmark = pytest.mark.skipif(not find_programs(), reason="pandoc is not installed")

LISTS = {
    1: [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%3.")],
    2: [("decimal", "Article %1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)")],
    3: [("upperRoman", "§ %1")],
    4: [("bullet", "•"), ("bullet", "o"), ("decimal", "%3.")],
    5: [("none", "Demand:")],
    6: [("ordinal", "%1"), ("decimalZero", "%1.%2")],
    7: [("russianLower", "%1)")],
    8: [("hindiVowels", "%1.")],
}
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="Numbered"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>'
    '<w:basedOn w:val="Numbered"/></w:style>'
)
CASES = {
    "one list cut in two by its program": ([item("a", 101), item("b", 1), item("c", 1)], "1. a\n2. b\n3. c"),
    "one list with an empty line": ([item("a", 1), p(), item("b", 1)], "1. a\n2. b"),
    "a list that goes on": ([item("a", 1), p("x"), item("b", 1), item("c", 1)], "1. a\n\nx\n\n2. b\n3. c"),
    "a list that begins anew": ([item("a", 1), item("b", 1), p("x"), item("c", 101)], "1. a\n2. b\n\nx\n\n1. c"),
    "two lists without a word between": ([item("a", 1), item("b", 101)], "1. a\n\n1\\. b"),
    "letters below figures": (
        [item("a", 1), item("b", 1, 1), item("c", 1, 1), item("d", 1), item("e", 1, 1), item("f", 1, 2)],
        "1. a\n\n(a) b\n\n(b) c\n\n2. d\n\n(a) e\n\ni. f",
    ),
    "articles": (
        [item("a", 2), item("b", 2, 1), item("c", 2, 1), item("d", 2, 2), item("e", 2), item("f", 2, 1)],
        "Article 1 a\n\n1.1 b\n\n1.2 c\n\na) d\n\nArticle 2 e\n\n2.1 f",
    ),
    "paragraphs of a law": ([item("a", 3), p("x"), item("b", 3)], "§ I a\n\nx\n\n§ II b"),
    "bullets in bullets": ([item("a", 4), item("b", 4, 1), item("c", 4)], "* a\n    * b\n* c"),
    "bullets in figures": ([item("a", 1), item("b", 4, 1), item("c", 1)], "1. a\n    * b\n2. c"),
    "words alone": ([item("a", 5), item("b", 5)], "Demand: a\n\nDemand: b"),
    "ordinals": ([item("a", 6), item("b", 6, 1), item("c", 6)], "1st a\n\n1st.01 b\n\n2nd c"),
    "Russian letters": ([item("a", 7), item("b", 7), item("c", 7)], "а) a\n\nб) b\n\nв) c"),
    "headings": (
        [item("a", 2, style="Heading1"), p("x"), item("b", 2, 1, "Heading2")],
        "## Article 1 a\n\nx\n\n### 1.1 b"),
    "cells": ([table((item("a", 1), "x"), (item("b", 1), "y"))], "| 1\\. a | x |\n| --- | --- |\n| 2\\. b | y |"),
    "a style": (
        [p("a", style="Clause"), p("b", style="Numbered"),
         p("x", style="Clause", more="<w:numPr><w:numId w:val='0'/></w:numPr>"),
         p("c", style="Clause")],
        "1. a\n2. b\n\nx\n\n3. c",
    ),
    "a list that is not there": ([item("a", 77), item("b", 1, 8)], "a\n\nb"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_items_of_word_have_the_numbers_that_word_shows(name: str, program: str) -> None:
    body, expected = CASES[name]
    parts = {"word/numbering.xml": make_numbering(LISTS, anew=[101]), "word/styles.xml": make_styles(more=STYLES)}
    found = read(make_word(p("Bread", style="Title"), p("Intro."), *body, p(TEXT), parts=parts))
    assert not found.problems, found.problems
    assert found.body == f"Intro.\n\n{expected}\n\n{TEXT}\n"


def test_figures_that_nobody_here_knows_are_named(program: str) -> None:
    parts = {"word/numbering.xml": make_numbering(LISTS)}
    found = read(make_word(p("Bread", style="Title"), item("a", 8), p(TEXT), parts=parts))
    assert found.body == f"1\\. a\n\n{TEXT}\n"
    assert "REVIEW marks: Word numbers in figures of its own (hindiVowels)" in notes_of(found)


RICH = {
    "a list that goes on": (["1.", "2.", "", "3."], "1. a\n2. b\n\nc\n\n3. d"),
    "articles": (["Article 1", "1.1", "(a)", "Article 2"], "Article 1 a\n\n1.1 b\n\n(a) c\n\nArticle 2 d"),
    "bullets": ([r"\'b7", r"\u8226?", "o", "-"], "* a\n* b\n* c\n* d"),
    "from five": (["5.", "6.", r"\'a7 7", ""], "5. a\n6. b\n\n§ 7 c\n\nd"),
}


@pytest.mark.parametrize("name", RICH)
def test_items_of_rich_text_have_the_marks_that_it_shows(name: str, program: str) -> None:
    marks, expected = RICH[name]
    heads = [rf"{{\listtext\pard\plain {mark}\tab}}\ls1\ilvl0 " if mark else "" for mark in marks]
    items = "".join(rf"\pard {head}{word}\par" + "\n" for head, word in zip(heads, "abcd", strict=True))
    found = read(rf"{{\rtf1\ansi\pard Bread\par {TEXT}\par {items}}}".encode(), "a.rtf")
    assert (found.problems, found.body) == ([], f"{TEXT}\n\n{expected}\n")


def test_a_mark_of_rich_text_in_a_cell_stays_in_it(program: str) -> None:
    def cell(words: str) -> str:
        return rf"\pard {{\listtext 1.\tab}}\ls1 \intbl {{\b {words}}}\cell"

    rows = "".join(rf"\trowd\cellx1000\cellx2000{cell(a)}\pard\intbl {b}\cell\row" for a, b in ("ab", "cd"))
    found = read(rf"{{\rtf1\ansi\pard Bread\par {TEXT}\par {rows}\pard x\par}}".encode(), "a.rtf")
    assert not found.problems, found.problems
    assert "| 1\\. **a** | b |\n| --- | --- |\n| 1\\. **c** | d |" in found.body


def test_marks_of_an_open_document_that_are_not_known_are_named(program: str) -> None:
    style = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-prefix="Article "/></text:list-style>'
    )
    items = '<text:list text:style-name="L1"><text:list-item><text:p>a</text:p></text:list-item></text:list>'
    found = read(make_open_document(f"<text:p>Bread</text:p><text:p>{TEXT}</text:p>{items}", style), "a.odt")
    assert not found.problems, found.problems
    assert "REVIEW marks: lists have marks of their own (“Article”)" in notes_of(found)
