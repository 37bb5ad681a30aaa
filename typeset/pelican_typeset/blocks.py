"""The text of a paragraph as a reader sees it, and where each of its characters is in the HTML."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"  # in place of code or an image: one letter that must not change
NOTE = "\N{INTERLINEAR ANNOTATION ANCHOR}"  # in place of a sup or sub tag: 1918 and its note 2 are not 19182
BREAK = "\n"  # in place of <br>
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
# Soft hyphen, Arabic letter mark, byte order mark, joiners and direction marks: characters without width.
ZERO_WIDTH = "".join(map(chr, (0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x2060, 0x2070))))
READABLE = str.maketrans(dict.fromkeys((NOTE, *ZERO_WIDTH), "") | {OBJECT: "…"})

# name, name=value, name="value" or name='value'
ATTRIBUTE = re.compile(r"""[\s/]([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)|'([^']*+)|([^\s"'>]++)))?""")

Edit = tuple[int, int, str]
"""New text for the source from one place to another."""


@dataclass(slots=True, eq=False)
class Element:
    """An open element and what its text inherits."""

    name: str
    lang: str = ""
    parent: Element | None = None
    block: Element | None = None
    """The nearest block element around the text, which may be this one."""
    link: Element | None = None
    hidden: bool = False
    tag: str = ""
    """The start tag as written."""

    @property
    def attributes(self) -> Mapping[str, str]:
        """The attributes of the start tag; of two with one name, the first."""
        return read_attributes(self.tag)


@lru_cache(maxsize=100)
def read_attributes(tag: str) -> Mapping[str, str]:
    """Return the attributes of a start tag, with their names in lower case."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(tag):
        found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
    return found


class Piece(NamedTuple):
    """A run of source that reads as text, or a reference or tag that reads as one character."""

    at: int
    kind: str  # text, reference or tag
    start: int
    end: int
    element: Element

    @property
    def lang(self) -> str:
        """The nearest lang attribute."""
        return self.element.lang


@dataclass(slots=True)
class Block:
    """A paragraph, heading or cell as a reader sees it: no tags, references decoded, code as one letter."""

    text: str
    pieces: list[Piece]
    section: int
    """A number that grows at each heading, rule, table or figure."""
    shift: int = 0
    """How far its pieces have moved in the source, after edits before them."""

    def piece(self, at: int) -> Piece:
        """Return the piece that the character at this place in the text comes from."""
        pieces = self.pieces
        return pieces[bisect_right(pieces, at, key=itemgetter(0)) - 1] if len(pieces) > 1 else pieces[0]

    def source(self, at: int) -> tuple[int, int]:
        """Return where the character is in the source: from, to."""
        first, kind, start, end, _ = self.piece(at)
        start, end = start + self.shift, end + self.shift
        return (start + at - first, start + at - first + 1) if kind == "text" else (start, end)

    def replace(self, changes: Mapping[int, str]) -> Block:
        """Return the block with new text for single characters; its places in the source are then wrong."""
        text, pieces = rewrite(self.text, [(at, at + 1, new) for at, new in changes.items()]), self.pieces
        if len(pieces) > 1:
            places = sorted(changes)
            grown = [0, *accumulate(len(changes[at]) - 1 for at in places)]
            pieces = [piece._replace(at=piece.at + grown[bisect_left(places, piece.at)]) for piece in pieces]
            pieces = _join_empty(pieces, len(text))
        return Block(text, pieces, self.section)

    def is_break(self, at: int) -> bool:
        """Return whether the character is a <br>."""
        return self.text[at] == BREAK and self.piece(at).kind == "tag"

    def adjoin(self, at: int) -> bool:
        """Return whether there is no tag between this character and the next."""
        first, second = self.piece(at), self.piece(at + 1)
        return first is second or first.end == second.start

    def words_around(self, at: int, reach: int = 40) -> str:
        """Return a few whole words on each side of a character, on one line, without the numbers of notes."""
        left, right = self._leave_out_notes(max(0, at - reach), at), self._leave_out_notes(at, at + reach + 1)
        if at > reach and " " in left:
            left = left.partition(" ")[2]
        if at + reach + 1 < len(self.text) and " " in right:
            right = right.rpartition(" ")[0]
        return " ".join((left + right).translate(READABLE).split())

    def _leave_out_notes(self, start: int, end: int) -> str:
        """Return a part of the text without the numbers of notes, which its author did not write."""
        part = self.text[start:end]
        if len(self.pieces) == 1:
            return part
        return "".join(char for at, char in enumerate(part, start) if not _is_reference(self.piece(at).element))


def _is_reference(element: Element) -> bool:
    """Return whether an element is the link from a text to a note, as Python-Markdown and docutils write it."""
    names = element.link.attributes.get("class", "").split() if element.link else ()
    return any(name in ("footnote-ref", "footnote-reference") for name in names)


def _join_empty(pieces: Sequence[Piece], length: int) -> list[Piece]:
    """Leave out the pieces without a character; the one before takes their place in the source."""
    joined = list[Piece]()
    for piece, end in zip(pieces, [*(following.at for following in pieces[1:]), length], strict=True):
        if piece.at < end or not joined:
            joined.append(piece)
        elif joined[-1].end == piece.start:
            joined[-1] = joined[-1]._replace(end=piece.end)
    return joined


@lru_cache(maxsize=1000)  # every text has the same few
def primary(lang: str) -> str:
    """Return the language of a BCP 47 tag without its region: `de_AT` becomes `de`."""
    return lang.strip().replace("_", "-").partition("-")[0].lower()


def rewrite(html: str, edits: Iterable[Edit]) -> str:
    """Make these edits in the source, and leave the rest as it was."""
    parts, at = list[str](), 0
    for start, end, new in sorted(edits):
        parts += html[at:start], new
        at = end
    return "".join([*parts, html[at:]])
