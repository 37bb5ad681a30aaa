"""Know the files of a tree by their state, as Git does, so that they need not be read again.

The state of a file is its mode, inode, length and the time of its last change (ctime). No program sets that time: the
kernel does, from its own clock, whenever anything about the file changes, its modification time too. A file whose
state is the same as when it was hashed has the same content, if it was left alone for one tick of the clock before it
was hashed: a later change in the same tick would bear the same time. So the clock is read first, then states are
taken, then files are hashed, and a state that is not older than the clock is not trusted.
"""

from __future__ import annotations

import os
import secrets
import stat
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

State = tuple[int, int, int, int]
"""Mode, inode, length in bytes, time of the last change in nanoseconds."""

STATE_BYTES = 32
"""Length of a state in a TreeState."""

BY_CONTENT = 1
"""The time of what is on another file system or has no inode, and is known by its content only."""

UNSURE: State = (0, 0, 0, 0)
"""In a record, a file that is to be read again; no tree ever has this state."""

_LONG_AGO = 10**18
_MOST = 2**63 - 1


@dataclass(frozen=True)
class TreeState:
    """What a tree has, and the state of each file; two trees with equal values are one tree, and unchanged.

    Of a folder only the mode counts.
    """

    device: int
    root: int
    """The inode of the tree's own folder, which stays the same where it is moved."""
    listed: bytes
    """The relative paths of all files and folders, separated by NUL; that of a folder ends with a slash."""
    numbers: bytes
    """The four numbers of each state, as 64-bit integers of this machine."""

    @property
    def names(self) -> list[str]:
        """The paths of all files and folders."""
        return os.fsdecode(self.listed).split("\0") if self.listed else []

    @property
    def states(self) -> Iterator[State]:
        """The states, in the order of the names."""
        one = iter(array("q", self.numbers))
        return zip(one, one, one, one, strict=True)

    @property
    def modes(self) -> array[int]:
        """The mode of everything, in the order of the names."""
        return array("q", self.numbers)[::4]

    @property
    def changes(self) -> array[int]:
        """The time of the last change of everything, in the order of the names."""
        return array("q", self.numbers)[3::4]

    def state_at(self, n: int) -> bytes:
        """Return the state of the file with the nth name, packed."""
        return self.numbers[n * STATE_BYTES : (n + 1) * STATE_BYTES]


def state_of(found: os.stat_result, device: int) -> State:
    """Return the state of a file of a tree on this device."""
    known = found.st_dev == device and 0 < found.st_ino <= _MOST
    if known:
        return found.st_mode, found.st_ino, found.st_size, found.st_ctime_ns
    return found.st_mode, 0, 0, BY_CONTENT


def take_state(tree: Path, apart: str = "") -> TreeState:
    """Look at everything in a tree once, without reading a file. Raises OSError if that fails.

    Of the file `apart` only the mode counts. What is mounted inside is not looked into.
    """
    own, names, numbers, waiting = tree.stat(), list[str](), array("q"), [""]
    while waiting:
        prefix = waiting.pop()
        for name, found in _look_into(tree, prefix):
            state = state_of(found, own.st_dev)
            if state[3] != BY_CONTENT and (name == apart or name[-1] == "/"):
                state = (state[0], 0, 0, 0)
            if state[3] != BY_CONTENT and name[-1] == "/":
                waiting.append(name)
            names.append(name)
            numbers.extend(state)
    return TreeState(own.st_dev, own.st_ino, os.fsencode("\0".join(names)), numbers.tobytes())


def _look_into(tree: Path, prefix: str) -> list[tuple[str, os.stat_result]]:
    """Return what a folder of a tree has, by path; a descriptor spares the kernel looking up the folder each time."""
    descriptor = os.open(f"{tree}/{prefix}", os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(descriptor) as entries:
            found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
    finally:
        os.close(descriptor)
    return sorted((f"{prefix}{name}{'/' if stat.S_ISDIR(of.st_mode) else ''}", of) for name, of in found)


def pack_states(states: Iterable[State]) -> bytes:
    """Return states as the numbers of a TreeState."""
    return array("q", (number for state in states for number in state)).tobytes()


def read_clock(folder: Path) -> int | None:
    """Return the time that a change in this file system gets now, by changing a file of our own there.

    None if the time of the last change cannot be trusted here: if it follows the modification time, or if the system
    has no links, as those that only know when a file was made.
    """
    names = [folder / f".{secrets.token_hex(8)}.tmp" for _ in range(2)]  # as TEMPORARY in press/runtime/files.py
    try:
        names[0].touch(exist_ok=False)
        os.link(*names)
        os.utime(names[0], ns=(_LONG_AGO, _LONG_AGO))
        found = names[0].stat()
        return found.st_ctime_ns if found.st_ino and found.st_ctime_ns != found.st_mtime_ns else None
    except OSError:
        return None
    finally:
        for name in names:
            with suppress(OSError):
                name.unlink(missing_ok=True)
