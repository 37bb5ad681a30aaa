"""Language tags: which ones `Lang:` accepts, and the locale of each."""

from __future__ import annotations

import functools
import re

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

# BCP 47, section 2.1, without extensions and private use, which no leaflet needs.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?(?P<variants>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)",
    re.IGNORECASE | re.ASCII,
)


@functools.cache
def canonical_tag(text: str) -> str:
    """Return a language tag in the case BCP 47 recommends: `FR_ca` becomes `fr-CA`; empty if it is not a tag.

    CLDR must have a name for the language: `xx` is a typing error.
    """
    match = _TAG.fullmatch(text.strip().replace("_", "-"))
    if match is None or match["language"].lower() not in _known_languages():
        return ""
    script, region, variants = match["script"], match["region"], match["variants"].lower()
    parts = [match["language"].lower(), script and script.title(), region and region.upper()]
    return "-".join(part for part in parts if part) + variants


@functools.cache
def _known_languages() -> frozenset[str]:
    return frozenset(Locale("en").languages) | {name.partition("_")[0] for name in localedata.locale_identifiers()}


@functools.cache
def locale_for(tag: str) -> Locale:
    """Return the locale for the words and dates of a language; English if CLDR has none.

    Plain English is international English (`24 October 2006`), not that of the United States.
    """
    parts = tag.split("-")
    if parts == ["en"]:
        return Locale("en", "001")
    for length in range(len(parts), 0, -1):
        try:
            return Locale.parse("-".join(parts[:length]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "001")


@functools.cache
def name_language(tag: str, lang: str) -> str:
    """Return the name of a language in another: `fr-CA` in English is `French (Canada)`; the tag if it has none."""
    locale = Locale("en") if tag == "en" else locale_for(tag)  # or it would be “English (world)”
    return locale.get_display_name(locale_for(lang)) or tag


@functools.cache
def is_right_to_left(tag: str) -> bool:
    """Return whether the script of a language runs from right to left."""
    return locale_for(tag).text_direction == "rtl"


@functools.cache
def has_month_names(tag: str) -> bool:
    """Return whether CLDR has names of months in a language; of some languages it has only their own name."""
    locale = locale_for(tag)
    if locale.language == "en" and tag.partition("-")[0] != "en":
        return False
    # Without resolving aliases: Babel would then write what it finds into the data that all languages share.
    names = localedata.load(str(locale))["months"]["format"]["wide"]
    return not str(names[1]).startswith("M")


def script_subtag(tag: str) -> str:
    """Return the four letters of a language's script, "" if unknown: `zh-TW` is in `Hant`, and `zh` in `Hans`.

    Source: the tag itself, or CLDR's likely subtags.
    """
    match = _TAG.fullmatch(tag)
    if match is None or match["script"]:
        return match["script"].title() if match else ""
    language, likely = match["language"].lower(), get_global("likely_subtags")
    found = likely.get(f"{language}_{(match['region'] or '').upper()}") or likely.get(language) or ""
    return next((part for part in found.split("_")[1:] if len(part) == 4), "")


_SCRIPTS = {"Latn": "latin", "Grek": "greek", "Cyrl": "cyrillic"}


def script_of(tag: str) -> str:
    """Return the script that a language is written in: `latin`, `greek` or `cyrillic`; empty for any other."""
    locale = locale_for(tag)
    likely = get_global("likely_subtags").get(locale.language, "").split("_")
    return _SCRIPTS.get(locale.script or "".join(likely[1:2]), "")


@functools.cache
def open_graph_locale(tag: str) -> str:
    """Return a language as Open Graph spells it, `language_TERRITORY`: `fr-CA` becomes `fr_CA`, `fr` becomes `fr_FR`.

    The territory is that of the tag, else the one where CLDR says the language is written most; empty if that is no
    country: Esperanto, Spanish of Latin America. Source: https://ogp.me, and CLDR's likely subtags.
    """
    match = _TAG.fullmatch(tag)
    if match is None:
        return ""
    territory = match["region"]
    if not territory:
        language, script = match["language"].lower(), (match["script"] or "").title()
        likely = get_global("likely_subtags")
        found = likely.get(f"{language}_{script}") if script else likely.get(language)
        territory = (found or "").rpartition("_")[2]
    return f"{match['language'].lower()}_{territory.upper()}" if re.fullmatch("[A-Za-z]{2}", territory) else ""
