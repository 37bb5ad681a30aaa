"""Emphasis in plain text: `_words_` and `*words*`, as typists and Project Gutenberg write italics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from press.editor.importing.data_model import Confidence, Note, Paragraph
from press.editor.importing.plain.lines import shorten

_BEFORE = r"(?<![^\s(\[{<\"'“‘«‹„‚—–/¿¡-])"
_AFTER = r"(?![^\s\[)\]}>.,;:!?…\"'”’»›“—–/-])"
_SPANS = (
    re.compile(rf"{_BEFORE}(?P<mark>_)(?=[^\s_])(?P<words>[^_]{{0,600}}?)(?<=[^\s_])_{_AFTER}"),
    re.compile(rf"{_BEFORE}(?P<mark>\*\*)(?=[^\s*])(?P<words>[^*]{{0,600}}?)(?<=[^\s*])\*\*{_AFTER}"),
    re.compile(rf"{_BEFORE}(?P<mark>\*)(?=[^\s*)])(?P<words>[^*]{{0,300}}?)(?<=[^\s*(])\*{_AFTER}"),
)
_OTHER = (
    ("bold", re.compile(rf"{_BEFORE}=(?=[^\s=])[^=\n]{{1,100}}(?<=[^\s=])={_AFTER}")),
    ("italics", re.compile(rf"{_BEFORE}(?<!/)/(?=[^\W\d_])[^/\n]{{1,60}}(?<=[^\s/])/(?!/){_AFTER}")),
)
_SINGLE = re.compile(r"(?<![\w_])_(?=[^\W_])|(?<=[^\W_])_(?![\w_])")


class EmphasisSpan(NamedTuple):
    """Emphasis within one line of a paragraph; `start` and `end` include its marks."""

    paragraph: int
    line: int
    start: int
    end: int
    mark: str
    """`_`, `*` or `**`."""
    text: str
    source_line: int


def find_emphasis(paragraphs: Sequence[Paragraph]) -> list[EmphasisSpan]:
    """Find pairs of marks around whole words, each within one line of a paragraph."""
    found = []
    for at, paragraph in enumerate(paragraphs):
        for number, line in enumerate(paragraph.lines):
            taken: list[tuple[int, int]] = []
            for match in (match for pattern in _SPANS for match in pattern.finditer(line)):
                apart = all(match.end() <= start or match.start() >= end for start, end in taken)
                if apart and any(map(str.isalpha, match["words"])):
                    taken.append(match.span())
                    span = (at, number, *match.span(), match["mark"], match["words"], paragraph.first)
                    found.append(EmphasisSpan(*span))
    return sorted(found)


def note_emphasis(paragraphs: Sequence[Paragraph], spans: Sequence[EmphasisSpan]) -> Iterator[Note]:
    """Yield notes on marks that may be emphasis and were left as typed: without a partner, or of another kind."""
    places = {(span.paragraph, span.line): [] for span in spans}  # type: dict[tuple[int, int], list[EmphasisSpan]]
    for span in spans:
        places[span.paragraph, span.line].append(span)
    for kind, pattern in (("", _SINGLE), *_OTHER):
        found = [
            (match, paragraph)
            for at, paragraph in enumerate(paragraphs)
            for number, line in enumerate(paragraph.lines)
            for match in pattern.finditer(line)
            if all(match.end() <= s.start or match.start() >= s.end for s in places.get((at, number), []))
        ]
        if found:
            match, paragraph = found[0]
            shown = shorten(match[0], 40) if kind else _around(match)
            what = f"may be {kind}" if kind else "has a mark of emphasis without its partner"
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            yield Note("marks", f"“{shown}” {what}{more}; left as typed", Confidence.REVIEW, paragraph.first)


def _around(match: re.Match[str]) -> str:
    text = match.string
    return text[text.rfind(" ", 0, match.start()) + 1 : (text.find(" ", match.end()) + 1 or len(text) + 1) - 1]
