"""A step recalls its values, makes the missing ones, and rejects values of the wrong shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from press.cache.steps import Cache, Step, open_cache
from press.runtime.blob import Blob, blob_of


def load_number(written: Any, _: object) -> int:
    if type(written) is not int:
        raise TypeError(written)
    return written


SQUARE = Step[int](
    "square", lambda value: value if value < 100 else None, load_number, later=lambda value: f"{value}!"
)
Files = Mapping[str, Blob]
COPIES = Step[Files]("copies", lambda files: [], lambda _, files: files, files=lambda files: files)


class Maker:
    """Squares numbers, and remembers which."""

    def __init__(self) -> None:
        self.made: list[int] = []

    def __call__(self, numbers: Sequence[int]) -> Iterator[int]:
        for number in numbers:
            self.made.append(number)
            yield number * number


def squares(cache: Cache, numbers: Sequence[int], make: Maker, **options: Any) -> list[int]:
    return list(cache.recall_or_make(SQUARE, numbers, lambda n: f"square {n}" if n else "", make, **options))


def test_cached_values_are_recalled_and_the_others_made_in_order(tmp_path: Path) -> None:
    make = Maker()
    with open_cache(tmp_path) as cache:
        assert squares(cache, [3, 1], make) == [9, 1]
    with open_cache(tmp_path) as cache:
        assert squares(cache, [1, 2, 3, 4], make) == [1, 4, 9, 16]
    assert make.made == [3, 1, 2, 4]


def test_nothing_is_kept_under_an_empty_key_nor_what_a_step_does_not_dump(tmp_path: Path) -> None:
    make = Maker()
    with open_cache(tmp_path) as cache:
        for _ in range(2):
            assert squares(cache, [0, 10], make) == [0, 100]
    assert make.made == [0, 10, 0, 10]


def test_a_rejected_value_is_made_again(tmp_path: Path) -> None:
    make = Maker()
    with open_cache(tmp_path) as cache:
        squares(cache, [1, 2], make)
        assert squares(cache, [1, 2], make, accept=lambda number, value: number != 2) == [1, 4]
    assert make.made == [1, 2, 2]


def test_a_separate_part_is_read_on_demand(tmp_path: Path) -> None:
    with open_cache(tmp_path) as cache:
        squares(cache, [3], Maker())
        assert cache.read_later(SQUARE, "square 3") == "9!"
        assert cache.read_later(SQUARE, "square 4") is None


@pytest.mark.parametrize("written", [5, None, [], [1], ["x", {}], [1, 2], [1, {"a": 1}], {"a": 1}, [1, [["a", 1]]]])
def test_a_row_of_the_wrong_shape_is_ignored(tmp_path: Path, written: object) -> None:
    make = Maker()
    with open_cache(tmp_path) as cache:
        cache.store.put("square", {"square 3": written})
        assert squares(cache, [3], make) == [9]
    assert make.made == [3]


@pytest.mark.parametrize("name", ["../a", "/etc/a", "en/../../a", "en//a", ".a", ""])
def test_a_cached_file_is_never_outside_its_folder(tmp_path: Path, name: str) -> None:
    with open_cache(tmp_path) as cache:
        cache.store.put("copies", {"k": [[], {name: [1, "0" * 64]}]})
        assert cache.recall(COPIES, "k") is None


def test_files_come_back_with_their_value(tmp_path: Path) -> None:
    made = {"pdf": blob_of(b"%PDF"), "en/words": blob_of(b"")}
    with open_cache(tmp_path) as cache:
        cache.keep(COPIES, "k", made)
    with open_cache(tmp_path) as cache:
        found = cache.recall(COPIES, "k") or {}
    assert {name: blob.read() for name, blob in found.items()} == {"pdf": b"%PDF", "en/words": b""}
    assert all(blob.path for blob in found.values()), "they can be linked"


def test_more_values_than_are_written_at_once(tmp_path: Path) -> None:
    step = Step[int]("number", lambda value: value, load_number)
    with open_cache(tmp_path) as cache:
        list(cache.recall_or_make(step, range(1200), str, iter))
    with open_cache(tmp_path) as cache:
        assert list(cache.recall_or_make(step, range(1200), str, lambda absent: iter(absent[:0]))) == list(
            range(1200)
        )
