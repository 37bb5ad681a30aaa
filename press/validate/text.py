"""Bytes → text: strict UTF-8 in which every character is one that a text may have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from press.diagnostics import Diagnostic, error

LARGEST = 10_000_000
"""Bytes of one source."""

# Unicode categories Cc (but tab and line feed), the bidirectional overrides and embeddings U+202A–U+202E, and
# noncharacters. LRM, RLM, ALM, ZWJ and ZWNJ are tools of letters and may stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]")
# Noncharacters beyond the first plane stand apart: a class that reaches so far is ten times slower.
_FAR = re.compile("[\U00010000-\U0010ffff]")
_FAR_NONCHARACTERS = re.compile(
    f"[{''.join(chr(plane << 16 | n) for plane in range(1, 17) for n in (0xFFFE, 0xFFFF))}]"
)
_ISOLATES = re.compile("[\u2066-\u2069]")
_NEWLINES = ("\r\n", "\r", "\u2028", "\u2029")
_REFERENCE = re.compile(r"&#(?:(?P<decimal>[0-9]+)|[xX](?P<hexadecimal>[0-9a-fA-F]+));")

MOST_TOLD = 20
"""Lines with a forbidden character that are named; a file that is no text has one in each."""


def decode(data: bytes) -> str:
    """Decode a source: a byte order mark goes, CRLF and CR become LF. Raises UnicodeDecodeError."""
    text = data.decode("utf-8").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    for end in _NEWLINES:
        text = text.replace(end, "\n")
    return text


def read_text(data: bytes, path: str) -> tuple[str, list[Diagnostic]]:
    """Decode a source and look at its characters; the text is empty where it could not be decoded."""
    if len(data) > LARGEST:
        return "", [
            error(path, 1, "too-large", f"the file has {len(data):,} bytes. Split it: {LARGEST:,} is the most.")
        ]
    try:
        text = decode(data)
    except UnicodeDecodeError as wrong:
        return "", [_not_utf8(data, wrong, path)]
    if not text.strip():
        return "", [error(path, 1, "empty", "the file is empty. Write a text, or delete the file.")]
    if text.count("\0") > len(text) / 4:
        return "", [error(path, 1, "encoding", "the file is in UTF-16 or UTF-32, or no text. Save it as UTF-8.")]
    shown = _REFERENCE.sub(_decode_reference, text) if "&#" in text else text
    return text, [*_find_forbidden(shown, path), *_find_open_isolates(shown, path)]


def _decode_reference(match: re.Match[str]) -> str:
    """Give the character that `&#8238;` stands for; NUL where it stands for none. Blanks may be written so."""
    digits = (match["decimal"] or match["hexadecimal"]).lstrip("0")[:8] or "0"  # eight are more than Unicode has
    number = int(digits, 10 if match["decimal"] else 16)
    if number in (0x9, 0xA):
        return match[0]
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\0"


def _not_utf8(data: bytes, wrong: UnicodeDecodeError, path: str) -> Diagnostic:
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return error(path, 1, "encoding", "the file is in UTF-32. Save it as UTF-8.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return error(path, 1, "encoding", "the file is in UTF-16. Save it as UTF-8.")
    line = data.count(b"\n", 0, wrong.start) + 1
    return error(
        path,
        line,
        "encoding",
        f"byte {wrong.start} (0x{data[wrong.start]:02x}) is not UTF-8. Save the file as UTF-8.",
    )


def _find_forbidden(text: str, path: str) -> Iterator[Diagnostic]:
    if not _find_first_forbidden(text):
        return
    told = 0
    for number, line in enumerate(text.split("\n"), start=1):
        match = _find_first_forbidden(line)
        if match and told < MOST_TOLD:
            told += 1
            name = unicodedata.name(match[0], "a control character")
            message = f"U+{ord(match[0]):04X} ({name}) may not stand in a text. Delete it."
            yield error(path, number, "character", message)


def _find_first_forbidden(text: str) -> re.Match[str] | None:
    return _FORBIDDEN.search(text) or (_FAR_NONCHARACTERS.search(text) if _FAR.search(text) else None)


def _find_open_isolates(text: str, path: str) -> Iterator[Diagnostic]:
    """Find direction isolates that their paragraph does not close, and ends of isolates that nothing opened."""
    if not _ISOLATES.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        depth = 0
        for match in _ISOLATES.finditer(line):
            depth += -1 if match[0] == "\N{POP DIRECTIONAL ISOLATE}" else 1
            if depth < 0:
                break
        if depth:
            yield error(
                path,
                number,
                "isolate",
                "a direction isolate (U+2066 to U+2069) is not closed on its line, or "
                "closed twice. Close each one, or delete them.",
            )
