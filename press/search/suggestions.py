"""The words of the archive that a slip of the pen may have been meant for: “Did you mean harbour?”."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

MOST_BYTES = 20_000
"""Fetched only when a search has found next to nothing; the most frequent words are kept."""

_WORD = re.compile(r"[^\W\d_]{4,24}")
"""Shorter words are like too many others; longer ones are not words, or not separated."""


def list_words(names: Iterable[str]) -> str:
    """Return the words of titles and names, one in a line, in small letters, the most frequent first.

    Words that are equally frequent are in alphabetical order, so the same names give the same bytes.
    """
    counted = Counter(word for name in names for word in _WORD.findall(name.lower()))
    lines, size = list[str](), 0
    for word, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        size += len(word.encode()) + 1
        if size > MOST_BYTES:
            break
        lines.append(f"{word}\n")
    return "".join(lines)
