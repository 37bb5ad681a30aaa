"""The rules of the house style: their names, how much they matter, what to do. docs/style.md has examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from press.desk.lint import findings
from press.desk.lint.subject import Finding, Subject
from press.faults import Fault, Level

Find = Callable[[Subject], Iterator[Finding]]


class Rule(NamedTuple):
    """One rule: its level, what to do about it, and what finds it; none where the finished page is looked at."""

    level: Level
    hint: str
    find: Find | None


RULES: dict[str, Rule] = {
    "capital-title": Rule(
        Level.ADVICE, "Write it as in a sentence, and the paper’s form under Notes:.", findings.find_capital_titles
    ),
    "category-missing": Rule(Level.ADVICE, "Write a Category: line.", findings.find_missing_category),
    "double-space": Rule(Level.ADVICE, "Write one.", findings.find_double_spaces),
    "heading-order": Rule(
        Level.WARNING, "Go down one level at a time, from the first heading’s.", findings.find_disordered_headings
    ),
    "invisible-character": Rule(Level.ADVICE, "Delete it.", findings.find_invisible_characters),
    "lost-letter": Rule(Level.WARNING, "Look at the paper and write the letter.", findings.find_lost_letters),
    "misreading": Rule(Level.ADVICE, "Is it a scanner’s slip? Look at the paper.", findings.find_misreadings),
    "mixed-script": Rule(
        Level.WARNING, "Type the word again in one alphabet: nobody can find it so.", findings.find_mixed_scripts
    ),
    "repeated-word": Rule(
        Level.ADVICE, "Delete one, or leave it if the paper has both.", findings.find_repeated_words
    ),
    "space-before-mark": Rule(Level.ADVICE, "Delete the space.", findings.find_spaces_before_marks),
    "straight-mark": Rule(
        Level.ADVICE, "Type the curly mark, or &#39; or &#34; for one that shall stay straight.", None
    ),
    "summary-missing": Rule(Level.ADVICE, "Write a Summary: of a sentence or two.", findings.find_missing_summary),
    "wrong-encoding": Rule(
        Level.WARNING, "Letters that went through a wrong encoding: type them again.", findings.find_mojibake
    ),
}
"""Every rule by its name."""


def lint(subject: Subject, path: str) -> Iterator[Fault]:
    """Yield what every rule finds in a text; `path` is how faults name it."""
    for name, rule in RULES.items():
        for finding in rule.find(subject) if rule.find else ():
            yield make_fault(path, finding, name)


def make_fault(path: str, finding: Finding, name: str) -> Fault:
    """Give the fault of a finding."""
    rule = RULES[name]
    return Fault(path, finding.line, rule.level, name, f"{finding.said}. {rule.hint}")
