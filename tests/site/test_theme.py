"""The style sheet keeps its contract: every class is listed in _layers.css, and every listed class is used."""

from __future__ import annotations

import gzip
import re

from lxml import html

from press.site.stylesheet import join_sheets
from tests.conftest import ROOT, Project

SHEETS = sorted((ROOT / "theme" / "static" / "css").glob("*.css"))
CONTRACT = SHEETS[0].read_text(encoding="utf-8").partition("*/")[0]
LISTED = set(re.findall(r"\.([a-z][a-z-]*)", CONTRACT.partition("The contract")[2]))
RULES = "\n".join(
    re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL) for sheet in SHEETS
)


def test_the_layers_are_declared_first_and_once() -> None:
    assert SHEETS[0].name == "_layers.css"
    assert RULES.count("@layer reset, tokens, base, layout, components, print;") == 1


def test_every_class_with_a_style_is_in_the_contract() -> None:
    assert set(re.findall(r"\.([a-z][a-z-]*)", RULES)) - LISTED == set()


def test_every_class_on_a_page_is_in_the_contract(site: Project) -> None:
    for path in site.output.rglob("*.html"):
        page = html.document_fromstring(path.read_bytes())
        used = {name for value in page.xpath("//@class") for name in value.split()}
        assert used - LISTED == set(), path


def test_a_template_has_at_most_sixty_lines_and_a_sheet_a_hundred_and_fifty() -> None:
    for path in (ROOT / "theme" / "templates").glob("*"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 60, path
    for path in SHEETS:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 150, path


def test_no_line_of_a_sheet_is_longer_than_a_hundred_characters() -> None:
    for path in SHEETS:
        assert [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 100] == [], path


def test_the_whole_sheet_is_small() -> None:
    sheet = join_sheets([path.read_text(encoding="utf-8") for path in SHEETS])
    assert len(gzip.compress(sheet.encode())) < 12_000


def test_nothing_is_important() -> None:
    assert "!important" not in RULES
