"""An archive that has not changed is not built again, and whatever a build depends on is a change."""

from __future__ import annotations

import os
import tomllib

import pytest

from press.build import BuildOptions, build
from tests.conftest import ADDRESS, ROOT, Project, tree_of


@pytest.fixture
def built(project: Project) -> Project:
    project.leaflet("a.md", "The harbour")
    project.write("content/images/a.png", b"png")
    project.write("content/b.md", "Title: B\nDate: 1974\n\nA « mark.\n")
    assert not project.build().unchanged
    return project


def test_nothing_changed_means_nothing_built_and_the_same_said(built: Project) -> None:
    first = built.build()
    assert first.unchanged
    assert [problem.rule for problem in first.problems if problem.rule == "unmatched-mark"] == ["unmatched-mark"]
    assert (first.leaflets, first.files) == (2, len(tree_of(built.output)) - 1)


def test_modification_times_decide_nothing(built: Project) -> None:
    for path in [*built.content.rglob("*"), *built.output.rglob("*")]:
        os.utime(path, (0, 0))
    assert built.build().unchanged


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/a.md", "Title: The harbour\nDate: 2006-10-24\n\nOther words.\n"),
        ("content/c.md", "Title: C\nDate: 1974\n\nWords.\n"),
        ("content/images/a.png", "another picture"),
        ("content/images/b.png", "one picture more"),
        ("content/ledger.txt", "/leaflets/the-harbour/\n"),
        ("testconf.py", "import sys\nfrom pelicanconf import *\nSITENAME = 'Another'\n"),
        ("other.py", "a = 1\n"),
        ("output/index.html", "somebody wrote here"),
        ("output/manifest.json", "{}"),
    ],
)
def test_any_change_is_built(built: Project, path: str, text: str) -> None:
    built.write(path, text)
    assert not built.build().unchanged
    assert built.build().unchanged


def test_what_was_asked_for_is_part_of_it(built: Project) -> None:
    asked = BuildOptions(built.root / "testconf.py", built.content, built.output, "https://other.example")
    assert not build(asked).unchanged
    assert build(asked).unchanged
    assert f"{ADDRESS}/" not in built.page("index.html")


def test_another_version_of_any_library_that_the_press_asks_for_is_a_change(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    monkeypatch.setattr("press.cache.standing.requires", lambda _: [*asked, 'nowhere-to-be-found==1; extra == "dev"'])
    built.build()
    assert built.build().unchanged
    monkeypatch.setattr("press.cache.standing.version", lambda name: "0" if name == "pagefind" else "1")
    assert not built.build().unchanged


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 1}', '{"version": 2}', "\0"])
def test_a_damaged_memory_is_not_believed(built: Project, damage: str) -> None:
    (standing,) = (built.root / ".press").glob("*/standing.json")
    standing.write_text(damage)
    assert not built.build().unchanged
    assert built.build().unchanged


def test_a_file_taken_from_the_output_is_put_back(built: Project) -> None:
    before = tree_of(built.output)
    (built.output / "leaflets" / "the-harbour" / "index.html").unlink()
    assert not built.build().unchanged
    assert tree_of(built.output) == before


def test_a_changed_theme_elsewhere_is_a_change(built: Project) -> None:
    with (built.root / "testconf.py").open("a") as settings:
        settings.write(f"import shutil\nshutil.copytree(THEME, {str(built.root / 'mine')!r}, dirs_exist_ok=True)\n")
        settings.write(f"THEME = {str(built.root / 'mine')!r}\n")
    built.build()
    sheet = built.root / "mine" / "static" / "css" / "tokens.css"
    text = sheet.read_text()
    (built.root / "testconf.py").write_text(
        (built.root / "testconf.py").read_text().split("import shutil")[0] + f"THEME = {str(built.root / 'mine')!r}\n"
    )
    built.build()
    assert built.build().unchanged
    sheet.write_text(text.replace("60ch", "58ch"))
    assert not built.build().unchanged
