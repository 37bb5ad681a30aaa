"""Failures outside the texts, made for real: templates, plugins, settings, folders, disks, signals, kills.

Signals, kills and disks meet the command itself, the rest what it calls. After every failure the last good site
stands byte for byte as it was, beside it lies nothing, and standard error says in one line what to do.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from press.cli import run_build
from press.command_options import options_for
from tests.conftest import PAGEFINDS, tree_of
from tests.support.inv import InvProject, make_inv_project
from tests.support.kill_builds import kill_again_and_again

FAULT = re.compile(r"[^\n]+: error: \[[a-z-]+\] [^\n]+")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> InvProject:
    project = make_inv_project(tmp_path_factory.mktemp("built"))
    project.fill(3)
    assert project.run("build")[0] == 0
    return project


@pytest.fixture
def project(built: InvProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InvProject:
    """A built project of three leaflets, which is also the current folder."""
    root = tmp_path / "project"
    shutil.copytree(built.root, root, symlinks=True)
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root))
    monkeypatch.delitem(sys.modules, "mine", raising=False)
    return InvProject(root)


Refuse = Callable[..., list[str]]


@pytest.fixture
def refuse(project: InvProject, capsys: pytest.CaptureFixture[str]) -> Refuse:
    """A build that must fail and returns its problems; the site is unchanged, and no other files are left."""

    def build(content: str = "content", output: str = "output") -> list[str]:
        before, around = tree_of(project.output), sorted(project.root.iterdir())
        with pytest.raises(SystemExit) as ended:
            run_build(options_for("pelicanconf.py", content, output))
        printed, reported = capsys.readouterr()
        assert (ended.value.code, printed) == (1, "")
        assert tree_of(project.output) == before
        assert [path for path in sorted(project.root.iterdir()) if path.name != "__pycache__"] == around
        *problems, last = reported.splitlines()
        assert last.endswith("is unchanged.")
        assert all(FAULT.fullmatch(line) for line in problems), reported
        return problems

    return build


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def add_setting(project: InvProject, lines: str) -> None:
    with (project.root / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{lines}\n")


# Theme

THEME = {
    "tag-without-expression": (
        "leaflet.html",
        "{{ text.page_body }}",
        "{% if %}{% endif %}",
        "leaflet.html:LINE: error: [template] Expected an expression, got 'end of statement block'. Correct the "
        "template here.",
    ),
    "variable-misspelt": (
        "leaflet.html",
        "{{ text.page_body }}",
        "{{ text.bdoy }}",
        "leaflet.html:LINE: error: [template]",
    ),
    "name-misspelt": (
        "leaflet.html",
        "{{ text.page_body }}",
        "{{ txet.body }}",
        "leaflet.html:LINE: error: [template]",
    ),
    "tag-misspelt": ("leaflet.html", "{% if text.sum", "{% fi text.sum", "leaflet.html:LINE: error: [template]"),
    "filter-misspelt": ("base.html", "| is_right_to_left", "| is_rihgt", "base.html:LINE: error: [template]"),
    "not-ended": ("macros.html", "{% endfor %}", "", "error: [template]"),
    "parent-gone": ("year.html", '"list.html"', '"lits.html"', "year.html:LINE: error: [template]"),
    "macro-gone": ("macros.html", "macro crumbs", "macro cmurbs", "error: [template]"),
    "divided-by-nought": ("home.html", "{{ total |", "{{ 1 / 0 |", "home.html:LINE: error: [template]"),
    "text-left-out": ("leaflet.html", "{% block main %}", "{% block mian %}", "leaflet-0.md:1: error: [no-text]"),
    "script-from-elsewhere": (
        "base.html",
        "</head>",
        '<script src="//x.example/a.js"></script></head>',
        "[link-scheme]",
    ),
    "tag-not-closed": ("base.html", "</footer>", "</fotoer>", "[broken-html]"),
    "id-twice": ("base.html", '<p><a href="{{ SITEURL }}/">', '<p id="main"><a href="{{ SITEURL }}/">', "[id-twice]"),
    "link-to-nothing": ("base.html", "{{ stylesheet }}", "gone.css", "[broken-link]"),
}


@pytest.mark.parametrize("slip", THEME)
def test_a_slip_in_a_template(project: InvProject, refuse: Refuse, slip: str) -> None:
    template, old, new, reported = THEME[slip]
    file = project.root / "theme" / "templates" / template
    line = file.read_text(encoding="utf-8").partition(old)[0].count("\n") + 1
    change(file, old, new)
    assert reported.replace("LINE", str(line)) in refuse()[0]


@pytest.mark.parametrize("gone", ["templates/leaflet.html", "templates/macros.html", "templates", "."])
def test_a_missing_part_of_a_whole_theme_of_ones_own(project: InvProject, refuse: Refuse, gone: str) -> None:
    with (project.root / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write('\nTHEME = "theme"\n')
    path = project.root / "theme" / gone
    path.unlink() if path.is_file() else shutil.rmtree(path)
    assert "theme" in refuse()[0]


def test_a_template_in_another_encoding(project: InvProject, refuse: Refuse) -> None:
    (project.root / "theme" / "templates" / "year.html").write_bytes(b"caf\xe9")
    (reported,) = refuse()
    assert "year.html" in reported


# Plugins and settings

PLUGIN = "from pelican import signals\n{}\ndef register():\n    signals.{}.connect(act)\n"
PLUG = "PLUGINS = [*PLUGINS, 'mine']"
HOME = "theme/templates/home.html"
RAISING = "def act(*_, **__):\n    raise KeyError('boom')"
LOGGING = "import logging\ndef act(*_, **__):\n    logging.getLogger('mine').error('boom')"
EXITING = "import sys\ndef act(*_, **__):\n    sys.exit(0)"


@pytest.mark.parametrize("moment", ["initialized", "generator_init", "all_generators_finalized", "finalized"])
@pytest.mark.parametrize(("body", "rule"), [(RAISING, "plugin"), (LOGGING, "pelican")], ids=["raising", "logging"])
def test_a_plugin_that_fails(project: InvProject, refuse: Refuse, moment: str, body: str, rule: str) -> None:
    (project.root / "mine.py").write_text(PLUGIN.format(body, moment), encoding="utf-8")
    add_setting(project, "PLUGINS = [*PLUGINS, 'mine']")
    reported = refuse()
    assert all(re.match(rf"mine\.py:[34]: error: \[{rule}\] .*boom", line) for line in reported), reported


MISTAKES: dict[str, tuple[dict[str, str], str, str]] = {
    "plugin: syntax": ({"mine.py": "a = 1\nb = (\n"}, PLUG, "mine.py:2: error: [plugin] SyntaxError"),
    "plugin: indentation": ({"mine.py": "a = 1\n  b = 1\n"}, PLUG, "mine.py:2: error: [plugin] IndentationError"),
    "plugin: import": ({"mine.py": "\nimport gone\n"}, PLUG, "mine.py:2: error: [plugin] Cannot load plugin `mine`"),
    "plugin: while loading": ({"mine.py": "\n1 / 0\n"}, PLUG, "mine.py:2: error: [plugin] ZeroDivisionError"),
    "plugin: imports a broken module": (
        {"mine.py": "import other\n", "other.py": "\n\nb = (\n"},
        PLUG,
        "other.py:3: error: [plugin] SyntaxError",
    ),
    "plugin: while registering": (
        {"mine.py": "def register():\n    raise KeyError('boom')\n"},
        PLUG,
        "mine.py:2: error: [plugin] Cannot register plugin `mine`: KeyError: 'boom'",
    ),
    "plugin: a file that is not there": (
        {"mine.py": PLUGIN.format("def act(*_, **__):\n    open('gone.txt')", "finalized")},
        PLUG,
        "mine.py:3: error: [plugin] FileNotFoundError",
    ),
    "plugin: in a folder of plugins": (
        {"plugins/mine.py": "a = (\n"},
        f"PLUGIN_PATHS = ['plugins']\n{PLUG}",
        "plugins/mine.py:1: error: [plugin] SyntaxError",
    ),
    "template: syntax": ({HOME: "\n{% if %}"}, "", f"{HOME}:2: error: [template]"),
    "template: undefined": ({HOME: "\n{{ nothing }}"}, "", f"{HOME}:2: error: [template] 'nothing' is undefined."),
    "template: type in a filter": ({HOME: "\n\n{{ 1|length }}"}, "", f"{HOME}:3: error: [template] TypeError"),
    "template: a parent that is missing": (
        {HOME: "{% extends 'nowhere.html' %}"},
        "",
        f"{HOME}:1: error: [template] the template “nowhere.html” is missing.",
    ),
    "settings: a module of one's own": (
        {"other.py": "\nb = (\n"},
        "import other",
        "other.py:2: error: [settings] SyntaxError",
    ),
    "settings: a module that raises": (
        {"other.py": "def f():\n    return 1 / 0\n"},
        "import other\nother.f()",
        "other.py:2: error: [settings] ZeroDivisionError",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_reported_at_its_own_line(
    project: InvProject, refuse: Refuse, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    files, settings, reported = MISTAKES[case]
    for module in ("mine", "other"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    for name, text in files.items():
        (project.root / name).parent.mkdir(exist_ok=True)
        (project.root / name).write_text(text, encoding="utf-8")
    add_setting(project, settings)
    assert refuse()[0].startswith(reported)


def test_a_plugin_that_exits(project: InvProject, refuse: Refuse) -> None:
    (project.root / "mine.py").write_text(PLUGIN.format(EXITING, "finalized"), encoding="utf-8")
    add_setting(project, "PLUGINS = [*PLUGINS, 'mine']")
    (reported,) = refuse()
    assert reported.startswith("mine.py:4: error: [plugin] SystemExit")


@pytest.mark.parametrize(
    ("setting", "reported"),
    [
        ("PLUGINS = [*PLUGINS, 'press.plugins.gone']", "[pelican] Cannot load plugin"),
        ("SITENAME = oops", "pelicanconf.py:LINE: error: [settings] NameError"),
        ("SITENAME = (", "pelicanconf.py:LINE: error: [settings] SyntaxError"),
        ("import gone", "pelicanconf.py:LINE: error: [settings] ModuleNotFoundError"),
        ("raise SystemExit(0)", "[settings] SystemExit"),
        ("THEME = 'nowhere'", "[settings]"),
        (
            "SITENMAE = 'Mine'",
            "pelicanconf.py:LINE: error: [settings] “SITENMAE” is not a setting. Did you mean “SITEN",
        ),
        ("THEEM = 'mine'", "Did you mean “THEME”?"),
        ("GUILLEMETS_STYLE = {}", "Did you mean “GUILLEMETS_STYLES”?"),
        ("SITEURL = 'javascript:x'", "pelicanconf.py:LINE: error: [settings] SITEURL"),
        ("SITEURL = None", "[settings] AttributeError"),
        ("JINJA_ENVIRONMENT = {}", "[settings] JINJA_ENVIRONMENT"),
        ("TYPOGRIFY_OMIT_FILTERS = ['smartypnats']", "error: ["),
        ("MARKDOWN = {'extensions': ['gone']}", "error: ["),
        ("DEFAULT_LANG = 'English'", "error: ["),
        ("PLUGINS = 'press.site'", "error: ["),
    ],
)
def test_a_slip_in_the_settings(project: InvProject, refuse: Refuse, setting: str, reported: str) -> None:
    lines = (project.root / "pelicanconf.py").read_text(encoding="utf-8").count("\n")
    add_setting(project, setting)
    assert reported.replace("LINE", str(lines + 2)) in refuse()[0]


def test_new_settings_are_allowed(project: InvProject) -> None:
    add_setting(project, "MY_OWN_THING = 1\nFEED_ALL_RSS = None\nMENUITEMS = ()")
    assert project.run("build")[0] == 0


@pytest.mark.parametrize(
    ("missing", "reported"),
    [
        ("pelicanconf.py", "pelicanconf.py: error: [no-archive] neither this folder nor one above it has a pelican"),
        ("publishconf.py", "publishconf.py: error: [no-archive] the archive has no publishconf.py."),
    ],
)
def test_missing_settings(project: InvProject, missing: str, reported: str) -> None:
    (project.root / missing).unlink()
    before = tree_of(project.output)
    code, _, (line,) = project.run("publish" if missing == "publishconf.py" else "build")
    assert (code, line.startswith(reported), tree_of(project.output) == before) == (1, True, True)


# The content folder

CONTENT: dict[str, Callable[[InvProject], object]] = {
    "no-content": lambda project: shutil.rmtree(project.content),
    "no-leaflet": lambda project: [file.unlink() for file in project.content.iterdir()],
    "no-content as a file": lambda project: (shutil.rmtree(project.content), project.content.write_text("x")),
}


@pytest.mark.parametrize("case", CONTENT)
def test_a_content_folder_without_texts(project: InvProject, refuse: Refuse, case: str) -> None:
    CONTENT[case](project)
    (reported,) = refuse()
    assert reported.startswith("content: error: [no-") and case.split()[0] in reported


@pytest.mark.parametrize("folder", ["/", ".", "theme", "/etc", "nowhere", "output"])
def test_another_folder_for_content(project: InvProject, refuse: Refuse, folder: str) -> None:
    assert refuse(content=folder)


def during(project: InvProject, moment: str, act: str) -> None:
    """Make a plugin change the project at some moment of the build."""
    code = (
        f"from pathlib import Path\nimport shutil\nhere = Path({str(project.root)!r})\ndef act(*_, **__):\n    {act}"
    )
    (project.root / "mine.py").write_text(PLUGIN.format(code, moment), encoding="utf-8")
    add_setting(project, "PLUGINS = [*PLUGINS, 'mine']")


@pytest.mark.parametrize(
    "act",
    [
        "(here / 'content/leaflet-1.md').write_text('Title: X\\nDate: 1974\\n\\n<script>')",
        "(here / 'content/leaflet-1.md').unlink()",
        "shutil.rmtree(here / 'content')",
        "shutil.rmtree(here / 'theme/templates')",
        "shutil.rmtree(here / 'theme/static')",
    ],
    ids=["text-changed", "text-deleted", "content-deleted", "templates-deleted", "styles-deleted"],
)
def test_a_file_that_changes_during_the_build(project: InvProject, act: str) -> None:
    during(project, "get_generators", act)
    before = tree_of(project.output)
    code, _, reported = project.run("build")
    assert tree_of(project.output) == before or "theme" in act
    if code:
        assert all(FAULT.fullmatch(line) for line in reported[:-1])
    assert code == 1 or "theme" in act  # what an own theme lacks comes from the press


def test_an_output_that_is_deleted_during_the_build_is_made_again(project: InvProject) -> None:
    during(project, "finalized", "shutil.rmtree(here / 'output')")
    before = tree_of(project.output)
    assert project.run("build")[0] == 0
    after = tree_of(project.output)  # its index is made anew: a copy of a project has none in store
    assert [
        path for path in {**before, **after} if not path.startswith(PAGEFINDS) and before[path] != after[path]
    ] == []


def test_a_staging_folder_that_is_deleted_during_the_build(project: InvProject, refuse: Refuse) -> None:
    during(project, "finalized", "shutil.rmtree(here / '.output.press-staging')")
    (reported,) = refuse()
    assert "[vanished]" in reported


# The output folder


@pytest.mark.parametrize(
    ("output", "rule"),
    [
        ("content/site", "output-overlap"),
        ("content", "output-overlap"),
        (".", "output-overlap"),
        ("/", "output-precious"),
        ("theme", "output-overlap"),
        ("pelicanconf.py", "output-file"),
        ("nowhere/site", "output-parent"),
        (".press/site", "output-overlap"),
        ("~", "output-precious"),
        ("..", "output-overlap"),
    ],
)
def test_an_output_in_a_forbidden_place(project: InvProject, refuse: Refuse, output: str, rule: str) -> None:
    (reported,) = refuse(output=str(Path(output).expanduser()))
    assert f"[{rule}]" in reported


def test_an_output_that_is_a_link(project: InvProject, refuse: Refuse) -> None:
    (project.root / "site").symlink_to("output")
    (reported,) = refuse(output="site")
    assert "[output-link]" in reported


def test_an_output_with_somebody_elses_files(project: InvProject, refuse: Refuse) -> None:
    (project.output / "leaflets" / "notes.txt").write_text("mine")
    (reported,) = refuse()
    assert reported.startswith("output/leaflets/notes.txt: error: [foreign-file]")


def test_a_folder_that_no_build_made(project: InvProject, refuse: Refuse) -> None:
    (project.root / "site").mkdir()
    (project.root / "site" / "index.html").write_text("mine")
    (reported,) = refuse(output="site")
    assert reported.startswith("site/index.html: error: [foreign-file]")


def test_modes_do_not_depend_on_the_umask(project: InvProject) -> None:
    shutil.rmtree(project.output)
    assert project.run("build", preexec_fn=lambda: os.umask(0o077))[0] == 0
    modes = {path.stat().st_mode & 0o777 for path in [project.output, *project.output.rglob("*")]}
    assert modes == {0o644, 0o755}


# Signals, kills, other builds

WAITING = "import sys, time\n    sys.__stdout__.write('waiting\\n'); sys.__stdout__.flush()\n    sys.__stdin__.read()"


@pytest.fixture
def waiting(project: InvProject) -> Iterator[tuple[InvProject, subprocess.Popen[str]]]:
    """A build that waits in the middle of its work."""
    during(project, "all_generators_finalized", WAITING)
    build = project.start("build", stdin=subprocess.PIPE)
    assert build.stdout.readline() == "waiting\n"
    yield project, build
    build.kill()
    build.communicate()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_command_with_its_own_code(waiting, number: int, code: int) -> None:
    project, build = waiting
    before = tree_of(project.output)
    build.send_signal(number)
    _, reported = build.communicate(timeout=60)
    assert build.returncode == code
    assert reported == "Stopped. output is unchanged.\n"
    assert tree_of(project.output) == before
    assert not list(project.root.glob(".output*"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_to_every_process_of_the_terminal(project: InvProject, number: int, code: int) -> None:
    during(project, "all_generators_finalized", WAITING)
    build = project.start("build", stdin=subprocess.PIPE, start_new_session=True)
    assert build.stdout.readline() == "waiting\n"
    os.killpg(build.pid, number)
    _, reported = build.communicate(timeout=60)
    assert (build.returncode, reported) == (code, "Stopped. output is unchanged.\n")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_before_the_command_has_begun(project: InvProject, number: int, code: int) -> None:
    with (project.root / "tasks.py").open("a", encoding="utf-8") as tasks:
        tasks.write("\nimport sys\nsys.stdout.write('waiting\\n'); sys.stdout.flush(); sys.stdin.read()\n")
    build = project.start("build", stdin=subprocess.PIPE)
    assert build.stdout.readline() == "waiting\n"
    build.send_signal(number)
    assert build.communicate(timeout=60) == ("", "")
    assert build.returncode == code


def test_a_second_build_names_the_first(waiting) -> None:
    project, build = waiting
    code, _, reported = project.run("build", stdin=subprocess.DEVNULL)
    assert code == 1
    assert f"output: error: [build-running] another build is using this folder: process {build.pid} " in reported[0]
    assert build.communicate("")[0].startswith("Built for http://localhost:8000 in output: 3 leaflets")


def test_of_two_builds_at_once_one_publishes(project: InvProject) -> None:
    for version in ("one", "two"):
        project.fill(40, version)
        builds = [project.start("build") for _ in range(3)]
        ends = [(build.communicate(timeout=120), build.returncode) for build in builds]
        assert 0 in [code for _, code in ends]
        assert all(code == 0 or "[build-running]" in reported for (_, reported), code in ends)
        assert f"7{version}." in (project.output / "leaflets" / "leaflet-7" / "index.html").read_text()


def test_kills_at_random_moments_leave_a_whole_site(project: InvProject) -> None:
    counted = kill_again_and_again(project, leaflets=40, kills=12, seed=1917)
    assert counted["old"] + counted["new"] == 12


# Disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    mounted = subprocess.run(mount, check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting needs root")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.system
@pytest.mark.parametrize("what", ["pages", "pictures"])
def test_a_disk_that_is_full(project: InvProject, small_disk: Path, what: str) -> None:
    assert project.run("build", "--output", str(small_disk / "site"))[0] == 0
    before = tree_of(small_disk)
    if what == "pages":
        project.fill(200)
    else:
        (project.content / "images").mkdir()
        Image.effect_noise((1500, 1500), 80).save(project.content / "images" / "a.png")
    code, _, reported = project.run("build", "--output", str(small_disk / "site"))
    assert (code, len(reported)) == (1, 2), reported
    assert "[disk-full]" in reported[0]
    assert tree_of(small_disk) == before


@pytest.mark.system
def test_a_disk_that_is_read_only(project: InvProject, small_disk: Path) -> None:
    assert project.run("build", "--output", str(small_disk / "site"))[0] == 0
    before = tree_of(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    code, _, reported = project.run("build", "--output", str(small_disk / "site"))
    assert (code, len(reported)) == (1, 2), reported
    assert "[no-permission]" in reported[0] or "[read-only]" in reported[0]
    assert tree_of(small_disk) == before


@pytest.mark.system
def test_a_work_folder_that_cannot_be_written(project: InvProject) -> None:
    shutil.rmtree(project.root / ".press")
    (project.root / ".press").write_text("mine")
    before = tree_of(project.output)
    code, _, reported = project.run("build")
    assert (code, len(reported)) == (1, 2), reported
    assert FAULT.fullmatch(reported[0])
    assert tree_of(project.output) == before
