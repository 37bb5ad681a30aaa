"""What a digital library wrote around a text: the header and the licence of Project Gutenberg."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from press.editor.importing.data_model import Confidence, Line, Note, Removal

_START = re.compile(r"\*+\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_OLD_START = re.compile(r"\*+\s*END\W*THE SMALL PRINT", re.IGNORECASE)
_END = re.compile(
    r"\*+\s*END OF (?:THE|THIS) PROJECT GUTENBERG|(?:End|Ende|Fin|Fine|Einde|Fim)\b.{0,60}Proje[ck]t Gutenberg",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:\[?transcribed|produced|entered|e-?text (?:prepared|produced)|\[?this (?:e-?text|ebook|file) (?:was|is) )"
    r".{0,40}\b(?:by|from)\b|(?:the )?project gutenberg",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(Title|Author|Translator):\s+(\S.*)")
_LONGEST_START = 4
"""Lines over which the line that begins the text may run."""


def drop_wrapper(lines: Sequence[Line]) -> tuple[list[Line], list[Removal], list[Note]]:
    """Take out what comes before and after the text, where the lines that say so are found.

    Returns the lines without it, a removal for each of the two parts, and what the header said of the text.
    """
    start, end = _find_start(lines), _find_end(lines)
    if start >= end or _divides_line(lines, start) or _divides_line(lines, end):
        return list(lines), [], []
    parts = [lines[:start], lines[end:]]
    removals = [_remove(part) for part in parts if any(line.text for line in part)]
    return list(lines[start:end]), removals, list(_note_header(lines[:start]))


def _divides_line(lines: Sequence[Line], at: int) -> bool:
    """Return whether a form feed alone parts the lines before and after an index: they have the same number."""
    return 0 < at < len(lines) and lines[at - 1].number == lines[at].number


def _find_start(lines: Sequence[Line]) -> int:
    """Return the index of the first line after the header; 0 if there is none."""
    for pattern in (_START, _OLD_START):
        for at, line in enumerate(lines):
            if pattern.match(line.text):
                return _skip_credits(lines, _end_start_line(lines, at))
    return 0


def _end_start_line(lines: Sequence[Line], at: int) -> int:
    """Return the index after a line that begins the text; a long title may run on to further lines."""
    for last in range(at, min(at + _LONGEST_START, len(lines))):
        if not lines[last].text:
            break
        if lines[last].text.endswith("*"):
            return last + 1
    return at + 1


def _skip_credits(lines: Sequence[Line], at: int) -> int:
    """Pass over the paragraphs that say who transcribed the text."""
    first = _skip_blank(lines, at)
    while first < len(lines) and _CREDIT.match(lines[first].text):
        at = _skip_paragraph(lines, first)
        if lines[at - 1].text.endswith(":"):
            at = _skip_paragraph(lines, _skip_blank(lines, at))
        first = _skip_blank(lines, at)
    return at


def _skip_paragraph(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and lines[at].text:
        at += 1
    return at


def _skip_blank(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and not lines[at].text:
        at += 1
    return at


def _find_end(lines: Sequence[Line]) -> int:
    """Return the index of the first line of the licence; the number of lines if there is none."""
    return next((at for at, line in enumerate(lines) if _END.match(line.text)), len(lines))


def _remove(part: Sequence[Line]) -> Removal:
    words = " ".join(line.text for line in part if line.text)
    return Removal(part[0].number, words, "wrapper", part[-1].number)


def _note_header(header: Sequence[Line]) -> Iterator[Note]:
    """Tell what the header says of the text: its title and its author may be better than what is read from it."""
    found = [(line, match) for line in header if (match := _NAMED.match(line.text))]
    if found:
        said = "; ".join(match[0] for _, match in found)
        yield Note("title", f"the header that was left out says “{said}”", Confidence.REVIEW, found[0][0].number)
