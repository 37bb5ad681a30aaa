"""What a page of a PDF or a scan has: runs of letters in one style, lines with their places."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from press.editor.importing.data_model import Note

DIVIDED = "\N{HYPHEN-MINUS}"
"""What a hyphen at the end of a line is written as, whatever the PDF has for it."""


_LARGE_IN_SCANS = 1.4
"""Times the size of most lines from which a line of a scan is in larger letters."""


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How letters are set."""

    size: float
    """In points, as it is seen."""
    italic: bool = False
    bold: bool = False
    raised: bool = False
    """Small and above the line: a note mark, or the `o` of `Nº`."""


@dataclass(frozen=True, slots=True)
class PdfRun:
    """Letters in one style, one after the other."""

    text: str
    style: RunStyle


@dataclass(slots=True)
class PageLine:
    """A line, or a piece of one, with its place in points from the top left corner of the page."""

    runs: list[PdfRun]
    x0: float
    x1: float
    base: float
    """Of the letters, downwards."""
    size: float
    """Of most of its letters."""
    page: int = 0
    """From 1."""
    column: int = 0
    """Within the page, from 0, in reading order."""
    left: float = 0.0
    """Of its column."""
    right: float = 0.0
    """Of its column."""
    cells: int = 1
    """How many pieces with wide gaps between them it is made of."""
    room_below: float = 0.0
    """Of its page, below the last line of the text: 0 to 1, of the height."""
    first_word: float = 0.0
    """The width of its first word."""

    @property
    def text(self) -> str:
        """All its letters."""
        return "".join(run.text for run in self.runs)

    @property
    def top(self) -> float:
        """Where its letters begin, downwards."""
        return self.base - 0.8 * self.size

    @property
    def width(self) -> float:
        """Of the line, in points."""
        return self.x1 - self.x0


@dataclass(slots=True)
class PdfPage:
    """A page: its lines, and what was noticed while reading it."""

    number: int
    """From 1."""
    width: float
    height: float
    lines: list[PageLine] = field(default_factory=list)
    text: str = ""
    """All its words, as the PDF library gives them for the whole page."""
    label: str = ""
    """The number that the document itself gives the page, or that is printed on it."""
    hidden: int = 0
    """Letters that are not drawn: the text layer of a scan."""
    letters: int = 0
    unknown: int = 0
    """Letters that the PDF does not say the meaning of."""
    vertical: int = 0
    """Letters below one another."""
    pictures: int = 0
    off: list[str] = field(default_factory=list)
    """Lines beyond the edge of the page, which nobody sees."""
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageChange:
    """What the import takes out of a page, or makes of its words: `before` became `after`."""

    page: int
    kind: str
    """`running head`, `page number`, `off the page`, `division`, `hyphen` or `note mark`."""
    before: tuple[str, ...]
    after: tuple[str, ...] = ()


def even_out_sizes(page: PdfPage) -> None:
    """Give the lines of a page read by OCR one size, in place, but for those in clearly larger letters.

    Their heights are measured, and depend on which letters a line has.
    """
    sizes = [line.size for line in page.lines if line.text.count(" ") > 2]
    usual = statistics.median(sizes) if sizes else 0.0
    for line in page.lines:
        if usual and line.size <= _LARGE_IN_SCANS * usual:
            line.size = usual
            line.runs = merge_runs(replace(run, style=replace(run.style, size=usual)) for run in line.runs)


def find_changes(page: int, kind: str, before: str, after: str) -> list[PageChange]:
    """Return the change from one text to another by the words that they do not share; none if they have the same."""
    was, is_ = Counter(before.split()), Counter(after.split())
    if was == is_:
        return []
    return [PageChange(page, kind, tuple((was - is_).elements()), tuple((is_ - was).elements()))]


def cut_line(line: PageLine, start: int) -> PageLine:
    """Return a line without its first `start` letters."""
    kept: list[PdfRun] = []
    for run in line.runs:
        kept.append(replace(run, text=run.text[start:]))
        start = max(0, start - len(run.text))
    return replace(line, runs=[run for run in kept if run.text])


def merge_runs(runs: Iterable[PdfRun]) -> list[PdfRun]:
    """Join neighbours in one style."""
    merged: list[PdfRun] = []
    for run in runs:
        if merged and merged[-1].style == run.style:
            merged[-1] = PdfRun(merged[-1].text + run.text, run.style)
        elif run.text:
            merged.append(run)
    return merged
