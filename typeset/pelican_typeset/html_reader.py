"""Read HTML as blocks of plain text, for all three plugins.

This is a tokenizer, not a parser: it never raises, never goes back, and treats what it cannot read as text.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache

from pelican_typeset.blocks import BREAK, NOTE, OBJECT, Block, Element, Piece, read_attributes

READS = {"br": BREAK, "sup": NOTE, "sub": NOTE, "img": OBJECT, "input": OBJECT, "embed": OBJECT}

VOID, HIDDEN, INVISIBLE, BARRIERS, BLOCKS = (
    frozenset(names.split())
    for names in (
        "area base br col embed hr img input link meta source track wbr",
        "audio canvas code kbd math nav object pre samp svg template tt var video",
        "script style template noscript",
        "h1 h2 h3 h4 h5 h6 hr table figure nav",
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
        " figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup"
        " option p pre search section summary table tbody td tfoot th thead title tr ul",
    )
)
# Elements whose end tag may be left out before these; the end tag of p may be left out before any block.
ENDED_BY = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr"}}
ENDED_BY |= {"td": {"td", "th", "tr"}, "th": {"td", "th", "tr"}}
INLINE_DEPTH = 100  # how many elements back an inline end tag looks for its start; keeps tag soup linear

# Every alternative begins with a plain < or &, which makes the search fast, and either matches or fails within
# a few characters, which keeps it linear. An unclosed comment, quoted value or script takes the rest of the
# text, as it does in a browser.
TOKEN = re.compile(
    r"""
      <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<raw>script|style|textarea|noscript|iframe)(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])[^>]*+>?|\Z)
    | <(?P<close>/?)(?P<name>[a-z][^\s/<>]*+)
      (?:[^<>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?)*+>?
    | <[!?/][^<>]*+>?
    | &(?P<reference>(?:\#0*+[0-9]{0,7}|\#x0*+[0-9a-f]{0,6}|[a-z][a-z0-9]{1,31});)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
TELLING = re.compile("lang|translate", re.IGNORECASE)  # the attributes that matter in any element
_LAST: dict[tuple[str, str, frozenset[str]], list[Block]] = {}
IN_ANY_CASE = frozenset(("&laquo;", "&raquo;", "&lsaquo;", "&rsaquo;"))


def read_blocks(html: str, lang: str, ignored: Collection[str] = ()) -> list[Block]:
    """Return the blocks of text in html, in order, without those of spaces alone, in linear time. Never raises.

    `lang` is the language outside every lang attribute; `ignored` are selectors of typogrify's kind
    (`figure`, `.verse`, `#imprint`, `div.verse`) of elements to treat as hidden, like code.
    """
    known = recall_blocks(html, lang, ignored)
    if known is None:
        known = _tokenize(html, lang, ignored)
        remember_blocks(html, lang, ignored, known)
    return known


def recall_blocks(html: str, lang: str, ignored: Collection[str] = ()) -> list[Block] | None:
    """Return the blocks of the text that was read last, or None for any other."""
    return _LAST.get((html, lang, frozenset(map(str.lower, ignored))))


def remember_blocks(html: str, lang: str, ignored: Collection[str], blocks: list[Block]) -> None:
    """Keep the blocks of a text until another one is read: one plugin after another asks for them."""
    _LAST.clear()
    _LAST[html, lang, frozenset(map(str.lower, ignored))] = blocks


def _tokenize(html: str, lang: str, ignored: Collection[str]) -> list[Block]:
    reader, at = BlockReader(lang, frozenset(map(str.lower, ignored))), 0
    for token in TOKEN.finditer(html):
        start, end = token.span()
        if at < start:
            reader.add(html[at:start], "text", at, start)
        at, kind = end, token.lastgroup
        if kind == "name":
            reader.read_tag(token["name"].lower(), token["close"], html[start:end], start, end)
        elif kind == "reference":
            reader.add(decode_reference(token[0]), "reference", start, end)
        elif kind == "raw" and token["raw"].lower() not in INVISIBLE:
            reader.add(OBJECT, "tag", start, end)
    if at < len(html):
        reader.add(html[at:], "text", at, len(html))
    reader.end_block()
    return reader.blocks


@lru_cache(maxsize=1000)  # every text has the same few
def decode_reference(reference: str) -> str:
    """Return the character that a reference means, or OBJECT where it means more than one or none."""
    folded = reference.lower()
    text = entities.unescape(folded if folded in IN_ANY_CASE else reference)
    return text if len(text) == 1 else OBJECT


class BlockReader:
    """Follow the open elements and collect the text between the tags of blocks."""

    def __init__(self, lang: str, ignored: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self._top = Element("", lang)
        self._open = Counter[str]()
        self._ignored = ignored
        self._section = 0
        self._texts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0

    def add(self, text: str, kind: str, start: int, end: int) -> None:
        """Add text that a reader sees, unless it is in a hidden element."""
        if not self._top.hidden:
            self.add_piece(text, kind, start, end, self._top)

    def add_piece(self, text: str, kind: str, start: int, end: int, element: Element) -> None:
        """Add text of this element, unless it is space before a block."""
        if self._pieces or kind != "text" or not text.isspace():
            self._texts.append(text)
            self._pieces.append(Piece(self._length, kind, start, end, element))
            self._length += len(text)

    def end_block(self) -> None:
        """Close the current block; one of spaces alone is dropped."""
        if self._pieces:
            text = "".join(self._texts)
            if not text.isspace():
                self.blocks.append(Block(text, self._pieces, self._section))
            self._texts, self._pieces, self._length = [], [], 0

    def read_tag(self, name: str, closes: str, tag: str, start: int, end: int) -> None:
        """Read one tag; one without an end is ignored."""
        if tag[-1] != ">":
            return
        if name in BLOCKS:
            self.end_block()
            self._section += name in BARRIERS
        elif name in READS and (not closes or READS[name] == NOTE):
            self.add(READS[name], "tag", start, end)
        if closes:
            if self._open[name] and (name in BLOCKS or self._is_near(name)):
                self._pop(name)
        elif name not in VOID and tag[-2] != "/":
            self._begin(name, tag, start, end)

    def _begin(self, name: str, tag: str, start: int, end: int) -> None:
        """Open an element; a hidden one in a line of text counts as one letter."""
        is_block = name in BLOCKS
        around = self._top.block
        if is_block and around and (around.name == "p" or name in ENDED_BY.get(around.name, ())):
            self._pop(around.name)
        top = self._top
        attributes: Mapping[str, str] = {}
        if "=" in tag and (self._ignored or TELLING.search(tag)):
            attributes = read_attributes(tag)
        lang = attributes.get("lang", attributes.get("xml:lang", top.lang)) if attributes else top.lang
        element = Element(name, lang, top, top.block, top.link, top.hidden, tag)
        if is_block:
            element.block = element
        if name == "a":
            element.link = element
        if not top.hidden and self._is_hidden(name, attributes):
            if not is_block and name not in INVISIBLE:
                self.add(OBJECT, "tag", start, end)
            element.hidden = True
        self._top = element
        self._open[name] += 1

    def _is_hidden(self, name: str, attributes: Mapping[str, str]) -> bool:
        if name in HIDDEN or attributes.get("translate", "").lower() == "no":
            return True
        if not self._ignored:
            return False
        selectors = [f".{value}" for value in attributes.get("class", "").lower().split()]
        selectors += [f"#{value}" for value in attributes.get("id", "").lower().split()]
        return not self._ignored.isdisjoint([name, *selectors, *(f"{name}{value}" for value in selectors)])

    def _is_near(self, name: str) -> bool:
        """Return whether the start of an inline element is in the same block as its end tag."""
        element = self._top
        for _ in range(INLINE_DEPTH):
            if element.name == name or element is element.block or element.parent is None:
                return element.name == name
            element = element.parent
        return False

    def _pop(self, name: str) -> None:
        popped = ""
        while popped != name and self._top.parent:
            popped, self._top = self._top.name, self._top.parent
            self._open[popped] -= 1
