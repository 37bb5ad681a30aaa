"""A leaflet as plain text: every word, within the line length, in the forms that people type by hand."""

from __future__ import annotations

import pytest

from press.exports.plain_text import write_text
from tests.support.export_inputs import document, leaflet


def body_of(markdown: str, **facts: object) -> str:
    made = leaflet(markdown, **facts)
    return write_text(made, document(made)).split("\n\n", 2)[2].rsplit("\n\n-----", 1)[0]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("One\ntwo.", "One two."),
        ("One<br>two.", "One\ntwo."),
        ("## Head\n\nWords.", "Head\n----\n\nWords."),
        ("> One\n>\n> two.", "    One\n\n    two."),
        ("1. one\n2. two\n    - three", "1. one\n2. two\n   - three"),
        ("3. one\n\n4. two", "3. one\n\n4. two"),
        ("    a\n      b", "    a\n      b"),
        ("| a | bb |\n|---|---:|\n| ccc | d |", "a    bb\n---  --\nccc   d"),
        ("Term\n:   Meaning", "Term\n\n    Meaning"),
        ("See [it](https://x.example/).", "See it <https://x.example/>."),
        ("Word[^1].\n\n[^1]: The note.", "Word[1].\n\n* * *\n\n[1] The note."),
        ("![A loaf](a.png)", "[A loaf]"),
        ("<q>Bread</q>", "“Bread”"),
        ("- - -", "* * *"),
    ],
)
def test_markdown_becomes_text(markdown: str, text: str) -> None:
    assert body_of(markdown) == text


def test_lines_break_at_spaces_within_the_line_length_or_not_at_all() -> None:
    words = "bread " * 60 + "x" * 100
    assert all(len(line) <= 40 for line in body_of(words, columns=40).split("\n") if line != "x" * 100)
    assert body_of(words, columns=0) == words


def test_a_line_does_not_break_at_a_no_break_space() -> None:
    text = body_of("aaa bbb\N{NO-BREAK SPACE}ccc", columns=8)
    assert text == "aaa\nbbb\N{NO-BREAK SPACE}ccc"


def test_it_begins_with_its_origin_and_ends_with_its_record() -> None:
    made = leaflet("Words.", title="The harbour", authors=("Ada Brennan",), origin="A box.", corrections=("a", "b"))
    text = write_text(made, document(made))
    assert text.startswith(
        "The harbour\n===========\n\n24 October 2006, Ada Brennan\nSource: A box.\n"
        "https://archive.example/leaflets/a/\n\nWords.\n\n---"
    )
    assert text.endswith("---\n\nThe Archive\nCorrections: a\n    b\n")
