"""What is kept may be of any shape, with right checksums: it is made again, and nothing of it leads elsewhere."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from press import sealed
from press.cache.copies_shelf import Shelf
from press.cache.sealed import read_sealed, write_sealed
from press.exports.export_input import Made
from press.publish import collection_folder
from press.publish.manifest import Manifest, Record, read_manifest
from press.runtime import files as disk
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
    with sqlite3.connect(folder_of(project) / "texts.sqlite3") as store:
        for key, value in store.execute("SELECT key, value FROM kept").fetchall():
            new = change(value)
            digest = hashlib.blake2b(f"{key}\n{new}".encode(), digest_size=16).digest()
            store.execute("UPDATE kept SET value = ?, sum = ? WHERE key = ?", (new, digest, key))
    store.close()


def assert_builds(project: Project) -> None:
    project.leaflet("C.md", "C")
    assert project.build().leaflets == 3
    assert "Some" in project.page("leaflets/a/index.html")


@pytest.mark.parametrize("value", ["no json", DEEP, "5", "null", "{}", None, 7, b"abc", '[1, 2, 3, 4, "[]"]'])
def test_a_value_of_another_shape_is_made_again(two: Project, value: object) -> None:
    change_store(two, lambda _: value)
    assert_builds(two)


@pytest.mark.parametrize(("place", "value"), [(2, "../../../evil"), (0, "../testconf.py"), (1, 5), (5, 5), (4, "")])
def test_an_entry_that_could_not_be_is_read_again(two: Project, place: int, value: object) -> None:
    def change(text: str) -> str:
        found = json.loads(text)
        if isinstance(found, list) and len(found) == 2:
            found[0][place] = value
        return json.dumps(found)

    change_store(two, change)
    assert_builds(two)
    assert not list(two.root.parent.glob("evil*"))


@pytest.mark.parametrize("count", [2**63 - 1, 1e300, float("inf"), "9" * 30, None, -1])
def test_a_store_with_a_strange_count_is_made_anew(two: Project, count: object) -> None:
    with sqlite3.connect(folder_of(two) / "texts.sqlite3") as store:
        store.execute("UPDATE about SET value = ? WHERE name = 'build'", (count,))
    store.close()
    assert_builds(two)


@pytest.mark.parametrize("page", [["x", False, [5], []], ["x", False, [], [["a"]]], ["x", False, [], [[1, 2, 3]]]])
def test_pages_of_another_shape_are_made_again(two: Project, page: list[Any]) -> None:
    file = folder_of(two) / "pages.json"
    body = read_sealed(file)
    write_sealed(file, {**body, "pages": {path: [old[0], *page[1:]] for path, old in body["pages"].items()}})
    assert_builds(two)


@pytest.mark.parametrize(
    "change",
    [
        {"numbers": {}},
        {"numbers": {"leaflets": 1e999}},
        {"problems": [{"path": 1, "line": "a", "level": 1, "rule": None, "message": 3}]},
    ],
)
def test_a_standing_build_of_another_shape_is_not_believed(two: Project, change: dict[str, Any]) -> None:
    file = folder_of(two) / "standing.json"
    write_sealed(file, {**read_sealed(file), **change})
    assert not two.build().unchanged


@pytest.mark.parametrize("name", ["pages.json", "standing.json"])
def test_a_disk_that_is_full_after_the_swap_refuses_nothing(
    two: Project, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = disk.write_whole

    def write(path: Path, text: str) -> None:
        if path.name == name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        plain(path, text)

    monkeypatch.setattr(sealed, "write_whole", write)
    assert_builds(two)


@pytest.mark.parametrize("index", ["{}", "[]", '{"files": {}, "findings": [["X", "a", "b", "c"]]}', DEEP])
def test_a_shelf_of_another_shape_has_nothing(tmp_path: Path, index: str) -> None:
    (tmp_path / "key").mkdir()
    checksum = hashlib.sha256(index.encode()).hexdigest()
    (tmp_path / "key" / "index").write_text(f"{checksum}\n{index}")
    assert Shelf(tmp_path).get("key") is None


def test_a_damaged_copy_that_cannot_be_replaced_is_not_put_out(tmp_path: Path) -> None:
    Shelf(tmp_path / "shelf").put("key", Made({"txt": b"whole"}))
    (tmp_path / "shelf" / "key" / "txt").write_bytes(b"damaged")
    shelf = Shelf(tmp_path / "shelf")
    assert shelf.get("key") is None
    (tmp_path / "shelf" / f"key.{os.getpid()}").mkdir()  # so that nothing can be put, as on a full disk
    shelf.put("key", Made({"txt": b"whole"}))
    assert not shelf.put_out("key", "txt", tmp_path / "published")
    assert not (tmp_path / "published").exists()


def test_a_list_with_a_name_that_no_file_can_have_is_no_traceback(two: Project) -> None:
    file = two.output / "manifest.json"
    listed = read_manifest(file)
    assert listed is not None
    file.write_text(Manifest({**listed.files, "a\ud800": Record(1, "x")}, listed.sources).written)
    shutil.rmtree(two.root / ".press")  # so that the list in output is asked
    assert_builds(two)
