"""The text of one paragraph as a reader sees it, each character with its place in the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for code, an image: one letter nobody may touch
NOTE = "\N{INTERLINEAR ANNOTATION ANCHOR}"  # stands for a sup or sub tag: 1918 and its note 2 are not 19182
BREAK = "\n"  # stands for <br>
# Soft hyphen, Arabic letter mark, byte order mark; joiners and marks of direction: what has no width.
ZERO_WIDTH = "".join(map(chr, (0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x2060, 0x2070))))
UNSEEN = str.maketrans(dict.fromkeys((NOTE, *ZERO_WIDTH), "") | {OBJECT: "…"})


@dataclass(slots=True, eq=False)
class Element:
    """An open element and what its text inherits."""

    name: str
    lang: str = ""
    parent: Element | None = None
    block: Element | None = None
    """The nearest element around the text that separates it from other text; perhaps this one."""
    link: Element | None = None
    hidden: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


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
    """What a reader sees of one paragraph, heading or cell: no tags, references decoded, code one letter."""

    text: str
    pieces: list[Piece]
    section: int
    """Differs on the two sides of a heading, a rule, a table or a figure."""

    def piece(self, at: int) -> Piece:
        """Give the piece that the character at this place of the text comes from."""
        pieces = self.pieces
        return pieces[bisect_right(pieces, at, key=itemgetter(0)) - 1] if len(pieces) > 1 else pieces[0]

    def source(self, at: int) -> tuple[int, int]:
        """Give where the character stands in the source: from, to."""
        first, kind, start, end, _ = self.piece(at)
        return (start + at - first, start + at - first + 1) if kind == "text" else (start, end)

    def replace(self, changes: Mapping[int, str]) -> Block:
        """Give the block as it reads with new text for single characters; its source no longer holds."""
        text, pieces = rewrite(self.text, [(at, at + 1, new) for at, new in changes.items()]), self.pieces
        if len(pieces) > 1:
            places = sorted(changes)
            grown = [0, *accumulate(len(changes[at]) - 1 for at in places)]
            pieces = [piece._replace(at=piece.at + grown[bisect_left(places, piece.at)]) for piece in pieces]
        return Block(text, pieces, self.section)

    def is_break(self, at: int) -> bool:
        """Say whether the character stands for a <br>."""
        return self.text[at] == BREAK and self.piece(at).kind == "tag"

    def adjoin(self, at: int) -> bool:
        """Say whether no tag stands between this character and the next."""
        first, second = self.piece(at), self.piece(at + 1)
        return first is second or first.end == second.start

    def words_around(self, at: int, reach: int = 40) -> str:
        """Give a few whole words on each side of a character, in one line."""
        left, right = self.text[max(0, at - reach) : at], self.text[at : at + reach + 1]
        if at > reach and " " in left:
            left = left.partition(" ")[2]
        if at + reach + 1 < len(self.text) and " " in right:
            right = right.rpartition(" ")[0]
        return " ".join((left + right).translate(UNSEEN).split())


def primary(lang: str) -> str:
    """Give the language of a BCP 47 tag without its region: `de_AT` becomes `de`."""
    return lang.strip().replace("_", "-").partition("-")[0].lower()


def rewrite(html: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Put each new text in place of the source from, to; all else comes back as it was."""
    parts, at = list[str](), 0
    for start, end, new in sorted(changes):
        parts += html[at:start], new
        at = end
    return "".join([*parts, html[at:]])
