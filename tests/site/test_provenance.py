"""What an import keeps for the archive stays in the file: no page, copy, feed, list or search has it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from press.build import build
from tests.conftest import SEARCHED, Project, make_project
from tests.site.test_downloads import options_for
from tests.unit.test_importing import take_in

SECRETS = ("box-of-my-uncle", "sha256 0", "became metadata", "THE HARBOUR SHEET", "letters-from-ada")
SHA256 = "0" * 64
TEXT = """The hall

3 May 1926

The hall is cold, and the men who sit in it have been cold for longer than the
hall has stood.
"""
OLD = f"""Title: The gate
Date: 1926
Category: Letters
Source: Typescript in the union hall; letters-from-ada/gate.txt (sha256 {SHA256})

The gate is open {{page 2}} and nobody goes in.
"""
IMPORTED = f"""Imported:
    box-of-my-uncle/road.txt (sha256 {SHA256})
    Running head removed: “THE HARBOUR SHEET”.
"""
KEPT = f"""Title: The road
Date: 1926
Category: Letters
Source: A folded sheet
Corrections: “the the”: one deleted.
{IMPORTED}
The road goes on.
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_project(tmp_path_factory.mktemp("provenance"), SEARCHED)
    project.write("in/box-of-my-uncle/a.txt", TEXT)
    project.write("content/leaflets/gate.md", OLD)
    project.write("content/leaflets/road.md", KEPT)
    take_in(project)
    build(options_for(project))
    return project


def read_all(file: Path) -> Iterator[str]:
    """Yield all that can be read in a file: its bytes, the files in a zip, the words of a PDF."""
    data = file.read_bytes()
    yield data.decode("utf-8", "replace")
    if file.suffix == ".epub":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            yield from (book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if file.suffix == ".pdf" and shutil.which("pdftotext"):
        yield subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout.decode()


def test_the_file_has_what_the_import_kept(published: Project) -> None:
    (hall,) = published.content.rglob("the-hall.md")
    header = hall.read_text(encoding="utf-8").partition("\n\n")[0]
    assert "Imported:\n    box-of-my-uncle/a.txt (sha256 " in header
    assert "became metadata." in header
    assert "Source:" not in header
    assert "Category:" not in header


def test_nothing_that_is_published_has_it(published: Project) -> None:
    files = [file for file in published.output.rglob("*") if file.is_file()]
    assert {".html", ".txt", ".pdf", ".epub", ".json", ".csv", ".bib", ".ris", ".xml"} <= {f.suffix for f in files}
    found = [(file.name, words) for file in files for text in read_all(file) for words in SECRETS if words in text]
    assert found == []


def test_what_the_archivist_says_is_shown(published: Project) -> None:
    gate, road = (published.page(f"leaflets/{slug}/index.html") for slug in ("the-gate", "the-road"))
    assert "<dd>Typescript in the union hall</dd>" in gate
    assert "<dd>A folded sheet</dd>" in road
    assert "“the the”: one deleted." in road
    markdown = published.page("leaflets/the-gate/the-gate.md")
    assert markdown == OLD.replace(f"; letters-from-ada/gate.txt (sha256 {SHA256})", "")
    assert published.page("leaflets/the-road/the-road.md") == KEPT.replace(IMPORTED, "")
    copy = published.page("leaflets/the-gate/the-gate.txt")
    assert "Source: Typescript in the union hall\n" in copy
    assert "The gate is open and nobody goes" in copy


def test_a_source_is_known_by_either_key(published: Project) -> None:
    names = [item.outcome.value for item in take_in(published).items]
    assert names == ["already in the archive"]
