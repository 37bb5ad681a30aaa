"""Notes are numbered in the order in which a reader meets them, in the text and at the foot."""

import re

import pytest
from markdown import Markdown

from press.site.markdown.dialect import HouseMarkdown, Places

TEXTS = {
    "a quotation before a list and a paragraph": "> A[^q].\n\n- B[^i].\n\nC[^p].",
    "a heading": "## Head[^h]\n\nText[^t].\n\n> Said[^s].",
    "a table between paragraphs": "One[^a].\n\n| Loaf[^b] | Price |\n|---|---|\n| rye | 6d[^c] |\n\nTwo[^d].",
    "a list in a quotation": "> Said[^a]:\n>\n> - this[^b]\n> - that[^c]\n\nThen[^d].",
    "a list of definitions": "Term[^a]\n:   Meaning[^b]\n\nThen[^c].",
    "emphasis": "*One[^a]* **two[^b]** three[^c].",
}


def render(text: str) -> str:
    configs = {"footnotes": {"USE_DEFINITION_ORDER": False, "BACKLINK_TITLE": "Back to {}"}}
    extensions = ["footnotes", "tables", "def_list", "fenced_code", "sane_lists", HouseMarkdown(), Places()]
    return Markdown(extensions=extensions, extension_configs=configs, output_format="html").convert(text)


def references(html: str) -> list[tuple[str, str, str]]:
    return re.findall(r'<sup id="(fnref\d*:\w+)"><a class="footnote-ref" href="#fn:(\w+)"[^>]*>(\d+)', html)


def notes(html: str) -> list[str]:
    return re.findall(r'<li id="fn:(\w+)"', html)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("turned", [False, True], ids=["defined in order", "defined the other way round"])
def test_numbers_follow_the_text(text: str, turned: bool) -> None:
    names = re.findall(r"\[\^(\w)\]", text)
    defined = [f"[^{name}]: note {name}" for name in names]
    html = render(text + "\n\n" + "\n".join(reversed(defined) if turned else defined))
    assert [(name, number) for _, name, number in references(html)] == [(n, str(i)) for i, n in enumerate(names, 1)]
    assert notes(html) == names
    assert re.findall(r'aria-label="Back to (\d+)"', html) == [str(i) for i in range(1, len(names) + 1)]


def test_a_note_used_twice_has_the_number_of_its_first_place_and_two_ways_back() -> None:
    html = render("> Last[^b].\n\nFirst[^a] and again[^b].\n\n[^a]: one\n[^b]: two")
    assert references(html) == [("fnref:b", "b", "1"), ("fnref:a", "a", "2"), ("fnref2:b", "b", "1")]
    assert re.findall(r'href="#(fnref\d*:b)"', html) == ["fnref:b", "fnref2:b"]


def test_a_note_that_only_a_note_refers_to_comes_after_those_of_the_text() -> None:
    html = render("One[^a]. Two[^c].\n\n[^a]: see[^b]\n[^b]: far\n[^c]: near")
    assert (notes(html), [number for *_, number in references(html)]) == (["a", "c", "b"], ["1", "2", "3"])


def test_a_note_without_a_reference_comes_last() -> None:
    assert notes(render("One[^b].\n\n[^a]: nowhere\n[^b]: here")) == ["b", "a"]
