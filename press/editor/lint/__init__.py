"""The house style: everything that `inv check` finds in the texts beyond what a build reports."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from press.context import BuildContext, find_waivers, published
from press.diagnostics import Diagnostic, Refused, display_path
from press.dry_run import check_style
from press.editor import read_validated
from press.editor.lint.rules import RULES, lint, make_problem
from press.editor.lint.style_checks import place_straight_marks
from press.editor.lint.subject import Subject, mask_markup
from press.model.entry import Entry
from press.model.header import read_header, split_source
from press.model.source_text import decode_source
from press.model.values import locate_values
from press.validate.waivers import drop_accepted, find_unused_waivers


def examine_texts(context: BuildContext) -> list[Diagnostic]:
    """Return what the stages have found, with the style of every text, sorted, without what texts waive."""
    options, survey = context.options, context.survey
    problems = [*context.problems, *check_style(context, partial(_lint_source, context)), *_find_straight(context)]
    problems += list(_find_idle_waivers(context, problems))
    return sorted(set(drop_accepted(problems, find_waivers(options, survey))))


def make_subject(text: str, entry: Entry) -> Subject:
    """Prepare a source for the rules: `text` is the whole file, decoded."""
    header = read_header(text, entry.source, page=entry.is_page)
    words = mask_markup(split_source(text, entry.body_line))
    return Subject(entry, words, locate_values(header.fields), header.fields)


def _lint_source(context: BuildContext, entry: Entry) -> list[Diagnostic]:
    """Return what every rule finds in a source; if it has changed meanwhile, the error that says so."""
    try:
        return list(lint(make_subject(_read(context, entry), entry), _shown(context, entry)))
    except Refused as refused:
        return list(refused.problems)


def _find_straight(context: BuildContext) -> Iterator[Diagnostic]:
    """Yield the straight marks that are left on the finished page of each published text."""
    for entry in published(context.survey.archive):
        page = context.facts.get(f"{entry.url}index.html")
        if entry.quotes and page and page.straight:
            shown = _shown(context, entry)
            try:
                source = _read(context, entry)
            except Refused as refused:
                yield from refused.problems
                continue
            for finding in place_straight_marks(page.straight, source, entry.body_line):
                yield make_problem(shown, finding, "straight-mark")


def _find_idle_waivers(context: BuildContext, problems: list[Diagnostic]) -> Iterator[Diagnostic]:
    found: dict[str, set[str]] = {}
    for problem in problems:
        found.setdefault(problem.path, set()).add(problem.rule)
    for entry in context.survey.entries:
        if entry.accept:
            shown = _shown(context, entry)
            try:
                lines = make_subject(_read(context, entry), entry).lines
            except Refused as refused:
                yield from refused.problems
                continue
            yield from find_unused_waivers(shown, lines, entry.accept, found.get(shown, ()), RULES)


def _read(context: BuildContext, entry: Entry) -> str:
    """Return a source that passed validation. Raises Refused if it has changed since."""
    sha256 = context.survey.hashes[entry.source]
    return decode_source(read_validated(context.options.content, entry, sha256))


def _shown(context: BuildContext, entry: Entry) -> str:
    return display_path(context.options.content / entry.source)
