"""The notes of a plain text: marks in the text, texts of notes, and which belong together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from press.editor.importing.data_model import Confidence, Note, Paragraph
from press.editor.importing.plain.emphasis_marks import EmphasisSpan
from press.editor.importing.plain.lines import shorten
from press.editor.importing.plain.note_forms import (
    CERTAIN_FORMS,
    MARK_FORMS,
    FoundMark,
    find_note_marks,
    find_note_texts,
    find_notes_headings,
    label_value,
)

_LONGEST_HEADING = 60
_BRACKETED = re.compile(
    r"\[\W?(?:foot ?note|note|fu(?:ß|ss)note|anm(?:erkung)?|note de|nota)\b[^\]]{0,200}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PairedMark:
    """A mark in the text, with the space before it, and the name of its note."""

    paragraph: int
    line: int
    start: int
    end: int
    text: str
    name: str
    source_line: int


@dataclass(frozen=True, slots=True)
class NoteText:
    """The text of a note: of each paragraph its index, its lines, and where on the first line the words begin."""

    name: str
    parts: tuple[tuple[int, tuple[int, ...], int], ...]
    ends: tuple[tuple[int, int, int], ...] = ()
    """Paragraph, line and column before which the note ends, where that is not the end of a line."""

    def end_of(self, paragraph: int, line: int) -> int | None:
        """Return the column before which the note ends on a line, None for the whole line."""
        return next((column for at, number, column in self.ends if (at, number) == (paragraph, line)), None)


@dataclass(slots=True)
class NotePairs:
    """The pairs of a text, the paragraphs that are now in notes, and notes on what has no partner."""

    marks: list[PairedMark] = field(default_factory=list)
    texts: list[NoteText] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)
    headings: list[int] = field(default_factory=list)
    """The paragraphs above notes that were left out: headings."""
    joined: set[int] = field(default_factory=set)
    """The paragraphs that go on with the one above, which notes had interrupted."""
    notes: list[Note] = field(default_factory=list)


def pair_notes(paragraphs: Sequence[Paragraph], spans: Sequence[EmphasisSpan]) -> NotePairs:
    """Pair marks with notes: of each label as many marks as notes, each mark before its note."""
    headings = find_notes_headings(paragraphs)
    heading = headings[-1] if headings else -1
    texts = list(find_note_texts(paragraphs, heading))
    starts = {(text.paragraph, text.line) for text in texts}
    marks = [mark for mark in find_note_marks(paragraphs, spans) if mark.place not in {text.place for text in texts}]
    marks = [mark for mark in marks if not _is_text_start(mark, starts, texts)]
    if not any(text.form == "listed" for text in texts):
        marks = [mark for mark in marks if mark.form != "bare"]
    matched = _match(marks, texts)
    pairs = NotePairs(notes=list(_note_unmatched(marks, texts, matched)))
    whole = _drop_partial(paragraphs, texts, matched)
    for number, (mark, text) in enumerate(sorted(whole, key=lambda pair: pair[0].place), start=1):
        shown = paragraphs[mark.paragraph].lines[mark.line][mark.start : mark.end]
        place = (mark.paragraph, mark.line, mark.start, mark.end)
        pairs.marks.append(PairedMark(*place, shown, str(number), mark.source_line))
        pairs.texts.append(_gather(paragraphs, str(number), text, mark, texts, marks))
    pairs.left_out = {at for text in pairs.texts for at, _, _ in text.parts}
    for at in headings:
        _leave_out_heading(paragraphs, at, pairs, texts)
    _join_interrupted(paragraphs, pairs)
    pairs.notes += _note_bracketed(paragraphs, texts)
    return pairs


def _is_text_start(mark: FoundMark, starts: set[tuple[int, int]], texts: Sequence[FoundMark]) -> bool:
    """Return whether what looks like a mark begins a note, or is the label of one."""
    if (mark.paragraph, mark.line) not in starts:
        return False
    return any(
        (text.paragraph, text.line) == (mark.paragraph, mark.line) and text.start <= mark.end - 1 < text.end
        for text in texts
    )


def _match(marks: Sequence[FoundMark], texts: Sequence[FoundMark]) -> list[tuple[FoundMark, FoundMark]]:
    """Pair the marks of a label with the notes of that label, in order."""
    found: list[tuple[FoundMark, FoundMark]] = []
    by_text: dict[tuple[str, str], list[FoundMark]] = defaultdict(list)
    for text in texts:
        by_text[text.form, label_value(text.label)].append(text)
    by_mark: dict[tuple[str, str], list[FoundMark]] = defaultdict(list)
    for mark in marks:
        by_mark[mark.form, label_value(mark.label)].append(mark)
    listed = [label for form, label in by_text if form == "listed"]
    in_list = max(MARK_FORMS, key=lambda form: sum(len(by_mark[form, label]) == 1 for label in listed))
    for (form, label), there in by_text.items():
        of_form = by_mark[in_list if form == "listed" else form, label]
        if len(of_form) == len(there) and all(m.place < t.place for m, t in zip(of_form, there, strict=True)):
            found += zip(of_form, there, strict=True)
    return found


def _drop_partial(
    paragraphs: Sequence[Paragraph], texts: Sequence[FoundMark], matched: Sequence[tuple[FoundMark, FoundMark]]
) -> list[tuple[FoundMark, FoundMark]]:
    """Drop pairs whose paragraph has other text as well: a line that is no note, or a note that has no mark."""
    paired = {text.place for _, text in matched}
    partial = {text.paragraph for text in texts if text.place not in paired}
    return [(mark, text) for mark, text in matched if text.paragraph not in partial]


def _gather(
    paragraphs: Sequence[Paragraph],
    name: str,
    text: FoundMark,
    mark: FoundMark,
    texts: Sequence[FoundMark],
    marks: Sequence[FoundMark],
) -> NoteText:
    """Return the whole of a note: up to the next one, and paragraphs before that one whose mark came before this."""
    later = sorted((other for other in texts if other.place > text.place), key=lambda other: other.place)
    following = later[0] if later else None
    here = paragraphs[text.paragraph]
    last = len(here.lines) - 1
    ends: tuple[tuple[int, int, int], ...] = ()
    if following and following.paragraph == text.paragraph:
        if following.line == text.line:
            last, ends = text.line, ((text.paragraph, text.line, following.start),)
        else:
            last = following.line - 1
    parts = [(text.paragraph, tuple(range(text.line, last + 1)), text.end)]
    if here.lines[text.line][text.start : text.end].rstrip().endswith(":"):  # [Footnote 1: …]
        return _gather_bracketed(paragraphs, name, text, parts)
    if following and following.paragraph > text.paragraph + 1:
        between = range(text.paragraph + 1, following.paragraph)
        marked = any(text.paragraph < other.paragraph < following.paragraph for other in marks)
        its_mark = [other for other in marks if label_value(other.label) == label_value(following.label)]
        if not marked and its_mark and its_mark[-1].paragraph < text.paragraph and len(between) <= 3:
            parts += [(at, tuple(range(len(paragraphs[at].lines))), 0) for at in between]
    return NoteText(name, tuple(parts), ends)


def _gather_bracketed(
    paragraphs: Sequence[Paragraph], name: str, text: FoundMark, parts: list[tuple[int, tuple[int, ...], int]]
) -> NoteText:
    """Return a note in brackets, `[Footnote 1: …]`, of one paragraph or several, without its closing bracket."""
    for at in range(text.paragraph, min(text.paragraph + 8, len(paragraphs))):
        lines = paragraphs[at].lines
        if at > text.paragraph:
            parts.append((at, tuple(range(len(lines))), 0))
        depth = "\n".join(
            line for number, rows, _ in parts for line in [paragraphs[number].lines[row] for row in rows]
        )
        if lines[-1].rstrip().endswith("]") and depth.count("[") == depth.count("]"):
            return NoteText(name, tuple(parts), ((at, len(lines) - 1, len(lines[-1].rstrip()) - 1),))
    return NoteText(name, tuple(parts[:1]))


def _leave_out_heading(
    paragraphs: Sequence[Paragraph], heading: int, pairs: NotePairs, texts: Sequence[FoundMark]
) -> None:
    """Leave out a heading that has notes below it, unless what follows them may belong to the last of them."""
    after = next((at for at in range(heading + 1, len(paragraphs)) if at not in pairs.left_out), len(paragraphs))
    if after == heading + 1 and (not pairs.left_out or after < len(paragraphs)):
        return
    rest = paragraphs[after] if after < len(paragraphs) else None
    unmatched = any(text.paragraph == after for text in texts)
    if rest and (unmatched or len(" ".join(rest.lines)) > _LONGEST_HEADING):
        message = (
            f"“{shorten(rest.lines[0])}” follows the last note below “{paragraphs[heading].lines[0]}”: is it its end?"
        )
        pairs.notes.append(Note("notes", message, Confidence.REVIEW, rest.first))
        return
    pairs.headings.append(heading)
    pairs.left_out.add(heading)


def _join_interrupted(paragraphs: Sequence[Paragraph], pairs: NotePairs) -> None:
    """Find paragraphs that notes at the foot of a page divided: no stop before them, a small letter after them."""
    kept = [at for at in range(len(paragraphs)) if at not in pairs.left_out]
    for above, below in pairwise(kept):
        one, two = paragraphs[above], paragraphs[below]
        prose = not (one.kept or two.kept or one.heading or two.heading) and one.quoted == two.quoted
        broken = re.search(r"[^\W\d_],?$", one.lines[-1]) and two.lines[0][:1].islower()
        if below > above + 1 and prose and broken:
            pairs.joined.add(below)
            words = " ".join(one.lines[-1].split()[-3:])
            message = f"the paragraph broken by notes after “{words}” was joined to its second half"
            pairs.notes.append(Note("lines", message, Confidence.REVIEW, two.first))


def _note_bracketed(paragraphs: Sequence[Paragraph], texts: Sequence[FoundMark]) -> Iterator[Note]:
    """Yield a note on notes in brackets that are within the text, or have no label."""
    starts = {(text.paragraph, text.line, text.start) for text in texts}
    found = [
        (match[0], paragraph.first)
        for at, paragraph in enumerate(paragraphs)
        for number, line in enumerate(paragraph.lines)
        for match in _BRACKETED.finditer(line)
        if (at, number, match.start()) not in starts
    ]
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        message = f"“{shorten(found[0][0], 60)}” may be a note within the text{more}; it stays as typed"
        yield Note("notes", message, Confidence.REVIEW, found[0][1])


def _note_unmatched(
    marks: Sequence[FoundMark], texts: Sequence[FoundMark], matched: Sequence[tuple[FoundMark, FoundMark]]
) -> Iterator[Note]:
    """Yield notes on marks without a note and notes without a mark, where they are hardly anything else."""
    paired = {item.place for pair in matched for item in pair}
    loose_marks = [mark for mark in marks if mark.place not in paired]
    loose_texts = [text for text in texts if text.place not in paired]
    in_text = {(mark.form, label_value(mark.label)) for mark in loose_marks}
    in_notes = {(text.form, label_value(text.label)) for text in loose_texts}
    both = in_text & in_notes
    for found, kind in ((loose_marks, "mark"), (loose_texts, "note")):
        named = [
            item
            for item in found
            if (item.form, label_value(item.label)) in both
            or (item.form in CERTAIN_FORMS and not item.label.isalpha())
            or (item.form == "star" and (kind == "mark" or "*" not in item.label or len(loose_texts) == 1))
        ]
        if named:
            labels = ", ".join(dict.fromkeys(f"“{_show(item)}”" for item in named))
            what = (
                "look like marks of notes, but their notes" if kind == "mark" else "may begin notes, but their marks"
            )
            message = f"{shorten(labels, 100)} {what} were not found one to one; they stay as typed"
            yield Note("notes", message, Confidence.REVIEW, named[0].source_line)


def _show(item: FoundMark) -> str:
    frames = {"square": "[{}]", "curly": "{{{}}}", "angle": "<{}>", "round": "({})", "half": "{})", "listed": "{}."}
    return frames.get(item.form, "{}").format(item.label)
