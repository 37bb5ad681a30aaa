"""The tree that exports are made from has all words of the text, in order, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from press.exports.document import Node, walk, words_in
from press.exports.from_html import UnknownElement, read_body
from tests.conftest import ROOT
from tests.support.export_inputs import render


def read(markdown: str) -> tuple[Node, ...]:
    return read_body(render(markdown), "/page/").blocks


def outline(nodes: tuple[Node | str, ...]) -> list[object]:
    return [n if isinstance(n, str) else [n.kind, *outline(n.inside)] for n in nodes]


@pytest.mark.parametrize(
    ("markdown", "tree"),
    [
        ("One *two* **three**.", [["paragraph", "One ", ["emphasis", "two"], " ", ["strong", "three"], "."]]),
        ("one\ntwo  \nthree", [["paragraph", "one two", ["break"], "three"]]),
        ("> one\n>\n> two", [["quote", ["paragraph", "one"], ["paragraph", "two"]]]),
        ("- one\n- two", [["list", ["item", ["paragraph", "one"]], ["item", ["paragraph", "two"]]]]),
        ("    a  b\n      c", [["code", "a  b\n  c"]]),
        ("a `b c` d", [["paragraph", "a ", ["typed", "b c"], " d"]]),
        ("- - -", [["rule"]]),
        ("Term\n:   Meaning", [["definitions", ["term", "Term"], ["meaning", ["paragraph", "Meaning"]]]]),
        ("<hear, hear> & so on", [["paragraph", "<hear, hear> & so on"]]),
        ("H<sub>2</sub>O", [["paragraph", "H", ["lowered", "2"], "O"]]),
    ],
)
def test_markdown_becomes_a_tree(markdown: str, tree: list[object]) -> None:
    assert outline(read(markdown)) == tree


def test_headings_descend_without_gaps() -> None:
    headings = [n for n in read("## a\n\n#### b\n\n##### c\n\n### d\n\n## e") if n.kind == "heading"]
    assert [n.facts["level"] for n in headings] == [1, 2, 3, 2, 1]


def test_a_table_is_rectangular_and_knows_its_head() -> None:
    (table,) = read("| a | b |\n|---|--:|\n| c |\n| d | e |")
    assert table.facts == {"columns": 2, "header": 1}
    assert [len(row.inside) for row in table.inside if isinstance(row, Node)] == [2, 2, 2]
    assert [n.facts["align"] for n in walk((table,)) if n.kind == "cell"][3] == "right"


def test_notes_are_listed_by_number_without_their_link_back() -> None:
    document = read_body(render("One[^a] and again[^a], two[^b].\n\n[^a]: First *note*.\n\n[^b]: Second."), "/page/")
    notes = [(n.facts["number"], n.facts["again"]) for n in walk(document.blocks) if n.kind == "note"]
    assert notes == [("1", False), ("1", True), ("2", False)]
    assert {number: words_in(note).strip() for number, note in document.notes.items()} == {
        "1": "First note.",
        "2": "Second.",
    }
    assert document.loose_notes == ()


def test_a_note_that_only_notes_refer_to_is_loose() -> None:
    document = read_body(render("One[^a], two[^c].\n\n[^a]: First[^b].\n[^b]: Third.\n[^c]: Second[^a]."))
    assert document.loose_notes == ("3",)


def test_a_language_stays_on_its_words() -> None:
    (run,) = (n for n in walk(read('Sing <span lang="fr">du pain</span>.')) if n.kind == "run")
    assert (run.inside, run.facts) == (("du pain",), {"lang": "fr"})


def test_links_within_a_text_become_links_to_its_page() -> None:
    (link,) = (n for n in walk(read("[there](#part)")) if n.kind == "link")
    assert link.facts["url"] == "/page/#part"


def test_an_element_that_exports_cannot_show_is_reported() -> None:
    with pytest.raises(UnknownElement) as unknown:
        read_body("<p>a</p><video>b</video>")
    assert (unknown.value.tag, unknown.value.words) == ("video", "b")


SOURCES = sorted((ROOT / "tests" / "sample" / "leaflets").rglob("*.md"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_the_tree_has_the_words_of_the_text(source: Path) -> None:
    body = render(source.read_text(encoding="utf-8").split("\n\n", 1)[1])
    page, document = html.fragment_fromstring(body, create_parent="div"), read_body(body)
    for mark in page.xpath(".//a[contains(@class, 'footnote')]"):  # numbers and arrows are not words
        mark.drop_tree()
    reported = [words_in(document.blocks), *(words_in(note) for note in document.notes.values())]
    assert "".join("".join(reported).split()) == "".join(page.text_content().split())
