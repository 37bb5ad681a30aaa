"""docs/first-ten-leaflets.md is true: its commands are run, its corrections made, its output compared."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from invoke import Collection, Program

import tasks
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "first-ten-leaflets.md"
_STEP = re.compile(
    r"^```sh\n(?P<command>inv [^\n]*)\n```\n(?:\n```text\n(?P<said>.*?)```\n)?|^```diff\n(?P<diff>.*?)```\n",
    re.MULTILINE | re.DOTALL,
)
_CHANGING = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{8}(?=\.txt)|\d+\.\d(?= s\.)")
"""The day and hash in the name of a report, and seconds."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the settings, the theme, an empty collection and the ten files."""
    shutil.copytree(ROOT / "tests" / "quickstart", tmp_path / "incoming")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    shutil.copy(ROOT / "pelicanconf.py", tmp_path)
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command as the terminal would; give what it says, problems first."""
    Program(namespace=Collection.from_module(tasks), binary="inv").run(shlex.split(command), exit=False)
    said = capsys.readouterr()
    return said.err + said.out


def correct(folder: Path, diff: str) -> None:
    """Put the lines that begin with + in the place of those that begin with -, each of which must be there."""
    file = folder
    for line in diff.splitlines():
        if line.startswith("--- "):
            file = folder / line[4:]
        elif line.startswith("-"):
            old = line[1:]
            assert file.read_text(encoding="utf-8").count(f"{old}\n") == 1
        else:
            text = file.read_text(encoding="utf-8").replace(f"{old}\n", f"{line[1:]}\n")
            file.write_text(text, encoding="utf-8")


def test_the_page_is_true_from_start_to_finish(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = list(_STEP.finditer(PAGE.read_text(encoding="utf-8")))
    assert len(steps) == 9
    for step in steps:
        if step["diff"]:
            correct(desk, step["diff"])
            continue
        said = run(step["command"], capsys)
        if step["said"]:
            assert _CHANGING.sub("…", said) == _CHANGING.sub("…", step["said"]), step["command"]
    assert (desk / "output/leaflets/buses/index.html").exists()
    assert "perhaps" not in (desk / "output/leaflets/the-school-kitchen/index.html").read_text(encoding="utf-8")


def test_the_listing_of_the_page_is_what_the_folder_holds() -> None:
    listing = PAGE.read_text(encoding="utf-8").partition("incoming/\n")[2].partition("```")[0]
    named = {word.rpartition("/")[2] for word in listing.split()}
    assert named == {file.name for file in (ROOT / "tests" / "quickstart").rglob("*") if file.is_file()}
