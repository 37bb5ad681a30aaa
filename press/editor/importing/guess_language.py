"""Guess the language of a text from its words."""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter
from typing import Any

from press.editor.importing.data_model import Confidence, ImportSettings, Note
from press.model.languages import canonical_tag

_SAMPLE = 2000
"""Characters that a guess is made from."""
_TRUST = 0.8
"""The least probability of a guess; for a few words more is asked."""
_FEW_BYTES = 60
"""In UTF-8: ten words of English, or a sentence of Chinese."""


_SCRIPTS = {
    "GREEK": "el",
    "CYRILLIC": "ru uk bg sr mk be kk ky mn",
    "HEBREW": "he yi",
    "ARABIC": "ar fa ur ps ug ku",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn as",
    "GURMUKHI": "pa",
    "GUJARATI": "gu",
    "ORIYA": "or",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "SINHALA": "si",
    "THAI": "th",
    "LAO": "lo",
    "KHMER": "km",
    "ETHIOPIC": "am",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
}
"""The languages of each script that Unicode names first in the name of a letter, the commonest first."""


def guess_language(text: str, settings: ImportSettings) -> tuple[str, Note]:
    """Guess the language of a text; return the site's own if the text is too short or too mixed."""
    if settings.lang:
        return settings.lang, Note("language", f"{settings.lang}, as given by --lang", Confidence.SURE)
    code, trust = _identifier().classify(text[:_SAMPLE])
    tag, size, site = canonical_tag(str(code)), len(text.encode()), settings.site_lang
    script = find_script(text[:_SAMPLE])
    known = _SCRIPTS.get(script, "").split()
    is_doubtful = not tag or trust < _TRUST or (size < _FEW_BYTES and trust < 0.98)
    if known and (is_doubtful or tag not in known) and site.partition("-")[0] not in known:
        return _guess_by_script(text[:_SAMPLE], script, known)
    if is_doubtful:
        message = f"{site}, the site’s: the text is too short or too mixed to tell ({code}, {trust:.0%})"
        return site, Note("language", message, Confidence.REVIEW)
    alike = tag == site.partition("-")[0]
    lang = site if alike else tag
    confidence = Confidence.REVIEW
    if trust > 0.95 and (alike or size > 2 * _FEW_BYTES):
        confidence = Confidence.SURE if alike else Confidence.LIKELY
    return lang, Note("language", f"{lang}, guessed from the words ({trust:.0%})", confidence)


def find_script(text: str) -> str:
    """Return the script of most letters of a text, as Unicode names it: LATIN, GREEK, CJK; kana make it Japanese."""
    named = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    if named["HIRAGANA"] + named["KATAKANA"] > named["CJK"] / 10:
        named["HIRAGANA"] += named["CJK"] + named["KATAKANA"]
    if not named:
        return ""
    script, count = named.most_common(1)[0]
    return script if count > sum(named.values()) / 2 else ""


def _guess_by_script(text: str, script: str, known: list[str]) -> tuple[str, Note]:
    """Choose among the languages of a script: a text in Greek letters is not in the language of an English site."""
    ranked = dict(_identifier().rank(text))
    lang = max(known, key=lambda code: (ranked.get(code, 0.0), -known.index(code)))
    message = f"{lang}, because its letters are {script.title() if script != 'CJK' else 'Chinese'}"
    return lang, Note("language", message, Confidence.LIKELY if len(known) == 1 else Confidence.REVIEW)


def load_languages(settings: ImportSettings) -> None:
    """Load the tables of languages before workers start, so that they share them."""
    if not settings.lang:
        _identifier()


@functools.cache
def _identifier() -> Any:
    """Load the tables of languages, once for each process: it takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # only an import needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
