"""Dashes: every example, and what holds for any text."""

import html as entities
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican_typeset import find_doubtful, set_dashes
from pelican_typeset.dash_styles import STYLE_BY_LANGUAGE, STYLES, check_dash_styles
from typeset_examples import Example, read_examples
from typogrify.filters import typogrify

EXAMPLES = read_examples("dashes")
MARKUP = [
    *["-", " - ", " -", "- ", "\n", " ", "--", "\N{EN DASH}", "&nbsp;", "&mdash;", "&#45;", "\\", "=", ".", "?"],
    *["word", "a", "x", "I", "5", "10", "12", "1914", "1918", "18", "06", "pp.", "Tel. ", ":", ",", "/", "+", "@"],
    *['"', "'", "(", ")", "«", "»", "<em>", "</em>", "<p>", "</p>", "<br>", "<code>", "</code>", "<sup>", "</sup>"],
    *['<i lang="es">', '<i lang="en-US">', "</i>", "<!--", "-->", "<", ">", "&", '<a title="a - b">', "</a>"],
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(MARKUP), max_size=40).map("".join))
LANGS = st.sampled_from(["en", "en-US", "fr", "es", "de", "", "x_y"])


def letters_and_figures(html: str) -> Sequence[str]:
    return [c for c in entities.unescape(html) if c.isalnum()]


def tags(html: str) -> Sequence[str]:
    return re.findall(r"</?[a-zA-Z][^>]*>", html)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example(example: Example) -> None:
    assert set_dashes(example.before, example.lang) == example.after


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_only_doubtful_examples_are_doubtful(example: Example) -> None:
    assert bool(list(find_doubtful(example.before, example.lang))) == (example.remark == "doubtful")


@given(TEXTS, LANGS)
def test_applied_twice_changes_nothing(html: str, lang: str) -> None:
    once = set_dashes(html, lang)
    assert set_dashes(once, lang) == once


@given(TEXTS, LANGS)
def test_letters_figures_and_tags_stay(html: str, lang: str) -> None:
    after = set_dashes(html, lang)
    assert letters_and_figures(after) == letters_and_figures(html)
    assert tags(after) == tags(html)


@given(TEXTS, LANGS)
def test_the_offset_of_a_doubt_is_its_hyphen(html: str, lang: str) -> None:
    for doubt in find_doubtful(html, lang):
        assert html[doubt.offset] == "-"
        assert "-" in doubt.words


def test_doubt_shows_the_words_around() -> None:
    (doubt,) = find_doubtful("<p>Of <b>Iraq</b> -The calm that hides the storm of the year</p>")
    assert doubt.words == "Of Iraq -The calm that hides the"


def test_doubt_leaves_out_the_number_of_a_note() -> None:
    note = '<sup id="fnref:b"><a class="footnote-ref" href="#fn:b">12</a></sup>'
    (doubt,) = find_doubtful(f"<p>Of Iraq{note} -The calm</p>")
    assert doubt.words == "Of Iraq -The calm"


def test_dashes_survive_typogrify_and_open_quotations_after_them() -> None:
    american = typogrify(set_dashes('<p>He said "peace" - "now" - and left.</p>', "en-US"))
    assert "“peace”—“now”—and" in entities.unescape(american)
    british = typogrify(set_dashes("<p>the calm - and pp. 10-12 of it</p>", "en-GB"))
    assert "calm&nbsp;\N{EN DASH} and pp. 10\N{EN DASH}12" in british


def test_a_row_of_the_caller_takes_the_place_of_the_table() -> None:
    assert set_dashes("a man - a plan", "en", styles={"en": "spaced em"}) == "a man&nbsp;\N{EM DASH} a plan"
    assert set_dashes("a man - a plan", "fr-CA", styles={"fr": "closed em"}) == "a man&mdash;a plan"


@pytest.mark.parametrize("rows", [{"en": "long"}, {"fr": ""}])
def test_an_unknown_style_is_refused_with_the_list_of_styles(rows: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="Write one of: spaced en, spaced em, closed em, raya"):
        check_dash_styles(rows)
    with pytest.raises(ValueError, match="Write one of: spaced en, spaced em, closed em, raya"):
        set_dashes("a - b", next(iter(rows)), styles=rows)


def test_the_table_has_only_styles_that_exist() -> None:
    assert set(STYLE_BY_LANGUAGE.values()) <= set(STYLES)
