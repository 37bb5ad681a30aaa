"""The head of a plain text: its title, its date and its authors, in whatever order they come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from press.editor.importing.data_model import Confidence, Gap, Line, Note, Opening, Removal
from press.editor.importing.dates_in_lines import is_electronic, read_issue_line
from press.editor.importing.plain.byline import BARE_BY, Byline, read_byline
from press.editor.importing.plain.date_search import DateSearch, TextHead, note_date
from press.editor.importing.plain.head_labels import read_labels
from press.editor.importing.plain.lines import RULE, ends_sentence, shorten, split_blocks
from press.editor.importing.plain.title_page import find_display, is_display, is_motto, is_numbering
from press.editor.importing.printed_dates import FoundDate, read_printed_date

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
_EMPHASISED = re.compile(r"(?P<mark>[_*=]{1,2})(?=[^\s_*=])(?P<title>[^_*=]+)(?<=\S)(?P=mark)")
_NUMBERED = re.compile(
    r"(?:[IVXLC]{1,6}|\d{1,2})[.)]\s|(?:chapter|chapitre|kapitel|capítulo|capitolo|глава)\s", re.IGNORECASE
)
_FIRST_WORDS = 60


def read_head(lines: Sequence[Line], name: str, lang: str, today: str) -> TextHead:
    """Find title, date and authors. What is missing is made from the first words or the file's name, with a note."""
    without_rules, rules = _drop_rules(lines)
    lines, rules = (without_rules, rules) if without_rules else (list(lines), [])
    labelled = read_labels(lines, lang, today)
    if labelled:
        head = TextHead(labelled.opening, list(lines[len(labelled.opening.lines) :]), list(labelled.notes))
    else:
        head = _HeadReader(lang, today).read(lines)
        head.opening = _drop_label(head.opening)
    head.removals = rules
    if head.opening.date == "":
        head = DateSearch(head, lines, lang, today).find(name)
    return head


def _drop_label(opening: Opening) -> Opening:
    """Remove `Title:` from a title that was on a line of its own, and marks of emphasis around it."""
    emphasis = _EMPHASISED.fullmatch(opening.title) if opening.lines else None
    if emphasis:
        return replace(opening, title=emphasis["title"], label=f"{emphasis['mark']} {emphasis['mark']}")
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
        self.context = ""

    def read(self, lines: Sequence[Line]) -> TextHead:
        """Take title, date and authors off the top, below a number or a motto, which stay in the text."""
        self.context = "\n".join(line.text for block in find_display(lines) for line in block)
        above, doubt = self._find_above(lines)
        head = self._read_top(lines[above:])
        if above:
            rest = [*lines[:above], *head.lines]
            shown = shorten(" ".join(line.text for line in lines[:above]))
            notes = [
                replace(note, confidence=Confidence.REVIEW) if note.topic == "title" else note for note in head.notes
            ]
            message = f"“{shown}” above it was taken for {doubt}, and left in the text"
            return replace(
                head, lines=rest, notes=[*notes, Note("title", message, Confidence.REVIEW, lines[0].number)]
            )
        return self._doubt_title(head, lines)

    def _find_above(self, lines: Sequence[Line]) -> tuple[int, str]:
        """Return how many lines stand above the title, and what they are: a number, or a motto over a masthead."""
        blocks = list(split_blocks(lines))
        count, kinds = 0, []
        while (
            len(blocks) > 2 and is_numbering(blocks[0]) and self._date(blocks[0][0]) is None and is_display(blocks[1])
        ):
            count, kinds = count + len(blocks.pop(0)), ["a number"]
        display = find_display([line for block in blocks for line in block])
        while len(display) > 1 and is_motto(display[0]) and self._is_masthead(display[1:]):
            count, kinds = count + len(display.pop(0)), [*kinds, "a motto"]
        return count, " and ".join(dict.fromkeys(kinds))

    def _is_masthead(self, display: Sequence[Sequence[Line]]) -> bool:
        """Return whether a title and a line of the issue or a further title come below a motto."""
        first = display[0][0].text
        if self._date(display[0][0]) or read_byline(first):
            return False
        others = [line for block in display for line in block][1:]
        return any(self._issue(line) or self._date(line) for line in others[:4])

    def _doubt_title(self, head: TextHead, lines: Sequence[Line]) -> TextHead:
        """Ask about a title that may be a motto or one line of many: others stand below it on the title page."""
        display = find_display(lines)
        taken = {line.number for line in head.opening.lines}
        below = [line for block in display for line in block if line.number not in taken and not self._date(line)]
        below = [line for line in below if not self._issue(line) and not read_byline(line.text)]
        if not display or not head.opening.lines or not below or len(display) < 2:
            return head
        first = display[0]
        is_issue = any(self._issue(line) for block in display[1:] for line in block)
        capitals = next((line for line in below if line.text.isupper()), None)
        is_name = len(below) < 2 and (head.opening.title.isupper() or not capitals)
        if not is_motto(first) and not is_issue and (is_name or not capitals):
            notes = [_doubt(note) if note.topic == "title" else note for note in head.notes]
            return replace(head, notes=notes)
        shown = shorten((below[0] if is_motto(first) else capitals or below[0]).text)
        message = (
            f"the first line, or is it a motto above “{shown}”?"
            if is_motto(first)
            else f"the first line; or is it “{shown}”?"
        )
        note = Note("title", message, Confidence.REVIEW, first[0].number)
        return replace(head, notes=[note, *(other for other in head.notes if other.topic != "title")])

    def _read_top(self, lines: Sequence[Line]) -> TextHead:
        """Take title, date and authors off the top, in any order or on one line."""
        if len(lines) > 1 and (date := self._date(lines[0])):
            title, count, notes = self._take_title(lines[1:])
            if not count:
                date = replace(date, confidence=max(date.confidence, Confidence.LIKELY))
                notes = [
                    replace(note, message=f"{note.message}; or is it “{lines[0].text}”, taken as the date?")
                    for note in notes
                ]
            byline = self._byline(lines[1 + count :] if count else ())
            return self._head(lines, 1 + count + len(byline[1]), title, (date, lines[0]), byline, notes)
        both = self._split(lines[0])
        if both:
            title_words, mark, date_words, date = both
            note = Note("title", "the words before the date, on the first line", Confidence.SURE, lines[0].number)
            opening = Opening(" ".join(title_words.split()), date.edtf, (lines[0],), date_words, mark, date.place)
            return TextHead(opening, list(lines[1:]), [note, note_date(date, lines[0].number, date_words)])
        title, count, notes = self._take_title(lines)
        byline = self._byline(lines[count:] if count else ())
        count += len(byline[1])
        after = lines[count : count + 1]
        if count and after and (date := self._date(after[0])):
            below = self._byline(() if byline[1] else lines[count + 1 :])
            byline = byline if byline[1] else below
            return self._head(lines, count + 1 + len(below[1]), title, (date, after[0]), byline, notes)
        return self._head(lines, count, title, None, byline, notes)

    def _byline(self, lines: Sequence[Line]) -> tuple[Byline, Sequence[Line]]:
        """Return the authors of a line, or of one below `by`, and these lines; none if they are not surely named."""
        used = lines[: 2 if lines and BARE_BY.fullmatch(lines[0].text) else 1]
        found = read_byline(_spaced(used)) if used else None
        return (found, used) if found and found.is_sure else (Byline(()), ())

    def _date(self, line: Line) -> FoundDate | None:
        found = read_printed_date(line.text, self.lang, self.today)
        return None if found and is_electronic(self.context, found.edtf) else found

    def _issue(self, line: Line) -> FoundDate | None:
        return read_issue_line(line.text, self.lang, self.today)

    def _split(self, line: Line) -> tuple[str, str, str, FoundDate] | None:
        """Split `Title - date`; a year by itself counts only after a dash or in brackets."""
        if len(line.text) > LONGEST_TITLE + 40 or read_issue_line(line.text, self.lang, self.today):
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
        cut = next((at for at, line in enumerate(block) if at and self._ends_title(line)), len(block))
        block = block[:cut]
        first = block[0]
        if len(block) == 1 and _NUMBERED.match(first.text) and not _is_paragraph(first.text):
            message = "the first line; or does its number say that it is a chapter’s?"
            return _spaced(block), 1, [Note("title", message, Confidence.REVIEW, first.number)]
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

    def _ends_title(self, line: Line) -> bool:
        return bool(self._date(line) or self._issue(line) or read_byline(line.text))

    def _head(
        self,
        lines: Sequence[Line],
        count: int,
        title: str,
        dated: tuple[FoundDate, Line] | None,
        byline: tuple[Byline, Sequence[Line]],
        notes: list[Note],
    ) -> TextHead:
        opening = Opening(title, "", tuple(lines[:count]))
        if dated:
            date, line = dated
            opening = replace(opening, date=date.edtf, date_words=line.text, place=date.place)
            notes = [*notes, note_date(date, line.number, line.text)]
        authors, named = byline
        if named:
            opening = replace(opening, byline=_spaced(named), authors=authors.names)
            message = f"{'; '.join(authors.names)}, from “{opening.byline}” under the title"
            notes = [*notes, Note("authors", message, Confidence.REVIEW, named[0].number)]
        return TextHead(opening, list(lines[count:]), [*notes, *self._doubt_byline(lines[count:], bool(named))])

    def _doubt_byline(self, lines: Sequence[Line], has_authors: bool) -> Iterator[Note]:
        """Ask about a line of the title page that may name an author and was left in the text."""
        if has_authors:
            return
        for line in (line for block in find_display(lines) for line in block):
            if read_byline(line.text) or re.match(r"by\s+(?:an?|one|the)\b", line.text, re.IGNORECASE):
                message = f"“{shorten(line.text)}” may name the author, and was left in the text"
                yield Note("authors", message, Confidence.REVIEW, line.number)
                return


def _doubt(note: Note) -> Note:
    """Return a note on a title as likely: other lines stand below it, and it may be the name of who speaks."""
    return replace(note, confidence=max(note.confidence, Confidence.LIKELY))


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


def _spaced(lines: Sequence[Line]) -> str:
    return " ".join(" ".join(line.text.split()) for line in lines)


def is_title_like(text: str) -> bool:
    """Return whether a line could be a title or heading: short, not a sentence, beginning with a capital."""
    return len(text) <= 80 and not ends_sentence(text) and text[:1].isupper() and text[-1:] not in ",;-–—"


def list_fields(opening: Opening) -> dict[str, tuple[str, ...]]:
    """Return the lines of the header, by key, that title, date and language do not have."""
    key = "authors" if len(opening.authors) > 1 else "author"
    rows = {"place": opening.place, key: "; ".join(opening.authors)}
    return {key: (value,) for key, value in rows.items() if value}
