"""What static files are called on the site: a picture by what is in it, so that a browser may keep it for ever."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath


def name_static(path: str, data: bytes) -> str:
    """Name what is published of a static file: `images/a.png` becomes `images/a.2c26b46b.png`, other files stay.

    A page and its pictures then always belong together, also in the moment of a swap.
    """
    if not path.startswith("images/"):
        return path
    place = PurePosixPath(path)
    return str(place.with_name(f"{place.stem}.{hashlib.sha256(data).hexdigest()[:8]}{place.suffix}"))
