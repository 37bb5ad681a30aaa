"""The pages are HTML that no browser has to repair, checked with a parser that the press does not use."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest

from press.check.facts import read_page
from tests.conftest import ROOT

PAGES = sorted((ROOT / "tests" / "golden").rglob("*.html"))


def errors_of(page: bytes) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(page)
    return [f"{place}: {code}" for place, code, _ in parser.errors]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "tests" / "golden")))
def test_a_golden_page_parses_without_repair(page: Path) -> None:
    assert errors_of(page.read_bytes()) == []


BROKEN = {
    "not-closed": "<main><p>a <b>b</p></main>",
    "wrong-order": "<main><p><b><i>a</b></i></p></main>",
    "end-without-begin": "<main><p>a</p></b></main>",
    "link-in-a-link": '<main><p><a href="a">a <a href="b">b</a></a></p></main>',
    "division-in-a-paragraph": "<main><p>a<div>b</div></p></main>",
}


@pytest.mark.parametrize("case", BROKEN)
def test_the_press_reports_what_a_browser_would_repair(case: str) -> None:
    head = "<html lang=en><head><meta charset=utf-8><title>A</title></head>"
    page = f"<!doctype html>{head}<body>{BROKEN[case]}</body></html>"
    assert errors_of(page.encode())
    assert read_page(page.encode()).repairs
