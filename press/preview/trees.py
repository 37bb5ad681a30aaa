"""The trees of the worker: the one that is shown, and one that the next build turns into its own.

Linking thousands of files into a new tree takes most of a second. So a build takes the tree that was shown before the
last, or that of a build that failed, and brings it into step with the one that is shown: only what differs is deleted
or linked. Nobody else holds that tree: the server answers from the one that is shown, and asks again if a tree goes
away under it.
"""

from __future__ import annotations

from collections.abc import Set
from contextlib import suppress
from pathlib import Path

from press.model.urls import IMAGES, THEME
from press.publish.recycle import link_files
from press.publish.staged_tree import StagedTree
from press.publish.tree import list_files

_NAMED_BY_CONTENT = (IMAGES, "files/", THEME)
"""Folders with files that no plan lists, but that are seldom others in the next build."""


class WarmTree(StagedTree):
    """A tree that remembers what its check has found in it."""

    everything: Set[str] | None = None

    def list_all(self) -> set[str]:
        """Return the path of everything in the tree."""
        found = super().list_all()
        self.everything = found
        return found


class Trees:
    """Opens a tree for each build; its builder says whether that is shown."""

    def __init__(self) -> None:
        self._shown: WarmTree | None = None
        self._spare: WarmTree | None = None
        self._opened: WarmTree | None = None

    def open(self, folder: Path, planned: Set[str]) -> WarmTree:
        """Start a tree in an empty folder with those files of the one that is shown that may stay as they are."""
        spare, self._spare = self._spare, None
        shown, there = self._shown, dict[str, str]()
        if shown and shown.files and shown.folder.is_dir():
            wanted = {p: h for p, h in shown.files.items() if p in planned or p.startswith(_NAMED_BY_CONTENT)}
            kept = _reuse(spare, folder, wanted) if spare and spare.files else set()
            linked = link_files(shown.folder, folder, wanted.keys() - kept)
            there = {path: wanted[path] for path in kept | linked}
        self._opened = WarmTree(folder, there)
        return self._opened

    def end(self, *, good: bool) -> None:
        """Take note that the build has ended, and whether its tree is now the one that is shown."""
        if self._opened is None:
            return
        if good:
            self._shown, self._spare = self._opened, self._shown
        else:
            self._spare, self._opened.everything = self._opened, None  # whatever a build that broke off has written
        self._opened = None


def _reuse(spare: WarmTree, folder: Path, wanted: dict[str, str]) -> set[str]:
    """Make a tree this folder, without what differs from what is wanted; return what it has."""
    try:
        found = set(list_files(spare.folder)) if spare.everything is None else spare.everything
        spare.folder.rename(folder)  # takes the place of an empty folder
    except OSError:
        return set()
    kept = {path for path in found if path in wanted and spare.files.get(path) == wanted[path]}
    for path in found - kept:
        _delete(folder, path)
    return kept


def _delete(tree: Path, path: str) -> None:
    """Delete a file, and the folders that are empty then: another build may want a file where one was."""
    place = tree / path
    place.unlink(missing_ok=True)
    with suppress(OSError):
        while (place := place.parent) != tree:
            place.rmdir()
