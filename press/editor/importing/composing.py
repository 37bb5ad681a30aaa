"""Letters in parts, as some systems and programs save them: `e` and an accent, for `é`."""

from __future__ import annotations

import re
import unicodedata

from press.editor.importing.data_model import Confidence, Note
from press.editor.letters import find_parts


def compose_letters(text: str) -> tuple[str, list[Note]]:
    """Return a text with each letter in parts as one character (NFC), and a note if it had any.

    NFC writes the same letters in another way: no mark, no ligature and no figure becomes another, as in NFKC. Every
    line stays a line, so the proof of words compares composed words with composed words.
    """
    if unicodedata.is_normalized("NFC", text):
        return text, []
    composed = unicodedata.normalize("NFC", text)
    parts = find_parts(text)
    if not parts:
        changed = next(a for a, b in zip(text.split(), composed.split(), strict=False) if a != b)
        message = f"letters written in an unusual way were replaced by the usual ones (NFC), as in “{changed}”"
        return composed, [Note("letters", message, Confidence.LIKELY, text.count("\n", 0, text.find(changed)) + 1)]
    shown = unicodedata.normalize("NFC", re.split(r"\s", text[parts[0] :], maxsplit=1)[0])
    more = f"{len(parts)} letters were in parts" if len(parts) > 1 else "a letter was in parts"
    message = f"{more} (a letter, then its accent) and were composed to one character each, from “{shown}” on"
    return composed, [Note("letters", message, Confidence.LIKELY, text.count("\n", 0, parts[0]) + 1)]
