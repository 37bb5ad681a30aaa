"""What `inv check` prints: lines, a table, notes, a page; and what an unchanged check loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from press.cli import run_check
from tests.conftest import ROOT, Project
from tests.support.checked import make_leaflets, options_of, write_text


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Three leaflets; the current folder is theirs."""
    monkeypatch.chdir(tmp_path)
    return make_leaflets(tmp_path)


def test_an_unchanged_check_loads_neither_pelican_nor_typst_nor_the_rules(archive: Project) -> None:
    program = (
        "import sys; from press.command_options import options_for; from press.cli import run_check;"
        "run_check(options_for('testconf.py', future=True, allow_removal=True), 'lines');"
        "heavy = {'pelican', 'typogrify', 'pelican_typeset', 'typst', 'wordfreq', 'markdown', 'PIL'};"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & heavy), 'press.editor.lint' in sys.modules)"
    )

    def loaded() -> str:
        command = [sys.executable, "-c", program]
        environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
        done = subprocess.run(command, cwd=archive.root, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-1]

    assert loaded().startswith("['PIL', 'markdown', 'pelican', 'pelican_typeset'")
    assert loaded() == "[] False"


def printed(
    capsys: pytest.CaptureFixture[str], project: Project, form: str = "lines", **choice: Any
) -> tuple[int, str, str]:
    """Return the exit code, the output and the lines on standard error of a check."""
    code = 0
    try:
        run_check(options_of(project), form, **choice)
    except SystemExit as ended:
        code = int(str(ended.code))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_little_advice_is_lines_and_much_is_a_table(archive: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = printed(capsys, archive)
    assert (code, err.count("[double-space]"), "content/a.md:6" in err) == (0, 3, True)
    assert out.splitlines()[-1] == "0 errors, 0 warnings, 3 pieces of advice."
    for n in range(20):
        write_text(archive, f"many-{n}", "The  winter was long.")
    archive.write("content/bad.md", "Title: Bad\nDate: 03/04/1917\n\nWords.\n")
    code, out, err = printed(capsys, archive)
    assert (code, len(err.splitlines()), "[date]" in err) == (1, 1, True)
    assert out.splitlines()[0] == "23  double-space  two spaces between words  content/a.md:6"
    assert out.splitlines()[-1] == "1 error, 0 warnings, 23 pieces of advice."
    for choice in ({"rule": "double-space"}, {"level": "advice"}):
        assert printed(capsys, archive, **choice)[2].count("[double-space]") == 23


def test_what_was_not_checked_and_what_is_not_shown_is_said(
    archive: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.write("content/bad.md", "Title: Bad\nDate: 03/04/1917\n\nWords.\n")
    code, out, _ = printed(capsys, archive, rule="double-space")
    assert (code, out.splitlines()) == (
        0,
        [
            "Not shown: 1 error, 0 warnings, 0 pieces of advice.",
            "Downloads of 3 texts not checked: inv build makes them, or inv check --formats all.",
            "0 errors, 0 warnings, 3 pieces of advice.",
        ],
    )
    assert printed(capsys, archive, level="error")[0] == 1
    code, out, err = printed(capsys, archive, "json", level="error")
    assert [problem["rule"] for problem in json.loads(out)] == ["date"]
    assert "Downloads of 3 texts" in err


def test_wrong_choices_are_refused_all_at_once(archive: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = printed(capsys, archive, "xml", rule="dubble-space", level="all")
    assert code == 1
    assert [line.partition(": error: [choice]")[0] for line in err.splitlines()] == ["--format", "--level", "--rule"]
    assert "Write lines, html, json, github." in err
    assert "Did you mean “double-space”?" in err


def test_changed_leaves_out_what_is_as_it_was_published(archive: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing in output to compare with" in printed(capsys, archive, changed=True)[1]
    write_text(archive, "b", "See [c]({filename}c.md), the  harbour.")
    archive.build()
    _, out, err = printed(capsys, archive, changed=True)
    assert (err, out.splitlines()[0]) == (
        "",
        "0 files differ from what is published in output, or new there; 3 as published.",
    )
    write_text(archive, "a", "The  harbour.")
    (archive.content / "c.md").unlink()
    code, out, err = printed(capsys, archive, changed=True)
    assert [line.partition(": ")[0] for line in err.splitlines()] == ["content/a.md:6", "content/b.md:6"]
    assert "[broken-link]" in err.splitlines()[1]
    assert (code, out.splitlines()[0]) == (
        1,
        "1 file differs from what is published in output, or new there; 1 as published.",
    )


def test_the_page_to_work_through_is_written_below_the_work_folder(
    archive: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, err = printed(capsys, archive, "html")
    assert (out.splitlines()[-1], err) == ("The page is .press/check.html: open it in a browser.", "")
    page = (archive.root / ".press" / "check.html").read_text(encoding="utf-8")
    assert page.count("<li id=") == 3
    assert page.count("<mark>The  winter of") == 3
