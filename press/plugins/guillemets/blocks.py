"""Read HTML as blocks of visible text in which every character knows its place in the source.

A tokenizer, not a parser: it never raises, never looks back, and what it cannot make sense of is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from html import unescape
from typing import NamedTuple

# What stands in the visible text for things that are not characters of the source.
LINE_BREAK = "\N{LINE SEPARATOR}"  # <br>: a space that nothing may remove
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"  # <img>, <code>…</code>: counts as one letter
RAISED = "\N{INTERLINEAR ANNOTATION ANCHOR}"  # the edge of a <sup>, where words end and notes begin


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


HEADINGS = _names("h1 h2 h3 h4 h5 h6")
BLOCKS = HEADINGS | _names(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form header hgroup hr html legend li main menu nav ol optgroup option p pre search section summary "
    "table tbody td tfoot th thead tr ul"
)
BARRIERS = HEADINGS | {"hr", "table", "figure", "nav"}  # a quotation never runs across one
VOID = _names("area base br col embed hr img input link meta param source track wbr")
STANDS_FOR = {"br": LINE_BREAK, "sup": RAISED} | dict.fromkeys(
    _names("img input embed object video audio canvas"), OBJECT
)
UNTOUCHED = _names("code kbd math nav pre samp svg template tt var")
INVISIBLE = _names("script style template noscript")
PARAGRAPH = ("p",)
ENDED_BY = {  # HTML lets a writer leave out these end tags; </p> before any block, the others before a like one
    "li": ("li", "p"),
    "dt": ("dt", "dd", "p"),
    "dd": ("dt", "dd", "p"),
    "tr": ("tr", "td", "th", "p"),
    "td": ("td", "th", "p"),
    "th": ("td", "th", "p"),
}
INLINE_DEPTH = 100  # how far an inline end tag looks for its start; keeps tag soup linear

# Every alternative begins with a plain < or &, which makes the search fast, and either consumes what it has
# seen or fails within a few characters, which keeps it linear. An unclosed comment, quoted value or script
# takes the rest of the text, as it does in a browser.
TOKEN = re.compile(
    r"""
      <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<raw>script|style|textarea|noscript|iframe)(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])[^>]*+>?|\Z)
    | <(?P<end>/?)(?P<name>[a-z][^\s/<>]*+)
      (?:[^<>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?)*+>?
    | <[!?/][^<>]*+>?
    | &(?P<reference>(?:\#0*+[0-9]{0,7}|\#x0*+[0-9a-f]{0,6}|[a-z][a-z0-9]{1,31});)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
ATTRIBUTE = re.compile(
    r"""[\s/](?P<name>[^\s"'<>/=]++)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)|'(?P<single>[^']*+)|(?P<bare>[^\s"'>]++)))?"""
)
GUILLEMET_NAMES = frozenset(("&laquo;", "&raquo;", "&lsaquo;", "&rsaquo;"))


class Element(NamedTuple):
    """An open element and what its text inherits."""

    name: str
    lang: str
    link: int
    untouched: bool
    note: bool
    number: int


class Part(NamedTuple):
    """A stretch of visible text that stands in one place of the source, in one language and one link."""

    at: int
    start: int
    end: int
    literal: bool
    lang: str
    link: int


class Block(NamedTuple):
    """The visible text of one block and where it came from."""

    text: str
    parts: list[Part]
    starts: list[int]
    families: frozenset[int]
    """The elements within which this `p` or `li` has siblings."""
    section: int
    """Differs on the two sides of a heading, a rule, a table or a figure."""

    @property
    def lang(self) -> str:
        """The language at the start; `part` knows that of any other place."""
        return self.parts[0].lang

    def part(self, at: int) -> Part:
        """Give the part that holds the visible character at `at`."""
        return self.parts[bisect_right(self.starts, at) - 1]

    def place(self, at: int) -> tuple[int, int]:
        """Give the source offsets of the visible character at `at`."""
        part = self.part(at)
        offset = part.start + at - part.at
        return (offset, offset + 1) if part.literal else (part.start, part.end)


def read_blocks(html: str, lang: str, ignore_tags: Collection[str] = ()) -> list[Block]:
    """Give the blocks of `html` in order; text that nobody may touch is left out of them.

    `lang` is the language outside every `lang` attribute; `ignore_tags` are selectors of typogrify's kind
    (`figure`, `.verse`, `#imprint`, `div.verse`).
    """
    reader = _Reader(lang, frozenset(map(str.lower, ignore_tags)))
    position = 0
    for token in TOKEN.finditer(html):
        if token.start() > position:
            reader.add(html[position : token.start()], position, token.start(), literal=True)
        reader.read(token)
        position = token.end()
    if position < len(html):
        reader.add(html[position:], position, len(html), literal=True)
    reader.end_block()
    return reader.blocks


def decode(reference: str) -> str:
    """Give what a character reference stands for; anything but one character counts as a letter."""
    folded = reference.lower()
    text = unescape(folded if folded in GUILLEMET_NAMES else reference)
    return text if len(text) == 1 else OBJECT


class _Reader:
    """Follow the open elements and collect the text between block tags."""

    def __init__(self, lang: str, ignored: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self._stack = [Element("", lang, 0, False, False, 0)]
        self._open: Counter[str] = Counter()
        self._ignored = ignored
        self._section = 0
        self._begin_block()

    def _begin_block(self) -> None:
        self._texts: list[str] = []
        self._parts: list[Part] = []
        self._length = 0

    def read(self, token: re.Match[str]) -> None:
        """Take in one tag, comment or reference."""
        start, end = token.span()
        if token.lastgroup == "name":
            if token[0][-1] != ">":
                return  # a tag that never ends is none
            name = token["name"].lower()
            if name in BLOCKS:
                self.end_block()
                self._section += name in BARRIERS
            if token["end"]:
                self._close(name)
            else:
                self._start(name, token[0], start)
        elif token.lastgroup == "reference":
            self.add(decode(token[0]), start, end)
        elif token.lastgroup == "raw" and token["raw"].lower() not in INVISIBLE:
            self.add(OBJECT, start, start)

    def add(self, text: str, start: int, end: int, literal: bool = False) -> None:
        """Add visible text, unless it stands where nobody may touch it."""
        top = self._stack[-1]
        if not top.untouched:
            self._texts.append(text)
            self._parts.append(Part(self._length, start, end, literal, top.lang, top.link))
            self._length += len(text)

    def end_block(self) -> None:
        """Close the block that is being collected; an empty one leaves no trace."""
        if self._parts:
            text, starts = "".join(self._texts), [part.at for part in self._parts]
            self.blocks.append(Block(text, self._parts, starts, self._families(), self._section))
            self._begin_block()

    def _families(self) -> frozenset[int]:
        """Name the elements within which the block being collected has siblings."""
        host = len(self._stack) - 1
        while host and self._stack[host].name not in BLOCKS:
            host -= 1
        families = set()
        if self._stack[host].name == "p":
            host -= 1
            families.add(self._stack[host].number)
        if self._stack[host].name == "li" and not self._stack[host].note:
            families.add(self._stack[host - 1].number)
        return frozenset(families)

    def _start(self, name: str, tag: str, offset: int) -> None:
        if name in STANDS_FOR:
            self.add(STANDS_FOR[name], offset, offset)
        if name in VOID or tag.endswith("/>"):
            return
        if name in BLOCKS:
            self._end_implied(ENDED_BY.get(name, PARAGRAPH))
        element = self._inherit(name, tag, offset + 1)
        if element.untouched and name not in BLOCKS and name not in INVISIBLE:
            self.add(OBJECT, offset, offset)
        self._stack.append(element)
        self._open[name] += 1

    def _inherit(self, name: str, tag: str, number: int) -> Element:
        """Give the element that `tag` opens here."""
        _, lang, link, untouched, note, _ = self._stack[-1]
        untouched = untouched or name in UNTOUCHED or name in self._ignored
        if "=" in tag:
            attributes = _attributes(tag)
            lang = attributes.get("lang", attributes.get("xml:lang", lang))
            classes, identity = attributes.get("class", ""), attributes.get("id", "")
            untouched = untouched or attributes.get("translate", "").lower() == "no"
            untouched = untouched or not self._ignored.isdisjoint(_selectors(name, classes, identity))
            note = note or "footnote" in classes or identity.startswith("fn")
        return Element(name, lang, number if name == "a" else link, untouched, note, number)

    def _end_implied(self, names: tuple[str, ...]) -> None:
        """End the innermost block element if the block that begins leaves its end tag out."""
        if any(map(self._open.__getitem__, names)):
            for element in reversed(self._stack):
                if element.name in BLOCKS:
                    if element.name in names:
                        self._pop(element.name)
                    break

    def _close(self, name: str) -> None:
        if self._open[name] and (name in BLOCKS or self._is_near(name)):
            self._pop(name)

    def _is_near(self, name: str) -> bool:
        """Say whether an inline end tag has its start in the same block."""
        for element in reversed(self._stack[-INLINE_DEPTH:]):
            if element.name == name or element.name in BLOCKS:
                return element.name == name
        return False

    def _pop(self, name: str) -> None:
        popped = ""
        while popped != name:
            popped = self._stack.pop().name
            self._open[popped] -= 1


def _attributes(tag: str) -> dict[str, str]:
    """Give the attributes of a start tag; of two of one name the first holds."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(tag):
        found.setdefault(match["name"].lower(), match["double"] or match["single"] or match["bare"] or "")
    return found


def _selectors(name: str, classes: str, identity: str) -> Iterator[str]:
    """Give every selector of typogrify's kind that names the element."""
    yield name
    for sign, values in ((".", classes.lower().split()), ("#", identity.lower().split())):
        for value in values:
            yield sign + value
            yield name + sign + value
