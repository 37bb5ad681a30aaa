"""HTML within Markdown → a tree: known tags become elements, everything between them stays as it was typed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
BLOCKS = frozenset(
    """
    address article aside blockquote body caption center colgroup dd details dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav noscript ol p pre section summary table tbody
    td tfoot th thead tr ul
    """.split()
)
INLINE = frozenset(
    """
    a abbr acronym audio b bdi bdo big br button cite code data del dfn em embed font i iframe img input ins kbd label
    link map mark meta nobr object q rp rt ruby s samp small source span strike strong sub sup svg time track tt u var
    video wbr
    """.split()
)
_BOOLEAN = frozenset(
    "allowfullscreen async autoplay compact controls defer hidden loop muted noshade nowrap open".split()
)
_CLOSED_BY = {
    "li": ({"li"}, {"ul", "ol", "dir"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tbody": ({"tr", "td", "th", "thead", "caption"}, {"table"}),
}
"""Which open elements a tag closes, and which element it never looks beyond, as HTML has it."""

MOST_OPEN = 100
"""Elements open at the same time; a text with more is not meant as HTML."""

_VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)"
_ATTRIBUTE = re.compile(rf"([A-Za-z_@:][\w:.-]*)(?:\s*=\s*({_VALUE}))?")
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>(?:\s+[A-Za-z_@:][\w:.-]*(?:\s*=\s*{_VALUE})?)*)\s*/?>"
)


@dataclass(slots=True)
class HtmlElement:
    """An element: its tags as typed, its attributes, and what is in it."""

    tag: str
    start: str
    """The opening tag as typed."""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[str | HtmlElement] = field(default_factory=list)
    position: int = 0
    """Where its opening tag begins in the text."""
    end: str = ""
    """The closing tag as typed; empty if there is none."""
    closed: bool = False
    """Whether a closing tag ends it, its own or that of an element around it."""


def parse_html(text: str) -> HtmlElement:
    """Return a root without tags that has all of a text; a closing tag that closes nothing is an element `/`."""
    root = HtmlElement("", "")
    stack, last = [root], 0
    for match, attributes in _find_tags(text):
        if match.start() > last:
            stack[-1].children.append(text[last : match.start()])
        name = match["name"].lower()
        if len(stack) > MOST_OPEN and not match["end"]:  # it stays a word; what closes it does too
            last = match.start()
            continue
        last = match.end()
        if match["end"]:
            _close(stack, name, match)
            continue
        _close_implied(stack, name)
        element = HtmlElement(name, match[0], attributes, position=match.start())
        stack[-1].children.append(element)
        if name not in VOID:
            stack.append(element)
    stack[-1].children.append(text[last:])
    return root


def _find_tags(text: str) -> Iterator[tuple[re.Match[str], dict[str, str]]]:
    """Yield the tags that HTML knows; `<hear, hear>` and `<b and c>` are words."""
    for match in _TAG.finditer(text) if "<" in text else ():
        if match["name"].lower() not in BLOCKS | INLINE:
            continue
        pairs = [(name.lower(), value) for name, value in _ATTRIBUTE.findall(match["rest"])]
        if all(value or name in _BOOLEAN for name, value in pairs):
            yield match, {name: html.unescape(value.strip("\"'")) for name, value in pairs}


def _close(stack: list[HtmlElement], name: str, match: re.Match[str]) -> None:
    """Close the innermost open element of a name, with all that is open in it."""
    depth = next((at for at in range(len(stack) - 1, 0, -1) if stack[at].tag == name), 0)
    crossed = depth and any(stack[at].tag in BLOCKS for at in range(depth + 1, len(stack))) and name in INLINE
    if not depth or crossed:
        stack[-1].children.append(HtmlElement("/", match[0], position=match.start()))
        return
    for element in stack[depth:]:
        element.closed = True
    stack[depth].end = match[0]
    del stack[depth:]


def _close_implied(stack: list[HtmlElement], name: str) -> None:
    """Close what a tag ends without saying so: `<li>` the item before it, a block the paragraph before it."""
    closes, limit = _CLOSED_BY.get(name, (set(), set()))
    if name in BLOCKS and stack[-1].tag == "p":
        closes, limit = {"p"}, set()
    for at in range(len(stack) - 1, 0, -1):
        if stack[at].tag in limit:
            break
        if stack[at].tag in closes or (stack[at].tag == "p" and name in _CLOSED_BY):
            for element in stack[at:]:
                element.closed = True
            del stack[at:]
            if name != "tr":
                break
