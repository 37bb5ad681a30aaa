"""Pictures are named by what is in them: `images/loaf.svg` becomes `images/loaf.3f2a9c1b.svg`.

A page and its pictures then always belong together, also in the moment of a swap, and a browser may keep them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import Any

from pelican import signals


def name_by_content(path: str, data: bytes) -> str:
    """Put a hash of the content before the ending: `images/a.png` becomes `images/a.2c26b46b.png`."""
    place = PurePosixPath(path)
    return str(place.with_name(f"{place.stem}.{hashlib.sha256(data).hexdigest()[:8]}{place.suffix}"))


def name_pictures(generator: Any) -> None:
    """Give every picture its name before a text asks for it."""
    for static in generator.staticfiles:
        if static.relative_source_path.startswith("images/"):
            name = name_by_content(static.relative_source_path, Path(static.source_path).read_bytes())
            static.override_url = static.override_save_as = name


def register() -> None:
    """Connect to Pelican's signals."""
    signals.static_generator_finalized.connect(name_pictures)
