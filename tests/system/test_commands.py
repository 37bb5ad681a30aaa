"""Every command of `inv -l`, whatever happens, ends with a line and an exit code, and never in a traceback."""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import press.editor.lint as linting
from press.cli import run_check
from press.command_options import options_for
from press.runtime.wording import count
from tests.conftest import ROOT
from tests.support.inv import INV, InvProject, make_inv_project

LINE = re.compile(r"[^\n]+: (?:error|warning|advice): \[[a-z-]+\] [^\n]+")

COMMANDS: dict[str, list[str]] = {
    "build": ["build", "--formats", "none", "--no-search"],
    "publish": ["publish", "--allow-removal", "--url", "https://archive-of-tests.net"],
    "check": ["check"],
    "import": ["import", "in", "--category", "Letters", "--lang", "en"],
    "new": ["new", "A title", "--date", "1974"],
    "rename": ["rename", "leaflet-1", "another"],
    "serve": ["serve", "--port", "0"],
    "ledger": ["ledger"],
    "translate": ["translate", "sv"],
    "clean": ["clean"],
    "init": ["init", "Another archive", "--dir", "another"],
    "theme": ["theme", "templates/home.html"],
    "manual": ["manual"],
    "help": ["help"],
}
ORDER = "init import new rename serve check ledger build publish translate clean theme manual".split()
TOOLS: dict[str, list[str]] = {
    "dev.accept": ["dev.accept"],
    "dev.bench": ["dev.bench", "--sizes", "2", "--rounds", "1", "--sets", "bare"],
    "dev.fuzz": ["dev.fuzz", "--seconds", "1"],
    "dev.icons": ["dev.icons"],
    "dev.messages": ["dev.messages"],
    "dev.screenshots": ["dev.screenshots"],
    "dev.steps": ["dev.steps", "--steps", "1"],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> InvProject:
    """A built project of three leaflets, and a text to import."""
    project = make_inv_project(tmp_path_factory.mktemp("built"))
    project.fill(3)
    (project.root / "in").mkdir()
    (project.root / "in" / "a.txt").write_text(
        "The harbour\n\n3 May 1974\n\nThe winter was long.\n", encoding="utf-8"
    )
    assert project.run(*COMMANDS["build"])[0] == 0
    return project


@pytest.fixture
def project(built: InvProject, tmp_path: Path) -> InvProject:
    shutil.copytree(built.root, tmp_path / "project", symlinks=True)
    return InvProject(tmp_path / "project")


def end(project: InvProject, words: list[str], seconds: float = 60, **options: Any) -> tuple[int, str]:
    """Run a command to its end, or a preview until it is stopped; return its code and what it printed."""
    running = project.start(*words, **options)
    try:
        printed, reported = running.communicate(timeout=20 if words == COMMANDS["serve"] else seconds)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGINT)
        printed, reported = running.communicate(timeout=30)
    whole = printed + reported
    assert "Traceback" not in whole, whole
    assert "Exception ignored" not in whole, whole
    return running.returncode, whole


def ends_well(code: int, whole: str) -> bool:
    """Return whether an end is proper: success, a stopped preview, or an error that is reported as a diagnostic."""
    lines = whole.splitlines()
    return code in (0, 130) or (code == 1 and any(LINE.fullmatch(line) for line in lines))


def test_the_commands_here_are_those_that_inv_lists() -> None:
    listed = subprocess.run([INV, "-l", "--list-format", "json"], cwd=ROOT, capture_output=True, check=True)
    namespace = json.loads(listed.stdout)
    assert {task["name"] for task in namespace["tasks"]} == COMMANDS.keys()
    (dev,) = namespace["collections"]
    assert {f"dev.{task['name']}" for task in dev["tasks"]} == TOOLS.keys()


def test_inv_alone_lists_the_commands_in_any_folder_of_the_project(project: InvProject) -> None:
    code, printed = end(project, [], cwd=project.content)
    assert code == 0
    assert re.findall(r"^  ([a-z.]+) ", printed, re.MULTILINE) == [*ORDER, *sorted(TOOLS)]


# Disks


def with_small_files() -> None:
    """Allow no file of more than four blocks, as `ulimit -f 4` does; a write past it fails as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


@pytest.mark.system
@pytest.mark.parametrize("command", COMMANDS)
def test_under_a_limit_of_the_size_of_files(project: InvProject, command: str) -> None:
    (project.content / "leaflet-9.md").write_text("Title: Long\nDate: 1974\n\n" + "The winter was long. " * 500)
    code, whole = end(project, COMMANDS[command], preexec_fn=with_small_files)
    assert ends_well(code, whole), whole
    if command in ("build", "check", "publish"):
        assert code == 1
        assert "[disk-full]" in whole, whole


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> InvProject:
    """A copy of this checkout, whose files the developers' commands may write."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ("press", "tools", "tests", "theme", "typeset"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, root / name)
    return InvProject(root)


@pytest.mark.system
@pytest.mark.parametrize("command", TOOLS)
def test_a_developers_command_under_a_limit_of_the_size_of_files(checkout: InvProject, command: str) -> None:
    environment = {"PYTHONPATH": str(checkout.root), "PYTHONDONTWRITEBYTECODE": "1"}
    code, whole = end(checkout, TOOLS[command], preexec_fn=with_small_files, env=environment)
    assert ends_well(code, whole), whole


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A full disk."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("mounting needs root")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.system
@pytest.mark.parametrize("command", COMMANDS)
def test_on_a_full_disk(built: InvProject, full_disk: Path, command: str) -> None:
    project = InvProject(full_disk / "project")
    shutil.copytree(built.root, project.root, symlinks=True)
    with (full_disk / "rest").open("wb", buffering=0) as rest:
        try:
            while rest.write(b"\0" * 4096):
                pass
        except OSError:
            pass
    (project.content / "leaflet-2.md").touch()
    code, whole = end(project, COMMANDS[command], env={"TMPDIR": str(full_disk)})
    assert ends_well(code, whole), whole
    if command in ("import", "new", "rename"):
        assert code == 1
        assert "[disk-full]" in whole


@pytest.mark.parametrize("command", ["build", "check", "help"])
def test_output_into_a_full_device(project: InvProject, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(
            [INV, *COMMANDS[command]], cwd=project.root, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert process.returncode == 1
    assert "Traceback" not in process.stderr
    assert "[disk-full]" in process.stderr


def test_a_reader_that_goes_away(project: InvProject) -> None:
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run([INV, "check"], cwd=project.root, stdout=write, stderr=write, check=False, timeout=60)
    os.close(write)
    assert process.returncode == 141


@pytest.mark.parametrize("words", [["press"], ["press", "-l"], ["inv"], ["inv", "-l"]], ids=" ".join)
def test_a_list_of_commands_whose_reader_goes_away(words: list[str]) -> None:
    program = str(Path(INV).with_name(words[0]))
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run(
        [program, *words[1:]], cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True, check=False, timeout=60
    )
    os.close(write)
    assert (process.returncode, process.stderr) == (141, "")


@pytest.mark.parametrize("words", [["--help", "build"], ["--version"]], ids=" ".join)
def test_what_press_itself_prints_into_a_full_device_or_to_nobody(words: list[str]) -> None:
    program = [str(Path(INV).with_name("press")), *words]
    with Path("/dev/full").open("w") as full:
        failed = subprocess.run(program, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (failed.returncode, "[disk-full]" in failed.stderr, "Traceback" in failed.stderr) == (1, True, False)
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(program, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (ended.returncode, ended.stderr) == (141, "")


# Permissions


def bound_by_permissions() -> None:
    """Take from root what lets it read and write everything (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH), from exec on."""
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


UNREADABLE: dict[str, Callable[[InvProject], Path]] = {
    "content": lambda project: project.content,
    "text": lambda project: project.content / "leaflet-1.md",
    "settings": lambda project: project.root / "pelicanconf.py",
    "work": lambda project: project.root / ".press",
    "theme": lambda project: project.root / "theme",
}


@pytest.mark.system
@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "prctl"), reason="taking rights from root needs Linux")
@pytest.mark.parametrize("what", UNREADABLE)
@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("help", "publish")])
def test_what_cannot_be_read(project: InvProject, command: str, what: str) -> None:
    path = UNREADABLE[what](project)
    mode = path.stat().st_mode
    path.chmod(0)
    code, whole = end(project, COMMANDS[command], preexec_fn=bound_by_permissions)
    path.chmod(mode)
    assert ends_well(code, whole), whole
    assert code == 1 or command not in ("build", "check") or what == "work"


@pytest.mark.system
@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "help"])
def test_a_work_folder_that_is_a_file(project: InvProject, command: str) -> None:
    shutil.rmtree(project.root / ".press")
    (project.root / ".press").write_text("mine")
    code, whole = end(project, COMMANDS[command])
    assert ends_well(code, whole), whole
    assert code == 1 or command not in ("build", "publish", "serve", "import")


# What was typed

WRONG = {
    "build --jobs many": "--jobs: error: [choice] “many” is not a number from 0 to 1000. Write one that is.",
    "build --jobs -1": "--jobs: error: [choice] “-1” is not a number from 0 to 1000. Write one that is.",
    "build --formats pdf": "--formats: error: [choice] “pdf” is not a choice. Write none, text, all.",
    "build --url harbour": "--url: error: [choice] this is “harbour”, which is not an address. Write",
    "build --output .": "1 error. This folder is unchanged.",
    "build --content nowhere": "nowhere: error: [no-content]",
    "build --content tasks.py": "tasks.py: error: [no-content]",
    "publish --jobs 1.5": "--jobs: error: [choice] “1.5”",
    "check --format xml": "--format: error: [choice] “xml” is not a choice. Write lines, html, json, github.",
    "check --rule mising": "--rule: error: [choice] “mising” is not a rule.",
    "check --level bad": "--level: error: [choice] “bad” is not a choice. Write error, warning, advice.",
    "check --formats pdf": "--formats: error: [choice] “pdf” is not a choice. Write none, text, all.",
    "check --content nowhere": "nowhere: error: [no-content]",
    "import nowhere": "nowhere: error: [import-path]",
    "import in --lang Englisch": "--lang: error: [lang]",
    "new A --date yesterday": "inv new: error: [date]",
    "new A --date 1974 --content nowhere": "nowhere: error: [no-content]",
    "rename nothing something": "error: [slug-unknown]",
    "serve --port abc": "--port: error: [choice] “abc” is not a number from 0 to 65535.",
    "serve --port 99999": "--port: error: [choice] “99999”",
    "serve --content nowhere": "nowhere: error: [no-content]",
    "ledger --content nowhere": "nowhere: error: [no-content]",
    "clean --content nowhere": "nowhere: error: [no-content]",
    "dev.fuzz --seconds long": "--seconds: error: [choice] “long” is not a number from 1 to",
    "dev.bench --rounds 0": "--rounds: error: [choice] “0”",
    "dev.bench --sizes 5,x": "--sizes: error: [choice] “5,x” are not whole numbers from 1 on.",
    "dev.bench --sets all": "--sets: error: [choice] “all” is not a set. Write one or more of",
    "dev.steps --steps many": "--steps: error: [choice] “many” is not a number from 1 to",
    "build --ouput x": "inv: error: [command] “--ouput” is not an option of this command.",
    "biuld": "inv: error: [command] “biuld” is not a command. Did you mean “build”?",
    "frobnicate": "inv: error: [command] “frobnicate” is not a command. inv lists them all.",
    "new": "inv: error: [command] “new” needs TITLE after it. inv --help new explains it.",
    "rename a": "inv: error: [command] “rename” needs NEW after it.",
    "theme": "inv: error: [command] “theme” needs NAME after it.",
}


@pytest.mark.parametrize("typed", WRONG)
def test_a_wrong_option(project: InvProject, typed: str) -> None:
    code, whole = end(project, typed.split())
    assert code == 1
    assert WRONG[typed] in whole
    assert len(whole.splitlines()) <= 3


@pytest.mark.parametrize("words", ["--help init", "init --help", "init -h"])
def test_help_for_a_command_that_takes_a_name(project: InvProject, words: str) -> None:
    before = sorted(project.root.iterdir())
    code, whole = end(project, words.split())
    assert (code, "Begin an archive of your own" in whole) == (0, True)
    assert sorted(project.root.iterdir()) == before


def test_wrong_options_are_reported_together(project: InvProject) -> None:
    code, whole = end(project, "build --jobs many --formats pdf --url x".split())
    assert (code, len(whole.splitlines())) == (1, 3)


@pytest.mark.parametrize("command", [*(name for name in COMMANDS if name != "init"), *TOOLS])
def test_from_another_folder(project: InvProject, tmp_path: Path, command: str) -> None:
    words = {**COMMANDS, **TOOLS}[command]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if command in TOOLS:
        words = [command, "--help"]
    code, whole = end(project, ["--search-root", str(project.root), *words], cwd=elsewhere)
    assert ends_well(code, whole), whole
    assert code == (0 if command in TOOLS or command == "help" else 1), whole
    assert list(elsewhere.iterdir()) == []


# Signals and faults of the press itself


RAISED: list[tuple[Exception, str]] = [
    (MemoryError(), "memory: error: [memory-full]"),
    (RecursionError("too deep"), "error: [program] RecursionError: too deep. This is a mistake in the press"),
    (OSError("no number"), "error: [program] OSError: no number."),
    (ModuleNotFoundError(name="typst"), "python: error: [not-installed] typst is not installed."),
    (ValueError("two\nlines"), "error: [program] ValueError: two\\nlines."),
    (PermissionError(13, "no", "a.md"), "a.md: error: [no-permission]"),
]


@pytest.mark.parametrize(("raised", "reported"), RAISED, ids=[type(raised).__name__ for raised, _ in RAISED])
def test_whatever_a_lint_rule_raises(
    project: InvProject,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    raised: Exception,
    reported: str,
) -> None:
    def fail(*_: object) -> object:
        raise raised

    monkeypatch.chdir(project.root)
    monkeypatch.setattr(linting, "examine_texts", fail)
    with pytest.raises(SystemExit) as ended:
        run_check(options_for("pelicanconf.py", "content"), "lines")
    printed = capsys.readouterr().err
    assert ended.value.code == 1
    assert reported in printed
    assert len(printed.splitlines()) == 1


def test_a_command_whose_current_folder_is_gone(project: InvProject, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    program = (
        "import os, sys; from press.command_options import options_for; from press.cli import run_check;"
        "os.rmdir(os.getcwd()); run_check(options_for('pelicanconf.py', 'content'), 'lines')"
    )
    done = subprocess.run(
        [Path(INV).with_name("python"), "-c", program], cwd=gone, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert LINE.fullmatch(done.stderr.strip()), done.stderr


def test_counting() -> None:
    assert [count(n, "file", "files") for n in (0, 1, 1024)] == ["0 files", "1 file", "1,024 files"]
