"""Notes and emphasis of plain text: `[1]` with `[1] See …` becomes a note, `_word_` emphasis.

It works on finished paragraphs, and changes nothing that is not paired: that is named in the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from press.editor.importing.data_model import Confidence, ImportSettings, Note, Paragraph
from press.editor.importing.escaping import escape_line, render_markdown
from press.editor.importing.plain.compose_body import compose_written
from press.editor.importing.plain.emphasis_marks import EmphasisSpan, find_emphasis, note_emphasis
from press.editor.importing.plain.marks_proof import find_changed_words
from press.editor.importing.plain.note_pairs import NotePairs, NoteText, PairedMark, pair_notes

_FIRST_SIGN = 0xFDD0
"""Noncharacters, which no text may have, stand for marks while the text around them is escaped."""
_NOTE, _START, _END, _SIGN_END = map(chr, range(_FIRST_SIGN, _FIRST_SIGN + 4))


@dataclass(slots=True)
class MarkedText:
    """A plain text with its notes and its emphasis as Markdown has them."""

    body: str
    html: str
    notes: list[Note] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)


def mark_notes_and_emphasis(
    paragraphs: Sequence[Paragraph], settings: ImportSettings
) -> tuple[MarkedText | None, list[Note]]:
    """Write paragraphs with their notes and their emphasis; None if they have neither that is sure.

    The result is proven: its page, with the marks put back, is the paragraphs letter by letter. The notes that are
    returned beside it name what could not be paired.
    """
    spans = find_emphasis(paragraphs)
    pairs = pair_notes(paragraphs, spans)
    doubts = [*pairs.notes, *note_emphasis(paragraphs, spans)]
    if not pairs.marks and not spans:
        return None, doubts
    body = _write(paragraphs, pairs, spans)
    html = render_markdown(body, settings.extensions, settings.extension_configs)
    changed = find_changed_words(html, paragraphs, pairs, spans)
    if changed:
        message = f"its notes and its emphasis stay as typed, because “{changed}” would not"
        return None, [*doubts, Note("marks", message, Confidence.REVIEW)]
    return MarkedText(
        body, html, list(_describe(paragraphs, pairs, spans)), list(_list_changes(paragraphs, pairs, spans))
    ), doubts


def _write(paragraphs: Sequence[Paragraph], pairs: NotePairs, spans: Sequence[EmphasisSpan]) -> str:
    kept = [at for at in range(len(paragraphs)) if at not in pairs.left_out]
    written = [
        "<br>\n".join(
            _write_line(paragraphs[at], at, line, 0, pairs.marks, spans) for line in range(len(paragraphs[at].lines))
        )
        for at in kept
    ]
    notes = [_write_note(paragraphs, note, pairs.marks, spans) + "\n" for note in pairs.texts]
    for at in sorted(pairs.joined, reverse=True):
        where = kept.index(at)
        written[where - 1] += f" {written.pop(where)}"
        kept.remove(at)
    return "\n".join([compose_written([paragraphs[at] for at in kept], written), *notes])


def _write_note(
    paragraphs: Sequence[Paragraph], note: NoteText, marks: Sequence[PairedMark], spans: Sequence[EmphasisSpan]
) -> str:
    """Write a note, its further paragraphs indented below it."""
    parts = []
    for at, lines, start in note.parts:
        written = [
            _write_line(
                paragraphs[at], at, line, start if line == lines[0] else 0, marks, spans, note.end_of(at, line)
            )
            for line in lines
        ]
        parts.append("<br>\n    ".join(written))
    return f"[^{note.name}]: " + "\n\n    ".join(parts)


def _write_line(
    paragraph: Paragraph,
    at: int,
    line: int,
    start: int,
    marks: Sequence[PairedMark],
    spans: Sequence[EmphasisSpan],
    end: int | None = None,
) -> str:
    """Escape a line from `start` to `end`, with its marks of notes and emphasis as Markdown writes them."""
    text = paragraph.lines[line]
    end = len(text) if end is None else end
    changes = [(m.start, m.end, f"{_NOTE}{m.name}{_SIGN_END}") for m in marks if (m.paragraph, m.line) == (at, line)]
    for span in spans:
        if (span.paragraph, span.line) == (at, line):
            width = len(span.mark)
            sign = "*" * (2 if width == 2 else 1)
            changes.append((span.start, span.start + width, f"{_START}{len(sign)}{_SIGN_END}"))
            changes.append((span.end - width, span.end, f"{_END}{len(sign)}{_SIGN_END}"))
    for first, last, sign in sorted(changes, reverse=True):
        if first >= start and last <= end:
            text = text[:first] + sign + text[last:]
            end += len(sign) - (last - first)
    return _replace_signs(escape_line(text[start:end].strip()))


def _replace_signs(text: str) -> str:
    """Replace the signs by marks of Markdown; what the sign at the head of a line hid from escaping is harmless."""
    parts: list[str] = []
    for number, part in enumerate(_split_signs(text)):
        kind, value = (part[0], part[1:]) if number % 2 else ("", part)
        parts.append(f"[^{value}]" if kind == _NOTE else "*" * int(value) if kind in (_START, _END) else part)
    return "".join(parts)


def _split_signs(text: str) -> list[str]:
    """Return text and signs in turn, a sign without its end."""
    parts: list[str] = []
    rest = text
    while True:
        at = min((rest.find(sign) for sign in (_NOTE, _START, _END) if sign in rest), default=-1)
        if at < 0:
            return [*parts, rest]
        sign, _, after = rest[at:].partition(_SIGN_END)
        parts += [rest[:at], sign]
        rest = after


def _describe(paragraphs: Sequence[Paragraph], pairs: NotePairs, spans: Sequence[EmphasisSpan]) -> list[Note]:
    found = []
    for mark in pairs.marks:
        message = f"the mark “{mark.text.strip()}” and its note became the note [^{mark.name}]"
        found.append(Note("notes", message, Confidence.LIKELY, mark.source_line))
    for at in pairs.headings:
        message = f"“{paragraphs[at].lines[0]}”, above the notes, was left out"
        found.append(Note("notes", message, Confidence.LIKELY, paragraphs[at].first))
    if spans:
        shown = ", ".join(f"“{span.text}”" for span in spans[:3])
        more = f" and {len(spans) - 3} more" if len(spans) > 3 else ""
        message = f"marks around words became emphasis: {shown}{more}"
        found.append(Note("marks", message, Confidence.LIKELY, spans[0].source_line))
    return found


def _list_changes(paragraphs: Sequence[Paragraph], pairs: NotePairs, spans: Sequence[EmphasisSpan]) -> list[str]:
    changes = []
    if pairs.marks:
        shown = ", ".join(dict.fromkeys(f"“{mark.text.strip()}”" for mark in pairs.marks))
        changes.append(f"The notes, marked {shown} in the source, were moved to the end and numbered anew.")
    headings = dict.fromkeys(paragraphs[at].lines[0] for at in pairs.headings)
    changes += [f"The heading “{heading}” above the notes removed." for heading in headings]
    if pairs.joined:
        changes.append("Paragraphs that notes at the foot of a page had divided were joined.")
    if spans:
        marks = " and ".join(sorted({f"{span.mark} {span.mark}" for span in spans}))
        changes.append(f"Words between {marks} set as emphasis.")
    return changes
