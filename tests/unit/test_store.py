"""A store gives back what was kept, or nothing: never something else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.cache.store import KEPT_BUILDS, open_store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "store.sqlite"


def keep(file: Path, **values: object) -> None:
    with open_store(file) as store:
        assert store.keep(values)


def fetch(file: Path, *keys: str) -> dict[str, object]:
    with open_store(file) as store:
        return store.fetch(keys)


def test_what_is_kept_is_given_back(file: Path) -> None:
    keep(file, a={"body": "« calm »"}, b=[1, None])
    assert fetch(file, "a", "b", "c") == {"a": {"body": "« calm »"}, "b": [1, None]}


def test_many_keys_at_once(file: Path) -> None:
    values = {f"key{n}": n for n in range(2_500)}
    keep(file, **values)
    assert fetch(file, *values) == values


def test_a_later_value_takes_the_place_of_an_earlier(file: Path) -> None:
    keep(file, a=1)
    keep(file, a=2)
    assert fetch(file, "a") == {"a": 2}


def test_what_nobody_asks_for_is_swept_and_what_is_asked_for_stays(file: Path) -> None:
    keep(file, old=1, used=2)
    for _ in range(2 * KEPT_BUILDS):
        with open_store(file) as store:
            assert store.keep({}, asked=["used"])
    assert fetch(file, "old", "used") == {"used": 2}


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 5000])
def test_a_file_that_is_no_store_is_made_anew(file: Path, damage: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(damage)
    assert fetch(file, "a") == {}
    keep(file, a=1)
    assert fetch(file, "a") == {"a": 1}


def test_a_store_of_another_version_is_made_anew(file: Path) -> None:
    keep(file, a=1)
    with sqlite3.connect(file) as other:
        other.execute("UPDATE about SET value = 99 WHERE name = 'version'")
    other.close()
    assert fetch(file, "a") == {}


def test_a_value_that_was_changed_is_not_believed(file: Path) -> None:
    keep(file, a="text", b="text")
    with sqlite3.connect(file) as other:
        other.execute("""UPDATE kept SET value = '"taxt"' WHERE key = 'a'""")
        other.execute("UPDATE kept SET key = 'c' WHERE key = 'b'")
    other.close()
    assert fetch(file, "a", "b", "c") == {}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cut=st.floats(0, 1), flip=st.integers(0, 10_000))
def test_a_store_cut_short_or_flipped_gives_what_was_kept_or_nothing(file: Path, cut: float, flip: int) -> None:
    values = {f"key{n}": {"body": "word " * 50, "n": n} for n in range(60)}
    file.unlink(missing_ok=True)
    keep(file, **values)
    data = bytearray(file.read_bytes()[: int(file.stat().st_size * cut)])
    if data:
        data[flip % len(data)] ^= 0xFF
    file.write_bytes(data)
    found = fetch(file, *values)
    assert found.items() <= values.items()


def test_two_builds_at_once(file: Path) -> None:
    with open_store(file) as one, open_store(file) as other:
        assert one.keep({"a": 1})
        assert other.keep({"b": 2})
        assert one.fetch("ab") == other.fetch("ab") == {"a": 1, "b": 2}


def test_a_store_that_is_held_is_left_alone(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(file, a=1)
    plain = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name, timeout: plain(name, timeout=0))
    holder = plain(file)
    holder.execute("BEGIN EXCLUSIVE")
    with open_store(file) as store:
        assert store.fetch(["a"]) == {}
        assert not store.keep({"b": 2})
    holder.rollback()
    holder.close()
    assert fetch(file, "a", "b") == {"a": 1}


def test_a_place_that_cannot_be_written_to_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file")
    with open_store(tmp_path / "folder" / "store.sqlite") as store:
        assert store.fetch(["a"]) == {}
        assert not store.keep({"a": 1})
