"""Walk a tree: list it, find what is not ours in it, delete only what is listed."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error
from press.runtime.parallel import map_over_cores

FILE_MODE = 0o644
FOLDER_MODE = 0o755

_AT_ONCE = 500
"""Files that a worker reads in one go."""


@dataclass(frozen=True)
class Record:
    """One file: its length in bytes and the SHA-256 of its content in hexadecimal."""

    size: int
    sha256: str


def is_bare(output: Path) -> bool:
    """Tell whether nothing is published here: no such path, or an empty directory."""
    return not os.path.lexists(output) or (output.is_dir() and not any(output.iterdir()))


def list_tree(tree: Path, output: Path) -> tuple[dict[str, Record], list[Diagnostic]]:
    """List the files of a finished tree by relative path, and give each a mode any web server can read.

    Empty directories are taken away: the list could not tell them from somebody else's.
    What is not a plain file is a problem, named as it would stand in `output`.
    """
    names: list[str] = []
    problems: list[Diagnostic] = []
    _look_through(tree, "", output, names, problems)
    records = record_files(tree, names)
    return dict(zip(names, records, strict=True)), problems


def record_files(tree: Path, names: Sequence[str]) -> Iterator[Record]:
    """Yield the record of each named file of a tree, read over the cores there are."""
    parts = [names[at : at + _AT_ONCE] for at in range(0, len(names), _AT_ONCE)]
    for records in map_over_cores(lambda part: [_record(f"{tree}/{name}") for name in part], parts, few=4):
        yield from records


def _look_through(tree: Path, prefix: str, output: Path, names: list[str], problems: list[Diagnostic]) -> bool:
    """Gather the plain files below a directory of a tree; tell whether it holds any."""
    place, known = f"{tree}/{prefix}", len(names)
    with os.scandir(place) as entries:
        found = list(entries)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            if not _look_through(tree, f"{prefix}{entry.name}/", output, names, problems):
                _remove_if_empty(entry.path, None)
        elif entry.is_file(follow_symlinks=False):
            names.append(prefix + entry.name)
        else:
            problems.append(
                _tell_of_odd_file(output / prefix / entry.name, entry.stat(follow_symlinks=False).st_mode)
            )
    if stat.S_IMODE(Path(place).stat().st_mode) != FOLDER_MODE:
        Path(place).chmod(FOLDER_MODE)
    return len(names) > known


def list_files(tree: Path) -> Iterator[str]:
    """Give the relative path of everything in a tree that is no directory."""
    for here, _, names in os.walk(tree, onerror=_pass_on):
        prefix = _below(tree, here)
        yield from (prefix + name for name in names)


def find_strangers(tree: Path, names: Set[str]) -> Iterator[str]:
    """Find what stands in a tree beside the listed files and the directories that lead to them.

    A link, a pipe, or another file system mounted inside is a stranger under any name. A strange
    directory is named once, without what it holds. No tree, no strangers.
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
    """Delete the listed files and the directories they leave empty; tell whether the tree is gone.

    Goes by directory descriptors: a directory that somebody turns into a link meanwhile leads nowhere.
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
    """Tell whether a plain file with this very content stands there."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size != record.size:
                return False
            return hashlib.file_digest(file, "sha256").hexdigest() == record.sha256
    except (OSError, ValueError):  # a name that no file can have is a ValueError
        return False


def _below(tree: Path, here: str) -> str:
    """Give what stands before a name in the list: for `/t/a/b` in `/t` it is `a/b/`, for `/t` nothing."""
    return here[len(str(tree)) + 1 :] + "/" if here != str(tree) else ""


def _record(path: str) -> Record:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if stat.S_IMODE(found.st_mode) != FILE_MODE:
            os.fchmod(descriptor, FILE_MODE)
        return Record(found.st_size, hashlib.file_digest(file, "sha256").hexdigest())


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


def _tell_of_odd_file(path: Path, mode: int) -> Diagnostic:
    what = "a link" if stat.S_ISLNK(mode) else "neither a file nor a directory"
    return error(display_path(path), 0, "odd-file", f"this is {what}. Publish plain files only.")


def _pass_on(failure: OSError) -> None:
    raise failure
