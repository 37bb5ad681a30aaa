"""The head of a plain text: its title and its date, in whatever order they come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from press.editor.importing.data_model import Confidence, Gap, Line, Note, Opening, Removal
from press.editor.importing.plain.lines import RULE, ends_sentence, shorten, split_blocks
from press.editor.importing.printed_dates import FoundDate, may_be_date, read_printed_date

LONGEST_TITLE = 150
"""Characters in one line."""

_SECOND_SENTENCE = re.compile(r"[.!?]['\"”’»]?\s+['\"“‘«]?[A-ZÀ-Þ]")
# What may stand between title and date on one line: a dash, an opening bracket (which is the date's), a comma.
_BETWEEN = (
    re.compile(r"\s+[-–—|]\s*|\s*[-–—|]\s+"),
    re.compile(r"\s+(?=[(\[])"),
    re.compile(r"[,:.]\s+"),
)
_LABEL = re.compile(r"(?:title|titel|titre|título|titolo)\s?:\s+(?=\S)", re.IGNORECASE)
_FILE_DATE = re.compile(r"(?:1[4-9]|20)\d\d(?:-\d\d(?:-\d\d)?)?(?!\d)")
_FIRST_WORDS = 60


@dataclass(slots=True)
class TextHead:
    """What the head of a text says, and the lines that remain."""

    opening: Opening
    lines: list[Line]
    notes: list[Note] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)


def read_head(lines: Sequence[Line], name: str, lang: str, today: str) -> TextHead:
    """Find title and date. What is missing is made from the first words or the file's name, with a note."""
    without_rules, rules = _drop_rules(lines)
    lines, rules = (without_rules, rules) if without_rules else (list(lines), [])
    head = _HeadReader(lang, today).read(lines)
    head.opening = _drop_label(head.opening)
    head.removals = rules
    if head.opening.date == "":
        head = _find_date_elsewhere(head, name, lang, today)
    return head


def _drop_label(opening: Opening) -> Opening:
    """Remove `Title:` from a title that was on a line of its own."""
    label = _LABEL.match(opening.title)
    if not label or not any(line.text.startswith(label[0].strip()) for line in opening.lines):
        return opening
    return replace(opening, title=opening.title[label.end() :], label=label[0].strip())


def _drop_rules(lines: Sequence[Line]) -> tuple[list[Line], list[Removal]]:
    """Remove rules under or over the title: they belong to the title, not to the text."""
    kept: list[Line] = []
    rules: list[Removal] = []
    gap = Gap.NONE
    for at, line in enumerate(lines):
        if (
            at < 5
            and RULE.fullmatch(line.text)
            and len(kept) < 3
            and (not kept or len(kept[-1].text) <= LONGEST_TITLE)
        ):
            rules.append(Removal(line.number, line.text, "rule"))
            gap = max(gap, line.gap)
            continue
        kept.append(replace(line, gap=max(gap, line.gap) if kept else Gap.NONE))
        gap = Gap.NONE
    return kept, rules


class _HeadReader:
    """Reads the head of a text in one language."""

    def __init__(self, lang: str, today: str) -> None:
        self.lang, self.today = lang, today

    def read(self, lines: Sequence[Line]) -> TextHead:
        """Take title and date off the top, in either order or on one line."""
        if len(lines) > 1 and (date := self._date(lines[0])):
            title, count, notes = self._take_title(lines[1:])
            return self._head(lines, 1 + count, title, date, lines[0], notes)
        both = self._split(lines[0])
        if both:
            title_words, mark, date_words, date = both
            note = Note("title", "the words before the date, on the first line", Confidence.SURE, lines[0].number)
            opening = Opening(" ".join(title_words.split()), date.edtf, (lines[0],), date_words, mark, date.place)
            return TextHead(opening, list(lines[1:]), [note, _note_date(date, lines[0].number, date_words)])
        title, count, notes = self._take_title(lines)
        after = lines[count : count + 1]
        if count and after and (date := self._date(after[0])):
            return self._head(lines, count + 1, title, date, after[0], notes)
        opening = Opening(title, "", tuple(lines[:count]))
        return TextHead(opening, list(lines[count:]), notes)

    def _date(self, line: Line) -> FoundDate | None:
        return read_printed_date(line.text, self.lang, self.today)

    def _split(self, line: Line) -> tuple[str, str, str, FoundDate] | None:
        """Split `Title - date`; a year by itself counts only after a dash or in brackets."""
        if len(line.text) > LONGEST_TITLE + 40:
            return None
        for between in _BETWEEN:
            for match in between.finditer(line.text):
                title, mark, words = line.text[: match.start()], match[0].strip(), line.text[match.end() :]
                date = self._date(replace(line, text=words))
                vague = date is not None and len(date.edtf) < 7 and mark in (",", ":", ".")
                if title and date and not vague and not date.place and date.edtf != "undated":
                    return title, mark, words, date
        return None

    def _take_title(self, lines: Sequence[Line]) -> tuple[str, int, list[Note]]:
        """Return the title, the number of its lines and notes; no lines if the first one is a paragraph."""
        block = next(split_blocks(lines), [])
        dated = next((at for at, line in enumerate(block) if at and self._date(line)), len(block))
        block = block[:dated]
        first = block[0]
        if len(block) == 1 and not _is_paragraph(first.text):
            return _spaced(block), 1, [Note("title", "the first line", Confidence.SURE, first.number)]
        whole = _spaced(block)
        if 1 < len(block) < 4 and len(whole) <= LONGEST_TITLE and not _is_paragraph(whole):
            message = f"the first {len(block)} lines, taken to be one title"
            return whole, len(block), [Note("title", message, Confidence.REVIEW, first.number)]
        if len(block) > 1 and _is_set_apart(block):
            message = "the first line, though the text follows without a blank line"
            return _spaced(block[:1]), 1, [Note("title", message, Confidence.LIKELY, first.number)]
        made = shorten(whole, _FIRST_WORDS).rstrip(",;:. …")
        made = made if made == whole else f"{made} …"
        message = f"none, because the first line is a paragraph. Write a better one than its first words, “{made}”"
        return made, 0, [Note("title", message, Confidence.REVIEW, first.number)]

    def _head(
        self, lines: Sequence[Line], count: int, title: str, date: FoundDate, line: Line, notes: list[Note]
    ) -> TextHead:
        opening = Opening(title, date.edtf, tuple(lines[:count]), line.text, "", date.place)
        return TextHead(opening, list(lines[count:]), [*notes, _note_date(date, line.number, line.text)])


def _is_paragraph(text: str) -> bool:
    """Tell a paragraph from a title: it is long, has several sentences, or is a long sentence with a full stop."""
    if len(text) > LONGEST_TITLE:
        return True
    return len(text) > 80 and (text.endswith(".") or _SECOND_SENTENCE.search(text) is not None)


def _is_set_apart(block: Sequence[Line]) -> bool:
    """Tell a title from the first line of a paragraph: it has room for the next line's first word."""
    first, others = block[0].text, block[1:]
    if _is_paragraph(first) or len(first) > 80 or first.endswith((".", ",", ";", "-")):
        return False
    width = max(len(line.text) for line in others)
    return len(first) + 1 + len(others[0].text.split()[0]) < 0.85 * width and not others[0].text[:1].islower()


def _find_date_elsewhere(head: TextHead, name: str, lang: str, today: str) -> TextHead:
    """Look for a date near the head, at the end, and in the names of file and folder; else the text is undated."""
    alone = [block[0] for block in split_blocks(head.lines) if len(block) == 1]
    last = [block[-1] for block in split_blocks(head.lines)][-1:]
    for line in [*alone[:3], *last]:
        place = "at the end" if line is last[0] else "near the head"
        found = read_printed_date(line.text, lang, today)
        if found and found.edtf != "undated":
            message = f"{found.edtf}, from “{line.text}” {place}, which was left in the text. {found.remark}".strip()
            return _dated(
                head, found.edtf, Note("date", message, max(found.confidence, Confidence.LIKELY), line.number)
            )
    for part in reversed(name.replace("\\", "/").split("/")[-2:]):
        match = _FILE_DATE.match(part)
        found = read_printed_date(match[0], lang, today) if match else None
        if found:
            message = f"{found.edtf}, from the name “{part}” alone, because no date in the text could be read"
            return _dated(head, found.edtf, Note("date", message, Confidence.REVIEW))
    head = _dated(head, "undated", Note("date", "none found; add one if you know it", Confidence.REVIEW))
    for line in [*alone[:3], *last]:
        if may_be_date(line.text, lang):
            message = f"“{line.text}” may be a date, but could not be read; it was left in the text"
            head.notes.append(Note("date", message, Confidence.REVIEW, line.number))
            break
    return head


def _dated(head: TextHead, edtf: str, note: Note) -> TextHead:
    return replace(head, opening=replace(head.opening, date=edtf), notes=[*head.notes, note])


def _note_date(date: FoundDate, line: int, words: str) -> Note:
    message = f"{date.edtf}, from “{words}”" + (f": {date.remark}" if date.remark else "")
    return Note("date", message, date.confidence, line)


def _spaced(lines: Sequence[Line]) -> str:
    return " ".join(" ".join(line.text.split()) for line in lines)


def is_title_like(text: str) -> bool:
    """Return whether a line could be a title or heading: short, not a sentence, beginning with a capital."""
    return len(text) <= 80 and not ends_sentence(text) and text[:1].isupper() and text[-1:] not in ",;-–—"
