"""What a build keeps is what it would have made: tried at random, and in the cases that chance might miss."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from press.build import BuildOptions, build
from press.cache.store import Store
from press.publish import collection_folder
from tests.conftest import ADDRESS, Project, tree_of
from tests.support.archive_machine import ArchiveMachine, run


@pytest.mark.parametrize("part", range(4))
def test_an_incremental_build_equals_a_clean_one(part: int) -> None:
    before = ArchiveMachine.steps
    run(examples=2, steps=30)
    assert ArchiveMachine.steps > before + 30


@pytest.fixture
def three(project: Project) -> Project:
    for name, title in [("a.md", "The bakery"), ("b.md", "The harbour"), ("c.md", "The mill")]:
        project.leaflet(name, title)
    project.build()
    return project


def written(project: Project) -> dict[str, int]:
    """Say when each page was written, in nanoseconds."""
    return {p.relative_to(project.output).as_posix(): p.stat().st_mtime_ns for p in project.output.rglob("*.html")}


def rebuild_clean(project: Project) -> dict[str, bytes]:
    build(BuildOptions(project.root / "testconf.py", project.content, project.root / "clean", ADDRESS))
    return tree_of(project.root / "clean")


def test_a_changed_body_renders_its_own_page_and_that_of_all_first_words(three: Project) -> None:
    before = written(three)
    for words in ("Once.", "Twice."):  # the second build begins with the spare tree
        three.write("content/c.md", f"Title: The mill\nDate: 2006-10-24\n\n{words}\n")
        three.build()
    after = written(three)
    assert {name for name in before if before[name] != after[name]} == {
        "leaflets/the-mill/index.html",
        "titles/all/index.html",
    }
    assert tree_of(three.output) == rebuild_clean(three)


def test_a_published_file_is_never_written_through_a_kept_one(three: Project) -> None:
    page = three.output / "leaflets" / "the-mill" / "index.html"
    with page.open("rb") as served:
        three.write("content/c.md", "Title: The mill\nDate: 2006-10-24\n\nOtherwise.\n")
        three.build()
        three.write("content/c.md", "Title: The mill\nDate: 2006-10-24\n\nOnce more.\n")
        three.build()
        assert b"Some words." in served.read()
    assert "Once more." in three.page("leaflets/the-mill/index.html")


@pytest.mark.parametrize("where", ["output", "spare"])
def test_an_altered_file_is_not_kept(three: Project, where: str) -> None:
    three.leaflet("c.md", "The windmill")
    three.build()
    folder = collection_folder(three.root, three.content, three.output)
    tree = three.output if where == "output" else folder / "spare"
    page = tree / "leaflets" / "the-bakery" / "index.html"
    page.unlink()
    page.write_text("by hand")
    three.leaflet("c.md", "The watermill")
    three.build()
    assert tree_of(three.output) == rebuild_clean(three)


def test_a_stranger_in_the_spare_tree_is_not_published(three: Project) -> None:
    for title in ("The windmill", "The watermill"):
        three.leaflet("c.md", title)
        three.build()
        spare = collection_folder(three.root, three.content, three.output) / "spare"
        three.write(str(spare.relative_to(three.root) / "leaflets" / "strange.html"), "strange")
        three.write(str(spare.relative_to(three.root) / "strange" / "deep" / "index.html"), "strange")
    three.leaflet("c.md", "The sawmill")
    three.build()
    assert tree_of(three.output) == rebuild_clean(three)


def test_a_full_disk_under_the_store_loses_no_text(three: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "keep", lambda *_: False)
    three.leaflet("d.md", "The quay")
    assert three.build().leaflets == 4
    assert tree_of(three.output) == rebuild_clean(three)


def test_a_disk_that_takes_no_links_gets_copies(three: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    three.leaflet("c.md", "The windmill")
    three.build()
    assert tree_of(three.output) == rebuild_clean(three)


def test_a_store_of_another_machine_is_of_use(three: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The names in it hold no path of the machine: a project elsewhere finds its texts there."""
    from press.site.typeset import Reading
    from tests.conftest import make_project

    other = make_project(tmp_path_factory.mktemp("elsewhere"))
    for path in three.content.iterdir():
        other.write(f"content/{path.name}", path.read_bytes())
    store = collection_folder(three.root, three.content, three.output) / "texts.sqlite3"
    folder = collection_folder(other.root, other.content, other.output)
    folder.mkdir(parents=True)
    (folder / "texts.sqlite3").write_bytes(store.read_bytes())
    typeset: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        plain = Reading.typeset
        patch.setattr(Reading, "typeset", lambda self, entry: typeset.append(entry.source) or plain(self, entry))
        other.build()
    assert typeset == []
    assert tree_of(other.output) == tree_of(three.output)


def test_what_a_template_shows_beyond_the_plan_is_seen(three: Project) -> None:
    import shutil

    from tests.conftest import ROOT

    shutil.copytree(ROOT / "theme", three.root / "theme")
    settings = (three.root / "testconf.py").read_text() + f"THEME = {str(three.root / 'theme')!r}\n"
    three.write("testconf.py", settings)
    page = (ROOT / "theme" / "templates" / "macros.html").read_text(encoding="utf-8")
    words = '<p class="when">{{ texts[entry.source].description }} '
    three.write("theme/templates/macros.html", page.replace('<p class="when">', words, 1))
    three.build()
    three.write("content/c.md", "Title: The mill\nDate: 2006-10-24\n\nOther first words.\n")
    three.build()
    assert "Other first words." in three.page("2006/index.html")


def test_other_plugins_have_everything_made_again(three: Project) -> None:
    three.write("own_plugin.py", "def register():\n    pass\n")
    settings = f"import sys; sys.path.insert(0, {str(three.root)!r}); PLUGINS = [*PLUGINS, 'own_plugin']\n"
    three.write("testconf.py", (three.root / "testconf.py").read_text() + settings)
    three.build()
    before = written(three)
    three.leaflet("c.md", "The windmill")
    three.build()
    assert not set(before.values()) & set(written(three).values())


def test_a_damaged_list_of_pages_is_not_believed(three: Project) -> None:
    folder = collection_folder(three.root, three.content, three.output)
    text = (folder / "pages.json").read_text(encoding="utf-8")
    for damage in ("", "{", text[:-40], text.replace("leaflets/the-mill", "leaflets/the-mull"), text[:64] + "\n[]"):
        (folder / "pages.json").write_text(damage, encoding="utf-8")
        three.write("content/c.md", f"Title: The mill\nDate: 2006-10-24\n\n{len(damage)} words.\n")
        three.build()
        assert f"{len(damage)} words." in three.page("leaflets/the-mill/index.html")
        assert Path(folder / "pages.json").read_text(encoding="utf-8") != damage


def test_a_file_or_a_folder_takes_the_place_of_a_redirect(three: Project) -> None:
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
