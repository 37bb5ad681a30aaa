"""The quotation marks of each language, one row a language, for anyone to correct."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Marks = tuple[str, str, str, str]
"""Outer open, outer close, inner open, inner close, each with the space that belongs inside it."""

# To correct a language, change its row: four marks in the order of `Marks`. In a row, _ is a no-break space
# and ~ a narrow one. A region without a row of its own (en-GB, de-AT, fr-CA) follows its language.
# The four main sources differ; a comment beside a row says whom it follows where they do.
ROWS = {
    "ar": "” “ ’ ‘",
    "az": "“ ” ‘ ’",
    "be": "« » „ “",
    "bg": "„ “ ‚ ‘",  # docutils; CLDR repeats „ “ inside
    "br": "« » “ ”",
    "bs": "„ ” ‘ ’",
    "ca": "« » “ ”",
    "cs": "„ “ ‚ ‘",
    "cy": "“ ” ‘ ’",  # CLDR; csquotes puts the single marks outside
    "da": "» « › ‹",  # docutils; CLDR has “ ” ‘ ’, csquotes „ “ ’ ’
    "de": "„ “ ‚ ‘",  # Duden; the book form » « › ‹ is a setting
    "de-CH": "« » ‹ ›",  # csquotes, docutils; CLDR gives the German marks
    "de-LI": "« » ‹ ›",  # as in Switzerland; CLDR and docutils give the German marks
    "el": "« » “ ”",
    "en": "“ ” ‘ ’",  # Chicago; csquotes has ‘ ’ “ ” for en-GB and en-AU, which is a setting
    "eo": "“ ” « »",  # CLDR; docutils has ‘ ’ inside
    "es": "« » “ ”",  # csquotes, docutils; CLDR has “ ” ‘ ’
    "es-419": "“ ” ‘ ’",  # CLDR; docutils gives the marks of Spain
    "es-MX": "“ ” ‘ ’",  # CLDR, csquotes; docutils gives the marks of Spain
    "et": "„ “ ‚ ‘",  # CLDR, docutils; csquotes repeats „ “ inside
    "eu": "« » ‹ ›",  # docutils; CLDR has “ ” inside
    "fa": "« » ‹ ›",
    "fi": "” ” ’ ’",
    "fr": "«_ _» “ ”",  # docutils; OQLF and Clés de la rédaction for Canada; CLDR repeats « » inside
    "fr-CH": "«~ ~» ‹~ ~›",  # docutils fr-ch-x-altquot; CLDR and docutils fr-ch without the spaces
    "ga": "“ ” ‘ ’",
    "gl": "“ ” ‘ ’",  # CLDR, csquotes; docutils has « » “ ”
    "he": "” ” ’ ’",  # CLDR; docutils has ” “ » «
    "hr": "„ ” ‘ ’",  # csquotes, docutils; CLDR has „ “ ‚ ‘
    "hu": "„ ” » «",  # CLDR, csquotes; docutils turns the inner pair round
    "hy": "« » « »",
    "is": "„ “ ‚ ‘",
    "it": "« » “ ”",
    "it-CH": "« » ‹ ›",  # docutils; CLDR has “ ” inside
    "ja": "「 」 『 』",
    "ka": "„ “ « »",
    "kk": "« » “ ”",
    "ko": "“ ” ‘ ’",
    "lb": "„ “ ‚ ‘",
    "lt": "„ “ ‚ ‘",  # docutils; CLDR repeats „ “ inside, csquotes has ’ ’
    "lv": "“ ” ‘ ’",  # CLDR; csquotes has „ ” ‚ ’, docutils „ “ ‚ ‘
    "mk": "„ “ ‚ ‘",
    "nb": "« » ‘ ’",  # CLDR; csquotes has ‹ › inside, docutils ’ ’
    "nl": "“ ” ‘ ’",  # csquotes, docutils; CLDR has ‘ ’ on both levels
    "nn": "« » ‘ ’",  # as nb
    "no": "« » ‘ ’",  # as nb
    "oc": "« » « »",
    "pl": "„ ” « »",
    "pt": "“ ” ‘ ’",  # Brazil: CLDR, csquotes; docutils pt has the marks of Portugal
    "pt-PT": "« » “ ”",
    "rm": "« » ‹ ›",
    "ro": "„ ” « »",
    "ru": "« » „ “",
    "sk": "„ “ ‚ ‘",
    "sl": "„ “ ‚ ‘",  # CLDR, docutils; csquotes has » « › ‹
    "sq": "“ ” ‘ ’",  # CLDR; docutils has « » ‹ ›
    "sr": "„ ” ’ ’",
    "sv": "” ” ’ ’",
    "tr": "“ ” ‘ ’",
    "uk": "« » „ “",
    "vi": "“ ” ‘ ’",
    "zh": "“ ” ‘ ’",
    "zh-Hant": "「 」 『 』",
    "zh-HK": "「 」 『 』",  # CLDR: Hong Kong and Taiwan write zh-Hant
    "zh-TW": "「 」 『 』",
}


SPACES = str.maketrans({"_": "\N{NO-BREAK SPACE}", "~": "\N{NARROW NO-BREAK SPACE}"})


def _fold(tag: str) -> str:
    return tag.strip().replace("_", "-").lower()


def _read(row: str) -> Marks:
    outer_open, outer_close, inner_open, inner_close = row.translate(SPACES).split(" ")
    return outer_open, outer_close, inner_open, inner_close


TABLE = MappingProxyType({_fold(tag): _read(row) for tag, row in ROWS.items()})


def marks_for(lang: str, overrides: Mapping[str, Marks] | None = None) -> Marks | None:
    """Give the marks of a language by its BCP 47 tag, or None for one that nobody has described.

    `_` reads as `-`, case is ignored, and a tag falls back to shorter ones: `fr_BE` becomes `fr`. A row of
    `overrides` comes before one of the table for as long a tag. Sources: CLDR 48.2, csquotes, docutils.
    """
    own = {_fold(tag): row for tag, row in (overrides or {}).items()}
    tag = _fold(lang)
    while not (marks := own.get(tag) or TABLE.get(tag)) and tag:
        tag = tag.rpartition("-")[0]
    return marks
