"""Each error stops the build with one clear line, and output/ is unchanged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from press.options import BuildOptions
from press.runtime.parallel import FEW_ITEMS
from tests.conftest import ADDRESS, PAGEFINDS, ROOT, Project, tree_of
from tests.support.checks import find_in_stages


@pytest.fixture
def built(project: Project) -> Project:
    """A project with one leaflet, built."""
    project.leaflet("a.md", "The harbour")
    project.build()
    return project


def refused_and_untouched(project: Project) -> list[str]:
    before = tree_of(project.output)
    problems = project.refused()
    assert tree_of(project.output) == before
    return problems


@pytest.mark.parametrize(
    ("path", "text", "reported"),
    [
        ("b.md", "Title: B\nDate: 1974\nMood: good\n\nW.\n", "content/b.md:3: error: [unknown-key]"),
        ("b.md", "Date: 1974\n\nW.\n", "content/b.md:1: error: [title-missing]"),
        ("b.md", "Title: B\n\nW.\n", "content/b.md:1: error: [date-missing]"),
        ("b.md", "Title: B\nDate: 03/04/1917\n\nW.\n", "content/b.md:2: error: [date]"),
        ("b.md", "Title: The harbour\nDate: 1974\n\nW.\n", "content/b.md:1: error: [slug-twice]"),
        ("b.md", "Title: B\nDate: 1974\n\n[x]({filename}gone.md)\n", "content/b.md:4: error: [broken-link]"),
        ("b.md", "Title: B\nDate: 1974\n\nW.\n\n[x](#nowhere)\n", "content/b.md:6: error: [broken-link]"),
        ("b.md", "Title: B\nDate: 1974\n\n![x]({static}/images/gone.png)\n", "content/b.md:4: error: [broken-link]"),
        ("b.md", "Title: B\nDate: 1974\n\n![x](https://x.example/a.png)\n", "content/b.md:4: error: [foreign-host]"),
        (
            "b.md",
            "Title: B\nDate: 1974\n\n[x]({static}../../../etc/hostname)\n",
            "content/b.md:4: error: [broken-link]",
        ),
        ("b.md", "Title: B\nDate: 1974\n\n[x]({attach}a.md)\n", "content/b.md:4: error: [broken-link]"),
        ("b.md", "Title: B\nDate: 1974\n\n\nSee ![x](a.png).\n", "content/b.md:5: error: [broken-link]"),
    ],
)
def test_a_wrong_text_stops_the_build(built: Project, path: str, text: str, reported: str) -> None:
    built.write(f"content/{path}", text)
    (problem,) = refused_and_untouched(built)
    assert problem.startswith(reported)


def test_an_emptied_content_folder_stops_the_build(built: Project) -> None:
    (built.content / "a.md").unlink()
    (problem,) = refused_and_untouched(built)
    assert problem.startswith("content: error: [no-leaflet]")


def with_theme(project: Project, template: str, old: str, new: str) -> None:
    """Give the project a copy of the theme in which one template is changed."""
    subprocess.run(["cp", "-r", str(ROOT / "theme"), str(project.root / "theme")], check=True)
    file = project.root / "theme" / "templates" / template
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with (project.root / "testconf.py").open("a") as settings:
        settings.write(f"\nTHEME = {str(project.root / 'theme')!r}\n")


@pytest.mark.parametrize(
    ("template", "old", "new", "reported"),
    [
        ("leaflet.html", "text.page_body", "text.bdoy", "theme/templates/leaflet.html:24: error: [template]"),
        ("leaflet.html", "text.page_body", "txet.body", "theme/templates/leaflet.html:24: error: [template]"),
        ("leaflet.html", "{% if text.sum", "{% fi text.sum", "theme/templates/leaflet.html:16: error: [template]"),
        ("base.html", "| is_right_to_left", "| is_rihgt", "theme/templates/base.html:3: error: [template]"),
        ("year.html", 'list.html', 'lits.html', "theme/templates/year.html:1: error: [template]"),
    ],
)  # fmt: skip
def test_a_slip_in_a_template_stops_the_build(built: Project, template, old, new, reported) -> None:
    with_theme(built, template, old, new)
    (problem,) = refused_and_untouched(built)
    assert problem.startswith(reported)


@pytest.mark.parametrize(
    ("setting", "reported"),
    [
        ("SITENAME = oops", "testconf.py:6: error: [settings] NameError"),
        ("SITENAME = (", "testconf.py:6: error: [settings] SyntaxError"),
        ("PLUGINS = [*PLUGINS, 'press.plugins.missing']", "pelican: error: [pelican] Cannot load plugin"),
        ("THEME = '/nowhere'", "error: [settings]"),
    ],
)
def test_a_slip_in_the_settings_stops_the_build(built: Project, setting: str, reported: str) -> None:
    with (built.root / "testconf.py").open("a") as settings:
        settings.write(f"{setting}\n")
    problems = refused_and_untouched(built)
    assert reported in problems[0]


def test_a_mark_without_a_partner_next_to_a_note_is_reported_on_its_line(project: Project) -> None:
    text = "Title: A\nDate: 1974\nLang: ar\n\nقرأنا[^a] الصحف.\n\nجريدة Pravda[^b] و« المقطم.\n"
    project.write("content/ar.md", f"{text}\n[^a]: أولا.\n[^b]: ثانيا.\n")
    (problem,) = (str(problem) for problem in project.build().problems if problem.rule == "unmatched-mark")
    assert "content/ar.md:7: " in problem
    assert "“جريدة Pravda و« المقطم.”" in problem


def test_a_plugin_that_raises_stops_the_build(built: Project) -> None:
    built.write("raising.py", "from pelican import signals\ndef boom(x):\n    raise KeyError('boom')\n"
                "def register():\n    signals.all_generators_finalized.connect(boom)\n")  # fmt: skip
    with (built.root / "testconf.py").open("a") as settings:
        settings.write(f"sys.path.insert(0, {str(built.root)!r})\nPLUGINS = [*PLUGINS, 'raising']\n")
    (problem,) = refused_and_untouched(built)
    assert problem.startswith("raising.py:3: error: [plugin] KeyError")


def test_the_same_archive_built_again_is_the_same(built: Project) -> None:
    before = tree_of(built.output)
    os.utime(built.content / "a.md", (0, 0))
    built.build()
    assert tree_of(built.output) == before


def test_a_deleted_text_is_gone_from_the_site(built: Project) -> None:
    built.leaflet("b.md", "Another")
    built.build()
    (built.content / "a.md").unlink()
    built.build()
    assert not (built.output / "leaflets" / "the-harbour").exists()
    assert (built.output / "leaflets" / "another" / "index.html").exists()


def test_a_dry_run_publishes_nothing_and_finds_the_same(built: Project) -> None:
    options = BuildOptions(built.root / "testconf.py", built.content, built.root / "nowhere", ADDRESS)
    assert find_in_stages(options) == []
    built.write("content/b.md", "Title: B\n\nW.\n")
    assert [problem.rule for problem in find_in_stages(options)] == ["date-missing"]
    assert not (built.root / "nowhere").exists()


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


INV = str(Path(sys.executable).parent / "inv")


def test_the_command_builds_reports_and_cleans_up(tmp_path: Path) -> None:
    output = tmp_path / "site"
    collection = ["--content", str(ROOT / "tests" / "sample"), "--output", str(output)]
    built = run(INV, "build", *collection, "--url", ADDRESS, "--formats", "none")
    assert (built.returncode, built.stderr) == (0, "")
    leaflets = len(list((output / "leaflets").iterdir()))
    files = len(tree_of(output)) - 1
    assert f"{leaflets} leaflets, 1 page, {files} files, 1 draft held back, 1 file ignored" in built.stdout
    assert f'<link rel="canonical" href="{ADDRESS}/leaflets/the-harbour/">' in (
        output / "leaflets" / "the-harbour" / "index.html"
    ).read_text(encoding="utf-8")
    stores = set((ROOT / ".press").iterdir())
    assert run(INV, "clean", *collection).returncode == 0
    assert not output.exists()
    assert len(stores - set((ROOT / ".press").iterdir())) == 1


def test_the_command_prints_problems_on_stderr_and_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("Title: A\n\nWords.\n", encoding="utf-8")
    collection = ["--content", str(tmp_path / "content"), "--output", str(tmp_path / "site")]
    refused = run(INV, "build", *collection)
    assert (refused.returncode, refused.stdout) == (1, "")
    lines = refused.stderr.splitlines()
    assert lines[0].startswith(f"{tmp_path}/content/a.md:1: error: [date-missing]")
    assert lines[1:] == [f"1 error. {tmp_path}/site is unchanged."]


PELICAN = str(Path(sys.executable).parent / "pelican")


def test_plain_pelican_makes_the_same_site(tmp_path: Path, site: Project) -> None:
    content = str(ROOT / "tests" / "sample")
    settings = str(site.root / "testconf.py")
    done = run(PELICAN, content, "-s", settings, "-o", str(tmp_path / "plain"), "-e", f'SITEURL="{ADDRESS}"')
    assert done.returncode == 0, done.stderr
    published = {path: data for path, data in tree_of(site.output).items() if not path.startswith(PAGEFINDS)}
    plain = {path: data for path, data in tree_of(tmp_path / "plain").items() if not path.startswith(PAGEFINDS)}
    assert plain == published
    leaflets = len(list((site.output / "leaflets").iterdir()))
    assert f"Processed {leaflets} articles, 1 draft, 0 hidden articles, 1 page," in " ".join(done.stdout.split())


def test_plain_pelican_ends_in_one_line_for_each_error(project: Project) -> None:
    project.write("content/a.md", "Title: A\n\nWords.\n")
    project.write("content/b.md", "Title: B\nDate: 1974\n\n[gone]({filename}gone.md)\n")
    done = run(PELICAN, "content", "-s", "testconf.py", "-o", "plain", cwd=project.root)
    assert done.returncode == 1
    assert [line.partition("]")[0] for line in done.stderr.splitlines()] == [
        "content/a.md:1: error: [date-missing",
        "content/b.md:4: error: [broken-link",
    ]


def test_plain_pelican_keeps_pages_of_deleted_texts_unless_it_is_told_to_empty_the_folder(project: Project) -> None:
    def leaflets(*options: str) -> list[str]:
        arguments = (str(project.content), "-s", str(project.root / "testconf.py"), "-o", str(project.output))
        done = run(PELICAN, *arguments, "-e", f'SITEURL="{ADDRESS}"', *options)
        assert done.returncode == 0, done.stderr
        return sorted(path.name for path in (project.output / "leaflets").iterdir())

    project.leaflet("a.md", "A")
    project.leaflet("b.md", "B")
    leaflets()
    (project.content / "b.md").unlink()
    assert leaflets() == ["a", "b"]
    assert leaflets("-d") == ["a"]
    project.write("testconf.py", f"{(project.root / 'testconf.py').read_text()}DELETE_OUTPUT_DIRECTORY = True\n")
    project.leaflet("a.md", "C")
    assert leaflets() == ["c"]


def test_a_language_without_quotation_marks_is_reported_once(project: Project) -> None:
    for number in range(FEW_ITEMS):  # enough for several processes
        text = f"Title: Number {number:02}\nDate: 1974\nLang: tlh\nSummary: In short.\n\nSome words.\n"
        project.write(f"content/{number:02}.md", text)
    reports = []
    for gone in ("", "00.md", "01.md"):
        if gone:
            (project.content / gone).unlink()
        reports.append([(Path(problem.path).name, problem.line) for problem in project.build().problems])
    assert reports == [[("00.md", 3)], [("01.md", 3)], [("02.md", 3)]]
