"""The fast typogrify has the same result as typogrify itself, for any HTML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import smartypants
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from pelican_typeset import convert_quotes, set_apostrophes, set_dashes
from typogrify import filters

from press.site.fast_typogrify import make_typogrify
from press.site.markdown.dialect import HouseMarkdown, Places

ROOT = Path(__file__).parents[2]
SOURCES = [*ROOT.glob("content/**/*.md"), *ROOT.glob("tests/sample/**/*.md")]
SETTINGS: dict[str, Any] = {
    "TYPOGRIFY": True,
    "TYPOGRIFY_DASHES": "default",
    "TYPOGRIFY_IGNORE_TAGS": [],
    "TYPOGRIFY_OMIT_FILTERS": [],
}
TAGS = """<p> </p> <p|id="p-x7"> </p> <li> </li> <h2> </h2> <ul> </ul> <em> </em> <strong> <i> <b> </b> <br> <abbr>
</span> <a|href='/?x&amp;y'> </a> <a|aria-label="x|&|y"> <a|title="|" <!--noted--> <!----> <!--a-b--> <!-- -->
<pre> </pre> <code> </code> <kbd> </kbd> <script> </math> < > </ >\n<""".split()
SIGNS = r"""" ' '' `` ` \ -- --- - ... .|.|. .. & &amp; &#38; &nbsp; &quot; &#39; &#8220; &ldquo; &mdash; AB A.B.
A.|B. A1B A The word said s 's 80s 9 , . ( [ / “ ’ « é""".split()
FILTERS = ["amp", "smartypants", "caps", "initial_quotes", "widont"]
SPACES = ["|", "|", "|", "\n", "\u00a0", "\u2003", "\t"]


def pieces(*kinds: list[str]) -> st.SearchStrategy[str]:
    every = st.lists(st.sampled_from([piece.replace("|", " ") for kind in kinds for piece in kind]), max_size=25)
    return every.map("".join)


@pytest.fixture(autouse=True, scope="module")
def _marks_as_pelican_has_them() -> Iterator[None]:
    """Set the options of smartypants as Pelican does: typogrify's own filter reads them from a global."""
    before, smartypants.Attr.default = smartypants.Attr.default, smartypants.Attr.set1 | smartypants.Attr.w
    yield
    smartypants.Attr.default = before


@given(pieces(SIGNS, SPACES) | pieces(TAGS, SIGNS, SPACES) | st.text())
@example("x</em>'s")
@example('A<em>"</em>')
@example('<em>"So</em> <b>"Tis</b></p>')
@example('"x" > y and <a "x"')
@example('<p><a aria-label="x & y">"z"</a></p>')
@example("<code>x</p>\n<p>'y'</p>")
@example("<i>&mdash; A</li>\nB</li>")
@example("a A.B. C.D. e")
def test_any_html_has_the_result_of_typogrify(html: str) -> None:
    assert make_typogrify(SETTINGS)(html) == filters.typogrify(html)


@pytest.mark.parametrize("file", SOURCES, ids=[file.stem for file in SOURCES])
def test_real_texts_have_the_result_of_typogrify(file: Path) -> None:
    extensions = ["footnotes", "tables", "def_list", "fenced_code", "sane_lists", HouseMarkdown(), Places()]
    html = Markdown(extensions=extensions, output_format="html").convert(file.read_text(encoding="utf-8"))
    html = set_apostrophes(set_dashes(convert_quotes(html, "en"), "en"), "en")
    assert make_typogrify(SETTINGS)(html) == filters.typogrify(html)


@given(pieces(TAGS, SIGNS, SPACES), st.sampled_from([["em"], ["p", ".x"], ["blockquote"]]))
@example('<em>"x"</em> "y"', ["em"])
def test_ignored_elements_stay(html: str, ignored: list[str]) -> None:
    assert make_typogrify({**SETTINGS, "TYPOGRIFY_IGNORE_TAGS": ignored})(html) == filters.typogrify(html, ignored)


@given(pieces(TAGS, SIGNS, SPACES), st.sets(st.sampled_from(FILTERS)))
def test_filters_are_left_out(html: str, omitted: set[str]) -> None:
    made = make_typogrify({**SETTINGS, "TYPOGRIFY_OMIT_FILTERS": sorted(omitted)})(html)
    assert made == filters.typogrify(html, **dict.fromkeys(omitted, False))


@pytest.mark.parametrize(
    ("dashes", "made"),
    [
        ("default", "a&#8212;b&#8212;-c"),
        ("oldschool", "a&#8211;b&#8212;c"),
        ("oldschool_inverted", "a&#8212;b&#8211;c"),
    ],
)
def test_dashes_follow_the_setting(dashes: str, made: str) -> None:
    assert make_typogrify({**SETTINGS, "TYPOGRIFY_DASHES": dashes})("a--b---c") == made


def test_typogrify_may_be_off() -> None:
    assert make_typogrify({**SETTINGS, "TYPOGRIFY": False})('"x" y') == '"x" y'


def test_an_unknown_filter() -> None:
    with pytest.raises(ValueError, match="'smartypnats' is not a filter"):
        make_typogrify({**SETTINGS, "TYPOGRIFY_OMIT_FILTERS": ["smartypnats"]})
