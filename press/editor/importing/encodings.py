"""Decode a source of unknown encoding: UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

import codecs
import re

from press.diagnostics import Diagnostic, error
from press.editor.importing.composing import compose_letters
from press.editor.importing.data_model import Confidence, Note
from press.model.source_text import decode_source
from press.validate.text import MOST_SOURCE_BYTES, check_text

# Control characters that plain text never has. Tab, line feed, vertical tab, form feed, carriage return and the end
# mark of DOS are allowed.
_BINARY = re.compile(b"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_OTHER_NEWLINES = re.compile("[\x0b\x85\u2028\u2029]")
_MARKDOWN_HEADER = re.compile(
    r"""[ \t\n]* (?: ---[ \t]*\n .*? ^(?:---|\.\.\.)[ \t]*$      # YAML
                 | \+\+\+[ \t]*\n .*? ^\+\+\+[ \t]*$               # TOML
                 | .*? (?:^[ \t]*$ | \Z) )                          # to the first blank line""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_IN_HEADER = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""What ends a line for other programs, and not in a header: it may not begin a new key."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_import(data: bytes, name: str) -> tuple[str, list[Note], list[Diagnostic]]:
    """Decode a source of unknown encoding; return the text with its form feeds, notes on the encoding, and problems.

    UTF-16 is recognised by its byte order mark. The text is empty if there are problems.
    """
    if len(data) > MOST_SOURCE_BYTES:
        return "", [], check_text(data, name)[1]
    if not data.strip(b" \t\r\n\f\v\x1a\xef\xbb\xbf"):
        return "", [], [error(name, 1, "empty", "the file is empty. Write a text, or leave the file out.")]
    if data.startswith(_UTF16):
        return _decode_utf16(data, name)
    binary = _BINARY.search(data)
    if binary:
        message = f"the file has a byte 0x{binary[0][0]:02x}, which no text has. Save it as plain text in UTF-8, "
        return "", [], [error(name, 0, "binary", f"{message}or leave it out.")]
    try:
        return _clean(data.decode("utf-8"), name, Note("encoding", "UTF-8", Confidence.SURE))
    except UnicodeDecodeError:
        return _decode_windows_1252(data, name)


def _decode_utf16(data: bytes, name: str) -> tuple[str, list[Note], list[Diagnostic]]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return "", [], [error(name, 1, "encoding", "the file is damaged UTF-16. Save it as UTF-8.")]
    return _clean(text, name, Note("encoding", "UTF-16, by its first bytes", Confidence.SURE))


def _decode_windows_1252(data: bytes, name: str) -> tuple[str, list[Note], list[Diagnostic]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        message = f"byte {wrong.start} (0x{data[wrong.start]:02x}) is neither UTF-8 nor Windows-1252. "
        return "", [], [error(name, line, "encoding", f"{message}Save the file as UTF-8.")]
    at = next(i for i, c in enumerate(text) if c > "\x7f")
    shown = " ".join(text[max(0, at - 12) : at + 12].split())
    message = f"guessed to be Windows-1252, since it is not UTF-8: is “{shown}” right?"
    return _clean(text, name, Note("encoding", message, Confidence.REVIEW, text.count("\n", 0, at) + 1))


def _clean(text: str, name: str, note: Note) -> tuple[str, list[Note], list[Diagnostic]]:
    """Return the text with LF line ends; report characters that no text may have."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    if name.lower().endswith((".md", ".markdown")):
        text = _MARKDOWN_HEADER.sub(lambda header: _IN_HEADER.sub(" ", header[0]), text, count=1)
    text = decode_source(_OTHER_NEWLINES.sub("\n", text).encode())
    problems = check_text(text.replace("\f", " ").encode("utf-8"), name)[1]
    if problems:
        return "", [], problems
    text, composed = compose_letters(text)
    return text, [note, *composed], []
