"""Notes at the foot of a page: small lines below the text that begin with a mark, and the marks in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.pdf.page_lines import PageChange, PageLine, PdfRun, cut_line, find_changes

_SMALLER = 0.95
"""Times the size of the text, below which a line at the foot may be a note."""
_FEW = 6
"""Small lines without a mark at the foot of a page, fewer of which are worth a question."""
_MARK = re.compile(r"\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁰⁴-⁹]{1,3}|\(\d{1,2}\)|[ivxl]{1,6}(?![a-z])")
_IN_LETTERS = re.compile(r"(?<=\S) ?(?:[¹²³⁰⁴-⁹]{1,3}|[*†‡§]{1,3}|\(\d{1,2}\))|^[¹²³⁰⁴-⁹]{1,3}")
_FIGURES_ABOVE = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_QUANTITY = re.compile(r"(?:^|[\W\d_])[^\W\d_]{1,2}$|\d$")
_FIGURES = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
TO_SUPERSCRIPTS = str.maketrans("1230456789", "¹²³⁰⁴⁵⁶⁷⁸⁹")
NOTE_MARK = "\ue0f1{}\ue0f2"
"""How the mark of a note is written in a line until its text is Markdown; no text has these characters."""
ANY_NOTE_MARK = re.compile("\ue0f1([0-9]+)\ue0f2")


@dataclass(slots=True)
class FootNote:
    """A note: its lines without its mark."""

    label: str
    lines: list[PageLine] = field(default_factory=list)


@dataclass(slots=True)
class TakenNotes:
    """The lines of the text, with note marks, and the notes."""

    lines: list[PageLine] = field(default_factory=list)
    notes: list[FootNote] = field(default_factory=list)
    changes: list[PageChange] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)


def take_notes(lines: Sequence[PageLine], size: float) -> TakenNotes:
    """Take the notes whose mark is in the text of their page, or of one before it where notes are at the end.

    `size` is that of most of the text, in points.
    """
    taker = _NoteTaker(size)
    for page, group in groupby(lines, key=lambda line: line.page):
        taker.take_page(list(group), page)
    return taker.taken


class _NoteTaker:
    """Takes the notes of page after page."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.taken = TakenNotes()
        self._waiting: dict[str, int] = {}
        """Marks without a note as yet, each with the place of its line in the text."""

    def take_page(self, lines: list[PageLine], page: int) -> None:
        """Take the notes of one page; they stay where they are if one of them has no mark in the text."""
        zones = [_find_zone(list(column), self.size) for _, column in groupby(lines, key=lambda line: line.column)]
        zone = [line for part in zones for line in part]
        in_zone = set(map(id, zone))
        text = [line for line in lines if id(line) not in in_zone]
        found = list(_split_notes(zone))
        marks = {mark for line in text for mark in _find_marks(line)}
        missing = {mark for mark, _ in found if mark} - marks
        notes = self.taken.notes
        goes_on = bool(found) and not found[0][0] and bool(notes) and notes[-1].lines[-1].page == page - 1
        if zone and (missing - set(self._waiting) or (not found[0][0] and not goes_on)):
            self._leave(zone, missing, page)
            found, text = [], lines
        labels = self._enter(found)
        self._set_waiting({mark: labels.pop(mark) for mark in missing & set(labels)})
        marked = [_set_marks(line, labels) for line in text]
        for at, line in enumerate(marked, start=len(self.taken.lines)):
            self._waiting.update(dict.fromkeys(set(_find_marks(line)) - set(self._waiting), at))
        self.taken.lines += marked
        rest = [line for _, own in found for line in own]
        self._record(page, [*text, *(zone if found else [])], [*marked, *rest])

    def _leave(self, zone: Sequence[PageLine], missing: set[str], page: int) -> None:
        message = f"page {page} has small lines at its foot: “{zone[0].text[:40]}”. They were left in the text"
        if missing:
            message += f"; {', '.join(sorted(missing))} is not marked in it"
        self.taken.doubts.append(Note("notes", message, Confidence.REVIEW))

    def _enter(self, found: Sequence[tuple[str, list[PageLine]]]) -> dict[str, str]:
        """Add notes, and return the label of each by its mark."""
        labels = {}
        for mark, own in found:
            if mark:
                labels[mark] = str(len(self.taken.notes) + 1)
                self.taken.notes.append(FootNote(labels[mark], own))
            else:
                self.taken.notes[-1].lines += own
        return labels

    def _set_waiting(self, labels: dict[str, str]) -> None:
        """Set the marks of notes that come pages after them."""
        for mark, label in labels.items():
            at = self._waiting.pop(mark)
            old = self.taken.lines[at]
            self.taken.lines[at] = _set_marks(old, {mark: label})
            self._record(old.page, [old], [self.taken.lines[at]])

    def _record(self, page: int, before: Sequence[PageLine], after: Sequence[PageLine]) -> None:
        for old, new in zip(before, after, strict=True):
            shown = (ANY_NOTE_MARK.sub("", line.text) for line in (old, new))
            self.taken.changes += find_changes(page, "note mark", *shown)


def _find_zone(column: Sequence[PageLine], size: float) -> list[PageLine]:
    """Return the lines of notes at the foot of a column: small ones, or all from one with a raised mark on."""
    at = len(column)
    while at and column[at - 1].size < _SMALLER * size:
        at -= 1
    raised = next((n for n, line in enumerate(column) if n and _begins_raised(line)), at)
    zone = list(column[min(at, raised) :])
    if not any(map(_begins_note, zone)):
        return zone if at and len(zone) < _FEW else []
    return zone


def _begins_note(line: PageLine) -> str:
    """Return the mark that a line begins with, raised or followed by a space or a full stop; or an empty string."""
    match = _MARK.match(line.text)
    if not match:
        return ""
    mark, rest = match[0], line.text[match.end() :]
    if _begins_raised(line) or not mark.isalnum():
        return mark
    return mark if mark.isdecimal() and re.match(r"[.)]?\s", rest) else ""


def _begins_raised(line: PageLine) -> bool:
    first = line.runs[0]
    return (first.style.raised and _MARK.fullmatch(first.text.strip()) is not None) or line.text[0] in _FIGURES_ABOVE


def _split_notes(zone: Sequence[PageLine]) -> Iterator[tuple[str, list[PageLine]]]:
    """Yield the mark of each note, without superscripts, and its lines without the mark."""
    expected = None
    current: tuple[str, list[PageLine]] | None = None
    for line in zone:
        mark = _begins_note(line)
        figure = mark.translate(_FIGURES).strip("()")
        number = int(figure) if figure.isdecimal() else None
        if mark and (number is None or expected is None or number == expected or _begins_raised(line)):
            if current:
                yield current
            expected = number + 1 if number is not None else expected
            current = (mark.translate(_FIGURES), [_cut_mark(line, mark)])
        elif current:
            current[1].append(line)
        else:
            current = ("", [line])
    if current:
        yield current


def _cut_mark(line: PageLine, mark: str) -> PageLine:
    rest = line.text[len(mark) :]
    return cut_line(line, len(mark) + len(rest) - len(rest.lstrip(" .)")))


def _find_marks(line: PageLine) -> Iterator[str]:
    for run in line.runs:
        shown = run.text.strip()
        if run.style.raised and _MARK.fullmatch(shown):
            yield shown.translate(_FIGURES)
        else:
            yield from (
                match[0].strip().translate(_FIGURES)
                for match in _IN_LETTERS.finditer(run.text)
                if not _is_power(match)
            )


def _is_power(match: re.Match[str]) -> bool:
    """Tell the figure of `m²`, `mc²` and `10³` from the mark of a note."""
    return match[0].strip()[0] in _FIGURES_ABOVE and _QUANTITY.search(match.string[: match.start()]) is not None


def _set_marks(line: PageLine, labels: dict[str, str]) -> PageLine:
    """Write the marks of notes that were taken as such, and other raised figures as superscripts."""
    runs: list[PdfRun] = []
    for run in line.runs:
        label = labels.get(run.text.strip().translate(_FIGURES)) if run.style.raised else None
        if label is None:
            runs.append(_set_letters(run, labels))
            continue
        if runs:
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
        after = run.text[len(run.text.rstrip()) :]
        runs.append(replace(run, text=NOTE_MARK.format(label) + after))
    return replace(line, runs=runs)


def _set_letters(run: PdfRun, labels: dict[str, str]) -> PdfRun:
    if run.style.raised and run.text.strip().isdecimal() and run.text.isascii():
        return replace(run, text=run.text.translate(TO_SUPERSCRIPTS))

    def mark_of(match: re.Match[str]) -> str:
        label = labels.get(match[0].strip().translate(_FIGURES))
        return NOTE_MARK.format(label) if label and not _is_power(match) else match[0]

    return replace(run, text=_IN_LETTERS.sub(mark_of, run.text))
