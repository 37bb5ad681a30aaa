"""The stage `check`: examine the finished tree, and lead each problem back to the source of its page.

A published tree has no errors. So after an edit only the pages that differ from the published ones are examined, as
long as everything that any page led to is still there; else every page is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from press.cache.keys import facts_key, hash_files, targets_key
from press.cache.steps import Cache, Step
from press.check import check_site, find_targets, is_any_lost
from press.check.facts import FileFacts, examine_file, load_facts, share
from press.context import BuildContext, Built, published
from press.diagnostics import Diagnostic, display_path
from press.model.urls import IMAGES, LEAFLETS, THEME
from press.options import Json
from press.publish import Manifest
from press.publish.staged_tree import EXAMINED
from press.runtime.parallel import map_over_cores

_OWN_FOLDERS = (LEAFLETS, IMAGES, THEME, "files/")
"""Files here belong to one text. Pages elsewhere may lack a text that could not be read."""

FACTS = Step[FileFacts]("facts", FileFacts.dump, lambda written, _: load_facts(written))

_Targets = frozenset[tuple[str, str]]


def _load_targets(written: Json, _: object) -> _Targets:
    return frozenset((str(path), str(place)) for path, place in written)


TARGETS = Step[_Targets]("targets", sorted, _load_targets, spare=2)


def check(context: BuildContext, built: Built) -> list[Diagnostic]:
    """Check the finished tree; each problem is traced to the source of its page."""
    tree = _Examined(context, built)
    before = _recall_targets(context, tree.address)
    if before is not None:
        changed = tree.examine(tree.find_changed())
        if not is_any_lost(before, tree.files, changed, tree.is_absent):
            context.cache.count_use(FACTS, map(tree.key_of, tree.names))
            context.facts = {**tree.examine(tree.find_places(changed)), **changed}
            context.targets = before | find_targets(changed)
            return check_site(tree.files, context.facts, tree.sources, tree.is_absent)
    context.facts = tree.examine(tree.names)
    context.targets = find_targets(context.facts)
    return check_site(tree.files, context.facts, tree.sources, tree.is_absent)


def keep_targets(context: BuildContext, manifest: Manifest) -> None:
    """Keep what the pages of the tree with this manifest lead to; it has been checked and published."""
    key = targets_key(manifest.key, context.settings["SITEURL"].rstrip("/"))
    context.cache.keep(TARGETS, key, context.targets)


def _recall_targets(context: BuildContext, address: str) -> _Targets | None:
    """Return what the pages of the published tree lead to; None if that tree was not checked as this one will be."""
    key = context.staging.key if context.staging else ""
    return context.cache.recall(TARGETS, targets_key(key, address)) if key else None


@dataclass(frozen=True)
class _Examined:
    """The finished tree as the check sees it."""

    context: BuildContext
    built: Built

    @cached_property
    def address(self) -> str:
        return str(self.context.settings["SITEURL"]).rstrip("/")

    @cached_property
    def files(self) -> frozenset[str]:
        """The path of every file; other plugins, and plain Pelican, may have written some that no stage knows of."""
        tree = self.built.tree
        if self.context.staging and tree.files:
            return frozenset((*tree.files, *self.built.addresses.values()))
        return frozenset(tree.list_all())

    @cached_property
    def names(self) -> list[str]:
        """The pages and XML files."""
        return sorted(name for name in self.files if name.endswith(EXAMINED))

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        tree = self.built.tree
        known = {name: tree.files[name] for name in self.names if name in tree.files}
        return known | hash_files(tree.folder, (name for name in self.names if name not in known))

    @cached_property
    def sources(self) -> dict[str, tuple[str, str]]:
        options, shown = self.context.options, display_path(self.context.options.content)
        pages = {f"{entry.url}index.html": entry.source for entry in published(self.built.survey.archive)}
        return {name: (f"{shown}/{path}", f"{options.content}/{path}") for name, path in pages.items()}

    def is_absent(self, path: str) -> bool:
        """Return whether a build without errors might have a path."""
        survey, unread = self.built.survey, self.built.survey.unread
        page = f"{path.rpartition('/')[0]}/index.html"  # for a download, the page of its leaflet
        if path in self.built.tree.absent or path in survey.left_out or page in unread:
            return True
        return bool(unread and not path.startswith(_OWN_FOLDERS))

    def find_changed(self) -> list[str]:
        """Return the pages that the published tree does not have, or not like this."""
        before = self.context.staging.hashes if self.context.staging else {}
        return [name for name in self.names if before.get(name) != self.hashes[name]]

    def find_places(self, facts: Mapping[str, FileFacts]) -> list[str]:
        """Return the other pages on which these lead to a place."""
        led = {path for file in facts.values() for _, path, place in file.targets if place}
        return sorted(path for path in led if path in self.hashes and path not in facts)

    def key_of(self, name: str) -> str:
        return facts_key(name, self.hashes[name], self.address)

    def examine(self, names: Iterable[str]) -> dict[str, FileFacts]:
        """Return the facts of these pages."""
        listed, context = list(names), self.context
        facts = context.cache.recall_or_make(
            FACTS,
            listed,
            self.key_of,
            lambda absent: map_over_cores(
                self._examine_one,
                absent,
                context.options.jobs,
                doing="checking this page",
                path_of=lambda name: f"output/{name}",
            ),
        )
        known: dict[Any, Any] = {}
        return {name: share(file, known) for name, file in zip(listed, facts, strict=True)}

    def _examine_one(self, name: str) -> FileFacts:
        return examine_file(name, (self.built.tree.folder / name).read_bytes(), self.address)


def is_examined(cache: Cache, address: str, name: str, sha256: str) -> bool:
    """Return whether the facts of a page or an XML file with these bytes are in the cache."""
    return cache.recall(FACTS, facts_key(name, sha256, address)) is not None
