"""Pictures are named by what is in them: `images/loaf.svg` becomes `images/loaf.3f2a9c1b.svg`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican import signals

from press.model.urls import name_static


def name_pictures(generator: Any) -> None:
    """Give every picture its name before a text asks for it."""
    for static in generator.staticfiles:
        name = name_static(static.relative_source_path, Path(static.source_path).read_bytes())
        static.override_url = static.override_save_as = name


def register() -> None:
    """Connect to Pelican's signals."""
    signals.static_generator_finalized.connect(name_pictures)
