"""The worker of a preview reads a file again unless it is surely as it was."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from press.cache.keys import hash_files
from press.preview import known_files
from press.preview.known_files import KnownFiles


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that have been read; files are old enough to be trusted at once."""
    names: list[str] = []

    plain = known_files._read

    def note(path: str) -> Any:
        names.append(Path(path).name)
        return plain(path)

    monkeypatch.setattr(known_files, "_read", note)
    monkeypatch.setattr(known_files, "SETTLED", -(2**63))
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    for name in ("a.md", "b.md", "sub/c.md"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


NAMES = ["a.md", "b.md", "sub/c.md"]


def test_a_file_is_read_once_and_has_the_hash_that_a_build_gives_it(folder: Path, read: list[str]) -> None:
    known = KnownFiles()
    for _ in range(2):
        assert known.hash_files(folder, NAMES) == hash_files(folder, NAMES)
        absolute = [str(folder / name) for name in NAMES]
        assert known.hash_files(Path("/"), absolute) == hash_files(Path("/"), absolute)
    assert read == ["a.md", "b.md", "c.md"]


@pytest.mark.parametrize(
    ("changed", "again"),
    [(["b.md"], ["b.md"]), (["sub"], ["c.md"]), (["nothing"], []), (None, ["a.md", "b.md", "c.md"])],
)
def test_what_the_watch_reports_is_read_again(
    folder: Path, read: list[str], changed: list[str] | None, again: list[str]
) -> None:
    known = KnownFiles()
    known.hash_files(folder, NAMES)
    read.clear()
    known.forget(None if changed is None else [str(folder / name) for name in changed])
    known.hash_files(folder, NAMES)
    assert read == again


def test_a_file_put_in_place_of_another_is_read_though_its_size_and_time_are_the_same(
    folder: Path, read: list[str]
) -> None:
    known, file, other = KnownFiles(), folder / "a.md", folder / "other"
    known.hash_files(folder, NAMES)
    before = file.stat()
    other.write_text("z.md", encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert known.hash_files(folder, NAMES) == hash_files(folder, NAMES)
    assert read == ["a.md", "b.md", "c.md", "a.md"]


def test_a_file_that_was_just_changed_is_not_trusted(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_files, "SETTLED", 2**63)
    known = KnownFiles()
    for _ in range(2):
        known.hash_files(folder, ["a.md"])
    assert read == ["a.md", "a.md"]


def test_a_file_that_is_gone_or_cannot_be_read_is_left_out(folder: Path, read: list[str]) -> None:
    known = KnownFiles()
    known.hash_files(folder, NAMES)
    (folder / "a.md").unlink()
    assert known.hash_files(folder, [*NAMES, "sub"]) == hash_files(folder, NAMES)
