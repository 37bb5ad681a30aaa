"""What visitors and programs get besides the texts: lists, neighbours, languages, metadata, files for machines."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import extruct
import pytest
from lxml import etree, html

from press.build import build
from press.model.archive import arrange
from press.model.dates import parse_date
from press.model.entry import Entry
from press.model.languages import open_graph_locale
from press.model.pagination import Pager, cut
from press.model.plan import list_pages, plan_feeds, plan_files
from press.model.plan_lists import PER_PAGE
from press.model.timeline import MOST_BARS, Timeline, count_decades, draw_timeline
from press.model.titles import filed_as, sort_titles
from press.options import BuildOptions
from press.site.catalogue import describe_entry, write_csv
from press.site.machine_files import write_sitemaps
from press.site.metadata import SiteMetadata
from press.stylesheet import name_archive
from tests.conftest import ADDRESS, ROOT, Project, make_project

SPECIMEN = "leaflets/the-bakery-that-would-not-close-other-news/index.html"
FRENCH = "leaflets/la-boulangerie-qui-ne-voulait-pas-fermer/index.html"


def entry(slug: str, **known: object) -> Entry:
    date = parse_date(str(known.pop("date", "2006-10-24")))
    return Entry(source=f"{slug}.md", title=slug, slug=slug, **{"lang": "en", "date": date, **known})  # type: ignore[arg-type]


# Lists


def test_a_pager_links_the_first_the_last_and_what_is_near() -> None:
    assert [number for number, _ in Pager("tag/x/", 6, 40).shown] == [1, 0, 4, 5, 6, 7, 8, 0, 40]
    assert [number for number, _ in Pager("tag/x/", 1, 2).shown] == [1, 2]
    assert (Pager("a/", 2, 3).previous, Pager("a/", 2, 3).next) == ("a/", "a/page/3/")
    assert (Pager("a/", 1, 1).previous, Pager("a/", 1, 1).next) == ("", "")


@pytest.mark.parametrize(("length", "pages"), [(0, 1), (1, 1), (50, 1), (51, 2), (101, 3)])
def test_a_list_is_cut_and_loses_nothing(length: int, pages: int) -> None:
    parts = list(cut(range(length), "a/", 50))
    assert len(parts) == pages
    assert [item for _, part in parts for item in part] == list(range(length))


@pytest.mark.parametrize(
    ("title", "lang", "filed"),
    [
        ("The “Calm”", "en", "calm"),
        ("A day", "en-GB", "day"),
        ("L’Été", "fr", "ete"),
        ("Les Mains sales", "fr", "mains sales"),
        ("Die Ruhe", "de", "ruhe"),
        ("Die another day", "en", "die another day"),
        ("The", "en", "the"),
        ("«الخبز» والحرية", "ar", "خبز والحرية"),
        ("ألمانيا", "ar", "المانيا"),
        ("الله أكبر", "ar", "الله اكبر"),
        ("Ёж и Йод", "ru", "еж и йод"),
        ("Işık, İşçi", "tr", "isik isci"),
        ("« ¡Pan! »", "es", "pan"),
        ("1917", "en", "1917"),
        ("!!!", "en", ""),
    ],
)
def test_a_title_is_filed_without_its_article_and_marks(title: str, lang: str, filed: str) -> None:
    assert filed_as(Entry(source="x", title=title, slug="x", lang=lang)) == filed


def test_titles_are_listed_under_their_letters_figures_first() -> None:
    titled = [
        Entry(source=t, title=t, slug=str(n), lang="en")
        for n, t in enumerate(["Правда", "Élan", "zebra", "1917", "the elf", "Ωδή", "パン", "!!!"])
    ]
    assert [(letter, e.title) for letter, e in sort_titles(titled)] == [
        *(("#", "!!!"), ("#", "1917"), ("E", "Élan"), ("E", "the elf"), ("Z", "zebra")),
        *(("Ω", "Ωδή"), ("П", "Правда"), ("…", "パン")),
    ]


def drawn(*dates: str) -> Timeline | None:
    return draw_timeline(count_decades(arrange(entry(f"e{n}", date=date) for n, date in enumerate(dates))))


def test_the_bars_of_the_timeline_are_years_or_if_there_are_many_decades() -> None:
    few = drawn("1974", "1974-05", "1976")
    assert few is not None
    assert [(bar.url, bar.count, bar.x, bar.y, bar.height) for bar in few.bars] == [
        ("1974/", 2, 0, 14, 68),
        ("1976/", 1, 12, 48, 34),
    ]
    assert ([(label.year, label.spare) for label in few.labels], few.step) == (
        [(1974, False), (1975, True), (1976, False)],
        1,
    )
    many = drawn("1700", f"{1700 + MOST_BARS}")
    assert many is not None
    assert (many.step, [bar.url for bar in many.bars]) == (10, ["dates/#1700s", "dates/#1820s"])
    assert [label.year for label in many.labels] == [*range(1700, 1821, 10)]
    assert drawn("1974") is None


def test_a_year_and_a_month_of_many_leaflets_are_cut_and_days_are_found_on_their_page() -> None:
    archive = arrange(entry(f"x{n:03}", date=f"2006-10-{n // 10 + 1:02}") for n in range(2 * PER_PAGE + 1))
    pages = {page.url: page for page in list_pages(archive)}
    assert {"2006/", "2006/page/2/", "2006/page/3/", "2006/10/", "2006/10/page/2/"} <= pages.keys()
    assert pages["leaflets/x000/"].shows["day_url"] == "2006/10/#d1"
    assert pages["leaflets/x059/"].shows["day_url"] == "2006/10/page/2/#d6"
    assert pages["leaflets/x100/"].shows["day_url"] == "2006/10/page/3/#d11"
    assert 6 in pages["2006/10/page/2/"].shows["days"]
    for template in ("year", "month", "term", "titles"):
        shown = [page for page in pages.values() if page.template == template]
        listed = [p.shows.get("entries") or [*chain(*p.shows["by_letter"].values())] for p in shown]
        assert sum(map(len, listed)) == 101


def test_neighbours_within_a_category_pass_over_the_others() -> None:
    archive = arrange([entry("a", category="X"), entry("b", category="Y"), entry("c", category="X")])
    assert (archive.in_category["a"].next.slug, archive.in_category["c"].previous.slug) == ("c", "a")
    assert (archive.in_category["b"].previous, archive.in_category["b"].next) == (None, None)


def test_everything_planned_has_an_address_of_its_own(site: Project) -> None:
    archive = arrange([entry("a", authors=("A",), tags=("T",), series="S"), entry("b", lang="fr", date="197X")])
    pages = [page.path for page in list_pages(archive)]
    paths = [*pages, *(feed.path for feed in plan_feeds(archive)), *(path for path, _ in plan_files(len(pages)))]
    assert len(set(paths)) == len(paths)
    assert {"author/a/index.html", "series/s/index.html", "tag/t/index.html", "feeds/language/fr.atom.xml"} <= set(
        paths
    )


def test_what_is_planned_for_machines_is_written(site: Project) -> None:
    assert all((site.output / path).is_file() for path, _ in plan_files(1))


# Translations


def test_an_original_and_its_translations_link_to_one_another(site: Project) -> None:
    for here, there in ((SPECIMEN, FRENCH), (FRENCH, SPECIMEN)):
        page = html.fromstring(site.page(here).encode())
        assert page.xpath("//div[@class='byline']//a[@hreflang]/@href") == [
            f"../../{there.removesuffix('index.html')}"
        ]
        assert dict(zip(page.xpath("//link/@hreflang"), page.xpath("//link[@hreflang]/@href"), strict=True)) == {
            "fr": f"{ADDRESS}/{FRENCH.removesuffix('index.html')}",
            "en-GB": f"{ADDRESS}/{SPECIMEN.removesuffix('index.html')}",
        }


@pytest.mark.parametrize(
    ("target", "lang", "reported"),
    [
        ("missing", "fr", "“missing” is not the slug of a published leaflet."),
        ("b", "fr", "“b” is this text itself."),
        ("a", "en", "“a” is in the same language, en."),
        ("c", "fr", "“c” is itself a translation. Write the slug of the original, a."),
    ],
)
def test_a_translation_names_an_original_in_another_language(
    project: Project, target: str, lang: str, reported: str
) -> None:
    head = "Title: T\nDate: 2006\n"
    project.write("content/a.md", f"{head}Slug: a\n\nWords.\n")
    project.write("content/b.md", f"{head}Slug: b\nLang: {lang}\nTranslation-of: {target}\n\nWords.\n")
    project.write("content/c.md", f"{head}Slug: c\nLang: de\nTranslation-of: a\n\nWords.\n")
    (problem,) = project.refused()
    assert problem.startswith(
        f"{project.root}/content/b.md:5: error: [translation-of] {reported}".replace(f"{project.root}/", "")
    )


def test_two_texts_cannot_be_translations_of_each_other(project: Project) -> None:
    for slug, lang, other in (("a", "en", "b"), ("b", "fr", "a")):
        text = f"Title: T\nDate: 2006\nSlug: {slug}\nLang: {lang}\nTranslation-of: {other}\n\nWords.\n"
        project.write(f"content/{slug}.md", text)
    problems = project.refused()
    assert len(problems) == 2
    assert all("is in turn a translation of this text. Remove the line" in problem for problem in problems)


# Languages of the interface


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("french"))
    with (project.root / "testconf.py").open("a", encoding="utf-8") as settings:
        settings.write("\nDEFAULT_LANG = 'fr-CA'\nSITENAME = 'Les Archives'\nSITESUBTITLE = 'Des tracts.'\n")
    project.build(ROOT / "tests" / "sample")
    return project


BARE_MARK = re.compile(r"\w[:;](?=[ <]|$)")
"""A colon or semicolon as English sets it: French has a no-break space before it."""


def test_a_french_site_has_a_space_before_every_colon_of_its_own(tmp_path: Path) -> None:
    project = make_project(tmp_path, "DOWNLOADS_FORMATS, SEARCH = 'all', True\n")
    with (project.root / "testconf.py").open("a", encoding="utf-8") as settings:
        settings.write("\nDEFAULT_LANG = 'fr'\nLEAFLETS_REPORT_TO = 'mailto:a@b.example'\n")
    header = "Publisher: Comité\nPlace: Paris\nTranslator: Ada B.\n    Tom P.\nSource: Carton 3.\nAdded: 2026-03-01"
    project.write("content/a.md", f"Title: Pain\nDate: 1974-05-01\nCategory: Lettres\n{header}\n\nDu pain.\n")
    project.write("content/b.md", "Title: Bread\nDate: 197X\nLang: en\nTranslation-of: pain\n\nBread.\n")
    project.write("content/c.md", "Title: Roses\nDate: 1975\n\nDes roses.\n")
    project.build()
    for path in project.output.rglob("*"):
        if path.suffix == ".html":
            page = html.fromstring(path.read_bytes())
            shown = [*page.xpath("//body//text() | //title/text() | //@aria-label"), *page.xpath("//link/@title")]
        elif path.name.endswith(".atom.xml"):
            shown = etree.parse(path).xpath("//*[local-name()='title' or local-name()='summary']/text()")
        elif path.suffix == ".txt" and path.name != "robots.txt" and path.parent.name != "theme":
            shown = path.read_text(encoding="utf-8").splitlines()
        else:
            continue
        assert not [words for words in shown if BARE_MARK.search(re.sub(r"https?:\S+", "", words))], path


def test_an_archive_of_posters_speaks_of_posters(tmp_path: Path) -> None:
    project = make_project(tmp_path, "LEAFLETS_NOUN, SITESUBTITLE = ['poster', 'posters'], ''\n")
    project.leaflet("a.md", "Bread")
    project.build()
    shown = {path: path.read_text(encoding="utf-8") for path in project.output.rglob("*.html")}
    home = shown[project.output / "index.html"]
    assert "<title>Posters | " in home and "1 poster<" in home
    for path, page in shown.items():
        words = " ".join(
            html.fromstring(page.encode()).xpath("//text()[not(ancestor::script)] | //@content | //@aria-label")
        )
        assert not re.search(r"\bleaflets?\b(?!/)", words, re.IGNORECASE), path


@pytest.mark.parametrize(("lang", "noun", "title"), [
    ("pl", ["plakat", "plakaty", "plakatów"], "Plakaty"), ("it", ["manifesto", "manifesti"], "Manifesti"),
])  # fmt: skip
def test_the_home_page_is_named_by_the_plural_that_titles_have(tmp_path: Path, lang, noun, title) -> None:
    project = make_project(tmp_path, f"DEFAULT_LANG, LEAFLETS_NOUN = {lang!r}, {noun!r}\n")
    for number in range(5):
        project.leaflet(f"{number}.md", f"Title {number}")
    project.build()
    home = project.page("index.html")
    assert f"<title>{title} | " in home and f"5 {noun[-1]}<" in home


ENGLISH = "the of and by to was is this about added dates titles leaflets categories".split()


FRAMES = "index 404 dates/index 1974/index feeds/index dates/undated/index titles/index categories/index".split()


@pytest.mark.parametrize("name", FRAMES)
def test_a_french_site_speaks_french(french: Project, name: str) -> None:
    page = html.fromstring(french.page(f"{name}.html").encode())
    assert page.xpath("string(/html/@lang)") == "fr-CA"
    theirs = " or ".join(f"@class='{name}'" for name in ("listing", "featured", "index", "tally"))
    for own in page.xpath(f"//*[{theirs}] | //nav//li[last()] | //script"):
        own.drop_tree()  # what the texts say, and the page that is named after one
    shown = " ".join([page.text_content(), *page.xpath("//@aria-label | //meta[@name='description']/@content")])
    assert set(re.findall(r"\w+", shown.lower())) & set(ENGLISH) <= {"dates"}


def test_a_french_page_dates_counts_and_labels_in_french(french: Project) -> None:
    text = french.page(SPECIMEN)
    for words in ("24 octobre 2006", "Date d’origine", "Citer ce texte", "Retour à l’appel de la note 1",
                  'aria-label="Lien vers le paragraphe 1"', "anglais (Royaume-Uni)"):  # fmt: skip
        assert words in text, words
    assert "vers 1974" in french.page("leaflets/the-harbour/index.html")
    assert "tracts" in french.page("index.html")


# Metadata


def extract(page: str) -> dict[str, object]:
    return extruct.extract(page, base_url=ADDRESS, syntaxes=["json-ld", "opengraph", "dublincore"], uniform=False)


def test_search_engines_find_a_dated_article_in_its_collection(site: Project) -> None:
    (data,) = extract(site.page(SPECIMEN))["json-ld"]
    article, trail = data["@graph"]
    assert (article["@type"], article["datePublished"], article["inLanguage"]) == ("Article", "2006-10-24", "en-GB")
    assert [author["name"] for author in article["author"]] == ["Ada Brennan", "The Harbour Street Committee"]
    assert article["headline"] == "The bakery that “would not close” & other news"
    collection = article["isPartOf"][0]
    assert (collection["@type"], collection["isPartOf"]["@type"]) == ("CollectionPage", "WebSite")
    assert article["workTranslation"] == [{"@id": f"{ADDRESS}/{FRENCH.removesuffix('index.html')}"}]
    assert [step["name"] for step in trail["itemListElement"]] == ["The Pamphlet Archive", "Dates", "2006", "October"]


def list_objects(value: object) -> Iterator[dict[str, object]]:
    """Yield every JSON object in a value."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from list_objects(part)


def test_whatever_has_a_name_has_a_type(site: Project) -> None:
    described = [
        json.loads(block)
        for path in site.output.rglob("*.html")
        for block in html.fromstring(path.read_bytes()).xpath("//script[@type='application/ld+json']/text()")
    ]
    named = [part for block in described for part in list_objects(block) if "name" in part]
    assert len(named) > len(described) and all("@type" in part for part in named)
    kinds = {(part["name"], part["@type"]) for part in named}
    assert kinds >= {("Ada Brennan", "Person"), ("The Harbour Street Committee", "Organization")}


def test_open_graph_gets_a_language_with_a_country_or_none(site: Project) -> None:
    found = {
        leaflet.xpath("string(//article/@lang)"): leaflet.xpath("string(//meta[@property='og:locale']/@content)")
        for leaflet in (html.fromstring(path.read_bytes()) for path in site.output.glob("leaflets/*/index.html"))
    }
    assert {lang: found[lang] for lang in ("en-GB", "en", "fr", "de", "ar")} == {
        "en-GB": "en_GB", "en": "en_US", "fr": "fr_FR", "de": "de_DE", "ar": "ar_EG",
    }  # fmt: skip
    assert all(re.fullmatch("[a-z]{2,3}_[A-Z]{2}", locale) for locale in found.values())
    assert [open_graph_locale(tag) for tag in ("eo", "es-419", "zh-Hant")] == ["", "", "zh_TW"]


DATED = [
    ("leaflets/la-boulangerie-qui-ne-voulait-pas-fermer", {"datePublished": "2006-11"}, "2006/11", "2006-11"),
    ("leaflets/no-spaces", {"datePublished": "2006"}, "2006", "2006"),
    ("leaflets/the-harbour", {"temporal": "1974~"}, "1974", "1974~"),
    ("leaflets/ten-years-of-it", {"temporal": "1970/1979"}, None, "197X"),
    ("leaflets/between-two-strikes", {"temporal": "1972/1974"}, None, "1972/1974"),
    ("leaflets/no-date", {}, None, None),
]


@pytest.mark.parametrize(("url", "reported", "highwire", "edtf"), DATED)
def test_a_date_is_shown_no_more_exactly_than_it_is_known(site: Project, url, reported, highwire, edtf) -> None:
    text = site.page(f"{url}/index.html")
    article = extract(text)["json-ld"][0]["@graph"][0]
    assert {key: article[key] for key in ("datePublished", "temporal") if key in article} == reported
    page = html.fromstring(text.encode())
    assert page.xpath("//meta[@name='citation_publication_date']/@content") == ([highwire] if highwire else [])
    assert page.xpath("//meta[@name='dcterms.issued']/@content") == ([edtf] if edtf else [])


def test_zotero_and_google_scholar_find_what_they_ask_for(site: Project) -> None:
    page = html.fromstring(site.page(SPECIMEN).encode())

    def tags(name: str) -> list[str]:
        return page.xpath(f"//meta[@name='{name}']/@content")

    assert tags("citation_title") == ["The bakery that “would not close” & other news"]
    assert tags("citation_author") == ["Brennan, Ada", "The Harbour Street Committee"]
    assert tags("citation_publication_date") == ["2006/10/24"]
    assert tags("citation_public_url") == [f"{ADDRESS}/{SPECIMEN.removesuffix('index.html')}"]
    assert tags("citation_series_title") == ["Harbour Street Bulletin"]
    assert tags("z:itemType") == ["document"]


def test_link_previews_and_library_catalogues_find_theirs(site: Project) -> None:
    found = extract(site.page(SPECIMEN))
    preview = dict(found["opengraph"][0]["properties"])
    assert (preview["og:type"], preview["article:published_time"]) == ("article", "2006-10-24")
    assert preview["og:description"] == "Thirty bakers turned up for a shift that had been “cancelled” – and baked."
    terms = [
        (t["name"].partition(".")[2], t["content"])
        for kind in found["dublincore"][0].values()
        if isinstance(kind, list)
        for t in kind
    ]
    assert ("issued", "2006-10-24") in terms
    assert ("creator", "The Harbour Street Committee") in terms


def test_nothing_in_a_title_ends_the_block_that_holds_it(site: Project) -> None:
    text = site.page("leaflets/loud-and-clear/index.html")
    article = extract(text)["json-ld"][0]["@graph"][0]
    assert article["headline"] == "<b>“Loud” & ‘clear’</b> </script>"
    assert text.count("</script>") == 1


def test_the_reference_names_who_what_where_and_when(site: Project) -> None:
    page = html.fromstring(site.page(SPECIMEN).encode())
    assert page.xpath("normalize-space(//section[@class='cite']/p[1])").replace("\N{NO-BREAK SPACE}", " ") == (
        "Ada Brennan and The Harbour Street Committee, The bakery that “would not close” & other news, Harbour "
        "Street Bulletin (Wexcombe: Harbour Street Committee, 24 October 2006), The Pamphlet Archive, "
        f"{ADDRESS}/{SPECIMEN.removesuffix('index.html')}."
    )


@pytest.mark.parametrize("to", ["mailto:a@b.example", "https://t.example/new?title={title}&body={url}"])
def test_an_error_is_reported_with_title_and_address(to: str) -> None:
    site = SiteMetadata("A", ADDRESS, "en", "", to)
    parts = urlsplit(site.report_url('“A” & "b"?', "leaflets/a/", "Error in: "))
    parameters = {key: value[0].strip() for key, value in parse_qs(parts.query).items()}
    assert list(parameters.values()) == ['Error in: “A” & "b"?', f"{ADDRESS}/leaflets/a/"]


# Files for machines


def test_the_sitemap_has_every_page_and_the_day_its_newest_text_was_added(site: Project) -> None:
    ns = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = etree.fromstring(site.page("sitemap.xml").encode()).findall("s:url", ns)
    dates = {url.findtext("s:loc", None, ns): url.findtext("s:lastmod", None, ns) for url in urls}
    canonical = {
        html.fromstring(path.read_bytes()).xpath("string(//link[@rel='canonical']/@href)")
        for path in site.output.rglob("*.html")
    }
    assert dates.keys() == canonical - {""}
    assert dates[f"{ADDRESS}/{SPECIMEN.removesuffix('index.html')}"] == "2026-03-02"
    assert dates[f"{ADDRESS}/category/workplace/"] == "2026-03-06"
    assert dates[f"{ADDRESS}/leaflets/no-date/"] is None


def test_a_long_sitemap_is_cut() -> None:
    assert [part.count("<url>") for part in write_sitemaps([("a/", None)] * 5, ADDRESS, 2)] == [2, 2, 1]
    assert [path for path, _ in plan_files(120_000)][:4] == [
        *("sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml")
    ]


def test_the_catalogue_has_every_leaflet_with_all_that_is_known(site: Project) -> None:
    catalogue = json.loads(site.page("archive.json"))
    rows = list(csv.DictReader(io.StringIO(site.page("archive.csv"))))
    assert len(catalogue["leaflets"]) == len(rows) == len(list((site.output / "leaflets").iterdir()))
    (known,) = [one for one in catalogue["leaflets"] if one["identifier"] == "HSB 14"]
    assert (known["date"], known["authors"]) == ("2006-10-24", ["Ada Brennan", "The Harbour Street Committee"])
    assert rows[-1]["date"] == "undated"


def test_no_cell_of_the_catalogue_is_a_formula() -> None:
    row = describe_entry(entry("a", notes="=1+1", publisher="-2"), "@x", ADDRESS)
    (cells,) = list(csv.DictReader(io.StringIO(write_csv([row]))))
    assert (cells["notes"], cells["publisher"], cells["title"]) == ("'=1+1", "'-2", "'@x")


def test_the_manifest_names_icons_that_are_there(site: Project) -> None:
    manifest = json.loads(site.page("site.webmanifest"))
    for icon in manifest["icons"]:
        data = (site.output / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
            assert icon["sizes"] == f"{width}x{height}"


def test_robots_txt_names_the_sitemap(site: Project) -> None:
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in site.page("robots.txt")


def test_the_name_of_the_archive_cannot_end_its_rule() -> None:
    assert name_archive('A"} b{\\') == r':root { --archive: "A\22 \7d  b\7b \5c "; }'


# The 404 page


def test_the_404_page_is_styled_on_any_host_that_has_the_site_at_its_path(project: Project) -> None:
    project.leaflet("a.md")
    address = "https://one.example/pamphlets"
    build(BuildOptions(project.root / "testconf.py", project.content, project.output, address))
    page = html.fromstring(project.page("404.html").encode())
    inside = page.xpath("//link/@href | //form/@action | //a[not(starts-with(@href, '#'))]/@href")
    assert inside
    assert [link for link in inside if not link.startswith("/pamphlets/")] == []
    assert (project.output / page.xpath("//link[@rel='stylesheet']/@href")[0].removeprefix("/pamphlets/")).is_file()


# Odd texts


def test_a_hundred_thousand_words_three_hundred_notes_and_one_line(project: Project) -> None:
    words = "\n\n".join(f"Paragraph {n}. " + "bread and roses " * 33 for n in range(1000))
    notes = "\n".join(f"[^{n}]: Note {n}." for n in range(300))
    noted = "\n\n".join(f"Part {n}.[^{n}]" for n in range(300))
    for slug, body in {"long": words, "noted": f"{noted}\n\n{notes}", "short": "Bread."}.items():
        project.write(f"content/{slug}.md", f"Title: {slug}\nDate: 2006\nSlug: {slug}\nCategory: {slug}\n\n{body}\n")
    project.build()
    ids = html.fromstring(project.page("leaflets/long/index.html").encode()).xpath("//p/@id")
    assert len(set(ids)) == 1000
    page = html.fromstring(project.page("leaflets/noted/index.html").encode())
    assert page.xpath("//li/@value") == [str(n + 1) for n in range(300)]
    assert page.xpath("(//div[@class='notes'])[300]/preceding-sibling::p[1]/text()")[0].startswith("Part")
    assert 'class="neighbours" aria-label="Previous and next in this category"' not in project.page(
        "leaflets/short/index.html"
    )


def test_the_page_of_a_leaflet_with_its_style_is_small(site: Project) -> None:
    sheet = next((site.output / "theme").glob("*.css")).read_bytes()
    assert len(gzip.compress(sheet)) + len(gzip.compress(site.page(SPECIMEN).encode())) < 30_000
