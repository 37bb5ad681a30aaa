"""Files of texts are written whole or not at all; a new one never takes the place of another."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from press.faults import Fault, error
from press.naming import show_path


def write_new(file: Path, text: str) -> list[Fault]:
    """Write a new file, with its folders; one that is there is left alone, and said."""
    beside = _beside(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(text.encode())
        os.link(beside, file)
    except FileExistsError:
        message = "it is there already, and was left alone. Move it, or choose another title."
        return [error(show_path(file), 0, "file-exists", message)]
    except OSError as wrong:
        return [_cannot_write(file, wrong)]
    finally:
        with suppress(OSError):
            beside.unlink()
    return []


def write_over(file: Path, data: bytes) -> list[Fault]:
    """Put new bytes in a file's place in one step; it keeps its permissions."""
    beside = _beside(file)
    try:
        beside.write_bytes(data)
        beside.chmod(file.stat().st_mode & 0o7777)
        beside.replace(file)
    except OSError as wrong:
        with suppress(OSError):
            beside.unlink()
        return [_cannot_write(file, wrong)]
    return []


def _beside(file: Path) -> Path:
    """Name a file that the gate ignores, should a kill leave it."""
    return file.with_name(f".{secrets.token_hex(8)}.tmp")


def _cannot_write(file: Path, wrong: OSError) -> Fault:
    message = f"it cannot be written ({wrong.strerror}). Mend that, and do it again."
    return error(show_path(file), 0, "system-error", message)
