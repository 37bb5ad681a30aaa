"""Notes of other dialects → `[^name]` with `[^name]: …`, each name once, each note with its mark."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from press.editor.importing.foreign.conversion import LINE_END, NEW_LINE, Conversion, show
from press.editor.importing.plain.note_forms import is_notes_heading

_INLINE = "^["
_DEFINITION = re.compile(r"^(?P<lead>[ ]{0,3}(?:>[ ]?)*)\[\^(?P<name>[^\]\n]+)\]:", re.MULTILINE)
_REFERENCE = re.compile(
    r"\[\^(?P<name>[^\]\n]+)\](?!:)|(?<!^)(?<!^[ ])(?<!> )\[\^(?P<other>[^\]\n]+)\](?=:)", re.MULTILINE
)
_SOUND_NAME = re.compile(r"""[^\s<>"'&%#\[\]]+""")
_CITATION = re.compile(r"^[ ]{0,3}\[#(?P<name>[^\]\s]+)\]:", re.MULTILINE)
_HEADING = re.compile(
    r"^(?:#{1,6}[ \t]+|\*\*|__)?(?P<words>[^\W\d_][^\n#*_\[\]]{2,40}?)(?:\*\*|__)?[ \t:]*#*[ \t\ufdde]*"
    r"(?:\n[-=]{3,}[ \t]*)?$",
    re.MULTILINE,
)
_NOTE_OR_NOTHING = re.compile(r"[\s\ufddc\ufdde\ufddf]*(?:\[\^[^\]\n]+\]:|(?<=\n)(?:[ ]{4}|\t)|\Z)")
_RULE_AT_END = re.compile(r"\n[ \t\ufdde]*\n[ ]{0,3}(?:[-*_][ \t]*){3,}[\s\ufddc\ufdde\ufddf]*\Z")
_NEXT_PART = re.compile(r"\s*(?:#|[ ]{0,3}(?:[-*_][ \t]*){3,}[ \t\ufdde]*$)", re.MULTILINE)
_BRACKET = re.compile(r"\^?\[|\]|\n[ \t>]*\n")


def convert_notes(conversion: Conversion) -> None:
    """Convert notes in place; what cannot be paired stays as it is printed, with a note in the report."""
    _convert_citations(conversion)
    _convert_inline_notes(conversion)
    _part_equal_names(conversion)
    _mend_names(conversion)
    _report_unpaired(conversion)
    _take_heading(conversion)


def _convert_citations(conversion: Conversion) -> None:
    """Write the citations of MultiMarkdown, `[p. 3][#name]` with `[#name]: …`, as notes."""
    for name in {match["name"] for match in _CITATION.finditer(conversion.text)}:
        conversion.text = re.sub(
            rf"^([ ]{{0,3}})\[#{re.escape(name)}\]:", rf"\1[^{name}]:", conversion.text, flags=re.M
        )
        conversion.text = re.sub(rf"\[([^\[\]\n]+)\](\[#{re.escape(name)}\])", r"\1\2", conversion.text)
        conversion.text = conversion.text.replace(f"[#{name}]", f"[^{name}]")
        conversion.note(f"the citation “[#{name}]” became a note")


def _convert_inline_notes(conversion: Conversion) -> None:
    """Write `^[words]` as a mark and a note at the end of the text, one within another too."""
    text = conversion.text
    spans, endless = _find_inline_notes(text)
    for start in endless:
        shown = show(text[start : start + 40])
        conversion.note(f"“{shown}” may be a note without an end; it stays as typed", conversion.line_of(start))
    if not spans:
        return
    conversion.moved = True
    names = free_names(text)
    named = {start: (end, next(names)) for _, start, end in sorted(spans)}
    for _, name in named.values():
        conversion.write(f"{name} {name}")
    conversion.text = _write_marks(text, 0, len(text), named)
    for start, (end, name) in named.items():
        words = _write_marks(text, start + len(_INLINE), end, named)
        words = re.sub(f"[ \t]*(?:{NEW_LINE}|\n|{LINE_END})[ \t>]*", " ", words).strip()
        conversion.ends.append(f"[^{name}]: {words}")
    notes = "note" if len(named) == 1 else "notes"
    conversion.note(f"{len(named)} inline {notes}, ^[…], became {notes} at the end of the text")


def _find_inline_notes(text: str) -> tuple[list[tuple[int, int, int]], list[int]]:
    """Return depth, start and closing bracket of each inline note, and where those without an end begin."""
    spans: list[tuple[int, int, int]] = []
    endless: list[int] = []
    opened: list[tuple[int, bool]] = []
    for bracket in _BRACKET.finditer(text if _INLINE in text else ""):
        found = bracket[0]
        if found[0] == "\n":
            endless += [start for start, is_note in opened if is_note]
            opened = []
        elif found != "]":
            opened.append((bracket.start(), found == _INLINE))
        elif opened:
            start, is_note = opened.pop()
            if is_note and text[start + len(_INLINE) : bracket.start()].strip():
                spans.append((sum(note for _, note in opened), start, bracket.start()))
    return spans, endless + [start for start, is_note in opened if is_note]


def _write_marks(text: str, start: int, end: int, named: dict[int, tuple[int, str]]) -> str:
    """Return a part of a text with a mark in place of each inline note in it, with as many line ends."""
    parts, at = [], start
    while (at := text.find(_INLINE, at, end)) >= 0:
        closing, name = named.get(at, (at, ""))
        if name:
            parts += [text[start:at], f"[^{name}]", LINE_END * text.count("\n", at, closing)]
            start = closing + 1
        at = closing + 1
    return "".join([*parts, text[start:end]])


def free_names(text: str) -> Iterator[str]:
    """Yield numbers that no note has as its name."""
    used = {match[1] for match in re.finditer(r"\[\^([^\]\n]+)\]", text)}
    number = 0
    while True:
        number += 1
        if str(number) not in used:
            used.add(str(number))
            yield str(number)


def _part_equal_names(conversion: Conversion) -> None:
    """Rename notes with the name of an earlier one, as where each chapter counts from 1: a mark has the next note."""
    notes: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _DEFINITION.finditer(conversion.text):
        notes[match["name"]].append(match)
    names = free_names(conversion.text)
    changes: list[tuple[int, int, str]] = []
    for name, found in notes.items():
        if len(found) > 1:
            changes += _rename_equal(conversion, name, found, names)
    for start, end, new in sorted(changes, reverse=True):
        conversion.text = conversion.text[:start] + new + conversion.text[end:]


def _rename_equal(
    conversion: Conversion, name: str, found: list[re.Match[str]], names: Iterator[str]
) -> Iterator[tuple[int, int, str]]:
    marks = [match for match in _REFERENCE.finditer(conversion.text) if (match["name"] or match["other"]) == name]
    groups: list[list[re.Match[str]]] = [[] for _ in found]
    for mark in marks:
        after = next((at for at, note in enumerate(found) if note.start() > mark.start()), len(found) - 1)
        groups[after].append(mark)
    line = conversion.line_of(found[1].start())
    if not all(groups):
        conversion.note(f"{len(found)} notes are called “[^{name}]”; the marks do not tell which is which", line)
        for note in found[1:]:
            start = note.start() + len(note["lead"])
            yield start, note.end(), f"\\[^{name}\\]:"
        return
    conversion.note(f"{len(found)} notes were called “[^{name}]”; each mark was given the next note below it", line)
    for note, group in list(zip(found, groups, strict=True))[1:]:
        new = next(names)
        for mark in group:
            conversion.take("name of a note", name)
            conversion.write(new)
            yield mark.start(), mark.end(), f"[^{new}]"
        conversion.take("name of a note", name)
        conversion.write(new)
        yield note.start() + len(note["lead"]), note.end(), f"[^{new}]:"


def _mend_names(conversion: Conversion) -> None:
    """Rename notes whose name a link cannot contain."""
    names = free_names(conversion.text)
    wrong = {m["name"] for m in _DEFINITION.finditer(conversion.text) if not _SOUND_NAME.fullmatch(m["name"])}
    for name in sorted(wrong):
        new = next(names)
        count = conversion.text.count(f"[^{name}]")
        conversion.text = conversion.text.replace(f"[^{name}]", f"[^{new}]")
        for _ in range(count):
            conversion.take("name of a note", name)
            conversion.write(new)
        conversion.note(f"the note “[^{show(name)}]” is now called “[^{new}]”")


def _report_unpaired(conversion: Conversion) -> None:
    """Note marks without a note; write notes without a mark as paragraphs, so that they are shown."""
    marks = {
        match["name"] or match["other"] for match in _REFERENCE.finditer(conversion.text + "".join(conversion.ends))
    }
    notes = {match["name"] for match in _DEFINITION.finditer(conversion.text)} | {
        end[2 : end.index("]")] for end in conversion.ends
    }
    for match in _REFERENCE.finditer(conversion.text):
        name = match["name"] or match["other"]
        if name not in notes:
            conversion.note(f"the mark “[^{name}]” has no note; it stays as typed", conversion.line_of(match.start()))
    for match in reversed([m for m in _DEFINITION.finditer(conversion.text) if m["name"] not in marks]):
        line = conversion.line_of(match.start())
        conversion.note(f"the note “[^{match['name']}]” has no mark in the text; it is printed as a paragraph", line)
        start = match.start() + len(match["lead"])
        rest = re.match(r"[^\n]*(?:\n(?:[ \t]*\n)*(?:[ ]{4}|\t)[^\n]*)*", conversion.text[match.end() :])
        inside = re.sub(r"\n(?: {4}|\t)", "\n", rest[0] if rest else "")
        after = conversion.text[match.end() + (rest.end() if rest else 0) :]
        conversion.text = f"{conversion.text[:start]}\\[^{match['name']}\\]:{inside}{after}"


def _take_heading(conversion: Conversion) -> None:
    """Take out headings of notes that have only notes below them: on a page those have a place of their own."""
    found = [heading for heading in _HEADING.finditer(conversion.text) if is_notes_heading(heading["words"])]
    for heading in reversed(found if conversion.ends or _DEFINITION.search(conversion.text) else []):
        above, below = conversion.text[: heading.start()], conversion.text[heading.end() :]
        blocks = re.split(r"(?<=\n)[ \t\ufdde]*\n", below)
        following = next((block for block in blocks if not _NOTE_OR_NOTHING.match(block)), "#")
        if not _NEXT_PART.match(following):
            continue
        line = conversion.line_of(heading.start())
        conversion.note(f"the heading “{show(heading['words'])}” above the notes was left out", line)
        conversion.take("heading of the notes", heading[0])
        conversion.text = _RULE_AT_END.sub("\n\n", above) + below
