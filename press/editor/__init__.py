"""The editor's tools, for texts before they are built: import, new, rename, lint."""

from __future__ import annotations

import hashlib
from pathlib import Path

from press.diagnostics import Refused, display_path, error
from press.model.entry import Entry


def read_validated(content: Path, entry: Entry, sha256: str) -> bytes:
    """Return the bytes of a source that passed validation.

    `sha256` is its hash as it was validated. Raises Refused if it cannot be read any more, or is not that file: the
    lines that its entry names would then be wrong.
    """
    shown = display_path(content / entry.source)
    try:
        data = (content / entry.source).read_bytes()
    except OSError as wrong:
        message = f"the file cannot be read ({wrong.strerror}). Check the file permissions."
        raise Refused([error(shown, 1, "vanished", message)]) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        message = "the file was changed while this command ran. Run the command again."
        raise Refused([error(shown, 1, "vanished", message)])
    return data
