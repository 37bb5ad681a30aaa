"""The plugin for spaces that must not break. It has no settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pelican import signals

from pelican_typeset.adapter import wrap_readers
from pelican_typeset.spaces import set_spaces


def _convert(html: str, lang: str, metadata: Mapping[str, Any], settings: Mapping[str, Any], path: str) -> str:
    """Set the spaces of one text."""
    return set_spaces(html, lang)


def _wrap(generator: Any) -> None:
    """Set the spaces of all that this generator reads."""
    wrap_readers(generator, "spaces", _convert)


def register() -> None:
    """Connect the plugin; Pelican calls this when it loads it."""
    signals.generator_init.connect(_wrap)
