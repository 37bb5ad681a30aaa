"""The few calls to the system that Python lacks or that must be made in one certain way."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2
NO_SUCH_CALL = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}
"""What the kernel answers where it, or the file system, cannot exchange."""

_LIBC = ctypes.CDLL(None, use_errno=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two existing paths change places in one step; False, with nothing done, where that is not offered.

    Raises OSError for every other failure. See renameat2(2).
    """
    call = getattr(_LIBC, "renameat2", None)
    if call is None:
        return False
    if call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in NO_SUCH_CALL:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def flush_file_system(path: Path) -> None:
    """Have all that was written to the file system of this directory on the disk. See syncfs(2).

    One call for the whole tree, since an fsync for each file waits for the disk once per file.
    Raises OSError where writing back failed.
    """
    call = getattr(_LIBC, "syncfs", None)
    if call is None:
        os.sync()
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if call(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(path))
    finally:
        os.close(descriptor)


def flush_folder(path: Path) -> None:
    """Have the names in this directory on the disk: a rename is lost in a power cut until then."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, text: str) -> None:
    """Write a small file that is found whole or not at all, after a kill or a power cut too.

    The half-written one is `<name>.new`; only the holder of the lock writes, so the name is free.
    """
    half = path.with_name(path.name + ".new")
    with half.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    flush_folder(path.parent)
