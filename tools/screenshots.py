"""Take screenshots of the test site in a real browser: `inv dev.screenshots`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import ROOT, SEARCHED, make_project
from tests.support.browser import launch

PAGES = {
    "home": "",
    "specimen": "leaflets/the-bakery-that-would-not-close-other-news/",
    "long": "leaflets/the-whole-story-of-harbour-street/",
    "long-title": "leaflets/to-all-who-work/",
    "french": "leaflets/la-boulangerie-qui-ne-voulait-pas-fermer/",
    "arabic": "leaflets/bread-is-a-right/",
    "dates": "dates/",
    "titles": "titles/",
    "category": "category/workplace/",
}
WIDTHS = (360, 768, 1440)
CLOSE = ("specimen", "long", "arabic")
"""The pages that are also taken in the dark theme, in forced colours, with text at 200 % and in print."""


def take_shots(browser: Browser, site: Path, folder: Path) -> None:
    """Take every page at every width, and the close ones in every other way."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, url in PAGES.items():
        address = (site / url / "index.html").as_uri()
        for width in WIDTHS:
            _take(browser, address, folder / f"{name}-{width}.png", width)
        if name in CLOSE:
            _take(browser, address, folder / f"{name}-dark.png", 1440, color_scheme="dark")
            _take(browser, address, folder / f"{name}-forced.png", 768, forced_colors="active")
            _take(browser, address, folder / f"{name}-200.png", 768, text="200%")
            page = browser.new_page()
            page.goto(address)
            page.pdf(path=folder / f"{name}.pdf", prefer_css_page_size=True, format="A4")
            page.close()


def _take(browser: Browser, address: str, file: Path, width: int, text: str = "", **media: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(**media)  # type: ignore[arg-type]
    page.goto(address)
    if text:
        page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
    page.screenshot(path=file, full_page=True)
    page.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        project = make_project(Path(work), SEARCHED)
        project.build(ROOT / "tests" / "sample")
        browser = launch(playwright)
        take_shots(browser, project.output, target)
        browser.close()
    print(f"{len(list(target.iterdir()))} pictures in {target}")
