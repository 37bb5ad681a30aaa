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
_MARK = re.compile(r"(?P<mark>\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁰⁴-⁹]{1,3})")
_IN_LETTERS = re.compile(r"[¹²³⁰⁴-⁹]{1,3}|(?<=\S)[*†‡§]{1,3}")
_SUPERSCRIPTS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
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
    """Take the notes of each page whose mark is in its text; `size` is that of most of the text, in points."""
    taken = TakenNotes()
    for page, group in groupby(lines, key=lambda line: line.page):
        _take_page(list(group), page, size, taken)
    return taken


def _take_page(lines: list[PageLine], page: int, size: float, taken: TakenNotes) -> None:
    zones = [list(_find_zone(list(column), size)) for _, column in groupby(lines, key=lambda line: line.column)]
    zone = [line for part in zones for line in part]
    in_zone = set(map(id, zone))
    text = [line for line in lines if id(line) not in in_zone]
    found = list(_split_notes(zone))
    marks = {mark for line in text for mark in _find_marks(line)}
    goes_on = bool(found) and not found[0][0] and bool(taken.notes) and taken.notes[-1].lines[-1].page == page - 1
    numbered = {mark for mark, _ in found if mark}
    if zone and (not numbered <= marks or (found and not found[0][0] and not goes_on)):
        missing = ", ".join(sorted(numbered - marks))
        message = f"page {page} has small lines at its foot: “{zone[0].text[:40]}”. They were left in the text"
        taken.doubts.append(
            Note("notes", message + (f"; {missing} is not marked in it" * bool(missing)), Confidence.REVIEW)
        )
        taken.lines += _keep_marks(lines)
        return
    labels = {}
    for mark, own in found:
        if not mark:
            taken.notes[-1].lines += own
            continue
        labels[mark] = str(len(taken.notes) + 1)
        taken.notes.append(FootNote(labels[mark], own))
    marked = [_set_marks(line, labels) for line in text]
    taken.lines += marked
    rest = [line for _, own in found for line in own]
    for old, new in [*zip(text, marked, strict=True), *zip(zone, rest, strict=True)]:
        taken.changes += find_changes(page, "note mark", old.text, ANY_NOTE_MARK.sub("", new.text))


def _find_zone(column: Sequence[PageLine], size: float) -> list[PageLine]:
    """Return the small lines at the foot of a column, all of them; none if the column is small as a whole."""
    at = len(column)
    while at and column[at - 1].size < _SMALLER * size:
        at -= 1
    zone = list(column[at:])
    first = next((n for n, line in enumerate(zone) if _begins_note(line)), None)
    if first is None:
        return zone if at and zone and len(zone) < 6 else []
    return zone


def _begins_note(line: PageLine) -> str:
    """Return the mark that a line begins with, raised or followed by a space or a full stop; or an empty string."""
    match = _MARK.match(line.text)
    if not match:
        return ""
    rest = line.text[match.end() :]
    raised = line.runs[0].style.raised or not match["mark"].isdecimal()
    return match["mark"] if raised or re.match(r"[.)]?\s", rest) else ""


def _split_notes(zone: Sequence[PageLine]) -> Iterator[tuple[str, list[PageLine]]]:
    """Yield the mark of each note, without superscripts, and its lines without the mark."""
    expected = None
    current: tuple[str, list[PageLine]] | None = None
    for line in zone:
        mark = _begins_note(line)
        number = int(mark.translate(_SUPERSCRIPTS)) if mark.translate(_SUPERSCRIPTS).isdecimal() else None
        if mark and (number is None or expected is None or number == expected or line.runs[0].style.raised):
            if current:
                yield current
            expected = number + 1 if number is not None else expected
            current = (mark.translate(_SUPERSCRIPTS), [_cut_mark(line, mark)])
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
            yield shown
        else:
            yield from (
                mark.translate(_SUPERSCRIPTS) for mark in re.findall(r"[¹²³⁰⁴-⁹]{1,3}|(?<=\S)[*†‡§]{1,3}", run.text)
            )


def _set_marks(line: PageLine, labels: dict[str, str]) -> PageLine:
    """Write the marks of notes that were taken as such, and other raised figures as superscripts."""
    runs: list[PdfRun] = []
    for run in line.runs:
        shown = run.text.strip()
        if run.style.raised and shown in labels:
            text = run.text.replace(shown, NOTE_MARK.format(labels[shown])).lstrip()
            if runs:
                runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
            runs.append(replace(run, text=text))
            continue
        runs.append(_set_letters(run, labels))
    return replace(line, runs=runs)


def _set_letters(run: PdfRun, labels: dict[str, str]) -> PdfRun:
    if run.style.raised and run.text.strip().isdecimal() and run.text.isascii():
        return replace(run, text=run.text.translate(TO_SUPERSCRIPTS))

    def mark_of(match: re.Match[str]) -> str:
        label = labels.get(match[0].translate(_SUPERSCRIPTS))
        return NOTE_MARK.format(label) if label else match[0]

    return replace(run, text=_IN_LETTERS.sub(mark_of, run.text))


def _keep_marks(lines: Sequence[PageLine]) -> list[PageLine]:
    return [replace(line, runs=[_set_letters(run, {}) for run in line.runs]) for line in lines]
