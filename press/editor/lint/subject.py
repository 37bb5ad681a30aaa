"""A text as the linter sees it: its metadata, and its words without what Markdown reads as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from press.model.entry import Entry

MASK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for each character that is no text: code, the target of a link, a tag."""

# Fenced code, a code span, the target of a link, a definition of a link, a tag or an address in angle brackets, a
# reference, the backslash of an escape.
_NO_TEXT = re.compile(
    r"""^(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^(?P=fence)[^\n]*$|\Z)
    | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)
    | (?<=\])\([^()\n]*\) | ^[ ]{0,3}\[[^\]\n]+\]:[^\n]*$
    | <[^<>\n]*> | &\#?\w+; | \\(?=[^\w\s])""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """One text; `words` is its body, masked, so that places in it are places in the body."""

    entry: Entry
    words: str
    lines: Mapping[str, int]
    """The line of each key of the header."""

    @property
    def language(self) -> str:
        """The language without its region: `en` for `en-GB`."""
        return self.entry.lang.partition("-")[0]

    def line_at(self, place: int) -> int:
        """Give the line of the source on which a place of the body stands."""
        return self.entry.body_line + self.words.count("\n", 0, place)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule found: the line of the source, and what is wrong there."""

    line: int
    said: str


def mask_markup(body: str) -> str:
    """Put a mask over all that is no text, newlines aside: the result is as long as the body."""
    return _NO_TEXT.sub(lambda match: re.sub(r"[^\n]", MASK, match[0]), body)


def show_words(words: str, start: int, end: int, beside: int = 16) -> str:
    """Give the words about a place, for a message."""
    left, right = words[max(0, start - beside) : start], words[end : end + beside]
    left = left if start <= beside else left.partition(" ")[2]
    right = right if end + beside >= len(words) else right.rpartition(" ")[0]
    return " ".join(f"{left}{words[start:end]}{right}".replace(MASK, "").split())


def find_all(pattern: re.Pattern[str], subject: Subject) -> Iterator[tuple[re.Match[str], int]]:
    """Yield what a pattern finds in the words of a text, with the line of each."""
    for match in pattern.finditer(subject.words):
        yield match, subject.line_at(match.start())
