"""The plugin for quotation marks. A text's own switch: `Quotes: off`.

Settings: GUILLEMETS_STYLES, GUILLEMETS_FRENCH_PUNCTUATION. It reports guillemets without a partner, and languages
without a row in quote_styles.py.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from pelican import signals

from pelican_typeset.adapter import is_off, warn, wrap_readers
from pelican_typeset.quote_styles import check_quote_styles
from pelican_typeset.quotes import QuoteSetter

_logger = logging.getLogger(__name__)


def _convert(
    unknown: set[tuple[str, str]],
    html: str,
    lang: str,
    metadata: Mapping[str, Any],
    settings: Mapping[str, Any],
    path: str,
) -> str:
    """Set the quotation marks of one text; `unknown` are the languages that were already reported.

    With TYPESET_ADVICE each text reports its language: another program may keep what it reads for a later run.
    """
    if is_off(metadata, "quotes"):
        return html
    styles = settings.get("GUILLEMETS_STYLES", {})
    french = settings.get("GUILLEMETS_FRENCH_PUNCTUATION", True)
    setter = QuoteSetter(lang, styles, french, settings.get("TYPOGRIFY_IGNORE_TAGS", ()))
    reported = lang, path if settings.get("TYPESET_ADVICE", False) else ""
    if reported not in unknown and not setter.marks(lang):
        unknown.add(reported)
        message = (
            f"no quotation marks are known for the language {lang!r}; its texts are left as they are. "
            "Add a row to GUILLEMETS_STYLES."
        )
        warn(_logger, path, "unknown-language", lang, message)
    converted, unmatched = setter.set_quotes(html)
    for lost in unmatched:
        message = f"{lost.mark} has no partner in “{lost.words}”. Write the missing mark, or take this one out."
        warn(_logger, path, "unmatched-mark", lost.words, message)
    return converted


def _wrap(generator: Any) -> None:
    """Set the quotation marks of all that this generator reads. Raise ValueError for wrong GUILLEMETS_STYLES."""
    check_quote_styles(generator.settings.get("GUILLEMETS_STYLES", {}))
    wrap_readers(generator, "quotes", partial(_convert, set()))


def register() -> None:
    """Connect the plugin; Pelican calls this when it loads it."""
    signals.generator_init.connect(_wrap)
