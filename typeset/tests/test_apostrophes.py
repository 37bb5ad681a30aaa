"""Apostrophes: every example through the whole of typogrify, and what holds for any text."""

import html as entities
import re
from collections.abc import Iterator, Sequence

import pytest
import smartypants
from hypothesis import given
from hypothesis import strategies as st
from pelican_typeset import convert_quotes, set_apostrophes, typeset
from pelican_typeset.elisions import DROPPED_H, HOMOGRAPHS, PERHAPS
from typeset_examples import Example, read_examples
from typogrify.filters import typogrify

EXAMPLES = read_examples("apostrophes")
MARKUP = [
    *["'", "'", "\N{RIGHT SINGLE QUOTATION MARK}", "\N{LEFT SINGLE QUOTATION MARK}", "&#39;", '"', "\\", "“", "«"],
    *[" ", "\n", "-", "\N{EM DASH}", "&nbsp;", "(", ")", ".", "/", "tis", "em", "cause", "n", "rock", "roll", "s"],
    *["word", "a", "68", "90s", "000", "5", "<em>", "</em>", "<p>", "</p>", "<br>", "<code>", "</code>", "<sup>"],
    *["</sup>", '<i lang="fr">', '<i lang="de">', "</i>", "<!--", "-->", "<", ">", "&", "<a title='b'>", "</a>"],
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(MARKUP), max_size=40).map("".join))
LANGS = st.sampled_from(["en", "en-US", "fr", "nl", "de", "it", "", "x_y"])
PLAIN = dict.fromkeys(["amp", "caps", "initial_quotes", "widont"], False)


@pytest.fixture(autouse=True)
def _as_pelican_sets_smartypants() -> Iterator[None]:
    before = smartypants.Attr.default
    smartypants.Attr.default = smartypants.Attr.set1 | smartypants.Attr.w
    yield
    smartypants.Attr.default = before


def letters_and_figures(html: str) -> Sequence[str]:
    return [c for c in entities.unescape(html) if c.isalnum()]


def tags(html: str) -> Sequence[str]:
    return re.findall(r"</?[a-zA-Z][^>]*>", html)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example(example: Example) -> None:
    set_once = set_apostrophes(convert_quotes(example.before, example.lang), example.lang)
    assert entities.unescape(typogrify(set_once, **PLAIN)) == example.after


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_other_filters_of_typogrify_do_no_harm(example: Example) -> None:
    whole = entities.unescape(typeset(example.before, example.lang))
    seen = re.sub(r"<[^>]*>", "", whole).replace("\N{NO-BREAK SPACE}", " ")
    assert seen == re.sub(r"<[^>]*>", "", example.after)


@given(TEXTS, LANGS)
def test_applied_twice_changes_nothing(html: str, lang: str) -> None:
    once = set_apostrophes(html, lang)
    assert set_apostrophes(once, lang) == once


@given(TEXTS, LANGS)
def test_letters_figures_and_tags_stay(html: str, lang: str) -> None:
    after = set_apostrophes(html, lang)
    assert letters_and_figures(after) == letters_and_figures(html)
    assert tags(after) == tags(html)


def test_every_homograph_is_a_word_that_may_be_cut_short() -> None:
    for lang, row in HOMOGRAPHS.items():
        words = {*PERHAPS.get(lang, "").split(), *(DROPPED_H.split() if lang == "en" else ())}
        assert set(row.split()) <= words, lang
