"""Markdown as this archive reads it: raw HTML is text, except a few harmless inline tags."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension

from press.site.markdown.dialect import HouseMarkdown
from press.site.markdown.fast_markdown import Sparing

CASES = [
    # what is written, what is made of it
    ("<hear, hear> they cried", "<p>&lt;hear, hear&gt; they cried</p>"),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ("<div>\n\n*a*\n\n</div>", "<p>&lt;div&gt;</p>\n<p><em>a</em></p>\n<p>&lt;/div&gt;</p>"),
    ("<!-- a note -->", "<p>&lt;!-- a note --&gt;</p>"),
    ("a <b>bold</b> word", "<p>a &lt;b&gt;bold&lt;/b&gt; word</p>"),
    ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
    ('<span lang="fr">*la* paix</span>', '<p><span lang="fr"><em>la</em> paix</span></p>'),
    ('<bdi dir="rtl" title="a &amp; b">x</bdi>', '<p><bdi dir="rtl" title="a &amp; b">x</bdi></p>'),
    ("<span>a <span>b</span> c</span>", "<p><span>a <span>b</span> c</span></p>"),
    ("one<br>two<br/>three<br />four", "<p>one<br>\ntwo<br>\nthree<br>\nfour</p>"),
    # a tag that is not closed, or not in its order, or has another attribute, is text
    ("H<sub>2 O", "<p>H&lt;sub&gt;2 O</p>"),
    ("a </sub> b", "<p>a &lt;/sub&gt; b</p>"),
    ('<span onclick="x()">a</span>', '<p>&lt;span onclick="x()"&gt;a&lt;/span&gt;</p>'),
    ('<span style="x">a</span>', '<p>&lt;span style="x"&gt;a&lt;/span&gt;</p>'),
    ("<span class=x>a</span>", "<p>&lt;span class=x&gt;a&lt;/span&gt;</p>"),
    ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
    ("`<sub>` and <sub>x</sub>", "<p><code>&lt;sub&gt;</code> and <sub>x</sub></p>"),
    ("<span>a <sub>b</span>", "<p>&lt;span&gt;a &lt;sub&gt;b&lt;/span&gt;</p>"),
    # headings begin below the title and skip no level
    ("# A\n\n## B", "<h2>A</h2>\n<h3>B</h3>"),
    ("### A\n\n#### B", "<h2>A</h2>\n<h3>B</h3>"),
    ("## A\n\n# B", "<h2>A</h2>\n<h2>B</h2>"),
    ("# A\n\n###### F\n\n# B", "<h2>A</h2>\n<h3>F</h3>\n<h2>B</h2>"),
]


@pytest.mark.parametrize(("written", "made"), CASES)
def test_the_dialect_of_markdown(written: str, made: str) -> None:
    assert Markdown(extensions=[HouseMarkdown()], output_format="html").convert(written) == made


def convert(text: str, *further: Extension | str) -> str:
    extensions = ["footnotes", "tables", "def_list", "fenced_code", "sane_lists", HouseMarkdown(), *further]
    return Markdown(extensions=extensions, output_format="html").convert(text)


PIECES = r"""word a 1. - + * ** _ __ ` `` ``` ~~~ \ \\ [ ] ( ) ![ [^1] [^1]: [a]: /x [a](/x) <br> <sub> </sub> <x@y.z>
<https://a.b> &amp; &bogus; & # ## > : | --- === < > " ' !""".split()
SPACES = [" ", " ", " ", "  ", "    ", "\n", "\n", "\n\n", "\n\n", "  \n", "\t", "\u00a0"]


@given(st.lists(st.sampled_from([*PIECES, *SPACES, *SPACES]), max_size=40).map("".join) | st.text())
@example("a  \nb")
@example("![a](/x)")
@example("a\n: b\n\nc\n=\n\n    d\n\n> e")
@example("* * *\n\na\n---\n\n_  _  _\n\n~~~\nb\n~~~\n\n[c][d] _e_\n\n[d]: /x")
def test_the_quick_search_changes_nothing(text: str) -> None:
    assert convert(text, Sparing()) == convert(text)


def test_unknown_patterns_are_applied_to_all_texts() -> None:
    assert convert("a\nb", "nl2br", Sparing()) == "<p>a<br>\nb</p>"
