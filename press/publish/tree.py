"""Walk a tree: list its files, find those that are not ours, delete only those that are listed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error
from press.runtime.files import hash_stream
from press.runtime.parallel import map_over_cores

FILE_MODE = 0o644
FOLDER_MODE = 0o755

_AT_ONCE = 500
"""Files that a worker reads at once."""


@dataclass(frozen=True)
class Record:
    """One file: its length in bytes and the SHA-256 of its content in hexadecimal."""

    size: int
    sha256: str


def is_bare(output: Path) -> bool:
    """Return whether nothing is published here: there is no such path, or it is an empty folder."""
    return not os.path.lexists(output) or (output.is_dir() and not any(output.iterdir()))


def list_tree(tree: Path, output: Path) -> tuple[dict[str, Record], list[Diagnostic]]:
    """List the files of a finished tree by relative path, and give each a mode any web server can read.

    Empty folders are removed, because the manifest could not tell them from somebody else's. Anything but a plain
    file is a problem, its path as it would be in `output`.
    """
    names: list[str] = []
    problems: list[Diagnostic] = []
    _collect_files(tree, "", output, names, problems)
    records = record_files(tree, names)
    return dict(zip(names, records, strict=True)), problems


def record_files(tree: Path, names: Sequence[str]) -> Iterator[Record]:
    """Yield the record of each named file of a tree, read over all cores."""
    parts = [names[at : at + _AT_ONCE] for at in range(0, len(names), _AT_ONCE)]
    hashed = map_over_cores(
        lambda part: [_record(f"{tree}/{name}") for name in part],
        parts,
        few=4,
        doing="hashing the finished files",
        path_of=lambda part: part[0],
    )
    for records in hashed:
        yield from records


def _collect_files(tree: Path, prefix: str, output: Path, names: list[str], problems: list[Diagnostic]) -> bool:
    """Collect the plain files below a folder of a tree; return whether it has any."""
    place, known = f"{tree}/{prefix}", len(names)
    with os.scandir(place) as entries:
        found = list(entries)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            if not _collect_files(tree, f"{prefix}{entry.name}/", output, names, problems):
                _remove_if_empty(entry.path, None)
        elif entry.is_file(follow_symlinks=False):
            names.append(prefix + entry.name)
        else:
            problems.append(_odd_file(output / prefix / entry.name, entry.stat(follow_symlinks=False).st_mode))
    if stat.S_IMODE(Path(place).stat().st_mode) != FOLDER_MODE:
        Path(place).chmod(FOLDER_MODE)
    return len(names) > known


def list_files(tree: Path) -> Iterator[str]:
    """Yield the relative path of everything in a tree that is not a folder."""
    for here, _, names in os.walk(tree, onerror=_pass_on):
        prefix = _below(tree, here)
        yield from (prefix + name for name in names)


def find_untracked(tree: Path, names: Set[str]) -> Iterator[str]:
    """Find what a tree has beyond the listed files and the folders that lead to them.

    A link, a pipe, or another file system mounted inside is untracked under any name. An untracked folder is named
    once, without its content. A tree that does not exist has nothing untracked.
    """
    if not tree.is_dir():
        return
    folders = _folders_of(names)
    device = tree.stat().st_dev
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(f"{tree}/{prefix}") as entries:
            for entry in entries:
                name = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    ours = name in folders and entry.stat(follow_symlinks=False).st_dev == device
                    waiting.extend([name + "/"] if ours else [])
                else:
                    ours = name in names and entry.is_file(follow_symlinks=False)
                if not ours:
                    yield name


def delete_listed(tree: Path, names: Set[str]) -> bool:
    """Delete the listed files and the folders they leave empty; return whether the tree is gone.

    This uses folder descriptors, so that a folder that somebody replaces by a link meanwhile is not followed.
    """
    if tree.is_symlink() or not tree.is_dir():
        return not os.path.lexists(tree)
    wanted = _folders_of(names)
    for here, folders, files, folder in os.fwalk(tree, topdown=False, onerror=_pass_on):
        prefix = _below(tree, here)
        for name in files:
            if prefix + name in names and stat.S_ISREG(os.lstat(name, dir_fd=folder).st_mode):
                os.unlink(name, dir_fd=folder)
        for name in folders:
            if prefix + name in wanted:
                _remove_if_empty(name, folder)
    _remove_if_empty(str(tree), None)
    return not tree.exists()


def agrees(path: str | Path, record: Record) -> bool:
    """Return whether there is a plain file with exactly this content."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size != record.size:
                return False
            return hash_stream(file) == record.sha256
    except (OSError, ValueError):  # ValueError for a name that no file can have
        return False


def _below(tree: Path, here: str) -> str:
    """Return the prefix of names in the manifest: `a/b/` for `/t/a/b` in `/t`, nothing for `/t`."""
    return here[len(str(tree)) + 1 :] + "/" if here != str(tree) else ""


def _record(path: str) -> Record:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if stat.S_IMODE(found.st_mode) != FILE_MODE:
            os.fchmod(descriptor, FILE_MODE)
        return Record(found.st_size, hash_stream(file))


def _remove_if_empty(name: str, folder: int | None) -> None:
    try:
        os.rmdir(name, dir_fd=folder)
    except OSError as failure:
        if failure.errno not in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR, errno.EBUSY}:
            raise


def _folders_of(names: Iterable[str]) -> set[str]:
    folders: set[str] = set()
    for name in names:
        while (name := name.rpartition("/")[0]) and name not in folders:
            folders.add(name)
    return folders


def _odd_file(path: Path, mode: int) -> Diagnostic:
    what = "a link" if stat.S_ISLNK(mode) else "neither a file nor a folder"
    return error(display_path(path), 0, "odd-file", f"this is {what}. Publish plain files only.")


def _pass_on(failure: OSError) -> None:
    raise failure
