"""What the check needs to know of a finished page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml import etree

_SAID_BETTER = frozenset({"DTD_ID_REDEFINED"})
"""What the parser says of a page that the check says with the name of the place."""

_IDS = etree.XPath("//@id")
_LINKS = etree.XPath("//a/@href | //area/@href")
_EMBEDDED = etree.XPath("//@src | //@poster | //link[@rel='stylesheet' or @rel='icon' or @rel='manifest']/@href")
_UNDESCRIBED = etree.XPath("//img[not(normalize-space(@alt))]/@src")
_WORDS = etree.XPath("normalize-space(//main)")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The ids of a page, what it links to, what it loads, and whether it shows anything."""

    ids: frozenset[str]
    repeated_ids: tuple[str, ...]
    links: frozenset[str]
    embedded: frozenset[str]
    undescribed: tuple[str, ...]
    """Pictures without a description."""
    words: bool
    repairs: tuple[tuple[int, str], ...]
    """What a browser would have to mend: line and what is wrong."""


def read_page(data: bytes) -> PageFacts:
    """Read a finished page."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(data, parser)
    repairs = tuple((e.line, e.message) for e in parser.error_log if e.type_name not in _SAID_BETTER)
    if root is None:
        return PageFacts(frozenset(), (), frozenset(), frozenset(), (), words=False, repairs=repairs)
    ids = Counter(_IDS(root))
    return PageFacts(
        ids=frozenset(ids),
        repeated_ids=tuple(sorted(name for name, count in ids.items() if count > 1)),
        links=frozenset(link.strip() for link in _LINKS(root)),
        embedded=frozenset(link.strip() for link in _EMBEDDED(root)),
        undescribed=tuple(_UNDESCRIBED(root)),
        words=bool(_WORDS(root)),
        repairs=repairs,
    )
