"""The proof that no word of a header is lost: its lines as they stand, compared with the fields read from them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.foreign.header_forms import ForeignField
from press.editor.importing.plain.lines import make_printable
from press.model.slugs import split_words

_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([abefnrtv0_NLP]))")
_COMMENT = re.compile(r"(?:^|\s)#(?!\+)(.*)$")
_MACHINE = re.compile(r"(?:^|[\s\[,])[&*!]+[\w:.,/-]+|[|>][+-]?\d")
"""Anchors, aliases, types and the width of an indent: YAML has no other words than those of keys and values."""


def find_lost_header_words(
    rows: Sequence[str], first: int, fields: Sequence[ForeignField]
) -> tuple[list[Note], tuple[int, str] | None]:
    """Compare the lines of a header, which begins on line `first` of its source, with the fields read from them.

    Returns a note on each comment, and the line and words of what was lost otherwise.
    """
    read = Counter(
        word for item in fields for word in split_words(" ".join([item.name, *list_texts(item.value)]).casefold())
    )
    notes: list[Note] = []
    lost = _count_words(rows) - read
    lost = lost and _count_words([_unescape(row) for row in rows]) - read
    for number, row in enumerate(rows, start=first):
        comment = _COMMENT.search(row)
        words = Counter(split_words(comment[1].casefold())) if comment else Counter()
        if comment and words and words <= lost:
            message = f"the comment “{make_printable(comment[1].strip())}” in the header was left out"
            notes.append(Note("header", message, Confidence.REVIEW, number))
            lost -= words
    for number, row in enumerate(rows, start=first):
        words = Counter(_words_of(row)) & lost
        if not all(any(map(str.isdigit, word)) for word in words):
            return notes, (number, make_printable(row.strip()[:60]))
    return notes, None


def _count_words(rows: Sequence[str]) -> Counter[str]:
    return Counter(word for row in rows for word in _words_of(row))


def _words_of(row: str) -> list[str]:
    return split_words(_MACHINE.sub(" ", row).casefold())


def _unescape(row: str) -> str:
    """Replace the escapes of YAML, TOML and JSON by their characters; those without letters by a space."""
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2] or m[3], 16)) if not m[4] else " ", row)


def list_texts(value: Any) -> Iterator[str]:
    """Yield every text in a value of YAML, TOML or JSON, each list and map once: aliases can multiply them."""
    seen: set[int] = set()
    waiting: list[Any] = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping | list | tuple):
            if id(part) not in seen:
                seen.add(id(part))
                waiting += [*part.keys(), *part.values()] if isinstance(part, Mapping) else list(part)
        else:
            yield str(part).lower() if isinstance(part, bool) else str(part)
