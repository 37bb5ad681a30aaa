"""The account of a document: its words, as a second reader counts them, against those of the finished leaflet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lxml import html as lxml_html

from press.editor.importing.office.prepared import split_passage

_MOST = 6
"""Words named of a difference."""
_BLOCKS = frozenset(
    "p div li dt dd td th tr h1 h2 h3 h4 h5 h6 blockquote pre figure figcaption br hr ol ul dl".split()
)


def shown_words(html: str) -> str:
    """Return what a rendered leaflet shows, the notes too, but neither the numbers of notes nor the way back."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    return "".join(_letters(root))


def _letters(element: lxml_html.HtmlElement) -> Iterator[str]:
    is_block = element.tag in _BLOCKS
    yield " " if is_block else ""
    if not _is_of_notes(element):
        yield element.text or ""
        for child in element:
            yield from _letters(child)
            yield child.tail or ""
    yield " " if is_block else ""


def _is_of_notes(element: lxml_html.HtmlElement) -> bool:
    """Recognise the number of a note, and the link from a note back to it."""
    if element.tag == "sup":
        return re.match(r"fnref\d*:", element.get("id", "")) is not None
    return bool(element.tag == "a") and bool(element.get("class") == "footnote-backref")


def compare_words(wanted: Counter[str], shown: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words that are missing, and those that were added."""
    there = Counter(shown)
    return sorted((wanted - there).elements()), sorted((there - wanted).elements())


def count_wanted(words: str, removed: Iterable[str], added: Iterable[str]) -> tuple[Counter[str], list[str]]:
    """Return how often each word should be shown; and the words that were removed without being there."""
    wanted = Counter(split_passage(words))
    wrong = []
    for word in split_passage(" ".join(removed)):
        if wanted[word] > 0:
            wanted[word] -= 1
        else:
            wrong.append(word)
    wanted.update(split_passage(" ".join(added)))
    return +wanted, wrong


def differ_in_spaces(missing: Sequence[str], more: Sequence[str]) -> bool:
    """Return whether two lists of words have the same letters: `foo`, `bar` and `foobar`."""
    return Counter("".join(missing)) == Counter("".join(more))


def name_words(words: Sequence[str], source: Sequence[str]) -> str:
    """Return words for a message in the order of the source, as passages."""
    left = Counter(words)
    ordered = [word for word in source if left[word] > 0 and not left.subtract([word])]
    ordered += [word for word in words if word not in ordered]
    more = f" and {len(ordered) - _MOST} more" if len(ordered) > _MOST else ""
    return f"“{' '.join(ordered[:_MOST])}”{more}"
