"""Set dashes for hyphens. Setting: DASHES_STYLES, language to style. A text's own: `dashes: off`.

Hyphens that only a person can judge are said where the setting PRESS_ADVICE is true, as `inv check` sets it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from pelican import signals

from pelican_typeset.adapter import wrap_readers
from pelican_typeset.dashes.dash_styles import check_styles
from pelican_typeset.dashes.dashes import find_doubtful, set_dashes

logger = logging.getLogger(__name__)
ADVICE = {"press_rule": "doubtful-dash", "press_level": "advice"}


def convert(html: str, lang: str, metadata: Mapping[str, Any], settings: Mapping[str, Any], path: str) -> str:
    """Set the dashes of one text and advise its editor of the hyphens that are not guessed."""
    if str(metadata.get("dashes", "")).strip().lower() == "off":
        return html
    for doubt in find_doubtful(html, lang) if settings.get("PRESS_ADVICE") else ():
        message = f"“{doubt.words}”: dash or hyphen? For a dash write a space on both sides, for a hyphen none."
        logger.warning("%s: %s", path, message, extra={**ADVICE, "press_path": path, "press_words": doubt.words})
    return set_dashes(html, lang, by_language=settings.get("DASHES_STYLES"))


def wrap(generator: Any) -> None:
    """Set the dashes of all that this generator reads; a wrong DASHES_STYLES raises ValueError here."""
    check_styles(generator.settings.get("DASHES_STYLES", {}))
    wrap_readers(generator, "dashes", convert)


def register() -> None:
    """Join in when Pelican loads the plugin."""
    signals.generator_init.connect(wrap)
