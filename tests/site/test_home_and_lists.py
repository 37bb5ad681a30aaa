"""The home page invites, and lists tell what a text is: also in an archive of one leaflet, or of very odd ones."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from lxml import html

from press.diagnostics import Level
from press.model.archive import arrange
from press.model.dates import parse_date
from press.model.entry import Entry
from press.model.header import Field
from press.model.ledger import Address, settle_addresses
from press.model.plan import FEATURED_LEAFLETS, MOST_CATEGORIES, choose_featured, list_pages
from press.model.plan_lists import LINES_PER_PAGE, PER_PAGE
from press.model.timeline import count_decades, count_without_decade, draw_timeline
from press.model.titles import find_number
from press.model.urls import TERMS, find_parents
from press.model.values import read_added
from press.site.excerpts import describe, first_words
from press.site.reading_time import count_minutes
from tests.conftest import SEARCHED, Project, make_project


def entry(slug: str, **known: object) -> Entry:
    date = parse_date(str(known.pop("date", "2006-10-24")))
    if "added" in known:
        known["added"] = read_added(Field("Added", 1, (str(known["added"]),)))
    return Entry(
        source=f"{slug}.md", title=str(known.pop("title", slug)), slug=slug, **{"lang": "en", "date": date, **known}
    )  # type: ignore[arg-type]


def shows(entries: list[Entry], url: str = "") -> dict[str, object]:
    return {page.url: dict(page.shows) for page in list_pages(arrange(entries))}[url]


# The home page


def test_what_is_featured_is_what_headers_name_and_then_what_is_drawn() -> None:
    many = [entry(f"x{n:02}", added="2026-03-01") for n in range(30)]
    named = [entry("y", added="2026-02-01", featured=True), entry("z", added="2026-03-02", featured=True)]
    archive = arrange([*many, *named])
    chosen = choose_featured(archive, archive.newest[:6])
    assert len(chosen) == FEATURED_LEAFLETS
    assert {e.slug for e in chosen[:2]} == {"y", "z"}
    assert chosen[2].slug not in {e.slug for e in archive.newest[:6]}


def test_the_choice_is_the_same_until_a_text_is_added_in_another_month() -> None:
    def choose(*added: str) -> tuple[str, ...]:
        many = [entry(f"x{n:02}", added="2020-01-01") for n in range(40)]
        archive = arrange([*many, *(entry(f"new{n}", added=day) for n, day in enumerate(added))])
        return tuple(e.slug for e in choose_featured(archive, archive.newest[:6]))

    assert choose("2026-03-01") == choose("2026-03-01")
    assert len({choose(f"2026-{month:02}-01") for month in range(1, 13)}) > 6


def test_what_is_drawn_is_in_the_language_of_most_texts() -> None:
    entries = [entry(f"e{n}", lang="en-GB" if n % 2 else "en") for n in range(6)]
    archive = arrange([*entries, *(entry(f"f{n}", lang="fr") for n in range(5))])
    assert {e.lang[:2] for e in choose_featured(archive, ())} == {"en"}


def test_the_home_text_is_on_the_home_page_and_nowhere_else(project: Project) -> None:
    project.leaflet("a.md", "A")
    words = "Our *own* words, and [how to cite]({filename}cite.md)."
    project.write("content/pages/home.md", f"Title: Zines of the harbour\nSummary: What we keep.\n\n{words}\n")
    project.write("content/pages/cite.md", "Title: Search\nSlug: cite\n\nBack [home]({filename}home.md).\n")
    project.write("content/ledger.txt", "/home/\n")
    assert project.build().pages == 2
    page = html.fromstring(project.page("index.html").encode())
    title = page.xpath("string(//title)").replace("\N{NO-BREAK SPACE}", " ")
    assert title == "Zines of the harbour | The Pamphlet Archive"
    assert page.xpath("string(//meta[@name='description']/@content)") == "What we keep."
    assert page.xpath("//div[@class='text']//a[not(@class='anchor')]/@href") == ["./cite/"]
    assert page.xpath("//nav[@aria-label='Main']//li[last()]//text()") == ["Search"]
    assert "refresh" in project.page("home/index.html")
    assert '<a href="../">home</a>' in project.page("cite/index.html")
    assert project.origins()["pages/home.md"] == "/"


def test_the_home_text_has_no_slug_but_any_title(project: Project) -> None:
    project.leaflet("a.md")
    project.write("content/pages/home.md", "Title: Search\n\nWords.\n")
    project.build()
    project.write("content/pages/home.md", "Title: Search\nSlug: words\n\nWords.\n")
    assert project.refused() == [
        "content/pages/home.md:2: error: [reserved] the text of the home page has the address of the site itself. "
        "Delete this line."
    ]


def test_a_problem_of_the_home_text_is_found_at_its_line(project: Project) -> None:
    project.leaflet("a.md")
    project.write("content/pages/home.md", "Title: Here\n\nWords.\n\nSee [this](nowhere.html).\n")
    (problem,) = project.refused()
    assert problem.startswith("content/pages/home.md:5: error:")


# Lists


def test_a_list_tells_the_summary_category_language_minutes_and_translations(project: Project) -> None:
    body = "word " * 500
    project.write("content/a.md", f"Title: A\nDate: 1974-05-01\nCategory: Letters\nSummary: In short.\n\n{body}\n")
    project.write("content/b.md", f"Title: B\nDate: 1974-05-02\nLang: fr\nTranslation-of: a\n\nPremier mot. {body}\n")
    project.build()
    page = html.fromstring(project.page("1974/index.html").encode())
    one, other = [
        " ".join(" ".join(li.text_content().split()).split()) for li in page.xpath("//ol[@class='listing']/li")
    ]
    assert one == "A 1 May 1974, Letters, 2 min read, also in French In short."
    assert other.startswith("B 2 May 1974, Uncategorised, French, 3 min read, also in English Premier mot. word")
    assert page.xpath("//ol[@class='listing']//a[@hreflang='fr']/@href") == ["../leaflets/b/"]


def test_languages_are_in_the_order_of_their_names_wherever_they_are_listed(tmp_path: Path) -> None:
    """They were in the order of their tags: German, Greek, English."""
    project = make_project(tmp_path, SEARCHED)
    for slug, lang in {"a": "en", "b": "de", "c": "el", "d": "is"}.items():
        of = "" if slug == "a" else "Translation-of: a\n"
        project.write(f"content/{slug}.md", f"Title: {slug}\nDate: 1974\nLang: {lang}\n{of}\nWords.\n")
    project.build()
    names = ["English", "German", "Greek", "Icelandic"]
    listed = html.fromstring(project.page("languages/index.html").encode())
    assert listed.xpath("//ul[@class='listing']//a/text()") == names
    assert html.fromstring(project.page("feeds/index.html").encode()).xpath("//section[3]//a/text()") == names
    search = html.fromstring(project.page("search/index.html").encode())
    assert search.xpath("//select[@name='language']/option[@value!='']/text()") == [f"{name} (1)" for name in names]
    year = html.fromstring(project.page("1974/index.html").encode())
    assert year.xpath("(//p[@class='when'])[1]/a/text()") == [f"also in {name}" for name in names[1:]]


def test_languages_are_named_and_sorted_in_the_language_of_the_site() -> None:
    texts = [entry(lang, lang=lang) for lang in ("de", "en", "es", "et")]
    assert [*arrange(texts, lang="en").languages] == ["en", "et", "de", "es"]
    assert [*arrange(texts, lang="fr").languages] == ["de", "en", "es", "et"]
    assert [*arrange(texts, lang="de").languages] == ["de", "en", "et", "es"]


def test_the_page_of_a_text_tells_its_minutes_as_lists_do(project: Project) -> None:
    project.write("content/a.md", f"Title: A\nDate: 1974\n\n{'word ' * 500}\n")
    project.build()
    page = html.fromstring(project.page("leaflets/a/index.html").encode())
    assert page.xpath("//div[@class='byline']/p[2]/span/text()") == ["2\N{NO-BREAK SPACE}min\N{NO-BREAK SPACE}read"]


def test_a_list_names_the_country_of_a_translation_only_where_it_tells_two_apart(project: Project) -> None:
    for slug, lang in {"a": "en", "b": "pt-BR", "c": "pt-PT", "d": "fr-CA", "e": "en-GB"}.items():
        of = "" if slug == "a" else "Translation-of: a\n"
        project.write(f"content/{slug}.md", f"Title: {slug}\nDate: 1974\nLang: {lang}\n{of}\nWords.\n")
    project.build()
    page = html.fromstring(project.page("1974/index.html").encode())
    (first,) = page.xpath("//ol[@class='listing']/li[1]/p[@class='when']")
    assert [link.text for link in first.xpath("a")] == [
        "also in English (United Kingdom)",
        "also in French",
        "also in Portuguese (Brazil)",
        "also in Portuguese (Portugal)",
    ]


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        ("", 1),
        ("<p>Bread.</p>", 1),
        (f"<p>{'word ' * 1000}</p>", 5),
        (f"<p class='{'x ' * 999}'>{'— – … ' * 999}</p>", 1),
        ("<p>" + "漢字かな" * 350 + "。</p>", 4),
        ("<p>" + "ก" * 3000 + "</p>", 3),
        ("<p>" + "слово " * 600 + "كلمة " * 600 + "</p>", 6),
    ],
)
def test_minutes_are_counted_by_words_or_where_there_are_no_spaces_by_characters(body: str, minutes: int) -> None:
    assert count_minutes(body) == minutes


def test_first_words_are_words_also_without_spaces_and_after_a_picture() -> None:
    japanese = first_words(f"<p>{'パンと薔薇' * 100}</p>")
    assert japanese == "パンと薔薇" * 40 + "…"
    assert describe("", '<p><img src="a.png" alt=""></p>\n<p>Words.</p>') == "Words."
    assert first_words("<p>Comrades!</p><p>The mill stands still.</p>", 90, 20) == "Comrades! The mill stands still."
    assert first_words('<p>Bread.</p><div class="footnote"><p>Note.</p></div>', 90, 50) == "Bread."


def test_a_decade_without_an_exact_year_is_in_the_row_of_its_decade() -> None:
    archive = arrange(entry(d, date=d) for d in ("193X", "1936", "1936-05", "198X", "18XX", "undated"))
    rows = [(d.year, d.years, d.vague, d.vague_count, d.total) for d in count_decades(archive)]
    assert rows == [(1930, ((1936, 2),), "193x", 1, 3), (1980, (), "198x", 1, 1)]
    assert [(name, count) for name, _, count in count_without_decade(archive)] == [("18xx", 1), ("undated", 1)]


def test_labels_below_the_timeline_never_share_a_place() -> None:
    for last in (*range(1900, 2100, 7), *range(2100, 9999, 397)):
        drawn = draw_timeline(count_decades(arrange([entry("a", date="1899"), entry("b", date=str(last))])))
        assert drawn is not None
        places = [label.x for label in drawn.labels]
        narrow = [label.x for label in drawn.labels if not label.spare]
        assert narrow and all(right - left >= 5.99 for left, right in itertools.pairwise(places)), last
        assert all(right - left >= 11.98 for left, right in itertools.pairwise(narrow)), last
        assert all(bar.x >= 0 and bar.x + bar.width <= 100 for bar in drawn.bars)


@pytest.mark.parametrize("last", ["1930", "1960", "2006", "3100"])
def test_a_label_stands_below_the_bar_that_it_names(last: str) -> None:
    """The label of a century was centred below what there was of it, so 1900 stood below the 1940s."""
    drawn = draw_timeline(count_decades(arrange([entry("a", date="1877"), entry("b", date=last)])))
    assert drawn is not None
    labels = {label.year: label.x for label in drawn.labels}
    slot = (drawn.bars[1].x - drawn.bars[0].x) / ((drawn.bars[1].year - drawn.bars[0].year) / drawn.step)
    for year, x in labels.items():
        assert x == pytest.approx(drawn.bars[0].middle + (year - drawn.bars[0].year) / drawn.step * slot, abs=0.05)


def test_the_bar_of_a_decade_counts_what_its_row_lists() -> None:
    """The home page said that there were 20, and the bar that there were 18."""
    archive = arrange(entry(d, date=d) for d in ("1850", "193X", "1936", "1936-05", "198X", "18XX", "2006"))
    decades = count_decades(archive)
    drawn = draw_timeline(decades)
    assert drawn is not None
    assert [(bar.year, bar.count) for bar in drawn.bars] == [(d.year, d.total) for d in decades]
    near = draw_timeline(count_decades(arrange(entry(d, date=d) for d in ("193X", "1936", "1938"))))
    assert near is not None
    assert [(bar.year, bar.count) for bar in near.bars] == [(1936, 1), (1938, 1)]


def test_the_home_page_has_decades_and_centuries_in_order_of_time(project: Project) -> None:
    for n, date in enumerate(("undated", "19XX", "2006", "18XX", "193X", "1936", "1890")):
        project.write(f"content/{n}.md", f"Title: T{n}\nDate: {date}\n\nWords.\n")
    project.build()
    page = html.fromstring(project.page("index.html").encode())
    rows = [" ".join(li.text_content().split()) for li in page.xpath("//ul[@class='tally decades']/li")]
    assert rows == ["1800–1899 1", "1890s 1", "1900–1999 1", "1930s 2", "2000s 1", "undated 1"]
    links = page.xpath("//ul[@class='tally decades']/li/a/@href")
    assert [links[0], links[1], links[-1]] == ["./dates/18xx/", "./dates/#1890s", "./dates/undated/"]


def test_each_bar_leads_to_a_decade_with_leaflets(project: Project) -> None:
    """A bar for a century used to lead to its first decade, which may have none."""
    for n, year in enumerate((1848, 1917, 200)):
        project.write(f"content/{n}.md", f"Title: T{n}\nDate: {year:04}\n\nWords.\n")
    project.build()
    page = html.fromstring(project.page("dates/index.html").encode())
    assert page.xpath("//figure//a/@href") == ["../dates/#200s", "../dates/#1840s", "../dates/#1910s"]


def test_a_series_is_in_the_order_of_its_numbers_if_all_titles_have_one() -> None:
    undated = [entry(f"b{n}", title=f"Bulletin, No. {n}", date="undated", series="S") for n in (10, 9)]
    dated = entry("b2", title="Bulletin #2", date="1999", series="S")
    assert [e.slug for e in arrange([*undated, dated]).series["S"]] == ["b2", "b9", "b10"]
    other = entry("extra", title="A special issue", date="2001", series="S")
    assert [e.slug for e in arrange([*undated, dated, other]).series["S"]] == ["b2", "extra", "b10", "b9"]
    titles = ["Nr. 4", "№ 17", "Part 3: on", "Knot 4", "1917", "No more"]
    assert [find_number(title) for title in titles] == [4, 17, 3, None, None, None]


def test_spellings_of_a_place_share_a_page_and_one_without_letters_has_none(project: Project) -> None:
    for n, place in enumerate(("Leeds", "Leeds?", "Leeds", "[Leeds]", "?")):
        project.write(f"content/{n}.md", f"Title: T{n}\nDate: 2006\nPlace: {place}\nPublisher: P{n % 2}\n\nWords.\n")
    project.build()
    page = html.fromstring(project.page("place/leeds/index.html").encode())
    assert page.xpath("string(//h1)") == "Leeds"
    assert len(page.xpath("//ol[@class='listing']/li")) == 4
    assert 'href="../../place/leeds/">[Leeds]</a>' in project.page("leaflets/t3/index.html")
    assert "<dd>?</dd>" in project.page("leaflets/t4/index.html")
    assert "2 publishers" in project.page("publishers/index.html")
    browse = html.fromstring(project.page("index.html").encode()).xpath("(//section)[last()]//a/@href")
    assert browse == ["./publishers/", "./titles/"]
    assert not (project.output / "languages").exists()


def test_an_index_that_loses_its_last_text_redirects() -> None:
    listed = ["place/leeds/", "places/", "days/10/", "days/", "language/fr/", "languages/", "home/", "tags/"]
    outcome = settle_addresses([Address(url, 1) for url in listed], {"", "days/"}, (), "ledger.txt", Level.ERROR)
    assert outcome.problems == ()
    assert outcome.redirects == {**dict.fromkeys(set(listed) - {"days/"}, ""), "days/10/": "days/"}
    assert all(list(find_parents(f"{kind}/x/")) == [f"{plural}/", ""] for kind, plural in TERMS.items())


# Days of the year


def test_the_calendar_has_366_days_and_links_those_that_are_certain() -> None:
    dates = ("1904-02-29", "2006-10-24", "1917-10-24", "2006-10-25?", "2006-10-26~", "2006-11", "undated")
    entries = [entry(f"d{n}", date=date) for n, date in enumerate(dates)]
    calendar = shows(entries, "days/")["calendar"]
    days = {(month, day): url for month, days in calendar.items() for day, url in days.items()}  # type: ignore[attr-defined]
    assert len(days) == 366
    assert {day: url for day, url in days.items() if url} == {(2, 29): "days/02/#d29", (10, 24): "days/10/#d24"}
    by_day = shows(entries, "days/10/")["by_day"]
    assert [e.slug for e in by_day[24]] == ["d2", "d1"]  # type: ignore[index]


def test_a_month_of_many_days_is_cut_and_its_days_are_found_on_their_page() -> None:
    entries = [entry(f"x{n:03}", date=f"{1800 + n}-10-{n // 50 + 1:02}") for n in range(2 * LINES_PER_PAGE + 1)]
    assert shows(entries, "days/")["calendar"][10][5] == "days/10/page/3/#d5"  # type: ignore[index]
    listed = [
        e
        for url in ("days/10/", "days/10/page/2/", "days/10/page/3/")
        for d in shows(entries, url)["by_day"].values()
        for e in d
    ]  # type: ignore[attr-defined]
    assert len(listed) == len(entries)


# Odd archives


def test_very_long_and_very_many_things_do_not_fill_the_home_page(project: Project) -> None:
    summary = "A sentence of the summary. " * 80
    project.write(
        "content/long.md", f"Title: {'long title ' * 27}\nSlug: long\nDate: 2006\nSummary: {summary}\n\nWords.\n"
    )
    tags = ", ".join(f"tag {n}" for n in range(400))
    project.write("content/tags.md", f"Title: T\nDate: 2007\nTags: {tags}\n\n{'Unbroken' * 500}\n")
    for n in range(MOST_CATEGORIES + 9):
        project.write(f"content/c{n}.md", f"Title: C{n}\nDate: undated\nCategory: Category {n}\n\nBread.\n")
    project.build()
    home = project.page("index.html")
    assert len(home) < 20_000
    page = html.fromstring(home.encode())
    assert len(page.xpath("//h2[.='By category']/../ul/li")) == MOST_CATEGORIES
    assert "400 tags" in html.fromstring(project.page("tags/index.html").encode()).xpath("string(//p[@class='lead'])")
    gists = html.fromstring(project.page("2006/index.html").encode()).xpath("//p[@class='gist']")
    assert [len(p.text_content()) <= 201 for p in gists] == [True]


@pytest.mark.parametrize("date", ["undated", "193X", "2006-10-24"])
def test_an_archive_of_one_leaflet_has_no_empty_part(project: Project, date: str) -> None:
    project.write("content/a.md", f"Title: Bread\nDate: {date}\n\nBread.\n")
    project.build()
    home = html.fromstring(project.page("index.html").encode())
    assert [h.text for h in home.xpath("//h2")] == ["Latest", "By date", "By category", "Browse"]
    assert not home.xpath("//ul[not(li)] | //ol[not(li)] | //p[not(normalize-space())]")
    assert ((project.output / "days").exists(), "days/" in project.page("index.html")) == ((date[4:5] == "-"),) * 2


def test_a_year_of_two_thousand_leaflets_is_cut_into_pages() -> None:
    entries = [entry(f"x{n:04}", date=f"2006-{n % 12 + 1:02}-{n % 28 + 1:02}") for n in range(2000)]
    pages = [page for page in list_pages(arrange(entries)) if page.template == "year"]
    assert [len(page.shows["entries"]) for page in pages] == [PER_PAGE] * 40
