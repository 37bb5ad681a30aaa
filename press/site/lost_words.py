"""Find words of a source that are missing from its page, or letters that typesetting changed."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html.entities import html5
from itertools import islice

from lxml import etree

from press.model.slugs import keep_letters, split_words
from press.site.markdown.anchors import drop_names
from press.site.markdown.dialect import INLINE_TAGS
from press.site.markdown.page_marks import ROLE
from press.site.markdown.sidenotes import drop_places

_TAG = re.compile(r"<[^>]*>")
"""Enough for what Markdown and typogrify write: they never leave a bare > in an attribute."""
_NO_LETTERS = re.compile(rf"{_TAG.pattern}|&(?:nbsp|amp|lt|gt|quot|mdash|#82[0-9][0-9]|#3[49]);")
"""A tag, or one of the references that typesetting writes."""
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|(?P<name>[0-9a-zA-Z]+));")
_LINK = re.compile(r'<a href="([^"]*)"(?: title="([^"]*)")?>(.*?)</a>', re.DOTALL)
"""A link, as Markdown writes one whose words, address and title stand in this order."""
_LABEL = re.compile(r"\]\s?\[([^\[\]]+)\]")
_PROGRAM = re.compile(r"language-([a-z0-9+-]+)")
"""The language that a fence names; anything not in lower case is probably a word of the text."""

_FOOTNOTE = "footnote"
"""In the classes of all that a note adds."""
_FOOTNOTE_MARKS = ("footnote-ref", "footnote-backref")
_LARGEST_NUMBER = 2**31 - 1
"""The highest number that browsers can count to."""
_MOST_LINES = 200
"""How many lines are searched for the first lost word."""


def find_lost_words(source: str, rendered: str, references: Mapping[str, tuple[str, str]]) -> tuple[list[str], int]:
    """Return the words of a Markdown body that are not in its HTML, and the line, from 1, of the first.

    Words that readers see count, and those in addresses, titles and descriptions of pictures. `references` are the
    link references that Markdown found: the label of one that is used may be missing. List items count with the
    numbers they will show: in `1.` and `7.` the 7 is lost, because the list continues with 2.
    """
    in_order = _LINK.sub(r"\3 \1 \2", rendered) if "<a " in rendered else rendered
    if _FOOTNOTE not in rendered and letters_of(in_order) == keep_letters(unescape(source)):
        return [], 0  # as in most texts, everything is there, in order
    rendered = drop_names(drop_places(rendered))
    shown = split_words(" ".join(_read_out(rendered)).casefold())
    written = split_words(unescape(source).casefold())
    if shown == written:
        return [], 0
    lost = Counter(written) - Counter(shown)
    if lost and references:
        lost -= _count_labels(source, rendered, references)
    if not lost:
        return [], 0
    return [word for word in dict.fromkeys(written) if word in lost], _find_place(source, shown, lost)


@lru_cache(maxsize=8)  # those of a text as it was read are wanted twice
def letters_of(markup: str) -> str:
    """Return the letters and figures that a reader sees: `<em>It’s</em> 5&nbsp;%` becomes `Its5`."""
    text = _NO_LETTERS.sub(" ", markup)
    return keep_letters(html.unescape(text) if "&" in text else text)


def unescape(text: str) -> str:
    """Turn character references into characters: `&amp;` becomes `&`; an unknown one such as `&bogus;` stays."""
    if "&" not in text:
        return text
    return _REFERENCE.sub(lambda m: html.unescape(m[0]) if _is_known(m["name"]) else m[0], text)


def _is_known(name: str | None) -> bool:
    return name is None or f"{name};" in html5


def _read_out(rendered: str) -> Iterator[str]:
    """Yield the text, list numbers, addresses and descriptions of rendered Markdown, in order."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(f"<div>{rendered}</div>".encode(), parser)
    numbers: list[int] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        silent = element.get("class") in _FOOTNOTE_MARKS
        if event == "start":
            if element.tag == "ol":
                numbers.append(_first_number(element))
            yield from _read_opening(element, numbers)
            if element.text and not silent:
                yield element.text
        else:
            if element.tag == "ol":
                numbers.pop()
            if not silent:
                yield from _read_closing(element)
            yield element.tail or ""


def _first_number(items: etree._Element) -> int:
    digits = items.get("start", "1")
    return int(digits) if len(digits) <= len(str(_LARGEST_NUMBER)) else _LARGEST_NUMBER + 1


def _read_opening(element: etree._Element, numbers: list[int]) -> Iterator[str]:
    """Yield what comes before the text of an element: its number, the label of a note, our own tags as written."""
    identity = element.get("id", "")
    if element.get("role") == ROLE:
        yield f"page {element.get('title', '')}"
    elif identity.startswith("fn"):
        yield identity.partition(":")[2]
    elif element.tag == "li" and element.getparent().tag == "ol":
        if numbers[-1] <= _LARGEST_NUMBER:
            yield str(numbers[-1])
        numbers[-1] += 1
    elif element.tag in INLINE_TAGS:
        yield " ".join([element.tag, *(f"{name} {value}" for name, value in element.items())])
    elif element.tag == "code":
        yield " ".join(_PROGRAM.findall(element.get("class", "")))


def _read_closing(element: etree._Element) -> Iterator[str]:
    if element.tag in (*INLINE_TAGS, "br") and element.get("role") != ROLE and not element.get("id"):
        yield element.tag
    elif element.tag in ("a", "img"):
        yield from (element.get(name, "") for name in ("alt", "href", "src", "title"))


def _count_labels(source: str, rendered: str, references: Mapping[str, tuple[str, str]]) -> Counter[str]:
    """Count the words in labels of link references, which Markdown removes: `[text][label]` and `[label]: …`."""
    uses = Counter(" ".join(label.lower().split()) for label in _LABEL.findall(source))
    addresses = set(re.findall(r'(?:href|src)="([^"]*)"', rendered))
    counted: Counter[str] = Counter()
    for label, (url, _) in references.items():
        if html.escape(html.unescape(url)) in addresses or html.escape(url) in addresses:
            for word in split_words(label.casefold()):
                counted[word] += 1 + uses[label]
    return counted


def _find_place(source: str, shown: list[str], lost: Mapping[str, int]) -> int:
    """Find the first line with a lost word that is not shown as written, or else the first line with such a word."""
    read = f" {' '.join(shown)} "
    lines = ((n, split_words(unescape(line).casefold())) for n, line in enumerate(source.split("\n"), start=1))
    suspects = [(n, words) for n, words in lines if not lost.keys().isdisjoint(words)]
    changed = (n for n, words in islice(suspects, _MOST_LINES) if f" {' '.join(words)} " not in read)
    return next(changed, suspects[0][0] if suspects else 1)
