"""Decode a source of unknown encoding: UTF-8, UTF-16, or the code page that makes words of it."""

from __future__ import annotations

import codecs
import re
import unicodedata

from press.diagnostics import Diagnostic, error
from press.editor.importing.code_pages import CodePage, count_faults, find_codec, guess_code_page, mixes_scripts
from press.editor.importing.composing import compose_letters
from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.guess_language import find_script
from press.model.source_text import decode_source
from press.validate.text import MOST_SOURCE_BYTES, check_text

# Control characters that plain text never has. Tab, line feed, vertical tab, form feed, carriage return and the end
# mark of DOS are allowed.
_BINARY = re.compile(b"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd\uffff]")
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
_UTF8_LETTER = re.compile(b"[\xc2-\xf4][\x80-\xbf]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_AROUND = re.compile("[^\udc80-\udcff]{0,12}[\udc80-\udcff]+[^\udc80-\udcff]{0,12}")
_BROKEN = re.compile("[\udc80-\udcff]")
"""Bytes that are not UTF-8, as Python escapes them."""
_SHARE_BROKEN = 0.1
"""Of the bytes that are not ASCII, in a text that is UTF-8 all the same."""
_WORDS_SHOWN = 4
_ENOUGH_WORDS = 8
"""Words with letters that are not ASCII, by which a guess is right against an encoding named in error."""

_Decoded = tuple[str, list[Note], list[Diagnostic]]


def decode_import(data: bytes, name: str, encoding: str = "") -> _Decoded:
    """Decode a source; return the text with its form feeds, notes on the encoding, and problems.

    `encoding` is what the archivist named. The text is empty if there are problems.
    """
    if len(data) > MOST_SOURCE_BYTES:
        return "", [], check_text(data, name)[1]
    if not data.strip(b" \t\r\n\f\v\x1a\xef\xbb\xbf"):
        return "", [], [error(name, 1, "empty", "the file is empty. Write a text, or leave the file out.")]
    if data.startswith(_UTF16):
        return _decode_utf16(data, name)
    if encoding and not _is_surely_utf8(data):
        return _decode_as(data, name, encoding)
    binary = _BINARY.search(data)
    if binary:
        return _decode_zeros(data, name) or _refuse_binary(binary[0], name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return (
            _refuse_cut(data, name, wrong) or _decode_broken_utf8(data, name) or _decode_code_page(data, name, wrong)
        )
    if not _is_surely_utf8(data) and any(map(mixes_scripts, _LETTERS.findall(text))):
        page = guess_code_page(data)  # two letters of a code page may be one of UTF-8 by chance
        if page and not sum(map(count_faults, page.text.split())):
            return _take_page(page, name)
    return _clean(text, name, Note("encoding", "UTF-8", Confidence.SURE))


def _refuse(name: str, line: int, message: str) -> _Decoded:
    return "", [], [error(name, line, "encoding", message)]


def _refuse_binary(byte: bytes, name: str) -> _Decoded:
    message = f"the file has a byte 0x{byte.hex()}, which no text has. Save it as plain text in UTF-8, "
    return "", [], [error(name, 0, "binary", f"{message}or leave it out.")]


def _refuse_cut(data: bytes, name: str, wrong: UnicodeDecodeError) -> _Decoded | None:
    """Refuse UTF-8 that ends in the middle of a letter; a single byte may be a letter of a code page."""
    if wrong.reason != "unexpected end of data" or (wrong.start == len(data) - 1 and data[: wrong.start].isascii()):
        return None
    line = data.count(b"\n") + 1
    return _refuse(name, line, "the file ends in the middle of a letter: it was cut off. Get the whole of it again.")


def _is_surely_utf8(data: bytes) -> bool:
    """Return whether bytes above 0x7F are UTF-8 throughout, which no text in another encoding is by chance."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return data.startswith(codecs.BOM_UTF8) or len(_UTF8_LETTER.findall(data)) > 2


def _decode_utf16(data: bytes, name: str) -> _Decoded:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return "", [], [error(name, 1, "encoding", "the file is damaged UTF-16. Save it as UTF-8.")]
    return _clean(text, name, Note("encoding", "UTF-16, by its first bytes", Confidence.SURE))


def _decode_zeros(data: bytes, name: str) -> _Decoded | None:
    """Decode UTF-16 without a byte order mark, by its zero bytes; None if it is not that."""
    texts = {order: _read_utf16(data, order) for order in ("le", "be")}
    order = max(texts, key=lambda order: texts[order].count("\n") + texts[order].count(" "))
    text = texts[order]
    if not re.search("[\n ]", text) or not find_script(text):
        return None
    shown = "little" if order == "le" else "big"
    message = f"UTF-16, {shown}-endian, by its zeros, without a byte order mark{_ask(text)}"
    return _clean(text, name, Note("encoding", message, Confidence.LIKELY))


def _read_utf16(data: bytes, order: str) -> str:
    """Decode UTF-16; return an empty string if it is not that, or has a character that no text has."""
    try:
        text = data.decode(f"utf-16-{order}")
    except UnicodeDecodeError:
        return ""
    odd = any(unicodedata.category(letter) in ("Cn", "Co") for letter in set(text))
    return "" if odd or _CONTROLS.search(text) else text


def _decode_as(data: bytes, name: str, encoding: str) -> _Decoded:
    """Decode a source as the archivist said; what gives signs instead of letters is to be reviewed."""
    try:
        text = data.decode(find_codec(encoding))
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        message = f"byte {wrong.start} (0x{data[wrong.start]:02x}) is no letter in {encoding}. Check --encoding."
        return _refuse(name, line, message)
    control = _CONTROLS.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        message = f"{encoding} makes U+{ord(control[0]):04X} of it, which no text has. Check --encoding."
        return _refuse(name, line, message)
    message = f"{encoding}, as given by --encoding"
    words = [word for word in text.split() if not word.isascii()]
    page = guess_code_page(data) if words else None
    is_enough = page is not None and (page.is_clear or len(words) >= _ENOUGH_WORDS)
    better = f", but {page.shown} makes likelier words" if page and page.text != text and is_enough else ""
    if not better and sum(map(count_faults, words)) <= len(words) / 4:
        return _clean(text, name, Note("encoding", message, Confidence.SURE))
    return _clean(text, name, Note("encoding", f"{message}{better}{_ask(text)}", Confidence.REVIEW))


def _decode_broken_utf8(data: bytes, name: str) -> _Decoded | None:
    """Decode UTF-8 with a few letters of Windows-1252 in it, as files joined from two have; None if it is not that.

    Where those letters make no word, the file is refused.
    """
    text = data.decode("utf-8", "surrogateescape")
    broken = len(_BROKEN.findall(text))
    whole = len(_UTF8_LETTER.findall(data))
    if not whole or broken > _SHARE_BROKEN * (whole + broken) + 1:
        return None
    notes = []
    for number, line in enumerate(text.split("\n"), start=1):
        for word in filter(_BROKEN.search, line.split()):
            mended = _BROKEN.sub(_as_windows_1252, _around(word))
            if count_faults(mended):
                shown = _BROKEN.sub("?", _around(word))
                return _refuse(name, number, f"“{shown}” is not UTF-8, as the rest is. Retype it.")
            message = f"a letter is not UTF-8, as the rest is, but perhaps Windows-1252: is “{mended}” right?"
            notes.append(Note("encoding", message, Confidence.REVIEW, number))
    sure = Note("encoding", "UTF-8, but for a few letters", Confidence.LIKELY)
    cleaned, first, problems = _clean(_BROKEN.sub(_as_windows_1252, text), name, sure)
    return cleaned, [*first, *notes], problems


def _around(word: str) -> str:
    """Return the broken letters of a word with those beside them: a line of Chinese is one word."""
    found = _AROUND.search(word)
    return found[0] if found else word


def _as_windows_1252(escaped: re.Match[str]) -> str:
    return escaped[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _decode_code_page(data: bytes, name: str, wrong: UnicodeDecodeError) -> _Decoded:
    """Decode by the code page that makes words of the bytes; refuse gibberish."""
    page = guess_code_page(data)
    if page is None:
        line = data.count(b"\n", 0, wrong.start) + 1
        message = (
            f"byte {wrong.start} (0x{data[wrong.start]:02x}) is not UTF-8, and no other encoding makes words of it. "
        )
        return _refuse(name, line, f"{message}Save the file as UTF-8, or give --encoding.")
    return _take_page(page, name)


def _take_page(page: CodePage, name: str) -> _Decoded:
    """Return the text of a code page that was guessed, to be reviewed."""
    line = next(n for n, text in enumerate(page.text.split("\n"), start=1) if not text.isascii())
    doubt = "" if page.is_clear else "; others are almost as likely, and --encoding would decide"
    message = f"guessed to be {page.shown}, since it is not UTF-8{doubt}{_ask(page.text)}"
    return _clean(page.text, name, Note("encoding", message, Confidence.REVIEW, line))


def _ask(text: str) -> str:
    """Return the question whether words with other letters than ASCII are right, the most telling ones first."""
    words = dict.fromkeys(word.strip(".,;:!?()") for word in text.split() if not word.isascii())
    if not words:
        return ""
    letters = sorted(words, key=lambda word: not any(letter > "\x7f" and letter.isalpha() for letter in word))
    shown = " ".join(word if len(word) <= 30 else f"{word[:30]}…" for word in letters[:_WORDS_SHOWN])
    return f": is “{shown}” right?"


def _clean(text: str, name: str, note: Note) -> _Decoded:
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
