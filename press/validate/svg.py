"""Refuse SVG files that could run or load something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from press.diagnostics import Diagnostic, error
from press.validate.text import MOST_SOURCE_BYTES

_LIVE = frozenset("audio embed foreignobject handler iframe listener object script video".split())
_ANIMATION = frozenset("animate set animatetransform animatemotion".split())
_DRAWN_IN = re.compile(r"#|data:image/(?:png|jpeg|gif|webp);", re.IGNORECASE)
"""What a drawing may refer to: its own parts, and images embedded in it."""
_FETCH = re.compile(
    r"""@import|(?:-webkit-)?image-set\(|\b(?:image|src|cross-fade)\(|url\(\s*["']?(?!\s*(?:\#|data:image/))""",
    re.IGNORECASE,
)
_FOREIGN = "http://www.w3.org/1999/xhtml"
"""Elements of HTML run and load as on a page, whatever their names."""
_LINKS = frozenset("href src action formaction poster data background ping srcset".split())
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)

_Finding = tuple[int, str]
"""Line from 1, message."""


def find_active_svg(file: Path, shown: str) -> list[Diagnostic]:
    """Find the first place in an SVG file that could run or load something, or why the file cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as wrong:
        return [
            error(shown, 1, "unreadable", f"the file cannot be read ({wrong.strerror}). Check the file permissions.")
        ]
    return [error(shown, line, "svg", f"{message}.") for line, message in _find_active_parts(data)][:1]


def _find_active_parts(data: bytes) -> Iterator[_Finding]:
    if len(data) > MOST_SOURCE_BYTES:
        size = f"the drawing has {len(data):,} bytes, and {MOST_SOURCE_BYTES:,} is the most"
        yield 1, f"{size}. Simplify it, or make it a PNG"
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(data, parser).getroottree()
    except etree.XMLSyntaxError as wrong:
        yield wrong.lineno or 1, f"it is not well-formed SVG ({wrong.msg}). Export it again"
        return
    root = etree.QName(tree.getroot()).localname
    if root.lower() != "svg":
        yield 1, f"it is not a drawing: it begins with “<{root[:80]}>”. Export it as SVG"
    if b"[" in data.replace(b"\0", b"").partition(b"<!DOCTYPE")[2].partition(b">")[0]:  # UTF-16 has zeros between
        yield 1, "its DOCTYPE declares something. Export it as plain SVG"
    for node in tree.xpath("//node()[not(self::text())] | /processing-instruction()"):
        yield from ((node.sourceline or 1, message) for message in _find_active_node(node))


def _find_active_node(node: etree._Element) -> Iterator[str]:
    if not isinstance(node.tag, str):
        if node.tag is etree.ProcessingInstruction:
            yield f"“<?{node.target}” loads or runs something. Export it as plain SVG"
        return
    name = etree.QName(node).localname.lower()
    if name in _LIVE or etree.QName(node).namespace == _FOREIGN:
        yield f"“<{name}>” can run or load something. Delete it, or export the drawing as plain SVG"
    if name == "style" and _loads("".join(node.itertext())):
        yield "its style sheet loads something. Export it as plain SVG"
    for key, value in node.items():
        attribute = etree.QName(key).localname.lower()
        moves_link = name in _ANIMATION and attribute == "attributename" and value.lower().endswith("href")
        if attribute.startswith("on") or moves_link:
            yield f"the attribute “{attribute}” can run something. Delete it"
        elif attribute in _LINKS and not _DRAWN_IN.match(value) and not (name == "a" and _ADDRESS.match(value)):
            yield f"it refers to “{value[:80]}”. Embed the image in the drawing"
        elif _FETCH.search(value) or (attribute == "style" and _loads(value)):
            yield f"the attribute “{attribute}” loads something. Delete it"


def _loads(sheet: str) -> bool:
    """Return whether a style sheet may load something; an escape can hide any word of it."""
    return "\\" in sheet or bool(_FETCH.search(sheet))
