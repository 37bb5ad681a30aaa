"""`inv check`: validation, a trial build and the style of the texts, as one list of problems."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from press.build import dry_run
from press.context import Built, find_waivers, published
from press.diagnostics import Diagnostic, Refused, display_path
from press.editor import read_validated
from press.editor.lint.rules import RULES, lint, make_problem
from press.editor.lint.style_checks import find_straight_marks
from press.editor.lint.subject import Subject, mask_markup
from press.model.entry import Entry
from press.model.header import read_header, split_source
from press.model.source_text import decode_source
from press.model.values import locate_values
from press.options import BuildOptions
from press.validate.waivers import drop_accepted, find_unused_waivers


def examine_collection(options: BuildOptions) -> list[Diagnostic]:
    """Return every problem of a collection, advice included, sorted. Raises Refused for unreadable settings."""
    survey, problems = dry_run(options, partial(check_rendered_pages, options))
    subjects: list[Subject] = []
    for entry in survey.entries:
        try:
            source = read_validated(options.content, entry, survey.hashes[entry.source])
        except Refused as refused:
            problems += refused.problems
        else:
            subjects.append(make_subject(decode_source(source), entry))
    for subject in subjects:
        problems += lint(subject, display_path(options.content / subject.entry.source))
    problems += list(_find_idle_waivers(options.content, subjects, problems))
    return sorted(set(drop_accepted(problems, find_waivers(options, survey))))


def make_subject(text: str, entry: Entry) -> Subject:
    """Prepare a source for the rules: `text` is the whole file, decoded."""
    header = read_header(text, entry.source, page=entry.is_page)
    words = mask_markup(split_source(text, entry.body_line))
    return Subject(entry, words, locate_values(header.fields), header.fields)


def check_rendered_pages(options: BuildOptions, built: Built) -> list[Diagnostic]:
    """Check the finished page of every published text by the rules that need it."""
    problems = []
    for entry in published(built.survey.archive):
        page = built.tree.folder / entry.url / "index.html"
        if entry.quotes and page.is_file():
            source = decode_source(read_validated(options.content, entry, built.survey.hashes[entry.source]))
            shown = display_path(options.content / entry.source)
            found = find_straight_marks(page.read_bytes(), source, entry.body_line)
            problems += [make_problem(shown, finding, "straight-mark") for finding in found]
    return problems


def _find_idle_waivers(content: Path, subjects: list[Subject], problems: list[Diagnostic]) -> Iterator[Diagnostic]:
    found: dict[str, set[str]] = {}
    for problem in problems:
        found.setdefault(problem.path, set()).add(problem.rule)
    for subject in subjects:
        if subject.entry.accept:
            shown = display_path(content / subject.entry.source)
            waivers = subject.entry.accept
            yield from find_unused_waivers(shown, subject.lines, waivers, found.get(shown, ()), RULES)
