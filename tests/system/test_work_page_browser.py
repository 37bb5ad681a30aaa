"""The page to work through in a real browser: it fits, loads nothing, keeps its ticks and can be read in the dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from press.diagnostics import advice, error
from press.editor.findings.work_page import write_page
from press.options import BuildOptions

WIDTHS = (360, 768, 1280, 1920)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = f"Title: {'Long' * 60}\n\n{'word ' * 300}the the {'word ' * 300}\n\nكان الشتاء  طويلا.\n"
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / f"{'a-long-name-' * 12}.md").write_text(text, encoding="utf-8")
    name = f"content/{'a-long-name-' * 12}.md"
    problems = [
        error(name, 1, "date-missing", "the leaflet has no date. Write one."),
        advice(name, 3, "repeated-word", "“the the” is the same word twice. Delete one."),
        advice(name, 5, "double-space", "two spaces in “كان الشتاء طويلا.”. Write one space."),
    ]
    options = BuildOptions(tmp_path / "pelicanconf.py", tmp_path / "content", tmp_path / "output")
    return write_page(options, problems, ["1 error, 0 warnings, 2 pieces of advice."])


def test_it_fits_every_width_light_and_dark_and_loads_nothing(browser: Any, page: Path) -> None:
    for scheme in ("light", "dark"):
        for width in WIDTHS:
            opened = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            asked, said = list[str](), list[str]()
            opened.on("request", lambda request, asked=asked: asked.append(request.url))
            opened.on("console", lambda line, said=said: said.append(line.text))
            opened.goto(page.as_uri())
            assert opened.evaluate("document.documentElement.scrollWidth") == width
            assert (asked, said) == ([page.as_uri()], [])
            opened.close()


def test_what_is_ticked_stays_so_and_can_be_hidden(browser: Any, page: Path) -> None:
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(page.as_uri())
    opened.locator("main li input").first.check()
    opened.reload()
    assert opened.locator("[role=status]").inner_text() == "1 of 3 done"
    assert opened.locator("main li.done").count() == 1
    opened.locator("#hide").check()
    assert opened.locator("main li:visible").count() == 2
    opened.locator("main li input").first.evaluate("box => box.click()")
    assert opened.locator("main li:visible").count() == 3
    context.close()


def test_a_rule_leads_to_its_section_and_the_mark_can_be_seen(browser: Any, page: Path) -> None:
    opened = browser.new_page(viewport={"width": 1280, "height": 400})
    opened.goto(page.as_uri())
    opened.locator("nav a", has_text="repeated-word").click()
    top = opened.locator("#advice-repeated-word").bounding_box()["y"]
    assert -1 <= top < 400
    assert opened.locator("#advice-repeated-word mark").inner_text() == "the the"
    opened.close()
