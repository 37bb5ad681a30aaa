"""The date of a plain text, where it does not stand beside the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from press.editor.importing.data_model import Confidence, Line, Note, Opening, Removal
from press.editor.importing.dates_in_lines import find_date_within, is_electronic, read_imprint, read_issue_line
from press.editor.importing.plain.lines import ends_sentence, shorten, split_blocks
from press.editor.importing.plain.title_page import find_display, is_display
from press.editor.importing.printed_dates import FoundDate, may_be_date, read_printed_date

_FILE_DATE = re.compile(r"(?:1[4-9]|20)\d\d(?:-\d\d(?:-\d\d)?)?(?!\d)")
_LONGEST_DATED = 60
"""Characters of a line that has the date among other words."""
_AT_THE_END = 3
"""Lines at the end of a text that may have its date, with a place and a signature."""


@dataclass(slots=True)
class TextHead:
    """What the head of a text says, and the lines that remain."""

    opening: Opening
    lines: list[Line]
    notes: list[Note] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)


class DateSearch:
    """Looks for a date outside the head: on the title page, at the end, within the title, in the file's name."""

    def __init__(self, head: TextHead, lines: Sequence[Line], lang: str, today: str) -> None:
        self.head, self.lang, self.today = head, lang, today
        self.display = [line for block in find_display(lines) for line in block if line not in head.opening.lines]
        alone = [block[0] for block in split_blocks(head.lines) if len(block) == 1]
        ending = list(split_blocks(head.lines))[-2:]
        ending = ending if ending and is_display(ending[-1]) else ending[-1:]
        self.last = [line for block in ending for line in block][-_AT_THE_END:]
        self.last = [line for line in self.last if line not in self.display]
        self.alone = [line for line in alone[:3] if line not in self.display and line not in self.last]
        self.takable = [line for line in self.display if line in alone] if head.opening.lines else []
        self.context = "\n".join(line.text for line in [*head.opening.lines, *self.display, *self.alone])

    def find(self, name: str) -> TextHead:
        """Return the head with the date that was found; without one the text is undated, with a note."""
        for found, line, where in self._read_lines():
            if is_electronic(self.context, found.edtf):
                message = f"{found.edtf} in “{shorten(line.text)}” is of the electronic copy, and was not taken"
                self.head.notes.append(Note("date", message, Confidence.REVIEW, line.number))
                continue
            if self._may_be_taken(found, line):
                return _take(self.head, found, line)
            message = f"{found.edtf}, from “{line.text}” {where}, which was left in the text. {found.remark}".strip()
            note = Note("date", message, max(found.confidence, Confidence.LIKELY), line.number)
            return _dated(self.head, found.edtf, note)
        return self._find_in_names(name) or self._leave_undated()

    def _may_be_taken(self, found: FoundDate, line: Line) -> bool:
        """Return whether a line of the title page is the date of the text and nothing else, with month or day."""
        is_whole = read_printed_date(line.text, self.lang, self.today) == found
        return (
            line in self.takable and is_whole and len(found.edtf) >= 7 and found.confidence is not Confidence.REVIEW
        )

    def _read_lines(self) -> Iterator[tuple[FoundDate, Line, str]]:
        for line in self.display:
            found = self._read(line) or read_imprint(line.text, self.lang, self.today)
            if found:
                yield found, line, "near the head"
        for line in reversed(self.last):
            if found := self._read(line):
                yield found, line, "at the end"
        for line in self.alone:
            if found := self._read(line):
                yield replace(found, confidence=Confidence.REVIEW), line, "within the text"
        for line, where in self._list_wordy():
            found = find_date_within(line.text, self.lang, self.today)
            if found and "/" not in found.edtf:
                edtf = f"{found.edtf.rstrip('~?')}?"
                yield replace(found, edtf=edtf, confidence=Confidence.REVIEW), line, where

    def _read(self, line: Line) -> FoundDate | None:
        """Read a line that is a date or has that of an issue."""
        found = read_printed_date(line.text, self.lang, self.today)
        found = found or read_issue_line(line.text, self.lang, self.today)
        return found if found and found.edtf != "undated" else None

    def _list_wordy(self) -> Iterator[tuple[Line, str]]:
        """Yield lines that may have the date among other words, and where they are."""
        for line in [*self.display, *reversed(self.last)]:
            if len(line.text) <= _LONGEST_DATED and not ends_sentence(line.text) and not self._read(line):
                yield line, "near the head" if line in self.display else "at the end"
        yield from ((line, "in the title") for line in self.head.opening.lines)

    def _find_in_names(self, name: str) -> TextHead | None:
        for part in reversed(name.replace("\\", "/").split("/")[-2:]):
            match = _FILE_DATE.match(part)
            found = read_printed_date(match[0], self.lang, self.today) if match else None
            if found:
                message = f"{found.edtf}, from the name “{part}” alone, because no date in the text could be read"
                return _dated(self.head, found.edtf, Note("date", message, Confidence.REVIEW))
        return None

    def _leave_undated(self) -> TextHead:
        head = _dated(self.head, "undated", Note("date", "none found; add one if you know it", Confidence.REVIEW))
        for line in [*head.opening.lines, *self.display, *self.alone, *self.last]:
            if may_be_date(line.text, self.lang) and not is_electronic(self.context, "2000"):
                message = f"“{line.text}” may be a date, but could not be read; it was left in the text"
                head.notes.append(Note("date", message, Confidence.REVIEW, line.number))
                break
        return head


def _dated(head: TextHead, edtf: str, note: Note) -> TextHead:
    return replace(head, opening=replace(head.opening, date=edtf), notes=[*head.notes, note])


def _take(head: TextHead, date: FoundDate, line: Line) -> TextHead:
    """Return the head with a line of the title page as its date, taken out of the text."""
    opening = replace(head.opening, date=date.edtf, date_words=line.text, place=date.place)
    opening = replace(opening, lines=(*opening.lines, line))
    at = head.lines.index(line)
    lines = head.lines[:at] + head.lines[at + 1 :]
    if at < len(lines):
        lines[at] = replace(lines[at], gap=max(line.gap, lines[at].gap))
    note = note_date(date, line.number, line.text)
    note = replace(note, confidence=max(note.confidence, Confidence.LIKELY))
    return replace(head, opening=opening, lines=lines, notes=[*head.notes, note])


def note_date(date: FoundDate, line: int, words: str) -> Note:
    """Return the note on a date that was read from these words."""
    message = f"{date.edtf}, from “{words}”" + (f": {date.remark}" if date.remark else "")
    return Note("date", message, date.confidence, line)
