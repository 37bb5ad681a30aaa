"""Whether two builds made the same site: byte for byte, except for Pagefind's files, which say the same."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.conftest import tree_of

INDEX = "pagefind/"
MANIFEST = "manifest.json"
STARTS = b"pagefind_dcd"

Tree = dict[str, bytes]


def find_differences(one: Path, other: Path) -> list[str]:
    """Return what differs: paths, and parts of the search index."""
    first, second = tree_of(one), tree_of(other)
    pair = [{path: data for path, data in tree.items() if not path.startswith(INDEX)} for tree in (first, second)]
    if any(path.startswith(INDEX) for path in first):  # the manifest has the hashes of its files
        pair = [{**tree, MANIFEST: _without_index(tree[MANIFEST])} for tree in pair]
    pair = [{**kept, **_describe_index(tree)} for kept, tree in zip(pair, (first, second), strict=True)]
    found = [path for path in {**pair[0], **pair[1]} if pair[0].get(path) != pair[1].get(path)]
    return [*found, *_find_wrong_hashes(first), *_find_wrong_hashes(second)]


def _find_wrong_hashes(tree: Tree) -> list[str]:
    """Return the files that are not as the manifest says, or not in it."""
    listed = {path: of["sha256"] for path, of in json.loads(tree[MANIFEST])["files"].items()}
    hashed = {path: hashlib.sha256(data).hexdigest() for path, data in tree.items() if path != MANIFEST}
    return [f"{path} in the manifest" for path in {**listed, **hashed} if listed.get(path) != hashed.get(path)]


def _without_index(manifest: bytes) -> bytes:
    """Return a manifest without Pagefind's files, and without the checksum of them all."""
    body = json.loads(manifest)
    files = {path: of for path, of in body["files"].items() if not path.startswith(INDEX)}
    return json.dumps({**body, "files": files, "checksum": ""}).encode()


def _describe_index(tree: Tree) -> dict[str, Any]:
    """Return what the search index says: its words, its languages, and the texts of each."""
    index = {path.removeprefix(INDEX): data for path, data in tree.items() if path.startswith(INDEX)}
    packs = {path: data for path, data in index.items() if path.endswith(".pack") and path != "engine.pack"}
    plain = {path: data for path, data in index.items() if path not in packs and "/" not in path}
    described: dict[str, Any] = {f"{INDEX}{path}": data for path, data in plain.items()}
    used = set()
    for path, data in packs.items():
        head, _, parts = data.partition(b"\n")
        folder = json.loads(head)["folder"]
        inside = {name: index[name] for name in index if name.startswith(f"index/{folder}/")}
        used |= inside.keys()
        described[f"{INDEX}{path}"] = sorted(_read_fragments(inside))
        table = _read_table(json.loads(head)["files"], parts)
        described[f"{INDEX}{path} lacks"] = [name for name in inside if Path(name).stem.encode() not in table]
    described[f"{INDEX} has too much"] = sorted(name for name in index if "/" in name and name not in used)
    return described


def _read_fragments(files: Tree) -> Iterator[tuple[str, str]]:
    """Yield the number of each text, and what is found of it."""
    for path, data in files.items():
        if path.endswith(".pf_fragment"):
            said = json.loads(gzip.decompress(data).removeprefix(STARTS))
            yield Path(path).stem, json.dumps(said, sort_keys=True)


def _read_table(files: list[tuple[str, int]], parts: bytes) -> bytes:
    """Return the table of texts, which names every file of an index."""
    at = 0
    for name, length in files:
        if name.endswith(".pf_meta"):
            return gzip.decompress(parts[at : at + length])
        at += length
    return b""
