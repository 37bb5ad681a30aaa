"""The shelf: copies that were made before, kept by the key of their leaflet, a folder each.

    <key>/index       what was said of the leaflet and the SHA-256 of each copy, as JSON, below the SHA-256 of that
    <key>/pdf …       the copies, by the name of their kind

A copy that was cut short or altered is as good as none. One that is put out into a tree is the same file under
another name, where the system can do that: nothing is written anew, and nothing on the shelf or in a tree may ever
be changed in place. The shelf may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from press.diagnostics import Level
from press.exports.export_input import Finding, Made

_SPARE = 50
"""Unused entries that are kept beside as many as are used: for a text that is changed and changed back."""

_INDEX = "index"


class Shelf:
    """The copies of one collection; `folder` is made when something is put into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sound: set[str] = set()

    def get(self, key: str) -> Made | None:
        """Give the copies of a leaflet, or None where they are not there as they were put."""
        place = self.folder / key
        try:
            checksum, _, body = (place / _INDEX).read_bytes().partition(b"\n")
            if _hash(body) != checksum.decode():
                return None
            index = json.loads(body)
            files = {name: (place / name).read_bytes() for name in index["files"]}
            findings = tuple(Finding(Level[level], *said) for level, *said in index["findings"])
            if {name: _hash(data) for name, data in files.items()} != index["files"]:
                return None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        self._sound.add(key)
        return Made(files, findings)

    def has(self, key: str) -> bool:
        """Tell whether a leaflet's copies may be there, without reading them."""
        return (self.folder / key / _INDEX).is_file()

    def put(self, key: str, made: Made) -> None:
        """Keep copies. A full or read-only disk is no problem: they will be made again."""
        index = {
            "files": {name: _hash(data) for name, data in made.files.items()},
            "findings": [[f.level.name, f.rule, f.words, f.message] for f in made.findings],
        }
        body = json.dumps(index)
        fresh = self.folder / f"{key}.{os.getpid()}"
        with contextlib.suppress(OSError):
            fresh.mkdir(parents=True)
            for name, data in made.files.items():
                (fresh / name).write_bytes(data)
            (fresh / _INDEX).write_text(f"{_hash(body.encode())}\n{body}", encoding="utf-8", newline="\n")
            _remove(self.folder / key)
            fresh.rename(self.folder / key)
            self._sound.add(key)

    def put_out(self, key: str, name: str, target: Path) -> bool:
        """Let a copy stand at `target` too, where nothing stands yet; False where the system cannot do that.

        Only copies that were put or got just now: what stands there and could not be replaced may be damaged.
        """
        if key not in self._sound:
            return False
        try:
            os.link(self.folder / key / name, target)
        except OSError:  # another disk, a file system without links, too many links, no such copy
            return False
        return True

    def prune(self, used: Collection[str]) -> None:
        """Delete what was not used, but for as many entries as were used and a few; and what a killed build left."""
        kept = set(used)
        with contextlib.suppress(OSError):
            names = sorted(path.name for path in self.folder.iterdir())
            unused = [name for name in names if name not in kept and "." not in name]
            for name in [*unused[len(kept) + _SPARE :], *(name for name in names if "." in name)]:
                _remove(self.folder / name)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
