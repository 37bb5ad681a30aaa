"""What the last build recorded of its trees: the state and the hash of each file, kept in the work folder.

A record is trusted only while it can be: one that is damaged, from another file system or from a time to come is as
good as none, and costs reading the files again. Nothing in it can run.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from press.publish.file_states import BY_CONTENT, STATE_BYTES, UNSURE, TreeState, pack_states, read_clock, take_state
from press.publish.manifest import MANIFEST_NAME, Manifest
from press.publish.tree import Record
from press.runtime.files import write_atomic

RECORD_VERSION = 1

OUTPUT_STATE = "output-state"
"""The record of output, in the work folder."""

PREVIOUS_STATE = "previous-state"
"""The record of the previous tree."""

_LENGTH = hashlib.sha256().digest_size
_NO_HASH = bytes(_LENGTH)


@dataclass(frozen=True)
class TreeRecord:
    """A tree as it was once: which tree, when by the clock of its file system, and its files."""

    key: str
    """The key of its manifest."""
    clock: int
    state: TreeState
    """Files that changed too shortly before to be known by their state are UNSURE."""
    hashes: bytes
    """The SHA-256 of each file; zeros for a folder, and for the manifest."""

    def unchanged(self, seen: TreeState, but: Container[str] = ()) -> dict[str, str]:
        """Return the SHA-256 of each file whose state is still as recorded, but those named in `but`."""
        if seen.device != self.state.device:
            return {}
        places = {name: n for n, name in enumerate(self.state.names) if name[-1] != "/" and name != MANIFEST_NAME}
        found = {}
        for n, name in enumerate(seen.names):
            at = None if name in but else places.get(name)
            if at is not None and self.state.state_at(at) == seen.state_at(n):
                found[name] = self.hashes[at * _LENGTH : (at + 1) * _LENGTH].hex()
        return found

    def list_files(self) -> dict[str, str]:
        """Return the SHA-256 of each file, by path."""
        hashes = self.hashes.hex()
        starts = range(0, len(hashes), 2 * _LENGTH)
        every = {name: hashes[at : at + 2 * _LENGTH] for name, at in zip(self.state.names, starts, strict=True)}
        return {name: sha256 for name, sha256 in every.items() if name[-1] != "/" and name != MANIFEST_NAME}


def record_tree(manifest: Manifest, clock: int, seen: TreeState) -> TreeRecord:
    """Record a tree, whose states were taken after the clock was read, and whose files were hashed after that."""
    numbers, files = bytearray(seen.numbers), manifest.files
    for n, changed in enumerate(seen.changes):
        if changed >= clock or changed == BY_CONTENT:
            numbers[n * STATE_BYTES : (n + 1) * STATE_BYTES] = pack_states([UNSURE])
    hashes = (bytes.fromhex(files[name].sha256) if name in files else _NO_HASH for name in seen.names)
    return TreeRecord(manifest.key, clock, replace(seen, numbers=bytes(numbers)), b"".join(hashes))


def write_record(path: Path, record: TreeRecord | None) -> None:
    """Write a record, or delete it if there is none. What cannot be written is not known the next time."""
    with suppress(OSError):
        if record is None:
            path.unlink(missing_ok=True)
            return
        state = record.state
        numbers = record.clock, state.device, state.root, len(state.numbers)
        head = " ".join(map(str, (RECORD_VERSION, sys.byteorder, record.key, *numbers)))
        body = b"".join([head.encode(), b"\n", state.numbers, record.hashes, state.listed])
        write_atomic(path, hashlib.sha256(body).digest() + body, durable=False)


def load_record(path: Path, now: int) -> TreeRecord | None:
    """Read a record; return None if there is none, or if the clock says that it is from a time to come."""
    with suppress(OSError, ValueError):
        data = path.read_bytes()
        body = data[_LENGTH:]
        head, _, rest = body.partition(b"\n")
        version, order, key, *others = head.decode("ascii").split(" ")
        clock, device, root, length = map(int, others)
        if hashlib.sha256(body).digest() != data[:_LENGTH] or clock > now:
            return None
        if (version, order) == (str(RECORD_VERSION), sys.byteorder):
            numbers, hashes, listed = rest[:length], rest[length : 2 * length], rest[2 * length :]
            return TreeRecord(key, clock, TreeState(device, root, listed, numbers), hashes)
    return None


@dataclass
class KnownTrees:
    """What a build knows of output and of the previous tree without reading their files."""

    folder: Path
    """The work folder of the collection."""
    output: Path
    clock: int | None
    """The time in the file system of output before anything was looked at; None if states mean nothing there."""
    recorded: TreeRecord | None = None
    seen: TreeState | None = None
    sealed: TreeRecord | None = None
    """The staged tree, once it is sealed."""

    @cached_property
    def previous(self) -> TreeRecord | None:
        """The record of the previous tree."""
        return load_record(self.folder / PREVIOUS_STATE, self.clock) if self.clock is not None else None

    @property
    def key(self) -> str:
        """The key of the tree in output, if all of it is as it was recorded; else nothing."""
        return self.recorded.key if self.recorded and self.recorded.state == self.seen else ""

    def look(self) -> None:
        """Look at output, once."""
        if self.clock is not None and self.seen is None:
            with suppress(OSError):
                self.seen = take_state(self.output, MANIFEST_NAME)

    def list_output(self) -> dict[str, str]:
        """Return the SHA-256 of each file of output, if all of it is as it was recorded; else nothing."""
        return self.recorded.list_files() if self.recorded and self.key else {}

    def list_previous(self, tree: Path) -> dict[str, str]:
        """Return the SHA-256 that each file of a tree should have, if it is the previous tree; else nothing."""
        with suppress(OSError):
            if self.previous and self.previous.state.root == tree.stat().st_ino:
                return self.previous.list_files()
        return {}

    def find_unknown(self, files: Mapping[str, Record]) -> list[str]:
        """Return those of these files that must be read to know whether they are in output, as they should be."""
        self.look()
        known = self.recorded.unchanged(self.seen) if self.recorded and self.seen else {}
        return [name for name, record in files.items() if known.get(name) != record.sha256]

    def confirm(self, manifest: Manifest) -> None:
        """Record output anew: since it was looked at, its files have been found to be those of this manifest."""
        if self.clock is None or self.seen is None:
            return
        if {name for name in self.seen.names if name[-1] != "/"} == manifest.names:
            record = record_tree(manifest, self.clock, self.seen)
            write_record(self.folder / OUTPUT_STATE, record)

    def list_known(self, staged: TreeState) -> dict[str, str]:
        """Return the SHA-256 of each file of the staged tree that came unchanged from one of the recorded trees."""
        known: dict[str, str] = {}
        for record in filter(None, (self.previous, self.recorded)):
            known |= record.unchanged(staged, known)
        return known

    def exchange(self) -> None:
        """Record the sealed tree as output, and what was recorded of output as the previous tree."""
        with suppress(OSError):
            (self.folder / OUTPUT_STATE).replace(self.folder / PREVIOUS_STATE)
        write_record(self.folder / OUTPUT_STATE, self.sealed)


def open_known(folder: Path, output: Path, staging: Path) -> KnownTrees:
    """Read what is recorded, and look at output once if there is a record of it."""
    known = KnownTrees(folder, output, read_clock(staging))
    if known.clock is not None:
        known.recorded = load_record(folder / OUTPUT_STATE, known.clock)
    if known.recorded:
        known.look()
    return known
