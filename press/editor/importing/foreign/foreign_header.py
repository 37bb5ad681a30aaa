"""The header of a Markdown source: where it is, and its keys as they were typed, in YAML, TOML or plain lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from press.diagnostics import Diagnostic, error
from press.editor.importing.plain.lines import make_printable
from press.model.header import KEYS, collect_fields

_LONGEST = 50_000
_MOST_BRACKETS = 200
"""With more, reading YAML takes seconds."""

_FENCES = {"---": "YAML", "+++": "TOML"}
_ENDS = {"YAML": ("---", "..."), "TOML": ("+++",)}
_RULE = re.compile(r"-{3,}")
_KEY = re.compile(r"([A-Za-z][A-Za-z -]{1,20}):(?:\s|$)")

OUR_NAMES = {
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
"""The names other programs use for the keys of this archive; an empty one is a key to pass over."""

ONLY_OURS = frozenset({"accept", "corrections", "imported", "redirect-from", "translation-of"})
"""Keys that no other program writes in this form: a header that has one is that of this archive."""

_YAML_REASONS = {
    "while parsing a flow mapping": "what begins with “{” is not closed",
    "while parsing a flow sequence": "a list that begins with “[” is not closed",
    "while scanning a quoted scalar": "a quotation mark is not closed",
    "while scanning a simple key": "the line has no colon with a space after it",
}
"""What is wrong on the line where YAML began to read something, by what it was reading."""


class ForeignField(NamedTuple):
    """One key of a header as it was typed, with its value and its line."""

    name: str
    value: Any
    line: int


class Frame(NamedTuple):
    """Where a header is: the indices of its first line and of the line that ends it, if any."""

    form: str
    """YAML, TOML, or empty for lines without a fence above."""
    first: int
    end: int | None


@dataclass(slots=True)
class ForeignText:
    """A Markdown source taken apart: the fields of its header, and the text with its first line."""

    fields: Sequence[ForeignField] = ()
    own: bool = False
    """Whether the header is that of this archive; every value is then a tuple of lines."""
    body: str = ""
    body_line: int = 1
    problems: list[Diagnostic] = field(default_factory=list)


class _Unreadable(Exception):
    """A header cannot be read; carries the index of the line in the header, and what is wrong."""

    def __init__(self, at: int, what: str) -> None:
        self.at, self.what = at, what
        super().__init__(what)


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
    body = _skip_blank(lines, min(frame.end + 1, len(lines)))
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
        return Frame(form, start + 1, end)
    ruled = _RULE.fullmatch(fence) is not None
    first = start + 1 if ruled else start
    end = next((at for at in range(first, len(lines)) if _ends_lines(lines[at])), len(lines))
    rows = lines[first:end]
    if not rows or not _KEY.match(rows[0]) or not all(row[0] in " \t" or _KEY.match(row) for row in rows):
        return None
    closed = end < len(lines) and lines[end].strip() != ""
    if (ruled and not closed) or (closed and not _is_known(rows)):
        return None
    return Frame("YAML" if ruled else "", first, end)


def _ends_lines(line: str) -> bool:
    return not line.strip() or _RULE.fullmatch(line.strip()) is not None


def _is_known(rows: Sequence[str]) -> bool:
    """Tell a header above a rule from words above one, which are a heading: it has a title, or two known keys."""
    names = [match[1].lower() for row in rows if (match := _KEY.match(row))]
    return "title" in names or sum(name in KEYS or name in OUR_NAMES for name in names) > 1


def _read_frame(lines: Sequence[str], frame: Frame, name: str) -> ForeignText:
    rows = [(at + 1, lines[at]) for at in range(frame.first, frame.end or 0) if lines[at].strip()]
    own = _read_own(rows, name, fenced=frame.form == "YAML") if frame.form != "TOML" else None
    if isinstance(own, ForeignText):
        return own
    try:
        return ForeignText(_read_other(lines[frame.first : frame.end], rows, frame))
    except _Unreadable as wrong:
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
    """Read the header of another program. Raises _Unreadable."""
    if not frame.form:
        return _read_lines(rows)
    inside = "\n".join(lines) + "\n"
    if len(inside) > _LONGEST or max(map(inside.count, "[{")) > _MOST_BRACKETS:
        raise _Unreadable(-1, f"the {frame.form} header is too long or too deeply nested")
    try:
        return (_load_yaml if frame.form == "YAML" else _load_toml)(inside, frame.first + 1)
    except RecursionError:
        raise _Unreadable(-1, f"the {frame.form} header is too deeply nested") from None


def _load_yaml(text: str, first: int) -> list[ForeignField]:
    """Read YAML with every value as typed: no dates, no numbers, nothing that could run code."""
    import yaml  # only an import needs it

    try:
        loader = yaml.BaseLoader(text)  # makes strings, lists and maps only
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise _Unreadable(-1, "the YAML header is not a list of keys and values")
        return [
            ForeignField(str(loader.construct_object(key, deep=True)), _construct(loader, value), _line(key, first))
            for key, value in node.value
        ]
    except yaml.MarkedYAMLError as wrong:
        context, problem = str(wrong.context), str(wrong.problem)
        mark = wrong.context_mark if context in _YAML_REASONS else wrong.problem_mark
        at = min(mark.line if mark else 0, text.count("\n") - 1)
        reason = _YAML_REASONS.get(context) or _explain(problem, text.split("\n")[at])
        raise _Unreadable(at, f"“{_show(text, at)}” cannot be read as YAML: {reason}") from None
    except (yaml.YAMLError, ValueError):
        raise _Unreadable(-1, "the YAML header has characters that YAML does not allow") from None


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


def _load_toml(text: str, first: int) -> list[ForeignField]:
    try:
        values = tomllib.loads(text)
    except ValueError as wrong:  # TOMLDecodeError is one
        found = re.search(r"at line (\d+)", str(wrong))
        at = int(found[1]) - 1 if found else text.count("\n") - 1
        raise _Unreadable(at, f"“{_show(text, at)}” cannot be read as TOML") from None
    return [ForeignField(name, value, first + _find_toml_key(text, name)) for name, value in values.items()]


def _find_toml_key(text: str, name: str) -> int:
    """Return the index of the line on which a key or a table of TOML begins."""
    found = re.search(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(name)}[\"']?[ \t]*[\]=.]", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) if found else 0


def _show(text: str, at: int) -> str:
    return make_printable(text.split("\n")[at].strip()[:60])


def _read_lines(rows: Sequence[tuple[int, str]]) -> list[ForeignField]:
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


def _refused(name: str, line: int, what: str) -> ForeignText:
    message = f"{what}. Correct it, or delete the header and write its values by hand."
    return ForeignText(problems=[error(name, line, "import-header", message)])
