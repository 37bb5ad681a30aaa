"""Settle the apostrophes that smartypants gets wrong, before it runs. No settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pelican import signals

from pelican_typeset.adapter import wrap_readers
from pelican_typeset.apostrophes.apostrophes import set_apostrophes


def convert(html: str, lang: str, metadata: Mapping[str, Any], settings: Mapping[str, Any], path: str) -> str:
    """Set the apostrophes of one text."""
    return set_apostrophes(html, lang)


def wrap(generator: Any) -> None:
    """Set the apostrophes of all that this generator reads."""
    wrap_readers(generator, "apostrophes", convert)


def register() -> None:
    """Join in when Pelican loads the plugin."""
    signals.generator_init.connect(wrap)
