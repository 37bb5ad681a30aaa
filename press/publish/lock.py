"""One build at a time for one output: the lock of the staging folder.

The lock is next to the output, the one place that all builds of this output share. Two projects, or two copies of
one, that publish to the same place see the same lock; a lock in the work folder would not stop them.
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
from press.runtime.files import TEMPORARY
from press.runtime.signals import signals_held_back

LOCK = "lock"
STAGING_NAMES = re.compile(rf"lock|swap\.json(\.new)?|old|tree-[0-9a-f]{{16}}|{TEMPORARY.pattern}")
"""Every name a build creates inside a staging folder; `swap.json.new` was the former version's unfinished plan."""


def staging_folder(output: Path) -> Path:
    """Return the folder next to output in which a build works: `output` becomes `.output.press-staging`."""
    return output.with_name(f".{output.name}.press-staging")


@contextmanager
def hold_lock(output: Path) -> Iterator[Path]:
    """Hold the staging folder of this output; make it if it is missing, and remove it at the end if it is empty.

    Raises Refused if another build holds it, or if something else has its name. The lock of a killed process is free
    at once, because the kernel releases it.
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
                _release(grip, folder)


class _Grip:
    """The open lock file. A forked worker closes its copy, or it would hold the lock after this process ended."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        os.register_at_fork(after_in_child=self.let_go)

    def let_go(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
        self.descriptor = -1


def _take(folder: Path, output: Path) -> _Grip:
    while True:  # again if another build ended and removed the folder between two of these lines
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
            raise Refused([_build_running(output, holder)]) from None
        if _still_there(descriptor, folder / LOCK):
            _sign(descriptor)
            return _Grip(descriptor)
        os.close(descriptor)


def _release(grip: _Grip, folder: Path) -> None:
    """Remove lock and folder; both stay for the next build if the folder has anything but the lock."""
    try:
        if [path.name for path in folder.iterdir()] == [LOCK]:
            (folder / LOCK).unlink()
            folder.rmdir()
    except OSError:
        pass  # the folder is gone, or the next build is already in it
    finally:
        grip.let_go()


def _refuse_if_not_ours(folder: Path) -> None:
    """Refuse a folder that only has our name: ours is empty, or has a lock and only STAGING_NAMES."""
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise Refused([_name_taken(folder)])
    names = sorted(path.name for path in folder.iterdir())
    for name in names:
        if not STAGING_NAMES.fullmatch(name):
            raise Refused([_name_taken(folder / name)])
    if names and LOCK not in names:
        raise Refused([_name_taken(folder)])


def _still_there(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _sign(descriptor: int) -> None:
    """Write who holds the lock; the time is for the reader of a message and decides nothing."""
    since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    command = shlex.join(sys.orig_argv)[:200]
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "command": command}
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(holder).encode(), 0)


def _build_running(output: Path, text: bytes) -> Diagnostic:
    try:
        holder = json.loads(text)
        who = f"process {holder['pid']} on {holder['host']}, since {holder['since']} ({holder['command']})"
    except (ValueError, KeyError, TypeError):
        who = "a process that has just started"
    message = f"another build is using this folder: {who}. Wait until it ends."
    return error(display_path(output), 0, "build-running", message)


def _name_taken(path: Path) -> Diagnostic:
    message = "the build works in a folder of this name, but did not make this one. Move it elsewhere."
    return error(display_path(path), 0, "staging-taken", message)
