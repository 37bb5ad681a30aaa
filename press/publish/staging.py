"""The staging tree: opened next to output, closed without a trace."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, refuse_if_any_error, warning
from press.publish.lock import hold_lock, staging_folder
from press.publish.manifest import Manifest, find_manifest, matches_stored
from press.publish.places import collection_folder, refuse_place, refuse_untracked, settle_output
from press.publish.recover import clear_staging
from press.publish.recycle import PREVIOUS_TREE, delete_previous, reuse_files
from press.publish.staged_tree import StagedTree
from press.publish.tree import Record, agrees
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
    published: Manifest | None
    """The manifest of what is in output now, with the sources of that build."""
    problems: list[Diagnostic]
    """Warnings of recovery, swap and closing: complete when the staging is closed."""

    @property
    def previous(self) -> Path:
        """The place of the tree that was public before the last swap."""
        return self.folder / PREVIOUS_TREE

    def open_tree(self, planned: Set[str]) -> StagedTree:
        """Return the tree to fill, empty or with those planned files of the output that can be linked."""
        if self.published is None:
            return StagedTree(self.tree)
        there = reuse_files(self.tree, self.output, self.published, planned, self.previous)
        return StagedTree(self.tree, {name: self.published.files[name].sha256 for name in there})

    def holds(self, checksum: str) -> bool:
        """Return whether the output is, file by file, the tree whose manifest has this checksum."""
        manifest = self.published
        if (
            manifest is None
            or manifest.checksum != checksum
            or not matches_stored(self.output, self.folder, manifest)
        ):
            return False
        records = list(manifest.files.items())
        parts = [records[at : at + _PART] for at in range(0, len(records), _PART)]
        return all(map_over_cores(partial(_all_agree, self.output), parts, few=4))

    def start_empty(self) -> None:
        """Empty the tree, and delete the previous one, so that every file is written again."""
        delete_previous(self.previous)
        shutil.rmtree(self.tree)
        self.tree.mkdir()


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
        published = find_manifest(folder, output)
        refuse_if_any_error(refuse_untracked(output, published))
        try:
            yield Staging(_make_tree(staging), output, folder, published, problems)
        finally:
            with signals_held_back():
                problems += _close(staging, output)


def _make_tree(staging: Path) -> Path:
    """Make the tree under a new name, so that a worker that outlives a killed build never writes into the next."""
    tree = staging / f"tree-{secrets.token_hex(8)}"
    tree.mkdir()
    return tree


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
