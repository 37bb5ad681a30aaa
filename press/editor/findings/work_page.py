"""A page to work through: what a check has found, by rule, with the passage around each finding.

It is one file that loads nothing, below the work folder. Which findings are done is kept by the browser.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from press.diagnostics import Diagnostic, Level
from press.editor.findings.rule_docs import load_rule_docs
from press.options import BuildOptions
from press.publish.places import WORK
from press.runtime.files import write_atomic

PAGE_FILE = "check.html"
MOST_OF_A_RULE = 1_000
"""Findings of one rule that are on the page; the rest are counted."""

_FOLDER = Path(__file__).parent
_AROUND = 3
"""Lines before and after that of a finding in which one with words is looked for."""
_WIDEST = 240
"""Characters of a line that are shown; more are cut off, around what the message quotes."""
_QUOTED = re.compile(r"“([^”]+)”")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a source: its number, and its words before, in and after the place of the finding."""

    number: int
    before: str
    marked: str = ""
    after: str = ""
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One finding as the page shows it."""

    id: str
    """The same until the finding, its file or its order in it changes, so that the browser knows it again."""
    place: str
    """`content/a.md:3`, to be copied."""
    address: str
    """The file, as an address for the browser; empty if there is none."""
    wrong: str
    remedy: str
    passage: Sequence[SourceLine]


@dataclass(frozen=True, slots=True)
class WorkSection:
    """The findings of one rule."""

    rule: str
    level: str
    explanation: Markup
    items: Sequence[WorkItem]
    number: int
    """How many findings there are, on the page or not."""


def write_page(options: BuildOptions, problems: Sequence[Diagnostic], notes: Sequence[str]) -> Path:
    """Write the page below the work folder and return its path. Raises OSError if that is not possible."""
    file = options.root / WORK / PAGE_FILE
    file.parent.mkdir(exist_ok=True)
    write_atomic(file, render_page(problems, notes, options.root), durable=False)
    return file


def render_page(problems: Sequence[Diagnostic], notes: Sequence[str], root: Path) -> str:
    """Return the page; sources are read if they are below `root`, which also names the page to the browser."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    style, script = ((_FOLDER / f"work_page.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    return environment.get_template("work_page.html").render(
        sections=list_sections(problems, root),
        notes=notes,
        store=f"press-check-{_short(str(root.resolve()))}",
        style=Markup(style),
        script=Markup(script),
        policy=policy,
    )


def list_sections(problems: Sequence[Diagnostic], root: Path) -> list[WorkSection]:
    """Return the findings by rule: errors before warnings before advice, and the most frequent first."""
    groups: dict[tuple[Level, str], list[Diagnostic]] = {}
    for problem in problems:
        groups.setdefault((problem.level, problem.rule), []).append(problem)
    ordered = sorted(groups.items(), key=lambda group: (group[0][0], -len(group[1]), group[0][1]))
    read = cache(partial(_read_lines, root.resolve()))
    return [
        WorkSection(rule, level.name.lower(), _explain(rule), _list_items(found, read), len(found))
        for (level, rule), found in ordered
    ]


def _list_items(found: Sequence[Diagnostic], read: Callable[[str], Sequence[str]]) -> list[WorkItem]:
    items, times = [], dict[str, int]()
    for problem in found[:MOST_OF_A_RULE]:
        same = f"{problem.path} {problem.rule} {problem.message}"
        times[same] = times.get(same, 0) + 1
        lines = read(problem.path)
        wrong, remedy = split_message(problem.message)
        items.append(
            WorkItem(
                _short(f"{same} {times[same]}"),
                f"{problem.path}:{problem.line}" if problem.line else problem.path,
                Path(problem.path).absolute().as_uri() if lines else "",
                wrong,
                remedy,
                show_passage(lines, problem.line, problem.message),
            )
        )
    return items


def split_message(message: str) -> tuple[str, str]:
    """Divide a message at its first full stop outside quotation marks: what is wrong, and what to write instead."""
    for match in re.finditer(r"\.\s+", message):
        before = message[: match.start()]
        if before.count("“") == before.count("”") and before.count("(") == before.count(")"):
            return f"{before}.", message[match.end() :]
    return message, ""


def show_passage(lines: Sequence[str], line: int, message: str) -> list[SourceLine]:
    """Return a line of a source and the nearest line with words on either side; nothing for line 0.

    What the message quotes is marked.
    """
    if not 1 <= line <= len(lines):
        return []
    before = [n for n in range(max(1, line - _AROUND), line) if lines[n - 1].strip()][-1:]
    after = [n for n in range(line + 1, min(len(lines), line + _AROUND) + 1) if lines[n - 1].strip()][:1]
    return [
        _mark(n, lines[n - 1], message) if n == line else SourceLine(n, _cut(lines[n - 1], 0)[0])
        for n in (*before, line, *after)
    ]


def _mark(number: int, text: str, message: str) -> SourceLine:
    """Mark the first quoted words of the message that are in the line."""
    for words in _QUOTED.findall(message):
        match = re.search(r"\s+".join(map(re.escape, words.split())), text) if words.split() else None
        if match:
            shown, cut = _cut(text, match.start())
            start, end = match.start() - cut, match.end() - cut
            return SourceLine(number, shown[:start], shown[start:end], shown[end:], is_found=True)
    return SourceLine(number, _cut(text, 0)[0], is_found=True)


def _cut(text: str, place: int) -> tuple[str, int]:
    """Return the part of a long line around a place, and how many characters the place has moved to the left."""
    if len(text) <= _WIDEST:
        return text, 0
    start = max(0, min(place - _WIDEST // 3, len(text) - _WIDEST))
    begun, ended = "… " if start else "", " …" if start + _WIDEST < len(text) else ""
    return f"{begun}{text[start : start + _WIDEST]}{ended}", start - len(begun)


def _read_lines(root: Path, path: str) -> list[str]:
    """Return the lines of a file of the archive; nothing if it is not one, or cannot be read."""
    file = Path(path).absolute().resolve()
    try:
        if not file.is_relative_to(root) or not file.is_file():
            return []
        return file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except OSError:
        return []


def _explain(rule: str) -> Markup:
    """Return what the docs say of a rule, as HTML: their own Markdown, not that of a text."""
    from markdown import markdown

    doc = load_rule_docs().get(rule)
    return Markup(markdown(doc.text)) if doc else Markup()


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
