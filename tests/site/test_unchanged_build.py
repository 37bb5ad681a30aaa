"""An unchanged archive is not built again; a change of anything that a build depends on is noticed."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib

import pytest

from press.build import build
from press.cache.keys import _libraries
from press.options import BuildOptions
from tests.conftest import ADDRESS, ROOT, Project, tree_of
from tests.support.photos import photo


@pytest.fixture
def built(project: Project) -> Project:
    project.leaflet("a.md", "The harbour")
    project.write("content/images/a.png", photo(".png"))
    project.write("content/b.md", "Title: B\nDate: 1974\n\nA « mark.\n")
    assert not project.build().unchanged
    return project


def test_an_unchanged_archive_is_not_built_and_gets_the_same_report(built: Project) -> None:
    first = built.build()
    assert first.unchanged
    assert [problem.rule for problem in first.problems if problem.rule == "unmatched-mark"] == ["unmatched-mark"]
    assert (first.leaflets, first.files) == (2, len(tree_of(built.output)) - 1)


def test_an_unchanged_build_does_not_load_what_only_a_build_needs(project: Project) -> None:
    project.leaflet("a.md")
    program = (
        "import sys; from press.command_options import options_for; from press.cli import run_build;"
        "run_build(options_for('testconf.py', 'content', 'output', formats='none', search=False));"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & {'pelican', 'typogrify', 'pelican_typeset'}))"
    )

    def loaded() -> str:
        command = [sys.executable, "-c", program]
        environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
        done = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-1]

    assert loaded() == "['pelican', 'pelican_typeset', 'typogrify']"
    assert loaded() == "[]"


def test_modification_times_do_not_matter(built: Project) -> None:
    for path in [*built.content.rglob("*"), *built.output.rglob("*")]:
        os.utime(path, (0, 0))
    assert built.build().unchanged


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/a.md", "Title: The harbour\nDate: 2006-10-24\n\nOther words.\n"),
        ("content/c.md", "Title: C\nDate: 1974\n\nWords.\n"),
        ("content/images/a.png", photo(".png", turn=6)),
        ("content/images/b.png", photo(".png")),
        ("content/ledger.txt", "/leaflets/the-harbour/\n"),
        ("content/names.txt", "Ada Brennan = Ada Brennan\n"),
        ("testconf.py", "import sys\nfrom pelicanconf import *\nSITENAME = 'Another'\n"),
        ("other.py", "a = 1\n"),
        ("output/index.html", "somebody wrote here"),
        ("output/manifest.json", "{}"),
    ],
)
def test_any_change_is_built(built: Project, path: str, text: str | bytes) -> None:
    built.write(path, text)
    assert not built.build().unchanged
    assert built.build().unchanged


def test_other_options_are_a_change(built: Project) -> None:
    asked = BuildOptions(built.root / "testconf.py", built.content, built.output, "https://other.example")
    assert not build(asked).unchanged
    assert build(asked).unchanged
    assert f"{ADDRESS}/" not in built.page("index.html")


def test_another_version_of_any_required_library_is_a_change(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    monkeypatch.setattr("press.cache.keys.requires", lambda _: [*asked, 'nowhere-to-be-found==1; extra == "dev"'])
    _libraries.cache_clear()
    built.build()
    assert built.build().unchanged
    _libraries.cache_clear()
    monkeypatch.setattr("press.cache.keys.version", lambda name: "0" if name == "pagefind" else "1")
    assert not built.build().unchanged


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 1}', '{"version": 2}', "\0"])
def test_a_damaged_cache_is_not_trusted(built: Project, damage: str) -> None:
    (cache,) = (built.root / ".press").glob("*/cache/cache.sqlite3")
    cache.write_text(damage)
    assert not built.build().unchanged
    assert built.build().unchanged


def test_a_file_deleted_from_the_output_is_restored(built: Project) -> None:
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
