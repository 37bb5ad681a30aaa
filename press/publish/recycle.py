"""Begin a tree with files of the published one, which a build need not write again.

The tree that was public before the last swap is kept as a spare in the work folder: the next build takes it for its
staging tree and brings it into step with output, so that what has not changed costs neither a write nor a delete.
Without a spare, files are linked out of output. Either way a file of the tree may be another name of a published
one: whoever writes it again deletes it first. Content decides what is kept, by the list of each tree; that a file
is what its list says is seen when the finished tree is sealed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Set
from contextlib import suppress
from pathlib import Path

from press.publish.manifest import PUBLISHED, Manifest, read_manifest
from press.publish.tree import find_strangers

SPARE = "spare"
"""The name of the spare tree in the work folder."""


def begin_with(tree: Path, output: Path, standing: Manifest, names: Set[str], spare: Path) -> frozenset[str]:
    """Fill the empty `tree` with those files of `output` that are named; give the names of those that are there.

    `standing` is the list of output. The spare is used up, whether it is of use or not.
    """
    names = names & standing.files.keys()
    there = _take_spare(tree, spare, standing, names)
    return link_files(output, tree, names - there) | there


def link_files(source: Path, tree: Path, names: Set[str]) -> frozenset[str]:
    """Give the named files of one tree a second name in another; give the names of those that could be had."""
    for folder in sorted({name.rpartition("/")[0] for name in names}):
        (tree / folder).mkdir(parents=True, exist_ok=True)
    return frozenset(name for name in names if _link(source / name, tree / name))


def set_aside(tree: Path, spare: Path, names: Set[str]) -> bool:
    """Make a tree the spare, if all that stands in it is named and it can be moved in one step; tell whether."""
    try:
        if any(find_strangers(tree, names)):
            return False
        spare.parent.mkdir(parents=True, exist_ok=True)
        discard(spare)
        tree.rename(spare)
    except OSError:  # the work folder is on another file system, or full
        return False
    return True


def discard(spare: Path) -> None:
    """Delete a spare tree; what cannot be deleted is left lying, and believed no more than before."""
    shutil.rmtree(spare, ignore_errors=True)


def _take_spare(tree: Path, spare: Path, standing: Manifest, names: Set[str]) -> set[str]:
    """Put the spare in the place of the empty tree, without what is not named or not as it is in output."""
    listed = read_manifest(spare / PUBLISHED)
    if listed is None:
        discard(spare)
        return set()
    try:
        spare.rename(tree)  # takes the place of an empty directory
    except OSError:
        discard(spare)
        return set()
    same = {name for name in names if listed.files.get(name) == standing.files[name]}
    for name in list(find_strangers(tree, same)):
        path = tree / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return {name for name in same if (tree / name).is_file()}


def _link(source: Path, target: Path) -> bool:
    """Give a file a second name; copy it where the file system cannot. What is no plain file is not taken."""
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
