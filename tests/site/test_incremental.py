"""A build that reuses earlier work equals a clean one: at random, and in cases that chance might miss."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from press.build import build
from press.options import BuildOptions
from press.publish import collection_folder
from tests.conftest import ADDRESS, ROOT, Project, tree_of
from tests.support.archive_machine import ArchiveMachine, WholeMachine, run
from tools.steps import Tried, try_seed


@pytest.mark.parametrize("part", range(2))
def test_an_incremental_build_equals_a_clean_one(part: int) -> None:
    before = ArchiveMachine.steps
    run(ArchiveMachine, examples=2, steps=30)
    assert ArchiveMachine.steps > before + 30


def test_an_incremental_build_equals_a_clean_one_with_everything_on() -> None:
    before = ArchiveMachine.steps
    run(WholeMachine, examples=1, steps=8)
    assert ArchiveMachine.steps == before + 8


class FaultyMachine(ArchiveMachine):
    """The incremental build has downloads that the clean one has not."""

    def options(self, output: Path) -> BuildOptions:
        return replace(super().options(output), formats="text" if output == self.project.output else "none")


def test_the_random_archive_finds_a_fault() -> None:
    with pytest.raises(AssertionError, match=r"leaflets/text-1/text-1\.txt"):
        run(FaultyMachine, examples=1, steps=3, start=1)


def test_a_seed_is_tried_in_a_process_of_its_own() -> None:
    assert try_seed("plain", 5, 1, 3) == Tried(5, 3)
    assert "KeyError: 'none'" in try_seed("none", 5, 1, 3).failure


@pytest.fixture
def three(project: Project) -> Project:
    for name, title in [("a.md", "The bakery"), ("b.md", "The harbour"), ("c.md", "The mill")]:
        project.leaflet(name, title)
    project.build()
    return project


def written(project: Project) -> dict[str, int]:
    """Return when each page was written, in nanoseconds."""
    return {p.relative_to(project.output).as_posix(): p.stat().st_mtime_ns for p in project.output.rglob("*.html")}


def rebuild_clean(project: Project) -> dict[str, bytes]:
    build(BuildOptions(project.root / "testconf.py", project.content, project.root / "clean", ADDRESS))
    return tree_of(project.root / "clean")


def rewrite(project: Project, *bodies: str) -> set[str]:
    """Build with one body of a leaflet after the other; return the pages that were written after the first of them.

    The last build starts with the previous tree.
    """
    states = []
    for body in bodies:
        project.write("content/c.md", f"Title: The mill\nDate: 2006-10-24\n\n{body}\n")
        project.build()
        states.append(written(project))
    before, after = states[0], states[-1]
    assert tree_of(project.output) == rebuild_clean(project)
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize("line", ["Ada Brennan = Ada Brennan", "Ada Brennan = X, Y\nTom Pell = X, Y", "# None"])
def test_a_changed_file_of_names_changes_every_page_that_has_the_name(three: Project, line: str) -> None:
    for name, author in (("a.md", "Ada Brennan"), ("b.md", "Pell, Tom")):
        three.write(f"content/{name}", f"Title: {name}\nDate: 1974\nAuthor: {author}\n\nWords.\n")
    three.write("content/names.txt", "Tom Pell = Tom Pell\n")
    three.build()
    three.write("content/names.txt", f"{line}\n")
    three.build()
    assert tree_of(three.output) == rebuild_clean(three)
    assert ("tom-pell" in str(tree_of(three.output).keys())) is ("X, Y" not in line)


def test_a_changed_body_renders_its_own_page_alone(three: Project) -> None:
    opening = "The mill stopped at noon. " * 15
    bodies = [f"{opening}\n\n{words}" for words in ("At first.", "Once.", "Twice.")]
    assert rewrite(three, *bodies) == {"leaflets/the-mill/index.html"}


@pytest.mark.parametrize(
    "bodies", [("At first.", "Once.", "Twice."), ("Word. " * 20, "Word. " * 900, "Word. " * 990)]
)
def test_changed_first_words_or_minutes_render_the_lists_that_tell_them(three: Project, bodies: list[str]) -> None:
    lists = "2006 2006/10 category/uncategorised titles/all leaflets/the-mill".split()
    assert rewrite(three, *bodies) == {"index.html", *(f"{name}/index.html" for name in lists)}


def test_a_source_changed_back_is_in_the_manifest_as_it_is(three: Project) -> None:
    """Though the change was not to be seen on any page."""
    three.build()
    for more in ("\n", ""):
        three.write("content/c.md", f"Title: The mill\nDate: 2006-10-24\n\nSome words.\n{more}")
        three.build()
        assert tree_of(three.output) == rebuild_clean(three)


def test_a_published_file_is_never_changed_through_its_link(three: Project) -> None:
    page = three.output / "leaflets" / "the-mill" / "index.html"
    with page.open("rb") as served:
        three.write("content/c.md", "Title: The mill\nDate: 2006-10-24\n\nOtherwise.\n")
        three.build()
        three.write("content/c.md", "Title: The mill\nDate: 2006-10-24\n\nOnce more.\n")
        three.build()
        assert b"Some words." in served.read()
    assert "Once more." in three.page("leaflets/the-mill/index.html")


@pytest.mark.parametrize("where", ["output", "previous-tree"])
def test_an_altered_file_is_not_kept(three: Project, where: str) -> None:
    three.leaflet("c.md", "The windmill")
    three.build()
    folder = collection_folder(three.root, three.content, three.output)
    tree = three.output if where == "output" else folder / "previous-tree"
    page = tree / "leaflets" / "the-bakery" / "index.html"
    page.unlink()
    page.write_text("by hand")
    three.leaflet("c.md", "The watermill")
    three.build()
    assert tree_of(three.output) == rebuild_clean(three)


def test_an_unknown_file_in_the_previous_tree_is_not_published(three: Project) -> None:
    for title in ("The windmill", "The watermill"):
        three.leaflet("c.md", title)
        three.build()
        previous = collection_folder(three.root, three.content, three.output) / "previous-tree"
        three.write(str(previous.relative_to(three.root) / "leaflets" / "strange.html"), "strange")
        three.write(str(previous.relative_to(three.root) / "strange" / "deep" / "index.html"), "strange")
    three.leaflet("c.md", "The sawmill")
    three.build()
    assert tree_of(three.output) == rebuild_clean(three)


def test_a_full_disk_under_the_store_loses_no_text(three: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("press.cache.store._as_text", refuse)
    three.leaflet("d.md", "The quay")
    assert three.build().leaflets == 4
    assert tree_of(three.output) == rebuild_clean(three)


def test_files_are_copied_if_the_disk_cannot_link(three: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    three.leaflet("c.md", "The windmill")
    three.build()
    assert tree_of(three.output) == rebuild_clean(three)


def test_a_store_from_another_machine_can_be_used(three: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Its keys contain no path of the machine, so a project elsewhere finds its texts in it."""
    from press.site.typeset import Typesetter
    from tests.conftest import make_project

    other = make_project(tmp_path_factory.mktemp("elsewhere"))
    for path in three.content.iterdir():
        other.write(f"content/{path.name}", path.read_bytes())
    cache = collection_folder(three.root, three.content, three.output) / "cache"
    shutil.copytree(cache, collection_folder(other.root, other.content, other.output) / "cache")
    typeset: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        plain = Typesetter.typeset
        patch.setattr(Typesetter, "typeset", lambda self, entry: typeset.append(entry.source) or plain(self, entry))
        other.build()
    assert typeset == []
    assert tree_of(other.output) == tree_of(three.output)


@pytest.mark.parametrize(
    "words", ["texts[entry.source].description", "texts['c.md'].body", "archive.leaflets | length"]
)
def test_a_template_gets_only_what_the_plan_names(three: Project, words: str) -> None:
    """So a page depends on nothing that is missing from its key."""
    shutil.copytree(ROOT / "theme", three.root / "theme")
    settings = (three.root / "testconf.py").read_text() + f"THEME = {str(three.root / 'theme')!r}\n"
    three.write("testconf.py", settings)
    page = (ROOT / "theme" / "templates" / "listing.html").read_text(encoding="utf-8")
    words = f'<p class="when">{{{{ {words} }}}} '
    three.write("theme/templates/listing.html", page.replace('<p class="when">', words, 1))
    assert all("[template]" in line for line in three.refused())


def test_with_other_plugins_everything_is_made_again(three: Project) -> None:
    three.write("own_plugin.py", "def register():\n    pass\n")
    settings = f"import sys; sys.path.insert(0, {str(three.root)!r}); PLUGINS = [*PLUGINS, 'own_plugin']\n"
    three.write("testconf.py", (three.root / "testconf.py").read_text() + settings)
    three.build()
    before = written(three)
    three.leaflet("c.md", "The windmill")
    three.build()
    assert not set(before.values()) & set(written(three).values())


def test_a_file_or_a_folder_replaces_a_redirect(three: Project) -> None:
    for old in ("/files/list.csv", "/old.html", "/old.html/", "/old.html"):
        three.write("content/c.md", f"Title: The mill\nDate: 2006-10-24\nRedirect-from: {old}\n\nSome words.\n")
        three.build()
        assert tree_of(three.output) == rebuild_clean(three)
        if old.endswith(".csv"):
            with (three.output / "files" / "list.csv").open("rb") as served:
                three.leaflet("c.md", "The mill")
                three.write("content/files/list.csv", "a,b\n")
                three.build()
                assert b"a,b" not in served.read()
            assert tree_of(three.output) == rebuild_clean(three)
            (three.content / "files" / "list.csv").unlink()
