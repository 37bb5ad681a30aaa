"""What texts with odd parts look like in a browser: forms, verse in notes, tall pictures, many headings and tags."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.conftest import ADDRESS, SEARCHED, Project, make_project
from tests.support.browser import needs_chromium
from tests.system.test_browser import AXE, STOPS, find_violations, show_site

pytestmark = [
    pytest.mark.system,
    needs_chromium,
]

CHAPTERS = "\n\n".join(f"## Chapter {n}\n\n### Of its part\n\n{'bread and roses ' * 30}" for n in range(14))
TEXTS = {
    "form": (
        "1951",
        f"```\nNAME {'.' * 120}\n\nDUES 10 shillings\n```\n\nSee <https://c.example/110/>.\n\n1. In 1910.",
    ),
    "verse": ("1952", "Haul.[^1]\n\n[^1]: Sung twice,  \n    the second time softly."),
    "pictures": (
        "1953",
        "Before.\n\n![A cover]({static}/images/cover.png)\n\n![A line]({static}/images/line.png)\n\nAfter.",
    ),
    "story": ("1954-02-27", CHAPTERS),
    "prices": ("1955\nLang: he", "לחם ועבודה לכולם.\n\n| לחם | 10 |\n|---|---|\n| חלב | 12 |"),
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An archive of odd texts."""
    project = make_project(tmp_path_factory.mktemp("odd"), SEARCHED)
    for slug, (head, body) in TEXTS.items():
        added = "Category: Songs\nSeries: Harbour\nAdded: 2026-03-01"
        project.write(f"content/{slug}.md", f"Title: {slug}\nDate: {head}\nSlug: {slug}\n{added}\n\n{body}\n")
    tags = ", ".join(f"tag {n}" for n in range(120))
    project.write("content/tags.md", f"Title: Tags\nDate: 1860\nTags: {tags}\n\nWords.\n")
    for name, size in {"cover": (900, 1400), "line": (1, 4000)}.items():
        made = io.BytesIO()
        Image.new("RGB", size, "navy").save(made, "PNG")
        project.write(f"content/images/{name}.png", made.getvalue())
    project.build()
    return project


@pytest.fixture
def page(browser: Browser, odd: Project) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    show_site(opened, odd)
    yield opened
    opened.close()


def open_at(page: Page, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{ADDRESS}/{url}", wait_until="networkidle")


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci --prefix .ci --ignore-scripts")
@pytest.mark.parametrize("url", ["leaflets/form/", "leaflets/story/", "leaflets/pictures/", "leaflets/prices/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_odd_texts(page: Page, url: str, width: int) -> None:
    open_at(page, url, width)
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_scrolls_a_long_line_of_a_form(page: Page) -> None:
    open_at(page, "leaflets/form/", 360)
    page.focus("pre")
    page.keyboard.press("ArrowRight")
    moved = "document.querySelector('pre').scrollLeft > 0"
    assert page.evaluate(
        f"new Promise(done => (function look() {{ {moved} ? done(true) : requestAnimationFrame(look) }})())"
    )


def test_paper_shows_the_whole_of_a_long_line(page: Page) -> None:
    open_at(page, "leaflets/form/", 700)
    page.emulate_media(media="print")
    assert page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('pre'))") <= 0


def test_the_link_back_stands_after_the_last_word_of_verse_in_a_note(page: Page) -> None:
    open_at(page, "leaflets/verse/", 1280)
    word_ends, arrow_begins, shown = page.evaluate(
        """() => {
          const link = document.querySelector(".notes .footnote-backref");
          const [words, arrow] = [document.createRange(), document.createRange()];
          words.selectNode(link.previousSibling);
          arrow.selectNodeContents(link);
          const box = link.getBoundingClientRect();
          return [words.getBoundingClientRect().right, arrow.getBoundingClientRect().left, box.left];
        }"""
    )
    assert arrow_begins >= shown >= word_ends - 1 > 0


@pytest.mark.parametrize("width", [360, 1280])
def test_a_picture_is_lower_than_the_window_and_nothing_moves_while_it_loads(page: Page, width: int) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) shift += e.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    open_at(page, "leaflets/pictures/", width)
    page.mouse.wheel(0, 5000)
    page.evaluate("Promise.all([...document.querySelectorAll('.text img')].map(i => i.decode()))")
    heights = page.evaluate("[...document.querySelectorAll('.text img')].map(i => i.offsetHeight)")
    assert len(heights) == 2 and all(100 < height <= 810 for height in heights)
    fits = page.evaluate("[...document.querySelectorAll('.text img')].map(i => getComputedStyle(i).objectFit)")
    assert fits == ["contain", "contain"]
    assert page.evaluate("shift") == 0


SHOWN = "[...document.querySelectorAll('.contents a')].filter(a => a.checkVisibility({contentVisibilityAuto: true}))"


def test_contents_are_open_in_the_margin_and_are_no_stops_until_they_are_asked_for(page: Page) -> None:
    open_at(page, "leaflets/story/", 1280)
    boxes = page.evaluate(f"{SHOWN}.map(a => a.getBoundingClientRect().toJSON())")
    assert len(boxes) == 28
    edge = page.evaluate("document.querySelector('.text').getBoundingClientRect().left")
    assert all(0 < box["left"] < box["right"] < edge for box in boxes)
    assert page.evaluate(f"{STOPS}.length") <= 40
    page.locator(".contents a:visible").last.click()
    assert page.url.endswith("#of-its-part-14")


def test_the_keyboard_reaches_the_contents_through_their_heading(page: Page) -> None:
    open_at(page, "leaflets/story/", 1280)
    left = page.evaluate(f"{SHOWN}[0].getBoundingClientRect().left")
    page.focus(".contents summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#chapter-0"
    assert page.evaluate(f"[{SHOWN}.length, {SHOWN}[0].getBoundingClientRect().left]") == [28, left]


def test_contents_are_folded_where_they_stand_above_the_text(page: Page) -> None:
    open_at(page, "leaflets/story/", 700)
    assert page.evaluate(f"{SHOWN}.length") == 0
    page.click(".contents summary")
    assert page.evaluate(f"{SHOWN}.length") == 28


@pytest.mark.parametrize("width", [360, 1280])
def test_labels_stand_below_their_bars_and_side_by_side(page: Page, width: int) -> None:
    open_at(page, "dates/", width)
    labels, bars = page.evaluate(
        """() => ["svg > text", ".timeline a"].map(found => [...document.querySelectorAll(found)]
          .filter(e => e.checkVisibility())
          .map(e => {
            const box = (e.querySelector("rect") ?? e).getBoundingClientRect();
            return [(e.querySelector("title") ?? e).textContent.slice(0, 4), box.left, box.right];
          }))"""
    )
    middles = {year: (left + right) / 2 for year, left, right in bars}
    named = [(left + right) / 2 - middles[year] for year, left, right in labels if year in middles]
    assert named and all(abs(off) < 1 for off in named)
    assert all(right < left for (_, _, right), (_, left, _) in pairwise(labels))


def test_cells_of_a_table_from_the_right_have_their_space_on_the_left(page: Page) -> None:
    open_at(page, "leaflets/prices/", 360)
    style = "(s => [s.paddingLeft != '0px', s.paddingRight])(getComputedStyle(document.querySelector('td')))"
    assert page.evaluate(style) == [True, "0px"]


def test_figures_of_addresses_records_and_lists_are_as_tall_as_capitals(page: Page) -> None:
    open_at(page, "leaflets/form/", 1280)
    figures = "e => getComputedStyle(document.querySelector(e)).fontVariantNumeric"
    for part in (".cite a", ".record dd", ".crumbs", ".text .bare", ".neighbours a"):
        assert page.evaluate(figures, part) == "lining-nums", part
    assert page.evaluate(figures, ".text li") == "oldstyle-nums"
    marker = "getComputedStyle(document.querySelector('.text li'), '::marker').fontVariantNumeric"
    assert "lining-nums" in page.evaluate(marker)
    open_at(page, "titles/", 1280)
    assert page.evaluate(figures, ".index a") == "lining-nums"


@pytest.mark.parametrize("width", [320, 360, 420])
def test_a_date_is_not_divided_in_the_list_of_titles(page: Page, width: int) -> None:
    open_at(page, "titles/", width)
    rows = page.evaluate("[...document.querySelectorAll('.index .count')].map(e => e.getClientRects().length)")
    style = "[...document.querySelectorAll('.index time')].map(e => getComputedStyle(e).whiteSpace)"
    assert rows == [1] * 6 and page.evaluate(style) == ["nowrap"] * 6


def test_the_space_around_the_separators_of_a_byline_is_even(page: Page) -> None:
    style = "getComputedStyle(document.querySelector('[data-hue]'), '::after')"
    gaps = f"(s => [s.marginLeft != '0px', s.marginRight])({style})"
    for slug in ("form", "prices"):  # one from the left, and one from the right
        open_at(page, f"leaflets/{slug}/", 1280)
        assert page.evaluate(gaps) == [True, "0px"], slug


def test_a_summary_from_the_right_begins_on_the_right(page: Page) -> None:
    open_at(page, "1955/", 1280)
    assert page.evaluate(
        "(s => [s.direction, s.textAlign])(getComputedStyle(document.querySelector('.gist[dir=rtl]')))"
    ) == ["rtl", "start"]


def test_the_filters_stand_in_even_rows_also_if_one_has_not_all_its_choices(page: Page) -> None:
    open_at(page, "search/?q=bread", 1280)
    page.click(".search summary")
    boxes = page.evaluate("[...document.querySelectorAll('.filters > p')].map(p => p.getBoundingClientRect().height)")
    assert len(boxes) > 3 and max(boxes) - min(boxes) < 2
    assert page.locator(".search details > .hint a").inner_text() == "Tags"
