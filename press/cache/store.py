"""A store of results by key: JSON in SQLite, never believed further than its checksums.

A key is a hash of all that the result depends on, so a store can be deleted, cut short, shared between machines or
used by two builds at once: what cannot be read is made again. Nothing in it can run; a store from another machine is
believed as the machine is that had made it, since its checksums guard against accidents, not against people.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

VERSION = 1
"""Of the tables and the form of a row; a store of another version is made anew."""

KEPT_BUILDS = 20
"""Builds for which an entry that nobody asks for is kept, at the least."""

_SWEEP = 10
"""Builds from one sweep to the next: to note which entries are in use takes longer than to fetch them."""

_MOST_BUILDS = 2**62
"""SQLite counts no further than twice that."""

_AT_ONCE = 500
"""Keys in one query: SQLite takes no more than 999 in older versions."""

Json = Any


class Store:
    """Values by key, in one file; every failure of the file means that there is no value, or that none is kept.

    A worker that was forked from this process may fetch: it opens the file for itself.
    """

    def __init__(self, file: Path, connection: sqlite3.Connection | None) -> None:
        self._file, self._owner, self._own = file, os.getpid(), connection
        self._build = 0
        if connection:
            self._build = _count_builds(connection) + 1

    _others: ClassVar[list[sqlite3.Connection]] = []
    """Connections of the process this one was forked from: never closed here, since that would touch their locks."""

    @property
    def _connection(self) -> sqlite3.Connection | None:
        """The connection of this process: what was open when a worker was forked is not for the worker to use."""
        if self._own is not None and self._owner != os.getpid():
            self._others.append(self._own)
            self._owner, self._own = os.getpid(), _connect(self._file)
        return self._own

    def fetch(self, keys: Iterable[str]) -> dict[str, Json]:
        """Give the values of those keys that are in the store, whole."""
        found = {}
        for key, text in self._read(list(dict.fromkeys(keys))):
            with suppress(TypeError, ValueError, RecursionError):  # a right checksum of what is no JSON
                found[key] = json.loads(text)
        return found

    def _read(self, keys: list[str]) -> Iterator[tuple[str, str]]:
        if self._connection is None:
            return
        with suppress(sqlite3.Error):
            for some in _in_groups(keys):
                marks = ",".join("?" * len(some))
                rows = self._connection.execute(f"SELECT key, value, sum FROM kept WHERE key IN ({marks})", some)
                yield from ((key, text) for key, text, found in rows.fetchall() if found == _sum(key, text))

    def keep(self, values: Mapping[str, Json], asked: Iterable[str] = ()) -> bool:
        """Add values, note which keys were asked for, and drop what nobody has asked for in a long time.

        Gives False where nothing could be written, for instance on a full disk: the next build makes it again.
        """
        if self._connection is None:
            return False
        rows = ((key, text, _sum(key, text), self._build) for key, text in _as_text(values))
        try:
            with self._connection as writing:
                writing.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
                if self._build % _SWEEP == 0:
                    noted = ((self._build, key) for key in asked)
                    writing.executemany("UPDATE kept SET build = ? WHERE key = ?", noted)
                elif self._build % _SWEEP == 1:
                    writing.execute("DELETE FROM kept WHERE build < ?", (self._build - KEPT_BUILDS,))
                writing.execute("UPDATE about SET value = ? WHERE name = 'build'", (self._build,))
        except (sqlite3.Error, OverflowError):
            return False
        return True


@contextmanager
def open_store(file: Path) -> Iterator[Store]:
    """Open the store in `file`, made if need be; one that cannot be used is made anew, or done without.

    One that another build is writing to for long is done without, and left alone.
    """
    try:
        connection = _connect(file)
    except _Busy:
        yield Store(file, None)
        return
    if connection is None:
        with suppress(OSError):
            for part in (file, *file.parent.glob(f"{file.name}-*")):
                part.unlink(missing_ok=True)
        connection = _connect(file)
    try:
        yield Store(file, connection)
    finally:
        if connection is not None:
            connection.close()


class _Busy(Exception):
    """Somebody else holds the file."""


def _connect(file: Path) -> sqlite3.Connection | None:
    connection = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file, timeout=5)
        connection.executescript(
            """
            PRAGMA journal_mode = TRUNCATE;
            PRAGMA synchronous = OFF;
            CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value TEXT, sum BLOB, build INTEGER) WITHOUT ROWID;
            """
        )
        with connection:
            connection.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", [("version", VERSION), ("build", 0)])
        if connection.execute("SELECT value FROM about WHERE name = 'version'").fetchone() == (VERSION,):
            connection.execute("SELECT key, value, sum, build FROM kept LIMIT 1").fetchall()
            _count_builds(connection)
            return connection
    except (sqlite3.Error, OSError, TypeError, ValueError, OverflowError) as wrong:
        if getattr(wrong, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
            if connection is not None:
                connection.close()
            raise _Busy from None
        # what is wrong with the file does not matter: it is made anew
    if connection is not None:
        connection.close()
    return None


def _count_builds(connection: sqlite3.Connection) -> int:
    """Give how many builds have written to the store. Raises TypeError or ValueError where that is no number."""
    count = connection.execute("SELECT value FROM about WHERE name = 'build'").fetchone()[0]
    if not isinstance(count, int) or not 0 <= count < _MOST_BUILDS:
        raise ValueError(count)
    return count


def _sum(key: str, text: str) -> bytes:
    return hashlib.blake2b(f"{key}\n{text}".encode(), digest_size=16).digest()


def _as_text(values: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    return ((key, json.dumps(value, ensure_ascii=False)) for key, value in values.items())


def _in_groups(keys: list[str]) -> Iterator[list[str]]:
    left = iter(keys)
    while some := list(islice(left, _AT_ONCE)):
        yield some
