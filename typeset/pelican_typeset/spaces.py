"""Keep together what a line must not part: a figure and its unit, `p. 12`, initials, Czech and Polish prepositions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pelican_typeset.blocks import Block, Edit, primary, rewrite
from pelican_typeset.html_reader import read_blocks

NO_BREAK = "&nbsp;"  # as a reference: typogrify destroys the character itself

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
SIGNS = "§ §§ ¶ № n° N° nº Nº n.º"
UNITS = "km km² m² cm mm kg g mg t ha hl cl ml m l h kW kWh MW °C °F ° % ‰ € £ $"
# Words of one letter that must not end a line. Sources: Internetová jazyková příručka (zalomení řádků), Pravidlá
# slovenského pravopisu, Wolański, Edycja tekstów.
ONE_LETTER: Mapping[str, str] = {"cs": "kKsSvVzZoOuUiIaA", "sk": "kKsSvVzZoOuUiIaA", "pl": "aAiIoOuUwWzZ"}
# The first letter of an abbreviation in parts, `z. B.`, `v. Chr.`: Duden, Abkürzungen.
IN_PARTS: Mapping[str, str] = {"de": "zduivnos"}
# Each pattern ends with the space.
INITIALS = r"(?<!\w)[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]\.[ ](?=[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω](?:\.|\w))"
THOUSANDS = r"(?<![\d.,])[0-9]{1,3}[ ](?=[0-9]{3}(?![0-9]))|(?<=\s[0-9]{3})[ ](?=[0-9]{3}(?![0-9]))"


def set_spaces(html: str, lang: str) -> str:
    """Make the space in `p. 12`, `10 km`, `10 000` or `J. B. Clark` one that does not break.

    `lang` is the BCP 47 tag of the text outside every lang attribute; the tables above name the authorities. Only a
    plain space that was typed is changed, and none is added. Setting them twice changes nothing. Never raises.
    """
    return rewrite(html, (edit for block in read_blocks(html, lang) for edit in _set_block(block)))


def _set_block(block: Block) -> Iterator[Edit]:
    for match in _pattern(primary(block.pieces[0].lang)).finditer(block.text):
        at = match.end() - 1
        if block.piece(at).kind == "text":
            yield (*block.source(at), NO_BREAK)


@lru_cache(maxsize=100)
def _pattern(lang: str) -> re.Pattern[str]:
    """Return what stands before a space that must not break, with that space at its end."""
    ways = [
        rf"(?<!\w)(?:{_any(SIGNS)})[ ](?=[0-9])",
        rf"(?<=[0-9])[ ](?=(?:{_any(UNITS)})(?!\w))",
        INITIALS,
        THOUSANDS,
    ]
    if words := BEFORE_FIGURES.get(lang):
        ways.append(rf"(?<!\w)(?:{_any(words)})\.[ ](?=[0-9]|[IVXLCDM]+(?!\w))")
    if letters := ONE_LETTER.get(lang):
        ways.append(rf"(?<![\w.'’])[{letters}][ ](?=[^\W_]|[„»«(])")
    if letters := IN_PARTS.get(lang):
        ways.append(rf"(?<!\w)[{letters}]\.[ ](?=[a-zA-ZÄ]\w{{0,2}}\.)")
    return re.compile("|".join(ways))


def _any(words: str) -> str:
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))
