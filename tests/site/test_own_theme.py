"""An archive's own theme/: each file takes the place of the press's own, and one that no longer fits is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.diagnostics import Refused
from press.editor.override import compare_with_original, copy_original
from press.overrides import hash_original
from press.package_files import PRESS_THEME
from tests.conftest import Project

HOME = "theme/templates/home.html"


@pytest.fixture
def archive(project: Project) -> Project:
    project.leaflet("a.md")
    return project


def warnings(project: Project) -> list[str]:
    return [str(problem).replace(f"{project.root}/", "") for problem in project.build().problems]


def sheet_of(project: Project) -> str:
    (sheet,) = (project.output / "theme").glob("style.*.css")
    return sheet.read_text(encoding="utf-8")


def test_a_template_of_ones_own_is_used_and_the_original_is_back_without_it(archive: Project) -> None:
    archive.build()
    before = archive.page("index.html")
    file = archive.write(HOME, '{% extends "!theme/home.html" %}\n{% block title %}Our own{% endblock %}\n')
    assert warnings(archive) == []
    assert "<title>Our own | " in archive.page("index.html")
    file.unlink()
    archive.build()
    assert archive.page("index.html") == before


def test_a_style_sheet_of_ones_own_is_added_and_one_of_a_known_name_replaces_it(archive: Project) -> None:
    archive.write("theme/static/css/own.css", ".masthead { color: #123456 }\n")
    archive.write("theme/static/css/print.css", "@layer print { p { color: #654321 } }\n")
    assert warnings(archive) == []
    sheet = sheet_of(archive)
    assert "#123456" in sheet and "#654321" in sheet and "--measure" in sheet
    assert "@page" not in sheet


def test_an_icon_and_the_words_of_pages_can_be_ones_own(archive: Project) -> None:
    archive.write("theme/static/icons/icon.svg", '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>')
    assert warnings(archive) == []
    assert 'd="M0 0h9"' in archive.page("icon.svg")


def test_a_part_that_an_own_template_includes_is_used_and_any_other_file_is_named(archive: Project) -> None:
    extended = '{% extends "!theme/home.html" %}{% block head %}{% include "ours.html" %}{% endblock %}\n'
    archive.write(HOME, extended)
    archive.write("theme/templates/ours.html", '<meta name="author" content="us">\n')
    archive.write("theme/templates/hmoe.html", "<p>Never shown.</p>\n")
    archive.write("theme/README.md", "Notes.\n")
    archive.write("theme/oddity.txt", "Notes.\n")
    assert [line.partition(", so")[0] for line in warnings(archive)] == [
        "theme/oddity.txt: warning: [theme] the press has no “oddity.txt”",
        "theme/templates/hmoe.html: warning: [theme] the press has no “templates/hmoe.html”",
    ]
    assert "Did you mean “templates/home.html”?" in warnings(archive)[1]
    assert '<meta name="author" content="us">' in archive.page("index.html")


def test_a_copy_whose_original_has_changed_is_named_until_it_says_the_new_hash(archive: Project) -> None:
    file = copy_original(archive.root, "templates/home.html")
    assert warnings(archive) == []
    current = hash_original("templates/home.html")
    file.write_text(file.read_text(encoding="utf-8").replace(current, "0" * 12), encoding="utf-8")
    (line,) = warnings(archive)
    assert line.startswith(f"{HOME}:1: warning: [theme] this was made from an earlier templates/home.html")
    assert f"write {current} for {'0' * 12} in this line" in line


@pytest.mark.parametrize("added", ["{{ nothing_here }}", "{% block %}", "{{ entry | no_such_filter }}"])
def test_an_own_template_that_fails_is_an_error_at_its_line(archive: Project, added: str) -> None:
    file = copy_original(archive.root, "templates/page.html")
    archive.write("content/pages/about.md", "Title: About\n\nWords.\n")
    text = file.read_text(encoding="utf-8").replace("{% block main %}", "{% block main %}\n" + added)
    file.write_text(text, encoding="utf-8")
    line = text.partition(added)[0].count("\n") + 1
    (problem,) = archive.refused()
    assert problem.startswith(f"theme/templates/page.html:{line}: error: [template]"), problem


def test_every_text_of_the_theme_can_be_copied_and_builds_as_before(archive: Project) -> None:
    archive.build()
    before = {path: archive.page(path) for path in ("index.html", "leaflets/a-leaflet/index.html", "404.html")}
    for path in sorted((PRESS_THEME / "templates").glob("*.html")):
        copy_original(archive.root, f"templates/{path.name}")
    copy_original(archive.root, "static/fonts/text.latin.woff2")
    assert warnings(archive) == []
    assert {path: archive.page(path) for path in before} == before


def test_the_difference_from_the_original_is_shown(archive: Project) -> None:
    file = copy_original(archive.root, "home.html")
    file.write_text(file.read_text(encoding="utf-8") + "<p>Ours.</p>\n", encoding="utf-8")
    diff = compare_with_original(archive.root, "home.html")
    assert diff.startswith("--- press/templates/home.html\n")
    assert "\n+<p>Ours.</p>\n" in diff


def test_a_copy_that_is_not_utf_8_can_be_compared(archive: Project) -> None:
    archive.write(HOME, b"<p>caf\xe9</p>\n")
    assert "+<p>caf\N{REPLACEMENT CHARACTER}</p>" in compare_with_original(archive.root, "home.html")


WRONG = {
    "hoem.html": "Did you mean templates/home.html",
    "nothing-like-it.xyz": f"Its files are in {PRESS_THEME}.",
    "templates/home.html": "the archive has this file already",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_copied_is_refused(archive: Project, name: str) -> None:
    copy_original(archive.root, "templates/home.html")
    kept = (archive.root / HOME).read_bytes()
    with pytest.raises(Refused) as refused:
        copy_original(archive.root, name)
    assert WRONG[name] in str(refused.value.problems[0])
    assert (archive.root / HOME).read_bytes() == kept


def test_only_a_file_that_is_there_can_be_compared(archive: Project) -> None:
    with pytest.raises(Refused, match="the archive has no such file"):
        compare_with_original(archive.root, "templates/home.html")


def test_an_own_folder_that_is_not_there_is_left_out(archive: Project, tmp_path: Path) -> None:
    assert not (tmp_path / "theme").exists()
    assert warnings(archive) == []


def test_a_link_out_of_the_theme_is_not_followed(archive: Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody's business.")
    for name in ("static/fonts/x.woff2", "templates/home.html"):
        file = archive.write(f"theme/{name}", "")
        file.unlink()
        file.symlink_to(secret)
    (outside := tmp_path / "outside").mkdir()
    (archive.root / "theme" / "print").symlink_to(outside)
    refused = archive.refused()
    assert [line for line in refused if "this leads out of the folder" in line] == [
        f"theme/{name}: error: [theme] this leads out of the folder. Put the file itself here."
        for name in ("static/fonts/x.woff2", "templates/home.html")
    ]
    assert not archive.output.exists()
    with pytest.raises(Refused, match="leads out of theme/"):
        copy_original(archive.root, "print/tree.typ")
    assert list(outside.iterdir()) == []


def test_an_icon_of_ones_own_can_do_nothing_but_be_seen(archive: Project) -> None:
    archive.write("theme/static/icons/icon.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')
    (problem,) = archive.refused()
    assert problem.startswith("theme/static/icons/icon.svg:1: error: [svg]")
