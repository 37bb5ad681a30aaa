"""Keep together what a line must not part: figures and units, `p. 12`, initials, Czech and Polish prepositions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pelican_typeset.blocks import Block, Edit, primary, rewrite
from pelican_typeset.dash_styles import NO_BREAK
from pelican_typeset.html_reader import read_blocks

# Abbreviations before a figure, one row a language; a point follows them. Sources: New Hart's Rules 14.1, Lexique of
# the Imprimerie nationale (espaces), DIN 5008 and Duden (Seitenangaben), RAE Ortografía (abreviaturas), Lesina,
# Bechara, Onze Taal, Svenska skrivregler, Internetová jazyková příručka, Wolański, Мильчин.
BEFORE_FIGURES: Mapping[str, str] = {
    "en": "p pp no nos vol vols ch chap fig figs art l ll para",
    "fr": "p pp t vol chap ch art fig f l pl",
    "de": "S Nr Bd Bde Kap Abs Art Abb Anm H Jg Sp Z Taf",
    "nl": "p pp blz nr nrs dl art afl",
    "it": "p pp n nn vol voll cap art fig t",
    "es": "p pp pág págs núm núms vol vols cap art fig t",
    "pt": "p pp pág págs num vol vols cap art fig t",
    "sv": "s nr bd kap",
    "da": "s nr bd kap",
    "nb": "s nr bd kap",
    "pl": "s ss nr t art rozdz ust poz",
    "cs": "s str č sv kap roč",
    "sk": "s str č zv kap roč",
    "hu": "o k sz évf",
    "ru": "с стр т гл ст рис вып кн ч",
    "uk": "с стор т гл ст рис вип кн ч",
    "el": "σ σσ σελ αρ τ κεφ τόμ",
}
NUMBER_SIGNS = "§ §§ ¶ № n° N° nº Nº n.º"
UNITS = "km km² m² cm mm kg g mg t ha hl cl ml m l h kW kWh MW °C °F ° % ‰ € £ $"
# Words of one letter that must not end a line. Sources: Internetová jazyková příručka (zalomení řádků), Pravidlá
# slovenského pravopisu, Wolański, Edycja tekstów.
ONE_LETTER: Mapping[str, str] = {"cs": "kKsSvVzZoOuUiIaA", "sk": "kKsSvVzZoOuUiIaA", "pl": "aAiIoOuUwWzZ"}
# The first letter of an abbreviation in parts, `z. B.`, `v. Chr.`: Duden, Abkürzungen.
IN_PARTS: Mapping[str, str] = {"de": "zduivnos"}
CAPITALS = "A-ZÀ-ÖØ-ÞА-ЯΑ-Ω"


def set_spaces(html: str, lang: str) -> str:
    """Make the space in `p. 12`, `10 km`, `10 000` or `J. B. Clark` one that does not break.

    `lang` is the BCP 47 tag of the text outside every lang attribute; the tables above name the authorities. Only a
    plain space that was typed is changed, and none is added. Setting them twice changes nothing. Never raises.
    """
    return rewrite(html, (edit for block in read_blocks(html, lang) for edit in _set_block(block)))


def _set_block(block: Block) -> Iterator[Edit]:
    for match in _pattern(primary(block.pieces[0].lang)).finditer(block.text):
        at = match.start()
        if block.piece(at).kind == "text":
            yield (*block.source(at), NO_BREAK)


@lru_cache(maxsize=100)
def _pattern(lang: str) -> re.Pattern[str]:
    """Return what finds a space that must not break, by what stands before and after it."""
    letters, parts = ONE_LETTER.get(lang), IN_PARTS.get(lang)
    words = "|".join(rf"(?<=(?<!\w){re.escape(word)}\.[ ])" for word in BEFORE_FIGURES.get(lang, "").split())
    signs = "|".join(rf"(?<={re.escape(sign)}[ ])" for sign in NUMBER_SIGNS.split())
    units = "|".join(sorted(map(re.escape, UNITS.split()), key=len, reverse=True))
    thousands = r"(?=[0-9]{3}(?![0-9]))(?:" + "|".join(
        rf"(?<=(?<![\d.,]){figures}[ ])" for figures in (r"\d", r"\d\d", r"\d\d\d")
    )  # fmt: skip
    ways = [
        rf"(?=[0-9])(?:{signs}|{thousands})" + (f"|{words}" if words else "") + ")",
        rf"(?<=[0-9][ ])(?=(?:{units})(?!\w))",
        rf"(?<=(?<!\w)[{CAPITALS}]\.[ ])(?=[{CAPITALS}](?:\.|\w))",
    ]
    if words:
        ways.append(rf"(?=[IVXLCDM]+(?!\w))(?:{words})")
    if letters:
        ways.append(rf"(?<=(?<![\w.'’])[{letters}][ ])(?=[^\W_]|[„»«(])")
    if parts:
        ways.append(rf"(?<=(?<!\w)[{parts}]\.[ ])(?=[a-zA-ZÄ]\w{{0,2}}\.)")
    return re.compile(f"[ ](?:{'|'.join(ways)})")
