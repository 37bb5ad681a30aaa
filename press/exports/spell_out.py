"""Write words that no font for print can show in Latin letters, so that a name does not cost a text its print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from unidecode import unidecode

from press.exports.document import Document, Node
from press.exports.export_input import ExportInput

MOST = 0.1
"""The share of the letters of a text that may be spelled out; a text in another script needs a font."""

_SHOWN = ("publisher", "place", "series", "identifier", "origin", "rights", "notes")
_AROUND = ("title", "summary", "display_date", "archive")
_LISTED = ("authors", "translators", "corrections")

FONTS = {
    "ARMENIAN": "Noto Serif Armenian, of Debian’s package fonts-noto-core",
    "BENGALI": "Noto Serif Bengali, of Debian’s package fonts-noto-core",
    "CJK": "Noto Serif CJK, of Debian’s package fonts-noto-cjk",
    "DEVANAGARI": "Noto Serif Devanagari, of Debian’s package fonts-noto-core",
    "ETHIOPIC": "Noto Serif Ethiopic, of Debian’s package fonts-noto-core",
    "GEORGIAN": "Noto Serif Georgian, of Debian’s package fonts-noto-core",
    "HANGUL": "Noto Serif CJK, of Debian’s package fonts-noto-cjk",
    "HIRAGANA": "Noto Serif CJK, of Debian’s package fonts-noto-cjk",
    "KATAKANA": "Noto Serif CJK, of Debian’s package fonts-noto-cjk",
    "TAMIL": "Noto Serif Tamil, of Debian’s package fonts-noto-core",
    "THAI": "Noto Serif Thai, of Debian’s package fonts-noto-core",
}
"""A free font for each script, by the first word of Unicode's name for its letters."""

_HAN = re.compile("([\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)")
"""Chinese characters, and the zero among them."""

_LONG_SURNAMES = frozenset(
    "上官 令狐 公孙 公孫 司徒 司馬 司马 夏侯 太史 宇文 尉迟 尉遲 慕容 欧阳 歐陽 皇甫 端木 諸葛 诸葛 長孫 长孙".split()
)
"""The usual family names of two characters; nearly all others have one."""


def name_font(characters: Sequence[str]) -> str:
    """Return the name of a font that has the first of these characters that is a letter, or an empty string."""
    scripts = (unicodedata.name(character, "").partition(" ")[0] for character in characters)
    return next((FONTS[script] for script in scripts if script in FONTS), "")


def count_share(characters: Collection[str], text: str) -> float:
    """Return the share of these characters in the letters and signs of a text."""
    signs = [sign for sign in text if not sign.isspace()]
    return sum(sign in characters for sign in signs) / max(1, len(signs))


def spell_out(leaflet: ExportInput, document: Document, characters: Collection[str]) -> tuple[ExportInput, Document]:
    """Write each run of these characters in Latin letters, in square brackets: 陳獨秀 becomes [Chen Duxiu].

    A sign that has no spelling gives its name. The result is for print alone.
    """
    entry = leaflet.entry
    run = re.compile(rf"[{re.escape(''.join(characters))}]+")
    people = frozenset(_HAN.findall(" ".join((*entry.authors, *entry.translators))))

    def spell(text: str) -> str:
        return run.sub(lambda found: f"[{_spell_run(found[0], people)}]", text)

    shown: dict[str, Any] = {name: spell(getattr(entry, name)) for name in _SHOWN if getattr(entry, name)}
    listed: dict[str, Any] = {name: tuple(map(spell, getattr(entry, name))) for name in _LISTED}
    words: dict[str, Any] = {name: spell(getattr(leaflet, name)) for name in _AROUND}
    notes = {number: _spell_blocks(note, spell) for number, note in document.notes.items()}
    spelled = replace(leaflet, entry=replace(entry, **shown, **listed), **words)
    return spelled, Document(_spell_blocks(document.blocks, spell), notes)


def _spell_run(characters: str, people: Collection[str]) -> str:
    """Spell a run; Chinese as pinyin joins it, unless letters of another script stand in it, as in Japanese."""
    parts = _HAN.split(characters)
    if any(sign.isalpha() for sign in "".join(parts[::2])):
        spelled = unidecode(characters).strip()
    else:
        parts[::2] = map(unidecode, parts[::2])
        parts[1::2] = [_spell_chinese(part, people) for part in parts[1::2]]
        spelled = "".join(parts).strip()
    return spelled or ", ".join(unicodedata.name(sign, "a sign").lower() for sign in characters)


def _spell_chinese(characters: str, people: Collection[str]) -> str:
    """Spell Chinese: 北京 becomes Beijing, 陈独秀 Chen Duxiu, and 鲁迅 Lu Xun if that is one of these people.

    Three characters are taken for a person's name. Where the words of more than three begin is not known, so their
    syllables stand apart.
    """
    syllables = [unidecode(character).strip() for character in characters]
    if len(syllables) not in (2, 3) or not all(map(str.isalpha, syllables)):
        return unidecode(characters).strip()
    family = 2 if characters[:2] in _LONG_SURNAMES else 1
    if len(syllables) == 2 and characters not in people:
        family = 2
    return " ".join(_join_syllables(part) for part in (syllables[:family], syllables[family:]) if part)


def _join_syllables(syllables: Sequence[str]) -> str:
    """Join syllables into a word, with an apostrophe before one that begins with a vowel: Yan’an."""
    first, *others = syllables
    apart = (f"\N{RIGHT SINGLE QUOTATION MARK}{each}" if each[0] in "AEO" else each for each in others)
    return f"{first}{''.join(apart).lower()}"


def _spell_blocks(blocks: tuple[Node, ...], spell: Callable[[str], str]) -> tuple[Node, ...]:
    return tuple(_spell_node(block, spell) for block in blocks)


def _spell_node(node: Node, spell: Callable[[str], str]) -> Node:
    facts = {**node.facts, "alt": spell(node.facts["alt"])} if "alt" in node.facts else node.facts
    inside = tuple(spell(part) if isinstance(part, str) else _spell_node(part, spell) for part in node.inside)
    return replace(node, inside=inside, facts=facts)
