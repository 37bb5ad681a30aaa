"""The style sheet keeps its contract: every class is listed in _layers.css, and every listed class is used."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from lxml import html

from press.model.languages import script_of
from press.options import BuildOptions
from press.stylesheet import join_sheets
from tests.conftest import ADDRESS, ROOT, Project, make_project
from tests.support.checks import find_all
from tools.fonts import FONTS, SCRIPTS

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


def test_a_sheet_is_published_without_comments_and_indents_and_with_its_strings() -> None:
    strings = ("""b { content: "/* three */"; }""", """c { content: "\\\n  d"; }""")
    sheet = f"""/* one */\n@layer a {{\n\n  /* it's "two" */\n  {strings[0]} /* four\n */\n  {strings[1]}\n}}\n"""
    assert join_sheets([sheet, "e {}"]) == f"@layer a {{\n{strings[0]}\n{strings[1]}\n}}\ne {{}}\n"


def test_nothing_is_important() -> None:
    assert "!important" not in RULES


FACES = re.findall(r"@font-face \{[^}]*\}", (ROOT / "theme/static/css/fonts.css").read_text(encoding="utf-8"))


def test_the_faces_for_latin_have_sixty_kilobytes_at_most_and_a_licence() -> None:
    assert sum(file.stat().st_size for file in FONTS.glob("*.latin.woff2")) <= 60_000
    licences = [file.read_text(encoding="utf-8") for file in FONTS.glob("OFL-*.txt")]
    assert licences and all("SIL OPEN FONT LICENSE" in text and "Copyright" in text for text in licences)


def test_each_font_has_one_rule_with_the_characters_it_was_made_for() -> None:
    rules = {match[1]: face for face in FACES if (match := re.search(r'url\("([^"]+)"\)', face))}
    assert sorted(rules) == sorted(file.name for file in FONTS.glob("*.woff2"))
    for name, face in rules.items():
        ranges = re.search(r"unicode-range:\s*([^;]+);", face)
        assert ranges and re.findall(r"U\+([0-9A-F-]+)", ranges[1]) == SCRIPTS[name.split(".")[1]].split(), name
        assert "font-display: optional" in face, name


def test_fonts_are_published_by_their_content_and_the_first_ones_preloaded(site: Project) -> None:
    (sheet,) = (site.output / "theme").glob("style.*.css")
    named = re.findall(r'url\("([^"]+)"\)', sheet.read_text(encoding="utf-8"))
    assert len(named) == len(FACES) - 1  # the fallback is local
    for name in named:
        digest = hashlib.sha256((site.output / "theme" / name).read_bytes()).hexdigest()[:12]
        assert name.split(".")[-2:] == [digest, "woff2"]
    page = html.document_fromstring(site.page("2006/index.html").encode())
    preloaded = page.xpath("//link[@rel='preload'][@as='font'][@crossorigin]/@href")
    assert [link.split("/")[-1].partition(".")[0] for link in preloaded] == ["text", "title"]
    assert all((site.output / "2006" / link).is_file() for link in preloaded)
    assert [script_of(lang) for lang in ("fr-CA", "ru", "sr", "sr-Latn", "el", "ar", "ja")] == [
        "latin", "cyrillic", "cyrillic", "latin", "greek", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(("lang", "scripts"), [("en", "latin"), ("ru", "latin cyrillic"), ("ar", "latin")])
def test_a_page_preloads_the_faces_for_the_scripts_of_the_site_and_its_text(
    project: Project, lang: str, scripts: str
) -> None:
    project.write("content/a.md", f"Title: A\nDate: 1974\nLang: {lang}\n\n*Bread* and **roses**.\n")
    project.build()
    page = html.document_fromstring(project.page("leaflets/a/index.html").encode())
    links = [link.split("/")[-1].split(".")[:2] for link in page.xpath("//link[@rel='preload'][@as='font']/@href")]
    assert links == [[face, script] for script in scripts.split() for face in ("text", "title")]


def test_the_theme_sets_no_words_of_its_own_in_a_face_that_is_not_preloaded() -> None:
    rules = re.findall(r"\.(?:date|lead|when|count|contents)\b[^{}]*\{[^}]*\}", RULES)
    assert rules and [rule for rule in rules if "italic" in rule or "font-weight: 600" in rule] == []


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><path d="M0 0h300v40z"/></svg>'


@pytest.mark.parametrize(("setting", "alt"), [("LEAFLETS_LOGO", ""), ("LEAFLETS_WORDMARK", "The Pamphlet Archive")])
def test_a_logo_or_a_wordmark_heads_every_page(tmp_path: Path, setting: str, alt: str) -> None:
    project = make_project(tmp_path, f"{setting} = 'images/mark.svg'\n")
    project.leaflet("a.md")
    project.write("content/images/mark.svg", DRAWING)
    project.build()
    for name, head in (("index.html", "h1"), ("leaflets/a-leaflet/index.html", "p/a"), ("404.html", "p/a")):
        page = html.document_fromstring(project.page(name).encode())
        (mark,) = page.xpath(f"//header[@class='masthead']/{head}/img")
        assert (mark.get("alt"), mark.get("width"), mark.get("height")) == (alt, "300", "40")
        assert (project.output / mark.get("src").lstrip("./")).is_file()
        words = "" if alt else "The Pamphlet Archive"
        assert mark.getparent().text_content().strip() == words


def test_a_logo_beside_the_name_needs_no_description(tmp_path: Path) -> None:
    """The check pointed at it on every page."""
    project = make_project(tmp_path, "LEAFLETS_LOGO = 'images/mark.svg'\n")
    project.leaflet("a.md")
    project.write("content/images/mark.svg", DRAWING)
    options = BuildOptions(tmp_path / "testconf.py", project.content, project.output, ADDRESS)
    assert [problem for problem in find_all(options) if problem.rule == "empty-alt"] == []


def test_a_logo_that_states_no_size_is_shown_and_a_new_one_is_on_every_page(tmp_path: Path) -> None:
    """A drawing without a size was left out without a word."""
    project = make_project(tmp_path, "LEAFLETS_LOGO = 'images/mark.svg'\n")
    project.leaflet("a.md")
    shown = []
    for colour in ("red", "blue"):
        project.write(
            "content/images/mark.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><path fill="{colour}"/></svg>'
        )
        project.build()
        (mark,) = html.document_fromstring(project.page("leaflets/a-leaflet/index.html").encode()).xpath(
            "//header//img"
        )
        shown.append((project.output / mark.get("src").removeprefix("../../")).read_text(encoding="utf-8"))
        assert mark.get("width") is None
    assert ["red" in shown[0], "blue" in shown[1]] == [True, True]


def test_who_prefers_reduced_data_gets_the_faces_of_the_system() -> None:
    tokens = (ROOT / "theme/static/css/tokens.css").read_text(encoding="utf-8")
    reduced = tokens.partition("(prefers-reduced-data: reduce)")[2]
    assert "--serif: var(--system);" in reduced and "Vollkorn" not in reduced and "Handbill," not in reduced


def test_pages_follow_a_template_of_the_archive_that_takes_the_place_of_one_of_the_press(project: Project) -> None:
    project.leaflet("a.md")
    template = (ROOT / "theme" / "templates" / "leaflet.html").read_text(encoding="utf-8")
    project.build()
    for mark in ("One.", "Two."):
        marked = template.replace("text.page_body }}", f"text.page_body }}}}{mark}")
        project.write("theme/templates/leaflet.html", marked)
        project.build()
        assert mark in project.page("leaflets/a-leaflet/index.html")
