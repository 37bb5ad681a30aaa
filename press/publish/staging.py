"""The staging tree: opened next to output, closed without a trace."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, refuse_if_any_error, warning
from press.publish.lock import hold_lock, staging_folder
from press.publish.manifest import MANIFEST_NAME, Manifest, find_manifest, matches_stored, read_manifest
from press.publish.places import collection_folder, refuse_place, refuse_untracked, settle_output
from press.publish.recover import clear_staging
from press.publish.recycle import PREVIOUS_TREE, delete_leaving, delete_previous, reuse_files
from press.publish.staged_tree import StagedTree
from press.publish.tree import Record, agrees
from press.publish.tree_records import KnownTrees, open_known
from press.runtime.oserrors import describe_os_error
from press.runtime.parallel import map_over_cores
from press.runtime.signals import signals_held_back

_PART = 500
"""Files that a worker checks at once."""


@dataclass(frozen=True)
class Staging:
    """The staging tree of one build, and what it will replace."""

    tree: Path
    """Empty at first, on the file system of output; the build writes here and nowhere else."""
    output: Path
    folder: Path
    """The work folder of this collection; it may not exist yet."""
    known: KnownTrees
    """What is known of output and of the previous tree without reading their files."""
    problems: list[Diagnostic]
    """Warnings of recovery, swap and closing: complete when the staging is closed."""

    @cached_property
    def published(self) -> Manifest | None:
        """The manifest of what is in output now, with the sources of that build; an unchanged one is not read."""
        return find_manifest(self.folder, self.output)

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        """The SHA-256 of each file that output has now, but the manifest; from its record, it is ten times faster."""
        return self.known.list_output() or _list_hashes(self.published)

    @property
    def key(self) -> str:
        """The key of the tree that output has now; empty if that is not known."""
        return self.known.key or (self.published.key if self.published else "")

    @property
    def names(self) -> frozenset[str]:
        """All files that output has now."""
        return frozenset({*self.hashes, MANIFEST_NAME}) if self.hashes or self.published else frozenset()

    @property
    def previous(self) -> Path:
        """The place of the tree that was public before the last swap."""
        return self.folder / PREVIOUS_TREE

    def open_tree(self, planned: Set[str]) -> StagedTree:
        """Return the tree to fill, empty or with those planned files of the output that can be linked."""
        wanted = {name: sha256 for name, sha256 in self.hashes.items() if name in planned}
        there = reuse_files(self.tree, self.output, wanted, self.previous, self._list_previous) if wanted else ()
        return StagedTree(self.tree, {name: wanted[name] for name in there}, published=self.key)

    def tidy(self) -> None:
        """Delete what is left over from the previous tree: for a moment in which there is nothing else to do."""
        delete_leaving(self.previous)

    def _list_previous(self, previous: Path) -> Mapping[str, str] | None:
        listed = self.known.list_previous(previous)
        return listed or _list_hashes(read_manifest(previous / MANIFEST_NAME)) or None

    def holds(self, key: str, checksum: str = "") -> bool:
        """Return whether the output is the tree with this key, made of the sources that this checksum is of."""
        if not matches_stored(self.output, self.folder, key, checksum):
            return False
        if self.known.key == key:
            return True
        manifest = self.published
        if manifest is None or manifest.key != key:
            return False
        records = [(name, manifest.files[name]) for name in self.known.find_unknown(manifest.files)]
        parts = [records[at : at + _PART] for at in range(0, len(records), _PART)]
        if not all(map_over_cores(partial(_all_agree, self.output), parts, few=4)):
            return False
        self.known.confirm(manifest)
        return True

    def start_empty(self) -> None:
        """Empty the tree, and delete the previous one, so that every file is written again."""
        delete_previous(self.previous)
        shutil.rmtree(self.tree)
        self.tree.mkdir()


def _list_hashes(manifest: Manifest | None) -> dict[str, str]:
    return {name: record.sha256 for name, record in manifest.files.items()} if manifest else {}


def _all_agree(output: Path, part: Sequence[tuple[str, Record]]) -> bool:
    return all(agrees(f"{output}/{name}", record) for name, record in part)


@contextmanager
def open_staging(root: Path, content: Path, output: Path, keep_out: Iterable[Path] = ()) -> Iterator[Staging]:
    """Hold the lock, recover from a killed build, and yield an empty tree to build in.

    Raises Refused before anything is written if output is not a place to publish to; then, with the lock held, if
    output has files that are not ours. An OSError of the build, or of this package, leaves as Refused with one
    problem, its path as it would be in output. At the end, whatever happened, staging is gone, and after a swap the
    old tree too.
    """
    refuse_if_any_error(refuse_place(root, content, output, keep_out))
    output = settle_output(output)
    with report_os_errors(output), hold_lock(output) as staging:
        problems = clear_staging(staging, output)
        folder = collection_folder(root, content, output)
        known = open_known(folder, output, staging)
        opened = Staging(_name_tree(staging), output, folder, known, problems)
        if not known.key:
            refuse_if_any_error(refuse_untracked(output, opened.names))
        opened.tree.mkdir()
        try:
            yield opened
        finally:
            with signals_held_back():
                opened.tidy()
                problems += _close(staging, output)


def _name_tree(staging: Path) -> Path:
    """Give the tree a new name, so that a worker that outlives a killed build never writes into the next."""
    return staging / f"tree-{secrets.token_hex(8)}"


def _close(staging: Path, output: Path) -> list[Diagnostic]:
    """Clear the staging folder; report a failure instead of raising it: the result of the build matters more."""
    try:
        return clear_staging(staging, output)
    except OSError as failure:
        why = failure.strerror or failure
        message = f"the staging tree could not be deleted: {why}. The next build deletes it."
        return [warning(display_path(staging), 0, "staging-left", message)]


@contextmanager
def report_os_errors(output: Path) -> Iterator[None]:
    """Turn an OSError into Refused with one problem, its path as it would be in output."""
    try:
        yield
    except OSError as failure:
        raise Refused([describe_os_error(failure, _name_published(failure, output))]) from failure


def _name_published(failure: OSError, output: Path) -> str:
    """Return the path of a file in the staging tree as it would be in output."""
    path = Path(os.fsdecode(failure.filename)) if isinstance(failure.filename, str | bytes) else output
    try:
        below = path.relative_to(staging_folder(output)).parts
    except ValueError:
        return display_path(path)
    return display_path(output.joinpath(*below[1:]))
