"""Files: written whole or not at all, hashed, exchanged, flushed to the disk."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error
from press.runtime.oserrors import describe_os_error

AT_FDCWD = -100
RENAME_EXCHANGE = 2
NO_SUCH_CALL = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}
"""What the kernel answers if it, or the file system, cannot exchange two paths."""

TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.tmp")
"""Name of the unfinished file that `write_atomic` leaves if it is killed; validation ignores it."""

_BLOCK = 2**16
"""Bytes that are read at once."""

_LIBC = ctypes.CDLL(None, use_errno=True)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two existing paths in one step; return False, with nothing changed, if the system cannot.

    Raises OSError for any other failure. See renameat2(2).
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
    """Flush everything written to the file system of this directory to the disk. See syncfs(2).

    One call for the whole tree, because an fsync for each file waits for the disk once per file.
    Raises OSError if the disk fails.
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
    """Flush the names in this directory to the disk: until then a power cut can undo a rename."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_atomic(path: Path, data: bytes | str, *, durable: bool = True, overwrite: bool = True) -> None:
    """Write a file that readers find whole or not at all, whatever is killed meanwhile; text is written as UTF-8.

    An existing file keeps its permissions. `durable` waits for the disk, so that the file survives a power cut.
    Raises FileExistsError if `overwrite` is false and the file exists, OSError if the disk fails.
    """
    half = path.with_name(f".{secrets.token_hex(8)}.tmp")  # a name that TEMPORARY matches
    try:
        with half.open("xb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if overwrite:
            with suppress(FileNotFoundError):
                half.chmod(path.stat().st_mode & 0o7777)
            half.replace(path)
        else:
            os.link(half, path)
        if durable:
            flush_folder(path.parent)
    finally:
        with suppress(OSError):
            half.unlink()


def hash_file(path: str | Path) -> str:
    """Return the SHA-256 of a file's content in hexadecimal. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return hash_descriptor(descriptor)
    finally:
        os.close(descriptor)


def hash_descriptor(descriptor: int) -> str:
    """Return the SHA-256 of what is left of an open file; for many small ones, Python's own objects take longer."""
    found = hashlib.sha256()
    while data := os.read(descriptor, _BLOCK):
        found.update(data)
    return found.hexdigest()


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_new(file: Path, data: str | bytes) -> list[Diagnostic]:
    """Write a new file and the folders it needs; if the file exists, leave it alone and return an error."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, data, overwrite=False)
    except FileExistsError:
        message = "the file already exists and was left alone. Move it, or choose another title."
        return [error(display_path(file), 0, "file-exists", message)]
    except OSError as failure:
        return [describe_os_error(failure, display_path(file))]
    return []


def write_over(file: Path, data: bytes) -> list[Diagnostic]:
    """Replace the content of a file and keep its permissions; return an error if it cannot be written."""
    try:
        write_atomic(file, data)
    except OSError as failure:
        return [describe_os_error(failure, display_path(file))]
    return []
