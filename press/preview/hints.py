"""The hints for one text: what `inv check` would report for it, found while its page is being read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from press.context import published
from press.diagnostics import Diagnostic, Level, display_path
from press.editor.lint import make_subject
from press.editor.lint.rules import RULES, lint, make_problem
from press.editor.lint.style_checks import find_straight_marks
from press.model.entry import Entry
from press.model.source_text import decode_source
from press.preview.job import Hint
from press.preview.memory import GoodBuild
from press.validate.waivers import drop_accepted, find_unused_waivers


def find_hints(last: GoodBuild, source: str) -> tuple[Hint, ...] | None:
    """Return the warnings and the advice for a text of the last good build, by line.

    None if there is no such text, or if its file has changed since: its lines would be others.
    """
    content, survey = last.context.options.content, last.built.survey
    entry = next((entry for entry in published(survey.archive) if entry.source == source), None)
    data = _read(content / source) if entry else None
    if entry is None or data is None or hashlib.sha256(data).hexdigest() != survey.hashes[source]:
        return None
    shown = display_path(content / source)
    problems = [problem for problem in last.context.problems if problem.path == shown]
    page = last.built.tree.folder / entry.url / "index.html"
    problems += _examine(entry, decode_source(data), shown, page)
    problems += list(_find_idle_waivers(entry, decode_source(data), shown, problems))
    kept = sorted(set(drop_accepted(problems, {shown: entry.accept})), key=lambda problem: problem.line)
    return tuple(_as_hint(problem) for problem in kept if problem.level is not Level.ERROR)


def _examine(entry: Entry, text: str, shown: str, page: Path) -> Iterator[Diagnostic]:
    """Yield what the rules of style find in a source and on its page."""
    yield from lint(make_subject(text, entry), shown)
    if entry.quotes and page.is_file():
        for finding in find_straight_marks(page.read_bytes(), text, entry.body_line):
            yield make_problem(shown, finding, "straight-mark")


def _find_idle_waivers(entry: Entry, text: str, shown: str, problems: list[Diagnostic]) -> Iterator[Diagnostic]:
    if entry.accept:
        lines, found = make_subject(text, entry).lines, {problem.rule for problem in problems}
        yield from find_unused_waivers(shown, lines, entry.accept, found, RULES)


def _as_hint(problem: Diagnostic) -> Hint:
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return Hint(place, problem.level.name.lower(), problem.rule, problem.message)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
