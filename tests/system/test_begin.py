"""`press init`: an archive of one's own in every language, from the wheel as from the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from press.editor.begin import STARTER, list_starter_languages
from tests.conftest import ROOT, tree_of

PRESS = str(Path(sys.executable).with_name("press"))
LANGUAGES = "ar de en es fr it nl pl pt ru tr".split()
ADDRESS = "https://tracts-of-tests.net"


def press(folder: Path, *words: str) -> tuple[int, str]:
    """Run `press` in a folder; return its code and what it printed, problems first."""
    done = subprocess.run([PRESS, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr + done.stdout


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    assert press(tmp_path, "init", "Archives des tracts", "--lang", "fr", "--dir", "own")[0] == 0
    return tmp_path / "own"


def test_every_language_has_the_same_texts() -> None:
    assert list_starter_languages() == LANGUAGES
    for lang in LANGUAGES:
        assert sorted(path.name for path in (STARTER / lang).iterdir()) == [
            "README.md",
            "about.md",
            "home.md",
            "sample.md",
        ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_archive_begins_in_every_language_and_is_published_once_it_is_filled(tmp_path: Path, lang: str) -> None:
    code, printed = press(tmp_path, "init", 'O’Brien "and" sons', "--lang", lang, "--url", ADDRESS)
    assert (code, printed.splitlines()[0]) == (
        0, 'Created the archive “O’Brien "and" sons” in obrien-and-sons. Next:',
    )  # fmt: skip
    root = tmp_path / "obrien-and-sons"
    code, printed = press(root, "build", "--formats", "none", "--no-search")
    assert code == 0, printed
    page = (root / "output" / "index.html").read_text(encoding="utf-8")
    assert f'<html lang="{lang}"' in page
    assert "O’Brien" in page
    assert press(root, "ledger")[0] == 0
    refused = press(root, "publish")
    assert refused[0] == 1 and "[placeholder]" in refused[1]
    for path in [*(root / "content" / "pages").iterdir(), root / "content" / "leaflets" / "sample.md"]:
        text = re.sub(r"\[\[(.*?)\]\]", "Words.", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        path.write_text(text.replace("Status: draft\n", ""), encoding="utf-8")
    assert press(root, "ledger")[0] == 0
    code, printed = press(root, "publish")
    assert code == 0, printed
    assert ADDRESS in (root / "output" / "sitemap.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_in_the_settings_are_right(tmp_path: Path, lang: str) -> None:
    """Each line that begins with # and a setting can be used as it is, once there is what it names."""
    assert press(tmp_path, "init", "Posters", "--lang", lang, "--dir", "own")[0] == 0
    archive = tmp_path / "own"
    settings = archive / "pelicanconf.py"
    text, used = re.subn(r"^# (?=[A-Z_]+ = )", "", settings.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert used >= 5
    settings.write_text(text, encoding="utf-8")
    (archive / "content" / "images" / "logo.svg").write_bytes((ROOT / "theme/static/icons/icon.svg").read_bytes())
    code, printed = press(archive, "build", "--formats", "none", "--no-search")
    assert code == 0, printed


WRONG = {
    "a folder that holds something": (["X", "--dir", "full"], "full: error: [folder-used] this folder holds “a.txt”"),
    "a file": (["X", "--dir", "full/a.txt"], "full/a.txt: error: [folder-used] this is a file."),
    "an archive": (["X", "--dir", "own"], "own: error: [folder-used] this is an archive already."),
    "no name": ([""], "press init: error: [archive-name] the archive needs a name."),
    "a name of two lines": (["A\nB"], "press init: error: [archive-name] the name has characters that"),
    "a long name": (["A" * 101], "press init: error: [archive-name]"),
    "an option that there is not": (
        ["--bogus"],
        "press init: error: [archive-name] “--bogus” is an option that does not",
    ),
    "a name that turns round": (["x\N{RIGHT-TO-LEFT OVERRIDE}y"], "press init: error: [archive-name]"),
    "a language without a catalogue": (["X", "--lang", "sv"], "--lang: error: [lang] “sv” is not a language that an"),
    "no language": (["X", "--lang", "Deutsch"], "--lang: error: [lang] “Deutsch” is not a language that an"),
    "no address": (["X", "--url", "tracts"], "--url: error: [choice] this is “tracts”"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_beginning_is_one_line_and_writes_nothing(archive: Path, wrong: str) -> None:
    folder = archive.parent
    (folder / "full").mkdir()
    (folder / "full" / "a.txt").write_text("Words.")
    before = tree_of(folder)
    words, reported = WRONG[wrong]
    code, printed = press(folder, "init", *words)
    assert code == 1
    assert printed.startswith(reported) and len(printed.splitlines()) == 1
    assert tree_of(folder) == before


def test_a_folder_with_python_in_it_is_empty_enough(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".git").mkdir()
    code, printed = press(tmp_path, "init", "Leaflets", "--examples", "--dir", ".")
    assert (code, "  cd " in printed) == (0, False)
    assert len(list((tmp_path / "incoming").rglob("*.*"))) == 10


def test_nothing_is_left_of_an_archive_that_could_not_be_written(tmp_path: Path) -> None:
    import resource

    def with_small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    done = subprocess.run(
        [PRESS, "init", "X", "--dir", "own"],
        cwd=tmp_path, capture_output=True, text=True, check=False, preexec_fn=with_small_files,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert (done.returncode, "[disk-full]" in done.stderr) == (1, True), done.stderr
    assert list((tmp_path / "own").iterdir()) == []
