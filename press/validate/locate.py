"""Lead a problem that was found in rendered HTML back to the line of its source."""

from __future__ import annotations

import html
import re
from pathlib import Path

from press.validate.text import decode

_LETTERS = re.compile(r"\w+|[«»‹›]")
"""What Markdown and typesetting leave of a text in their place: words and guillemets."""

_BETWEEN = r"[^\w«»‹›]*"


def find_line(source: Path, words: str, first: int = 1) -> int:
    """Give the line, from 1, on which `words` begin in a source: looked for as written, then by their letters alone.

    Looks from line `first` on, and gives that where they cannot be found, or the file cannot be read.
    """
    try:
        text = decode(source.read_bytes())
    except (OSError, UnicodeDecodeError):
        return first
    return first - 1 + find_line_in(text.split("\n", first - 1)[-1], words)


def find_line_in(text: str, words: str) -> int:
    """Give the line of `text`, from 1, on which `words` begin; 1 where they cannot be found."""
    for number, line in enumerate(text.split("\n"), start=1):
        if words and (words in line or ("&" in line and words in html.unescape(line))):
            return number
    start = max(text.find(words), _find_by_letters(text, words))
    return text.count("\n", 0, start) + 1 if start > 0 else 1


def _find_by_letters(text: str, words: str) -> int:
    """Find the words whatever stands between them; -1 where they are not there."""
    pattern = _BETWEEN.join(_LETTERS.findall(words))
    match = re.search(pattern, text) if pattern else None
    return match.start() if match else -1
