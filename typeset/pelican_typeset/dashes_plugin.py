"""The plugin for dashes. A text's own switch: `Dashes: off`. Settings: DASHES_STYLES, TYPESET_ADVICE."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from pelican import signals

from pelican_typeset.adapter import is_off, warn, wrap_readers
from pelican_typeset.dash_or_hyphen import find_doubtful
from pelican_typeset.dash_styles import check_dash_styles
from pelican_typeset.dashes import set_dashes

_logger = logging.getLogger(__name__)


def _convert(html: str, lang: str, metadata: Mapping[str, Any], settings: Mapping[str, Any], path: str) -> str:
    """Set the dashes of one text; with TYPESET_ADVICE, report the hyphens that only a person can judge."""
    if is_off(metadata, "dashes"):
        return html
    for doubt in find_doubtful(html, lang) if settings.get("TYPESET_ADVICE", False) else ():
        message = f"“{doubt.words}”: dash or hyphen? For a dash write a space on both sides, for a hyphen none."
        warn(_logger, path, "doubtful-dash", doubt.words, message, level="advice")
    return set_dashes(html, lang, styles=settings.get("DASHES_STYLES"))


def _wrap(generator: Any) -> None:
    """Set the dashes of all that this generator reads. Raise ValueError for wrong DASHES_STYLES."""
    check_dash_styles(generator.settings.get("DASHES_STYLES", {}))
    wrap_readers(generator, "dashes", _convert)


def register() -> None:
    """Connect the plugin; Pelican calls this when it loads it."""
    signals.generator_init.connect(_wrap)
