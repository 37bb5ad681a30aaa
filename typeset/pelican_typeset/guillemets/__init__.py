"""Set quotation marks in every body, title and summary, in the language of the text, before typogrify.

Works on any Pelican site, whatever the reader. Automatic summaries never lose a closing mark: Pelican cuts
them from the body after this has converted it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from pelican import signals

from pelican_typeset.adapter import wrap_readers
from pelican_typeset.guillemets.quote_styles import check_styles
from pelican_typeset.guillemets.quotes import Typesetter

logger = logging.getLogger(__name__)


def convert(
    unknown: set[str], html: str, lang: str, metadata: Mapping[str, Any], settings: Mapping[str, Any], path: str
) -> str:
    """Convert one text; warn of the marks that found no partner, and once of each unknown language."""
    if str(metadata.get("quotes", "")).strip().lower() == "off":
        return html
    styles = settings.get("GUILLEMETS_STYLES", {})
    french = settings.get("GUILLEMETS_FRENCH_PUNCTUATION", False)
    ignored = settings.get("TYPOGRIFY_IGNORE_TAGS", ())
    typesetter = Typesetter(lang, styles=styles, french_punctuation=french, ignore_tags=ignored)
    if lang not in unknown and not typesetter.marks(lang):
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


def wrap(generator: Any) -> None:
    """Convert what this generator reads. A wrong GUILLEMETS_STYLES raises ValueError here."""
    check_styles(generator.settings.get("GUILLEMETS_STYLES", {}))
    wrap_readers(generator, "guillemets", partial(convert, set()))


def register() -> None:
    """Join in when Pelican loads the plugin."""
    signals.generator_init.connect(wrap)
