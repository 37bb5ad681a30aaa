"""An archive's own menu, colours and logo in a built site, and what is refused with the line of its settings file."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from press.build import build
from press.diagnostics import Refused
from press.options import BuildOptions
from tests.conftest import Project, make_project

ADDRESS = "https://archive-of-tests.net"

OWN = """
LEAFLETS_MENU = ["titles", ("Who & why", "about"), "pages/contact.md", ("Library", "https://library-of-tests.net/a?b")]
LEAFLETS_COLOURS = {"light": {"background": "#e8f0ff", "text": "#102030", "link": "#00429d"}}
LEAFLETS_LOGO = "images/logo.svg"
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path d="M0 0h9"/></svg>'


def write_texts(project: Project) -> None:
    project.leaflet("a.md")
    project.write("content/images/logo.svg", LOGO)
    for title in ("About", "Contact", "Thanks"):
        project.write(f"content/pages/{title.lower()}.md", f"Title: {title}\n\nSome words.\n")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("own"), OWN)
    write_texts(project)
    project.build()
    return project


@pytest.mark.parametrize(("page", "top"), [("index.html", "."), ("leaflets/a-leaflet/index.html", "../..")])
def test_the_menu_is_on_every_page_and_what_it_leaves_out_at_the_foot(own: Project, page: str, top: str) -> None:
    html = own.page(page)
    menu = html.partition('<nav aria-label="Main">')[2].partition("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', menu) == [
        (f"{top}/titles/", "Titles"),
        (f"{top}/about/", "Who &amp; why"),
        (f"{top}/contact/", "Contact"),
        ("https://library-of-tests.net/a?b", "Library"),
    ]
    assert f'<a href="{top}/thanks/">Thanks</a>' in html.partition("<footer")[2]
    assert html.partition("<footer")[2].count("<a ") == 2, "those of the menu are not repeated"


def test_the_colours_are_in_the_style_sheet_after_those_of_the_theme_and_in_the_manifest(own: Project) -> None:
    (sheet,) = (own.output / "theme").glob("style.*.css")
    text = sheet.read_text(encoding="utf-8")
    assert text.index("--paper: light-dark(#e8f0ff, #191714);") > text.index("--paper: light-dark(#fbf9f4, #191714);")
    manifest = json.loads(own.page("site.webmanifest"))
    assert (manifest["background_color"], manifest["theme_color"]) == ("#e8f0ff", "#e8f0ff")


WRONG = {
    'LEAFLETS_MENU = ["dates", "thank", "draft"]': [
        "“draft” in the menu is a draft. Publish the text, or delete it here.",
        "“thank” in the menu names no list and no text of the archive. Did you mean “thanks”?",
    ],
    'LEAFLETS_LOGO = "images/gone.svg"': [
        "LEAFLETS_LOGO is “images/gone.svg”, and the content folder has no such picture. Correct the path."
    ],
    'LEAFLETS_LOGO = "images/huge.svg"': [
        "LEAFLETS_LOGO is “images/huge.svg”, and it has 1,000,077 bytes; 1,000,000 is the most, because every page "
        "shows it. Make it smaller."
    ],
    'LEAFLETS_WORDMARK = "images/alive.svg"': [
        "LEAFLETS_WORDMARK is “images/alive.svg”, and on line 2 “<script>” can run or load something. Delete it, or "
        "export the drawing as plain SVG."
    ],
    'LEAFLETS_WORDMARK = "images/page.svg"': [
        "LEAFLETS_WORDMARK is “images/page.svg”, and on line 1 it is not a drawing: it begins with “<html>”. Export "
        "it as SVG."
    ],
    'LEAFLETS_LOGO = "images/words.png"': [
        "LEAFLETS_LOGO is “images/words.png”, and the picture is damaged, or is not the format that its extension "
        "says. Save it again."
    ],
    'LEAFLETS_LOGO = "images/vast.png"': [
        "LEAFLETS_LOGO is “images/vast.png”, and the picture has 8,000 × 8,000 pixels. Make it smaller: the limit is "
        "50,000,000 in all."
    ],
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose pictures are all of a kind that no page may show."""
    from PIL import Image

    project = make_project(tmp_path_factory.mktemp("faulty"))
    write_texts(project)
    project.write("content/pages/draft.md", "Title: Draft\nStatus: draft\n\nSome words.\n")
    project.write("content/images/huge.svg", LOGO.replace("M0 0h9", "M0 0" + "h9" * 499_996))
    project.write("content/images/alive.svg", LOGO.replace("<path", "\n<script/><path"))
    project.write("content/images/page.svg", "<html><body/></html>")
    project.write("content/images/words.png", "These are words.")
    Image.new("1", (8000, 8000)).save(project.content / "images" / "vast.png")
    return project


@pytest.mark.parametrize("setting", WRONG)
def test_what_a_page_cannot_show_is_refused_at_the_line_of_the_setting(faulty: Project, setting: str) -> None:
    line = (faulty.root / "testconf.py").read_text(encoding="utf-8").count("\n") + 1
    own = faulty.root / "testconf.py"
    before = own.read_text(encoding="utf-8")
    own.write_text(f"{before}{setting}\n", encoding="utf-8")
    shutil.rmtree(faulty.root / "__pycache__", ignore_errors=True)  # a file as long, of the same second, is not read
    reported = [problem for problem in faulty.refused() if problem.startswith("testconf.py")]
    own.write_text(before, encoding="utf-8")
    assert reported == [f"testconf.py:{line}: error: [settings] {message}" for message in WRONG[setting]]


def test_an_entry_of_the_menu_that_leads_nowhere_is_reported_once(project: Project) -> None:
    write_texts(project)
    with (project.root / "testconf.py").open("a") as file:
        file.write('LEAFLETS_MENU = ["dates", "tags", ("A", "/1999/"), ("B", "/about"), ("C", "/files/gone.pdf")]\n')
    faults = re.findall(r"“(.*?)” in the menu", "\n".join(project.refused()))
    assert (faults, len(project.refused())) == (["/1999/", "/about", "/files/gone.pdf"], 3)


PLACEHOLDERS = {
    "content/sample.md": "Title: [[A title]]\nSlug: sample\nDate: 1974\n\nThe [[sic]] of the original.\n",
    "content/draft.md": "Title: [[Another]]\nSlug: another\nDate: 1974\nStatus: draft\n\nSome words.\n",
    "content/pages/about.md": (
        "Title: About\nSummary: What [[name]] keeps.\n\nWe are [[who you are,\nand where]].\n\n"
        "```\nif [[ -f x ]]; then\n```\n\nType `[[x]]`, see [[1]](https://library-of-tests.net/), or \\[[this]].\n"
    ),
}


def report(project: Project, *, public: bool) -> list[str]:
    options = BuildOptions(project.root / "testconf.py", project.content, project.output, ADDRESS, public=public)
    try:
        problems = build(options).problems
    except Refused as refused:
        problems = tuple(refused.problems)
    return [str(problem).replace(f"{project.root}/", "") for problem in problems if problem.rule == "placeholder"]


def test_what_is_still_to_be_written_is_a_warning_and_cannot_be_published(project: Project) -> None:
    project.leaflet("a.md")
    for path, text in PLACEHOLDERS.items():
        project.write(path, text)
    remedy = "is still to be written. Write it, or hold the text back with `Status: draft`."
    places = [
        ("content/pages/about.md:2", "[[name]]"),
        ("content/pages/about.md:4", "[[who you are, and where]]"),
        ("content/sample.md:1", "[[A title]]"),
    ]
    for _ in range(2):  # the second time from the cache
        assert report(project, public=False) == [
            f"{place}: warning: [placeholder] “{words}” {remedy}" for place, words in places
        ]
        assert report(project, public=True) == [
            f"{place}: error: [placeholder] “{words}” {remedy}" for place, words in places
        ]
        project.leaflet("b.md", "Another leaflet")


@pytest.mark.parametrize(
    ("line", "reported"),
    [
        ("THEME_TEMPLATES_OVERRIDES = ['/etc']", "folders that are named templates"),
        ("THEME_TEMPLATES_OVERRIDES = 5", "folders that are named templates"),
        ("DEFAULT_LANG = ''", "DEFAULT_LANG is “”, which is not a language tag."),
        ("SITENAME = 'a\\nb'", "which has characters that cannot be shown"),
        ("LEAFLETS_NOUN = ['a\\x00', 'b']", "Write its forms in a list"),
        ("SITEURL = 'https://x.org/../..'", "which has parts that are not those of an address"),
        ("raise BaseException('x')", "BaseException"),
        ("raise GeneratorExit", "GeneratorExit"),
    ],
)
def test_a_setting_that_nobody_means_is_one_line_and_forgotten_once_it_is_right(
    project: Project, line: str, reported: str
) -> None:
    write_texts(project)
    settings = project.root / "testconf.py"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f"{before}\n{line}\n", encoding="utf-8")
    options = BuildOptions(settings, project.content, project.output, "" if "SITEURL" in line else ADDRESS)
    with pytest.raises(Refused) as refused:
        build(options)
    assert reported in str(refused.value.problems[0])
    settings.write_text(before, encoding="utf-8")
    project.build()


@pytest.mark.parametrize("line", ["SITENAME = '[[name]]'", "LEAFLETS_NOUN = ['[[one]]', 'many']"])
def test_a_setting_that_is_still_to_be_written_is_not_published(project: Project, line: str) -> None:
    write_texts(project)
    with (project.root / "testconf.py").open("a") as settings:
        settings.write(f"{line}\n")
    assert any(problem.rule == "placeholder" for problem in project.build().problems)
    options = BuildOptions(
        project.root / "testconf.py", project.content, project.output, "https://archive-of-tests.net", public=True
    )
    with pytest.raises(Refused) as refused:
        build(options)
    assert "placeholder" in {problem.rule for problem in refused.value.problems}
