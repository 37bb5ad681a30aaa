"""The tree that a build fills, starting with the files it keeps from the previous tree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from press.publish.tree import list_files
from press.runtime.blob import Blob

EXAMINED = (".html", ".xml")
"""Endings of the files that the check of a finished tree reads."""


class StagedTree:
    """A folder to write the site into; `files` has the SHA-256 of everything written or kept, by path.

    `previous` are files of the previous tree that are in the folder already. They may be links to published files, so
    none is ever changed in place. With `pages_only`, exports are recorded but not written. `published` is the key of
    the published tree, if `previous` are its files.
    """

    def __init__(
        self,
        folder: Path,
        previous: Mapping[str, str] | None = None,
        *,
        pages_only: bool = False,
        published: str = "",
    ) -> None:
        self.folder, self._previous, self.pages_only = folder, dict(previous or {}), pages_only
        self.published = published
        self.files: dict[str, str] = {}
        self.absent: set[str] = set()
        """What a complete build would have written, but this one did not."""

    def keep(self, path: str, sha256: str) -> bool:
        """Keep the file of the previous tree if it has this hash; return whether it has."""
        if not self.has(path, sha256):
            return False
        self.files[path] = sha256
        return True

    def keep_published(self, path: str) -> bool:
        """Keep the file of the previous tree as it is; return whether there is one."""
        sha256 = self._previous.get(path)
        if sha256 is None:
            return False
        self.files[path] = sha256
        return True

    def has(self, path: str, sha256: str) -> bool:
        """Return whether the file of the previous tree has this hash."""
        return self._previous.get(path) == sha256

    def place(self, path: str, blob: Blob) -> None:
        """Make a blob the file at `path`: kept, linked if the system can do that, or written."""
        if self.pages_only:
            self.absent.add(path)
        elif not self.keep(path, blob.sha256):
            self.make_room(path)
            blob.place_at(self.folder / path)
            self.files[path] = blob.sha256

    def write(self, path: str, data: bytes | str) -> str:
        """Write a file and return its SHA-256; if a worker writes it, its parent must `note` it."""
        content = data.encode() if isinstance(data, str) else data
        sha256 = hashlib.sha256(content).hexdigest()
        if not self.keep(path, sha256):
            self.make_room(path)
            (self.folder / path).write_bytes(content)
        return self.note(path, sha256)

    def note(self, path: str, sha256: str) -> str:
        """Record a file that another process has written, and return its SHA-256."""
        self.files[path] = sha256
        return sha256

    def make_room(self, path: str) -> None:
        """Make the folders for a file, and delete the previous tree's file at this path."""
        file = self.folder / path
        if path in self._previous:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)

    def list_all(self) -> set[str]:
        """Return the path of everything in the tree, whoever wrote it."""
        return {*list_files(self.folder), *self.files}

    def drop_leftovers(self) -> None:
        """Delete the files of the previous tree that are not in this one."""
        for path in self._previous.keys() - self.files.keys():
            (self.folder / path).unlink(missing_ok=True)


class ExaminedTree(StagedTree):
    """A tree that is only checked: a page that was examined before counts as written, without its bytes.

    `is_known` returns whether the facts about a page with this path and hash are kept.
    """

    def __init__(self, folder: Path, is_known: Callable[[str, str], bool]) -> None:
        super().__init__(folder, pages_only=True)
        self._is_known = is_known

    def keep(self, path: str, sha256: str) -> bool:
        """Keep a file that needs no examination, or none again; return whether it is kept."""
        if path.endswith(EXAMINED) and not self._is_known(path, sha256):
            return False
        self.files[path] = sha256
        return True
