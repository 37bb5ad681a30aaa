"""`inv check`: the gate, a rehearsal of the build, and the house style of texts, as one list of problems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from press.build import BuildOptions, read_settings, rehearse, survey_texts
from press.diagnostics import Diagnostic, Refused, display_path
from press.editor.lint.rules import RULES, lint, make_problem
from press.editor.lint.straight_marks import find_straight_marks
from press.editor.lint.subject import Subject, mask_markup
from press.model.entry import Entry
from press.model.header import read_header, split_source
from press.validate import Survey
from press.validate.text import decode
from press.validate.waivers import drop_accepted, find_idle_exceptions


def examine(order: BuildOptions) -> list[Diagnostic]:
    """Give all that can be said of a collection, errors too, sorted. Raises Refused for unreadable settings."""
    settings = read_settings(order)
    survey = survey_texts(order, settings)
    problems = [problem for entry in survey.entries for problem in lint_entry(order, entry)]
    try:
        problems += rehearse(order, look_at_pages)
    except Refused as refused:
        problems += [*refused.problems, *(problem for problem in survey.problems if problem not in refused.problems)]
    found: dict[str, set[str]] = {}
    for problem in problems:
        found.setdefault(problem.path, set()).add(problem.rule)
    accepted = {display_path(order.content / e.source): e.accept for e in survey.entries}
    idle = [f for e in survey.entries if e.accept for f in _find_idle(order, e, found)]
    return sorted(drop_accepted([*problems, *idle], accepted))


def lint_entry(order: BuildOptions, entry: Entry) -> Iterator[Diagnostic]:
    """Look at one text by the rules of the style."""
    text = decode((order.content / entry.source).read_bytes())
    yield from lint(take_subject(text, entry), display_path(order.content / entry.source))


def take_subject(text: str, entry: Entry) -> Subject:
    """Make of a source what the rules look at."""
    header = read_header(text, entry.source, page=entry.is_page)
    lines = {key: item.line for key, item in header.fields.items()}
    return Subject(entry, mask_markup(split_source(text, entry.body_line)), lines)


def look_at_pages(order: BuildOptions, survey: Survey, tree: Path) -> list[Diagnostic]:
    """Look at the finished page of every published leaflet."""
    problems = []
    for entry in [*survey.archive.leaflets, *survey.archive.pages]:
        path = order.content / entry.source
        if entry.quotes:
            page = (tree / entry.url / "index.html").read_bytes()
            found = find_straight_marks(page, decode(path.read_bytes()), entry.body_line)
            problems += [make_problem(display_path(path), finding, "straight-mark") for finding in found]
    return problems


def _find_idle(order: BuildOptions, entry: Entry, found: dict[str, set[str]]) -> Iterator[Diagnostic]:
    path = order.content / entry.source
    header = read_header(decode(path.read_bytes()), entry.source, page=entry.is_page)
    shown = display_path(path)
    yield from find_idle_exceptions(shown, header.fields["accept"].line, entry.accept, found.get(shown, ()), RULES)
