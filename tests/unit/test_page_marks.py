"""`{page 12}`: a mark that shows nothing, changes nothing around it, and is found by its address."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from press.exports.from_html import read_body
from press.site.excerpts import first_words
from press.site.lost_words import find_lost_words, letters_of
from press.site.markdown.dialect import HouseMarkdown, Places
from press.site.markdown.fast_markdown import Sparing
from press.site.markdown.page_marks import bring_back, drop_page_marks, set_apart
from press.site.markdown.sidenotes import drop_places, set_notes
from press.site.markdown.speech import mark_speech
from press.site.reading_time import count_minutes

MARK = re.compile(
    r'<span(?: aria-hidden="true")? id="(?P<id>[^"]*)" role="doc-pagebreak"(?: title="(?P<label>[^"]*)")?></span>'
)
EXTENSIONS = ("footnotes", "tables", "def_list", "fenced_code", "sane_lists")


def make_markdown() -> Markdown:
    return Markdown(extensions=[*EXTENSIONS, HouseMarkdown(), Places(), Sparing()], output_format="html")


MARKDOWN = make_markdown()


def render(text: str) -> str:
    return str(MARKDOWN.reset().convert(text))


def marks(html: str) -> list[tuple[str, str]]:
    return [(found["label"] or "", found["id"]) for found in MARK.finditer(html)]


def without_marks(html: str) -> str:
    """Return the page without its marks; white space is one space, and none at the ends of a block."""
    plain = " ".join(MARK.sub("", html).split())
    return re.sub(r" ?(<(?:/?(?:p|li|h\d|blockquote|dd|dt|ul|ol|dl)\b[^>]*|br)>) ?", r"\1", plain)


SAME = {
    "within a paragraph": ("The men {page 2} stood.", "The men stood."),
    "two spaces": ("The men {page 2}stood.", "The men stood."),
    "after a word": ("The men{page 2} stood.", "The men stood."),
    "within a word": ("The gate{page 2}keeper stood.", "The gatekeeper stood."),
    "at the start": ("{page 2} The men stood.", "The men stood."),
    "at the end": ("The men stood. {page 2}", "The men stood."),
    "at both ends": ("{page 2}The men stood.{page 3}\n\nOn.", "The men stood.\n\nOn."),
    "alone": ("The men stood.\n\n{page 2}\n\nThey sang.", "The men stood.\n\nThey sang."),
    "alone and first": ("{page 1}\n\nThe men stood.", "The men stood."),
    "alone and last": ("The men stood.\n\n{page 2}", "The men stood."),
    "twice alone": ("Men.\n\n{page 2}\n\n{page 3}\n\nSang.", "Men.\n\nSang."),
    "twice on a line": ("Men.\n\n{page 2} {page 3}\n\nSang.", "Men.\n\nSang."),
    "two neighbours": ("Men {page 2} {page 3} sang.", "Men sang."),
    "on a line of a paragraph": ("The men\n{page 2}\nstood.", "The men\nstood."),
    "above a line": ("Men.\n\n{page 2}\nThey sang.", "Men.\n\nThey sang."),
    "below a line": ("Men.\n{page 2}\n\nThey sang.", "Men.\n\nThey sang."),
    "emphasis": ("The *men {page 2} at the* gate.", "The *men at the* gate."),
    "at the end of emphasis": ("The *men {page 2}* stood.", "The *men* stood."),
    "at the start of emphasis": ("The *{page 2} men* stood.", "The *men* stood."),
    "before emphasis": ("The {page 2} *men* stood.", "The *men* stood."),
    "strong": ("The **men {page 2} at** stood.", "The **men at** stood."),
    "underlined": ("The _men_ {page 2} _stood_.", "The _men_ _stood_."),
    "tag": ('<span lang="fr">les {page 2} hommes</span>', '<span lang="fr">les hommes</span>'),
    "quoted tag": ("<q>men {page 2} stood</q>.", "<q>men stood</q>."),
    "link": ("[the {page 2} men](https://a.example/)", "[the men](https://a.example/)"),
    "heading": ("## Men {page 2} and bread\n\nText.", "## Men and bread\n\nText."),
    "before a heading": ("A.\n\n{page 2}\n\n## Men\n\nText.", "A.\n\n## Men\n\nText."),
    "at the end of a heading": ("## Men {page 2}\n\nText.", "## Men\n\nText."),
    "a heading underlined": ("A.\n\n{page 2}\n\nMen\n===\n\nText.", "A.\n\nMen\n===\n\nText."),
    "list": ("- a\n- b {page 2}\n- c", "- a\n- b\n- c"),
    "between items": ("1. a\n\n{page 2}\n\n2. b\n\n3. c", "1. a\n\n2. b\n\n3. c"),
    "in a list": ("- a\n{page 2}\n- b", "- a\n- b"),
    "item of paragraphs": ("- a\n\n    {page 2}\n\n    b\n\n- c", "- a\n\n    b\n\n- c"),
    "item begins": ("- {page 2} a\n    - b\n- c", "- a\n    - b\n- c"),
    "nested": ("- a\n    - b {page 2} c\n- d", "- a\n    - b c\n- d"),
    "before a list": ("A.\n\n{page 2}\n\n- a\n- b", "A.\n\n- a\n- b"),
    "right above a list": ("A.\n\n{page 2}\n- a\n- b", "A.\n\n- a\n- b"),
    "after a list": ("- a\n- b\n\n{page 2}\n\nB.", "- a\n- b\n\nB."),
    "quotation": ("> a {page 2} b\n>\n> {page 3}\n>\n> c", "> a b\n>\n> c"),
    "between quotations": ("> a\n\n{page 2}\n\n> b", "> a\n\n> b"),
    "before a quotation": ("A.\n\n{page 2}\n\n> b", "A.\n\n> b"),
    "definitions": ("T\n:   m {page 2} n\n\nU\n:   o", "T\n:   m n\n\nU\n:   o"),
    "between definitions": ("T\n:   m\n\n{page 2}\n\nU\n:   o", "T\n:   m\n\nU\n:   o"),
    "a term": ("T {page 2} V\n:   m", "T V\n:   m"),
    "verse": ("One<br>\ntwo {page 2}<br>\nthree", "One<br>\ntwo<br>\nthree"),
    "verse by spaces": ("One  \n{page 2} two  \nthree", "One  \ntwo  \nthree"),
    "verse at the end of a line": ("One {page 2}  \ntwo", "One  \ntwo"),
    "a line of verse": ("One<br>\n{page 2}\ntwo<br>\nthree", "One<br>\ntwo<br>\nthree"),
    "note": ("A[^1].\n\n[^1]: The {page 2} note.", "A[^1].\n\n[^1]: The note."),
    "after a note": ("A[^1] {page 2} b.\n\n[^1]: Note.", "A[^1] b.\n\n[^1]: Note."),
    "before the notes": ("A[^1].\n\n{page 2}\n\n[^1]: Note.", "A[^1].\n\n[^1]: Note."),
    "a paragraph of a note": ("A[^1].\n\n[^1]: N.\n\n    {page 2}\n\n    M.", "A[^1].\n\n[^1]: N.\n\n    M."),
    "table": ("| a | b |\n|---|---|\n| c {page 2} d | e |", "| a | b |\n|---|---|\n| c d | e |"),
    "before a table": ("A.\n\n{page 2}\n\n| a | b |\n|---|---|\n| c | e |", "A.\n\n| a | b |\n|---|---|\n| c | e |"),
    "right above a table": (
        "A.\n\n{page 2}\n| a | b |\n|---|---|\n| c | e |",
        "A.\n\n| a | b |\n|---|---|\n| c | e |",
    ),
    "after a table": ("| a | b |\n|---|---|\n| c | e |\n{page 2}\n\nB.", "| a | b |\n|---|---|\n| c | e |\n\nB."),
    "before a figure": ("A.\n\n{page 2}\n\n![B](b.png)\n\nC.", "A.\n\n![B](b.png)\n\nC."),
    "above a figure": ("A.\n\n{page 2}\n![B](b.png)\n*C*\n\nC.", "A.\n\n![B](b.png)\n*C*\n\nC."),
    "after a figure": ("A.\n\n![B](b.png) {page 2}\n\nC.", "A.\n\n![B](b.png)\n\nC."),
    "figure first": ("{page 1}\n\n![B](b.png)\n\nC.", "![B](b.png)\n\nC."),
    "before a rule": ("A.\n\n{page 2}\n\n- - -\n\nB.", "A.\n\n- - -\n\nB."),
    "after a rule": ("A.\n\n- - -\n\n{page 2}\n\nB.", "A.\n\n- - -\n\nB."),
    "before code": ("A.\n\n{page 2}\n\n    code\n\nB.", "A.\n\n    code\n\nB."),
    "before fenced code": ("A.\n\n{page 2}\n\n```\ncode\n```\n\nB.", "A.\n\n```\ncode\n```\n\nB."),
    "nothing but a picture": ("{page 1}\n\n![B](b.png)", "![B](b.png)"),
    "in brackets": ("The men ({page 2} of Hull) sang.", "The men (of Hull) sang."),
    "before an ellipsis": ("The men {page 2}... They sang.", "The men ... They sang."),
    "before a stop": ("The men {page 2}. They sang.", "The men. They sang."),
    "among guillemets": ("« men {page 2} and {page 3} bread »", "« men and bread »"),
}


@pytest.mark.parametrize("kind", SAME)
def test_a_page_is_the_same_without_its_marks(kind: str) -> None:
    marked, plain = SAME[kind]
    html = render(marked)
    assert without_marks(html) == without_marks(render(plain))
    assert len(marks(html)) == marked.count("{page")
    assert "{page" not in html
    assert "  " not in MARK.sub("", html)


@pytest.mark.parametrize("kind", SAME)
def test_no_word_of_a_marked_text_is_lost_and_none_is_counted_twice(kind: str) -> None:
    html = render(SAME[kind][0])
    assert find_lost_words(SAME[kind][0], html, {}) == ([], 0)
    assert find_lost_words(f"{SAME[kind][0]}\n\npage", html, {})[0] == ["page"]
    assert find_lost_words(f"{SAME[kind][0]} 2", html, {})[0] == ["2"]
    assert find_lost_words(f"{SAME[kind][0]}\n\nspan", html, {})[0] == ["span"]


@pytest.mark.parametrize("kind", SAME)
def test_copies_and_notes_of_a_marked_text_are_those_of_the_plain_one(kind: str) -> None:
    marked, plain = (read_body(drop_places(render(text))) for text in SAME[kind])
    assert marked == plain
    assert without_marks(set_notes(render(SAME[kind][0]))) == without_marks(set_notes(render(SAME[kind][1])))


def test_a_page_begins_at_its_mark_or_at_the_head_of_the_next_paragraph() -> None:
    html = render("One {page 2} two. {page 3}\n\nThree.\n\n{page 4}\n\n- four\n\n{page 5}\n\n> five\n\n{page 6}")
    plain = re.sub(r' (?:id="[^"]*"|role="[^"]*"|aria-label="[^"]*")', "", MARK.sub(r"[\g<label>]", html))
    assert plain == (
        "<p>One[2] two.</p>\n<p>[3]Three.</p>\n<ul>\n<li>[4]four</li>\n</ul>\n"
        "<blockquote>\n<p>[5]five[6]</p>\n</blockquote>"
    )


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("{page 12}", [("12", "page-12")]),
        ("{page iv}", [("iv", "page-iv")]),
        ("{page IV}", [("IV", "page-iv")]),
        ("{page [3]}", [("[3]", "page-3")]),
        ("{page 2r}", [("2r", "page-2r")]),
        ("{page [iv]}", [("[iv]", "page-iv")]),
        ("{page}", [("", "page-n1")]),
        ("a {page} b {page 7} c {page} d", [("", "page-n1"), ("7", "page-7"), ("", "page-n2")]),
        ("a {page 3} b {page [3]} c {page 3}", [("3", "page-3"), ("[3]", "page-3-2"), ("3", "page-3-3")]),
        ("a {page n1} b {page}", [("n1", "page-n1"), ("", "page-n1-2")]),
        ("{page Ж1}", [("Ж1", "page-zh1")]),
        ("{page 123456789012}", [("123456789012", "page-123456789012")]),
    ],
)
def test_the_address_of_a_page_is_made_of_its_label(written: str, named: list[tuple[str, str]]) -> None:
    assert marks(render(written)) == named


@pytest.mark.parametrize(
    "text", ["## Men {page 12} and", "[men {page 12} and](a.md)", "| men {page 12} and |\n|---|\n| {page 12} x |"]
)
def test_a_page_is_no_part_of_what_screen_readers_call_a_heading_a_link_or_a_cell(text: str) -> None:
    html = render(text)
    assert html.count('<span aria-hidden="true"') == text.count("{page")


def test_no_heading_takes_the_address_of_a_page() -> None:
    html = render("## Page 12\n\nWords.\n\n{page 12}\n\nMore.")
    assert '<h2 id="page-12-2">' in html
    assert html.count('id="page-12"') == 1


@pytest.mark.parametrize(
    "text",
    [
        r"\{page}",
        r"\{page 3}",
        "{ page}",
        "{page 3",
        "{Page 3}",
        "{page  3}",
        "{page 3 }",
        "{page: 3}",
        "{page 3-4}",
        "{page []}",
        "{page 1234567890123}",
        "{page 3_4}",
        "{pages}",
        "`{page 3}`",
        "``{page}``",
        "```\n{page 3}\n```",
        "A.\n\n    {page 3}",
        "{page\n3}",
        "[a](https://a.example/{page})",
        "![{page}](b.png)",
        '<abbr title="{page 3}">A</abbr>',
        "<hear {page 3> hear",
    ],
)
def test_anything_else_in_braces_is_text(text: str) -> None:
    html = render(text)
    assert marks(html) == []
    assert find_lost_words(text, html, {}) == ([], 0)
    assert "page" in html.casefold()


def test_the_names_of_paragraphs_do_not_change() -> None:
    plain = "The men stood at the gate.\n\n- One\n    - two\n\n## Three\n\nFour."
    marked = "The {page 2} men stood at the gate. {page 3}\n\n- {page 4} One\n    - two\n\n## Three {page 5}\n\nFour."
    ids = [re.findall(r'<(?:p|li|h2) id="([^"]*)"', render(text)) for text in (plain, marked)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 5


def test_a_mark_is_no_word_of_an_excerpt_and_takes_no_time() -> None:
    html = render("{page 1} The men {page 2} stood{page 3} there. {page 4}")
    assert first_words(html) == "The men stood there."
    assert letters_of(html) == letters_of("The men stood there.")
    assert count_minutes(render("{page 7} word " * 300)) == count_minutes(render("word " * 300))


def test_marks_at_the_ends_of_a_block_are_outside_it_while_it_is_set() -> None:
    html = render('{page 1}"Men," he *said {page 2}*\n\n*{page 3}"Men"* he said.\n\n{page 4}')
    apart = set_apart(html)
    assert '</span><p id="' in apart
    assert letters_of(bring_back(apart)) == letters_of(html)
    assert marks(bring_back(apart)) == marks(html)
    assert re.search(r"<p [^>]*><span id", bring_back(apart))
    assert re.search(r"</span></p>", bring_back(apart))
    assert without_marks(bring_back(apart)) == without_marks(html)


def test_speech_is_told_from_lists_as_if_there_were_no_marks() -> None:
    text = "- Oui, dit-il. {page 2}\n\n{page 3}\n\n- Non ?{page 4}\n\n- Si."
    assert mark_speech(text, "fr") == text.replace("- ", "\\- ")


def test_marks_are_dropped_from_a_source() -> None:
    assert drop_page_marks("A {page 2} b{page 3}c\n{page 4}\n d {page}") == "A bc\n\n d"
    assert drop_page_marks("{page 2} - A {page}{page 3}\n{page [4]} {page}") == "{page 2} - A\n"
    assert drop_page_marks(r"\{page 3} a") == r"\{page 3} a"


PIECES = st.lists(
    st.sampled_from(
        ["men", "_bread_", "{page 2}", "{page}", "{page [3]}", "and", "\n", "\n\n", "- ", "> ", "«", "»", "(", ")",
         "<br>", "1. ", "__x__", "`a`", "[^1]", "## ", "|", "    "]
    ),
    max_size=14,
)  # fmt: skip


@given(PIECES, st.sampled_from([" ", ""]))
def test_no_word_is_lost_however_marks_are_strewn(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces) + "\n\n[^1]: A note {page 9} here."
    html = render(text)
    lost = find_lost_words(text, html, MARKDOWN.references)[0]
    plain = re.sub(r"{page[^}]*}", "", text)
    assert set(lost) <= set(find_lost_words(plain, render(plain), MARKDOWN.references)[0])
    assert len(marks(html)) + html.count("{page") == text.count("{page")
    names = re.findall(r' id="([^"]*)"', html)
    assert len(names) == len(set(names))
