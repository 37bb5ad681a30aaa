"""A store returns what was stored, or nothing: never another value."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.cache.store import KEPT_BUILDS, SPARE, Store, open_store
from press.runtime.blob import Blob, blob_of

DATABASE = "cache.sqlite3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "work" / "cache"


def keep(folder: Path, **values: object) -> None:
    with open_store(folder) as store:
        store.put("text", values)


def fetch(folder: Path, *keys: str) -> dict[str, object]:
    with open_store(folder) as store:
        return store.fetch(keys)


def _blobs(files: dict[str, bytes]) -> dict[str, Blob]:
    return {name: blob_of(data) for name, data in files.items()}


def build(folder: Path, *used: str, step: str = "text", spare: int = SPARE) -> None:
    """Use some values as a build does."""
    with open_store(folder) as store:
        store.sweep(step, used, 0, spare)
        store.finish()


def test_a_stored_value_is_returned(folder: Path) -> None:
    keep(folder, a={"body": "« calm »"}, b=[1, None])
    assert fetch(folder, "a", "b", "c") == {"a": {"body": "« calm »"}, "b": [1, None]}


def test_many_keys_at_once(folder: Path) -> None:
    values = {f"key{n}": n for n in range(2_500)}
    keep(folder, **values)
    assert fetch(folder, *values) == values


def test_values_that_are_wanted_together_are_read_from_one_row(folder: Path) -> None:
    values: dict[str, object] = {f"key{n}": n for n in range(600)}
    keep(folder, **values)
    with open_store(folder) as store:
        assert store.fetch([*values, "absent"], "text") == values
    with sqlite3.connect(folder / DATABASE) as database:
        database.execute("DELETE FROM kept WHERE step = 'text'")
    keep(folder, more=1)
    with open_store(folder) as store:
        assert store.fetch([*values, "more", "absent"], "text") == {**values, "more": 1}
        assert store.fetch(list(values)) == {}, "others do not look there"
        store.separate("text")
        assert store.fetch([*values, "more"], "text") == {"more": 1}


@pytest.mark.parametrize("value", ["", "[1, 2", "[1, 2]", "null"])
def test_a_damaged_row_of_values_together_is_as_good_as_none(folder: Path, value: str) -> None:
    values: dict[str, object] = {f"key{n}": n for n in range(600)}
    keep(folder, **values)
    with open_store(folder) as store:
        store.fetch(values, "text")
        if value == "[1, 2]":
            store.put("together", {"text/together": [1, 2]})
    with sqlite3.connect(folder / DATABASE) as database:
        changed = "UPDATE kept SET value = ? WHERE key = 'text/together' AND ? != '[1, 2]'"
        database.execute(changed, (value, value))
    with open_store(folder) as store:
        assert store.fetch(values, "text") == values


def test_a_later_value_replaces_an_earlier_one(folder: Path) -> None:
    keep(folder, a=1)
    keep(folder, a=2)
    assert fetch(folder, "a") == {"a": 2}


def test_what_no_build_uses_is_swept_and_what_is_used_stays(folder: Path) -> None:
    keep(folder, old=1, used=2)
    for _ in range(2 * KEPT_BUILDS):
        build(folder, "used")
    assert fetch(folder, "old", "used") == {"used": 2}


def test_as_many_unused_values_as_used_ones_and_some_more_are_kept(folder: Path) -> None:
    with open_store(folder) as store:
        store.put("text", {f"key{n:03}": n for n in range(200)})
        store.finish()
    used = [f"key{n:03}" for n in range(30)]
    with open_store(folder) as store:
        store.sweep("text", used, fresh=SPARE + 1)
        left = store.fetch(f"key{n:03}" for n in range(200))
    assert set(used) <= set(left)
    assert len(left) == 2 * len(used) + SPARE


def test_only_the_last_of_a_steps_large_values_is_kept(folder: Path) -> None:
    for name in "abc":
        with open_store(folder) as store:
            store.put("index", {name: 1})
            store.put_files(name, _blobs({"en/words": b"large"}))
            store.sweep("index", [name], 1, spare=1)
            store.finish()
    assert fetch(folder, "a", "b", "c").keys() == {"b", "c"}
    assert {path.name for path in (folder / "files").iterdir()} == {"b", "c"}


def test_files_are_kept_whole_or_not_at_all(folder: Path) -> None:
    with open_store(folder) as store:
        blobs = store.put_files("k", _blobs({"pdf": b"%PDF\0", "en/index.pf": b""}))
        listed = {name: (blob.size, blob.sha256) for name, blob in blobs.items()}
        assert {name: blob.read() for name, blob in store.find_files("k", listed).items()} == {
            "pdf": b"%PDF\0",
            "en/index.pf": b"",
        }
        assert all(blob.is_sound() for blob in blobs.values())
        (folder / "files" / "k" / "pdf").write_bytes(b"%PDF\1")
        assert not blobs["pdf"].is_sound()
        (folder / "files" / "k" / "pdf").unlink()
        assert not blobs["pdf"].is_sound()
        assert store.put_files("k", _blobs({"pdf": b"anew"}))["pdf"].read() == b"anew"


def test_files_without_a_value_are_swept(folder: Path) -> None:
    with open_store(folder) as store:
        store.put_files("lost", _blobs({"pdf": b"x"}))
        (folder / "files" / "half.123").mkdir()
    for _ in range(10):
        build(folder)
    assert list((folder / "files").iterdir()) == []


def test_files_that_cannot_be_written_stay_in_memory(folder: Path) -> None:
    with open_store(folder) as store:
        (folder / "files").write_text("a file")
        assert store.put_files("k", _blobs({"pdf": b"x"}))["pdf"].read() == b"x"


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 5000])
def test_a_file_that_is_not_a_store_is_replaced(folder: Path, damage: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / DATABASE).write_bytes(damage)
    assert fetch(folder, "a") == {}
    keep(folder, a=1)
    assert fetch(folder, "a") == {"a": 1}


def test_a_store_of_another_version_is_replaced(folder: Path) -> None:
    keep(folder, a=1)
    with sqlite3.connect(folder / DATABASE) as other:
        other.execute("UPDATE about SET value = 99 WHERE name = 'version'")
    other.close()
    assert fetch(folder, "a") == {}


def test_a_changed_value_is_rejected(folder: Path) -> None:
    keep(folder, a="text", b="text")
    with sqlite3.connect(folder / DATABASE) as other:
        other.execute("""UPDATE kept SET value = '"taxt"' WHERE key = 'a'""")
        other.execute("UPDATE kept SET key = 'c' WHERE key = 'b'")
    other.close()
    assert fetch(folder, "a", "b", "c") == {}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1), flip=st.integers(0, 10_000))
def test_a_damaged_store_returns_what_was_stored_or_nothing(folder: Path, cut: float, flip: int) -> None:
    values = {f"key{n}": {"body": "word " * 50, "n": n} for n in range(60)}
    file = folder / DATABASE
    file.unlink(missing_ok=True)
    keep(folder, **values)
    data = bytearray(file.read_bytes()[: int(file.stat().st_size * cut)])
    if data:
        data[flip % len(data)] ^= 0xFF
    file.write_bytes(data)
    found = fetch(folder, *values)
    assert found.items() <= values.items()


def test_two_builds_at_once(folder: Path) -> None:
    with open_store(folder) as one, open_store(folder) as other:
        one.put("text", {"a": 1})
        other.put("text", {"b": 2})
        assert one.fetch("ab") == other.fetch("ab") == {"a": 1, "b": 2}


def test_a_locked_store_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder, a=1)
    plain = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name, timeout: plain(name, timeout=0))
    holder = plain(folder / DATABASE)
    holder.execute("BEGIN EXCLUSIVE")
    with open_store(folder) as store:
        assert store.fetch(["a"]) == {}
        store.put("text", {"b": 2})
        assert store.fetch(["b"]) == {"b": 2}, "for this build it is in memory"
    holder.rollback()
    holder.close()
    assert fetch(folder, "a", "b") == {"a": 1}


def test_a_build_works_without_a_writable_store(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with open_store(tmp_path / "cache") as store:
        assert store.fetch(["a"]) == {}
        store.put("text", {"a": 1})
        store.finish()
    assert fetch(tmp_path / "cache", "a") == {}


def test_without_a_folder_values_live_as_long_as_the_store() -> None:
    store = Store()
    store.put("text", {"a": 1})
    assert store.fetch("ab") == {"a": 1}
    assert Store().fetch("ab") == {}
