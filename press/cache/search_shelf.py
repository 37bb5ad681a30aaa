"""The shelf of the finished index: one file, named by the key of what it was made of.

Pagefind's files differ from run to run, so what was made once is what is published until its input changes. The file
begins with the hash of all that follows: one that was cut short or altered is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import press.search
from press.search.documents import Document

_SPARE = 1
"""Indexes that are kept beside the last."""

LIBRARIES = ("pagefind", "pagefind_bin_extended")
_PLACE = re.compile(r"(?:\w[\w-]*/){0,2}\w[\w.-]*")
"""What a file of an index is called: never a path that leads elsewhere."""

Files = Mapping[str, bytes]
"""The files of an index by their paths."""


def key_of(documents: Sequence[Document]) -> str:
    """Hash all that an index depends on: the documents, Pagefind, and the program here."""
    digest = hashlib.sha256(repr([(name, version(name)) for name in LIBRARIES]).encode())
    for file in sorted(Path(press.search.__file__).parent.glob("*.py")):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for document in documents:
        digest.update(f"{document.lang}/{document.path}\n{document.html}".encode())
    return digest.hexdigest()


def read_files(folder: Path) -> Files:
    """Read every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def write_files(files: Files, folder: Path) -> None:
    """Write the files of an index below a folder, which comes into being with them."""
    for parent in {(folder / path).parent for path in files}:
        parent.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (folder / path).write_bytes(data)


def fetch(shelf: Path, key: str) -> Files | None:
    """Give the index of a key, or None where it is not there as it was put."""
    try:
        checksum, _, body = (shelf / key).read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(body).hexdigest().encode() != checksum:
        return None
    head, _, rest = body.partition(b"\n")
    files, at = {}, 0
    for path, size in json.loads(head):
        if not _PLACE.fullmatch(path):
            return None  # somebody else wrote it
        files[path] = rest[at : at + size]
        at += size
    return files


def put(shelf: Path, key: str, files: Files) -> None:
    """Keep an index, and the one before, for a text that is changed and changed back.

    A full or read-only disk is no problem: it will be made again.
    """
    head = json.dumps([[path, len(data)] for path, data in files.items()]).encode()
    body = b"\n".join([head, b"".join(files.values())])
    with contextlib.suppress(OSError):
        shelf.mkdir(parents=True, exist_ok=True)
        fresh = shelf / f"{key}.{os.getpid()}"
        fresh.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        fresh.replace(shelf / key)
        others = sorted((path for path in shelf.iterdir() if path.name != key), key=lambda path: path.stat().st_mtime)
        for former in others[:-_SPARE]:
            former.unlink()
