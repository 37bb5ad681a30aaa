"""Run Pagefind, and keep only the files that a search needs."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from press.search.engine import make_patch

LIBRARY = "pagefind.js"
ENGINE = "engine.pack"
"""Pagefind's WebAssembly without a stemmer: the same for all languages."""
WORDS = "words.txt"
"""The words of titles and names, for “Did you mean …”."""
PACK = ".pack"
"""What every search in an index needs first, in one file: a line of JSON, and the files that it lists.

They are Pagefind's entry, its table of texts and, if the language has a stemmer, the patch for the engine."""
_ENGINE = "wasm.unknown.pagefind"
"""Pagefind's name for ENGINE."""
PARTS = "index/"
"""The rest of each index, in a folder that is named by its content."""

_NAME = rb"%s_[0-9a-f]{7,}"
"""The name of a fragment in the table of texts: the language, which is the same in all, and a hash."""

_LOW_MEMORY = "dirty_decay_ms:500,muzzy_decay_ms:500"
"""Makes jemalloc, Pagefind's allocator, free memory soon: 760 MB for 4,600 leaflets, as fast as with 900.

At once would be 700, and an eighth slower.
"""

_SMALL_CHUNKS = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "5000"}
"""Smaller chunks of the index: the first search among 10,000 leaflets fetches 420 kB instead of 450."""


class IndexFailed(Exception):
    """Pagefind failed or wrote no index; the message is the last line of its output."""


def run_pagefind(source: Path, target: Path, scratch: Path) -> None:
    """Run Pagefind on the pages in `source`, isolated from any Pagefind settings of the user. Raises IndexFailed.

    A fragment that is in `target` already is not written again.
    """
    command = [sys.executable, "-P", "-m", "pagefind", "--silent"]
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND")}
    done = subprocess.run(
        [*command, "--site", str(source), "--output-path", str(target)],
        cwd=scratch,  # it would read a pagefind.yml where it runs
        env={**own, "_RJEM_MALLOC_CONF": _LOW_MEMORY, "MALLOC_CONF": _LOW_MEMORY, **_SMALL_CHUNKS},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        raise IndexFailed(lines[-1] if lines else f"it exited with status {done.returncode}")


def name_by_place(fragment: str, place: int) -> str:
    """Return the published name of a fragment: the position of its leaflet instead of the hash of its content.

    Hashes cannot be compressed: they are half of the table of 10,000 texts. With positions, results can be sorted by
    date without Pagefind's own table for it, a fifth. A name keeps its length, as the format of the table has it.
    """
    head, _, digest = fragment.rpartition("_")
    return f"{head}_{place:0{len(digest)}x}"


def list_parts(table: bytes, lang: str, names: Collection[str]) -> dict[str, str]:
    """Return how the table of texts describes each of these parts of the index: from which word to which it is.

    That is in hexadecimal, as Pagefind has it; nothing for the first part, before which other things stand.
    """
    plain, before, found = gzip.decompress(table), None, dict[str, str]()
    for name in re.finditer(_NAME % lang.encode(), plain):
        if (part := name[0].decode()) in names:
            follows = before is not None and before[0].decode() in names
            found[part] = plain[before.end() : name.start()].hex() if before and follows else ""
        before = name
    return found


def assemble(raw: Path, made: Path, lang: str, names: Mapping[str, str]) -> tuple[str, dict[str, Path]]:
    """Make the PACK of an index in `made`; return the folder of its parts, and every file but fragments by path.

    `raw` is what Pagefind wrote, without its interfaces and its worker. `names` has the published name of each
    fragment. The folder is named by the content of the index. Raises IndexFailed.
    """
    pack = made / f"{lang}{PACK}"
    try:
        entry = (raw / "pagefind-entry.json").read_bytes()
        (index,) = json.loads(entry)["languages"].values()
        files = {"pagefind-entry.json": entry, **_read_start(raw, index, lang, names)}
    except (OSError, ValueError, KeyError) as wrong:
        raise IndexFailed(f"it wrote no index for “{lang}”") from wrong
    parts = f"{lang}_{hashlib.sha256(repr((index['hash'], sorted(names.items()))).encode()).hexdigest()[:10]}"
    head = {"folder": parts, "files": [[name, len(data)] for name, data in files.items()]}
    shutil.rmtree(made, ignore_errors=True)  # a published file may be a link to it
    made.mkdir()
    pack.write_bytes(b"\n".join([json.dumps(head).encode(), b"".join(files.values())]))
    rest = (path for part in ("index", "filter") for path in (raw / part).glob("*"))
    listed = {f"{PARTS}{parts}/{path.parent.name}/{path.name}": path for path in rest}
    return parts, {LIBRARY: raw / LIBRARY, ENGINE: raw / _ENGINE, pack.name: pack, **listed}


def _read_start(raw: Path, index: Mapping[str, str], lang: str, names: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of PACK by name, except the entry."""
    meta = f"pagefind.{index['hash']}.pf_meta"
    files = {meta: _rename_fragments((raw / meta).read_bytes(), lang, names)}
    if index["wasm"]:
        name = f"wasm.{index['wasm']}.pagefind"
        files[f"{name}.patch"] = make_patch((raw / _ENGINE).read_bytes(), (raw / name).read_bytes())
    return files


def _rename_fragments(table: bytes, lang: str, names: Mapping[str, str]) -> bytes:
    """Return the table of texts with the published names of their fragments."""
    renamed = {old.encode(): new.encode() for old, new in names.items()}
    plain = re.sub(_NAME % lang.encode(), lambda name: renamed.get(name[0], name[0]), gzip.decompress(table))
    return gzip.compress(plain, mtime=0)
