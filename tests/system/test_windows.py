"""No page is wider than its window, whatever the window, the size and the face of its type, and its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.conftest import ADDRESS, SEARCHED, Project, make_project
from tests.support.browser import needs_chromium
from tests.support.hard_cases import write_hard_cases
from tests.system.test_browser import KINDS

WIDTHS = (320, 360, 768, 1024, 1152, 1280, 1366, 1440, 1920)
FACES = {
    "wide": ':root:root { --serif: "DejaVu Serif", "Bitstream Vera Serif", serif; }',
    "narrow": """
        @font-face { font-family: Narrow; src: local("DejaVu Serif"), local("Liberation Serif"); size-adjust: 78%; }
        :root:root { --serif: Narrow, serif; }
    """,
}
"""What is added to the style sheet: the widest serif that a browser chooses by itself, and one as narrow as Times."""

Opener = Callable[..., Page]

pytestmark = [
    pytest.mark.system,
    needs_chromium,
]


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, list[str]]:
    """A site of texts that are hard to lay out, and the addresses of the pages that show them."""
    project = make_project(tmp_path_factory.mktemp("hard"), SEARCHED)
    urls = write_hard_cases(project)
    project.build()
    return project, urls


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """Return the function that opens a browser page for a site, in a face, with the browser's text at so many %."""
    opened: list[Page] = []

    def open_site(project: Project, face: str = "wide", text: int = 100) -> Page:
        def answer(route: Route) -> None:
            file = project.output / unquote(urlsplit(route.request.url).path).removeprefix("/")
            file = file / "index.html" if file.is_dir() else file
            if file.suffix == ".css":
                route.fulfill(body=file.read_text(encoding="utf-8") + FACES[face], content_type="text/css")
            else:
                route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)

        page = browser.new_page()
        opened.append(page)
        page.route(f"{ADDRESS}/**", answer)
        settings = page.context.new_cdp_session(page)
        settings.send("Page.enable")
        settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * text // 100, "fixed": 13 * text // 100}})
        return page

    yield open_site
    for page in opened:
        page.close()


_WIDER = """
() => {
  document.querySelectorAll("details").forEach(details => { details.open = true });
  const seen = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= seen) return "";
  const beyond = [...document.querySelectorAll("body *")].filter(e => {
    const box = e.getBoundingClientRect();
    return (box.right > seen + 0.5 || box.left < -0.5) && !e.closest(".sheet, pre, .skip");
  });
  const shown = beyond.map(e => e.outerHTML.slice(0, 60)).slice(-2).join(" … ");
  return `${document.documentElement.scrollWidth}: ${shown}`;
}
"""


def find_wider(page: Page, urls: list[str]) -> list[str]:
    """Return the pages that are wider than one of the windows, with their width and what is beyond it."""
    wider = []
    for url in urls:
        page.goto(f"{ADDRESS}/{url}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if found := page.evaluate(_WIDER):
                wider.append(f"/{url} at {width}: {found}")
    return wider


@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("face", FACES)
def test_no_page_is_wider_than_its_window(site: Project, open_page: Opener, face: str, text: int) -> None:
    page = open_page(site, face, text)
    assert find_wider(page, KINDS) == []
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 16 * text / 100


@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("face", FACES)
def test_no_hard_text_makes_its_page_wider_than_its_window(
    hard: tuple[Project, list[str]], open_page: Opener, face: str, text: int
) -> None:
    project, urls = hard
    assert find_wider(open_page(project, face, text), urls) == []


def test_the_two_faces_differ_in_width(site: Project, open_page: Opener) -> None:
    widths = []
    for face in FACES:
        page = open_page(site, face)
        page.set_viewport_size({"width": 1920, "height": 900})
        page.goto(f"{ADDRESS}/")
        widths.append(page.evaluate("document.querySelector('.masthead li a').getBoundingClientRect().width"))
    assert widths[0] > 1.2 * widths[1]


_STOPS = """
[...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")].filter(
  e => e.tabIndex >= 0 && e.getClientRects().length && !e.closest("details:not([open]) > :not(summary)")).length
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_tab_key_stops_at_most_forty_times_in_twelve_chapters_with_eighty_notes(
    hard: tuple[Project, list[str]], open_page: Opener, width: int
) -> None:
    page = open_page(hard[0])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{ADDRESS}/leaflets/chapters/")
    assert page.locator(".contents details li").count() == 12
    assert page.locator(".notes > ol > li").count() == 80
    assert 20 < page.evaluate(_STOPS) <= 40


_TEXT_AND_NOTES = """
() => {
  const box = e => e.getBoundingClientRect();
  const blocks = [...document.querySelectorAll(".text > :is(p, h2), .noted > :first-child")].map(box);
  const notes = [...document.querySelectorAll(".notes")].map(box);
  const em = parseFloat(getComputedStyle(document.querySelector(".notes li")).fontSize);
  return {
    gaps: blocks.slice(1).map((b, i) => b.top - blocks[i].bottom),
    overlaps: notes.slice(1).filter((n, i) => n.top < notes[i].bottom).length,
    beside: notes.every(n => n.left > blocks[0].right),
    within: notes.every(n => n.right <= innerWidth), width: notes[0].width / em,
  };
}
"""


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("width", [1280, 1440, 1920])
def test_notes_in_the_margin_never_tear_the_text_and_never_overlap(
    hard: tuple[Project, list[str]], open_page: Opener, face: str, width: int
) -> None:
    page = open_page(hard[0], face)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{ADDRESS}/leaflets/chapters/")
    found = page.evaluate(_TEXT_AND_NOTES)
    assert max(found["gaps"]) < 50  # the space before a heading is 43 px
    assert found["overlaps"] == 0
    assert found["beside"]
    assert found["within"]
    assert found["width"] > 15  # about 30 characters


def test_contents_stay_in_the_margin_while_the_text_scrolls(
    hard: tuple[Project, list[str]], open_page: Opener
) -> None:
    page = open_page(hard[0], "narrow")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{ADDRESS}/leaflets/chapters/#chapter-7-in-which-the-boats-come-in")
    page.locator(".contents summary").click()
    heading, contents = (page.locator(at).bounding_box() for at in (":target", ".contents details ol"))
    assert heading is not None
    assert contents is not None
    assert contents["x"] >= 0
    assert contents["x"] + contents["width"] < heading["x"]
    assert 0 <= contents["y"] < 900


def test_verse_keeps_its_stanzas_and_what_is_turned_over_is_indented(
    hard: tuple[Project, list[str]], open_page: Opener
) -> None:
    page = open_page(hard[0])
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{ADDRESS}/leaflets/verse/")
    measured = page.evaluate("""() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector(".line"));
      const stanzas = [...document.querySelectorAll(".text > p")].map(p => p.getBoundingClientRect());
      return {starts: [...range.getClientRects()].filter(r => r.width).map(r => r.left),
              size: parseFloat(getComputedStyle(document.querySelector(".text")).fontSize),
              gaps: stanzas.slice(1).map((s, i) => s.top - stanzas[i].bottom)};
    }""")
    first, *turned_over = measured["starts"]
    assert turned_over
    assert all(abs(left - first - 1.5 * measured["size"]) < 0.1 for left in turned_over)
    assert len(measured["gaps"]) == 2
    assert min(measured["gaps"]) > measured["size"] / 2


@pytest.mark.parametrize("width", [360, 1280])
def test_a_wide_table_scrolls_by_the_keyboard_in_a_region_with_a_name(
    hard: tuple[Project, list[str]], open_page: Opener, width: int
) -> None:
    page = open_page(hard[0])
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{ADDRESS}/leaflets/table/")
    region = page.get_by_role("region", name="Table 1")
    assert region.get_by_role("table").count() == 1
    assert region.evaluate("e => e.scrollWidth > e.clientWidth")
    scrolled = "e => { window.moved = new Promise(done => e.addEventListener('scroll', () => done(e.scrollLeft))) }"
    region.evaluate(scrolled)
    region.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.moved") > 0
    heights = region.evaluate("e => [...e.querySelectorAll('.align-right')].map(c => c.getClientRects()[0].height)")
    assert max(heights) < 45  # one line


def test_a_separator_of_a_byline_is_hidden_where_a_line_begins(
    hard: tuple[Project, list[str]], open_page: Opener
) -> None:
    page = open_page(hard[0])
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{ADDRESS}/leaflets/chapters/")
    starts = page.evaluate("""() => [...document.querySelectorAll(".byline p > *")].map(
      e => e.getBoundingClientRect().left - e.parentElement.getBoundingClientRect().left)""")
    clip = page.evaluate("getComputedStyle(document.querySelector('.byline p')).clipPath")
    assert sum(start == 0 for start in starts) >= 3
    assert clip.startswith("inset(")


def test_a_page_has_room_under_its_title(hard: tuple[Project, list[str]], open_page: Opener) -> None:
    page = open_page(hard[0])
    page.goto(f"{ADDRESS}/about/")
    page.evaluate("document.fonts.ready.then(() => true)")  # with other letters the title has another height
    title, text = (page.locator(at).bounding_box() for at in ("h1", ".text > p"))
    assert title is not None
    assert text is not None
    assert text["y"] - title["y"] - title["height"] > 20
