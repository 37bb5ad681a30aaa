"""The archive's own texts: the first leaflet is its source, word for word."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from lxml import html

from press.model.header import read_header, split_source
from tests.conftest import ROOT
from tests.site.test_pages import archive  # noqa: F401  # the fixture

LEAFLET = ROOT / "content" / "leaflets" / "2006" / "iraq-the-calm-that-hides-the-storm.md"

SOURCE_WORDS = 469
SOURCE_SHA256 = "75c79027b79b03ffc97d20466a94985b10235e446853c43dc1697de88cb2d45c"
"""Of the words of the leaflet's source after title and date, one space between them: the source is not kept here."""

MARKS_KEPT = {"« calm »": 2, "« democratic »": 1, "« over »": 1, " - ": 1}


def words(text: str) -> list[str]:
    return text.split()


def test_the_first_leaflet_has_the_words_of_its_source() -> None:
    text = LEAFLET.read_text(encoding="utf-8")
    header = read_header(text, "leaflet")
    body = words(split_source(text, header.body_line))
    assert header.problems == []
    assert len(body) == SOURCE_WORDS
    assert hashlib.sha256(" ".join(body).encode()).hexdigest() == SOURCE_SHA256


def test_its_marks_are_left_for_the_typesetter() -> None:
    text = LEAFLET.read_text(encoding="utf-8")
    body = split_source(text, read_header(text, "leaflet").body_line)
    assert {mark: body.count(mark) for mark in MARKS_KEPT} == MARKS_KEPT


def test_its_broken_paragraph_is_whole_and_each_correction_is_recorded() -> None:
    text = LEAFLET.read_text(encoding="utf-8")
    header = read_header(text, "leaflet")
    assert "do in the end, is to train their fire" in text
    assert len(split_source(text, header.body_line).strip().split("\n\n")) == 6
    assert len(header.fields["corrections"].values) == 2


@pytest.fixture
def page(archive: Path) -> html.HtmlElement:  # noqa: F811
    path = archive / "leaflets" / "iraq-the-calm-that-hides-the-storm" / "index.html"
    return html.document_fromstring(path.read_bytes(), html.HTMLParser(encoding="utf-8"))


def test_its_page_sets_every_mark(page: html.HtmlElement) -> None:
    shown = page.xpath("//div[@class='text']")[0].text_content()
    assert [shown.count(mark) for mark in ("“calm”", "“democratic”", "“over”")] == [2, 1, 1]
    assert "rivalries\N{NO-BREAK SPACE}– if only" in shown
    assert "«" not in page.text_content()
    assert page.xpath("string(//h1)") == "Iraq – The “calm” that hides the\N{NO-BREAK SPACE}storm"


def test_its_page_shows_its_corrections_and_links_to_its_indexes(page: html.HtmlElement) -> None:
    assert len(page.xpath("//dt[.='Corrections']/following-sibling::dd//li")) == 2
    assert "sha256" not in page.text_content()
    links = page.xpath("//main//a/@href")
    assert {"../../dates/", "../../2006/", "../../2006/10/#d24", "../../category/international/"} <= set(links)


def test_the_indexes_link_to_it(archive: Path) -> None:  # noqa: F811
    for index in ("index.html", "2006/index.html", "2006/10/index.html", "category/international/index.html"):
        text = (archive / index).read_text(encoding="utf-8")
        assert re.search(r'href="[./]+leaflets/iraq-the-calm-that-hides-the-storm/"', text), index
    assert 'id="d24"' in (archive / "2006" / "10" / "index.html").read_text(encoding="utf-8")
    assert 'href="../2006/"' in (archive / "dates" / "index.html").read_text(encoding="utf-8")
    assert 'href="./dates/#2000s"' in (archive / "index.html").read_text(encoding="utf-8")
