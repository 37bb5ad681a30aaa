"""Nothing is lost: the words of a source are on its page, and typesetting changes no letter."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable

from lxml import html as lxml_html

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^>]*>")
"""Enough for what Markdown and typogrify write: they leave no bare > in an attribute."""


def find_lost_words(source: str, rendered: str, labels: Iterable[str] = ()) -> list[str]:
    """Give the words of a Markdown body that are not in the HTML made of it, in the order of the source.

    Words in attributes count as there: an address, a label of a footnote. `labels` are names of link references that
    are used, which Markdown takes out. Numbers of list items count as they will be shown: in `1.` and `7.` the 7 is
    lost, since the list counts on by itself.
    """
    lost = _count_words(source) - _count_words(rendered)
    if lost:
        lost -= _count_words(" ".join(label for label in labels for _ in "12"))
        lost -= _count_item_numbers(rendered)
    return [word for word in dict.fromkeys(_WORD.findall(html.unescape(source))) if word.casefold() in lost]


def letters_of(markup: str) -> str:
    """Give the letters and figures that a reader sees: `<em>It’s</em> 5&nbsp;%` becomes `Its5`."""
    return "".join(_WORD.findall(html.unescape(_TAG.sub("", markup))))


def _count_words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(html.unescape(text).casefold()))


def _count_item_numbers(rendered: str) -> Counter[str]:
    numbers: Counter[str] = Counter()
    for items in lxml_html.fragment_fromstring(rendered, create_parent="div").iter("ol"):
        start = int(items.get("start", "1"))
        numbers.update(str(start + place) for place in range(len(items.findall("li"))))
    return numbers
