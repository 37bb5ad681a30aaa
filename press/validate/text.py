"""Decode a source: strict UTF-8, and only allowed characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from press.diagnostics import Diagnostic, error
from press.model.source_text import SEPARATORS, decode_source

MOST_SOURCE_BYTES = 10_000_000

# Unicode categories Cc (but tab and line feed), the bidirectional overrides and embeddings U+202A–U+202E, and
# noncharacters. LRM, RLM, ALM, ZWJ and ZWNJ are allowed: scripts need them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]")
# Noncharacters beyond the first plane have their own pattern: a class that reaches so far is ten times slower.
_FAR = re.compile("[\U00010000-\U0010ffff]")
_FAR_NONCHARACTERS = re.compile(
    f"[{''.join(chr(plane << 16 | n) for plane in range(1, 17) for n in (0xFFFE, 0xFFFF))}]"
)
_CONTROLS = bytes(code for code in range(256) if _FORBIDDEN.match(chr(code)))
"""Those in Latin-1, where most texts of Western Europe can be read ten times as fast."""
_ISOLATES = re.compile("[\u2066-\u2069]")
_REFERENCE = re.compile(r"&#(?:(?P<decimal>[0-9]+)|[xX](?P<hexadecimal>[0-9a-fA-F]+));")

MOST_LINES_NAMED = 20
"""How many lines with a forbidden character are reported: a binary file has one in every line."""


def check_text(data: bytes, path: str) -> tuple[str, list[Diagnostic]]:
    """Decode a source and check its characters; return its text, empty if it cannot be decoded, and the problems."""
    if len(data) > MOST_SOURCE_BYTES:
        message = f"the file has {len(data):,} bytes. Split it: {MOST_SOURCE_BYTES:,} is the most."
        return "", [error(path, 1, "too-large", message)]
    try:
        text = decode_source(data)
    except UnicodeDecodeError as failure:
        return "", [_not_utf8(data, failure, path)]
    if not text.strip():
        return "", [error(path, 1, "empty", "the file is empty. Write a text, or delete the file.")]
    if text.count("\0") > len(text) / 4:
        message = "the file is in UTF-16 or UTF-32, or is not a text. Save it as UTF-8."
        return "", [error(path, 1, "encoding", message)]
    shown = _REFERENCE.sub(_decode_reference, text) if "&#" in text else text
    if _is_plain(shown):
        return text, []
    return text, [*_find_separators(text, path), *_find_forbidden(shown, path), *_find_open_isolates(shown, path)]


def _is_plain(text: str) -> bool:
    """Return whether a text is in Latin-1, without control characters: then nothing can be wrong with it."""
    try:
        data = text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _CONTROLS)) == len(data)


def _find_separators(text: str, path: str) -> Iterator[Diagnostic]:
    """Find U+2028 and U+2029 in a header; decoding has made those below it into LF."""
    for match in SEPARATORS.finditer(text):
        message = f"{_name(match[0])} is not allowed in a header. Replace it with a space or a new line."
        yield error(path, text.count("\n", 0, match.start()) + 1, "character", message)
        return


def _decode_reference(match: re.Match[str]) -> str:
    """Return the character that `&#8238;` stands for, NUL if there is none; tab and line feed stay as written."""
    digits = (match["decimal"] or match["hexadecimal"]).lstrip("0")[:8] or "0"  # eight are more than Unicode has
    number = int(digits, 10 if match["decimal"] else 16)
    if number in (0x9, 0xA):
        return match[0]
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\0"


def _not_utf8(data: bytes, failure: UnicodeDecodeError, path: str) -> Diagnostic:
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return error(path, 1, "encoding", "the file is in UTF-32. Save it as UTF-8.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return error(path, 1, "encoding", "the file is in UTF-16. Save it as UTF-8.")
    line = data.count(b"\n", 0, failure.start) + 1
    return error(
        path,
        line,
        "encoding",
        f"byte {failure.start} (0x{data[failure.start]:02x}) is not UTF-8. Save the file as UTF-8.",
    )


def _find_forbidden(text: str, path: str) -> Iterator[Diagnostic]:
    if not _find_first_forbidden(text):
        return
    named = 0
    for number, line in enumerate(text.split("\n"), start=1):
        match = _find_first_forbidden(line)
        if match and named < MOST_LINES_NAMED:
            named += 1
            yield error(path, number, "character", f"{_name(match[0])} is not allowed in a text. Delete it.")


def _name(character: str) -> str:
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character')})"


def _find_first_forbidden(text: str) -> re.Match[str] | None:
    return _FORBIDDEN.search(text) or (_FAR_NONCHARACTERS.search(text) if _FAR.search(text) else None)


def _find_open_isolates(text: str, path: str) -> Iterator[Diagnostic]:
    """Find direction isolates that their line does not close, and closing ones that nothing opened."""
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
                "a direction isolate (U+2066 to U+2069) is not closed on its line, or is closed twice. "
                "Close each one once, or delete it.",
            )
