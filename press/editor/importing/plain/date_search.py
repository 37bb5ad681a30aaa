"""The date of a plain text, where it does not stand beside the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from press.editor.importing.data_model import Confidence, Line, Note, Opening, Removal
from press.editor.importing.dates_in_lines import find_date_within, is_electronic, read_imprint, read_issue_line
from press.editor.importing.plain.lines import shorten, split_blocks
from press.editor.importing.plain.title_page import find_display
from press.editor.importing.printed_dates import FoundDate, may_be_date, read_printed_date

_FILE_DATE = re.compile(r"(?:1[4-9]|20)\d\d(?:-\d\d(?:-\d\d)?)?(?!\d)")
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
        alone = [block[0] for block in split_blocks(head.lines) if len(block) == 1][:3]
        self.near = [*self.display, *(line for line in alone if line not in self.display)]
        self.last = [line for block in list(split_blocks(head.lines))[-2:] for line in block][-_AT_THE_END:]
        self.context = "\n".join(line.text for line in [*head.opening.lines, *self.near])

    def find(self, name: str) -> TextHead:
        """Return the head with the date that was found; without one the text is undated, with a note."""
        for found, line, where in self._read_lines():
            if is_electronic(self.context, found.edtf):
                message = f"{found.edtf} in “{shorten(line.text)}” is of the electronic copy, and was not taken"
                self.head.notes.append(Note("date", message, Confidence.REVIEW, line.number))
                continue
            message = f"{found.edtf}, from “{line.text}” {where}, which was left in the text. {found.remark}".strip()
            note = Note("date", message, max(found.confidence, Confidence.LIKELY), line.number)
            return _dated(self.head, found.edtf, note)
        return self._find_in_names(name) or self._leave_undated()

    def _read_lines(self) -> Iterator[tuple[FoundDate, Line, str]]:
        for line in self.near:
            issue = read_issue_line(line.text, self.lang, self.today)
            found = read_printed_date(line.text, self.lang, self.today) or issue
            if found is None and line in self.display:
                found = read_imprint(line.text, self.lang, self.today)
            if found and found.edtf != "undated":
                yield found, line, "near the head"
        for line in (line for line in reversed(self.last) if line not in self.near):
            found = read_printed_date(line.text, self.lang, self.today)
            if found and found.edtf != "undated":
                yield found, line, "at the end"
        for line in self.head.opening.lines:
            found = find_date_within(line.text, self.lang, self.today)
            if found and "/" not in found.edtf:
                edtf = f"{found.edtf.rstrip('~?')}?"
                yield replace(found, edtf=edtf, confidence=Confidence.REVIEW), line, "in the title"

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
        for line in [*head.opening.lines, *self.near, *self.last]:
            if may_be_date(line.text, self.lang) and not is_electronic(self.context, "2000"):
                message = f"“{line.text}” may be a date, but could not be read; it was left in the text"
                head.notes.append(Note("date", message, Confidence.REVIEW, line.number))
                break
        return head


def _dated(head: TextHead, edtf: str, note: Note) -> TextHead:
    return replace(head, opening=replace(head.opening, date=edtf), notes=[*head.notes, note])


def note_date(date: FoundDate, line: int, words: str) -> Note:
    """Return the note on a date that was read from these words."""
    message = f"{date.edtf}, from “{words}”" + (f": {date.remark}" if date.remark else "")
    return Note("date", message, date.confidence, line)
