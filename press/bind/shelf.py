"""The shelf: copies that were made before, kept by the key of their bundle, one file each.

A file begins with the hash of all that follows, so one that was cut short or altered is as good as none. The folder
may be deleted at any time. Copies are too large for the SQLite of press/store.py, which is for small results.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Collection
from pathlib import Path

from press.bind.bundle import Finding, Made
from press.faults import Level

_SPARE = 50
"""Unused entries that are kept beside as many as are used: for a text that is changed and changed back."""


class Shelf:
    """The copies of one collection; `folder` is made when something is put into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Made | None:
        """Give the copies of a bundle, or None where they are not there as they were put."""
        try:
            data = (self.folder / key).read_bytes()
        except OSError:
            return None
        return _read(data)

    def has(self, key: str) -> bool:
        """Tell whether a bundle's copies may be there, without reading them."""
        return (self.folder / key).is_file()

    def put(self, key: str, made: Made) -> None:
        """Keep copies. A full or read-only disk is no fault: they will be made again."""
        data = _write(made)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = self.folder / f"{key}.{os.getpid()}"
            fresh.write_bytes(data)
            fresh.replace(self.folder / key)

    def prune(self, used: Collection[str]) -> None:
        """Delete what was not used, but for as many entries as were used and a few; and what a killed build left."""
        kept = set(used)
        with contextlib.suppress(OSError):
            names = sorted(path.name for path in self.folder.iterdir())
            unused = [name for name in names if name not in kept and "." not in name]
            for name in [*unused[len(kept) + _SPARE :], *(name for name in names if "." in name)]:
                (self.folder / name).unlink()


def _write(made: Made) -> bytes:
    index = {
        "files": [[name, len(data)] for name, data in made.files.items()],
        "findings": [[f.level.name, f.rule, f.words, f.message] for f in made.findings],
    }
    body = b"\n".join([json.dumps(index).encode(), b"".join(made.files.values())])
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _read(data: bytes) -> Made | None:
    checksum, _, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != checksum:
        return None
    head, _, rest = body.partition(b"\n")
    index, files, at = json.loads(head), {}, 0
    for name, size in index["files"]:
        files[name] = rest[at : at + size]
        at += size
    findings = (Finding(Level[level], rule, words, message) for level, rule, words, message in index["findings"])
    return Made(files, tuple(findings))
