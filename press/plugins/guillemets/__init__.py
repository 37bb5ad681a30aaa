"""Set quotation marks in every body, title and summary, in the language of the text, before typogrify.

Works on any Pelican site, whatever the reader. Automatic summaries never lose a closing mark: Pelican cuts
them from the body after this has converted it, so what is cut holds the marks of the language already.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from pelican import signals

from ..typesetting import wrap_readers
from .quotes import Typesetter

logger = logging.getLogger(__name__)


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(wrap)


def wrap(generator: Any) -> None:
    """Convert what this generator reads; an unknown language is said once for each generator."""
    wrap_readers(generator, "guillemets", partial(_convert, set()))


def _convert(
    unknown: set[str], html: str, lang: str, metadata: Mapping[str, Any], settings: Mapping[str, Any], path: str
) -> str:
    """Convert one text and warn of the marks that found no partner."""
    if str(metadata.get("quotes", "")).strip().lower() == "off":
        return html
    typesetter = Typesetter(
        lang,
        styles=settings.get("GUILLEMETS_STYLES", {}),
        french_punctuation=settings.get("GUILLEMETS_FRENCH_PUNCTUATION", False),
        ignore_tags=settings.get("TYPOGRIFY_IGNORE_TAGS", ()),
    )
    if not typesetter.marks(lang) and lang not in unknown:
        unknown.add(lang)
        _warn(path, "unknown-language", lang, f"no quotation marks are known for the language {lang!r}; "
              "its texts are left as they are. Add a row to GUILLEMETS_STYLES.")  # fmt: skip
    converted, unmatched = typesetter.set_quotes(html)
    for lost in unmatched:
        _warn(path, "unmatched-mark", lost.words, f"{lost.mark} has no partner in “{lost.words}”. "
              "Write the missing mark, or take this one out.")  # fmt: skip
    return converted


def _warn(path: str, rule: str, words: str, message: str) -> None:
    logger.warning("%s: %s", path, message, extra={"press_rule": rule, "press_path": path, "press_words": words})
