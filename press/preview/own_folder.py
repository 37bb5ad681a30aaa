"""The folder of one preview, for its trees; ending a preview must not wait until thousands of files are deleted."""

from __future__ import annotations

import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from press.diagnostics import Refused, display_path
from press.publish import describe_os_error
from press.publish.places import WORK

ENDED_PREVIEWS = "ended-previews"
"""Folder of the work folder with what previews had no time to delete; the next one deletes it."""

LAST_MOMENT = 0.05
"""Seconds that a preview takes at its end to delete its files: enough for a small archive."""


@contextmanager
def own_folder(root: Path, port: int) -> Iterator[Path]:
    """Yield an empty folder below the work folder, named by the port: one port can have only one preview.

    What an earlier preview left is deleted meanwhile. Raises Refused if the folder cannot be made.
    """
    folder, ended = root / WORK / "preview" / str(port), root / WORK / ENDED_PREVIEWS
    try:
        _set_aside(folder, ended)  # from a preview that was killed
        folder.mkdir(parents=True)
    except OSError as failed:
        raise Refused([describe_os_error(failed, display_path(folder))]) from failed
    threading.Thread(target=shutil.rmtree, args=(ended,), kwargs={"ignore_errors": True}, daemon=True).start()
    try:
        yield folder
    finally:
        with suppress(OSError):
            _set_aside(folder, ended)
        delete_for(ended, LAST_MOMENT)


def delete_for(folder: Path, seconds: float) -> None:
    """Delete as much of a folder as this time allows; what cannot be deleted stays."""
    until = time.monotonic() + seconds
    with suppress(OSError):
        for inner, folders, files in os.walk(folder, topdown=False):
            for name in files:
                if time.monotonic() >= until:
                    return
                Path(inner, name).unlink()
            for name in folders:
                Path(inner, name).rmdir()
        folder.rmdir()


def _set_aside(folder: Path, ended: Path) -> None:
    """Move a folder, if it exists, to those that are to be deleted: one step, however much it holds."""
    if folder.exists():
        ended.mkdir(parents=True, exist_ok=True)
        folder.rename(ended / secrets.token_hex(6))
