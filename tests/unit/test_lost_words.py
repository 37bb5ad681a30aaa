"""The fast search finds the same words as the regular expression."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from press.model.slugs import split_words
from press.site.lost_words import letters_of


@given(st.text() | st.text("aB1_ -.’“é²\N{NO-BREAK SPACE}\n\x1c"))
@example("It’s 5 % – a_b")
def test_words_are_runs_of_letters_and_figures(text: str) -> None:
    assert split_words(text) == re.findall(r"[^\W_]+", text)


def test_every_character_is_a_letter_or_figure_or_none() -> None:
    every = [chr(code) for code in range(0x2100)]  # beyond, the expression decides
    wrong = [f"U+{ord(sign):04X}" for sign in every if bool(split_words(sign)) != sign.isalnum()]
    assert wrong == []


def test_letters_are_those_that_a_reader_sees() -> None:
    assert letters_of('<em title="no">It’s</em> 5&nbsp;% &amp; caf&eacute;') == "Its5café"
