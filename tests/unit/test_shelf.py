"""The shelf gives back what was put on it, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.cache.copies_shelf import Shelf
from press.diagnostics import Level
from press.exports.export_input import Finding, Made

MADE = Made({"pdf": b"%PDF\n\0\xff", "txt": b""}, (Finding(Level.WARNING, "glyph", "麵", "…"),))


def test_what_is_put_is_given_back(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "copies")
    assert (shelf.has("k"), shelf.get("k")) == (False, None)
    shelf.put("k", MADE)
    assert shelf.has("k")
    assert shelf.get("k") == MADE


@pytest.mark.parametrize("name", ["index", "pdf", "txt"])
@pytest.mark.parametrize(
    "damage", [lambda d: d[:-1] or b"x", lambda d: b"\n", lambda d: d[:80] + b"x" + d[81:], lambda d: d + b"x", None]
)
def test_what_was_cut_short_or_altered_is_as_good_as_none(damage, name: str, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put("k", MADE)
    file = tmp_path / "k" / name
    file.unlink() if damage is None else file.write_bytes(damage(file.read_bytes()))
    assert shelf.get("k") is None
    shelf.put("k", MADE)
    assert shelf.get("k") == MADE


def test_what_is_put_out_is_the_same_file(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "copies")
    shelf.put("k", MADE)
    assert shelf.put_out("k", "pdf", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").samefile(tmp_path / "copies" / "k" / "pdf")
    shelf.prune([])
    shelf.put("k", Made({"pdf": b"other"}))
    assert (tmp_path / "a.pdf").read_bytes() == MADE.files["pdf"], "what is put anew is another file"


def test_what_is_not_there_or_would_hide_something_is_not_put_out(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "copies")
    shelf.put("k", MADE)
    (tmp_path / "a.pdf").write_bytes(b"another")
    assert not shelf.put_out("k", "pdf", tmp_path / "a.pdf")
    assert not shelf.put_out("k", "epub", tmp_path / "a.epub")
    assert (tmp_path / "a.pdf").read_bytes() == b"another"


def test_it_keeps_what_is_used_and_as_much_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for number in range(200):
        shelf.put(f"k{number:03}", MADE)
    (tmp_path / "k000.123").mkdir()
    (tmp_path / "k001.123").write_bytes(b"what a killed build left")
    used = [f"k{number:03}" for number in range(100, 130)]
    shelf.prune(used)
    left = {path.name for path in tmp_path.iterdir()}
    assert set(used) <= left
    assert len(left) == len(used) * 2 + 50


def test_a_folder_that_cannot_be_written_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("a file")
    shelf = Shelf(tmp_path / "copies")
    shelf.put("k", MADE)
    shelf.prune([])
    assert shelf.get("k") is None
