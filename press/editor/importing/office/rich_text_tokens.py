"""Rich Text taken apart: its groups, its words of control, and its letters, whatever they are escaped by."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from press.editor.importing.office.prepared import Unreadable

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-f]{2})|\\([^a-z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+",
    re.IGNORECASE | re.DOTALL,
)
_CODE_PAGES = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253"}
_CODE_PAGES |= {
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_DEEPEST = 500


class Token(NamedTuple):
    """A part of the file: `word` with its number, `letters`, `open`, `close` or `symbol`."""

    kind: str
    text: str
    number: int | None = None


def tokenise(data: bytes) -> Iterator[tuple[str, bytes, int | None]]:
    """Yield the parts of a file: their kind, their bytes, their number. Raises Unreadable for too many groups."""
    at, depth = 0, 0
    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:
            at += 1
            continue
        at = match.end()
        word, number, byte, symbol, brace, letters = match.groups()
        if word:
            value = int(number) if number else None
            if word == b"bin" and value and value > 0:
                at += value
                continue
            yield "word", word, value
        elif byte:
            yield "byte", bytes.fromhex(byte.decode()), None
        elif symbol:
            yield ("word", b"par", None) if symbol in (b"\n", b"\r") else ("symbol", symbol, None)
        elif brace:
            depth += 1 if brace == b"{" else -1
            if depth > _DEEPEST:
                raise Unreadable("too-nested", "the file has groups nested too deeply. Save it anew.")
            yield "open" if brace == b"{" else "close", brace, None
        elif letters:
            yield "letters", letters, None


def decode_tokens(raw: Sequence[tuple[str, bytes, int | None]], data: bytes) -> Iterator[Token]:
    """Decode the letters by the code page of their font; an escape in Unicode replaces the letters behind it."""
    page = re.search(rb"\\ansicpg(\d+)", data[:2000])
    usual = _known_page(f"cp{page[1].decode()}") if page else "mac_roman" if b"\\mac" in data[:200] else "cp1252"
    fonts = _read_fonts(data, usual)
    stack = [(usual, 1)]  # the code page, and how many letters an escape replaces
    skip, pending = 0, bytearray()
    for kind, content, number in raw:
        if kind in ("byte", "letters"):
            taken = min(skip, len(content))
            skip -= taken
            pending += content[taken:]
            continue
        if skip and kind == "symbol":
            skip -= 1
            continue
        if pending:
            yield Token("letters", pending.decode(stack[-1][0], "replace"))
            pending = bytearray()
        if kind == "open":
            stack.append(stack[-1])
        elif kind == "close" and len(stack) > 1:
            stack.pop()
        text = content.decode("latin-1")
        if kind == "word" and text == "uc":
            stack[-1] = (stack[-1][0], number if number is not None else 1)
        elif kind == "word" and text == "f" and number is not None:
            stack[-1] = (fonts.get(number, usual), stack[-1][1])
        elif kind == "word" and text == "plain":
            stack[-1] = (usual, stack[-1][1])
        if kind == "word" and text == "u" and number is not None:
            skip = stack[-1][1]
            yield Token("letters", chr(number % 0x10000))
            continue
        skip = 0
        yield Token(kind, text, number)


def _known_page(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


def _read_fonts(data: bytes, usual: str) -> dict[int, str]:
    pattern = rb"\\f(\d+)(?:(?!\\f\d)[^;{}])*?\\fcharset(\d+)"
    found = re.finditer(pattern, data[:200_000])
    return {int(m[1]): usual if m[2] in (b"0", b"1") else _CODE_PAGES.get(int(m[2]), usual) for m in found}
