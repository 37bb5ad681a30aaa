"""Edited blocks are those that the edited text has when it is read again; hyphens are found as by `finditer`."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import random_html
from hypothesis import given
from hypothesis import strategies as st
from pelican_typeset import convert_quotes, dash_or_hyphen, set_dashes
from pelican_typeset.blocks import Block, Edit, rewrite
from pelican_typeset.edited_blocks import edit_blocks, edit_html
from pelican_typeset.html_reader import read_blocks, recall_blocks

NEW = st.sampled_from(["", "“", "&#8220;", "&nbsp;–", " ", "&mdash;", "’", "„&#8239;", "&nbsp;"])
PATTERNS = "SPACED SPEECH_HEAD AFTER_MARK BROKEN_OFF SPACE_BEFORE_ONLY SPACE_AFTER_ONLY LINE_HEAD".split()
HYPHENS = st.text("- \n\N{NO-BREAK SPACE}ab1(“\"'.?…¿,=", max_size=30)


def describe(blocks: Sequence[Block]) -> list[object]:
    """Everything that a block knows, its places in the source as they are."""
    pieces = [
        [(p.at, p.kind, p.element.name, p.lang, p.element.attributes) for p in block.pieces] for block in blocks
    ]
    places = [[block.source(at) for at in range(len(block.text))] for block in blocks]
    return [[(block.text, block.section) for block in blocks], pieces, places]


def list_edits(blocks: Sequence[Block], chosen: Sequence[tuple[int, str]]) -> list[Edit]:
    """Edits of chosen characters that are text or references."""
    places = [(b, at) for b in blocks for at in range(len(b.text)) if b.piece(at).kind != "tag"]
    if not places:
        return []
    found = {(block := places[n % len(places)])[0].source(block[1]): new for n, new in chosen}
    return sorted((start, end, new) for (start, end), new in found.items())


@given(random_html.html(), st.sampled_from(["en", "fr"]), st.lists(st.tuples(st.integers(0, 200), NEW), max_size=6))
def test_edited_blocks_are_those_read_again(html: str, lang: str, chosen: list[tuple[int, str]]) -> None:
    blocks = read_blocks(html, lang)
    edits = list_edits(blocks, chosen)
    edited = edit_blocks(blocks, edits)
    if edited is not None:
        assert describe(edited) == describe(read_blocks(rewrite(html, edits), lang))


def test_the_next_plugin_does_not_read_again() -> None:
    html = "<p>So « calm » - that's &laquo; it &raquo;.</p>\n<p>R&amp;D - too.</p>"
    quoted = convert_quotes(html, "en")
    assert recall_blocks(quoted, "en") is not None
    dashed = set_dashes(quoted, "en")
    assert dashed != quoted
    assert recall_blocks(dashed, "en") is not None
    assert recall_blocks(quoted, "en") is None


def test_a_stray_sign_is_read_again() -> None:
    html = "<p>5 < 'n' & « so »</p>"
    blocks = read_blocks(html, "en")
    at = blocks[0].text.index("«")
    assert edit_blocks(blocks, [(*blocks[0].source(at), "“")]) is None
    assert edit_html(html, "en", [(*blocks[0].source(at), "“")]) == html.replace("«", "“")


@pytest.mark.parametrize("name", PATTERNS)
@given(text=HYPHENS)
def test_hyphens_are_found_as_by_finditer(name: str, text: str) -> None:
    pattern = getattr(dash_or_hyphen, name)
    found = dash_or_hyphen.find_at(dash_or_hyphen.find_hyphens(text), pattern, text)
    assert [m.span() for m in found] == [m.span() for m in pattern.finditer(text)]
