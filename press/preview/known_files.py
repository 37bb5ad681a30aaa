"""The hashes of files as the worker knows them, so that a file that is as it was is not read again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from press.runtime.files import hash_descriptor

SETTLED = 3_000_000_000
"""Nanoseconds: a file changed less than that long ago may change again at what its clock calls the same time."""

_Mark = tuple[int, int, int, int, int]


class KnownFiles:
    """Hashes files; one whose place, size and times are as when it was read keeps its hash.

    Programs can set back the time of a file (mtime), but not that of its last change (ctime). A time too young to
    tell two changes apart is not trusted, nor is a file that the watch has reported.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[_Mark, str]] = {}

    def forget(self, changed: Iterable[str] | None) -> None:
        """Forget the files at these paths, and below them; None for all."""
        if changed is None:
            self._known.clear()
            return
        for path in changed:
            if self._known.pop(path, None) is None:
                for below in [known for known in self._known if known.startswith(f"{path}/")]:
                    del self._known[below]

    def hash_files(self, folder: Path, names: Iterable[str]) -> dict[str, str]:
        """Return the SHA-256 of each file; one that cannot be read is left out, as by press.cache.keys.hash_files."""
        found = {}
        for name in names:
            try:
                found[name] = self._hash(name if name.startswith("/") else f"{folder}/{name}")
            except OSError:
                continue
        return found

    def _hash(self, path: str) -> str:
        mark = _mark(os.stat(path))  # noqa: PTH116  # thousands of them, and a Path takes longer than the call
        known = self._known.get(path)
        if known and known[0] == mark:
            return known[1]
        before = time.time_ns()
        mark, sha256 = _read(path)
        self._known.pop(path, None)
        if before - max(mark[-2:]) > SETTLED:
            self._known[path] = mark, sha256
        return sha256


def _read(path: str) -> tuple[_Mark, str]:
    """Return the mark of a file as it is read, and its hash."""
    with Path(path).open("rb") as file:
        return _mark(os.fstat(file.fileno())), hash_descriptor(file.fileno())


def _mark(of: os.stat_result) -> _Mark:
    return of.st_dev, of.st_ino, of.st_size, of.st_mtime_ns, of.st_ctime_ns
