"""The list of all files of one tree, and how far a list found on the disk is believed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

VERSION = 1
PUBLISHED = "manifest.json"
"""The list's own name in the tree it lists; it cannot list itself."""


@dataclass(frozen=True)
class Record:
    """One file: its length in bytes and the SHA-256 of its content in hexadecimal."""

    size: int
    sha256: str


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
