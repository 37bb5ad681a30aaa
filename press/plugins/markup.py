"""Read HTML as the blocks of plain text that a reader sees, and lead each character back to its place."""

from __future__ import annotations

import html as entities
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for code, an image: one letter nobody may touch
NOTE = "\N{WORD JOINER}"  # stands for a sup or sub tag: 1918 and its note 2 are not 19182
BREAK = "\n"  # stands for <br>

VOID, HIDDEN, BLOCKS = (
    frozenset(names.split())
    for names in (
        "area base br col embed hr img input link meta source track wbr",
        "code kbd math noscript pre samp script style svg template textarea tt var",
        "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt"
        " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main"
        " menu nav ol optgroup option p pre search section summary table tbody td tfoot th thead title tr ul",
    )
)
RAW = frozenset({"script", "style", "textarea"})  # a tag inside is not a tag

# A comment, a tag (its quoted values may hold >), a reference, a run of text or a stray < or &. What is
# unclosed runs to the end, as in a browser, and no alternative can fail late: one walk, however broken.
TOKEN = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z)) | <(?:[!?]|/(?![a-zA-Z]))[^>]*+>?
    | <(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?|))*+)>?
    | &(?P<reference>\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31}); | [^<&]++ | [<&]""",
    re.VERBOSE | re.DOTALL,
)
# name, name=value, name="value" or name='value'
ATTRIBUTE = re.compile(r"""([^\s=/]+)(?:\s*+=\s*+(?:"([^"]*+)"?|'([^']*+)'?|(\S*)))?""")


class Piece(NamedTuple):
    """A run of source that reads as text, or a reference or tag that reads as one character or none."""

    kind: str  # text, reference, tag or block (an end of the block)
    start: int
    end: int
    reads: str
    lang: str


class Block:
    """What a reader sees of one paragraph, heading or cell: no tags, references decoded, code one letter."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.text = "".join(piece.reads for piece in pieces)
        self._pieces, self._starts, at = pieces, list[int](), 0
        for piece in pieces:
            self._starts.append(at)
            at += len(piece.reads)

    def piece(self, at: int) -> Piece:
        """Give the piece that the character at this place of the text comes from."""
        return self._pieces[bisect_right(self._starts, at) - 1]

    def source(self, at: int) -> tuple[int, int]:
        """Give where the character stands in the source: from, to."""
        n = bisect_right(self._starts, at) - 1
        piece = self._pieces[n]
        start = piece.start + at - self._starts[n]
        return (start, start + 1) if piece.kind == "text" else (piece.start, piece.end)


def read_blocks(html: str, lang: str) -> Iterator[Block]:
    """Yield the blocks of text in html, in order; the nearest lang attribute is each piece's language."""
    pieces: list[Piece] = []
    for piece in read_pieces(html, lang):
        if piece.reads:
            pieces.append(piece)
        elif piece.kind == "block" and pieces:
            yield Block(pieces)
            pieces = []
    if pieces:
        yield Block(pieces)


def read_pieces(html: str, lang: str) -> Iterator[Piece]:
    """Yield every piece of html in order; a hidden element is one piece, whatever it holds. Never raises."""
    opened, counts, at = [("", lang)], Counter[str](), 0
    while token := TOKEN.match(html, at):
        start, at = token.span()
        name = (token["name"] or "").lower()
        if not name:
            kind, reads = _read_text(token)
            yield Piece(kind, start, at, reads, opened[-1][1])
            continue
        attributes = {} if token["close"] else _read_attributes(token["rest"])
        if token["close"]:
            while counts[name] and (closed := opened.pop()[0]):
                counts[closed] -= 1
                if closed == name:
                    break
        elif name in VOID or (name in ("svg", "math") and token["rest"].endswith("/")):
            pass
        elif name in HIDDEN or attributes.get("translate", "").lower() == "no":
            at = _find_end(html, name, at)
            yield Piece("block" if name in BLOCKS else "tag", start, at, "" if name in BLOCKS else OBJECT, "")
            continue
        else:
            opened.append((name, attributes.get("lang", attributes.get("xml:lang", opened[-1][1]))))
            counts[name] += 1
        yield Piece("block" if name in BLOCKS else "tag", start, at, _read_tag(name), opened[-1][1])


def rewrite(html: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Put each new text in place of the source from, to; all else comes back as it was."""
    parts, at = list[str](), 0
    for start, end, new in sorted(changes):
        parts += html[at:start], new
        at = end
    return "".join([*parts, html[at:]])


def _read_text(token: re.Match[str]) -> tuple[str, str]:
    if token["reference"]:
        decoded = entities.unescape(token[0])
        return "reference", decoded if len(decoded) == 1 else OBJECT
    return ("tag", "") if len(token[0]) > 1 and token[0][0] == "<" else ("text", token[0])


def _read_tag(name: str) -> str:
    return {"br": BREAK, "img": OBJECT, "sup": NOTE, "sub": NOTE}.get(name, "")


def _read_attributes(rest: str) -> dict[str, str]:
    return {m[1].lower(): m[2] or m[3] or m[4] or "" for m in ATTRIBUTE.finditer(rest)}


def _find_end(html: str, name: str, at: int) -> int:
    """Find where the element ends that is open at this place; its own name nests, but in scripts."""
    if name in RAW:
        end = re.compile(rf"</{name}(?![^\s/>])[^>]*+>?", re.IGNORECASE).search(html, at)
        return end.end() if end else len(html)
    depth = 1
    for token in TOKEN.finditer(html, at):
        if (token["name"] or "").lower() == name:
            depth += -1 if token["close"] else 1
        if not depth:
            return token.end()
    return len(html)
