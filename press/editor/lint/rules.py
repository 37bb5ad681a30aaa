"""The style rules: name, level and remedy of each. docs/style.md has an example for every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from press.diagnostics import Diagnostic, Level
from press.editor.lint import style_checks
from press.editor.lint.misreadings import find_misreadings
from press.editor.lint.subject import StyleFinding, Subject

Find = Callable[[Subject], Iterator[StyleFinding]]


class Rule(NamedTuple):
    """One rule: its level, what to do about it, and its check; None if the check needs the finished page."""

    level: Level
    remedy: str
    find: Find | None


RULES: dict[str, Rule] = {
    "capital-title": Rule(
        Level.ADVICE,
        "Write it in sentence case; the original’s capitals can be recorded under Notes:.",
        style_checks.find_capital_titles,
    ),
    "category-missing": Rule(Level.ADVICE, "Add a Category: line.", style_checks.find_missing_category),
    "double-space": Rule(Level.ADVICE, "Write one space.", style_checks.find_double_spaces),
    "heading-order": Rule(
        Level.WARNING,
        "Go down one level at a time, from that of the first heading.",
        style_checks.find_disordered_headings,
    ),
    "import-shown": Rule(
        Level.ADVICE,
        "Move it to Imported:, with the sentences under Corrections: that tell what the import did.",
        style_checks.find_import_in_source,
    ),
    "invisible-character": Rule(Level.ADVICE, "Delete it.", style_checks.find_invisible_characters),
    "joined-authors": Rule(Level.ADVICE, "Separate people with a semicolon.", style_checks.find_joined_authors),
    "letter-in-parts": Rule(
        Level.ADVICE,
        "Write each letter with its accent as one character (Unicode’s NFC): other programs may not find it.",
        style_checks.find_letters_in_parts,
    ),
    "lost-letter": Rule(Level.WARNING, "Check the original and write the letter.", style_checks.find_lost_letters),
    "misreading": Rule(Level.ADVICE, "Check the original: it may be a scanning error.", find_misreadings),
    "mixed-script": Rule(
        Level.WARNING,
        "Retype it in one alphabet: as it is, searches will not find it.",
        style_checks.find_mixed_scripts,
    ),
    "page-mark": Rule(
        Level.ADVICE,
        "Write {page} or {page 12}, with a label of up to 12 letters, figures and square brackets.",
        style_checks.find_wrong_page_marks,
    ),
    "page-twice": Rule(
        Level.ADVICE,
        "Give each page its own label, so that its address leads to it.",
        style_checks.find_doubled_pages,
    ),
    "repeated-word": Rule(
        Level.ADVICE, "Delete one, unless the original has both.", style_checks.find_repeated_words
    ),
    "space-before-mark": Rule(Level.ADVICE, "Delete the space.", style_checks.find_spaces_before_marks),
    "straight-mark": Rule(Level.ADVICE, "Type the curly mark, or &#39; or &#34; to keep it straight.", None),
    "summary-missing": Rule(
        Level.ADVICE, "Add a Summary: of one or two sentences.", style_checks.find_missing_summary
    ),
    "wrong-encoding": Rule(
        Level.WARNING, "The letters were damaged by a wrong encoding: retype them.", style_checks.find_mojibake
    ),
}
"""Every rule by its name."""


def lint(subject: Subject, path: str) -> Iterator[Diagnostic]:
    """Yield what every rule finds in a text; `path` is its name in the problems."""
    for name, rule in RULES.items():
        for finding in rule.find(subject) if rule.find else ():
            yield make_problem(path, finding, name)


def make_problem(path: str, finding: StyleFinding, name: str) -> Diagnostic:
    """Return a finding as a diagnostic."""
    rule = RULES[name]
    return Diagnostic(path, finding.line, rule.level, name, f"{finding.message}. {rule.remedy}")
