"""Name pictures by their content: `images/loaf.svg` becomes `images/loaf.3f2a9c1b.svg`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from press.model.urls import name_static


def name_images(generator: Any) -> None:
    """Set the address of every picture before a text links to it."""
    for static in generator.staticfiles:
        name = name_static(static.relative_source_path, Path(static.source_path).read_bytes())
        static.override_url = static.override_save_as = name
