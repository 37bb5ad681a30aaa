"""Guess the language of a text from its words."""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections import Counter
from typing import Any

from press.editor.importing.data_model import Confidence, ImportSettings, Note
from press.model.languages import canonical_tag

_SAMPLE = 2000
"""Characters that a guess is made from, taken from the whole text: its front matter may be in another language."""
_PIECES = 5
"""Places of a long text that the sample is taken from, and parts of a text that may be in two languages."""
_TRUST = 0.8
"""The least probability of a guess; for a few words more is asked."""
_NOT_THE_SITES = 0.005
"""The probability of the site's own language below which even a short text is not in it."""
_FEW_BYTES = 60
"""In UTF-8: ten words of English, or a sentence of Chinese."""
_SHORTEST_PART = 100
"""Characters of a part that is judged by itself."""

_SCRIPTS = {
    "GREEK": "el grc",
    "CYRILLIC": "ru uk bg sr mk be kk ky mn tt ba tg uz az",
    "HEBREW": "he yi",
    "ARABIC": "ar fa ur ps ug ku",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "DEVANAGARI": "hi mr ne sa",
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
    "MYANMAR": "my",
    "TIBETAN": "dz",
    "ETHIOPIC": "am",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
}
"""The languages of each script that Unicode names first in the name of a letter, the commonest first."""
_IN_LATIN_TOO = frozenset("sr kk uz az ku mn tt".split())
_RELATIVES = tuple(
    frozenset(family.split())
    for family in (
        "hr bs sr",
        "id ms jv",
        "no nn da sv",
        "oc ca es fr",
        "gl pt es ca an",
        "cs sk",
        "af nl",
        "ru uk be bg mk sr",
        "ar fa ur ps",
        "it vec lij",
        "de lb",
        "hi mr ne",
    )
)
"""Languages that a few lines do not tell apart: together they may be sure where none is by itself."""
_YIDDISH_AYIN = 0.05
"""Of the letters of a text in Hebrew script. Ayin writes e in Yiddish, one letter in ten; in Hebrew one in thirty."""
_YIDDISH = re.compile(r"\b(?:און|די|דער|דאָ?ס|דעם|איז|פֿ?ון|צו|מיט|ני[טש]ט?|זיך|איר|מיר|אויף|װאָס|וואָס)\b")
_EKAVIAN = re.compile(
    r"\b(?:vreme\b|mest|čove[kč]|reč|gde|uvek|cel[aeiou]|dec|dete|posle|ovde|sednic|pesm|rešen|svest|ver[aeiou]\b|mer[aei])",
    re.I,
)
_IJEKAVIAN = re.compile(
    r"\b(?:vrijeme|mjest|čovje[kč]|riječ|gdje|uvijek|cijel|djec|dijete|poslije|ovdje|sjednic|pjesm|rješen|svijest|vjer[aeiou]\b|mjer[aei])",
    re.I,
)
"""Stems in the Serbian spelling, and in that of Croatian and Bosnian."""
_MODERN_GREEK = frozenset("να θα δεν ας στο στον στην στη στις στους μας σας εινε ητο ητον".split())
_ANCIENT_GREEK = frozenset("γαρ ουν μεν αν ωσπερ εστιν εστι εισιν ουκ ουδε ουτε τις τι ω δη".split())
"""Words, without accents, that only the newer or (two of them) only the older language has."""
_MARKS = re.compile("[\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}]")


def guess_language(text: str, settings: ImportSettings) -> tuple[str, Note]:
    """Guess the language of a text; return the site's own if the text is too short or too mixed."""
    if settings.lang:
        return settings.lang, Note("language", f"{settings.lang}, as given by --lang", Confidence.SURE)
    parts = _split_sample(text)
    sample, site = " ".join(parts), settings.site_lang
    scores = [rank_languages(part) for part in parts]
    ranked = _weigh(sample, scores)
    code = max(ranked, key=lambda code: ranked[code])
    tag, trust = _settle_in_script(code, sample), ranked[code]
    script = find_script(sample)
    known = _SCRIPTS.get(script, "").split()
    is_doubtful = not canonical_tag(tag) or tag == "zxx" or not _is_enough(trust, text)
    if script and (is_doubtful or (known and tag not in known)) and not _is_written_in(site, script):
        return _guess_by_script(ranked, script, sample)
    relative = _find_relative(ranked, code, text, site) if is_doubtful else ""
    if relative:
        message = f"{relative}, or a language close to it ({_show_best(ranked)})"
        return relative, Note("language", message, Confidence.REVIEW)
    sure = _find_sure_parts(parts, scores) if is_doubtful else []
    if sure:
        lang = max(dict.fromkeys(sure), key=sure.count)
        others = ", ".join(dict.fromkeys(other for other in sure if other != lang)) or "no language for sure"
        return lang, Note("language", f"{lang}; part of the text is in another language: {others}", Confidence.REVIEW)
    if (
        is_doubtful
        and trust > 0.5
        and ranked.get(site.partition("-")[0], 0.0) < _NOT_THE_SITES
        and canonical_tag(tag)
    ):
        return tag, Note("language", f"{tag}, though the text is short ({_show_best(ranked)})", Confidence.REVIEW)
    if is_doubtful:
        message = f"{site}, the site’s: the text is too short or too mixed to tell ({code}, {trust:.0%})"
        return site, Note("language", message, Confidence.REVIEW)
    return _report_guess(tag, trust, text, site, _find_second(parts, scores, code))


def _report_guess(tag: str, trust: float, text: str, site: str, second: str) -> tuple[str, Note]:
    """Return a language that was told from the words; another one in part of the text must be reviewed."""
    alike = tag == site.partition("-")[0]
    lang = site if alike else tag
    if second:
        message = f"{lang}, but part of the text is in another language ({second})"
        return lang, Note("language", message, Confidence.REVIEW)
    confidence = Confidence.REVIEW
    if trust > 0.95 and (alike or len(text.encode()) > 2 * _FEW_BYTES) and tag not in ("grc", "yi", "sr-Latn"):
        confidence = Confidence.SURE if alike else Confidence.LIKELY
    return lang, Note("language", f"{lang}, guessed from the words ({trust:.0%})", confidence)


def _is_enough(trust: float, text: str) -> bool:
    return trust >= _TRUST and (len(text.encode()) >= _FEW_BYTES or trust >= 0.98)


def _split_sample(text: str) -> list[str]:
    """Take parts from the whole length of a text, each beginning and ending with a word."""
    text = " ".join(text.split())
    count = max(1, min(_PIECES, len(text) // _SHORTEST_PART))
    size, step = min(len(text) // count, _SAMPLE // _PIECES), len(text) // count
    if count == 1:
        return [text[:_SAMPLE]]
    starts = [text.find(" ", at * step) + 1 if at else 0 for at in range(count)]
    return [part for at in starts if (part := text[at : at + size + 1].rpartition(" ")[0] or text[at : at + size])]


def _weigh(sample: str, scores: list[dict[str, float]]) -> dict[str, float]:
    """Return the probability of each language from the scores of the parts, as py3langid does for one text."""
    total = scores[0] if len(scores) == 1 else {code: sum(part[code] for part in scores) for code in scores[0]}
    best, scale = max(total.values()), math.sqrt(len(sample.encode()) or 1)
    powers = {code: math.exp((score - best) / scale) for code, score in total.items()}
    whole = sum(powers.values())
    return {code: power / whole for code, power in powers.items()}


def _settle_in_script(code: str, sample: str) -> str:
    """Return the language tag where spelling or script tells more than the words: Yiddish, Serbian, Greek."""
    script = find_script(sample)
    if script == "HEBREW":
        letters = [letter for letter in sample if "א" <= letter <= "ת"]
        is_yiddish = letters.count("ע") > _YIDDISH_AYIN * len(letters) and _YIDDISH.search(sample)
        return "yi" if is_yiddish else "he"
    if script == "GREEK" and code in ("el", "grc"):
        words = set(re.findall(r"[^\W\d_]+", _MARKS.sub("", unicodedata.normalize("NFD", sample.casefold()))))
        is_ancient = not words & _MODERN_GREEK and len(words & _ANCIENT_GREEK) > 1
        return "grc" if code == "grc" and is_ancient else "el"
    if code in ("sr", "hr", "bs") and script == "LATIN":
        ekavian, ijekavian = len(_EKAVIAN.findall(sample)), len(_IJEKAVIAN.findall(sample))
        return "sr-Latn" if ekavian > ijekavian else "hr" if code == "sr" and ijekavian else code
    return code


def _find_relative(ranked: dict[str, float], code: str, text: str, site: str) -> str:
    """Return the best language of a family that is sure as a whole, the site's own first; else an empty string."""
    for family in _RELATIVES:
        together = sum(ranked.get(relative, 0.0) for relative in family)
        if code in family and _is_enough(together, text) and canonical_tag(code):
            own = site.partition("-")[0]
            return site if own in family and ranked.get(own, 0.0) > 0.2 else _settle_in_script(code, text[:_SAMPLE])
    return ""


def _find_second(parts: list[str], scores: list[dict[str, float]], code: str) -> str:
    """Return another language that parts of a text are surely in, or an empty string."""
    for part, score in zip(parts, scores, strict=True):
        ranked = _weigh(part, [score])
        best = max(ranked, key=lambda code: ranked[code])
        related = any(code in family and best in family for family in _RELATIVES) or {code, best} <= {"el", "grc"}
        if best != code and not related and len(part) >= _SHORTEST_PART - 20 and ranked[best] > 0.98:
            return f"{_settle_in_script(best, part)}: “{' '.join(part.split()[:5])}”"
    return ""


def _find_sure_parts(parts: list[str], scores: list[dict[str, float]]) -> list[str]:
    """Return the language of each part of a text that is surely in one, where the whole is not."""
    found = []
    for part, score in zip(parts, scores, strict=True):
        ranked = _weigh(part, [score])
        best = max(ranked, key=lambda code: ranked[code])
        if len(parts) > 1 and len(part) >= _SHORTEST_PART - 20 and ranked[best] > 0.98 and canonical_tag(best):
            found.append(_settle_in_script(best, part))
    return found


def _show_best(ranked: dict[str, float]) -> str:
    best = sorted(ranked, key=lambda code: -ranked[code])[:3]
    return ", ".join(f"{code} {ranked[code]:.0%}" for code in best)


@functools.cache
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def find_script(text: str) -> str:
    """Return the script of most letters of a text, as Unicode names it: LATIN, GREEK, CJK; kana make it Japanese."""
    named: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if letter.isalpha():
            named[_script_of(letter)] += count
    if named["HIRAGANA"] + named["KATAKANA"] > named["CJK"] / 10:
        named["HIRAGANA"] += named["CJK"] + named["KATAKANA"]
    if not named:
        return ""
    script, count = named.most_common(1)[0]
    return script if count > sum(named.values()) / 2 else ""


def _is_written_in(lang: str, script: str) -> bool:
    """Return whether a language may be in this script; one that no script is known for is in Latin letters."""
    code = lang.partition("-")[0]
    own = [name for name, codes in _SCRIPTS.items() if code in codes.split()]
    return script in own or (script == "LATIN" and (not own or code in _IN_LATIN_TOO))


def _guess_by_script(ranked: dict[str, float], script: str, sample: str) -> tuple[str, Note]:
    """Choose among the languages of a script: a text in Greek letters is not in the language of an English site."""
    known = _SCRIPTS.get(script, "").split() or [code for code in ranked if _is_written_in(code, script)]
    if script != "LATIN" and script not in _SCRIPTS:
        return "und", Note("language", f"not known: its letters are {script.title()}", Confidence.REVIEW)
    best = max(known, key=lambda code: (ranked.get(code, 0.0), -known.index(code)))
    lang = _settle_in_script(best, sample)
    message = f"{lang}, because its letters are {script.title() if script != 'CJK' else 'Chinese'}"
    return lang, Note("language", message, Confidence.LIKELY if len(known) == 1 else Confidence.REVIEW)


def rank_languages(text: str) -> dict[str, float]:
    """Return the score of each language for a text, not normalised: the longer the text, the farther apart."""
    return dict(_identifier().rank(text))


def load_languages(settings: ImportSettings) -> None:
    """Load the tables of languages before workers start, so that they share them."""
    if not settings.lang:
        _identifier()


@functools.cache
def _identifier() -> Any:
    """Load the tables of languages, once for each process: it takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # only an import needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
