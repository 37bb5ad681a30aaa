"""Strategies for random HTML: well-formed, of tag soup, and of whatever comes."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

MARKS = [*"«»‹›“”„‘’‚\"'", "&laquo;", "&raquo;", "&#171;", "&#xBB;", "&lsaquo;", "&quot;", "&ldquo;", "&#39;"]
SPACES = [
    " ",
    "\n",
    "\N{NO-BREAK SPACE}",
    "\N{NARROW NO-BREAK SPACE}",
    "&nbsp;",
    "&#8239;",
    "&thinsp;",
    "\N{ZERO WIDTH SPACE}",
]
WORDS = ["calm", "a", "80", "é", "和平", "Tis", "R&amp;D", "&lt;&lt;", "&amp;laquo;", "x", "café", "12"]
SIGNS = [*".,;:!?…-—–()[]/|", "--", " - ", "&mdash;"]
INLINE = ["em", "b", "span", "sup", "q", "a", "code", "kbd", "I"]
BLOCKS = ["p", "li", "div", "h2", "blockquote", "td", "dd", "pre", "nav", "P", "figcaption", "ul", "hr"]
ATTRIBUTES = [
    "",
    ' lang="fr"',
    " lang=de",
    ' lang=""',
    ' translate="no"',
    " title=\"« a » > 'b'\"",
    " href='\"«'",
    ' id="fn:1"',
]
SOUP = [
    "<",
    ">",
    "&",
    "<p ",
    "<!--",
    "-->",
    "<br>",
    "<br/>",
    "<img alt='»'>",
    "</p>",
    "<script>",
    "</script>",
    "&#xD800;",
    "&#;",
    "=",
    '<x a="',
]


def texts() -> SearchStrategy[str]:
    """Marks, spaces, words and signs in any order: what a block may hold."""
    piece = st.one_of(*map(st.sampled_from, (MARKS, SPACES, WORDS, SIGNS)))
    return st.lists(piece, max_size=14).map("".join)


def elements(names: list[str], inside: SearchStrategy[str]) -> SearchStrategy[str]:
    """An element of one of these names, with or without an attribute, around what `inside` gives."""
    return st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(names), st.sampled_from(ATTRIBUTES), inside)


def inline() -> SearchStrategy[str]:
    """Text with inline elements in one another."""
    return st.recursive(texts(), lambda x: st.lists(x | elements(INLINE, x), max_size=3).map("".join), max_leaves=5)


def well_formed() -> SearchStrategy[str]:
    """Blocks in one another, with inline text in them."""
    return st.recursive(inline(), lambda x: st.lists(elements(BLOCKS, x), max_size=4).map("\n".join), max_leaves=8)


def soup() -> SearchStrategy[str]:
    """Tags that never end, ends that never began, stray signs."""
    return st.lists(st.sampled_from(SOUP) | texts() | elements(INLINE + BLOCKS, texts()), max_size=8).map("".join)


def html() -> SearchStrategy[str]:
    """Any HTML, and any text at all."""
    return st.one_of(well_formed(), soup(), st.text(max_size=60))
