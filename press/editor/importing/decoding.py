"""Bytes → text: strict UTF-8, then Windows-1252, and a refusal for what is no text."""

from __future__ import annotations

import codecs
import re

from press.diagnostics import Diagnostic, error
from press.editor.importing.recognised import Note, Sureness
from press.validate.text import LARGEST, decode, read_text

# Controls that plain text never has, tab, line feed, vertical tab, form feed, carriage return and the end mark of
# DOS aside.
_BINARY = re.compile(b"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_OTHER_NEWLINES = re.compile("[\x0b\x85]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_source(data: bytes, name: str) -> tuple[str, list[Note], list[Diagnostic]]:
    """Decode a source whose encoding nobody told: the text, with form feeds left in, what was guessed, the problems.

    UTF-16 is read where it has its byte order mark. The text is empty where there are problems.
    """
    if len(data) > LARGEST:
        return "", [], read_text(data, name)[1]
    if not data.strip(b" \t\r\n\f\v\x1a\xef\xbb\xbf"):
        return "", [], [error(name, 1, "empty", "the file is empty. Write a text, or leave the file out.")]
    if data.startswith(_UTF16):
        return _from_utf16(data, name)
    binary = _BINARY.search(data)
    if binary:
        return "", [], [_is_binary(name, binary[0])]
    try:
        return _clean(data.decode("utf-8"), name, Note("encoding", "UTF-8", Sureness.SURE))
    except UnicodeDecodeError:
        return _from_windows(data, name)


def _from_utf16(data: bytes, name: str) -> tuple[str, list[Note], list[Diagnostic]]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return "", [], [error(name, 1, "encoding", "the file is broken UTF-16. Save it as UTF-8.")]
    return _clean(text, name, Note("encoding", "UTF-16, by its first bytes", Sureness.SURE))


def _from_windows(data: bytes, name: str) -> tuple[str, list[Note], list[Diagnostic]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        message = f"byte {wrong.start} (0x{data[wrong.start]:02x}) is neither UTF-8 nor Windows-1252. "
        return "", [], [error(name, line, "encoding", f"{message}Save the file as UTF-8.")]
    at = next(i for i, c in enumerate(text) if c > "\x7f")
    shown = " ".join(text[max(0, at - 12) : at + 12].split())
    said = f"guessed to be Windows-1252, since it is not UTF-8: is “{shown}” right?"
    return _clean(text, name, Note("encoding", said, Sureness.LOOK, text.count("\n", 0, at) + 1))


def _clean(text: str, name: str, note: Note) -> tuple[str, list[Note], list[Diagnostic]]:
    """Give the text with LF line ends; characters that no text may have are problems."""
    text = decode(_OTHER_NEWLINES.sub("\n", text).rstrip("\x1a").encode())
    problems = read_text(text.replace("\f", " ").encode("utf-8"), name)[1]
    return ("", [], problems) if problems else (text, [note], [])


def _is_binary(name: str, byte: bytes) -> Diagnostic:
    return error(
        name,
        0,
        "binary",
        f"the file has a byte 0x{byte[0]:02x}, which no text has. Save it as plain text in UTF-8, or leave it out.",
    )
