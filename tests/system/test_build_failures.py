"""What goes wrong around the texts: templates, plugins, settings, folders, disks, signals, kills, made for real.

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

from press.commands import order_for, run_build
from tests.conftest import PAGEFINDS, tree_of
from tests.support.inv import House, make_house
from tests.support.kill_builds import kill_again_and_again

FAULT = re.compile(r"[^\n]+: error: \[[a-z-]+\] [^\n]+")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = make_house(tmp_path_factory.mktemp("built"))
    house.fill(3)
    assert house.run("build")[0] == 0
    return house


@pytest.fixture
def house(built: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A built project of three leaflets, which is also the current folder."""
    root = tmp_path / "house"
    shutil.copytree(built.root, root, symlinks=True)
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root))
    monkeypatch.delitem(sys.modules, "mine", raising=False)
    return House(root)


Refuse = Callable[..., list[str]]


@pytest.fixture
def refuse(house: House, capsys: pytest.CaptureFixture[str]) -> Refuse:
    """A build that must fail and gives its problems; the site is as it was and nothing lies beside it."""

    def build(content: str = "content", output: str = "output") -> list[str]:
        before, around = tree_of(house.output), sorted(house.root.iterdir())
        with pytest.raises(SystemExit) as ended:
            run_build(order_for("pelicanconf.py", content, output))
        printed, said = capsys.readouterr()
        assert (ended.value.code, printed) == (1, "")
        assert tree_of(house.output) == before
        assert [path for path in sorted(house.root.iterdir()) if path.name != "__pycache__"] == around
        *problems, last = said.splitlines()
        assert last.endswith("is as it was.")
        assert all(FAULT.fullmatch(line) for line in problems), said
        return problems

    return build


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def add_setting(house: House, lines: str) -> None:
    with (house.root / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{lines}\n")


# Theme

THEME = {
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
    "parent-gone": ("year.html", '"base.html"', '"bsae.html"', "error: [template]"),
    "macro-gone": ("macros.html", "macro listing", "macro lsiting", "error: [template]"),
    "divided-by-nought": ("home.html", "{{ SITENAME }}", "{{ 1 / 0 }}", "home.html:LINE: error: [template]"),
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
def test_a_slip_in_a_template(house: House, refuse: Refuse, slip: str) -> None:
    template, old, new, said = THEME[slip]
    file = house.root / "theme" / "templates" / template
    line = file.read_text(encoding="utf-8").partition(old)[0].count("\n") + 1
    change(file, old, new)
    assert said.replace("LINE", str(line)) in refuse()[0]


@pytest.mark.parametrize("gone", ["templates/leaflet.html", "templates/macros.html", "templates", "."])
def test_a_part_of_the_theme_that_is_gone(house: House, refuse: Refuse, gone: str) -> None:
    path = house.root / "theme" / gone
    path.unlink() if path.is_file() else shutil.rmtree(path)
    assert "theme" in refuse()[0]


def test_a_template_in_another_encoding(house: House, refuse: Refuse) -> None:
    (house.root / "theme" / "templates" / "year.html").write_bytes(b"caf\xe9")
    (said,) = refuse()
    assert "year.html" in said


# Plugins and settings

PLUGIN = "from pelican import signals\n{}\ndef register():\n    signals.{}.connect(act)\n"
RAISING = "def act(*_, **__):\n    raise KeyError('boom')"
LOGGING = "import logging\ndef act(*_, **__):\n    logging.getLogger('mine').error('boom')"
EXITING = "import sys\ndef act(*_, **__):\n    sys.exit(0)"


@pytest.mark.parametrize("moment", ["initialized", "generator_init", "all_generators_finalized", "finalized"])
@pytest.mark.parametrize(("body", "rule"), [(RAISING, "program"), (LOGGING, "pelican")], ids=["raising", "logging"])
def test_a_plugin_that_fails(house: House, refuse: Refuse, moment: str, body: str, rule: str) -> None:
    (house.root / "mine.py").write_text(PLUGIN.format(body, moment), encoding="utf-8")
    add_setting(house, "PLUGINS = [*PLUGINS, 'mine']")
    said = refuse()
    assert all(f"[{rule}]" in line and "boom" in line for line in said)


def test_a_plugin_that_leaves_the_program(house: House, refuse: Refuse) -> None:
    (house.root / "mine.py").write_text(PLUGIN.format(EXITING, "finalized"), encoding="utf-8")
    add_setting(house, "PLUGINS = [*PLUGINS, 'mine']")
    (said,) = refuse()
    assert "[program] SystemExit" in said


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("PLUGINS = [*PLUGINS, 'press.plugins.gone']", "[pelican] Cannot load plugin"),
        ("SITENAME = oops", "pelicanconf.py:LINE: error: [settings] NameError"),
        ("SITENAME = (", "pelicanconf.py:LINE: error: [settings] SyntaxError"),
        ("import gone", "pelicanconf.py:LINE: error: [settings] ModuleNotFoundError"),
        ("raise SystemExit(0)", "[settings] SystemExit"),
        ("THEME = 'nowhere'", "[settings]"),
        ("SITENMAE = 'Mine'", "pelicanconf.py:LINE: error: [settings] “SITENMAE” is no setting. Did you mean “SITEN"),
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
def test_a_slip_in_the_settings(house: House, refuse: Refuse, setting: str, said: str) -> None:
    lines = (house.root / "pelicanconf.py").read_text(encoding="utf-8").count("\n")
    add_setting(house, setting)
    assert said.replace("LINE", str(lines + 2)) in refuse()[0]


def test_settings_of_ones_own_are_fine(house: House) -> None:
    add_setting(house, "MY_OWN_THING = 1\nFEED_ALL_RSS = None\nMENUITEMS = ()")
    assert house.run("build")[0] == 0


def test_settings_that_are_gone(house: House, refuse: Refuse) -> None:
    (house.root / "pelicanconf.py").unlink()
    assert "pelicanconf.py" in refuse()[0]


# The content folder

CONTENT: dict[str, Callable[[House], object]] = {
    "no-content": lambda house: shutil.rmtree(house.content),
    "no-leaflet": lambda house: [file.unlink() for file in house.content.iterdir()],
    "no-content as a file": lambda house: (shutil.rmtree(house.content), house.content.write_text("x")),
}


@pytest.mark.parametrize("case", CONTENT)
def test_a_content_folder_without_texts(house: House, refuse: Refuse, case: str) -> None:
    CONTENT[case](house)
    (said,) = refuse()
    assert said.startswith("content: error: [no-") and case.split()[0] in said


@pytest.mark.parametrize("folder", ["/", ".", "theme", "/etc", "nowhere", "output"])
def test_another_folder_for_content(house: House, refuse: Refuse, folder: str) -> None:
    assert refuse(content=folder)


def during(house: House, moment: str, act: str) -> None:
    """Have a plugin do something to the project at a moment of the build."""
    code = f"from pathlib import Path\nimport shutil\nhere = Path({str(house.root)!r})\ndef act(*_, **__):\n    {act}"
    (house.root / "mine.py").write_text(PLUGIN.format(code, moment), encoding="utf-8")
    add_setting(house, "PLUGINS = [*PLUGINS, 'mine']")


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
def test_what_goes_or_changes_while_the_build_is_at_work(house: House, act: str) -> None:
    during(house, "get_generators", act)
    before = tree_of(house.output)
    code, _, said = house.run("build")
    assert tree_of(house.output) == before or "theme" in act
    if code:
        assert all(FAULT.fullmatch(line) for line in said[:-1])
    assert code == 1 or "static" in act


def test_an_output_that_is_deleted_while_the_build_is_at_work_is_made_anew(house: House) -> None:
    during(house, "finalized", "shutil.rmtree(here / 'output')")
    before = tree_of(house.output)
    assert house.run("build")[0] == 0
    after = tree_of(house.output)  # its index is made anew: a copy of a project has none in store
    assert [
        path for path in {**before, **after} if not path.startswith(PAGEFINDS) and before[path] != after[path]
    ] == []


def test_a_staging_folder_that_is_deleted_while_the_build_is_at_work(house: House, refuse: Refuse) -> None:
    during(house, "finalized", "shutil.rmtree(here / '.output.press-staging')")
    (said,) = refuse()
    assert "[vanished]" in said


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
def test_a_place_where_no_site_may_stand(house: House, refuse: Refuse, output: str, rule: str) -> None:
    (said,) = refuse(output=str(Path(output).expanduser()))
    assert f"[{rule}]" in said


def test_an_output_that_is_a_link(house: House, refuse: Refuse) -> None:
    (house.root / "site").symlink_to("output")
    (said,) = refuse(output="site")
    assert "[output-link]" in said


def test_an_output_with_somebody_elses_files(house: House, refuse: Refuse) -> None:
    (house.output / "leaflets" / "notes.txt").write_text("mine")
    (said,) = refuse()
    assert said.startswith("output/leaflets/notes.txt: error: [foreign-file]")


def test_a_folder_that_no_build_made(house: House, refuse: Refuse) -> None:
    (house.root / "site").mkdir()
    (house.root / "site" / "index.html").write_text("mine")
    (said,) = refuse(output="site")
    assert said.startswith("site/index.html: error: [foreign-file]")


def test_modes_do_not_depend_on_the_umask(house: House) -> None:
    shutil.rmtree(house.output)
    assert house.run("build", preexec_fn=lambda: os.umask(0o077))[0] == 0
    modes = {path.stat().st_mode & 0o777 for path in [house.output, *house.output.rglob("*")]}
    assert modes == {0o644, 0o755}


# Signals, kills, other builds

WAITING = "import sys, time\n    sys.__stdout__.write('waiting\\n'); sys.__stdout__.flush()\n    sys.__stdin__.read()"


@pytest.fixture
def waiting(house: House) -> Iterator[tuple[House, subprocess.Popen[str]]]:
    """A build that waits in the midst of its work."""
    during(house, "all_generators_finalized", WAITING)
    build = house.start("build", stdin=subprocess.PIPE)
    assert build.stdout.readline() == "waiting\n"
    yield house, build
    build.kill()
    build.communicate()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_command_with_its_own_code(waiting, number: int, code: int) -> None:
    house, build = waiting
    before = tree_of(house.output)
    build.send_signal(number)
    _, said = build.communicate(timeout=60)
    assert build.returncode == code
    assert said == "Stopped. output is as it was.\n"
    assert tree_of(house.output) == before
    assert not list(house.root.glob(".output*"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_to_every_process_of_the_terminal(house: House, number: int, code: int) -> None:
    during(house, "all_generators_finalized", WAITING)
    build = house.start("build", stdin=subprocess.PIPE, start_new_session=True)
    assert build.stdout.readline() == "waiting\n"
    os.killpg(build.pid, number)
    _, said = build.communicate(timeout=60)
    assert (build.returncode, said) == (code, "Stopped. output is as it was.\n")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_before_the_command_has_begun(house: House, number: int, code: int) -> None:
    with (house.root / "tasks.py").open("a", encoding="utf-8") as tasks:
        tasks.write("\nsys.stdout.write('waiting\\n'); sys.stdout.flush(); sys.stdin.read()\n")
    build = house.start("build", stdin=subprocess.PIPE)
    assert build.stdout.readline() == "waiting\n"
    build.send_signal(number)
    assert build.communicate(timeout=60) == ("", "")
    assert build.returncode == code


def test_a_second_build_is_told_of_the_first(waiting) -> None:
    house, build = waiting
    code, _, said = house.run("build", stdin=subprocess.DEVNULL)
    assert code == 1
    assert f"output: error: [build-running] another build is at work here: process {build.pid} " in said[0]
    assert build.communicate("")[0].startswith("Published in output: 3 leaflets")


def test_of_two_builds_at_once_one_publishes(house: House) -> None:
    for version in ("one", "two"):
        house.fill(40, version)
        builds = [house.start("build") for _ in range(3)]
        ends = [(build.communicate(timeout=120), build.returncode) for build in builds]
        assert 0 in [code for _, code in ends]
        assert all(code == 0 or "[build-running]" in said for (_, said), code in ends)
        assert f"7{version}." in (house.output / "leaflets" / "leaflet-7" / "index.html").read_text()


def test_kills_at_random_moments_leave_a_whole_site(house: House) -> None:
    counted = kill_again_and_again(house, leaflets=40, kills=12, seed=1917)
    assert counted["old"] + counted["new"] == 12


# Disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    mounted = subprocess.run(mount, check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting needs root")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.system
@pytest.mark.parametrize("what", ["pages", "pictures"])
def test_a_disk_that_is_full(house: House, small_disk: Path, what: str) -> None:
    assert house.run("build", "--output", str(small_disk / "site"))[0] == 0
    before = tree_of(small_disk)
    if what == "pages":
        house.fill(200)
    else:
        (house.content / "images").mkdir()
        (house.content / "images" / "a.png").write_bytes(os.urandom(2_000_000))
    code, _, said = house.run("build", "--output", str(small_disk / "site"))
    assert (code, len(said)) == (1, 2), said
    assert "[disk-full]" in said[0]
    assert tree_of(small_disk) == before


@pytest.mark.system
def test_a_disk_that_is_read_only(house: House, small_disk: Path) -> None:
    assert house.run("build", "--output", str(small_disk / "site"))[0] == 0
    before = tree_of(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    code, _, said = house.run("build", "--output", str(small_disk / "site"))
    assert (code, len(said)) == (1, 2), said
    assert "[no-permission]" in said[0] or "[read-only]" in said[0]
    assert tree_of(small_disk) == before


@pytest.mark.system
def test_a_work_folder_that_cannot_be_written(house: House) -> None:
    shutil.rmtree(house.root / ".press")
    (house.root / ".press").write_text("mine")
    before = tree_of(house.output)
    code, _, said = house.run("build")
    assert (code, len(said)) == (1, 2), said
    assert FAULT.fullmatch(said[0])
    assert tree_of(house.output) == before
