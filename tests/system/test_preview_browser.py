"""The preview in a real browser: Debian's Chromium."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import SEARCHED, Project, make_project
from tests.site.test_build import with_theme
from tests.support.browser import needs_chromium
from tests.system.test_preview import BARE, LONGEST, Preview

expect.set_options(timeout=LONGEST * 1000)

pytestmark = [
    pytest.mark.system,
    needs_chromium,
]

HIDDEN = """
    Object.defineProperty(document, "hidden", { value: %s, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
"""

POLICY = "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview whose theme forbids every script, as published pages may."""
    project: Project = make_project(tmp_path_factory.mktemp("browser"))
    project.write("content/harbour.md", BARE.format("The harbour", "First."))
    project.write("content/draft.md", "Title: Unfinished\nDate: 1974\nStatus: draft\n\nNot yet.\n")
    with_theme(
        project, "base.html", "<head>", f'<head>\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    )
    with closing(Preview(project)) as running:
        yield running.begin()


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """A page whose errors all reach the test."""
    reported: list[str] = []
    page = browser.new_page(base_url=f"http://127.0.0.1:{preview.port}")
    page.set_default_timeout(LONGEST * 1000)
    page.on("console", lambda message: reported.append(f"{message.location['url']}: {message.text}"))
    page.on("pageerror", lambda wrong: reported.append(str(wrong)))
    yield page
    page.close()
    assert [line for line in reported if "/favicon.ico: " not in line] == []


def write(preview: Preview, words: str, date: str = "2006-10-24") -> None:
    text = BARE.format("The harbour", words).replace("2006-10-24", date)
    (preview.project.content / "harbour.md").write_text(text, encoding="utf-8")


def test_a_visible_page_follows_a_change(page: Page, preview: Preview) -> None:
    page.goto("/leaflets/the-harbour/")
    for words in ("Second.", "Third."):
        with page.expect_event("load"):
            write(preview, words)
        expect(page.get_by_text(words)).to_be_visible()


def test_problems_cover_the_page_until_they_are_fixed_and_can_be_hidden(page: Page, preview: Preview) -> None:
    page.goto("/leaflets/the-harbour/")
    panel = page.locator("#press-preview section")
    write(preview, "Words.", "24.10.2006")
    panel.wait_for()
    assert panel.locator("h2").inner_text() == "1 error: this page shows the last good build"
    assert "content/harbour.md:2: error: [date]" in panel.inner_text()
    box, window = panel.bounding_box(), page.viewport_size
    assert box is not None
    assert window is not None
    assert box["y"] + box["height"] == window["height"]  # styled, in spite of the policy
    page.goto("/dates/")
    panel.get_by_role("button", name="Hide").click()
    panel.wait_for(state="detached")
    assert page.get_by_role("heading", level=1).inner_text() == "Dates"
    page.reload()
    panel.wait_for()
    with page.expect_event("load"):
        write(preview, "Words.")
    assert panel.count() == 0


def test_a_page_that_becomes_visible_again_catches_up(page: Page, preview: Preview) -> None:
    page.goto("/leaflets/the-harbour/")
    page.evaluate(HIDDEN % "true")
    write(preview, "Meanwhile.")
    with page.expect_request("**/.preview/events"), page.expect_event("load"):
        page.evaluate(HIDDEN % "false")
        write(preview, "Afterwards.")
    expect(page.get_by_text("Afterwards.")).to_be_visible()


def test_a_saved_style_sheet_takes_effect_in_the_open_page_which_is_not_loaded_again(
    page: Page, preview: Preview
) -> None:
    sheet = preview.project.root / "theme" / "static" / "css" / "tokens.css"
    before = sheet.read_text(encoding="utf-8")
    page.goto("/leaflets/the-harbour/")
    page.evaluate("window.same = true; scrollTo(0, 40)")
    there = page.evaluate("scrollY")
    hostile = "* { letter-spacing: 3px !important; } #press-hints, aside, button { display: none !important; }"
    sheet.write_text(f"{before}{hostile}\n", encoding="utf-8")
    body = page.locator("body")
    expect(body).to_have_css("letter-spacing", "3px")
    expect(page.locator("link[rel=stylesheet]")).to_have_count(1)
    assert page.evaluate("[window.same, scrollY]") == [True, there]
    assert page.locator("link[rel=stylesheet]").get_attribute("href").partition("?")[2]  # type: ignore[union-attr]
    tab = page.locator("#press-hints button.tab")
    expect(tab).to_be_visible()  # no style of the theme reaches it
    expect(tab).to_have_css("letter-spacing", "normal")
    page.goto("/dates/")
    expect(body).to_have_css("letter-spacing", "3px")
    sheet.write_text(before, encoding="utf-8")
    expect(body).to_have_css("letter-spacing", "normal")


HINTED = "Two  spaces <b onclick=alert(1)>here</b>.\n\nA lone « mark.\n" + "\nMore words.\n" * 60


def test_the_hints_for_a_text_are_listed_on_its_page_and_updated(page: Page, preview: Preview) -> None:
    page.goto("/leaflets/the-harbour/")
    with page.expect_event("load"):
        write(preview, HINTED)
    tab, panel = page.locator("#press-hints button.tab"), page.locator("#press-hints section")
    tab.focus()
    assert (tab.get_attribute("aria-expanded"), panel.is_visible()) == ("false", False)
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    expect(panel.locator("li", has_text="unmatched-mark")).to_contain_text("content/harbour.md:6")
    expect(panel.locator("li", has_text="double-space")).to_contain_text("content/harbour.md:4")
    count = panel.locator("li").count()
    assert tab.inner_text() == f"{count} hints"
    with page.expect_event("load"):
        write(preview, HINTED.replace("Two  spaces", "Two spaces"))
    expect(tab).to_have_text(f"{count - 1} hints" if count > 2 else "1 hint")
    expect(panel).to_be_visible()  # it was open before
    panel.get_by_role("button", name="content/harbour.md:6").focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "press-hints"
    page.emulate_media(media="print")
    expect(tab).to_be_hidden()


def test_a_message_is_text_and_never_markup(page: Page, preview: Preview) -> None:
    page.goto("/leaflets/the-harbour/")
    with page.expect_event("load"):
        write(preview, "The the <img src=x onerror=alert(1)> <img src=x onerror=alert(1)> lone « <b>mark</b>.")
    page.locator("#press-hints button.tab").click()
    section = page.locator("#press-hints section")
    expect(section.locator("li").first).to_be_visible()
    assert section.locator("img, b").count() == 0


def test_on_a_telephone_the_hints_are_above_the_text_and_cover_nothing(page: Page, preview: Preview) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/leaflets/the-harbour/")
    with page.expect_event("load"):
        write(preview, f"{HINTED}\nA lone » mark.\n")
    tab = page.locator("#press-hints button.tab")
    for _ in range(2):
        tab.wait_for()
        tab_box, body = page.locator("#press-hints aside").bounding_box(), page.locator("body").bounding_box()
        assert tab_box is not None
        assert body is not None
        assert tab_box["y"] + tab_box["height"] <= body["y"]
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        covered = page.evaluate("y => document.elementFromPoint(20, y).id", tab_box["y"] + tab_box["height"] - 4)
        assert covered == "press-hints"  # and not the link to skip to the content
        tab.click()


def test_a_page_without_a_source_has_no_hints_and_a_draft_has(page: Page) -> None:
    page.goto("/leaflets/unfinished/")
    page.locator("#press-hints button.tab").wait_for()
    with page.expect_response("**/.preview/hints/dates/") as answered:
        page.goto("/dates/")
    assert answered.value.status == 204
    assert page.locator("#press-hints").count() == 0


def test_a_draft_is_marked(page: Page) -> None:
    page.goto("/leaflets/unfinished/")
    expect(page.locator(".draft-notice")).to_be_visible()
    page.goto("/1974/")
    assert page.locator(".listing li", has_text="Unfinished").locator(".draft-mark").inner_text() == "Draft"


def test_the_search_follows_a_change_and_no_page_waits_for_it(browser: Browser, tmp_path: Path) -> None:
    project = make_project(tmp_path, SEARCHED)
    harbour = project.write("content/harbour.md", BARE.format("The harbour", "Of zeppelins."))
    page = browser.new_page()
    with closing(Preview(project)) as running:
        running.begin()
        former = (404, b"")
        for word in ("zeppelins", "submarines"):
            page.goto(f"http://127.0.0.1:{running.port}/leaflets/the-harbour/")
            if word == "submarines":  # saved while its own page is open: another would be reloaded while it is left
                harbour.write_text(BARE.format("The harbour", f"Of {word}."), encoding="utf-8")
            expect(page.get_by_text(f"Of {word}.")).to_be_visible()
            former = _wait_for_another_index(running, former)
            searching = browser.new_page()  # one that is open may be reloaded at any moment after a change
            searching.goto(f"http://127.0.0.1:{running.port}/search/?q={word}")
            expect(searching.locator("#results")).to_contain_text(f"Of {word}.")
            searching.close()
    page.close()


def _wait_for_another_index(preview: Preview, former: tuple[int, bytes]) -> tuple[int, bytes]:
    """Request the index until there is a new one: it is put into the tree in one step, just after the pages.

    Once there was one, there is always one.
    """
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        status, _, body = preview.ask("/pagefind/en.pack")
        assert status in (200, former[0])
        if status == 200 and body != former[1]:
            return status, body
    raise AssertionError("the index is as it was")
