"""The header of a source: `Key: value` lines from line 1, ended by a blank line, or between two `---` lines.

Only LF ends a line here (decoding has made CR LF and CR into LF): no other character can begin a new key.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from press.diagnostics import Diagnostic, error

KEYS = {
    key.lower(): key
    for key in """
    Title Date Category Slug Lang Author Authors Tags Added Publisher Place Translator Series Rights Identifier
    Source Notes Summary Corrections Imported Featured Status Translation-of Redirect-from Quotes Dashes Accept
    """.split()
}
"""Every key by its lower-case form; case does not matter in a header."""

PAGE_KEYS = {"title", "slug", "lang", "summary", "status", "quotes", "dashes", "accept", "redirect-from"}
"""The keys of a text in content/pages/."""

MOST_HEADER_LINES = 1000

FENCE = "---"
FOREIGN = {"---": "YAML", "+++": "TOML", ";;;": "JSON", "{": "JSON"}
"""First lines of the headers of other programs; exactly `---` is ours too."""

_YAML_VALUE = re.compile(r"""-(?:\s.*)? | [|>][+-]? | \[.*\] | \{.*\} | ".*" | '.*'""", re.VERBOSE)
"""List items, block scalars, collections, quoted values: other programs read these differently."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key, its line, and its values, one for each line."""

    key: str
    line: int
    values: tuple[str, ...]
    lines: tuple[int, ...] = ()
    """The line of each value: the key's own, or an indented one below it."""

    @property
    def text(self) -> str:
        """All values as one text."""
        return " ".join(self.values)

    def line_at(self, at: int) -> int:
        """Return the line on which the value with this index stands."""
        return self.lines[at] if at < len(self.lines) else self.line


@dataclass(slots=True)
class Header:
    """The fields of a source by lower-case key, and where its header ends and its body begins."""

    fields: dict[str, Field] = field(default_factory=dict)
    body_line: int = 1
    end_line: int = 1
    """The blank line or closing fence that ends the header."""
    problems: list[Diagnostic] = field(default_factory=list)


def split_source(text: str, body_line: int) -> str:
    """Return the text from line `body_line` (from 1) on."""
    return "\n".join(text.split("\n")[body_line - 1 :])


def locate_header(lines: Sequence[str]) -> tuple[int, int, int]:
    """Return the indices of the header's first line, of the line that ends it, and of the first line of the text.

    The header ends at a blank line or, if its first line is a fence, at the closing fence; neither fence belongs to
    it, nor does a blank line after the closing one.
    """
    first = int(_is_fence(lines[0]))
    ends = (at for at in range(first, len(lines)) if not lines[at].strip() or (first and _is_fence(lines[at])))
    end = next(ends, len(lines))
    closed = first and end < len(lines) and _is_fence(lines[end])
    blank = closed and end + 1 < len(lines) and not lines[end + 1].strip()
    return first, end, min(end + 2 if blank else end + 1, len(lines))


def read_header(text: str, path: str, *, page: bool = False) -> Header:
    """Read the header of a source whose lines end in LF; what is wrong with it is in the result's `problems`."""
    lines = text.split("\n")
    first, end, body = locate_header(lines)
    header = Header(body_line=body + 1, end_line=end + 1)
    header.problems += _find_wrong_frame(lines, first, end, path)
    if header.problems:
        return header
    rows = list(enumerate(lines[first:end], start=first + 1))
    header.fields, problems = collect_fields(rows, path, page, fenced=first == 1)
    header.problems += problems
    return header


def _find_wrong_frame(lines: Sequence[str], first: int, end: int, path: str) -> Iterator[Diagnostic]:
    """Find a header of another program, one that is missing, too long, or not closed."""
    opening = lines[0].strip()
    if opening in FOREIGN and not first:
        message = (
            f"“{opening}” begins a {FOREIGN[opening]} header, which this archive does not read. Write “Key: value” "
            "lines from line 1, or let `inv import` convert the file."
        )
        yield error(path, 1, "header-form", message)
    elif first and (end == len(lines) or not _is_fence(lines[end])):
        blanks = _find_blank_lines(lines, first, path)
        message = "the header has no closing “---” before this line. Write “---” on the line after its last value."
        yield from blanks or [error(path, min(end + 1, len(lines)), "header-end", message)]
    elif end == first:
        message = (
            "the text does not begin with its header. Write “Title: …” and “Date: …” on the first lines, then a "
            "blank line."
        )
        yield error(path, 1, "header-missing", message)
    elif end - first > MOST_HEADER_LINES:
        most = f"{MOST_HEADER_LINES} is the most"
        message = f"the header has {end - first} lines; {most}. Leave a blank line before the text."
        yield error(path, first + MOST_HEADER_LINES + 1, "too-many", message)


def _find_blank_lines(lines: Sequence[str], first: int, path: str) -> list[Diagnostic]:
    """Find blank lines between two fences, if all other lines there belong to a header."""
    end = next((at for at in range(first, len(lines)) if _is_fence(lines[at])), first)
    rows = list(enumerate(lines[first:end], start=first + 1))
    if not all(not line.strip() or line[0] in " \t" or _split_field(line)[0].lower() in KEYS for _, line in rows):
        return []
    message = "this blank line is between the two “---” lines of the header. Delete it."
    return [error(path, number, "header-end", message) for number, line in rows if not line.strip()]


def _is_fence(line: str) -> bool:
    return line.rstrip(" \t") == FENCE


def collect_fields(
    rows: Sequence[tuple[int, str]], path: str, page: bool, *, fenced: bool
) -> tuple[dict[str, Field], list[Diagnostic]]:
    """Read numbered header lines into fields.

    Without fences this stops at the first line of another form, because the text may begin there.
    """
    lines: dict[str, int] = {}
    values: dict[str, list[tuple[str, int]]] = {}
    problems: list[Diagnostic] = []
    wrong_form: list[Diagnostic] = []
    further: list[tuple[str, int]] | None = None
    for number, line in rows:
        indented = line[0] in " \t" and further is not None
        key, value = ("", line.strip()) if indented else _split_field(line)
        if (not indented and not key) or (fenced and _YAML_VALUE.fullmatch(value)):
            wrong_form.append(_wrong_form(path, number, line, fenced))
            if not fenced:
                break
        if indented and further is not None:
            further.append((value, number))
        elif key:
            problems += _find_key_problems(key, number, path, lines, page)
            further = [(value, number)] if value else []
            if key.lower() in KEYS and key.lower() not in lines:
                lines[key.lower()], values[key.lower()] = number, further
    fields = {key: _make_field(key, line, values[key]) for key, line in lines.items()}
    return fields, [*problems, *wrong_form[:1], *([] if wrong_form else _find_empty(fields, path))]


def _make_field(key: str, line: int, rows: Sequence[tuple[str, int]]) -> Field:
    return Field(KEYS[key], line, tuple(value for value, _ in rows), tuple(number for _, number in rows))


def _split_field(line: str) -> tuple[str, str]:
    """Return key and value of `Key: value`; an empty key for any other line."""
    key, colon, value = line.partition(":")
    sound = colon and not line[0].isspace() and (not value or value[0].isspace())
    return (key.rstrip(), value.strip()) if sound else ("", "")


def _wrong_form(path: str, number: int, line: str, fenced: bool) -> Diagnostic:
    shown = line.strip()[:60]
    if fenced:
        message = (
            f"“{shown}” is not a plain “Key: value” line, the only form this archive reads between “---” lines. "
            "Write it plainly, or let `inv import` convert a file that has a YAML header."
        )
        return error(path, number, "header-form", message)
    message = f"“{shown}” is in the header but is not a “Key: value” line. Leave a blank line before the text."
    return error(path, number, "header-end", message)


def _find_key_problems(
    key: str, number: int, path: str, lines: Mapping[str, int], page: bool
) -> Iterator[Diagnostic]:
    known = sorted(PAGE_KEYS) if page else sorted(KEYS)
    lower = key.lower()
    if lower in lines:
        yield error(
            path,
            number,
            "key-twice",
            f"“{key}” is already on line {lines[lower]}. "
            "Write each key once, and further values on indented lines below it.",
        )
    elif lower not in known:
        near = difflib.get_close_matches(lower[:60], known, n=1)
        hint = (
            f"Did you mean “{KEYS[near[0]]}”?"
            if near
            else "docs/metadata.md lists the keys; the text begins after a blank line."
        )
        yield error(path, number, "unknown-key", f"“{key[:60]}” is not a key of this archive. {hint}")


def _find_empty(fields: Mapping[str, Field], path: str) -> Iterator[Diagnostic]:
    for item in fields.values():
        if not item.values:
            yield error(path, item.line, "empty-value", f"“{item.key}” has no value. Write one, or delete the line.")
