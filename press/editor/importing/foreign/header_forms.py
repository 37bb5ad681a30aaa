"""The forms that a header can have in another program, each read into fields as they were typed."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from typing import Any, NamedTuple

from press.editor.importing.plain.lines import make_printable

_YAML_REASONS = {
    "while parsing a flow mapping": "what begins with “{” is not closed",
    "while parsing a flow sequence": "a list that begins with “[” is not closed",
    "while scanning a quoted scalar": "a quotation mark is not closed",
    "while scanning a simple key": "the line has no colon with a space after it",
}
"""What is wrong on the line where YAML began to read something, by what it was reading."""

_ORG = re.compile(r"#\+(?P<name>[A-Za-z_]+):\s*(?P<value>.*)")
_PANDOC_KEYS = ("title", "author", "date")


class ForeignField(NamedTuple):
    """One key of a header as it was typed, with its value and its line."""

    name: str
    value: Any
    line: int


class UnreadableHeader(Exception):
    """A header cannot be read; carries the index of the line in the header, and what is wrong."""

    def __init__(self, at: int, what: str) -> None:
        self.at, self.what = at, what
        super().__init__(what)


def load_yaml(text: str, first: int) -> list[ForeignField]:
    """Read YAML with every value as typed: no dates, no numbers, nothing that could run code.

    `first` is the line of the source on which `text` begins. Raises UnreadableHeader.
    """
    import yaml  # only an import needs it

    try:
        loader = yaml.BaseLoader(text)  # makes strings, lists and maps only
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise UnreadableHeader(-1, "the YAML header is not a list of keys and values")
        return [
            ForeignField(str(loader.construct_object(key, deep=True)), _construct(loader, value), _line(key, first))
            for key, value in node.value
        ]
    except yaml.MarkedYAMLError as wrong:
        context, problem = str(wrong.context), str(wrong.problem)
        mark = wrong.context_mark if context in _YAML_REASONS else wrong.problem_mark
        at = min(mark.line if mark else 0, text.count("\n") - 1)
        reason = _YAML_REASONS.get(context) or _explain(problem, text.split("\n")[at])
        raise UnreadableHeader(at, f"“{_show(text, at)}” cannot be read as YAML: {reason}") from None
    except (yaml.YAMLError, ValueError):
        raise UnreadableHeader(-1, "the YAML header has characters that YAML does not allow") from None


def _construct(loader: Any, node: Any) -> Any:
    return loader.construct_object(node, deep=True)


def _line(node: Any, first: int) -> int:
    return first + int(node.start_mark.line)


def _explain(problem: str, row: str) -> str:
    """Return in plain words what YAML reports about a line."""
    if "'\\t'" in problem:
        return "YAML is indented with spaces, not with tabs"
    if "mapping values" in problem and row[:1].isspace():
        return "it is indented further than the keys"
    if "mapping values" in problem:
        return "a value with a colon in it needs quotation marks"
    if "cannot start any token" in problem or "alias" in problem:
        return "a value that begins with a mark needs quotation marks"
    if "escape" in problem:
        return "a backslash is written twice between double quotation marks"
    return "it does not fit what is above it"


def load_toml(text: str, first: int) -> list[ForeignField]:
    """Read TOML. Raises UnreadableHeader."""
    try:
        values = tomllib.loads(text)
    except ValueError as wrong:  # TOMLDecodeError is one
        found = re.search(r"at line (\d+)", str(wrong))
        at = int(found[1]) - 1 if found else text.count("\n") - 1
        raise UnreadableHeader(at, f"“{_show(text, at)}” cannot be read as TOML") from None
    return [ForeignField(name, value, first + _find_toml_key(text, name)) for name, value in values.items()]


def _find_toml_key(text: str, name: str) -> int:
    """Return the index of the line on which a key or a table of TOML begins."""
    found = re.search(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(name)}[\"']?[ \t]*[\]=.]", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) if found else 0


def load_json(text: str, first: int) -> list[ForeignField]:
    """Read a JSON object, as Hugo writes headers. Raises UnreadableHeader."""
    try:
        values = json.loads(text, parse_int=str, parse_float=str)
    except ValueError as wrong:
        at = getattr(wrong, "lineno", 1) - 1
        raise UnreadableHeader(at, f"“{_show(text, at)}” cannot be read as JSON") from None
    if not isinstance(values, dict):
        raise UnreadableHeader(-1, "the JSON header is not a list of keys and values")
    return [ForeignField(name, value, first + _find_json_key(text, name)) for name, value in values.items()]


def _find_json_key(text: str, name: str) -> int:
    found = re.search(rf"{re.escape(json.dumps(name, ensure_ascii=False))}\s*:", text)
    return text.count("\n", 0, found.start()) if found else 0


def _show(text: str, at: int) -> str:
    return make_printable(text.split("\n")[at].strip()[:60])


def read_key_lines(rows: Sequence[tuple[int, str]]) -> list[ForeignField]:
    """Read `Key: value` lines, as in Pelican and MultiMarkdown; each value is a tuple of lines."""
    found: list[ForeignField] = []
    for number, row in rows:
        if row[0] in " \t" and found:
            last = found[-1]
            found[-1] = last._replace(value=(*last.value, row.strip()))
        else:
            name, _, value = row.partition(":")
            found.append(ForeignField(name, (value.strip(),) if value.strip() else (), number))
    return found


def read_org_lines(rows: Sequence[tuple[int, str]]) -> list[ForeignField]:
    """Read the `#+TITLE: …` lines of Org; a line of another form stands in no such header."""
    found = [(number, match) for number, row in rows if (match := _ORG.fullmatch(row.strip()))]
    return [ForeignField(match["name"], match["value"].strip(), number) for number, match in found]


def is_org_line(row: str) -> bool:
    """Return whether a line is a setting of Org: `#+TITLE: The harbour`."""
    return _ORG.fullmatch(row.strip()) is not None


def read_percent_lines(rows: Sequence[tuple[int, str]]) -> list[ForeignField]:
    """Read the block of Pandoc: title, authors and date, each after `%`; indented lines continue a value."""
    values: list[tuple[int, list[str]]] = []
    for number, row in rows:
        if row.startswith("%"):
            values.append((number, [row[1:].strip()]))
        elif values:
            values[-1][1].append(row.strip())
    found = []
    for key, (number, parts) in zip(_PANDOC_KEYS, values, strict=False):
        value = "; ".join(parts) if key == "author" else " ".join(parts)
        found.append(ForeignField(key, value.strip("; "), number))
    return found
