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
from collections.abc import Set
from contextlib import suppress
from pathlib import Path

from press.publish.manifest import MANIFEST_NAME, Manifest, read_manifest
from press.publish.tree import find_untracked

PREVIOUS_TREE = "previous-tree"
"""Folder of the work folder with the tree that was public before the last swap."""


def reuse_files(tree: Path, output: Path, published: Manifest, names: Set[str], previous: Path) -> frozenset[str]:
    """Fill the empty `tree` with the named files of `output`; return the names of the files that it now has.

    `published` is the manifest of output. The previous tree is used up, whether it helps or not.
    """
    names = names & published.files.keys()
    there = _take_previous(tree, previous, published, names)
    return link_files(output, tree, names - there) | there


def link_files(source: Path, tree: Path, names: Set[str]) -> frozenset[str]:
    """Link the named files of one tree into another; return the names of the files that could be linked or copied."""
    for folder in sorted({name.rpartition("/")[0] for name in names}):
        (tree / folder).mkdir(parents=True, exist_ok=True)
    return frozenset(name for name in names if _link(source / name, tree / name))


def store_previous(tree: Path, previous: Path, names: Set[str]) -> bool:
    """Move a tree to `previous`, if all its files are named and one step is enough; return whether it was moved."""
    try:
        if any(find_untracked(tree, names)):
            return False
        previous.parent.mkdir(parents=True, exist_ok=True)
        delete_previous(previous)
        tree.rename(previous)
    except OSError:  # the work folder is on another file system, or full
        return False
    return True


def delete_previous(previous: Path) -> None:
    """Delete the previous tree; what cannot be deleted stays, and is checked as before."""
    shutil.rmtree(previous, ignore_errors=True)


def _take_previous(tree: Path, previous: Path, published: Manifest, names: Set[str]) -> set[str]:
    """Replace the empty tree with the previous one, without files that are not named or differ from output."""
    listed = read_manifest(previous / MANIFEST_NAME)
    if listed is None:
        delete_previous(previous)
        return set()
    try:
        previous.rename(tree)  # takes the place of an empty folder
    except OSError:
        delete_previous(previous)
        return set()
    same = {name for name in names if listed.files.get(name) == published.files[name]}
    for name in list(find_untracked(tree, same)):
        path = tree / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return {name for name in same if (tree / name).is_file()}


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
