"""The quotation marks of each language: a table that anyone can correct."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Marks = tuple[str, str, str, str]
"""Outer open, outer close, inner open and inner close, each with the space on its inner side, if any."""

# To correct a language, change its row; if the row is for several languages, take it out and write one of its
# own: four marks in the order of `Marks`, where _ is a no-break space and ~ a narrow one. A region without a row
# (en-GB, de-AT, fr-CA) follows its language. Where CLDR, csquotes and docutils differ, a comment names the source.
ROWS = {
    "ar": "« » ” “",  # the Arabic press; CLDR has the inner pair outside. Browsers turn « » round, but not ” “
    "az ga ko tr vi zh": "“ ” ‘ ’",
    "be ru uk": "« » „ “",
    "bg": "„ “ ‚ ‘",  # docutils; CLDR repeats „ “ inside
    "br ca el it kk": "« » “ ”",
    "bs": "„ ” ‘ ’",
    "cs is lb mk sk": "„ “ ‚ ‘",
    "cy": "“ ” ‘ ’",  # CLDR; csquotes puts the single marks outside
    "da": "» « › ‹",  # docutils; CLDR has “ ” ‘ ’, csquotes „ “ ’ ’
    "de": "„ “ ‚ ‘",  # Duden; the book form » « › ‹ is a setting
    "de-CH de-LI": "« » ‹ ›",  # csquotes, docutils for Switzerland; CLDR gives the German marks
    "en": "“ ” ‘ ’",  # Chicago; csquotes has ‘ ’ “ ” for en-GB and en-AU, which is a setting
    "eo": "“ ” « »",  # CLDR; docutils has ‘ ’ inside
    "es": "« » “ ”",  # csquotes, docutils; CLDR has “ ” ‘ ’
    "es-419 es-MX": "“ ” ‘ ’",  # CLDR, csquotes; docutils gives the marks of Spain
    "et": "„ “ ‚ ‘",  # CLDR, docutils; csquotes repeats „ “ inside
    "eu": "« » ‹ ›",  # docutils; CLDR has “ ” inside
    "fa rm": "« » ‹ ›",
    "fi sv": "” ” ’ ’",
    "fr": "«_ _» “ ”",  # docutils; OQLF and Clés de la rédaction for Canada; CLDR repeats « » inside
    "fr-CH": "«~ ~» ‹~ ~›",  # docutils fr-ch-x-altquot; CLDR and docutils fr-ch without the spaces
    "gl": "“ ” ‘ ’",  # CLDR, csquotes; docutils has « » “ ”
    "he": "” ” ’ ’",  # CLDR; docutils has ” “ » «
    "hr": "„ ” ‘ ’",  # csquotes, docutils; CLDR has „ “ ‚ ‘
    "hu": "„ ” » «",  # CLDR, csquotes; docutils turns the inner pair round
    "hy oc": "« » « »",
    "it-CH": "« » ‹ ›",  # docutils; CLDR has “ ” inside
    "ja zh-Hant zh-HK zh-TW": "「 」 『 』",  # Hong Kong and Taiwan write zh-Hant
    "ka": "„ “ « »",
    "lt": "„ “ ‚ ‘",  # docutils; CLDR repeats „ “ inside, csquotes has ’ ’
    "lv": "“ ” ‘ ’",  # CLDR; csquotes has „ ” ‚ ’, docutils „ “ ‚ ‘
    "nb nn no": "« » ‘ ’",  # CLDR; csquotes has ‹ › inside, docutils ’ ’
    "nl": "“ ” ‘ ’",  # csquotes, docutils; CLDR has ‘ ’ on both levels
    "pl ro": "„ ” « »",
    "pt": "“ ” ‘ ’",  # Brazil: CLDR, csquotes; docutils pt has the marks of Portugal
    "pt-PT": "« » “ ”",
    "sl": "„ “ ‚ ‘",  # CLDR, docutils; csquotes has » « › ‹
    "sq": "“ ” ‘ ’",  # CLDR; docutils has « » ‹ ›
    "sr": "„ ” ’ ’",
}
SPACES = str.maketrans({"_": "\N{NO-BREAK SPACE}", "~": "\N{NARROW NO-BREAK SPACE}"})


def _fold(tag: str) -> str:
    return tag.strip().replace("_", "-").lower()


def _read(row: str) -> Marks:
    outer_open, outer_close, inner_open, inner_close = row.translate(SPACES).split(" ")
    return outer_open, outer_close, inner_open, inner_close


MARKS_BY_LANGUAGE = MappingProxyType({_fold(tag): _read(row) for tags, row in ROWS.items() for tag in tags.split()})


def marks_for(lang: str, overrides: Mapping[str, Marks] | None = None) -> Marks | None:
    """Return the marks of a language by its BCP 47 tag, or None where the table has no row for it.

    `_` is read as `-`, case is ignored, and a tag without a row is shortened: `fr_BE` becomes `fr`. A row of
    `overrides` takes the place of one in the table for the same tag. Sources: CLDR 48.2, csquotes, docutils.
    """
    own = {_fold(tag): row for tag, row in (overrides or {}).items()}
    tag = _fold(lang)
    while not (marks := own.get(tag) or MARKS_BY_LANGUAGE.get(tag)) and tag:
        tag = tag.rpartition("-")[0]
    return marks


def check_quote_styles(rows: Mapping[str, Marks]) -> None:
    """Raise ValueError where a row of the setting GUILLEMETS_STYLES is not four marks."""
    for lang, row in rows.items():
        if len(row) != 4 or not all(isinstance(mark, str) and mark.strip() for mark in row):
            raise ValueError(f"GUILLEMETS_STYLES[{lang!r}]: {row!r} is not four marks. Write outer open and close, "
                             "inner open and close.")  # fmt: skip
