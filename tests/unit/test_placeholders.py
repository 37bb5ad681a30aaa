"""What is still to be written is found wherever readers would see it, and code and links are left alone."""

from __future__ import annotations

import pytest

from press.model.header import read_header
from press.validate.placeholders import find_in_header, find_in_page, find_in_values

FOUND = {
    "alone": ("[[Say who]]", ["[[Say who]]"]),
    "with brackets within": ("[[Say who [and when] keeps it]]", ["[[Say who [and when] keeps it]]"]),
    "over two lines": ("[[Say who\nkeeps it]]", ["[[Say who keeps it]]"]),
    "between stray ticks of two paragraphs": ("A ` tick.\n\n[[x]]\n\nA ` tick.", ["[[x]]"]),
    "between escaped ticks": ("\\`[[x]]\\`", ["[[x]]"]),
    "after a fence that nothing closes": ("~~~\n[[x]]\n", ["[[x]]"]),
    "before a bracket that is no link": ("[[x]]( see above", ["[[x]]"]),
    "empty": ("[[]]", ["[[]]"]),
    "with a backslash": ("\\[[x]]", []),
    "behind a backslash that is one": ("\\\\[[x]]", ["[[x]]"]),
    "in code": ("`[[x]]`", []),
    "in a fence": ("```\n[[x]]\n```\n", []),
    "the text of a link": ("[[1]](https://l.org/)", []),
}


@pytest.mark.parametrize(("body", "found"), FOUND.values(), ids=FOUND)
def test_what_is_still_to_be_written_in_a_page(body: str, found: list[str]) -> None:
    assert [words for _, words in find_in_page(body, 1)] == found


def test_a_header_is_not_markdown() -> None:
    header = read_header("Title: [[a]](b)\nSummary: [[x [y] z]]\n\nWords.\n", "a.md")
    assert [words for _, words in find_in_header(header.fields)] == ["[[a]]", "[[x [y] z]]"]


def test_settings_of_any_form() -> None:
    assert list(find_in_values(["[[x]]", ("[[y]]", "dates"), {"[[z]]": "a"}, 5])) == ["[[x]]", "[[y]]", "[[z]]"]
