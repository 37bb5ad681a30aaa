"""Values by key: JSON in SQLite, files in folders, each with a checksum that is verified.

    cache.sqlite3        a row for each value: key, step, JSON, checksum of key and JSON, the last build that used it
    files/<key>/<name>   the files of a value that has any; their SHA-256 is in its row
    search/<language>/   where the index of a language is made (press/search/index_folder.py); search.lock beside it

A key is a hash of everything that its value depends on, so the store may be deleted, cut short or shared by two
builds at any time: what cannot be read is made again. Nothing in it is executed. Checksums guard against accidents,
not people.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import ClassVar

from press.options import Json
from press.runtime.blob import Blob, blob_of

VERSION = 1
"""The version of the tables; a store of another version is replaced."""

SPARE = 50
"""How many unused values of a step are kept: a text may be changed back."""

KEPT_BUILDS = 20
"""Builds after which an unused value is deleted, in every step."""

SWEEP = 10
"""Builds from one sweep to the next: noting which values are used takes longer than fetching them."""

TOGETHER = "together"
"""The step of the rows that have all values of a step that the last builds wanted."""

_MANY = 500
"""How many values are kept together, at least."""

_AT_ONCE = 500
"""Keys in one query: older versions of SQLite allow only 999."""


class Store:
    """The values of one collection; without a folder they live in memory until the build ends.

    A worker forked from this process may read: it opens its own connection.
    """

    _inherited: ClassVar[list[sqlite3.Connection]] = []
    """Connections of the parent process, kept open: closing one here would release its locks."""

    def __init__(self, folder: Path | None = None, connection: sqlite3.Connection | None = None) -> None:
        self.folder = folder
        self._owner, self._own = os.getpid(), connection
        self._build = _count_builds(connection) + 1 if connection else 0
        self._memory: dict[str, Json] = {}

    def fetch(self, keys: Iterable[str], step: str = "") -> dict[str, Json]:
        """Return the values of those keys that are in the store and undamaged.

        Those of a step that are wanted together build after build are kept in one row too, which is read much faster.
        """
        wanted = list(dict.fromkeys(keys))
        found = {key: self._memory[key] for key in wanted if key in self._memory}
        together = f"{step}/{TOGETHER}" if step and len(wanted) > _MANY else ""
        packed = self._fetch_rows([together]).get(together) if together else None
        if isinstance(packed, dict):
            found |= {key: packed[key] for key in wanted if key not in found and key in packed}
        rows = self._fetch_rows([key for key in wanted if key not in found])
        found |= rows
        if together and len(rows) > SPARE:
            self.put(TOGETHER, {together: {key: found[key] for key in wanted if key in found}})
        return found

    def _fetch_rows(self, keys: list[str]) -> dict[str, Json]:
        found = dict[str, Json]()
        for key, text in self._read(keys):
            with suppress(TypeError, ValueError, RecursionError):  # the checksum is right, but it is not JSON
                found[key] = json.loads(text)
        return found

    def separate(self, step: str) -> None:
        """Forget what fetch has kept together of a step: some of its values are replaced."""
        connection = self._connection
        if connection is not None:
            with suppress(sqlite3.Error), connection:
                connection.execute("DELETE FROM kept WHERE key = ?", (f"{step}/{TOGETHER}",))

    def put(self, step: str, values: Mapping[str, Json]) -> None:
        """Store values; what cannot be written, say to a full disk, stays in memory for this build."""
        connection = self._connection
        if connection is None:
            self._memory.update(values)
            return
        try:
            rows = [(k, step, text, _checksum(k, text), self._build) for k, text in _as_text(values)]
            with connection:
                connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", rows)
        except (sqlite3.Error, OverflowError, UnicodeError):
            self._memory.update(values)

    def put_files(self, key: str, files: Mapping[str, Blob]) -> dict[str, Blob]:
        """Store the files of a value, all or none, and return them; if they cannot be stored, they stay in memory.

        A blob that is a file on this file system is linked.
        """
        if self.folder is None or self._own is None:
            return _in_memory(files)
        place = self.folder / "files" / key
        half = place.with_name(f"{key}.{os.getpid()}")
        try:
            for folder in {(half / name).parent for name in files}:
                folder.mkdir(parents=True, exist_ok=True)
            for name, blob in files.items():
                blob.place_at(half / name)
            _remove(place)
            half.rename(place)
        except OSError:
            with suppress(OSError):
                _remove(half)
            return _in_memory(files)
        return {name: Blob(blob.size, blob.sha256, path=place / name) for name, blob in files.items()}

    @contextmanager
    def own_folder(self, name: str) -> Iterator[tuple[Path, bool]]:
        """Yield a folder for a step that keeps its own files, and whether it stays from build to build.

        What it holds is not to be trusted. It is a temporary one if nothing can be stored, or if a process that a
        killed build has left behind is still at work there: such a process inherits the lock.
        """
        with ExitStack() as opened:
            place = self.folder / name if self.folder is not None and self._own is not None else None
            try:
                if place:
                    place.mkdir(exist_ok=True)
                    opened.enter_context(_locked(place.with_name(f"{name}.lock")))
            except OSError:
                place = None
            yield place or Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="press-"))), place is not None

    def find_files(self, key: str, listed: Mapping[str, tuple[int, str]]) -> dict[str, Blob]:
        """Return the files of a stored value, unread; `listed` has the size and the SHA-256 of each."""
        if not listed:
            return {}
        place = (self.folder or Path()) / "files" / key
        return {name: Blob(size, sha256, path=place / name) for name, (size, sha256) in listed.items()}

    def sweep(self, step: str, used: Collection[str], fresh: int, spare: int = SPARE) -> None:
        """Delete the values of a step that the last KEPT_BUILDS builds have not used, and most other unused ones.

        `spare` unused values are kept on top of as many as are used, or only `spare` if it is below SPARE. `fresh` is
        how many values this build has added.
        """
        connection = self._connection
        if connection is None or not (self._build % SWEEP == 0 or fresh > SPARE or spare < SPARE):
            return
        try:
            with connection:
                noted = ((self._build, key) for key in used)
                connection.executemany("UPDATE kept SET used = ? WHERE key = ?", noted)
                most = spare if spare < SPARE else len(used) + spare
                old = self._build - KEPT_BUILDS
                gone = connection.execute(_UNUSED, (step, self._build, most, old)).fetchall()
                connection.executemany("DELETE FROM kept WHERE key = ?", gone)
        except (sqlite3.Error, OverflowError):
            return
        for (key,) in gone:
            self._delete_files(key)

    def finish(self) -> None:
        """Count this build; now and then, delete the files that belong to no value."""
        connection = self._connection
        if connection is None or self.folder is None:
            return
        with suppress(sqlite3.Error, OverflowError, OSError):
            with connection:
                connection.execute("UPDATE about SET value = ? WHERE name = 'build'", (self._build,))
            if self._build % SWEEP == 0:
                kept = {key for (key,) in connection.execute("SELECT key FROM kept")}
                for path in (self.folder / "files").iterdir():
                    if path.name not in kept:
                        _remove(path)

    @property
    def _connection(self) -> sqlite3.Connection | None:
        """The connection of this process: a forked worker must not use its parent's."""
        if self._own is not None and self._owner != os.getpid():
            self._inherited.append(self._own)
            self._owner, self._own = os.getpid(), _connect(self.folder) if self.folder else None
        return self._own

    def _read(self, keys: list[str]) -> Iterator[tuple[str, str]]:
        connection = self._connection if keys else None
        if connection is None:
            return
        with suppress(sqlite3.Error):
            for some in _in_groups(keys):
                marks = ",".join("?" * len(some))
                rows = connection.execute(f"SELECT key, value, checksum FROM kept WHERE key IN ({marks})", some)
                yield from ((key, text) for key, text, found in rows.fetchall() if found == _checksum(key, text))

    def _delete_files(self, key: str) -> None:
        if self.folder is not None:
            with suppress(OSError):
                _remove(self.folder / "files" / key)


_UNUSED = """
    SELECT key FROM (
        SELECT key, used, row_number() OVER (ORDER BY used DESC, key) AS place FROM kept WHERE step = ? AND used < ?
    ) WHERE place > ? OR used < ?
"""


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """Open the store in `folder`, creating it if needed; a damaged one is replaced.

    If that fails, or another build has locked the store, this build keeps its values in memory.
    """
    try:
        connection = _connect(folder)
        if connection is None:
            with suppress(OSError):
                for part in folder.glob("cache.sqlite3*"):
                    _remove(part)
            connection = _connect(folder)
    except _Busy:
        connection = None
    try:
        yield Store(folder, connection)
    finally:
        if connection is not None:
            connection.close()


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Hold a lock, with all processes that are forked meanwhile. Raises OSError if somebody else does."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


class _Busy(Exception):
    """Another process has locked the file."""


def _connect(folder: Path) -> sqlite3.Connection | None:
    """Open the database and check that it can be used; return None if it cannot. Raises _Busy."""
    connection = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(folder / "cache.sqlite3", timeout=5)
        connection.executescript(_TABLES)
        with connection:
            connection.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)", [("version", VERSION), ("build", 0)])
        if connection.execute("SELECT value FROM about WHERE name = 'version'").fetchone() == (VERSION,):
            connection.execute("SELECT key, step, value, checksum, used FROM kept LIMIT 1").fetchall()
            _count_builds(connection)
            return connection
    except (sqlite3.Error, OSError, TypeError, ValueError, OverflowError) as wrong:
        if getattr(wrong, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
            if connection is not None:
                connection.close()
            raise _Busy from None
    if connection is not None:
        connection.close()
    return None


_TABLES = """
    PRAGMA journal_mode = TRUNCATE;
    PRAGMA synchronous = OFF;
    CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS kept
        (key TEXT PRIMARY KEY, step TEXT, value TEXT, checksum BLOB, used INTEGER) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS kept_by_step ON kept (step, used);
"""


def _count_builds(connection: sqlite3.Connection) -> int:
    """Return how many builds have used the store. Raises TypeError or ValueError if the count is damaged."""
    count = connection.execute("SELECT value FROM about WHERE name = 'build'").fetchone()[0]
    if not isinstance(count, int) or not 0 <= count < 2**62:  # SQLite counts to twice that
        raise ValueError(count)
    return count


def _checksum(key: str, text: str) -> bytes:
    return hashlib.blake2b(f"{key}\n{text}".encode(), digest_size=16).digest()


def _as_text(values: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    return ((key, json.dumps(value, ensure_ascii=False)) for key, value in values.items())


def _in_groups(keys: list[str]) -> Iterator[list[str]]:
    left = iter(keys)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _in_memory(files: Mapping[str, Blob]) -> dict[str, Blob]:
    return {name: blob if blob.data is not None else blob_of(blob.read()) for name, blob in files.items()}


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
