"""Start a tree with files of the published one, so that a build need not write them again.

The tree that was public before the last swap is moved into the work folder. The next build makes it its staging tree
and brings it into step with output, so that what has not changed costs neither a write nor a delete. Without such a
tree, files are linked from output. Either way a file of the staging tree may be another name of a published one:
code that writes it again deletes it first. Manifests decide what is reused, by content; sealing
the finished tree checks that each file matches its manifest.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from pathlib import Path

from press.publish.tree import find_untracked, sort_names

FindListed = Callable[[Path], Mapping[str, str] | None]
"""Returns the SHA-256 of each file of a tree; None if its manifest cannot be trusted."""

PREVIOUS_TREE = "previous-tree"
"""Folder of the work folder with the tree that was public before the last swap."""


LEAVING = "leaving"
"""Folder of the work folder with what nobody needs of the previous tree, until there is time to delete it."""


def reuse_files(
    tree: Path, output: Path, published: Mapping[str, str], previous: Path, find_listed: FindListed
) -> frozenset[str]:
    """Fill the empty `tree` with files of `output`; return the names of the files that it now has.

    `published` has the SHA-256 of each file to reuse; `find_listed` returns those of the previous tree's files, which
    is used up, whether it helps or not. What is left over from that is for delete_leaving.
    """
    delete_leaving(previous)
    there = _take_previous(tree, previous, published, find_listed)
    return link_files(output, tree, published.keys() - there) | there


def link_files(source: Path, tree: Path, names: Set[str]) -> frozenset[str]:
    """Link the named files of one tree into another; return the names of the files that could be linked or copied."""
    for folder in sorted({name.rpartition("/")[0] for name in names}):
        (tree / folder).mkdir(parents=True, exist_ok=True)
    return frozenset(name for name in names if _link(source / name, tree / name))


def store_previous(tree: Path, previous: Path, names: Set[str]) -> bool:
    """Move a tree to `previous`, if all its files are named and one step is enough; return whether it was moved."""
    try:
        if find_untracked(tree, names):
            return False
        previous.parent.mkdir(parents=True, exist_ok=True)
        delete_previous(previous)
        tree.rename(previous)
    except OSError:  # the work folder is on another file system, or full
        return False
    return True


def delete_leaving(previous: Path) -> None:
    """Delete what was left over from the previous tree; deleting 5,000 files takes half a second."""
    shutil.rmtree(previous.with_name(LEAVING), ignore_errors=True)


def delete_previous(previous: Path) -> None:
    """Delete the previous tree; what cannot be deleted stays, and is checked as before."""
    shutil.rmtree(previous, ignore_errors=True)


def _take_previous(tree: Path, previous: Path, published: Mapping[str, str], find_listed: FindListed) -> set[str]:
    """Replace the empty tree with the previous one, without files that are not named or differ from output."""
    listed = find_listed(previous)
    if listed is None:
        delete_previous(previous)
        return set()
    try:
        previous.rename(tree)  # takes the place of an empty folder
    except OSError:
        delete_previous(previous)
        return set()
    same = {name for name, sha256 in published.items() if listed.get(name) == sha256}
    there, others = sort_names(tree, same)
    leaving = previous.with_name(LEAVING)
    leaving.mkdir()
    for number, name in enumerate(others):
        path = tree / name
        if path.is_dir() and not path.is_symlink():
            path.rename(leaving / str(number))
        else:
            path.unlink()
    return there


def _link(source: Path, target: Path) -> bool:
    """Link a file, or copy it if the file system cannot link; anything but a plain file is left out."""
    if source.is_symlink() or not source.is_file():
        return False
    try:
        os.link(source, target)
    except FileExistsError:
        return False
    except OSError:
        with suppress(OSError):
            shutil.copyfile(source, target)
            return True
        return False
    return True
