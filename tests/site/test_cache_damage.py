"""Cached values of the wrong shape, with right checksums, are made again, and cannot name files elsewhere."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from press.publish import collection_folder
from press.publish.manifest import Manifest, Record, read_manifest
from tests.conftest import Project

DEEP = "[" * 200_000


@pytest.fixture
def two(project: Project) -> Project:
    for name in ("A", "B"):
        project.leaflet(f"{name}.md", name)
    project.build()
    return project


def folder_of(project: Project) -> Path:
    return collection_folder(project.root, project.content, project.output)


def change_store(project: Project, change: Callable[[str], object]) -> None:
    with sqlite3.connect(folder_of(project) / "cache" / "cache.sqlite3") as store:
        for key, value in store.execute("SELECT key, value FROM kept").fetchall():
            new = change(value)
            digest = hashlib.blake2b(f"{key}\n{new}".encode(), digest_size=16).digest()
            store.execute("UPDATE kept SET value = ?, checksum = ? WHERE key = ?", (new, digest, key))
    store.close()


def assert_builds(project: Project) -> None:
    project.leaflet("C.md", "C")
    assert project.build().leaflets == 3
    assert "Some" in project.page("leaflets/a/index.html")


@pytest.mark.parametrize(
    "value",
    ["no json", DEEP, "5", "null", "{}", None, 7, b"abc", '[1, 2, 3, 4, "[]"]', "[5, {}]", "[[], {}]", '["x", {}]'],
)
def test_a_value_of_the_wrong_shape_is_made_again(two: Project, value: object) -> None:
    change_store(two, lambda _: value)
    assert_builds(two)


@pytest.mark.parametrize(("place", "value"), [(2, "../../../evil"), (0, "../testconf.py"), (1, 5), (5, 5), (4, "")])
def test_an_impossible_entry_is_read_again(two: Project, place: int, value: object) -> None:
    def change(text: str) -> str:
        found = json.loads(text)
        if isinstance(found[0], list) and isinstance(found[0][0], list) and len(found[0][0]) > 20:  # an entry
            found[0][0][place] = value
        return json.dumps(found)

    change_store(two, change)
    assert_builds(two)
    assert not list(two.root.parent.glob("evil*"))


@pytest.mark.parametrize("count", [2**63 - 1, 1e300, float("inf"), "9" * 30, None, -1])
def test_a_store_with_a_wrong_count_is_replaced(two: Project, count: object) -> None:
    with sqlite3.connect(folder_of(two) / "cache" / "cache.sqlite3") as store:
        store.execute("UPDATE about SET value = ? WHERE name = 'build'", (count,))
    store.close()
    assert_builds(two)


def test_a_manifest_with_an_impossible_file_name_is_not_a_traceback(two: Project) -> None:
    file = two.output / "manifest.json"
    listed = read_manifest(file)
    assert listed is not None
    file.write_text(Manifest({**listed.files, "a\ud800": Record(1, "x")}, listed.sources).written)
    shutil.rmtree(two.root / ".press")  # so that the manifest in output is read
    assert_builds(two)
