"""What is true of every page, of the test site and of the archive itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree, html

from press.build import build
from press.options import BuildOptions
from tests.conftest import ADDRESS, ROOT, Project


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of this repository, built."""
    output = tmp_path_factory.mktemp("archive") / "output"
    build(BuildOptions(ROOT / "pelicanconf.py", ROOT / "content", output, ADDRESS))
    return output


@pytest.fixture(scope="session", params=["the test site", "the archive"])
def output(request: pytest.FixtureRequest, site: Project, archive: Path) -> Path:
    return site.output if request.param == "the test site" else archive


def pages(output: Path) -> Iterator[tuple[str, html.HtmlElement, str]]:
    found = sorted(output.rglob("*.html"))
    assert len(found) > 10
    for path in found:
        text = path.read_text(encoding="utf-8")
        yield (
            str(path.relative_to(output)),
            html.document_fromstring(text.encode(), html.HTMLParser(encoding="utf-8")),
            text,
        )


def test_every_page_has_one_h1_a_title_and_a_language(output: Path) -> None:
    for name, page, _ in pages(output):
        assert len(page.xpath("//h1")) == 1, name
        assert page.xpath("normalize-space(//title)"), name
        assert page.xpath("string(/html/@lang)") == "en", name
        assert len(page.xpath("//main")) == 1, name


def test_headings_descend_by_one(output: Path) -> None:
    for name, page, _ in pages(output):
        levels = [int(e.tag[1]) for e in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == [], name


def test_no_page_runs_a_script_or_styles_itself(output: Path) -> None:
    for name, page, _ in pages(output):
        assert page.xpath("//style | //@style | //iframe | //object | //embed") == [], name
        allowed = {"module"} if name == "search/index.html" else {"application/ld+json"}  # which is data
        assert {script.get("type") for script in page.xpath("//script")} <= allowed, name
        assert len(page.xpath("//script/@src")) == (name == "search/index.html"), name
        assert not [a for e in page.iter() for a in e.attrib if a.startswith("on")], name


def test_links_are_relative_but_for_the_permanent_address(output: Path) -> None:
    for name, page, _ in pages(output):
        inside = [
            link
            for link in page.xpath("//a/@href | //link[not(@hreflang)]/@href | //@src")
            if not link.startswith("https://library.")
        ]
        if name == "404.html":
            assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in inside)
            continue
        absolute = {link for link in inside if "://" in link or link.startswith("/")}
        assert absolute <= {f"{ADDRESS}/{name.removesuffix('index.html')}"}, name


def test_every_page_but_the_404_names_its_permanent_address(output: Path) -> None:
    for name, page, _ in pages(output):
        canonical = page.xpath("//link[@rel='canonical']/@href")
        assert canonical == ([] if name == "404.html" else [f"{ADDRESS}/{name.removesuffix('index.html')}"])


def test_nothing_is_escaped_twice(output: Path) -> None:
    for name, _, text in pages(output):
        assert not re.search(r"&amp;(#\d+|#x[0-9a-f]+|[a-z]+\d*);", text), name


def test_titles_and_descriptions_are_plain_and_typeset(output: Path) -> None:
    for name, page, _ in pages(output):
        for plain in [page.findtext(".//title"), *page.xpath("//meta[@name='description']/@content")]:
            if not re.search("loud|notes-queries|o-?brien", name):  # typed so on purpose
                assert not set('<&"') & set(plain.replace("<hear, hear>", "").replace(" & ", "")), name


BREADCRUMB = "Home » Letters » 2010"  # in the specimen, where it is to stay: no quotation


def test_no_english_text_shows_a_guillemet(output: Path) -> None:
    for name, page, _ in pages(output):
        for code in page.xpath("//pre | //code | //*[@lang and not(starts-with(@lang, 'en'))]"):
            if code.tag not in ("html", "article"):
                code.drop_tree()
        if not page.xpath("//article[@lang and not(starts-with(@lang, 'en'))]"):
            seen = page.text_content().replace("\N{NO-BREAK SPACE}", " ").replace(BREADCRUMB, "")
            assert not re.search("[«»‹›]", seen), name


def test_every_leaflet_shows_its_date_and_links_to_its_indexes(output: Path) -> None:
    for name, page, _ in pages(output):
        if name.startswith("leaflets/"):
            assert page.xpath("normalize-space(//div[@class='byline']//span[@class='date'])"), name
            links = " ".join(page.xpath("//main//a/@href"))
            assert re.search(r"/dates/|/\d{4}/", links), name
            assert "/category/" in links, name


def test_a_draft_is_not_published(site: Project) -> None:
    for path in site.output.rglob("*"):
        assert "not-yet" not in path.name
        assert not path.is_file() or b"Not yet to be read" not in path.read_bytes(), path


def test_feeds_are_atom_newest_first_with_whole_texts(output: Path) -> None:
    feeds = sorted(output.glob("feeds/*.xml"))
    assert feeds
    for path in feeds:
        feed = etree.parse(path)
        ns = {"a": "http://www.w3.org/2005/Atom"}
        updated = feed.xpath("//a:entry/a:updated/text()", namespaces=ns)
        assert updated == sorted(updated, reverse=True)
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00(Z|\+00:00)", time) for time in updated)
        assert all(i.startswith(f"{ADDRESS}/leaflets/") for i in feed.xpath("//a:entry/a:id/text()", namespaces=ns))
        for content in feed.xpath("//a:entry/a:content/text()", namespaces=ns):
            fragment = html.fragments_fromstring(content)
            links = [link for part in fragment for link in part.xpath(".//@href | .//@src")]
            assert all(link.startswith("https://") for link in links)


def test_a_feed_names_each_author_alone(site: Project) -> None:
    feed, ns = etree.fromstring(site.page("feeds/all.atom.xml").encode()), {"a": "http://www.w3.org/2005/Atom"}
    authors = {
        entry.findtext("a:id", None, ns): entry.xpath("a:author/a:name/text()", namespaces=ns)
        for entry in feed.findall("a:entry", ns)
    }
    specimen = f"{ADDRESS}/leaflets/the-bakery-that-would-not-close-other-news/"
    assert authors[specimen] == ["Ada Brennan", "The Harbour Street Committee"]
    assert not any(";" in name for names in authors.values() for name in names)


def test_an_entry_of_a_feed_says_its_language(site: Project) -> None:
    feed, ns = etree.fromstring(site.page("feeds/all.atom.xml").encode()), {"a": "http://www.w3.org/2005/Atom"}
    langs = {
        entry.findtext("a:id", None, ns).removeprefix(ADDRESS): entry.get(
            "{http://www.w3.org/XML/1998/namespace}lang"
        )
        for entry in feed.findall("a:entry", ns)
    }
    for address, lang in langs.items():
        assert f'<article class="leaflet" lang="{lang}"' in site.page(f"{address.strip('/')}/index.html"), address
    assert {"ar", "fr", "de"} <= set(langs.values())


def test_an_entry_of_a_feed_runs_from_right_to_left_if_its_language_does(site: Project) -> None:
    feed, ns = etree.fromstring(site.page("feeds/all.atom.xml").encode()), {"a": "http://www.w3.org/2005/Atom"}
    turned = set()
    for entry in feed.findall("a:entry", ns):
        lang = entry.get("{http://www.w3.org/XML/1998/namespace}lang")
        for name in ("a:summary", "a:content"):
            first, *others = html.fragments_fromstring(entry.findtext(name, None, ns))
            if isinstance(first, html.HtmlElement) and first.get("dir"):
                turned.add((lang, name, first.tag, first.get("dir"), first.get("lang"), len(others)))
            else:
                assert lang != "ar"
    assert turned == {("ar", "a:summary", "div", "rtl", "ar", 0), ("ar", "a:content", "div", "rtl", "ar", 0)}
    assert '"ar"&gt;&lt;bdi lang="en"&gt;January 1952&lt;/bdi&gt;. قال' in site.page("feeds/language/ar.atom.xml")


def test_note_marks_are_isolated_in_a_feed_from_right_to_left_alone(site: Project) -> None:
    feed, ns = etree.fromstring(site.page("feeds/all.atom.xml").encode()), {"a": "http://www.w3.org/2005/Atom"}
    isolated = set()
    for content in feed.findall("a:entry/a:content", ns):
        text = html.fragment_fromstring(content.text, create_parent="section")
        rtl = text.find("div[@dir='rtl']") is not None
        isolated |= {(rtl, mark.getparent().tag) for mark in text.findall(".//a[@class='footnote-ref']")}
    assert isolated == {(True, "bdi"), (False, "sup")}


def test_the_feed_of_the_archive_has_what_has_a_date_added(site: Project) -> None:
    titles = re.findall(r"<entry[^>]*><title>(.*?)</title>", site.page("feeds/all.atom.xml"))
    assert titles == [
        "The whole story of Harbour\N{NO-BREAK SPACE}Street",
        "الخبز حق\N{NO-BREAK SPACE}للجميع",
        "La boulangerie qui «\N{NO-BREAK SPACE}ne voulait pas\N{NO-BREAK SPACE}fermer\N{NO-BREAK SPACE}»",
        "Die „Ruhe“ nach dem\N{NO-BREAK SPACE}Sturm",
        "Le «\N{NO-BREAK SPACE}calme\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}d’avant",
        "The bakery that “would not close” &amp; other\N{NO-BREAK SPACE}news",
        "The\N{NO-BREAK SPACE}harbour",
        "A spring\N{NO-BREAK SPACE}letter",
    ]


SIZES = [(1, 0), (50, 0), (51, 1), (101, 2)]


@pytest.mark.parametrize(("leaflets", "further_pages"), SIZES)
def test_a_category_is_cut_into_pages_of_fifty(project: Project, leaflets: int, further_pages: int) -> None:
    for number in range(leaflets):
        project.leaflet(f"{number}.md", f"Leaflet {number}")
    project.build()
    pages = sorted(path.name for path in project.output.glob("category/uncategorised/page/*"))
    assert pages == [str(n + 2) for n in range(further_pages)]
    assert (
        ' href="../../category/uncategorised/page/2/"' in project.page("category/uncategorised/index.html")
    ) == bool(pages)
