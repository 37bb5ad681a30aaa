"""Where things stand, and how a message names them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

WORK = ".press"


def collection_folder(root: Path, content: Path, output: Path) -> Path:
    """Give the work folder of one content and one output, `<root>/.press/<16 hex digits>`; make nothing."""
    key = b"\0".join(os.fsencode(path) for path in (content.resolve(), settle_output(output)))
    return root.resolve() / WORK / hashlib.sha256(key).hexdigest()[:16]


def settle_output(output: Path) -> Path:
    """Resolve every part of the path but the last, which may be a link to be refused or not exist yet.

    `site/../output` becomes `/here/output`.
    """
    return output.resolve() if output.name in {"", ".."} else output.parent.resolve() / output.name
