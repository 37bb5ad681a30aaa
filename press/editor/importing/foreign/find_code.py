"""Where code, comments, escaped marks and addresses in angle brackets are in a text, in time that grows with it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

_OPENING = re.compile(
    r"""(?P<fence> ^[ \t>]*(?:`{3,}(?=[^`\n]*\n)|~{3,}) )
    | (?P<comment> [ ]?(?:<!--|<\?) ) | (?P<declaration> <![A-Z\[][^<>]*> )
    | (?P<code> `+ )
    | (?P<escape> \\[^\w\s] ) | (?P<line_break> (?<=\S)\\(?=\n(?![ \t>]*\n)) )
    | (?P<address> <(?:[a-z][a-z0-9+.-]*:[^\s<>]+|[^\s<>@]+@[^\s<>@]+)> )
    """,
    re.VERBOSE | re.MULTILINE,
)
_CLOSING_FENCE = re.compile(r"^[ \t>]*(?P<ticks>`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_TICKS = re.compile("`+")
_GAP = re.compile(r"\n[ \t>]*\n")
_ENDS = {"<!--": "-->", "<?": "?>"}


class SetApart(NamedTuple):
    """A passage that is no prose."""

    kind: str
    """`fence`, `comment`, `declaration`, `code`, `escape`, `line_break` or `address`."""
    start: int
    end: int


def find_set_apart(text: str) -> Iterator[SetApart]:
    """Yield passages from the beginning of a text on; what has no end is none, nor is code across a blank line."""
    fences = _Fences(text)
    runs: dict[int, list[int]] = defaultdict(list)
    for run in _TICKS.finditer(text):
        runs[len(run[0])].append(run.start())
    gaps = [gap.start() for gap in _GAP.finditer(text)]
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        kind = str(opening.lastgroup)
        end = opening.end()
        if kind == "fence":
            end = fences.find_end(opening)
        elif kind == "comment":
            end = _find_comment_end(text, opening)
        elif kind == "code":
            width = len(opening[0])
            after = bisect_right(runs[width], opening.start())
            gap = bisect_right(gaps, opening.start())
            end = runs[width][after] + width if after < len(runs[width]) else -1
            end = -1 if gap < len(gaps) and gaps[gap] < end else end
        if end >= 0:
            yield SetApart(kind, opening.start(), end)
        at = end if end >= 0 else opening.end()


def _find_comment_end(text: str, opening: re.Match[str]) -> int:
    """Return where a comment ends; -1 if it does not before the next one begins."""
    mark = opening[0].strip()
    following = text.find(mark, opening.end())
    end = text.find(_ENDS[mark], opening.end(), following if following >= 0 else len(text))
    return end + len(_ENDS[mark]) if end >= 0 else -1


class _Fences:
    """The lines that can end a block of code; of those without an end the shortest is remembered."""

    def __init__(self, text: str) -> None:
        self.closing = list(_CLOSING_FENCE.finditer(text))
        self.starts = [fence.start() for fence in self.closing]
        self.endless: dict[str, int] = {}

    def find_end(self, opening: re.Match[str]) -> int:
        """Return where the block ends that a fence opens; -1 if it does not."""
        ticks = opening[0].lstrip(" \t>")
        width = len(ticks) - len(ticks.lstrip(ticks[0]))
        if width >= self.endless.get(ticks[0], width + 1):
            return -1
        for fence in self.closing[bisect_right(self.starts, opening.end()) :]:
            if fence["ticks"].startswith(ticks[0] * width):
                return fence.end()
        self.endless[ticks[0]] = width
        return -1
