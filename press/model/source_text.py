"""A source as text: how its bytes are decoded, and which of its lines has the words of rendered HTML."""

from __future__ import annotations

import html
import re
from pathlib import Path

from press.model.header import locate_header

_LETTERS = re.compile(r"\w+|[«»‹›]")
"""Words and guillemets, which Markdown and typesetting leave in place."""

_BETWEEN = r"(?:\[\^[^\w\]\n]*+\w[^\]\n]*+\]|[^\w«»‹›])*"
"""What may stand between two of them: a reference to a note, whose name no reader sees, and any mark."""

SEPARATORS = re.compile("[\u2028\u2029]")
"""The line and paragraph separators of Unicode."""


def decode_source(data: bytes) -> str:
    """Decode a source: drop a byte order mark, and make every line end LF. Raises UnicodeDecodeError.

    CR LF and CR end any line; U+2028 and U+2029, which word processors export, end a line of the text below the
    header and nothing in the header, where no other character may begin a new key.
    """
    text = data.decode("utf-8").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not SEPARATORS.search(text):
        return text
    header, body = _split_at_body(text)
    return header + SEPARATORS.sub("\n", body)


def _split_at_body(text: str) -> tuple[str, str]:
    lines = text.split("\n")
    body = locate_header(lines)[2]
    header = "\n".join(lines[:body])
    return text[: len(header) + 1], text[len(header) + 1 :]


def find_line(source: Path, words: str, first: int = 1) -> int:
    """Return the line, from 1, on which `words` begin in a source: as written, or else by their letters alone.

    Searches from line `first`, and returns it if the words cannot be found or the file cannot be read.
    """
    try:
        text = decode_source(source.read_bytes())
    except (OSError, UnicodeDecodeError):
        return first
    return first - 1 + find_line_in(text.split("\n", first - 1)[-1], words)


def find_line_in(text: str, words: str) -> int:
    """Return the line of `text`, from 1, on which `words` begin; 1 if they cannot be found."""
    for number, line in enumerate(text.split("\n"), start=1):
        if words and (words in line or ("&" in line and words in html.unescape(line))):
            return number
    start = max(text.find(words), _find_by_letters(text, words))
    return text.count("\n", 0, start) + 1 if start > 0 else 1


def _find_by_letters(text: str, words: str) -> int:
    """Return where the words begin, whatever is between them; -1 if they cannot be found."""
    pattern = _BETWEEN.join(_LETTERS.findall(words))
    match = re.search(pattern, text) if pattern else None
    return match.start() if match else -1
