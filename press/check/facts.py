"""The facts that the check needs about one file of the finished tree; they depend on its path and its bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from lxml import etree

from press.check.links import find_forbidden, find_target, is_foreign
from press.options import Json

_REPORTED_BETTER = frozenset({"DTD_ID_REDEFINED"})
"""Errors of the parser that the check reports itself, with the id."""

_IDS = etree.XPath("//@id")
_LINKS = etree.XPath("//a/@href | //area/@href")
_EMBEDDED = etree.XPath("//@src | //@poster | //link[@rel='stylesheet' or @rel='icon' or @rel='manifest']/@href")
_OFFERED = etree.XPath("//@srcset")
_UNDESCRIBED = etree.XPath("//main//img[not(normalize-space(@alt))]/@src")
_WORDS = etree.XPath("normalize-space(//main)")
_TEXTS = etree.XPath("//*[@class='text']//text()[not(ancestor::code or ancestor::kbd or ancestor::pre)]")
_STRAIGHT = re.compile(r"""(?<!\d)["']|["'](?=[^\W\d_])""")
"""Not after a figure, where it means feet or inches."""


Finding = tuple[str, str, str]
"""The words or the link to find in the source, the rule, the message."""

Target = tuple[str, str, str]
"""A link as written, the file that it leads to, the id on that page."""

StraightMark = tuple[str, str]
"""A straight quotation mark or apostrophe in the text of a page, and the words around it."""

_REMEDY = "Correct the link: write {filename} and the path of a text’s file, or {static} and the path of a picture."


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The ids of a page, what is wrong with it by itself, its links to other files, and its straight marks."""

    ids: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    targets: tuple[Target, ...] = ()
    straight: tuple[StraightMark, ...] = ()
    """For the house style: the check of a build does not report them."""

    def dump(self) -> Json:
        """Return the facts as JSON."""
        return [sorted(self.ids), self.findings, self.targets, self.straight]


def load_facts(written: Json) -> FileFacts:
    """Return facts from JSON. Raises ValueError or TypeError for anything else."""
    ids, findings, targets, straight = written
    if not all(isinstance(text, str) for text in chain(ids, *findings, *targets, *straight)):
        raise TypeError(written)
    return FileFacts(
        frozenset(ids),
        tuple((w, r, m) for w, r, m in findings),
        tuple((a, b, c) for a, b, c in targets),
        tuple((mark, words) for mark, words in straight),
    )


def share(facts: FileFacts, known: dict[Any, Any]) -> FileFacts:
    """Return the same facts, made of what is `known` from other pages as far as possible: most links are on all.

    It halves the memory of a check: each page comes from another process, or from the cache, with links of its own.
    """
    targets = (known.setdefault(target, target) for target in facts.targets)
    return replace(facts, ids=frozenset(known.setdefault(each, each) for each in facts.ids), targets=tuple(targets))


def examine_file(name: str, data: bytes, address: str) -> FileFacts:
    """Examine a page or an XML file; `name` is its path below the site, `address` the site's own."""
    if name.endswith(".xml"):
        return FileFacts(findings=tuple(_find_xml_problems(data)))
    page = read_page(data)
    wrong = {link: find_wrong_link(link, page, address) for link in sorted(page.links | page.embedded)}
    found = [(link, find_target(name, link, address)) for link in wrong if not wrong[link]]
    targets = [(link, *target) for link, target in found if target]
    lost = (link for link, path, place in targets if path == name and place and place not in page.ids)
    findings = [*_find_page_problems(page), *filter(None, wrong.values()), *(lost_place(link, name) for link in lost)]
    away = tuple(target for target in targets if target[1] != name)
    return FileFacts(page.ids, tuple(findings), away, page.straight)


def list_straight_marks(page: bytes) -> list[StraightMark]:
    """Return the straight marks in the text of a finished page, in order."""
    return list(read_page(page).straight)


def dead_link(link: str, problem: str) -> Finding:
    """Return the finding for a broken link."""
    return link, "broken-link", f"“{link}” {problem}. {_REMEDY}"


def lost_place(link: str, page: str) -> Finding:
    """Return the finding for a link to an id that its page does not have."""
    return dead_link(link, f"leads to a place that does not exist on /{page.removesuffix('index.html')}")


def _find_xml_problems(data: bytes) -> Iterator[Finding]:
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as wrong:
        yield "", "broken-xml", f"line {wrong.lineno or 0}: {wrong.msg}. Check the template or plugin that writes it."


def _find_page_problems(page: PageFacts) -> Iterator[Finding]:
    for line, wrong in page.repairs:
        yield "", "broken-html", f"line {line} of the page: {wrong}. Check its template."
    if not page.words:
        yield "", "no-text", "the page shows no text. Check its template."
    for twice in page.repeated_ids:
        yield twice, "id-twice", f"the id “{twice}” is on the page twice. Make each id unique."
    for picture in page.undescribed:
        message = f"the picture “{picture}” has no description. Write one between the brackets: ![The docks](…)."
        yield picture, "empty-alt", message


def find_wrong_link(link: str, page: PageFacts, address: str) -> Finding | None:
    """Find what is wrong with a link itself, whatever pages there are."""
    forbidden = find_forbidden(link)
    if forbidden:
        return link, "link-scheme", f"“{link}” {forbidden}. Write an address that begins with https://, or a path."
    if link in page.embedded and is_foreign(link, address):
        return link, "foreign-host", f"“{link}” is loaded from another host. Put the file into images/ or files/."
    if link in ("", "#"):
        return dead_link(link, "is an empty link")
    return None


def _find_offered(root: etree._Element) -> Iterator[str]:
    """Yield the smaller versions of pictures; what the press writes has no comma or space in an address."""
    for offered in _OFFERED(root):
        yield from (words.split()[0] for words in offered.split(",") if words.strip())


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
    """What a browser would have to repair: the line and the error."""
    straight: tuple[StraightMark, ...] = ()


def read_page(data: bytes) -> PageFacts:
    """Read a finished page."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(data, parser)
    repairs = tuple((e.line, e.message) for e in parser.error_log if e.type_name not in _REPORTED_BETTER)
    if root is None:
        return PageFacts(frozenset(), (), frozenset(), frozenset(), (), words=False, repairs=repairs)
    ids = Counter(_IDS(root))
    return PageFacts(
        ids=frozenset(ids),
        repeated_ids=tuple(sorted(name for name, count in ids.items() if count > 1)),
        links=frozenset(link.strip() for link in _LINKS(root)),
        embedded=frozenset(link.strip() for link in (*_EMBEDDED(root), *_find_offered(root))),
        undescribed=tuple(_UNDESCRIBED(root)),
        words=bool(_WORDS(root)),
        repairs=repairs,
        straight=tuple(_find_straight(root)),
    )


def _find_straight(root: etree._Element) -> Iterator[StraightMark]:
    for text in _TEXTS(root):
        for match in _STRAIGHT.finditer(text):
            yield match[0], " ".join(text[max(0, match.start() - 24) : match.end() + 24].split())
