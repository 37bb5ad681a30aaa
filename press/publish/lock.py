"""One build at a time for one output: the staging folder's own lock.

The lock stands where all who could meet stand: beside the output itself. Two projects, or two
copies of one, that publish to the same place see the same lock, which no work folder could give.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shlex
import socket
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, error
from press.runtime.signals import signals_held_back

LOCK = "lock"
OURS = re.compile(r"lock|swap\.json(\.new)?|old|tree-[0-9a-f]{16}")
"""Every name we ever give inside a staging folder."""


def staging_folder(output: Path) -> Path:
    """Give the sibling of output that a build works in: `output` becomes `.output.press-staging`."""
    return output.with_name(f".{output.name}.press-staging")


@contextmanager
def hold_lock(output: Path) -> Iterator[Path]:
    """Hold the staging folder of this output, made if need be and taken away at the end if it is empty.

    Raises Refused where another build holds it, or where somebody else's directory has its name.
    The lock of a killed process is free at once: the kernel drops it.
    """
    folder = staging_folder(output)
    grip: _Grip | None = None
    try:
        with signals_held_back():
            grip = _take(folder, output)
        yield folder
    finally:
        with signals_held_back():
            if grip is not None:
                _give_back(grip, folder)


class _Grip:
    """The open lock file. A forked worker lets go of its copy, or it would hold the lock after our death."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        os.register_at_fork(after_in_child=self.let_go)

    def let_go(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
        self.descriptor = -1


def _take(folder: Path, output: Path) -> _Grip:
    while True:  # again each time that another build ended, and took the folder away, between two lines
        with suppress(FileExistsError):
            folder.mkdir()
        try:
            _refuse_if_not_ours(folder)
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 4096, 0)
            os.close(descriptor)
            raise Refused([_tell_holder(output, holder)]) from None
        if _still_there(descriptor, folder / LOCK):
            _sign(descriptor)
            return _Grip(descriptor)
        os.close(descriptor)


def _give_back(grip: _Grip, folder: Path) -> None:
    """Take lock and folder away; both stay for the next build if anything is left beside the lock."""
    try:
        if [path.name for path in folder.iterdir()] == [LOCK]:
            (folder / LOCK).unlink()
            folder.rmdir()
    except OSError:
        pass  # the folder is gone, or the next build is already in it
    finally:
        grip.let_go()


def _refuse_if_not_ours(folder: Path) -> None:
    """Refuse a folder that only has our name: ours is empty, or has a lock and only names that we give."""
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise Refused([_tell_taken(folder)])
    names = sorted(path.name for path in folder.iterdir())
    for name in names:
        if not OURS.fullmatch(name):
            raise Refused([_tell_taken(folder / name)])
    if names and LOCK not in names:
        raise Refused([_tell_taken(folder)])


def _still_there(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _sign(descriptor: int) -> None:
    """Write who holds the lock; the clock is for the reader of a message, nothing is decided by it."""
    since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    command = shlex.join(sys.orig_argv)[:200]
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "command": command}
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(holder).encode(), 0)


def _tell_holder(output: Path, text: bytes) -> Diagnostic:
    try:
        holder = json.loads(text)
        who = f"process {holder['pid']} on {holder['host']}, since {holder['since']} ({holder['command']})"
    except (ValueError, KeyError, TypeError):
        who = "a process that has only just begun"
    message = f"another build is at work here: {who}. Wait until it ends."
    return error(display_path(output), 0, "build-running", message)


def _tell_taken(path: Path) -> Diagnostic:
    message = "the press builds under this name, and what stands here is not the press's. Move it away."
    return error(display_path(path), 0, "staging-taken", message)
