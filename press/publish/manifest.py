"""The manifest, which lists all files of one tree, and when a manifest on the disk is trusted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from press.publish.tree import Record, agrees, find_untracked, is_bare
from press.runtime.files import write_atomic

MANIFEST_VERSION = 1
MANIFEST_NAME = "manifest.json"
"""The manifest's own name in the tree it lists; it cannot list itself."""

_quote = json.encoder.encode_basestring_ascii

STORED = "stored-manifests"
"""Folder of the work folder with copies of the manifests of the last builds, named by key."""


@dataclass(frozen=True)
class Origin:
    """The address that a source has on the site, from its first slash, and the SHA-256 of the source."""

    url: str
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What one tree holds: files by relative path, and their sources by path below the content folder."""

    files: Mapping[str, Record]
    sources: Mapping[str, Origin] = field(default_factory=dict)

    @cached_property
    def names(self) -> frozenset[str]:
        """All files of the tree, with the manifest itself."""
        return frozenset(self.files) | {MANIFEST_NAME}

    @property
    def key(self) -> str:
        """The identity of the tree: the published and the stored manifest share it, no other tree has it."""
        return self._spelt[0]

    @property
    def checksum(self) -> str:
        """The SHA-256 of the manifest as JSON with sorted keys and without line breaks.

        It is the identity of the tree and of the sources that it was made of: two of these may have one tree.
        """
        return self._spelt[1]

    @property
    def written(self) -> str:
        """The manifest as text, one file on each line: the same in the work folder and in the tree."""
        return self._spelt[2]

    @cached_property
    def _spelt(self) -> tuple[str, str, str]:
        """The key, the checksum and the text: all are made of the same lines."""
        lists = self._lists()
        checksum = _hash_lists(lists)
        parts = [f'"{name}": {{\n' + ",\n".join(lines) + "\n}" for name, lines in lists.items()]
        parts = [f'"checksum": "{checksum}"', *parts, f'"version": {MANIFEST_VERSION}']
        return _hash_lists({**lists, "sources": []}), checksum, "{\n" + ",\n".join(parts) + "\n}\n"

    def _lists(self) -> dict[str, list[str]]:
        """Return the entries of both lists as JSON, sorted: json.dumps of the whole takes three times as long."""
        files = [
            f'{_quote(name)}: {{"bytes": {of.size:d}, "sha256": {_quote(of.sha256)}}}'
            for name, of in sorted(self.files.items())
        ]
        sources = [
            f'{_quote(name)}: {{"sha256": {_quote(of.sha256)}, "url": {_quote(of.url)}}}'
            for name, of in sorted(self.sources.items())
        ]
        return {"files": files, "sources": sources}


def parse_manifest(text: str) -> Manifest | None:
    """Read a manifest; return None if it is damaged, of another version, or names a path outside the tree."""
    try:
        body = json.loads(text)
        if body["version"] != MANIFEST_VERSION:
            return None
        files = {_inside(name): Record(of["bytes"], of["sha256"]) for name, of in body["files"].items()}
        found = Manifest(files, {name: Origin(of["url"], of["sha256"]) for name, of in body["sources"].items()})
        return found if found.checksum == body["checksum"] else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def read_manifest(path: Path) -> Manifest | None:
    """Read a manifest from a file; return None if there is none that can be trusted."""
    try:
        return parse_manifest(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _inside(name: str) -> str:
    around = f"/{name}/"
    if "//" in around or "/./" in around or "/../" in around or "\0" in name:
        raise ValueError(name)
    return name


def _hash_lists(lists: Mapping[str, Sequence[str]]) -> str:
    found = hashlib.sha256(b"{")
    for name, lines in lists.items():
        found.update(f'"{name}": {{{", ".join(lines)}}}, '.encode())
    found.update(f'"version": {MANIFEST_VERSION}}}'.encode())
    return found.hexdigest()


def store_manifest(folder: Path, manifest: Manifest) -> None:
    """Store a copy of a manifest in the work folder; it is safely on the disk when this returns."""
    (folder / STORED).mkdir(parents=True, exist_ok=True)
    write_atomic(folder / STORED / f"{manifest.key}.json", manifest.written)


def drop_other_manifests(folder: Path, manifest: Manifest) -> None:
    """Delete the stored manifests of earlier trees, and damaged or unfinished ones."""
    for path in (folder / STORED).iterdir():
        if path.name != f"{manifest.key}.json":
            path.unlink(missing_ok=True)


def load_manifests(folder: Path) -> dict[str, Manifest]:
    """Return the stored manifests by key, without damaged ones."""
    found = {path.stem: read_manifest(path) for path in sorted((folder / STORED).glob("*.json"))}
    return {key: manifest for key, manifest in found.items() if manifest is not None and manifest.key == key}


def find_manifest(folder: Path, output: Path) -> Manifest | None:
    """Find the manifest of the tree in output; return None if nothing shows that the tree is ours.

    Trusted, in this order: the stored manifest that the tree itself names; a stored manifest that names every file
    in the tree (the tree's own is lost or damaged); the tree's own manifest (the work folder is lost, or the project
    was moved) as far as the content of each file agrees with it.
    """
    if is_bare(output):
        return None
    carried = read_manifest(output / MANIFEST_NAME)
    if carried is not None and matches_stored(output, folder, carried.key):
        return carried
    stored = load_manifests(folder)
    if carried is not None and carried.key in stored:
        return stored[carried.key]
    for manifest in stored.values():
        if not find_untracked(output, manifest.names):
            return manifest
    if carried is None:
        return None
    return Manifest({name: r for name, r in carried.files.items() if agrees(output / name, r)})


def matches_stored(output: Path, folder: Path, key: str, checksum: str = "") -> bool:
    """Return whether the manifest in output is, byte for byte, the stored copy of the one with this key.

    If a checksum is given, it must be the one that the manifest begins with.
    """
    try:
        stored = (folder / STORED / f"{key}.json").read_bytes()
        return stored.startswith(f'{{\n"checksum": "{checksum}'.encode()) and (
            (output / MANIFEST_NAME).read_bytes() == stored
        )
    except OSError:
        return False
