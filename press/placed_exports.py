"""What the published tree has of the exports of each leaflet, so that an edit need not fetch those of all others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from press.cache.keys import placed_key
from press.cache.steps import Cache, Step
from press.model.formats import ARCHIVE_CITATIONS, EXPORT_KINDS
from press.model.urls import export_url
from press.options import Json
from press.publish.staged_tree import StagedTree
from press.runtime.blob import Blob

_ENDINGS = {kind.name: kind.ending for kind in EXPORT_KINDS}


class PlacedExports(NamedTuple):
    """The exports of one leaflet as they are in a tree."""

    depends: str
    """A key of all that they depend on."""
    made: str
    """The key under which the cache has them."""
    was_public: bool
    """Whether the leaflet had been published before."""
    sizes: Mapping[str, int]
    """The size in bytes of each, by its kind; negative if the page of the leaflet does not list it."""

    def list_for_page(self, slug: str) -> list[dict[str, Any]]:
        """Return what the page of the leaflet lists."""
        return [
            {"kind": kind, "url": export_url(slug, _ENDINGS[kind]), "size": size}
            for kind, size in self.sizes.items()
            if size >= 0
        ]

    def keep(self, tree: StagedTree, slug: str) -> bool:
        """Keep the files of the published tree; return whether it has all of them."""
        return all(tree.keep_published(export_url(slug, _ENDINGS[kind])) for kind in self.sizes)

    def list_citations(self, tree: StagedTree, slug: str) -> dict[str, Blob]:
        """Return the citations of the leaflet, which are in the tree."""
        paths = {kind: export_url(slug, _ENDINGS[kind]) for kind in ARCHIVE_CITATIONS if kind in self.sizes}
        return {
            kind: Blob(abs(self.sizes[kind]), tree.files[path], path=tree.folder / path)
            for kind, path in paths.items()
        }


_Placed = Mapping[str, PlacedExports]
"""By the sources of the leaflets."""


def _load(written: Json, _: object) -> _Placed:
    return {
        source: PlacedExports(str(depends), str(made), bool(was_public), _load_sizes(sizes))
        for source, (depends, made, was_public, sizes) in written.items()
    }


def _load_sizes(written: Mapping[str, Any]) -> dict[str, int]:
    if not written.keys() <= _ENDINGS.keys():
        raise ValueError(written)
    return {kind: int(size) for kind, size in written.items()}


PLACED = Step[_Placed]("placed", lambda placed: {source: list(one) for source, one in placed.items()}, _load, spare=2)


def recall_placed(cache: Cache, tree: StagedTree) -> _Placed:
    """Return what is known of the exports in the published tree, with which `tree` begins."""
    return (cache.recall(PLACED, placed_key(tree.published)) if tree.published else None) or {}


def keep_placed(cache: Cache, tree_key: str, placed: _Placed) -> None:
    """Keep what is known of the exports in the tree whose manifest has this key."""
    cache.keep(PLACED, placed_key(tree_key), placed)
