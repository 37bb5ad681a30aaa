"""Every kind of page in a real browser, with well-known checkers."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from press.build import build
from press.options import BuildOptions
from tests.conftest import ADDRESS, ROOT, SEARCHED, Project, make_project
from tests.support.browser import needs_chromium

AXE = ROOT / ".ci" / "node_modules" / "axe-core" / "axe.min.js"
VNU = ROOT / ".ci" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
SPECIMEN = "leaflets/the-bakery-that-would-not-close-other-news/"
LONG = "leaflets/the-whole-story-of-harbour-street/"
KINDS = [
    *(
        "",
        "404.html",
        "about-this-archive/",
        "feeds/",
        "dates/",
        "2006/",
        "2006/10/",
        "dates/197x/",
        "days/",
        "days/10/",
        "titles/",
        "titles/all/",
        "search/",
    ),
    *("places/", "place/wexcombe/", "publishers/", "languages/", "language/fr/"),
    *("categories/", "category/workplace/", "authors/", "author/ada-brennan/", "series/", "tags/", "tag/bread/"),
    *(SPECIMEN, LONG, "leaflets/bread-is-a-right/", "leaflets/la-boulangerie-qui-ne-voulait-pas-fermer/"),
    *("leaflets/to-all-who-work/", "leaflets/loud-and-clear/", "leaflets/no-spaces/"),
]
"""A page of every kind, and texts with odd features."""

SEEN = [
    "",
    "search/",
    "dates/",
    "days/",
    "titles/",
    "category/workplace/",
    SPECIMEN,
    LONG,
    "leaflets/bread-is-a-right/",
]
"""Pages that together have every visible feature."""

pytestmark = [
    pytest.mark.system,
    needs_chromium,
]


@pytest.fixture
def page(browser: Browser, site: Project) -> Iterator[Page]:
    """A browser page that finds the test site at its own address."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    show_site(opened, site)
    yield opened
    opened.close()


def show_site(page: Page, site: Project) -> None:
    """Let a browser page find a site at its own address."""

    def answer(route: Route) -> None:
        file = site.output / unquote(urlsplit(route.request.url).path).removeprefix("/")
        file = file / "index.html" if file.is_dir() else file
        route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)

    page.route(f"{ADDRESS}/**", answer)


def find_violations(page: Page) -> list[str]:
    """Return what axe finds by the rules of WCAG 2.2 A and AA and its best practices."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run({runOnly: tags})", tags)
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci --prefix .ci --ignore-scripts")
@pytest.mark.parametrize(
    ("url", "width", "scheme"),
    [
        *((url, 1280, "light") for url in KINDS),
        *((url, 1440, "dark") for url in SEEN),
        *((url, 320, "light") for url in SEEN),
    ],
)
def test_axe_finds_nothing(page: Page, url: str, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{ADDRESS}/{url}")
    assert find_violations(page) == []


@pytest.mark.parametrize("url", KINDS)
def test_nothing_is_wider_than_a_narrow_screen(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{ADDRESS}/{url}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("url", KINDS)
def test_a_page_keeps_its_own_policy_and_loads_what_it_names(page: Page, url: str) -> None:
    reported: list[str] = []
    page.on("console", lambda message: reported.append(message.text))
    page.on("requestfailed", lambda request: reported.append(f"failed: {request.url}"))
    page.on("response", lambda response: reported.append(response.url) if response.status >= 400 else None)
    page.goto(f"{ADDRESS}/{url}", wait_until="networkidle")
    assert reported == []
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxInlineSize") is not None
    assert page.evaluate("document.styleSheets.length") == 1


def test_a_page_does_not_move_while_it_loads(page: Page) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) shift += e.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(f"{ADDRESS}/{LONG}", wait_until="networkidle")
    assert page.evaluate("shift") == 0


STOPS = "[...document.querySelectorAll('a[href], input, button, summary, [tabindex]')].filter(" \
    "e => e.tabIndex >= 0 && e.checkVisibility({contentVisibilityAuto: true}))"  # fmt: skip
"""Whatever the Tab key stops at."""


def test_the_keyboard_walks_through_a_leaflet_from_the_skip_link_to_the_foot(page: Page) -> None:
    page.goto(f"{ADDRESS}/{SPECIMEN}")
    links = page.evaluate(f"{STOPS}.map(a => a.getAttribute('href'))")
    walked = []
    for _ in links:
        page.keyboard.press("Tab")
        walked.append(page.evaluate("document.activeElement.getAttribute('href')"))
        assert page.evaluate(
            "(e => getComputedStyle(e).outlineStyle != 'none' && getComputedStyle(e).opacity == '1')"
            "(document.activeElement)"
        ), walked[-1]
    assert walked == links
    assert walked[0] == "#main"


def test_the_link_of_a_paragraph_is_visible_when_the_pointer_is_on_it(page: Page) -> None:
    page.goto(f"{ADDRESS}/{SPECIMEN}")
    opacity = "document.querySelector('.text p > .anchor').checkVisibility({opacityProperty: true})"
    assert page.evaluate(opacity) is False
    page.hover(".text p")
    assert page.evaluate(opacity) is True


PLACES = """
[...document.querySelectorAll('.notes')].map(note => {
  const [n, p] = [note, note.parentElement.firstElementChild].map(e => e.getBoundingClientRect());
  return {noteTop: n.top, noteBottom: n.bottom, noteLeft: n.left, noteRight: n.right,
          top: p.top, bottom: p.bottom, left: p.left, right: p.right};
})
"""


def test_notes_are_beside_their_paragraphs_if_there_is_room_and_never_overlap(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{ADDRESS}/{LONG}")
    places = page.evaluate(PLACES)
    assert len(places) == 4
    assert all(place["noteLeft"] > place["right"] and place["noteRight"] <= 1440 for place in places)
    assert [round(place["noteTop"] - place["top"]) for place in places] == [0, 0, 0, 0]
    assert all(b["noteTop"] >= a["noteBottom"] for a, b in pairwise(places))


@pytest.mark.parametrize("width", [1024, 1152, 1280, 1366, 1440, 1920])
def test_a_page_with_notes_is_never_wider_than_its_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{ADDRESS}/{LONG}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_notes_of_a_right_to_left_text_are_on_the_left(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{ADDRESS}/leaflets/bread-is-a-right/")
    (place,) = page.evaluate(PLACES)
    assert 0 <= place["noteLeft"] < place["noteRight"] < place["left"]


def test_notes_are_below_their_paragraphs_if_there_is_no_room(page: Page) -> None:
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(f"{ADDRESS}/{LONG}")
    assert all(place["noteTop"] >= place["bottom"] for place in page.evaluate(PLACES))


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext: apt-get install poppler-utils")
def test_a_printed_leaflet_has_its_notes_at_the_foot_its_address_and_no_navigation(
    page: Page, tmp_path: Path
) -> None:
    page.goto(f"{ADDRESS}/{LONG}")
    page.pdf(path=tmp_path / "leaflet.pdf", prefer_css_page_size=True, format="A4")
    printed = ["pdftotext", "-layout", tmp_path / "leaflet.pdf", "-"]
    words = " ".join(subprocess.run(printed, capture_output=True, text=True, check=True).stdout.split())
    order = [
        words.index(part)
        for part in ("The whole story", "1 May 2007", "It began with the dough", "The floor was laid", "Box 14",
                     "Cite this text", "https://archive.example/leaflets/the-whole-story")
    ]  # fmt: skip
    assert order == sorted(order)
    assert re.search(r"\b1 ?/ ?\d\b", words)
    assert not any(part in words for part in ("Categories", "Skip to", "Contents", "Report an error", "Previous and"))


def test_print_shows_where_links_lead_and_cuts_no_picture(page: Page, tmp_path: Path) -> None:
    from PIL import Image

    project = make_project(tmp_path)
    (project.content / "images").mkdir(parents=True)
    Image.new("RGB", (900, 1400), "navy").save(project.content / "images" / "cover.png")
    text = "Look [here](https://h.example/x/) or at <https://c.example/>.\n\n![A cover]({static}/images/cover.png)"
    project.write("content/a.md", f"Title: A\nDate: 1974\n\n{text}\n")
    project.build()
    show_site(page, project)
    page.goto(f"{ADDRESS}/leaflets/a/")
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('.text img').getBoundingClientRect().height") <= 220 * 96 / 25.4 + 1
    shown = "[...document.querySelectorAll('.text a[href]')].map(a => getComputedStyle(a, '::after').content)"
    contents = [content for content in page.evaluate(shown) if content != "none"]
    assert contents == ['" (https://h.example/x/)"']


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Build the test site for the loopback address and serve it there: a file has no `'self'`."""
    project = make_project(tmp_path_factory.mktemp("served"), SEARCHED)
    handler = functools.partial(_Quiet, directory=project.output)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        build(BuildOptions(project.root / "testconf.py", ROOT / "tests" / "sample", project.output, address))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address, project.output
        server.shutdown()


@pytest.mark.skipif(
    not (VNU.exists() and shutil.which("java")), reason="no vnu.jar or Java: npm ci --prefix .ci --ignore-scripts"
)
@pytest.mark.parametrize(("kind", "option"), [("html", "--html"), ("css", "--css")])
def test_the_nu_html_checker_finds_nothing(served: tuple[str, Path], kind: str, option: str) -> None:
    address, output = served
    files = [path.relative_to(output).as_posix() for path in sorted(output.rglob(f"*.{kind}"))]
    assert files
    allow = "-Dnu.validator.servlet.allow-forbidden-hosts=true"  # else the loopback is forbidden
    command = ["java", allow, "-jar", VNU, "--format", "json", option, *(f"{address}/{file}" for file in files)]
    checked = subprocess.run(command, check=False, capture_output=True, text=True)
    found = json.loads(checked.stderr)["messages"]
    assert [f"{message.get('url', '')}: {message['message']}" for message in found] == []


def test_a_page_is_set_in_the_faces_of_the_archive_and_no_line_moves(page: Page) -> None:
    shifts = "new PerformanceObserver(list => { window.moved = (window.moved || 0) + list.getEntries().length; })"
    page.add_init_script(f"{shifts}.observe({{type: 'layout-shift', buffered: true}})")
    for _ in range(2):  # the second time the fonts are in the browser's cache
        page.goto(f"{ADDRESS}/{SPECIMEN}")
        page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert {"Vollkorn", "Handbill"} <= set(loaded)
    assert page.evaluate("window.moved || 0") == 0


def test_figures_are_of_one_width_in_tables_and_as_tall_as_capitals_in_counts(page: Page) -> None:
    """The fonts kept these features and lost their glyphs: columns did not align, and a 1 looked like a capital I."""
    page.goto(f"{ADDRESS}/{SPECIMEN}")
    measured = page.evaluate(
        """async () => {
          await document.fonts.load("100px Vollkorn");
          const box = document.querySelector(".text").appendChild(document.createElement("span"));
          box.style = "font: 100px Vollkorn; position: absolute";
          const width = (digit, kind) => {
            [box.textContent, box.style.fontVariantNumeric] = [digit, kind];
            return box.getBoundingClientRect().width;
          };
          return ["tabular-nums lining-nums", "lining-nums", "oldstyle-nums"].map(
            (kind) => ["1", "2", "8"].map((digit) => width(digit, kind)));
        }"""
    )
    tabular, lining, old = measured
    assert len(set(tabular)) == 1 < len(set(lining))
    assert lining != old


def test_cyrillic_titles_have_the_letters_of_russian_and_not_of_bulgarian(page: Page) -> None:
    """The face has both, and shows those of Bulgaria, where т is as wide as ш, unless it is told otherwise."""
    page.goto(f"{ADDRESS}/leaflets/khleb-i-rozy/")
    narrow, wide = page.evaluate(
        """async () => {
          await document.fonts.load("700 100px Handbill", "тш");
          const box = document.body.appendChild(document.createElement("span"));
          box.style = "font: 700 100px Handbill; position: absolute";
          return ["т", "ш"].map((letter) => {
            box.textContent = letter;
            return box.getBoundingClientRect().width;
          });
        }"""
    )
    assert narrow < 0.75 * wide


@pytest.mark.parametrize("word", ["12", "strike"])
def test_the_mark_of_a_note_stands_to_the_left_in_hebrew(page: Page, word: str) -> None:
    page.goto(f"{ADDRESS}/leaflets/bread-is-a-right/")
    place, mark = page.evaluate(
        """word => {
          const line = document.createElement("p");
          line.dir = "rtl";
          line.innerHTML = `נמשכה <b>${word}</b><sup><a class="footnote-ref">1</a></sup> ימים`;
          document.querySelector("article").append(line);
          return ["b", "a"].map(name => line.querySelector(name).getBoundingClientRect().left);
        }""",
        word,
    )
    assert mark < place
