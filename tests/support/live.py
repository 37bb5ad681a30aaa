"""Find what could run on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

WORD = re.compile(r"[^\W_]+")
LIVE_TAGS = frozenset("script iframe object embed form input svg math style base frame template".split())
LIVE_SCHEMES = ("javascript:", "data:", "vbscript:", "file:", "blob:")


def is_data(element: etree._Element) -> bool:
    """Return whether an element is the theme's and cannot run: a block of JSON, a timeline."""
    if element.tag == "script":
        return dict(element.attrib) == {"type": "application/ld+json"} and "<" not in (element.text or "")
    parent = element.getparent()
    return element.tag == "svg" and parent is not None and "timeline" in parent.get("class", "").split()


def find_live(document: etree._Element) -> Iterator[str]:
    """Yield what could run on a page."""
    for element in document.iter(etree.Element):
        if element.tag in LIVE_TAGS and not is_data(element):
            yield element.tag
        for name, value in element.items():
            plain = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "background"):
                yield f"{element.tag} {name}"
            if name in ("href", "src", "action", "poster") and plain.startswith(LIVE_SCHEMES):
                yield f"{element.tag} {name}={value}"
