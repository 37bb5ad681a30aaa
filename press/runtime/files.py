"""The few calls to the system that Python lacks or that must be made in one certain way."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error

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


def write_new(file: Path, text: str) -> list[Diagnostic]:
    """Write a new file, with its folders; one that is there is left alone, and said."""
    beside = _beside(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(text.encode())
        os.link(beside, file)
    except FileExistsError:
        message = "it is there already, and was left alone. Move it, or choose another title."
        return [error(display_path(file), 0, "file-exists", message)]
    except OSError as wrong:
        return [_cannot_write(file, wrong)]
    finally:
        with suppress(OSError):
            beside.unlink()
    return []


def write_over(file: Path, data: bytes) -> list[Diagnostic]:
    """Put new bytes in a file's place in one step; it keeps its permissions."""
    beside = _beside(file)
    try:
        beside.write_bytes(data)
        beside.chmod(file.stat().st_mode & 0o7777)
        beside.replace(file)
    except OSError as wrong:
        with suppress(OSError):
            beside.unlink()
        return [_cannot_write(file, wrong)]
    return []


def _beside(file: Path) -> Path:
    """Name a file that the gate ignores, should a kill leave it."""
    return file.with_name(f".{secrets.token_hex(8)}.tmp")


def _cannot_write(file: Path, wrong: OSError) -> Diagnostic:
    message = f"it cannot be written ({wrong.strerror}). Mend that, and do it again."
    return error(display_path(file), 0, "system-error", message)
