"""What of a built site is golden: its pages and feeds, without what only repeats another file."""

from __future__ import annotations

import re
from pathlib import Path

from press.catalogue.plan import ICONS
from tests.conftest import tree_of

_HASH = re.compile(rb"style\.[0-9a-f]{12}\.css")


def golden_files(output: Path) -> dict[str, bytes]:
    """Give every file but the style sheet and the icons, which are the theme's, and the manifest, which lists all."""
    files = {path: data for path, data in tree_of(output).items() if not path.startswith("theme/")}
    for name in ("manifest.json", *ICONS):
        files.pop(name, None)
    return {path: _HASH.sub(b"style.HASH.css", data) for path, data in files.items()}
