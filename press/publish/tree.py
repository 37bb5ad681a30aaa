"""Walk a tree: list what it has, find what is that are not ours, delete only those that are listed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import NamedTuple

from press.runtime.files import hash_descriptor


class Record(NamedTuple):
    """One file: its length in bytes and the SHA-256 of its content in hexadecimal."""

    size: int
    sha256: str


def is_bare(output: Path) -> bool:
    """Return whether nothing is published here: there is no such path, or it is an empty folder."""
    return not os.path.lexists(output) or (output.is_dir() and not any(output.iterdir()))


def list_files(tree: Path) -> Iterator[str]:
    """Yield the relative path of everything in a tree that is not a folder."""
    for here, _, names in os.walk(tree, onerror=_pass_on):
        prefix = _below(tree, here)
        yield from (prefix + name for name in names)


def find_untracked(tree: Path, names: Set[str]) -> list[str]:
    """Find what a tree has beyond the listed files and the folders that lead to them.

    A link, a pipe, or another file system mounted inside is untracked under any name. An untracked folder is named
    once, without its content. A tree that does not exist has nothing untracked.
    """
    return sort_names(tree, names)[1] if tree.is_dir() else []


def sort_names(tree: Path, names: Set[str]) -> tuple[set[str], list[str]]:
    """Walk a tree once; return those of the listed files that it has, and what is untracked."""
    folders, device, waiting = folders_of(names), tree.stat().st_dev, [""]
    there, untracked = set[str](), list[str]()
    while waiting:
        prefix = waiting.pop()
        with os.scandir(f"{tree}/{prefix}") as entries:
            for entry in entries:
                name = prefix + entry.name
                if name in names and entry.is_file(follow_symlinks=False):
                    there.add(name)
                elif name in folders and _is_ours(entry, device):
                    waiting.append(name + "/")
                else:
                    untracked.append(name)
    return there, untracked


def _is_ours(entry: os.DirEntry[str], device: int) -> bool:
    """Return whether this is a folder, and not another file system."""
    return entry.is_dir(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_dev == device


def delete_listed(tree: Path, names: Set[str]) -> bool:
    """Delete the listed files and the folders they leave empty; return whether the tree is gone.

    This uses folder descriptors, so that a folder that somebody replaces by a link meanwhile is not followed.
    """
    if tree.is_symlink() or not tree.is_dir():
        return not os.path.lexists(tree)
    wanted = folders_of(names)
    for here, folders, files, folder in os.fwalk(tree, topdown=False, onerror=_pass_on):
        prefix = _below(tree, here)
        for name in files:
            if prefix + name in names and stat.S_ISREG(os.lstat(name, dir_fd=folder).st_mode):
                os.unlink(name, dir_fd=folder)
        for name in folders:
            if prefix + name in wanted:
                remove_if_empty(name, folder)
    remove_if_empty(str(tree), None)
    return not tree.exists()


def agrees(path: str | Path, record: Record) -> bool:
    """Return whether there is a plain file with exactly this content."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size != record.size:
                return False
            return hash_descriptor(descriptor) == record.sha256
        finally:
            os.close(descriptor)
    except (OSError, ValueError):  # ValueError for a name that no file can have
        return False


def _below(tree: Path, here: str) -> str:
    """Return the prefix of names in the manifest: `a/b/` for `/t/a/b` in `/t`, nothing for `/t`."""
    return here[len(str(tree)) + 1 :] + "/" if here != str(tree) else ""


def remove_if_empty(name: str, folder: int | None) -> None:
    """Remove a folder, named in the folder with this descriptor, unless it has something in it."""
    try:
        os.rmdir(name, dir_fd=folder)
    except OSError as failure:
        if failure.errno not in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR, errno.EBUSY}:
            raise


def folders_of(names: Iterable[str]) -> set[str]:
    """Return all folders that lead to these files."""
    folders: set[str] = set()
    for name in names:
        while (name := name.rpartition("/")[0]) and name not in folders:
            folders.add(name)
    return folders


def _pass_on(failure: OSError) -> None:
    raise failure
