"""The colours of an archive in a browser: on screens, and not on paper or for readers who ask for more contrast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import make_project
from tests.support.browser import needs_chromium

pytestmark = [pytest.mark.system, needs_chromium]

COLOURS = {
    "light": {"background": "#e8f0ff", "text": "#102030", "link": "#00429d"},
    "dark": {"background": "#2a3038", "text": "#ffffff", "link": "#9cc3e6"},
}
SEEN = """
() => {
  const [root, body, link] = ["html", "body", "main a"].map((name) => getComputedStyle(document.querySelector(name)));
  return [root.backgroundColor, body.color, link.color];
}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Any]:
    project = make_project(tmp_path_factory.mktemp("colours"), f"LEAFLETS_COLOURS = {COLOURS!r}\n")
    project.leaflet("a.md")
    project.build()
    page = browser.new_page()
    page.goto((project.output / "index.html").as_uri())
    yield page
    page.close()


@pytest.mark.parametrize(
    ("media", "seen"),
    [
        ({"color_scheme": "light"}, ["rgb(232, 240, 255)", "rgb(16, 32, 48)", "rgb(0, 66, 157)"]),
        ({"color_scheme": "dark"}, ["rgb(42, 48, 56)", "rgb(255, 255, 255)", "rgb(156, 195, 230)"]),
        (
            {"color_scheme": "light", "contrast": "more"},
            ["rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(112, 18, 11)"],
        ),
        ({"color_scheme": "dark", "contrast": "more"}, ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgb(255, 185, 171)"]),
        ({"color_scheme": "dark", "media": "print"}, ["rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(0, 0, 0)"]),
    ],
    ids=lambda value: " ".join(value.values()) if isinstance(value, dict) else "",
)
def test_the_colours_that_a_reader_gets(home: Any, media: dict[str, str], seen: list[str]) -> None:
    home.emulate_media(**{"media": "screen", "contrast": "no-preference", **media})
    assert home.evaluate(SEEN) == seen
