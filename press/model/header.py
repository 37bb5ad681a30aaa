"""The header of a source: `Key: value` lines from line 1, ended by a blank line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from press.diagnostics import Diagnostic, error

KEYS = {
    key.lower(): key
    for key in """
    Title Date Category Slug Lang Author Authors Tags Added Publisher Place Translator Series Rights Identifier
    Source Notes Summary Corrections Status Translation-of Redirect-from Quotes Dashes Accept
    """.split()
}
"""Every key there is, by its lower-case form; case does not matter in a header."""

PAGE_KEYS = {"title", "slug", "lang", "summary", "status", "quotes", "dashes", "accept", "redirect-from"}
"""The keys of a text in content/pages/."""

LONGEST = 1000
"""Lines of a header."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key with its values, one for each line, and the line of the key."""

    key: str
    line: int
    values: tuple[str, ...]

    @property
    def text(self) -> str:
        """All values as one text."""
        return " ".join(self.values)


@dataclass(slots=True)
class Header:
    """The fields of a source by lower-case key, and the line its body begins on."""

    fields: dict[str, Field] = field(default_factory=dict)
    body_line: int = 1
    problems: list[Diagnostic] = field(default_factory=list)


def split_source(text: str, body_line: int) -> str:
    """Give what stands from line `body_line` (from 1) on."""
    return "\n".join(text.split("\n")[body_line - 1 :])


def read_header(text: str, path: str, *, page: bool = False) -> Header:
    """Read the header of a source whose lines end in LF; what is wrong with it is in the result's `problems`."""
    header = Header()
    lines = text.split("\n")
    header.problems += _find_foreign_header(lines[0], path)
    if header.problems:
        return header
    rows, header.body_line = _take_header_lines(lines)
    if not rows:
        header.problems.append(
            error(
                path,
                1,
                "header-missing",
                "the text does not begin with its header. "
                "Write “Title: …” and “Date: …” on the first lines, then a blank line.",
            )
        )
        return header
    if len(rows) > LONGEST:
        message = f"the header has {len(rows)} lines. {LONGEST} is the most; the text begins after a blank line."
        header.problems.append(error(path, LONGEST + 1, "too-many", message))
        return header
    header.fields, problems = _collect_fields(rows, path, page)
    header.problems += problems
    return header


def _collect_fields(rows: list[tuple[int, str]], path: str, page: bool) -> tuple[dict[str, Field], list[Diagnostic]]:
    """Read numbered header lines into fields; stops at a line that is none, since what follows may be the text."""
    lines: dict[str, int] = {}
    values: dict[str, list[str]] = {}
    problems: list[Diagnostic] = []
    further: list[str] | None = None
    for number, line in rows:
        if line[0] in " \t" and further is not None:
            further.append(line.strip())
            continue
        key, value = _split_field(line)
        if not key:
            problems.append(_not_a_field(path, number, line))
            break
        problems += _find_key_problems(key, number, path, lines, page)
        further = [value] if value else []
        if key.lower() in KEYS and key.lower() not in lines:
            lines[key.lower()], values[key.lower()] = number, further
    fields = {key: Field(KEYS[key], line, tuple(values[key])) for key, line in lines.items()}
    return fields, [*problems, *_find_empty(fields, path)]


def _split_field(line: str) -> tuple[str, str]:
    """Give key and value of `Key: value`; an empty key for any other line."""
    key, colon, value = line.partition(":")
    sound = colon and not line[0].isspace() and (not value or value[0].isspace())
    return (key.rstrip(), value.strip()) if sound else ("", "")


def _take_header_lines(lines: list[str]) -> tuple[list[tuple[int, str]], int]:
    """Give the numbered lines before the first blank one, and the number of the line after it."""
    rows: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            return rows, number + 1
        rows.append((number, line))
    return rows, len(lines) + 1


def _find_foreign_header(first: str, path: str) -> Iterator[Diagnostic]:
    if first.strip() in ("---", "+++", ";;;", "{"):
        yield error(
            path,
            1,
            "header-form",
            f"“{first.strip()}” begins a YAML, TOML or JSON header, which this "
            "archive does not read. Write “Key: value” lines from line 1 on.",
        )


def _not_a_field(path: str, number: int, line: str) -> Diagnostic:
    shown = line.strip()[:60]
    return error(
        path,
        number,
        "header-end",
        f"“{shown}” stands in the header but is no “Key: value” line. "
        "Leave one blank line between the header and the text.",
    )


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
            f"“{key}” stands in line {lines[lower]} already. "
            "Write each key once, further values on indented lines below it.",
        )
    elif lower not in known:
        near = difflib.get_close_matches(lower[:60], known, n=1)
        hint = (
            f"Did you mean “{KEYS[near[0]]}”?"
            if near
            else "docs/metadata.md lists the keys; the text itself begins after a blank line."
        )
        yield error(path, number, "unknown-key", f"“{key[:60]}” is not a key of this archive. {hint}")


def _find_empty(fields: Mapping[str, Field], path: str) -> Iterator[Diagnostic]:
    for item in fields.values():
        if not item.values:
            yield error(path, item.line, "empty-value", f"“{item.key}” has no value. Write one or delete the line.")
