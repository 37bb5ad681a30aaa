"""A language that nobody writes: English in Greek letters and between marks, to find words that no catalogue has.

Every vowel is doubled, so that words are as long as in the longest languages, and every plural form has its number.
"""

from __future__ import annotations

import re

from press.messages.message_list import list_ids, read_message_list
from press.messages.message_reader import MessageId, plural_forms_of
from press.theme_folders import PRESS_THEME, ThemeFolders

OPEN, CLOSE = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
"""The marks around every message; the fonts for print have them."""

_NAME = re.compile(r"(%\(\w+\)[a-z]|\{\})")
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "αβψδεφγηιξκλμνοπθρστωσςχυζ")


def pseudo_words(words: str, form: int | None = None) -> str:
    """Return words in the language; names of values stay as they are."""
    parts = _NAME.split(words)
    parts[::2] = [re.sub("[αειου]", r"\g<0>\g<0>", part.lower().translate(_LETTERS)) for part in parts[::2]]
    return f"{OPEN}{''.join(parts)}{'' if form is None else form}{CLOSE}"


def translate_pseudo(key: MessageId, tag: str) -> list[str]:
    """Return a message in the language: one string, or one for each plural form of the language `tag`."""
    if isinstance(key, str):
        return [pseudo_words(key)]
    return [pseudo_words(key[1], form) for form in range(plural_forms_of(tag)[0])]


def write_pseudo_catalogue(tag: str) -> str:
    """Return a catalogue of all messages of the press, for a language that has other months and plurals."""
    blocks = []
    for key in list_ids(read_message_list(ThemeFolders((PRESS_THEME,)))):
        words = translate_pseudo(key, tag)
        ids = [f'msgid "{key}"'] if isinstance(key, str) else [f'msgid "{key[0]}"', f'msgid_plural "{key[1]}"']
        strings = (
            [f'msgstr "{words[0]}"'] if isinstance(key, str) else [f'msgstr[{n}] "{w}"' for n, w in enumerate(words)]
        )
        blocks.append("\n".join([*ids, *strings]))
    return "\n\n".join(blocks) + "\n"
