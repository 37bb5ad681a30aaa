"""A site whose own language is written from right to left, with texts in both directions."""

from __future__ import annotations

import json
import re
import zipfile
from typing import Any

import pytest
from lxml import etree, html

from tests.conftest import ADDRESS, ROOT, Project, make_project
from tests.support.browser import needs_chromium

SETTINGS = """
DOWNLOADS_FORMATS, SEARCH, DEFAULT_LANG = "all", True, "ar"
SITENAME, SITESUBTITLE = "أرشيف المنشورات", ""
"""

SPECIMEN = "leaflets/the-bakery-that-would-not-close-other-news/"


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("arabic"), SETTINGS)
    project.build(ROOT / "tests" / "sample")
    return project


def test_the_site_runs_from_the_right_and_a_text_that_does_not_says_so(arabic: Project) -> None:
    page = html.fromstring(arabic.page(f"{SPECIMEN}index.html").encode())
    assert page.xpath("//html/@dir | //article/@dir") == ["rtl", "ltr"]
    assert page.xpath("//div[@class='byline']/@dir | //p[@class='back']/@dir") == ["rtl"]
    own = html.fromstring(arabic.page("leaflets/bread-is-a-right/index.html").encode())
    assert own.xpath("//article/@lang") == ["ar"] and not own.xpath("//article/@dir")
    titles = html.fromstring(arabic.page("titles/index.html").encode())
    assert {(a.get("lang"), a.get("dir")) for a in titles.xpath("//li/a[@lang]")} >= {("fr", "ltr"), ("ar", None)}


def test_addresses_keep_their_direction_and_lists_have_the_arabic_comma(arabic: Project) -> None:
    page = html.fromstring(arabic.page(f"{SPECIMEN}index.html").encode())
    (address,) = page.xpath("//section[@class='cite']//a[starts-with(., 'https')]")
    assert address.get("dir") == "ltr"
    data = html.fromstring(arabic.page("feeds/index.html").encode()).xpath("//a[contains(@href, 'archive.')]/@dir")
    assert data == ["ltr", "ltr"]
    for path in arabic.output.rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        for part in page.xpath(
            "//p[@class='when'] | //section[@class='cite']/p | //p[@class='lead'][not(ancestor::article)]"
        ):
            own = "".join(part.xpath("text() | time/text()"))
            assert ", " not in own and "; " not in own, path


def test_the_years_of_the_chart_run_from_the_right(arabic: Project) -> None:
    chart = html.fromstring(arabic.page("dates/index.html").encode())
    places = [float(x.rstrip("%")) for x in chart.xpath("//figure//rect/@x")]
    assert places == sorted(places, reverse=True) and 0 <= places[-1] < places[0] < 100


def test_all_figures_are_western(arabic: Project) -> None:
    for path in arabic.output.rglob("*"):
        if path.suffix in (".html", ".xml", ".txt"):
            assert not re.search(r"[\u0660-\u0669\u06f0-\u06f9]", path.read_text(encoding="utf-8")), path
    assert 'data-numbers="ar-u-nu-latn"' in arabic.page("search/index.html")  # for what the browser counts


@pytest.mark.parametrize(("slug", "lang"), [(SPECIMEN, "en-GB"), ("leaflets/bread-is-a-right/", "ar")])
def test_an_epub_says_in_the_language_of_the_site_how_accessible_it_is(arabic: Project, slug: str, lang: str) -> None:
    (book,) = (arabic.output / slug).glob("*.epub")
    with zipfile.ZipFile(book) as opened:
        package = etree.fromstring(opened.read("EPUB/content.opf"))
        record = etree.fromstring(opened.read("EPUB/text-1.xhtml")).find(".//{*}section[@class='record']")
    (summary,) = package.xpath("//*[@property='schema:accessibilitySummary']")
    assert summary.text == "نص متصل بعناوين، وحواشيه في مواضعها."
    assert summary.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert package.findtext(".//{*}language") == lang
    assert (record.get("dir"), record.findtext(".//{*}dt")) == ("rtl", "تاريخ الأصل")


def test_an_entry_of_a_feed_isolates_the_date_of_the_site(arabic: Project) -> None:
    feed = etree.fromstring(arabic.page("feeds/all.atom.xml").encode())
    summaries = {entry.findtext("{*}id"): entry.findtext("{*}summary") for entry in feed.iterfind("{*}entry")}
    first = '<div dir="ltr" lang="en-GB"><bdi lang="ar">24 أكتوبر 2006</bdi>. Thirty bakers'
    assert summaries[f"{ADDRESS}/{SPECIMEN}"].startswith(first)


def test_the_data_of_a_page_are_in_the_language_of_the_site(arabic: Project) -> None:
    page = html.fromstring(arabic.page(f"{SPECIMEN}index.html").encode())
    data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    names = [step["name"] for step in data["@graph"][1]["itemListElement"]]
    assert names == ["أرشيف المنشورات", "التواريخ", "2006", "أكتوبر"]


@pytest.mark.system
@needs_chromium
def test_a_page_is_mirrored_and_a_text_from_the_left_is_not(arabic: Project, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((arabic.output / SPECIMEN / "index.html").as_uri())
    left = "name => document.querySelector(name).getBoundingClientRect().left"
    brand, form = (page.evaluate(left, name) for name in (".masthead p", ".masthead form"))
    steps = page.evaluate("[...document.querySelectorAll('.crumbs li')].map(e => e.getBoundingClientRect().left)")
    date, category = (page.evaluate(left, name) for name in (".byline .date", ".byline [data-hue]"))
    title, note = (page.evaluate(left, name) for name in ("h1", ".text .notes"))
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.close()
    assert form < brand and steps == sorted(steps, reverse=True)
    assert abs(date - title) < 40 and abs(category - title) < 40 and note > title
    assert not wide
