"""`inv check` does nothing twice that a build or a check has kept, and finds the same as a check that has nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import press.dry_run
import press.site.export
import press.site.render
from press.build import build
from press.diagnostics import Refused, error
from press.dry_run import CHECK, CheckReport, recall_or_check
from press.editor.lint import examine_texts
from press.site.typeset import Typesetter
from tests.conftest import ROOT, Project, make_project
from tests.support.checked import TEXT, make_leaflets, options_of, write_text


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Three leaflets; the current folder is theirs."""
    monkeypatch.chdir(tmp_path)
    return make_leaflets(tmp_path)


def check(project: Project, formats: str = "") -> CheckReport:
    return recall_or_check(options_of(project, formats), examine_texts, make_exports=bool(formats))


def rules(report: CheckReport) -> list[str]:
    return [problem.rule for problem in report.problems]


class Made:
    """What the stages have made: pages by path, texts by source, downloads by slug."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pages: list[str] = []
        self.texts: list[str] = []
        self.downloads: list[str] = []
        write, typeset, make = press.site.render._write_all, Typesetter.typeset_all, press.site.export._make_all

        def write_all(site: Any, outputs: Sequence[Any]) -> Any:
            self.pages += [output.path for output in outputs if output.template]
            return write(site, outputs)

        def typeset_all(typesetter: Any, entries: Sequence[Any]) -> Any:
            self.texts += [entry.source for entry in entries]
            return typeset(typesetter, entries)

        def make_all(site: Any, toolchain: Any, leaflets: Sequence[Any]) -> Any:
            self.downloads += [leaflet.entry.slug for leaflet in leaflets]
            return make(site, toolchain, leaflets)

        monkeypatch.setattr(press.site.render, "_write_all", write_all)
        monkeypatch.setattr(Typesetter, "typeset_all", typeset_all)
        monkeypatch.setattr(press.site.export, "_make_all", make_all)

    def take(self) -> tuple[list[str], list[str], list[str]]:
        """Return what was made since the last call."""
        made = self.pages, self.texts, self.downloads
        self.pages, self.texts, self.downloads = [], [], []
        return made


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    return Made(monkeypatch)


def test_a_check_after_a_build_makes_nothing(archive: Project, made: Made) -> None:
    archive.build()
    assert made.take()[1:] == (["a.md", "b.md", "c.md"], ["leaflet-a", "leaflet-b", "leaflet-c"])
    report = check(archive)
    assert made.take() == ([], [], [])
    assert (rules(report), report.unmade, report.unchanged) == (["double-space"] * 3, (), False)


def test_a_build_after_a_check_typesets_nothing_again_and_makes_only_the_downloads(
    archive: Project, made: Made
) -> None:
    report = check(archive)
    assert made.take()[1:] == (["a.md", "b.md", "c.md"], [])
    assert len(report.unmade) == 3
    archive.build()
    assert made.take()[1:] == ([], ["leaflet-a", "leaflet-b", "leaflet-c"])
    assert check(archive).unmade == ()
    assert made.take() == ([], [], [])


def test_a_check_after_one_edit_makes_what_shows_that_text_and_no_download(archive: Project, made: Made) -> None:
    archive.build()
    made.take()
    write_text(archive, "b", "The winter of b was short.")
    report = check(archive)
    pages, texts, downloads = made.take()
    assert (texts, downloads) == (["b.md"], [])
    assert "leaflets/leaflet-b/index.html" in pages
    assert "leaflets/leaflet-a/index.html" not in pages
    assert (rules(report), len(report.unmade)) == (["double-space"] * 2, 1)


def test_a_check_of_an_unchanged_archive_is_that_of_the_last(archive: Project, made: Made) -> None:
    first = check(archive)
    made.take()
    second = check(archive)
    assert made.take() == ([], [], [])
    assert (second.unchanged, second.problems, second.unmade) == (True, first.problems, first.unmade)
    write_text(archive, "a", "The winter was long.")
    assert not check(archive).unchanged
    write_text(archive, "a", "The  winter of a was long.")
    assert check(archive).problems == first.problems


def test_errors_are_kept_too_until_they_are_fixed(archive: Project) -> None:
    archive.write("content/d.md", "Title: D\n\nWords.\n")
    assert "date-missing" in rules(check(archive))
    second = check(archive)
    assert second.unchanged
    assert "date-missing" in rules(second)
    (archive.content / "d.md").unlink()
    assert "date-missing" not in rules(check(archive))


def test_a_build_in_between_brings_what_its_downloads_have_found(project: Project) -> None:
    project.write("testconf.py", (project.root / "testconf.py").read_text() + 'DOWNLOADS_FORMATS = "all"\n')
    write_text(project, "a", "麵")
    before = check(project)
    assert ("glyph" in rules(before), len(before.unmade)) == (False, 1)
    build(options_of(project))
    after = check(project)
    assert ("glyph" in rules(after), after.unmade, after.unchanged) == (True, (), False)
    assert check(project).unchanged


def test_a_check_can_make_the_downloads_itself_and_the_build_takes_them(archive: Project, made: Made) -> None:
    assert check(archive, "text").unmade == ()
    assert made.take()[2] == ["leaflet-a", "leaflet-b", "leaflet-c"]
    archive.build()
    assert made.take()[2] == []


def test_a_link_to_a_download_that_is_not_made_yet_is_not_called_broken(archive: Project) -> None:
    write_text(archive, "a", "See [its text](../leaflet-b/leaflet-b.txt) and [none](../leaflet-b/leaflet-b.doc).")
    assert [p.message.partition(" ")[0] for p in check(archive).problems if p.rule == "broken-link"] == [
        "“../leaflet-b/leaflet-b.doc”"
    ]


def test_what_only_this_moment_explains_is_not_kept(archive: Project) -> None:
    passing = [error("content/a.md", 1, "vanished", "gone")]
    assert recall_or_check(options_of(archive), lambda _: passing, make_exports=False).problems == tuple(passing)
    assert not check(archive).unchanged


def test_a_content_folder_that_is_gone_is_said_even_if_much_is_kept(archive: Project) -> None:
    check(archive)
    shutil.rmtree(archive.content)
    with pytest.raises(Refused) as refused:
        check(archive)
    assert [problem.rule for problem in refused.value.problems] == ["no-content"]


def test_another_current_folder_has_other_paths(archive: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(archive).problems[0].path == "content/a.md"
    monkeypatch.chdir(archive.content)
    assert check(archive).problems[0].path == "a.md"


def test_a_damaged_record_is_made_again(archive: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as damaging:
        damaging.setattr(press.dry_run, "CHECK", replace(CHECK, dump=lambda record: [record.key, [["no"]], []]))
        first = check(archive)
    second = check(archive)
    assert (second.unchanged, second.problems) == (False, first.problems)
    assert check(archive).unchanged


def rows(project: Project, query: str) -> Any:
    (file,) = project.root.glob(".press/*/cache/cache.sqlite3")
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchone()[0]


def test_a_check_is_not_counted_as_a_build_but_deletes_what_is_old(
    archive: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press.dry_run, "_FEW_STYLES", 2)
    for n in range(6):
        write_text(archive, "a", f"Version  {n}.")
        archive.build()
        check(archive)
    assert rows(archive, "SELECT value FROM about WHERE name = 'build'") == 6
    assert rows(archive, "SELECT count(*) FROM kept WHERE step = 'style'") <= 3 + 2 + 1
    assert rows(archive, "SELECT count(*) FROM kept WHERE step = 'check'") == 1


def test_a_check_with_all_that_was_kept_finds_what_one_without_finds(tmp_path: Path) -> None:
    """The test site, with faults of every stage, and straight marks that only the finished page shows."""

    def fill(root: Path) -> Project:
        project = make_project(root)
        shutil.copytree(ROOT / "tests" / "sample", project.content)
        write_text(project, "straight", 'A \\"mark\\".\n\nKept: &#39;one&#39; \\"more\\".')
        write_text(project, "waiver", "Words.\n")
        project.write("content/w.md", f"Accept: double-space (so)\n{TEXT.format(title='W', words='One.')}")
        return project

    def found(project: Project) -> list[str]:
        return [str(problem).replace(f"{project.root}/", "") for problem in check(project).problems]

    fresh, worked = fill(tmp_path / "fresh"), fill(tmp_path / "worked")
    worked.build()
    write_text(worked, "broken", "See [this](nowhere.md).")
    assert "broken-link" in " ".join(found(worked))
    (worked.content / "broken.md").unlink()
    write_text(worked, "waiver", "Other words.\n")
    assert check(worked).problems
    write_text(worked, "waiver", "Words.\n")
    assert found(worked) == found(fresh)
    assert " ".join(found(fresh)).count("[straight-mark]") == 2
