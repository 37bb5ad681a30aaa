"""Spaces: every example, and what holds for any text."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican_typeset import set_spaces
from random_html import html
from typeset_examples import Example, read_examples

LANGS = st.sampled_from(["en", "fr", "de", "cs", "pl", "ru", "", "x_y"])
PIECES = [
    "p. ",
    "12",
    " ",
    "km",
    "J. ",
    "n° ",
    "000",
    "z. ",
    "B.",
    "k ",
    "word",
    "<b>",
    "</b>",
    "&nbsp;",
    "\n",
    "<br>",
]
TEXTS = st.one_of(html(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@pytest.mark.parametrize("example", read_examples("spaces"), ids=lambda example: example.name)
def test_example(example: Example) -> None:
    assert set_spaces(example.before, example.lang) == example.after


@given(TEXTS, LANGS)
def test_only_plain_spaces_become_no_break_spaces(text: str, lang: str) -> None:
    made = set_spaces(text, lang)
    assert set_spaces(made, lang) == made
    assert re.sub("&nbsp;| ", "_", made) == re.sub("&nbsp;| ", "_", text)
    assert unescape(made).replace("\N{NO-BREAK SPACE}", " ") == unescape(text).replace("\N{NO-BREAK SPACE}", " ")
