"""Quotation marks: every example, the marks of every language, and what holds for any text."""

import re
from html import unescape
from typing import Any

import pytest
import smartypants
from docutils.utils.smartquotes import smartchars
from hypothesis import given
from hypothesis import strategies as st
from pelican_typeset import Marks, convert_quotes, find_unmatched, marks_for
from pelican_typeset.quote_styles import MARKS_BY_LANGUAGE, check_quote_styles
from random_html import html
from typeset_examples import Example, read_examples
from typogrify.filters import typogrify

EXAMPLES = read_examples("quotes")
LANGS = st.sampled_from([*MARKS_BY_LANGUAGE, "en-GB", "fr_BE", "tlh", ""])
DECODED = re.compile(r"&(?!(?:lt|gt|amp|quot);)#?\w+;")
TAG = re.compile(r"""</?[a-zA-Z](?:=\s*"[^"]*"|=\s*'[^']*'|[^<>])*+>""")
SPACES = str.maketrans({"_": "\N{NO-BREAK SPACE}", "~": "\N{NARROW NO-BREAK SPACE}"})


def decode(text: str) -> str:
    return DECODED.sub(lambda reference: unescape(reference[0]), text)


def options(example: Example) -> dict[str, Any]:
    found: dict[str, Any] = {"french_punctuation": "French punctuation" in example.remark}
    if marks := re.search(r"marks (\S+ \S+ \S+ \S+)", example.remark):
        found["styles"] = {example.lang: tuple(marks[1].translate(SPACES).split(" "))}
    return found


def smart(text: str) -> str:
    return smartypants.smartypants(text, smartypants.Attr.set1 | smartypants.Attr.w)


def typogrified(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(smartypants.Attr, "default", smartypants.Attr.set1 | smartypants.Attr.w)
    return str(typogrify(text))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    made = convert_quotes(example.before, example.lang, **options(example))
    if "final" in example.remark:
        made = smart(made)
    elif "typogrify" in example.remark:
        made = typogrified(made, monkeypatch)
    assert decode(made) == decode(example.after)


@pytest.mark.parametrize("lang", [*MARKS_BY_LANGUAGE, "en-GB", "fr-BE"])
def test_what_is_converted_stays_in_every_language(lang: str) -> None:
    for example in EXAMPLES:
        once = convert_quotes(example.before, lang, french_punctuation=True)
        assert convert_quotes(once, lang, french_punctuation=True) == once


def letters_and_figures(text: str) -> list[str]:
    return [char for char in unescape(text) if char.isalnum()]


@given(html(), LANGS, st.booleans())
def test_converting_twice_changes_nothing(text: str, lang: str, spaced: bool) -> None:
    once = convert_quotes(text, lang, french_punctuation=spaced)
    assert convert_quotes(once, lang, french_punctuation=spaced) == once


@given(html(), LANGS, st.booleans())
def test_letters_and_tags_stay(text: str, lang: str, spaced: bool) -> None:
    made = convert_quotes(text, lang, french_punctuation=spaced)
    assert letters_and_figures(made) == letters_and_figures(text)
    assert TAG.findall(made) == TAG.findall(text)


@given(html(), st.sampled_from(["en", "de", "sv", "cs", "nl"]))
def test_a_mark_without_its_partner_stays(text: str, lang: str) -> None:
    """In languages without guillemets, every mark that is reported is still there."""
    lost = [mark.mark for mark in find_unmatched(text, lang)]
    left = [c for c in decode(convert_quotes(text, lang)) if c in "«»‹›"]
    assert all(left.count(mark) >= lost.count(mark) for mark in lost)


@given(st.text(), LANGS)
def test_any_text_is_taken_and_settles(text: str, lang: str) -> None:
    made = convert_quotes(text, lang, french_punctuation=True)
    assert convert_quotes(made, lang, french_punctuation=True) == made


@pytest.mark.parametrize(
    "text",
    [
        "<p " * 100_000,
        "«a " * 10_000 + "»" * 10_000,
        "<!--" * 50_000 + "« a »",
        "a » " * 20_000,
        "<b>" * 10_000 + "« a »",
    ],
    ids=["tags that never end", "nested", "comments that never end", "closing marks", "deep"],
)
def test_large_broken_texts_are_taken(text: str) -> None:
    assert convert_quotes(text, "en").count("a") == text.count("a")


def test_unmatched_marks_say_what_and_where() -> None:
    text = "<p>The <b>«&nbsp;calm</b> ended.</p>"
    [lost] = find_unmatched(text, "en")
    assert (lost.mark, lost.offset, lost.words) == ("«", text.index("«"), "The « calm ended.")


@pytest.mark.parametrize(
    "text", ["<p>Next »</p>", "<p>Home » Iraq</p>", "<p>« Previous</p>", "<p>See: <a>more »</a></p>", "<p>«»</p>"]
)
def test_signs_are_not_reported(text: str) -> None:
    assert list(find_unmatched(text, "en")) == []
    assert convert_quotes(text, "en") == text


@pytest.mark.parametrize(
    "text",
    [
        "<p>« The calm of Maysan</p>",
        "<p>The calm » ended.</p>",
        "<h2>« Calm.</h2>",
        "<p>the«calm</p>",
        "<p><i>« a « b » c</i></p>",
        "<p>« One.</p><h2>Two</h2>",
    ],
)
def test_marks_without_a_partner_are_reported(text: str) -> None:
    assert [lost.mark for lost in find_unmatched(text, "en")] == [next(c for c in text if c in "«»")]


def test_the_words_of_a_problem_hold_nothing_that_is_not_in_the_source() -> None:
    [lost] = find_unmatched("<p>The <code>x</code><sup>1</sup> « calm&shy;ness<br>ended.</p>", "en")
    assert lost.words == "The …1 « calmness ended."


@pytest.mark.parametrize("attribute", ['class="footnote-ref"', "class='footnote-reference superscript'"])
def test_the_words_of_a_problem_leave_out_the_number_of_a_note(attribute: str) -> None:
    note = f'<sup id="fnref:b"><a {attribute} href="#fn:b">12</a></sup>'
    [lost] = find_unmatched(f"<p>In Pravda{note} and « the<sup>2</sup> <a href='/'>7</a> calm{note}.</p>", "en")
    assert lost.words == "In Pravda and « the2 7 calm."


def test_typogrify_s_ignored_tags_are_left_alone() -> None:
    text = '<div class="verse x">« a »</div><span id="s">« b »</span><i>« c »</i>'
    assert convert_quotes(text, "en", ignore_tags=["div.verse", "#s", "i"]) == text
    assert "“" in decode(convert_quotes(text, "en", ignore_tags=["p.verse"]))


# CLDR 48.2, common/main: the delimiters of the languages in our table.
CLDR = {
    "“ ” ‘ ’": "en en-GB en-CA en-AU es es-419 es-MX pt da lv tr gl cy ga sq zh ko vi az",
    "« » « »": "fr fr-BE hy oc",
    "« » ” “": "fr-CA",
    "« » ‹ ›": "fr-CH fa rm",
    "„ “ ‚ ‘": "de de-CH de-AT de-LI is et cs sk sl hr mk lb",
    "« » “ ”": "it it-CH pt-PT el ca eu br kk",
    "‘ ’ ‘ ’": "nl nl-BE",
    "” ” ’ ’": "sv fi he",
    "« » ‘ ’": "nb nn no",
    "„ “ „ “": "lt bg",
    "„ ” « »": "pl ro",
    "„ ” ’ ’": "sr sr-Latn",
    "„ ” ‘ ’": "bs",
    "„ ” » «": "hu",
    "« » „ “": "ru uk be",
    "„ “ « »": "ka",
    "” “ ’ ‘": "ar",
    "「 」 『 』": "ja zh-Hant",
    "“ ” « »": "eo",
}
# Every language in which we do not follow CLDR, or docutils; quote_styles.py names the source that we follow instead.
NOT_CLDR = "ar fr fr-CA fr-CH fr-BE de-CH de-LI it-CH es nl nl-BE da lt hr bg eu"
NOT_DOCUTILS = "eo fr-ch gl he hu lv nb nn no pt sq"
NOT_OURS = "af hsb sh"  # languages that only docutils knows


def test_every_difference_from_cldr_is_intended() -> None:
    theirs = {tag: tuple(marks.split()) for marks, tags in CLDR.items() for tag in tags.split()}
    assert {tag for tag, marks in theirs.items() if marks_for(tag) != marks} == set(NOT_CLDR.split())
    assert len(theirs) == 71


def test_every_difference_from_docutils_is_intended() -> None:
    theirs = {tag: tuple(marks) for tag, marks in smartchars.quotes.items() if "-x-" not in tag}
    assert {tag for tag in theirs if marks_for(tag) is None} == set(NOT_OURS.split())
    different = {tag for tag, marks in theirs.items() if marks_for(tag) not in (None, marks)}
    assert different == set(NOT_DOCUTILS.split())


def test_a_tag_falls_back_to_shorter_ones() -> None:
    assert marks_for("fr_be") == marks_for("FR") != marks_for("fr-CH") == marks_for("fr-ch-1990")
    assert marks_for("tlh") is None and marks_for("") is None and marks_for("frx") is None
    mine: dict[str, Marks] = {"de_CH": ("»", "«", "›", "‹")}
    assert marks_for("de-ch", mine) == ("»", "«", "›", "‹") and marks_for("de", mine) == marks_for("de")


@pytest.mark.parametrize("row", ["«»", ("«", "»"), ("«", "»", "“", ""), ("«", "»", "“", None)])
def test_a_row_that_is_not_four_marks_is_refused(row: Any) -> None:
    check_quote_styles({"de": ("»", "«", "›", "‹"), "en": "“”‘’"})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match=r"GUILLEMETS_STYLES\['de'\]: .* is not four marks"):
        check_quote_styles({"de": row})
