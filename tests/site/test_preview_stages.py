"""A preview builds what a build publishes, with the drafts, and reuses unchanged texts."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

import pytest

from press.preview.job import Job, Order, PreviewResult
from press.preview.live_sheet import are_sheets, make_live_sheet
from press.preview.memory import Memory
from press.preview.stages import fill_tree, finish_build
from press.preview.worker import _build, _describe
from press.site.typeset import Typesetter
from tests.conftest import ADDRESS, ROOT, SEARCHED, SETTINGS, Project, tree_of

DRAFT = "Title: Secret\nDate: 2006-10-24\nCategory: Letters\nStatus: draft\n\nNot yet.\n"


def fill(
    project: Project, content: Path | None = None, last: Memory | None = None, *, drafts: bool = True
) -> tuple[PreviewResult, Path]:
    tree = project.root / f"tree-{secrets.token_hex(4)}"
    tree.mkdir()
    output = str(project.root / "nowhere")
    job = Job(str(project.root / "testconf.py"), str(content or project.content), output, ADDRESS, drafts)
    memory = last or Memory()
    outcome = fill_tree(job, tree, memory)
    if not outcome.errors:
        finish_build(memory)
    return outcome, tree


def test_without_drafts_a_preview_is_the_published_site_to_the_byte(project: Project, site: Project) -> None:
    last = Memory()
    project.write("testconf.py", SETTINGS + SEARCHED)
    files = tree_of(site.output)
    published = {path: files[path] for path in files if not path.startswith(("manifest.json", "pagefind/"))}
    for _ in range(2):
        outcome, tree = fill(project, ROOT / "tests" / "sample", last, drafts=False)
        assert outcome.errors == ()
        assert tree_of(tree) == published


def test_a_text_is_typeset_again_only_when_it_has_changed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    typeset: list[str] = []
    plain = Typesetter.typeset
    monkeypatch.setattr(Typesetter, "typeset", lambda self, entry: typeset.append(entry.source) or plain(self, entry))
    project.leaflet("a.md", "The harbour")
    other = project.leaflet("b.md", "The bakery")
    fill(project)
    other.write_text("Title: The bakery\nDate: 2006-10-24\n\nOtherwise.\n")
    _, tree = fill(project)
    assert typeset == ["b.md", "a.md", "b.md"]
    assert ">Otherwise.</p>" in (tree / "leaflets/the-bakery/index.html").read_text(encoding="utf-8")


def test_a_page_is_written_again_only_when_it_shows_something_new(project: Project) -> None:
    last = Memory()
    for name, title in [("a.md", "The harbour"), ("b.md", "The bakery"), ("c.md", "The mill")]:
        project.leaflet(name, title)
    _, before = fill(project, last=last)
    project.leaflet("c.md", "The windmill")
    _, after = fill(project, last=last)
    same = {p.relative_to(after).as_posix() for p in after.rglob("*.html") if p.stat().st_nlink > 1}
    assert {"404.html", "leaflets/the-bakery/index.html", "dates/index.html"} <= same
    assert not {"index.html", "leaflets/the-windmill/index.html", "leaflets/the-harbour/index.html"} & same
    assert ">The&nbsp;mill<" in (before / "titles/index.html").read_text(encoding="utf-8")


def test_a_style_sheet_keeps_its_path_while_it_changes_so_that_no_page_is_written_again(project: Project) -> None:
    last = Memory()
    project.leaflet("a.md", "The harbour")
    first, before = fill(project, last=last)
    project.write("theme/static/css/own.css", "body { --seen: 1; }\n")
    second, after = fill(project, last=last)
    assert first.sheet is not None
    assert second.sheet is not None
    path = first.sheet.path
    assert second.sheet.path == path
    assert second.sheet.folders == (str(project.root / "theme"), *first.sheet.folders)
    assert [p.name for p in after.glob("theme/style.*.css")] == [path.rpartition("/")[2]]
    assert "--seen" not in (before / path).read_text(encoding="utf-8")
    assert "--seen" in (after / path).read_text(encoding="utf-8")
    assert [p for p in after.rglob("*.html") if p.stat().st_nlink == 1] == []


def test_the_live_sheet_is_that_of_a_build(project: Project) -> None:
    project.leaflet("a.md", "The harbour")
    own = project.write("theme/static/css/own.css", '@font-face { src: url("text.latin.woff2"); }\n')
    outcome, tree = fill(project)
    assert outcome.sheet is not None
    sheet = make_live_sheet(outcome.sheet)
    assert sheet is not None
    assert sheet.data == (tree / sheet.path).read_bytes()
    assert are_sheets([str(own), str(ROOT / "theme" / "static" / "css" / "text.css")], outcome.sheet)
    for other in (
        "theme/static/css/own.txt",
        "theme/static/js/own.css",
        "theme/templates/base.html",
        "content/a.css",
    ):
        assert not are_sheets([str(own), str(project.root / other)], outcome.sheet)
    assert not are_sheets([], outcome.sheet)
    own.write_bytes(b"\xff")
    assert make_live_sheet(outcome.sheet) is None


def test_a_build_takes_the_tree_before_the_last_and_brings_it_into_step(project: Project) -> None:
    last = Memory()
    harbour = project.leaflet("a.md", "The harbour")
    project.leaflet("b.md", "The bakery")
    _, first = fill(project, last=last)
    project.leaflet("b.md", "The mill")
    _, second = fill(project, last=last)
    unchanged = (first / "robots.txt").stat().st_ino
    harbour.unlink()
    _, third = fill(project, last=last)
    assert not first.exists()
    assert (third / "robots.txt").stat().st_ino == unchanged
    assert not (third / "leaflets" / "the-bakery").exists()
    assert not (third / "leaflets" / "the-harbour" / "index.html").exists()
    assert tree_of(third) == tree_of(fill(project)[1])
    assert (second / "leaflets" / "the-harbour" / "index.html").is_file()


def test_a_build_that_failed_leaves_a_tree_that_the_next_can_use(project: Project) -> None:
    last = Memory()
    project.leaflet("a.md", "The harbour")
    project.leaflet("b.md", "The bakery")
    fill(project, last=last)
    wrong = project.write("content/b.md", "Title: The bakery\nDate: 2006-10-24\n\n[gone]({filename}gone.md)\n")
    outcome, failed = fill(project, last=last)
    assert "[broken-link]" in outcome.errors[0]
    wrong.write_text("Title: The bakery\nDate: 2006-10-24\n\nBread.\n", encoding="utf-8")
    outcome, after = fill(project, last=last)
    assert outcome.errors == ()
    assert not failed.exists()
    assert tree_of(after) == tree_of(fill(project)[1])


def test_a_tree_that_somebody_has_deleted_is_made_again(project: Project) -> None:
    last = Memory()
    project.leaflet("a.md", "The harbour")
    for _ in range(3):
        _, tree = fill(project, last=last)
    shutil.rmtree(tree)
    _, after = fill(project, last=last)
    assert tree_of(after) == tree_of(fill(project)[1])


def test_problems_of_a_cached_text_are_reported_again(project: Project) -> None:
    last = Memory()
    wrong = project.write("content/a.md", "Title: A\nDate: 1974\n\nA lone « mark.\n\n[gone]({filename}gone.md)\n")
    project.leaflet("b.md")
    assert [line.split("]")[0] for line in fill(project, last=last)[0].errors] == [
        f"{project.content}/a.md:6: error: [broken-link"
    ]
    wrong.write_text("Title: A\nDate: 1974\n\nA lone « mark.\n", encoding="utf-8")
    for _ in range(2):
        outcome, _ = fill(project, last=last)
        assert [line.split("]")[0] for line in outcome.warnings] == [
            f"{project.content}/a.md:4: warning: [unmatched-mark"
        ]


def test_the_theme_and_own_plugins_are_watched(project: Project) -> None:
    project.leaflet("a.md")
    project.write("plugins/own/ours.py", "def register():\n    pass\n")
    with (project.root / "testconf.py").open("a") as file:
        file.write(f"sys.path.insert(0, {str(project.root / 'plugins' / 'own')!r})\nPLUGINS = [*PLUGINS, 'ours']\n")
    own = (str(project.root / name) for name in ("theme", "plugins/own"))  # the theme's may appear at any time
    assert set(fill(project)[0].folders) == {str(ROOT / "theme"), *own}


def test_drafts_are_marked_on_their_pages_and_in_lists(project: Project) -> None:
    project.leaflet("a.md", "The harbour")
    project.write("content/draft.md", DRAFT)
    project.write("content/pages/help.md", "Title: Help\nStatus: draft\n\nHelp us.\n")
    outcome, tree = fill(project)
    assert (outcome.errors, outcome.leaflets, outcome.drafts) == ((), 2, 2)
    pages = {path: data.decode() for path, data in tree_of(tree).items() if path.endswith(".html")}
    mark = 'Secret</a> <span class="draft-mark">Draft</span>'
    assert {path for path, page in pages.items() if mark in page} == {
        "index.html",
        "2006/index.html",
        "2006/10/index.html",
        "days/10/index.html",
        "category/letters/index.html",
        "titles/index.html",
        "titles/all/index.html",
        "leaflets/the-harbour/index.html",
    }
    assert {path for path, page in pages.items() if 'class="draft-notice"' in page} == {
        "leaflets/secret/index.html",
        "help/index.html",
    }
    assert "<title>Draft: Secret |" in pages["leaflets/secret/index.html"]
    assert all('>Help</a> <span class="draft-mark">Draft</span></li>' in page for page in pages.values())


def test_no_draft_and_no_mark_of_one_is_ever_published(project: Project) -> None:
    project.leaflet("a.md", "The harbour")
    project.write("content/draft.md", DRAFT)
    fill(project)
    project.build()
    assert not [path for path, data in tree_of(project.output).items() if b"secret" in data or "secret" in path]
    assert not [path for path, data in tree_of(project.output).items() if path.endswith("html") and b"draft" in data]


def test_an_archive_with_only_drafts_can_be_previewed(project: Project) -> None:
    project.write("content/draft.md", DRAFT)
    outcome, _ = fill(project)
    assert (outcome.errors, outcome.addresses) == ((), {"/leaflets/secret/": "draft.md"})
    without, _ = fill(project, drafts=False)
    assert "[no-leaflet]" in without.errors[0]


def test_a_dead_link_in_a_draft_is_reported(project: Project) -> None:
    project.leaflet("a.md", "The harbour")
    project.write("content/draft.md", f"{DRAFT}\n[x]({{filename}}gone.md)\n")
    assert [line.split("]")[0] for line in fill(project)[0].errors] == [
        f"{project.content}/draft.md:8: error: [broken-link"
    ]


@pytest.mark.parametrize(
    ("settings", "reported"),
    [
        ("SITENAME = (\n", "testconf.py:6: error: [settings] SyntaxError"),
        ("raise SystemExit(0)\n", "testconf.py:6: error: [settings] SystemExit"),
        ("PLUGINS = [*PLUGINS, 'press.plugins.missing']\n", "pelican: error: [pelican] Cannot load plugin"),
    ],
)
def test_whatever_the_settings_do_the_worker_answers(project: Project, settings: str, reported: str) -> None:
    project.leaflet("a.md")
    with (project.root / "testconf.py").open("a") as file:
        file.write(settings)
    output = str(project.root / "nowhere")
    job = Job(str(project.root / "testconf.py"), str(project.content), output, ADDRESS, drafts=True)
    (problem, *_) = _build(job, Order(str(project.root / "tree")), []).errors
    assert problem.replace(f"{project.root}/", "").startswith(reported)


def test_a_slip_in_the_press_is_named_by_its_file_and_line() -> None:
    slip = SyntaxError("invalid syntax", (str(Path.cwd() / "press" / "build.py"), 7, 1, "def", 7, 2))
    assert _describe(slip).startswith("press/build.py:7: error: [program] SyntaxError: invalid syntax.")
