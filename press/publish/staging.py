"""The staging tree: opened beside output, closed without a trace."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, refuse_if_any_error, warning
from press.publish.lock import hold_lock, staging_folder
from press.publish.manifest import Manifest, find_manifest
from press.publish.places import collection_folder, refuse_place, refuse_strangers, settle_output
from press.publish.recover import clear_staging
from press.publish.recycle import SPARE, begin_with, discard
from press.runtime.oserrors import describe_os_error
from press.runtime.signals import signals_held_back


@dataclass(frozen=True)
class Staging:
    """One build's place to work in."""

    tree: Path
    """Empty at first, on output's file system; the build writes here and nowhere else."""
    output: Path
    folder: Path
    """The work folder of this collection; it may not exist yet."""
    standing: Manifest | None
    """The list of what stands in output now, with the sources of that build."""
    problems: list[Diagnostic]
    """Warnings of recovery, swap and closing: complete when the staging is closed."""

    @property
    def spare(self) -> Path:
        """Where the tree that was public before the last swap stands."""
        return self.folder / SPARE

    def keep(self, names: Set[str]) -> frozenset[str]:
        """Fill the tree, which is empty, with those named files of output that can be had; give their names."""
        if self.standing is None:
            return frozenset()
        return begin_with(self.tree, self.output, self.standing, names, self.spare)

    def begin_anew(self) -> None:
        """Empty the tree, and have nothing to begin with."""
        discard(self.spare)
        shutil.rmtree(self.tree)
        self.tree.mkdir()


@contextmanager
def open_staging(root: Path, content: Path, output: Path, keep_out: Iterable[Path] = ()) -> Iterator[Staging]:
    """Hold the lock, recover from a killed build, and give an empty tree to build in.

    Before a byte is written Refused is raised if output is no place to publish to; then, with the
    lock held, if it holds what is not ours. An OSError of the build or of our own work leaves as
    Refused with one problem, its path named as in output. At the end, whatever happened, staging
    is gone, and so is the old tree after a swap.
    """
    refuse_if_any_error(refuse_place(root, content, output, keep_out))
    output = settle_output(output)
    with tell_os_errors(output), hold_lock(output) as beside:
        problems = clear_staging(beside, output)
        folder = collection_folder(root, content, output)
        standing = find_manifest(folder, output)
        refuse_if_any_error(refuse_strangers(output, standing))
        try:
            yield Staging(_make_tree(beside), output, folder, standing, problems)
        finally:
            with signals_held_back():
                problems += _close(beside, output)


def _make_tree(beside: Path) -> Path:
    """Make the tree under a fresh name: a worker that outlives a killed build never writes into the next."""
    tree = beside / f"tree-{secrets.token_hex(8)}"
    tree.mkdir()
    return tree


def _close(beside: Path, output: Path) -> list[Diagnostic]:
    """Clear the staging folder; a failure is told, not raised: the build's own result matters more."""
    try:
        return clear_staging(beside, output)
    except OSError as failure:
        why = failure.strerror or failure
        message = f"the staging tree could not be deleted: {why}. The next build deletes it."
        return [warning(display_path(beside), 0, "staging-left", message)]


@contextmanager
def tell_os_errors(output: Path) -> Iterator[None]:
    """Let an OSError leave as Refused with one problem, its path named as in output."""
    try:
        yield
    except OSError as failure:
        raise Refused([describe_os_error(failure, _name_published(failure, output))]) from failure


def _name_published(failure: OSError, output: Path) -> str:
    """Name a file in the staging tree as it would stand in output."""
    path = Path(os.fsdecode(failure.filename)) if isinstance(failure.filename, str | bytes) else output
    try:
        below = path.relative_to(staging_folder(output)).parts
    except ValueError:
        return display_path(path)
    return display_path(output.joinpath(*below[1:]))
