"""Markdown of other programs: a YAML, TOML or `Key: value` header → the fields of this archive."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from press.diagnostics import Diagnostic, error
from press.editor.importing.recognised import Note, Sureness
from press.model.entry import READ
from press.model.header import KEYS, Field
from press.model.languages import canonical_tag
from press.model.values import WrongValue

_LONGEST = 50_000
_MOST_BRACKETS = 200
"""Beyond these, reading YAML takes seconds."""

_FENCES = {"---": "YAML", "+++": "TOML"}
_OWN_HEADER = re.compile(r"[A-Za-z][A-Za-z -]{1,20}:(?:\s|$)")

_OUR_NAMES = {
    "abstract": "summary",
    "categories": "category",
    "copyright": "rights",
    "creator": "author",
    "description": "summary",
    "issued": "date",
    "keywords": "tags",
    "language": "lang",
    "license": "rights",
    "location": "place",
    "modified": "",
    "published": "date",
}
"""What other programs call the keys of this archive; an empty one is none of ours."""

_LISTS = {"author": "; ", "authors": "; ", "translator": "; ", "tags": ", "}
_OWN = frozenset({"source", "added", "corrections", "translation-of", "redirect-from", "quotes", "dashes", "accept"})
"""Keys that this archive gives a meaning of its own: another program's are not taken for them."""


@dataclass(slots=True)
class ForeignText:
    """A Markdown source taken apart: header values by our keys, all plain text, and the text with its first line."""

    values: dict[str, str] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    notes: list[Note] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def read_foreign(text: str, name: str) -> ForeignText:
    """Take the header off a Markdown source, whatever its form; one without is all body."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    fence = lines[start].strip()
    if fence in _FENCES:
        end = next((at for at in range(start + 1, len(lines)) if lines[at].strip() in _ends_of(fence)), None)
        if end is None:
            return _refused(name, start + 1, f"“{fence}” begins a {_FENCES[fence]} header that never ends")
        return _read_fenced(lines, start, end, fence, name)
    if _OWN_HEADER.match(lines[start]):
        return _read_plain_header(lines, start)
    return ForeignText(body="\n".join(lines[start:]), body_line=start + 1)


def _ends_of(fence: str) -> tuple[str, ...]:
    return ("---", "...") if fence == "---" else (fence,)


def _read_fenced(lines: list[str], start: int, end: int, fence: str, name: str) -> ForeignText:
    inside = "\n".join(lines[start + 1 : end]) + "\n"
    if len(inside) > _LONGEST or max(map(inside.count, "[{")) > _MOST_BRACKETS:
        return _refused(name, start + 1, f"the {_FENCES[fence]} header is too long, or too nested, for a leaflet’s")
    try:
        header = _load_yaml(inside) if fence == "---" else tomllib.loads(inside)
    except (ValueError, RecursionError) as wrong:  # TOMLDecodeError is a ValueError, and a YAML error is made one
        return _refused(name, start + 1, f"the {_FENCES[fence]} header cannot be read ({_first_line(wrong)})")
    if not isinstance(header, Mapping):
        return _refused(name, start + 1, f"the {_FENCES[fence]} header is no list of keys and values")
    return _collect(header, "\n".join(lines[end + 1 :]), end + 2, start + 1)


def _load_yaml(text: str) -> Any:
    """Read YAML with every value as it was typed: no dates, no figures, nothing that could run."""
    import yaml  # only an import needs it

    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # BaseLoader makes strings, lists and maps only
    except yaml.YAMLError as wrong:
        raise ValueError(str(wrong)) from None


def _read_plain_header(lines: list[str], start: int) -> ForeignText:
    """Read `Key: value` lines, as Pelican, MultiMarkdown and this archive have them, up to a blank line."""
    header: dict[str, str] = {}
    at, key = start, ""
    for at, line in enumerate(lines[start:], start=start):  # noqa: B007  # the end of the header is needed after
        if not line.strip():
            break
        if line[0] in " \t" and key:
            header[key] += f"; {line.strip()}"
        elif _OWN_HEADER.match(line):
            key, _, value = line.partition(":")
            header[key] = value.strip()
        else:
            return ForeignText(body="\n".join(lines[start:]), body_line=start + 1)
    return _collect(header, "\n".join(lines[at + 1 :]), at + 2, start + 1)


def _collect(header: Mapping[Any, Any], body: str, body_line: int, line: int) -> ForeignText:
    found = ForeignText(body=body, body_line=body_line)
    for name, value in header.items():
        key = _OUR_NAMES.get(str(name).lower(), str(name).lower())
        text = _as_text(value, _LISTS.get(key, "; "))
        if key == "draft" and text.lower() in ("true", "false"):
            key, text = "status", "draft" if text.lower() == "true" else "published"
        reason = _why_not(key, text, found.values)
        if reason:
            said = f"“{name}: {text}” of the header was not taken: {reason}"
            found.notes.append(Note("header", said, Sureness.LOOK, line))
        elif text:
            found.values[key] = text
    return found


def _why_not(key: str, text: str, taken: Mapping[str, str]) -> str:
    """Say why a value of another program's header cannot stand in ours; nothing where it can."""
    if key not in KEYS or key in _OWN:
        return "this archive has no such key" if key not in KEYS else "the import writes this key itself"
    if key in taken:
        return f"“{KEYS[key]}” has a value already"
    if key in ("date", "title") or not text:
        return ""
    if key == "lang":
        return "" if canonical_tag(text) else "it is no language tag"
    try:
        READ[key][1](Field(KEYS[key], 1, (text,)))
    except WrongValue as wrong:
        return str(wrong).partition(". ")[0]
    return ""


def _as_text(value: Any, between: str, depth: int = 0) -> str:
    """Write a value of a header as text; deep lists, which aliases can multiply, as an ellipsis."""
    if depth > 2:
        return "…"
    if isinstance(value, list | tuple):
        return between.join(_as_text(item, ", ", depth + 1) for item in value)
    if isinstance(value, Mapping):
        return between.join(f"{key}: {_as_text(item, ', ', depth + 1)}" for key, item in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(str(value).split())


def _first_line(wrong: Exception) -> str:
    return " ".join(str(wrong).split())[:100] or type(wrong).__name__


def _refused(name: str, line: int, what: str) -> ForeignText:
    message = f"{what}. Mend it, or take the header out and write its values by hand."
    return ForeignText(problems=[error(name, line, "import-header", message)])
