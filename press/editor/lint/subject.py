"""A text as the style rules see it: its metadata, and its words with the markup masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from press.model.entry import Entry
from press.model.header import Field

MASK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Replaces each character that is not text: code, the target of a link, a tag."""

# Fenced code, a code span, the target of a link, a definition of a link, a tag or an address in angle brackets, a
# reference, the escaped mark of a page, the backslash of an escape.
_NO_TEXT = re.compile(
    r"""^(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^(?P=fence)[^\n]*$|\Z)
    | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)
    | (?<=\])\([^()\n]*\) | ^[ ]{0,3}\[[^\]\n]+\]:[^\n]*$
    | <[^<>\n]*> | &\#?\w+; | \\\{page[^{}\n]*\} | \\(?=[^\w\s])""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """One text. `words` is its body, masked character for character, so that offsets stay the same."""

    entry: Entry
    words: str
    lines: Mapping[str, int]
    """Where the values of the header stand (`locate_values`)."""
    fields: Mapping[str, Field] = field(default_factory=dict)
    """The header as it was typed, by lower-case key."""

    @property
    def language(self) -> str:
        """The language without its region: `en` for `en-GB`."""
        return self.entry.lang.partition("-")[0]

    def line_at(self, place: int) -> int:
        """Return the line of the source for an offset in the body."""
        return self.entry.body_line + self.words.count("\n", 0, place)


@dataclass(frozen=True, slots=True)
class StyleFinding:
    """One finding of a rule: the line of the source, and what is wrong there."""

    line: int
    message: str


def mask_markup(body: str) -> str:
    """Mask everything that is not text, except newlines; the result is as long as the body."""
    return _NO_TEXT.sub(lambda match: re.sub(r"[^\n]", MASK, match[0]), body)


def show_words(words: str, start: int, end: int, around: int = 16) -> str:
    """Return the words around a place, for a message."""
    left, right = words[max(0, start - around) : start], words[end : end + around]
    left = left if start <= around else left.partition(" ")[2]
    right = right if end + around >= len(words) else right.rpartition(" ")[0]
    return " ".join(f"{left}{words[start:end]}{right}".replace(MASK, "").split())


def find_all(pattern: re.Pattern[str], subject: Subject) -> Iterator[tuple[re.Match[str], int]]:
    """Yield each match of a pattern in the words of a text, with its line."""
    for match in pattern.finditer(subject.words):
        yield match, subject.line_at(match.start())
