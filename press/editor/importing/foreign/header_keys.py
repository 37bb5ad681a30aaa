"""The keys of headers: what other programs call ours, which are a program's own, and which lines are no header."""

from __future__ import annotations

from collections.abc import Sequence

from press.editor.importing.plain.lines import ends_sentence
from press.model.dates import parse_date
from press.model.header import KEYS
from press.model.languages import canonical_tag

OUR_NAMES = {
    "abstract": "summary",
    "categories": "category",
    "copyright": "rights",
    "creator": "author",
    "description": "summary",
    "excerpt": "summary",
    "filetags": "tags",
    "issued": "date",
    "keywords": "tags",
    "language": "lang",
    "license": "rights",
    "licence": "rights",
    "location": "place",
    "modified": "",
    "published": "date",
    "translators": "translator",
}
"""The names other programs use for the keys of this archive; an empty one is a key to pass over."""

ONLY_OURS = frozenset({"accept", "corrections", "imported", "redirect-from", "translation-of"})
"""Keys that no other program writes in this form: a header that has one is that of this archive."""

PROGRAM_KEYS = frozenset(
    """
    added aliases author_profile banner bibliography breadcrumbs build cascade class classes code-fold
    collection comments created csl css cssclass date_created date_modified disqus documentclass draft execute
    expirydate featured feed fontsize format geometry guid header-includes hidden id ids identifier image images
    isbn js katex last_modified last_modified_at lastmod layout link-citations linkcolor links mainfont mathjax
    math menu modified nav nav_order noindex number-sections options order output outputs pdf permalink pin
    pinned post_id previewimage published publishdate pubdate redirect_from redirect_to robots search share
    sidebar sitemap slug sort startup status tag template theme thumbnail toc toc_label toc_sticky type uid
    updated url uuid version visible weight wordpress_id
    """.split()
)
"""Keys that tell another program what to do: their values are no words of a pamphlet."""

FOR_READERS = frozenset(
    """
    dedication edition epigraph foreword motto original_title original-title pages printer publisher speaker subtitle
    volume journal issue
    """.split()
)
"""Keys that this archive lacks whose values are for its readers; those of any other such key are for the archive."""

_PLAIN_VALUES = frozenset({"author", "authors", "category", "date", "lang", "series", "slug", "status", "tags"})
"""Keys whose values are names, dates and tags, never sentences."""

_LONGEST_NAME = 80


def are_header_lines(rows: Sequence[tuple[str, str]], *, fenced: bool) -> bool:
    """Tell `Key: value` lines of a header from words with a colon: a play, a letter, a notice, a call.

    `rows` are the keys in small letters with their values. A header has a title that is named so; without one, all of
    its keys are known, one of them by its value too. A `fenced` one ends at a rule, where a heading could be as well.
    """
    names = [name for name, _ in rows]
    ours = [OUR_NAMES.get(name, name) for name in names]
    if "title" in names or ONLY_OURS & set(names):
        return True
    if fenced:
        return sum(name in KEYS for name in ours) > 1
    if not all(name in KEYS or name in PROGRAM_KEYS for name in ours):
        return False
    plain = [(name, value) for name, (_, value) in zip(ours, rows, strict=True) if name in _PLAIN_VALUES]
    return bool(plain) and all(_is_plain_value(name, value) for name, value in plain)


def _is_plain_value(name: str, value: str) -> bool:
    if name == "date":
        return any(character.isdigit() for character in value) and not ends_sentence(_without_stop(value))
    if name == "lang":
        return canonical_tag(value) != ""
    return len(value) <= _LONGEST_NAME and not (ends_sentence(value) and len(value.split()) > 3)


def _without_stop(date: str) -> str:
    """Return a date without the stop of an abbreviation; a question mark is part of `1974?`."""
    return date.rstrip("?.")


def is_known_date(date: str) -> bool:
    """Return whether a date is written as the headers of this archive have it."""
    try:
        parse_date(date)
    except ValueError:
        return False
    return True
