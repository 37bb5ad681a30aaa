"""The golden files of a site: its pages and feeds, without files that only repeat others."""

from __future__ import annotations

import re
from pathlib import Path

from press.model.plan import ICONS
from tests.conftest import tree_of

_HASH = re.compile(rb"([\w-]+)\.[0-9a-f]{12}\.(css|js|woff2)")


def golden_files(output: Path) -> dict[str, bytes]:
    """Return every file except those of the theme and of Pagefind, and the manifest."""
    files = {path: data for path, data in tree_of(output).items() if not path.startswith(("theme/", "pagefind/"))}
    for name in ("manifest.json", *ICONS):
        files.pop(name, None)
    return {path: _HASH.sub(rb"\1.HASH.\2", data) for path, data in files.items()}
