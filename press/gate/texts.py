"""Bytes → text: strict UTF-8 in which every character is one that a text may have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from press.faults import Fault, error

LARGEST = 10_000_000
"""Bytes of one source."""

# Unicode categories Cc (but tab and line feed), the bidirectional overrides and embeddings U+202A–U+202E, and
# noncharacters. LRM, RLM, ALM, ZWJ and ZWNJ are tools of letters and may stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_NEWLINES = re.compile("\r\n?|[\u2028\u2029]")


def decode(data: bytes) -> str:
    """Decode a source: a byte order mark goes, CRLF and CR become LF. Raises UnicodeDecodeError."""
    return _NEWLINES.sub("\n", data.decode("utf-8").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))


def read_text(data: bytes, path: str) -> tuple[str, list[Fault]]:
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
    return text, [*_find_forbidden(text, path), *_find_open_isolates(text, path)]


def _not_utf8(data: bytes, wrong: UnicodeDecodeError, path: str) -> Fault:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return error(path, 1, "encoding", "the file is in UTF-16. Save it as UTF-8.")
    line = data.count(b"\n", 0, wrong.start) + 1
    return error(
        path,
        line,
        "encoding",
        f"byte {wrong.start} (0x{data[wrong.start]:02x}) is not UTF-8. Save the file as UTF-8.",
    )


def _find_forbidden(text: str, path: str) -> Iterator[Fault]:
    for match in _FORBIDDEN.finditer(text):
        name = unicodedata.name(match[0], "a control character")
        yield error(
            path,
            _line_of(text, match.start()),
            "character",
            f"U+{ord(match[0]):04X} ({name}) may not stand in a text. Delete it.",
        )


def _find_open_isolates(text: str, path: str) -> Iterator[Fault]:
    """Find direction isolates that their paragraph does not close, and ends of isolates that nothing opened."""
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


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
