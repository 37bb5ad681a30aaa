"""How each language sets a dash: a table that anyone can correct, one row a language, with its authority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

KEEP = None  # leave the spaces as they were typed
NO_BREAK = "&nbsp;"  # as a reference: typogrify and striptags destroy the character itself
EN_DASH = "\N{EN DASH}"
EM_DASH = "\N{EM DASH}"
EM_DASH_BEFORE_QUOTE = (
    "&mdash;"  # after the reference smartypants opens a quotation, after the character it closes one
)


class Style(NamedTuple):
    """The space before a dash, the dash, and the space after it."""

    before: str | None
    mark: str
    after: str | None


# The space before a dash does not break, so that no line begins with a dash.
STYLES: Mapping[str, Style] = {
    "spaced en": Style(NO_BREAK, EN_DASH, KEEP),
    "spaced em": Style(NO_BREAK, EM_DASH, KEEP),
    "closed em": Style("", EM_DASH_BEFORE_QUOTE, ""),
    # Spanish: —a pair in one sentence is closed up to what it encloses—; a single dash is set as `spaced em`.
    "raya": Style(NO_BREAK, EM_DASH, KEEP),
}
RAYA_OPENS = Style(KEEP, EM_DASH, "")
RAYA_CLOSES = Style("", EM_DASH, KEEP)
AS_TYPED = Style(KEEP, EM_DASH_BEFORE_QUOTE, KEEP)
RANGE = Style("", EN_DASH, "")


def at_head(row: Style) -> Style:
    """Return how a style sets the dash at the head of a speech: `— Oui`, and in Spanish `—Sí`."""
    is_spaced = row.after is KEEP and row is not STYLES["raya"]
    return Style(KEEP, row.mark.replace(EM_DASH_BEFORE_QUOTE, EM_DASH), NO_BREAK if is_spaced else "")


UNKNOWN = "spaced en"  # the commonest in print; no language uses a hyphen as a dash

STYLE_BY_LANGUAGE: Mapping[str, str] = {
    "en": "spaced en",  # New Hart's Rules 4.11: most British publishers (Oxford's own books: closed em)
    "en-US": "closed em",  # Chicago Manual of Style, section on em dashes
    "de": "spaced en",  # Duden, Gedankenstrich; DIN 5008
    "fr": "spaced em",  # Lexique of the Imprimerie nationale: tiret sur cadratin; so in Québec
    "es": "raya",  # RAE, Ortografía, raya
    "it": "spaced en",  # common in print (Lesina, Nuovo manuale di stile, has both lengths)
    "pt": "spaced em",  # travessão: Bechara, Moderna gramática
    "nl": "spaced en",  # gedachtestreepje: Onze Taal
    "da": "spaced en",  # tankestreg: Dansk Sprognævn, Retskrivningsordbogen
    "nb": "spaced en",  # tankestrek: Språkrådet
    "nn": "spaced en",  # tankestrek: Språkrådet
    "no": "spaced en",  # tankestrek: Språkrådet
    "sv": "spaced en",  # tankstreck: Språkrådet, Svenska skrivregler
    "fi": "spaced en",  # ajatusviiva: Kotus
    "et": "spaced en",  # mõttekriips: Eesti Keele Instituut
    "pl": "spaced en",  # półpauza: EU Interinstitutional style guide 10.1.6; Wolański, Edycja tekstów
    "cs": "spaced en",  # pomlčka: Ústav pro jazyk český, Internetová jazyková příručka
    "sk": "spaced en",  # pomlčka: Pravidlá slovenského pravopisu
    "sl": "spaced en",  # pomišljaj: Slovenski pravopis
    "hr": "spaced en",  # crtica: Hrvatski pravopis (IHJJ)
    "hu": "spaced en",  # gondolatjel: A magyar helyesírás szabályai
    "ru": "spaced em",  # тире, never at the head of a line: Мильчин, Справочник издателя и автора
    "uk": "spaced em",  # тире: Український правопис
    "be": "spaced em",  # працяжнік: as in Russian print
    "el": "spaced en",  # EU Interinstitutional style guide, Greek edition, 10.1.10: παύλα
}


def choose_style(lang: str, styles: Mapping[str, str] | None = None) -> Style:
    """Return the style of a language: from `styles` before the table, for `fr-CH` before `fr`.

    Raise ValueError for the name of a style that does not exist.
    """
    rows = {**_ROWS, **{_spell(name): style for name, style in (styles or {}).items()}}
    tag = _spell(lang)
    while tag and tag not in rows:
        tag = tag.rpartition("-")[0]
    name = rows.get(tag, UNKNOWN)
    if name not in STYLES:
        raise ValueError(f"{name!r} is not a style of dash. Write one of: {', '.join(STYLES)}.")
    return STYLES[name]


def check_dash_styles(by_language: Mapping[str, str]) -> None:
    """Raise ValueError where a row of the setting DASHES_STYLES names a style that does not exist."""
    for lang, name in by_language.items():
        if name not in STYLES:
            raise ValueError(f"DASHES_STYLES[{lang!r}]: {name!r} is not a style. Write one of: {', '.join(STYLES)}.")


def _spell(lang: str) -> str:
    return lang.strip().replace("_", "-").lower()


_ROWS = {_spell(name): style for name, style in STYLE_BY_LANGUAGE.items()}
