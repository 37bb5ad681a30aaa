"""Rich Text (.rtf), made ready for pandoc, and its words counted by a reader of our own.

pandoc loses letters behind some escapes, and notes that are marked as optional. So every letter that is not ASCII is
written anew, in the one way that all versions of pandoc read, and what pandoc would pass over is brought to the open.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from press.editor.importing.office.prepared import Prepared, Unreadable, squeeze
from press.editor.importing.office.rich_text_lists import open_list_marks
from press.editor.importing.office.rich_text_styles import apply_styles, read_paragraph_styles
from press.editor.importing.office.rich_text_tokens import Token, decode_tokens, tokenise
from press.editor.importing.plain.lines import shorten

_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": "\N{EM SPACE}", "enspace": "\N{EN SPACE}", "qmspace": "\N{FOUR-PER-EM SPACE}",
}  # fmt: skip
_SYMBOLS = {"~": "\N{NO-BREAK SPACE}", "_": "\N{NON-BREAKING HYPHEN}", "-": "", "\\": "\\", "{": "{", "}": "}"}
_BREAKS = frozenset("par line page sect column row cell nestcell nestrow tab softline".split())
_SILENT = frozenset(
    "fonttbl colortbl stylesheet info pict object filetbl listtable listoverridetable rsidtbl generator "
    "xmlnstbl fldinst themedata datastore latentstyles colorschememapping listtext pntext bkmkstart bkmkend "
    "nonshppict revtbl falt panose wgrffmtfilter mmathPr userprops pnseclvl pgdsctbl shpgrp sp shprslt ftnsep "
    "ftnsepc aftnsep aftnsepc ftncn aftncn fontemb tc xe objdata do atnid atnauthor atndate atnref atrfstart "
    "atrfend picprop defchp defpap docvar".split()
)
_BESIDE = {"header": "header or footer", "footer": "header or footer", "annotation": "comment"}
_BESIDE |= {f"{name}{side}": "header or footer" for name in ("header", "footer") for side in "lrf"}
_OPENED = frozenset(("footnote", "shptxt"))
"""What pandoc passes over where it is marked as optional, and what is part of the text all the same."""
_PLAIN = re.compile(r"[ -\[\]-z|~]*")
_PICTURE = re.compile(rb"\\(png|jpeg)blip(?:\\[a-z]+-?\d*\s?|\{[^{}]*\}|\s)*([0-9a-f\s]{40,})\}", re.IGNORECASE)
_ENDINGS = {b"png": "png", b"jpeg": "jpg"}


@dataclass(slots=True)
class _State:
    """What holds within a group."""

    silent: bool = False
    hidden: bool = False
    deleted: bool = False
    note: bool = False
    beside: str = ""


@dataclass(slots=True)
class _Reader:
    """Reads tokens: letters with the group they are in."""

    fonts: dict[int, str] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    beside: dict[str, list[str]] = field(default_factory=dict)


def prepare_rich_text(data: bytes, suffix: str) -> Prepared:
    """Make RTF ready. Raises Unreadable."""
    if not data.rstrip(b" \r\n\t\0").endswith(b"}"):
        raise Unreadable("unreadable", f"the file is damaged: it has no end. Open and save it anew ({suffix}).")
    tokens = list(decode_tokens(list(tokenise(data)), data))
    reader = _count(tokens)
    prepared = Prepared("rtf")
    prepared.words = "".join([*reader.body, "\n", *reader.notes])
    hidden = squeeze("".join(reader.hidden))
    prepared.beside = [(kind, squeeze("".join(words))) for kind, words in reader.beside.items()]
    prepared.beside = [(kind, words) for kind, words in prepared.beside if re.search(r"[^\W\d]", words)]
    prepared.beside += [("hidden text", hidden)] if hidden else []
    deleted = squeeze("".join(reader.deleted))
    if deleted:
        prepared.remark("changes", f"the tracked changes were accepted, without what they deleted: “{deleted}”")
    if any(token.text == "shptxt" for token in tokens):
        prepared.remark("boxes", "the file has text boxes: are their words in the right place?")
    prepared.data = _write(list(open_list_marks(apply_styles(tokens, read_paragraph_styles(tokens), prepared))))
    prepared.pictures = dict(_read_pictures(data))
    _read_info(tokens, prepared)
    return prepared


def _count(tokens: Sequence[Token]) -> _Reader:
    reader = _Reader()
    stack = [_State()]
    for at, token in enumerate(tokens):
        if token.kind == "open":
            stack.append(replace(stack[-1]))
        elif token.kind == "close" and len(stack) > 1:
            stack.pop()
        elif token.kind == "word":
            _change(stack[-1], token, tokens[at - 1] if at else token, reader)
        elif token.kind == "symbol":
            if token.text == "*" and not _is_known(tokens[at + 1 : at + 2]):
                stack[-1].silent = True
            _say(stack[-1], _SYMBOLS.get(token.text, ""), reader)
        else:
            _say(stack[-1], token.text, reader)
    return reader


def _is_known(following: Sequence[Token]) -> bool:
    known = {*_OPENED, *_BESIDE, "shpinst", "shpgrp", "background", "nestrow", "nesttableprops"} - {"background"}
    return bool(following) and following[0].text in known


def _change(state: _State, token: Token, before: Token, reader: _Reader) -> None:
    word, is_on = token.text, token.number != 0
    if word in _SILENT:
        state.silent = True
    elif word in _BESIDE:
        state.beside = _BESIDE[word]
    elif word == "footnote":
        state.note = True
        reader.notes.append("\n")
    elif word == "shptxt":
        _say(state, "\n", reader)
    elif word == "v":
        state.hidden = is_on
    elif word == "deleted":
        state.deleted = is_on
    elif word in ("plain", "pard") and before.kind != "open":
        state.hidden = state.hidden and word == "pard"
    elif word in _SIGNS:
        _say(state, _SIGNS[word], reader)
    elif word in _BREAKS:
        _say(state, "\n", reader)


def _say(state: _State, text: str, reader: _Reader) -> None:
    if state.silent or not text:
        return
    if state.beside:
        reader.beside.setdefault(state.beside, []).append(text)
    elif state.deleted:
        reader.deleted.append(text)
    elif state.hidden and text != "\n":
        reader.hidden.append(text)
    else:
        (reader.notes if state.note else reader.body).append(text)


def _write(tokens: Sequence[Token]) -> bytes:
    """Write RTF that every pandoc reads whole: letters by number, notes not optional, no deleted or hidden words."""
    made: list[str] = []
    stack: list[list[bool]] = [[False]]
    for at, token in enumerate(tokens):
        if token.kind == "open":
            stack.append([stack[-1][0]])
            made.append("{")
        elif token.kind == "close":
            if len(stack) > 1:
                stack.pop()
            made.append("}")
        elif token.kind == "letters":
            made.append("" if stack[-1][0] else _escape_all(token.text))
        elif token.kind == "symbol":
            made.append(_write_symbol(token, tokens[at + 1 : at + 2]))
        elif token.text in ("v", "deleted"):
            stack[-1][0] = token.number != 0
        elif token.text in _SIGNS:
            made.append("" if stack[-1][0] else _escape(_SIGNS[token.text]))
        elif token.text not in ("uc", "ansicpg", "revised", "ftnalt"):
            made.append(f"\\{token.text}{'' if token.number is None else token.number} ")
            made.append(
                "\\pard {\\uc0\\u8203 }\\par " if token.text == "row" and _is_last_row(tokens, at + 1) else ""
            )
    return "".join(made).encode("ascii", "replace")


def _is_last_row(tokens: Sequence[Token], start: int) -> bool:
    """Return whether a table ends: pandoc puts it into the next note if no paragraph comes before that."""
    for token in tokens[start:]:
        if token.kind == "word" and token.text in ("intbl", "trowd", "cell", "row"):
            return False
        if token.kind == "word" and token.text in ("par", "footnote", "sect"):
            return True
    return True


def _write_symbol(token: Token, following: Sequence[Token]) -> str:
    if token.text == "*":
        return "" if following and following[0].text in _OPENED else "\\*"
    if token.text in "\\{}":
        return f"\\{token.text}"
    return _escape(_SYMBOLS[token.text]) if _SYMBOLS.get(token.text) else ""


def _escape_all(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "".join(map(_escape, text))


def _escape(letter: str) -> str:
    if letter in "\\{}":
        return f"\\{letter}"
    return letter if " " <= letter < "\x7f" else f"{{\\uc0\\u{ord(letter)} }}" if letter else ""


def _read_pictures(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures, by the names that pandoc gives them: the SHA-1 of their bytes."""
    for found in _PICTURE.finditer(data):
        picture = bytes.fromhex(
            "".join(found[2].decode().split())[: len("".join(found[2].decode().split())) // 2 * 2]
        )
        yield f"{hashlib.sha1(picture, usedforsecurity=False).hexdigest()}.{_ENDINGS[found[1]]}", picture


def _read_info(tokens: Sequence[Token], prepared: Prepared) -> None:
    """Read the title and the author that the program filled in."""
    inside = [at for at, token in enumerate(tokens) if token.text == "info" and token.kind == "word"]
    for at in range(inside[0], min(inside[0] + 200, len(tokens))) if inside else ():
        if tokens[at].text in ("title", "author") and tokens[at].kind == "word":
            words = squeeze("".join(token.text for token in tokens[at + 1 : at + 2] if token.kind == "letters"))
            if words:
                prepared.candidates.setdefault(tokens[at].text, shorten(words, 120))
