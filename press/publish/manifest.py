"""The list of all files of one tree, and how far a list found on the disk is believed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from press.publish.tree import Record, agrees, find_strangers, is_bare
from press.runtime.files import write_whole

VERSION = 1
PUBLISHED = "manifest.json"
"""The list's own name in the tree it lists; it cannot list itself."""


@dataclass(frozen=True)
class Origin:
    """What a source became, as an address from the site's first slash, and the SHA-256 of the source itself."""

    url: str
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What one tree holds: files by relative path, and what they were made from, by path below the content folder."""

    files: Mapping[str, Record]
    sources: Mapping[str, Origin] = field(default_factory=dict)

    @cached_property
    def names(self) -> frozenset[str]:
        """All files of the tree, the list itself included."""
        return frozenset(self.files) | {PUBLISHED}

    @cached_property
    def key(self) -> str:
        """Tell this tree from all others; the same for the published and the remembered list."""
        return _checksum({"files": self._body()["files"], "sources": {}, "version": VERSION})

    @cached_property
    def written(self) -> str:
        """The list as text, a file on a line: the same in the work folder and in the tree, where readers find it."""
        files = [
            f'{json.dumps(name)}: {{"bytes": {of.size}, "sha256": {json.dumps(of.sha256)}}}'
            for name, of in sorted(self.files.items())
        ]
        sources = [
            f'{json.dumps(name)}: {{"sha256": {json.dumps(of.sha256)}, "url": {json.dumps(of.url)}}}'
            for name, of in sorted(self.sources.items())
        ]
        lists = [
            f'"{name}": {{\n' + ",\n".join(each) + "\n}" for name, each in (("files", files), ("sources", sources))
        ]
        checksum = f'"checksum": "{_checksum(self._body())}"'
        return "{\n" + ",\n".join([checksum, *lists, f'"version": {VERSION}']) + "\n}\n"

    def _body(self) -> dict[str, Any]:
        files = {name: {"bytes": record.size, "sha256": record.sha256} for name, record in self.files.items()}
        sources = {name: {"sha256": origin.sha256, "url": origin.url} for name, origin in self.sources.items()}
        return {"files": files, "sources": sources, "version": VERSION}


def parse_manifest(text: str) -> Manifest | None:
    """Read a list, or give None for one that is damaged, of another version, or names a path outside."""
    try:
        body = json.loads(text)
        checksum = body.pop("checksum")
        if body["version"] != VERSION or checksum != _checksum(body):
            return None
        files = {_inside(name): Record(of["bytes"], of["sha256"]) for name, of in body["files"].items()}
        return Manifest(files, {name: Origin(of["url"], of["sha256"]) for name, of in body["sources"].items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def read_manifest(path: Path) -> Manifest | None:
    """Read a list from a file, or give None where there is none that can be believed."""
    try:
        return parse_manifest(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _inside(name: str) -> str:
    around = f"/{name}/"
    if "//" in around or "/./" in around or "/../" in around or "\0" in name:
        raise ValueError(name)
    return name


def _checksum(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def remember(folder: Path, manifest: Manifest) -> None:
    """Keep a list in the work folder, on the disk for good when this returns."""
    shelf = _shelf(folder)
    shelf.mkdir(parents=True, exist_ok=True)
    write_whole(shelf / f"{manifest.key}.json", manifest.written)


def forget_all_but(folder: Path, manifest: Manifest) -> None:
    """Drop the lists of trees that stand no more, and what damaged or half-written ones lie about."""
    for path in _shelf(folder).iterdir():
        if path.name != f"{manifest.key}.json":
            path.unlink(missing_ok=True)


def recall(folder: Path) -> dict[str, Manifest]:
    """Give the remembered lists by key, leaving out the damaged."""
    found = {path.stem: read_manifest(path) for path in sorted(_shelf(folder).glob("*.json"))}
    return {key: manifest for key, manifest in found.items() if manifest is not None and manifest.key == key}


def find_manifest(folder: Path, output: Path) -> Manifest | None:
    """Find the list of the tree that stands in output, or None where nothing shows that it is ours.

    Believed, in this order: the remembered list that the tree itself names; a remembered list that
    names every file there is (the tree's own is lost or damaged); the tree's own list (the work
    folder is lost, or the project moved) as far as the content of each file agrees with it.
    """
    if is_bare(output):
        return None
    carried = read_manifest(output / PUBLISHED)
    if carried is not None and carries(output, folder, carried):
        return carried
    remembered = recall(folder)
    if carried is not None and carried.key in remembered:
        return remembered[carried.key]
    for manifest in remembered.values():
        if not any(find_strangers(output, manifest.names)):
            return manifest
    if carried is None:
        return None
    return Manifest({name: r for name, r in carried.files.items() if agrees(output / name, r)})


def carries(output: Path, folder: Path, manifest: Manifest) -> bool:
    """Tell whether the list that a tree carries is, byte for byte, this one as it is remembered."""
    try:
        remembered = (_shelf(folder) / f"{manifest.key}.json").read_bytes()
        return (output / PUBLISHED).read_bytes() == remembered
    except OSError:
        return False


def _shelf(folder: Path) -> Path:
    return folder / "manifests"
