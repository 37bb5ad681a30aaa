"""The rules of the house style: their names, how much they matter, what to do. docs/style.md has examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from press.diagnostics import Diagnostic, Level
from press.editor.lint import style_checks
from press.editor.lint.subject import Finding, Subject

Find = Callable[[Subject], Iterator[Finding]]


class Rule(NamedTuple):
    """One rule: its level, what to do about it, and what finds it; none where the finished page is looked at."""

    level: Level
    hint: str
    find: Find | None


RULES: dict[str, Rule] = {
    "capital-title": Rule(
        Level.ADVICE,
        "Write it as in a sentence, and the paper’s form under Notes:.",
        style_checks.find_capital_titles,
    ),
    "category-missing": Rule(Level.ADVICE, "Write a Category: line.", style_checks.find_missing_category),
    "double-space": Rule(Level.ADVICE, "Write one.", style_checks.find_double_spaces),
    "heading-order": Rule(
        Level.WARNING, "Go down one level at a time, from the first heading’s.", style_checks.find_disordered_headings
    ),
    "invisible-character": Rule(Level.ADVICE, "Delete it.", style_checks.find_invisible_characters),
    "lost-letter": Rule(Level.WARNING, "Look at the paper and write the letter.", style_checks.find_lost_letters),
    "misreading": Rule(Level.ADVICE, "Is it a scanner’s slip? Look at the paper.", style_checks.find_misreadings),
    "mixed-script": Rule(
        Level.WARNING, "Type the word again in one alphabet: nobody can find it so.", style_checks.find_mixed_scripts
    ),
    "repeated-word": Rule(
        Level.ADVICE, "Delete one, or leave it if the paper has both.", style_checks.find_repeated_words
    ),
    "space-before-mark": Rule(Level.ADVICE, "Delete the space.", style_checks.find_spaces_before_marks),
    "straight-mark": Rule(
        Level.ADVICE, "Type the curly mark, or &#39; or &#34; for one that shall stay straight.", None
    ),
    "summary-missing": Rule(
        Level.ADVICE, "Write a Summary: of a sentence or two.", style_checks.find_missing_summary
    ),
    "wrong-encoding": Rule(
        Level.WARNING, "Letters that went through a wrong encoding: type them again.", style_checks.find_mojibake
    ),
}
"""Every rule by its name."""


def lint(subject: Subject, path: str) -> Iterator[Diagnostic]:
    """Yield what every rule finds in a text; `path` is how problems name it."""
    for name, rule in RULES.items():
        for finding in rule.find(subject) if rule.find else ():
            yield make_problem(path, finding, name)


def make_problem(path: str, finding: Finding, name: str) -> Diagnostic:
    """Give the problem of a finding."""
    rule = RULES[name]
    return Diagnostic(path, finding.line, rule.level, name, f"{finding.said}. {rule.hint}")
