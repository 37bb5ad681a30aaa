"""JSON in a file of its own, under the hash of what it says: found whole as it was written, or not at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from press.runtime.files import write_whole


def write_sealed(path: Path, body: Any) -> None:
    """Write a value that JSON can hold, whole or not at all. Raises OSError."""
    text = json.dumps(body)
    write_whole(path, f"{_checksum(text)}\n{text}")


def read_sealed(path: Path) -> Any:
    """Give what was written; None where there is nothing, or something else."""
    try:
        checksum, _, text = path.read_text(encoding="utf-8").partition("\n")
        return json.loads(text) if checksum == _checksum(text) else None
    except (OSError, ValueError, RecursionError):
        return None


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
