"""docs/first-ten-leaflets.md can be followed: run its commands, make its corrections, compare its output."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from press.commands import ns
from press.program import ArchiveProgram
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "first-ten-leaflets.md"
_STEP = re.compile(
    r"^```sh\n(?P<commands>.*?)```\n(?:\n```text\n(?P<printed>.*?)```\n)?|^```diff\n(?P<diff>.*?)```\n",
    re.MULTILINE | re.DOTALL,
)
INSTALL = "python3 -m venv .venv\n. .venv/bin/activate\npip install pamphlet-press\n"
"""The one step that is not run here: it takes a network and a minute."""
_CHANGING = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{8}(?=\.txt)|\d+\.\d(?= s\.)")
"""The day and hash in the name of a report, and seconds."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, as the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command of the page; return what it prints, problems first."""
    program, *_ = words = shlex.split(command)
    if program not in ("inv", "press"):
        subprocess.run(command, shell=True, check=True)
        return ""
    ArchiveProgram(namespace=ns, binary=program).run(words, exit=False)
    printed = capsys.readouterr()
    return printed.err + printed.out


def correct(folder: Path, diff: str) -> None:
    """Replace each line marked - by the line marked + below it; the first must occur exactly once."""
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


def test_the_page_can_be_followed_from_start_to_finish(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install, *steps = _STEP.finditer(PAGE.read_text(encoding="utf-8"))
    assert install["commands"] == INSTALL
    assert len(steps) == 15
    for step in steps:
        if step["diff"]:
            correct(folder, step["diff"])
            continue
        printed = "".join(run(command, capsys) for command in step["commands"].splitlines())
        if step["printed"] and printed:
            assert _CHANGING.sub("…", printed) == _CHANGING.sub("…", step["printed"]), step["commands"]
    assert (folder / "output/leaflets/buses/index.html").exists()
    assert "perhaps" not in (folder / "output/leaflets/the-school-kitchen/index.html").read_text(encoding="utf-8")


def test_the_page_lists_the_files_of_the_folder() -> None:
    listing = PAGE.read_text(encoding="utf-8").partition("incoming/\n")[2].partition("```")[0]
    named = {word.rpartition("/")[2] for word in listing.split()}
    assert named == {file.name for file in (ROOT / "tests" / "quickstart").rglob("*") if file.is_file()}
