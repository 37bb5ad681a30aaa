"""List the files of a finished tree: the only step that reads them, and only those that are not known."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from press.diagnostics import Diagnostic, display_path, error
from press.publish.file_states import STATE_BYTES, State, TreeState, pack_states, read_clock, state_of, take_state
from press.publish.manifest import MANIFEST_NAME
from press.publish.tree import Record, folders_of, remove_if_empty
from press.runtime.files import hash_descriptor
from press.runtime.parallel import map_over_cores

FILE_MODE = 0o644
FOLDER_MODE = 0o755

_AT_ONCE = 500
"""Files that a worker reads at once."""

Known = Callable[[TreeState], dict[str, str]]
"""Returns the SHA-256 of those files that need not be read."""


@dataclass(frozen=True)
class Listing:
    """The files of a finished tree, and the states they had when they were read."""

    files: dict[str, Record]
    problems: list[Diagnostic]
    clock: int | None
    """The time before the states were taken; None if states mean nothing here."""
    seen: TreeState


def list_tree(tree: Path, output: Path, known: Known) -> Listing:
    """List the files of a finished tree by relative path, and give each a mode any web server can read.

    Empty folders are removed, because the manifest could not tell them from somebody else's. Anything but a plain
    file is a problem, its path as it would be in `output`. The manifest is not listed.
    """
    clock, seen = read_clock(tree.parent), take_state(tree, MANIFEST_NAME)
    if _mend(tree, seen):
        clock, seen = read_clock(tree.parent), take_state(tree, MANIFEST_NAME)
    problems = list(_find_odd(seen, output))
    every = seen.names
    hashes = known(seen) if clock is not None and not problems else {}
    names = [name for name in every if name[-1] != "/" and name != MANIFEST_NAME and name not in hashes]
    read = dict(zip(names, _read_files(tree, names, seen.device), strict=True)) if not problems else {}
    files, numbers = {}, bytearray(seen.numbers)
    for n, (name, state) in enumerate(zip(every, seen.states, strict=True)):
        if name in read:
            files[name], state_then = read[name]
            numbers[n * STATE_BYTES : (n + 1) * STATE_BYTES] = pack_states([state_then])
        elif name in hashes:
            files[name] = Record(state[2], hashes[name])
    return Listing(files, problems, clock, replace(seen, numbers=bytes(numbers)))


def _mend(tree: Path, seen: TreeState) -> bool:
    """Correct the modes, and remove empty folders; return whether there was anything to do."""
    right = {stat.S_IFREG: FILE_MODE, stat.S_IFDIR: FOLDER_MODE}
    modes = [("", tree.stat().st_mode), *zip(seen.names, seen.modes, strict=True)]
    wrong = [
        (name, right[stat.S_IFMT(mode)])
        for name, mode in modes
        if stat.S_IMODE(mode) != right.get(stat.S_IFMT(mode), stat.S_IMODE(mode))
    ]
    for name, mode in wrong:
        (tree / name).chmod(mode)
    folders = {name[:-1] for name, _ in modes if name[-1:] == "/"}
    empty = folders - folders_of(name for name, _ in modes if name[-1:] != "/")
    for name in sorted(empty, reverse=True):
        remove_if_empty(f"{tree}/{name}", None)
    return bool(wrong or empty)


def _find_odd(seen: TreeState, output: Path) -> Iterator[Diagnostic]:
    for name, mode in zip(seen.names, seen.modes, strict=True):
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            what = "a link" if stat.S_ISLNK(mode) else "neither a file nor a folder"
            yield error(display_path(output / name), 0, "odd-file", f"this is {what}. Publish plain files only.")


def _read_files(tree: Path, names: Sequence[str], device: int) -> Iterator[tuple[Record, State]]:
    """Yield the record and the state of each named file of a tree, read over all cores."""
    parts = [names[at : at + _AT_ONCE] for at in range(0, len(names), _AT_ONCE)]
    hashed = map_over_cores(
        lambda part: [_read(f"{tree}/{name}", device) for name in part],
        parts,
        few=4,
        doing="hashing the finished files",
        path_of=lambda part: part[0],
    )
    for records in hashed:
        yield from records


def _read(path: str, device: int) -> tuple[Record, State]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        found = os.fstat(descriptor)
        return Record(found.st_size, hash_descriptor(descriptor)), state_of(found, device)
    finally:
        os.close(descriptor)
