"""The fast search finds the same words as the regular expression."""

from __future__ import annotations

import html
import re

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from press.model.slugs import keep_letters, split_words
from press.site.excerpts import first_words
from press.site.lost_words import find_lost_words, letters_of
from press.site.reading_time import count_minutes

TEXTS = st.text() | st.text("aB1_ -.’“é²œж\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\n\x1c\x85")
"""Letters, figures, signs and spaces, in and beyond Latin-1."""
PARTS = ["a", "é", " ", "œ", "ж", "_", "’", "<em>", "</em>", "<br>", "&nbsp;", "&amp;", "&#8220;", "&thinsp;"]
MARKUP = st.lists(st.sampled_from(PARTS)).map("".join)


@given(TEXTS)
@example("It’s 5 % – a_b")
def test_words_are_runs_of_letters_and_figures(text: str) -> None:
    assert split_words(text) == re.findall(r"[^\W_]+", text)


def test_every_character_is_a_letter_or_figure_or_none() -> None:
    every = [chr(code) for code in range(0x2100)]  # beyond, the expression decides
    wrong = [f"U+{ord(sign):04X}" for sign in every if bool(split_words(sign)) != sign.isalnum()]
    assert wrong == []


def test_letters_are_those_that_a_reader_sees() -> None:
    assert letters_of('<em title="no">It’s</em> 5&nbsp;% &amp; caf&eacute;') == "Its5café"


@given(TEXTS)
def test_letters_in_a_row_are_the_words_without_spaces(text: str) -> None:
    assert keep_letters(text) == "".join(re.findall(r"[^\W_]+", text))


@given(MARKUP)
def test_letters_of_markup_are_those_of_its_text(markup: str) -> None:
    text = html.unescape(re.sub(r"<[^>]*>", "", markup))
    assert letters_of(markup) == "".join(re.findall(r"[^\W_]+", text))


@given(MARKUP)
def test_the_first_words_are_those_of_a_parser(markup: str) -> None:
    paragraph = f"<p>{markup}</p>"
    read = " ".join(lxml_html.fragment_fromstring(paragraph).text_content().split())
    assert first_words(paragraph, 10_000) == read


@given(st.text(st.characters(max_codepoint=0x5FF, exclude_categories=["Cs"])) | st.text("aж_ -’\N{NO-BREAK SPACE}\n"))
def test_two_hundred_words_with_letters_take_a_minute(text: str) -> None:
    words = text.replace("<", "").replace(">", "")
    counted = [word for word in words.split() if any(map(str.isalnum, word))]
    assert count_minutes(f"{words} " * 500) == max(1, round(len(counted) * 500 / 200))


def test_a_text_without_a_letter_missing_has_lost_no_word() -> None:
    assert find_lost_words("It’s *so* &amp; so", "<p>It’s <em>so</em> &amp; so</p>", {}) == ([], 0)
    assert find_lost_words("one\n\ntwo *so*", "<p>one</p>\n<p><em>so</em></p>", {}) == (["two"], 3)
