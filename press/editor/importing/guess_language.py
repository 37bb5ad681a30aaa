"""Guess the language of a text from its words."""

from __future__ import annotations

import functools
from typing import Any

from press.editor.importing.data_model import Confidence, ImportSettings, Note
from press.model.languages import canonical_tag

_SAMPLE = 2000
"""Characters that a guess is made from."""
_TRUST = 0.8
"""The least probability of a guess; for a few words more is asked."""
_FEW_BYTES = 60
"""In UTF-8: ten words of English, or a sentence of Chinese."""


def guess_language(text: str, settings: ImportSettings) -> tuple[str, Note]:
    """Guess the language of a text; return the site's own if the text is too short or too mixed."""
    if settings.lang:
        return settings.lang, Note("language", f"{settings.lang}, as given by --lang", Confidence.SURE)
    code, trust = _identifier().classify(text[:_SAMPLE])
    tag, size, site = canonical_tag(str(code)), len(text.encode()), settings.site_lang
    if not tag or trust < _TRUST or (size < _FEW_BYTES and trust < 0.98):
        message = f"{site}, the site’s: the text is too short or too mixed to tell ({code}, {trust:.0%})"
        return site, Note("language", message, Confidence.REVIEW)
    alike = tag == site.partition("-")[0]
    lang = site if alike else tag
    confidence = Confidence.REVIEW
    if trust > 0.95 and (alike or size > 2 * _FEW_BYTES):
        confidence = Confidence.SURE if alike else Confidence.LIKELY
    return lang, Note("language", f"{lang}, guessed from the words ({trust:.0%})", confidence)


def load_languages(settings: ImportSettings) -> None:
    """Load the tables of languages before workers start, so that they share them."""
    if not settings.lang:
        _identifier()


@functools.cache
def _identifier() -> Any:
    """Load the tables of languages, once for each process: it takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # only an import needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
