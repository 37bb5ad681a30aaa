"""What of a built site is golden: its pages and feeds, without what only repeats another file."""

from __future__ import annotations

import re
from pathlib import Path

from press.model.plan import ICONS
from tests.conftest import tree_of

_HASH = re.compile(rb"(style|search|asking)\.[0-9a-f]{12}\.(css|js)")


def golden_files(output: Path) -> dict[str, bytes]:
    """Give every file but those of the theme, those of Pagefind, and the manifest, which lists all."""
    files = {path: data for path, data in tree_of(output).items() if not path.startswith(("theme/", "pagefind/"))}
    for name in ("manifest.json", *ICONS):
        files.pop(name, None)
    return {path: _HASH.sub(rb"\1.HASH.\2", data) for path, data in files.items()}
