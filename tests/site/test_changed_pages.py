"""After an edit the check examines what has changed, and finds all that a check of every page finds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import press.finished_tree
from press.check.facts import FileFacts, examine_file
from press.diagnostics import Refused
from tests.conftest import Project, make_project

HARBOUR = "Title: Harbour\nDate: 1974\n\nThe cranes stand still.\n\nNobody loads the ships.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Project:
    """Three leaflets, one of which leads to a paragraph of another, and twelve more."""
    project = make_project(tmp_path)
    project.write("content/leaflets/harbour.md", HARBOUR)
    project.write("content/leaflets/mill.md", "Title: Mill\nDate: 1975\n\nThe looms stand still.\n")
    for number in range(12):
        project.write(f"content/leaflets/n{number}.md", f"Title: N{number}\nDate: 1980\n\nWords.\n")
    project.build()
    link = f"[ships]({{filename}}harbour.md{place_of(project)})"
    project.write("content/leaflets/strike.md", f"Title: Strike\nDate: 1976\n\nOf {link}.\n")
    project.build()
    return project


def place_of(project: Project) -> str:
    """Return the place of the second paragraph of the harbour."""
    page = project.page("leaflets/harbour/index.html")
    return "#" + page[: page.index("Nobody loads")].rpartition('id="')[2].partition('"')[0]


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are read by the check, in order."""
    names: list[str] = []

    def note(name: str, data: bytes, address: str) -> FileFacts:
        names.append(name)
        return examine_file(name, data, address)

    monkeypatch.setattr(press.finished_tree, "examine_file", note)
    return names


def looked_at(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that gets the number of pages whose facts are asked for, at each time."""
    counts: list[int] = []
    recall = press.finished_tree._Examined.examine

    def count(tree: press.finished_tree._Examined, names: list[str]) -> dict[str, FileFacts]:
        names = list(names)
        counts.append(len(names))
        return recall(tree, names)

    monkeypatch.setattr(press.finished_tree._Examined, "examine", count)
    return counts


def test_only_pages_that_have_changed_are_examined(
    archive: Project, examined: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = looked_at(archive, monkeypatch)
    archive.write("content/leaflets/mill.md", "Title: Mill\nDate: 1975\n\nThe looms run.\n")
    archive.build()
    assert "leaflets/mill/index.html" in examined
    assert "leaflets/strike/index.html" not in examined
    assert sum(counts) < 12  # of about fifty


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            lambda project: project.write(
                "content/leaflets/harbour.md", HARBOUR.replace("Nobody loads", "They leave")
            ),
            "leads to a place that does not exist on /leaflets/harbour/",
        ),
        (
            lambda project: project.write(
                "content/leaflets/mill.md", "Title: Mill\nDate: 1975\n\n[a](../strike/#no)\n"
            ),
            "leads to a place that does not exist on /leaflets/strike/",
        ),
        (
            lambda project: project.write("content/leaflets/mill.md", "Title: Mill\nDate: 1975\n\n[a](../none/)\n"),
            "leads to nothing in this archive",
        ),
    ],
)
def test_a_link_that_an_edit_breaks_is_found_on_whichever_page(
    archive: Project, change: Callable[[Project], object], found: str
) -> None:
    change(archive)
    with pytest.raises(Refused) as kept:
        archive.build()
    shutil.rmtree(archive.root / ".press")
    with pytest.raises(Refused) as anew:
        archive.build()
    assert found in str(kept.value.problems[0])
    assert kept.value.problems == anew.value.problems


def test_a_file_that_is_gone_is_found_on_a_page_that_has_not_changed(archive: Project) -> None:
    archive.write("content/files/list.txt", "ships\n")
    archive.write("content/leaflets/mill.md", "Title: Mill\nDate: 1975\n\n[list](../../files/list.txt)\n")
    archive.build()
    (archive.content / "files" / "list.txt").unlink()
    archive.write("content/leaflets/n1.md", "Title: N1\nDate: 1980\n\nOther words.\n")
    with pytest.raises(Refused, match=r"mill\.md:4: error: \[broken-link\]"):
        archive.build()


def test_the_facts_of_pages_that_are_not_looked_at_are_kept(archive: Project, examined: list[str]) -> None:
    """Values that a build does not use are deleted: these are used, though nobody reads them."""
    for number in range(25):
        archive.write("content/leaflets/mill.md", f"Title: Mill\nDate: 1975\n\nThe looms run {number} times.\n")
        archive.build()
    examined.clear()
    archive.write("content/leaflets/n1.md", "Title: N1\nDate: 1980\n\nOther words.\n")
    archive.write("content/leaflets/harbour.md", HARBOUR.replace("Nobody loads", "They leave"))
    with pytest.raises(Refused):  # every page is looked at
        archive.build()
    assert len(examined) < 12
