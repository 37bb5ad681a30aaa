"""Notes of other dialects → `[^name]` with `[^name]: …`, each name once, each note with its mark."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from press.editor.importing.foreign.conversion import LINE_END, NEW_LINE, Conversion, show

_INLINE = "^["
_DEFINITION = re.compile(r"^(?P<lead>[ ]{0,3}(?:>[ ]?)*)\[\^(?P<name>[^\]\n]+)\]:", re.MULTILINE)
_REFERENCE = re.compile(
    r"\[\^(?P<name>[^\]\n]+)\](?!:)|(?<!^)(?<!^[ ])(?<!> )\[\^(?P<other>[^\]\n]+)\](?=:)", re.MULTILINE
)
_SOUND_NAME = re.compile(r"""[^\s<>"'&%#\[\]]+""")
_CITATION = re.compile(r"^[ ]{0,3}\[#(?P<name>[^\]\s]+)\]:", re.MULTILINE)
_GAP = re.compile(r"\n[ \t>]*\n")


def convert_notes(conversion: Conversion) -> None:
    """Convert notes in place; what cannot be paired stays as it is printed, with a note in the report."""
    _convert_citations(conversion)
    _convert_inline_notes(conversion)
    _part_equal_names(conversion)
    _mend_names(conversion)
    _report_unpaired(conversion)


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
    """Write `^[words]` as a mark and a note at the end of the text, the inner of two nested ones first."""
    made, numbers = [], _free_names(conversion.text)
    failed = len(conversion.text)
    while (start := conversion.text.rfind(_INLINE, 0, failed)) >= 0:
        end = find_closing(conversion.text, start + 1)
        words = conversion.text[start + 2 : end]
        if end < 0 or not words.strip():
            conversion.note(
                f"“{show(conversion.text[start : start + 40])}” may be a note without an end; it stays as typed"
            )
            failed = start
            continue
        made.append((start, re.sub(f"[ \t]*(?:{NEW_LINE}|\n|{LINE_END})[ \t>]*", " ", words).strip()))
        ends = "\n" * words.count("\n")
        sign = f"\ufddd{len(made) - 1}\ufddd"
        conversion.text = conversion.text[:start] + sign + LINE_END * len(ends) + conversion.text[end + 1 :]
        failed = len(conversion.text)
    if made:
        _name_in_order(conversion, made, numbers)


def _name_in_order(conversion: Conversion, made: list[tuple[int, str]], numbers: Iterator[str]) -> None:
    """Give inline notes their names, those in the text first and from its beginning on."""
    waiting = re.findall("\ufddd(\\d+)\ufddd", conversion.text)
    names: dict[str, str] = {}
    while waiting:
        sign = waiting.pop(0)
        names[sign] = next(numbers)
        waiting += re.findall("\ufddd(\\d+)\ufddd", made[int(sign)][1])

    def named(text: str) -> str:
        return re.sub("\ufddd(\\d+)\ufddd", lambda match: f"[^{names[match[1]]}]", text)

    conversion.text = named(conversion.text)
    for sign, name in names.items():
        conversion.write(f"{name} {name}")
        conversion.ends.append(f"[^{name}]: {named(made[int(sign)][1])}")
    notes = "note" if len(names) == 1 else "notes"
    conversion.note(f"{len(names)} inline {notes}, ^[…], became {notes} at the end of the text")


def find_closing(text: str, opening: int) -> int:
    """Return where the bracket closes that opens at a place, within one paragraph; -1 if it does not."""
    gap = _GAP.search(text, opening)
    depth = 0
    for at in range(opening, gap.start() if gap else len(text)):
        depth += (text[at] == "[") - (text[at] == "]")
        if depth == 0:
            return at
    return -1


def _free_names(text: str) -> Iterator[str]:
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
    names = _free_names(conversion.text)
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
    names = _free_names(conversion.text)
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
