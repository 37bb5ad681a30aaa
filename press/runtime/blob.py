"""The bytes of one file of the site, in memory or on the disk, with their hash."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


class Altered(Exception):
    """A file of the tree is not what the build put there; carries its name."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file's length in bytes, its SHA-256 in hexadecimal, and its bytes: in memory, or in a file that stays."""

    size: int
    sha256: str
    data: bytes | None = None
    path: Path | None = None

    def read(self) -> bytes:
        """Return the bytes. Raises OSError if the file cannot be read."""
        if self.data is not None:
            return self.data
        return self.path.read_bytes() if self.path else b""

    def place_at(self, place: Path) -> None:
        """Make a new file with these bytes: another name of the same file if the system can do that."""
        if not (self.path and _link(self.path, place)):
            place.write_bytes(self.read())

    def is_sound(self) -> bool:
        """Return whether the bytes are there and have this hash."""
        try:
            return hashlib.sha256(self.read()).hexdigest() == self.sha256
        except OSError:
            return False


def _link(source: Path, target: Path) -> bool:
    """Link a file; return False if the system cannot."""
    try:
        os.link(source, target)
    except OSError:  # another disk, no links here, too many of them, no such file
        return False
    return True


def blob_of(data: bytes) -> Blob:
    """Return the blob of bytes in memory."""
    return Blob(len(data), hashlib.sha256(data).hexdigest(), data)
