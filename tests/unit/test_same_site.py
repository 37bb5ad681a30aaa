"""What the random archive calls the same site: every byte, and of the search index what it says."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.same_site import find_differences

SAID = {"url": "/a/", "content": "Ships & tides"}


def fragment(**said: str) -> bytes:
    return gzip.compress(b"pagefind_dcd" + json.dumps({**SAID, **said}).encode(), mtime=0)


def make_tree(folder: Path, run: str, changed: Mapping[str, bytes] | None = None) -> Path:
    """Make a tree with an index in which only the names that Pagefind gives depend on the run."""
    table = gzip.compress(f"en_0001 en_{run}".encode(), mtime=0)
    entry = b'{"version": 1}'
    head = {"folder": f"en_{run}", "files": [["entry.json", len(entry)], [f"{run}.pf_meta", len(table)]]}
    files = {
        "index.html": b"<p>Ships",
        "pagefind/words.txt": b"ships\n",
        "pagefind/engine.pack": b"\0",
        "pagefind/en.pack": json.dumps(head).encode() + b"\n" + entry + table,
        f"pagefind/index/en_{run}/fragment/en_0001.pf_fragment": fragment(),
        f"pagefind/index/en_{run}/index/en_{run}.pf_index": run.encode(),
    }
    files.update(changed or {})
    listed = {path: {"sha256": hashlib.sha256(data).hexdigest()} for path, data in files.items()}
    manifest = {"checksum": hashlib.sha256(str(listed).encode()).hexdigest(), "files": listed, "sources": {}}
    files["manifest.json"] = json.dumps(manifest).encode()
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_only_the_names_of_pagefind_may_differ(tmp_path: Path) -> None:
    assert find_differences(make_tree(tmp_path / "a", "1111"), make_tree(tmp_path / "b", "2222")) == []


@pytest.mark.parametrize(
    ("path", "data", "found"),
    [
        ("index.html", b"<p>Boats", {"index.html", "manifest.json"}),
        ("new.html", b"", {"new.html", "manifest.json"}),
        ("pagefind/words.txt", b"boats\n", {"pagefind/words.txt"}),
        ("pagefind/index/en_2222/fragment/en_0001.pf_fragment", fragment(content="Boats"), {"pagefind/en.pack"}),
        (
            "pagefind/index/en_2222/fragment/en_0002.pf_fragment",
            fragment(),
            {"pagefind/en.pack", "pagefind/en.pack lacks"},
        ),
        ("pagefind/index/en_1111/index/en_1111.pf_index", b"1111", {"pagefind/ has too much"}),
        ("pagefind/fr.pack", b'{"folder": "fr_1", "files": []}\n', {"pagefind/fr.pack", "pagefind/fr.pack lacks"}),
    ],
)
def test_whatever_else_differs_is_found(tmp_path: Path, path: str, data: bytes, found: set[str]) -> None:
    other = make_tree(tmp_path / "b", "2222", {path: data})
    assert set(find_differences(make_tree(tmp_path / "a", "1111"), other)) == found


def test_an_index_is_missed(tmp_path: Path) -> None:
    one, other = make_tree(tmp_path / "a", "1111"), make_tree(tmp_path / "b", "2222")
    for file in sorted((other / "pagefind").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    found = find_differences(one, other)
    assert {"pagefind/en.pack", "pagefind/en.pack in the manifest"} <= set(found)


def test_a_file_that_the_manifest_describes_otherwise_is_found(tmp_path: Path) -> None:
    one, other = make_tree(tmp_path / "a", "1111"), make_tree(tmp_path / "b", "2222")
    (other / "pagefind/index/en_2222/index/en_2222.pf_index").write_bytes(b"3333")
    assert find_differences(one, other) == ["pagefind/index/en_2222/index/en_2222.pf_index in the manifest"]
