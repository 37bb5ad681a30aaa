"""The header of a Markdown source: where it is, and whether its first lines are one at all."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from press.diagnostics import Diagnostic, error
from press.editor.importing.data_model import Note
from press.editor.importing.foreign.header_forms import (
    ForeignField,
    UnreadableHeader,
    is_org_line,
    load_json,
    load_toml,
    load_yaml,
    read_key_lines,
    read_org_lines,
    read_percent_lines,
)
from press.editor.importing.foreign.header_keys import ONLY_OURS, OUR_NAMES, PROGRAM_KEYS, are_header_lines
from press.editor.importing.foreign.header_proof import find_lost_header_words
from press.model.header import KEYS, collect_fields

_LONGEST = 50_000
_MOST_BRACKETS = 200
"""With more, reading YAML takes seconds."""

_FENCES = {"---": "YAML", "+++": "TOML", ";;;": "JSON"}
_ENDS = {"YAML": ("---", "..."), "TOML": ("+++",), "JSON": (";;;",)}
_LOADERS = {"YAML": load_yaml, "TOML": load_toml, "JSON": load_json}
_LINE_READERS = {"": read_key_lines, "Org": read_org_lines, "Pandoc": read_percent_lines}
_RULE = re.compile(r"-{3,}")
_KEY = re.compile(r"([A-Za-z][\w -]{0,30}):(?:\s|$)", re.ASCII)


class Frame(NamedTuple):
    """Where a header is: the indices of its first line and of the line after its last, if it has an end."""

    form: str
    """YAML, TOML, JSON, Org or Pandoc; empty for `Key: value` lines without a fence above."""
    first: int
    end: int | None
    after: int = 0
    """The index of the first line below the header, its closing fence passed over."""


@dataclass(slots=True)
class ForeignText:
    """A Markdown source taken apart: the fields of its header, and the text with its first line."""

    fields: Sequence[ForeignField] = ()
    own: bool = False
    """Whether the header is that of this archive; every value is then a tuple of lines."""
    body: str = ""
    body_line: int = 1
    notes: list[Note] = field(default_factory=list)
    """What the header has beside its keys: comments."""
    problems: list[Diagnostic] = field(default_factory=list)


def read_foreign(text: str, name: str) -> ForeignText:
    """Separate the header of a Markdown source from its text; a source without a header is all text."""
    lines = text.split("\n")
    start = _skip_blank(lines, 0)
    frame = _find_frame(lines, start)
    if frame is None:
        return ForeignText(body="\n".join(lines[start:]), body_line=start + 1)
    if frame.end is None:
        what = f"the {frame.form} header that begins with “{lines[start].strip()}” has no end"
        return _refused(name, start + 1, what)
    found = _read_frame(lines, frame, name)
    if not found.own and not found.problems:
        notes, lost = find_lost_header_words(lines[frame.first : frame.end], frame.first + 1, found.fields)
        found.notes = notes
        if lost:
            return _refused(name, lost[0], f"“{lost[1]}” of the header would be lost")
    body = _skip_blank(lines, min(frame.after, len(lines)))
    found.body, found.body_line = "\n".join(lines[body:]), body + 1
    return found


def _skip_blank(lines: Sequence[str], start: int) -> int:
    """Return the index of the first line from `start` on that has something on it, or `start`."""
    return next((at for at in range(start, len(lines)) if lines[at].strip()), start)


def _find_frame(lines: Sequence[str], start: int) -> Frame | None:
    """Find the header that begins on a line; None if a text begins there."""
    fence = lines[start].strip()
    if fence in _FENCES:
        form = _FENCES[fence]
        end = next((at for at in range(start + 1, len(lines)) if lines[at].strip() in _ENDS[form]), None)
        if end and form == "YAML" and not _has_known_key(lines[start + 1 : end]):
            return None
        return Frame(form, start + 1, end, (end or 0) + 1)
    if fence.startswith("{"):
        return _find_json(lines, start)
    if is_org_line(fence) or fence.startswith("% "):
        return _find_marked_lines(lines, start)
    ruled = _RULE.fullmatch(fence) is not None
    first = start + 1 if ruled else start
    end = next((at for at in range(first, len(lines)) if _ends_lines(lines[at])), len(lines))
    rows = lines[first:end]
    if not rows or not _KEY.match(rows[0]) or not all(row[0] in " \t" or _KEY.match(row) for row in rows):
        return None
    closed = end < len(lines) and lines[end].strip() != ""
    if (ruled and not closed) or not are_header_lines(_split_rows(rows), fenced=closed):
        return None
    return Frame("YAML" if ruled else "", first, end, end + 1)


def _has_known_key(rows: Sequence[str]) -> bool:
    """Tell a header from words between two rules: it has a key that is known, or none in the form of one."""
    names = [match[1].strip().lower() for row in rows if (match := _KEY.match(row))]
    return not names or any(name in KEYS or name in OUR_NAMES or name in PROGRAM_KEYS for name in names)


def _ends_lines(line: str) -> bool:
    return not line.strip() or _RULE.fullmatch(line.strip()) is not None


def _split_rows(rows: Sequence[str]) -> list[tuple[str, str]]:
    """Return the name and the value of each key, its indented lines with it."""
    found: list[tuple[str, str]] = []
    for row in rows:
        match = _KEY.match(row)
        if match and row[0] not in " \t":
            found.append((match[1].strip().lower(), row[match.end() :].strip()))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {row.strip()}".strip())
    return found


def _find_json(lines: Sequence[str], start: int) -> Frame | None:
    """Find an object of JSON at the head of a text, as Hugo has it; None for a text that begins with a brace."""
    text = "\n".join(lines[start:])
    if not re.match(r"\{\s*(?:\"|$)", text, re.MULTILINE):
        return None
    try:
        _, length = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return Frame("JSON", start, None) if re.match(r"\{\s*\"[\w-]+\"\s*:", text) else None
    end = start + text.count("\n", 0, length) + 1
    rest = text[length:].partition("\n")[0].strip()
    return None if rest else Frame("JSON", start, end, end)


def _find_marked_lines(lines: Sequence[str], start: int) -> Frame | None:
    """Find the lines of Org, `#+TITLE: …`, or the block of Pandoc, up to three lines that begin with `%`."""
    if is_org_line(lines[start]):
        end = next((at for at in range(start, len(lines)) if not is_org_line(lines[at])), len(lines))
        return Frame("Org", start, end, end)
    end = next((at for at in range(start, len(lines)) if not re.match(r"%|[ \t]+\S", lines[at])), len(lines))
    fits = sum(line.startswith("%") for line in lines[start:end]) <= 3
    return Frame("Pandoc", start, end, end) if fits and (end == len(lines) or not lines[end].strip()) else None


def _read_frame(lines: Sequence[str], frame: Frame, name: str) -> ForeignText:
    rows = [(at + 1, lines[at]) for at in range(frame.first, frame.end or 0) if lines[at].strip()]
    own = _read_own(rows, name, fenced=frame.form == "YAML") if frame.form in ("", "YAML") else None
    if isinstance(own, ForeignText):
        return own
    try:
        return ForeignText(_read_other(lines[frame.first : frame.end], rows, frame))
    except UnreadableHeader as wrong:
        return _refused(name, frame.first + wrong.at + 1, wrong.what)


def _read_own(rows: Sequence[tuple[int, str]], name: str, *, fenced: bool) -> ForeignText | None:
    """Read a header of this archive, between fences or not; None for one of another program.

    Between fences, where it could be YAML, it is ours if it spells its keys as the archive does, or has one that only
    the archive has.
    """
    fields, problems = collect_fields(rows, name, page=False, fenced=fenced)
    names = {row.partition(":")[0].rstrip() for _, row in rows if row[:1] not in (" ", "\t")}
    if fenced and not names <= set(KEYS.values()) and not ONLY_OURS & fields.keys():
        return None
    problems = [problem for problem in problems if problem.rule != "empty-value"]
    if problems:
        twice = all(problem.rule == "key-twice" for problem in problems)
        return ForeignText(problems=problems) if twice else None
    return ForeignText([ForeignField(item.key, item.values, item.line) for item in fields.values()], own=True)


def _read_other(lines: Sequence[str], rows: Sequence[tuple[int, str]], frame: Frame) -> list[ForeignField]:
    """Read the header of another program. Raises UnreadableHeader."""
    if frame.form in _LINE_READERS:
        return _LINE_READERS[frame.form](rows)
    inside = "\n".join(lines) + "\n"
    if len(inside) > _LONGEST or max(map(inside.count, "[{")) > _MOST_BRACKETS:
        raise UnreadableHeader(-1, f"the {frame.form} header is too long or too deeply nested")
    try:
        return _LOADERS[frame.form](inside, frame.first + 1)
    except RecursionError:
        raise UnreadableHeader(-1, f"the {frame.form} header is too deeply nested") from None


def _refused(name: str, line: int, what: str) -> ForeignText:
    message = f"{what}. Correct it, or delete the header and write its values by hand."
    return ForeignText(problems=[error(name, line, "import-header", message)])
