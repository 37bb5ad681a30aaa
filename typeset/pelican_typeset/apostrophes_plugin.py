"""The plugin for apostrophes. It has no settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pelican import signals

from pelican_typeset.adapter import wrap_readers
from pelican_typeset.apostrophes import set_apostrophes


def _convert(html: str, lang: str, metadata: Mapping[str, Any], settings: Mapping[str, Any], path: str) -> str:
    """Set the apostrophes of one text."""
    return set_apostrophes(html, lang)


def _wrap(generator: Any) -> None:
    """Set the apostrophes of all that this generator reads."""
    wrap_readers(generator, "apostrophes", _convert)


def register() -> None:
    """Connect the plugin; Pelican calls this when it loads it."""
    signals.generator_init.connect(_wrap)
