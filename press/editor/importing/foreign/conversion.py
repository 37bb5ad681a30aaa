"""Foreign Markdown while it is converted, with an account of the markup that was taken out and written."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.plain.lines import make_printable, shorten

# Noncharacters, which no text may have: a protected passage is its number between the first two.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_DIGITS = [chr(code) for code in range(0xFDD2, 0xFDDC)]
LINE_END = "\ufddf"
"""Stands for a line end of a passage that was taken out, until the conversion ends."""
HOLE = "\ufddc"
"""Stands where a comment or template code was, so that no two spaces are left around it."""
NEW_LINE = "\ufdde\n"
"""A line end that the conversion added."""

_PROTECTED = re.compile(f"{_OPEN}([{_DIGITS[0]}-{_DIGITS[-1]}]+){_CLOSE}{LINE_END}*")
_SOURCE_LINE_END = re.compile(f"(?<!{NEW_LINE[0]})\n|{LINE_END}")
FORBIDDEN = re.compile("[\ufdd0-\ufddf]")


class TakenMarkup(NamedTuple):
    """Markup of the source that the text has no longer, with the words in it."""

    kind: str
    """As the report calls it: `comment`, `<i>`, `shortcode`."""
    text: str


@dataclass(slots=True)
class Conversion:
    """A text in conversion. What is taken out and what is written is recorded: the proof compares both."""

    text: str
    taken: list[TakenMarkup] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """Markup that the conversion wrote: tags, names of notes, numbers."""
    notes: list[Note] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    """Paragraphs for the end of the text: notes."""
    moved: bool = False
    """Whether words stand in another order: notes at the end, the caption of a table before it."""
    _protected: list[str] = field(default_factory=list)
    _counted: str = ""
    """The text whose line ends are in `_line_ends`."""
    _line_ends: list[int] = field(default_factory=list)

    def protect(self, passage: str) -> str:
        """Return a sign that stands for a passage no rule may change: code, an escaped mark."""
        self._protected.append(passage)
        number = "".join(_DIGITS[int(digit)] for digit in str(len(self._protected) - 1))
        return f"{_OPEN}{number}{_CLOSE}" + LINE_END * passage.count("\n")

    def restore(self, text: str) -> str:
        """Return a text with all protected passages in it."""
        while _PROTECTED.search(text):
            text = _PROTECTED.sub(lambda match: self._protected[self._number(match[1])], text)
        return text

    @staticmethod
    def _number(signs: str) -> int:
        return int("".join(str(_DIGITS.index(sign)) for sign in signs))

    def take(self, kind: str, text: str) -> str:
        """Record markup that is taken out; returns its line ends, so that lines can still be counted."""
        plain = self.restore(text).replace(LINE_END, "\n")
        self.taken.append(TakenMarkup(kind, plain))
        return LINE_END * plain.count("\n")

    def write(self, markup: str) -> str:
        """Record markup with letters or figures that is written; returns it."""
        self.written.append(self.restore(markup))
        return markup

    def exchange(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> None:
        """Replace every match of a pattern."""
        self.text = pattern.sub(change, self.text)

    def line_of(self, position: int) -> int:
        """Return the index of the line of the source, from 0, at a position of the text."""
        if self._counted is not self.text:
            self._counted = self.text
            self._line_ends = [end.start() for end in _SOURCE_LINE_END.finditer(self.text)]
        return bisect_left(self._line_ends, position)

    def note(self, message: str, at: int = -1, confidence: Confidence = Confidence.REVIEW) -> None:
        """Note something for the report; `at` is the index of a line, -1 for the whole text."""
        self.notes.append(Note("markup", message, confidence, at + 1))

    def finish(self) -> str:
        """Return the converted text, with what was set aside for its end; unchanged if nothing was converted."""
        body = self.text.replace(LINE_END, "").replace(NEW_LINE, "\n").replace("\ufdde", "")
        body = re.sub(f"(?<=[ \t]){HOLE}+[ \t]*|{HOLE}", "", body)
        if self.taken or self.written:
            body = re.sub(r"[ \t]+\n(?=\n)", "\n", re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", body)).strip("\n")
        body = "\n\n".join([body, *self.ends]) if self.ends else body
        return self.restore(body).replace(LINE_END, "").replace(NEW_LINE, "\n").replace(HOLE, "")


def show(text: str) -> str:
    """Return markup on one line for a message, cut if it is long."""
    return shorten(make_printable(" ".join(text.split())), 200)
