"""The search in a real browser, on a site below a path, served with its own headers."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from press.build import build
from press.options import BuildOptions
from tests.conftest import SEARCHED, make_project
from tests.site.test_headers import Host, read_headers
from tests.support.browser import needs_chromium
from tests.system.test_browser import AXE, find_violations

pytestmark = [
    pytest.mark.system,
    needs_chromium,
]

TEXTS = {
    "Iraq – The “calm” that hides the storm": (
        "2006-10-24", "Category: War\nAuthor: Ada Brennan\nSeries: Bulletins",
        "They told us to wait.\n\n"
        "The soldiers marched – and the workers, striking, closed the bakeries of 1919–1921.",
    ),
    "La tempête approche": (
        "2005-03", "Category: War\nLang: fr\nAuthor: Ada Brennan",
        "L’usine est fermée : « le pain » manque !\n\nLes chevaux de la garde nationale passent devant l’école.",
    ),
    "The years of hunger": ("1918/1920", "Category: Letters", "Bread, and no bread. A soldier wrote home."),
    "About the spring": ("1999~", "Category: Letters\nSeries: Bulletins", "Bread in the spring."),
    "Found in a drawer": ("undated", "Category: Letters", "Nobody knows when. There was bread."),
    "Le tiroir": ("2003", "Category: War\nLang: fr", "Les drawers, mot anglais."),
    "The markets": (
        "2004", "Category: War\nAuthor: Someone Else",
        "Soldiers stood in the market. <img src=x onerror=alert(1)>",
    ),
    "Harbour notes": (
        "1981", "Category: Port\nPlace: Leeds\nPublisher: Union Press\nIdentifier: HP-7\nTags: anti-war, rent\n"
        "Translator: Jane Doe\nSummary: Of lighters and of dredgers.\nSeries: Quay sheets",
        "Cranes stood idle.",
    ),
    "Rien ne bouge": (
        "1982", "Category: Port\nLang: fr\nAuthor: Harbour Street Committee; Jeanne Petit\nIdentifier: HP-70",
        "Les grues sont immobiles.",
    ),
    "A letter about rent": ("1983", "Category: Port\nIdentifier: HP-770", "By the harbour, and HP-7 in the margin."),
    "Der Hafen": ("1984", "Category: Port\nLang: de", "Kräne."),
    "El puerto": ("1984", "Category: Port\nLang: es", "Grúas."),
    "Il porto": ("1984", "Category: Port\nLang: it", "Le gru e lo sciopero."),
    "O cais": ("1984", "Category: Port\nLang: pt", "Guindastes."),
    **{
        f"Bakers’ letter {n}": (f"197{n}-0{n}-1{n}", f"Category: Letters\nIdentifier: HP-7{n}", f"Bread, number {n}.")
        for n in range(1, 10)
    },
}  # fmt: skip
"""By title: date, further lines of the header, text."""

HOSTILE = [
    "<img src=x onerror=\"document.title='hit'\">", "</script><script>document.title='hit'</script>", "' OR 1=1 --",
    "x" * 200, "bread " * 33, "\"'\"'\"", "\"", "\\", "%00", "../../../etc/passwd", "{{7*7}}", "[a-z]*(", "😀😀",
    "\u202eegdir", "constructor __proto__ toString", "«»", "- – — …", "«" * 150,
]  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, which has a path below its host."""
    root = tmp_path_factory.mktemp("searched")
    project = make_project(
        root, SEARCHED + "SEARCH_ENGINES = {'Elsewhere': 'https://search.example/?q=site:{site}'}\n"
    )
    for number, (title, (date, more, text)) in enumerate(TEXTS.items()):
        project.write(f"content/{number}.md", f"Title: {title}\nDate: {date}\n{more}\n\n{text}\n")
    project.write("content/draft.md", "Title: Hidden\nDate: 2006\nStatus: draft\n\nUnfinishedness.\n")
    host = root / "host"
    host.mkdir()
    handler = type("Below", (Host,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(host))) as server:
        address = f"http://127.0.0.1:{server.server_port}/below"
        build(BuildOptions(root / "testconf.py", project.content, host / "below", address))
        handler.rules = read_headers((host / "below" / "_headers").read_text(encoding="utf-8"))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=f"{address}/")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page in which nothing goes wrong: the console is silent, no policy is broken, no dialog opens."""
    reported: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: reported.append(message.text))
    opened.on("pageerror", lambda wrong: reported.append(str(wrong)))
    opened.on("dialog", lambda dialog: (reported.append(dialog.message), dialog.dismiss()))
    yield opened
    assert reported == []


def wait(page: Page) -> None:
    page.wait_for_selector("#results[aria-busy=false]", state="attached")


def found(page: Page) -> list[str]:
    wait(page)
    return [
        title.replace("\N{NO-BREAK SPACE}", " ")
        for title in page.locator("#results > li > p:first-child").all_inner_texts()
    ]


def search(page: Page, query: str, more: str = "") -> list[str]:
    page.goto(f"search/?q={quote(query, safe='')}{more}")
    return found(page)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("tempete", "La tempête approche"),
        ("TEMPÊTES", "La tempête approche"),
        ("cheval", "La tempête approche"),
        ("nationaux", "La tempête approche"),
        ("usine", "La tempête approche"),
        ("l'usine", "La tempête approche"),
        ("l’école passe", "La tempête approche"),
        ("strike", "Iraq – The “calm” that hides the storm"),
        ("bakery workers", "Iraq – The “calm” that hides the storm"),
        ("storms", "Iraq – The “calm” that hides the storm"),
        ("1921", "Iraq – The “calm” that hides the storm"),
        ("October 2006", "Iraq – The “calm” that hides the storm"),
        ('"calm that hides the storm"', "Iraq – The “calm” that hides the storm"),
        ("“calm that hides the storm”", "Iraq – The “calm” that hides the storm"),
        ('"Iraq – The calm"', "Iraq – The “calm” that hides the storm"),
        ('"soldiers marched – and the workers"', "Iraq – The “calm” that hides the storm"),
        ('"1919–1921"', "Iraq – The “calm” that hides the storm"),
        ('soldier "closed the bakeries"', "Iraq – The “calm” that hides the storm"),
        ("« l’usine est fermee »", "La tempête approche"),
        ('"fermée : le pain manque"', "La tempête approche"),
    ],
)
def test_a_leaflet_is_found_by_its_words(page: Page, query: str, title: str) -> None:
    assert search(page, query) == [title]


def test_a_word_is_found_in_its_other_forms(page: Page) -> None:
    for query in ("soldier", "soldiers"):
        assert set(search(page, query)) == {
            "Iraq – The “calm” that hides the storm", "The years of hunger", "The markets",
        }  # fmt: skip


@pytest.mark.parametrize("query", ["zebra", '"storm the hides"', "bread zebra", 'bread "soldiers marched"',
                                   "Unfinishedness", "Cite this text", "Skip to content", *HOSTILE[:4]])  # fmt: skip
def test_missing_words_are_not_found(page: Page, query: str) -> None:
    assert search(page, query) == []
    expect(page.get_by_role("status")).to_have_text("No results. Try fewer or different words.")
    assert page.locator("#more").is_hidden()


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_typed_is_text(page: Page, query: str) -> None:
    page.goto("")
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search/?q=*")
    wait(page)
    assert (
        page.get_by_role("searchbox").input_value() == query.strip()[:200]
        or page.get_by_role("searchbox").input_value() == query
    )
    assert page.evaluate("document.querySelectorAll('main img, main script').length") == 0
    assert not page.title().startswith("hit")


def test_markup_in_a_text_is_shown_as_written(page: Page) -> None:
    search(page, "onerror")
    assert page.locator(".excerpt").inner_text().endswith("<img src=x onerror=alert(1)>")
    assert page.locator("mark").all_inner_texts() != []


def test_a_result_shows_its_metadata_and_links_to_the_paragraph(page: Page) -> None:
    search(page, "striking")
    assert page.locator("#results .when").inner_text() == "24 October 2006 · War · Ada Brennan"
    excerpt = page.locator("#results .excerpt")
    assert (
        excerpt.inner_text() == "The soldiers marched – and the workers, striking, closed the bakeries of 1919–1921."
    )
    assert excerpt.locator("mark").all_inner_texts() == ["striking"]
    excerpt.locator("a").click()
    page.wait_for_url("**/leaflets/**")
    assert page.locator(":target").inner_text().startswith("The soldiers marched")


def test_a_french_result_is_marked_and_spaced_as_french(page: Page) -> None:
    search(page, "pain")
    assert page.locator("#results a").first.get_attribute("lang") == "fr"
    thin = "\N{NARROW NO-BREAK SPACE}"
    assert page.locator(".excerpt").inner_text() == f"L’usine est fermée{thin}: «{thin}le pain{thin}» manque{thin}!"


@pytest.mark.parametrize(
    ("query", "title", "why"),
    [
        ("Leeds", "Harbour notes", "Place: Leeds"),
        ("union press", "Harbour notes", "Publisher: Union Press"),
        ("anti-war", "Harbour notes", "Tags: anti-war"),
        ("quay", "Harbour notes", "Series title: Quay sheets"),
        ("Doe", "Harbour notes", "Translator: Jane Doe"),
        ("dredger", "Harbour notes", "Summary: Of lighters and of dredgers."),
        ("committee", "Rien ne bouge", "Author: Harbour Street Committee"),
        ("leeds cranes", "Harbour notes", "Place: Leeds"),
    ],
)
def test_a_leaflet_is_found_by_its_record_and_the_result_says_so(
    page: Page, query: str, title: str, why: str
) -> None:
    assert search(page, query) == [title]
    assert page.locator("#results .why").inner_text() == why
    marked = "".join(page.locator("#results .why mark").all_inner_texts())
    assert marked.lower()[:4] in query.lower().replace(" ", "")


def test_a_leaflet_that_is_found_by_its_text_has_no_further_reason(page: Page) -> None:
    search(page, "striking")
    assert page.locator("#results .why").count() == 0


def test_a_text_of_the_sites_language_with_the_word_in_its_title_comes_first(page: Page) -> None:
    assert search(page, "harbour") == ["Harbour notes", "Rien ne bouge", "A letter about rent"]
    assert page.locator("#results a mark").first.inner_text() == "Harbour"
    assert search(page, '"harbour"')[0] == "Harbour notes"


def test_the_identifier_itself_comes_before_those_that_begin_with_it(page: Page) -> None:
    for query in ("HP-7", "hp-7"):
        assert search(page, query)[0] == "Harbour notes"
    assert search(page, "HP-70") == ["Rien ne bouge"]
    assert page.locator("#results .why").inner_text() == "Identifier: HP-70"


@pytest.mark.parametrize(
    ("query", "meant"),
    [("harbor", "harbour"), ("Leads", "leeds"), ("brenan hunegr", "brennan hunger"), ("buoge", "bouge")],
)
def test_a_slip_of_the_pen_is_corrected(page: Page, query: str, meant: str) -> None:
    assert search(page, query) == []
    expect(page.get_by_role("status")).to_have_text(
        f"No results. Try fewer or different words. Did you mean {meant}?"
    )
    page.get_by_role("link", name=meant, exact=True).click()
    page.wait_for_url(f"**/search/?q={quote(meant).replace('%20', '+')}")


def test_a_word_that_begins_like_another_finds_nothing_of_it(page: Page) -> None:
    assert search(page, "Leed") == ["Harbour notes"]  # not the French texts with “le”


def test_languages_with_few_leaflets_share_an_index(page: Page) -> None:
    assert search(page, "sciopero") == ["Il porto"]
    assert search(page, "sciopero", "&language=it") == ["Il porto"]
    assert search(page, "sciopero", "&language=pt") == []
    assert search(page, "puerto", "&language=de") == []


def test_every_language_is_searched_with_one_engine(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/pagefind/")[2]))
    search(page, "harbour")
    assert asked.count("engine.pack") == 1
    assert [url for url in asked if "wasm" in url] == []


def test_a_filter_applies_at_once_and_says_how_many_leaflets_it_has(page: Page) -> None:
    search(page, "soldiers")
    page.get_by_text("Filter results").click()
    page.get_by_label("Category").select_option("Letters (12)")
    expect(page.get_by_role("status")).to_have_text("Results: 1")
    assert page.url.endswith("?q=soldiers&category=letters")
    assert page.evaluate("document.activeElement.tagName") != "INPUT"
    page.goto("search/?q=cranes")
    page.get_by_text("Filter results").click()
    page.locator("select[name=tag]").select_option("anti-war (1)")
    expect(page.get_by_role("status")).to_have_text("Results: 1")
    assert page.url.endswith("?q=cranes&tag=anti-war")


def test_a_slash_reaches_the_box_and_is_a_character_in_it(page: Page) -> None:
    page.goto("search/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("a/b")
    assert page.get_by_label("Search for").input_value() == "a/b"


def test_loading_begins_when_the_box_has_the_focus(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("search/", wait_until="networkidle")
    assert not [url for url in asked if "/pagefind/" in url]
    with page.expect_request("**/engine.pack"):
        page.get_by_label("Search for").focus()


MOVED = """
window.moved = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) moved += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address_of_search", ["?q=bread", "?q=bread&from=1970&category=letters", "?q=zebra", ""])
def test_nothing_moves_while_results_arrive(context: BrowserContext, width: int, address_of_search: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(MOVED)
    page.goto(f"search/{address_of_search}", wait_until="networkidle")
    if address_of_search:
        wait(page)
    assert page.evaluate("moved") == 0


def test_lists_give_way_to_results_and_come_back_without(page: Page) -> None:
    search(page, "striking")
    assert page.get_by_role("heading", name="Browse all").is_hidden()
    search(page, "zebra")
    assert page.get_by_role("heading", name="Browse all").is_visible()


@pytest.mark.parametrize("query", ["", "?q=bread&from=1970"])
def test_the_page_fits_a_phone_at_twice_the_size_of_text(context: BrowserContext, query: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"search/{query}")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("document.querySelector('details').open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("query", "more", "titles"),
    [
        ("soldiers", "&from=2004&to=2006", {"Iraq – The “calm” that hides the storm", "The markets"}),
        ("soldiers", "&from=2006&to=2004", {"Iraq – The “calm” that hides the storm", "The markets"}),
        ("bread", "&from=1919&to=1919", {"The years of hunger"}),
        ("bread", "&from=1990", {"About the spring"}),
        ("bread", "&from=1&to=1900", set()),
        ("soldiers", "&author=ada-brennan", {"Iraq – The “calm” that hides the storm"}),
        ("bread", "&series=bulletins&category=letters", {"About the spring"}),
        ("soldiers", "&category=war&from=2004&to=2005&language=en", {"The markets"}),
        ("approche", "&language=fr&category=war&author=ada-brennan&from=2005&to=2005", {"La tempête approche"}),
        ("approche", "&language=fr&category=letters", set()),
        ("storm", "&category=%3Cb%3E&sort=nonsense&from=x", {"Iraq – The “calm” that hides the storm"}),
    ],
)  # fmt: skip
def test_a_search_is_narrowed(page: Page, query: str, more: str, titles: set[str]) -> None:
    assert set(search(page, query, more)) == titles


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_results_come_in_the_order_of_their_dates_and_undated_ones_last(page: Page, order: str) -> None:
    titles = search(page, "bread", f"&sort={order}")
    while page.locator("#more").is_visible():
        page.locator("#more").click()
        expect(page.locator(f"#results > li:nth-child({len(titles) + 1})")).to_be_visible()
        titles = found(page)
    letters = [f"Bakers’ letter {n}" for n in range(1, 10)]
    dated = ["The years of hunger", *letters, "About the spring"]
    assert titles == [*(dated if order == "oldest" else dated[::-1]), "Found in a drawer"]


def test_languages_are_joined_in_the_order_of_dates(page: Page) -> None:
    both = search(page, "Brennan", "&sort=oldest")
    assert both == ["La tempête approche", "Iraq – The “calm” that hides the storm"]
    assert search(page, "Brennan", "&sort=newest") == both[::-1]


def test_undated_texts_of_one_language_come_after_dated_ones_of_another(page: Page) -> None:
    assert search(page, "drawer", "&sort=newest")[:1] == ["Le tiroir"]
    assert search(page, "drawer", "&sort=newest") == search(page, "drawer", "&sort=oldest")


def test_the_address_has_the_search_and_the_back_button_works(page: Page) -> None:
    page.goto("search/")
    assert page.get_by_role("status").inner_text() == ""
    page.get_by_label("Search for").fill("soldiers")
    page.get_by_text("Filter results").click()
    page.get_by_label("From year").fill("2004")
    page.get_by_label("Category").select_option("War (4)")
    page.get_by_role("button", name="Search").click()
    first = found(page)
    assert page.url.endswith("/below/search/?q=soldiers&category=war&from=2004")
    assert page.title().startswith("soldiers – Search")
    page.get_by_label("Search for").fill("tempete")
    page.get_by_label("Search for").press("Enter")
    expect(page.locator("#results")).to_contain_text("La tempête")
    page.locator("#results a").first.click()
    page.wait_for_url("**/leaflets/**")
    page.go_back()
    assert found(page) == ["La tempête approche"]
    page.go_back()
    expect(page.locator("#results")).to_contain_text("The markets")
    assert found(page) == first
    assert page.get_by_label("Search for").input_value() == "soldiers"
    assert page.get_by_label("Category").input_value() == "war"
    assert page.get_by_label("From year").input_value() == "2004"


def test_more_results_come_on_demand_and_stay_when_one_comes_back(page: Page) -> None:
    first = search(page, "bread")
    assert len(first) == 4
    expect(page.get_by_role("status")).to_have_text("Results: 12")
    page.get_by_role("button", name="More results").click()
    expect(page.locator("#results > li")).to_have_count(12)
    assert page.evaluate("document.activeElement.closest('li') === document.querySelector('#results').children[4]")
    assert page.locator("#more").is_hidden()
    page.locator("#results a").last.click()
    page.wait_for_url("**/leaflets/**")
    page.go_back()
    expect(page.locator("#results > li")).to_have_count(12)


def test_only_years_and_no_words_fetch_nothing(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("search/?from=2004&to=2006", wait_until="networkidle")
    expect(page.get_by_role("status")).to_contain_text("Enter a word to search for.")
    assert not [url for url in asked if "/pagefind/" in url]


def test_a_first_search_in_one_language_takes_ten_requests_at_most_and_none_of_another_host(
    page: Page, address: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    search(page, "bread", "&language=en")
    assert len([url for url in asked if "/pagefind/" in url]) <= 10
    assert all(url.startswith(address) for url in asked)


def test_a_range_of_years_fetches_what_it_shows_and_no_more(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    search(page, "bread", "&from=1970&to=1979")
    expect(page.get_by_role("status")).to_have_text("Results: 9")
    assert len([url for url in asked if "/fragment/" in url]) == 4


def test_on_a_slow_network_the_page_says_that_it_searches_and_shows_the_last_search_alone(page: Page) -> None:
    held: list[Route] = []
    page.route("**/en.pack", lambda route: held.append(route))  # noqa: PLW0108  # Playwright needs its own name
    with page.expect_request("**/en.pack"):
        page.goto("search/?q=tempete")
    expect(page.get_by_role("status")).to_have_text("Searching…")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    page.get_by_label("Search for").fill("striking")
    page.get_by_label("Search for").press("Enter")
    page.wait_for_url("**/search/?q=striking")
    for route in held:
        route.continue_()
    assert found(page) == ["Iraq – The “calm” that hides the storm"]


def test_a_search_that_could_not_be_loaded_can_be_tried_again(context: BrowserContext) -> None:
    page = context.new_page()
    page.route("**/en.pack", lambda route: route.abort())
    page.goto("search/?q=tempete")
    expect(page.get_by_role("status")).to_have_text("Search could not be loaded. Try again, or use the lists below.")
    page.unroute("**/en.pack")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#results")).to_contain_text("La tempête")
    assert found(page) == ["La tempête approche"]


def test_without_javascript_the_page_says_so_and_the_leaflet_is_found(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=f"{address}/")
    page = context.new_page()
    page.goto("")
    page.get_by_role("searchbox").fill("tempete")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search/?q=tempete")
    expect(page.locator("noscript p")).to_be_visible()
    assert page.locator("#search").is_hidden()
    link = page.get_by_role("link", name="Search this site with Elsewhere")
    assert (
        link.get_attribute("href")
        == f"https://search.example/?q=site:{address.removeprefix('http://').replace(':', '%3A')}"
    )
    page.get_by_role("link", name="All titles and summaries on one page").click()
    page.wait_for_url("**/titles/all/")
    assert len(page.locator(".listing > li").all()) == len(TEXTS)
    expect(page.get_by_text("L’usine est fermée")).to_be_visible()
    page.get_by_role("link", name="La tempête").click()
    page.wait_for_url("**/leaflets/la-tempete-approche/")
    context.close()


def test_the_keyboard_is_enough(page: Page) -> None:
    page.goto("search/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("striking")
    page.keyboard.press("Enter")
    assert found(page) == ["Iraq – The “calm” that hides the storm"]
    seen = []
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        seen.append(page.evaluate("document.activeElement.closest('.excerpt') !== null"))
        if seen[-1]:
            break
    assert seen[-1], seen
    page.keyboard.press("Enter")
    page.wait_for_url("**/leaflets/**#p-*")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci --prefix .ci --ignore-scripts")
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")])
def test_axe_finds_nothing_among_results(browser: Browser, address: str, width: int, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/search/?q=bread&from=1970")
    expect(page.locator("#results > li")).to_have_count(4)
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_printed_page_has_the_query_and_the_results(page: Page) -> None:
    search(page, "bread", "&from=1970&category=letters")
    page.emulate_media(media="print")
    for name in ("Search for", "From year", "Category"):
        assert page.get_by_label(name).is_visible()
    assert page.locator("#results").is_visible()
    for name in ("Author", "Sort by"):
        assert page.get_by_label(name).is_hidden()
    assert page.get_by_role("button").all() == []
    assert page.get_by_role("heading", name="Browse all").is_hidden()
