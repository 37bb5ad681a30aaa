"""The language of a text, told from its words."""

from __future__ import annotations

import functools
from typing import Any

from press.editor.importing.recognised import Note, Setting, Sureness
from press.model.languages import canonical_tag

_SAMPLE = 2000
"""Characters from which a language is told."""
_TRUST = 0.8
"""How sure the guess must be to count; of a few words, more."""
_FEW_BYTES = 60
"""In UTF-8: ten words of English, or a sentence of Chinese."""


def tell_language(text: str, setting: Setting) -> tuple[str, Note]:
    """Tell the language of a text, and how sure that is; the site's own where the text is too short."""
    if setting.lang:
        return setting.lang, Note("language", f"{setting.lang}, as you said", Sureness.SURE)
    code, trust = _identifier().classify(text[:_SAMPLE])
    tag, size, site = canonical_tag(str(code)), len(text.encode()), setting.site_lang
    if not tag or trust < _TRUST or (size < _FEW_BYTES and trust < 0.98):
        said = f"{site}, the site’s: the text is too short or too mixed to tell ({code}, {trust:.0%})"
        return site, Note("language", said, Sureness.LOOK)
    alike = tag == site.partition("-")[0]
    lang = site if alike else tag
    said = f"{lang}, guessed from the words ({trust:.0%})"
    if alike and trust > 0.95:
        return lang, Note("language", said, Sureness.SURE)
    return lang, Note("language", said, Sureness.LIKELY if trust > 0.95 and size > 2 * _FEW_BYTES else Sureness.LOOK)


def load_languages(setting: Setting) -> None:
    """Load what all texts need, so that workers that are started after share it."""
    if not setting.lang:
        _identifier()


@functools.cache
def _identifier() -> Any:
    """Load the tables of languages: once for each process, since it takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # only an import needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
