"""Advice as a table: how often each rule advises something, what it is about, and where first."""

from __future__ import annotations

from collections.abc import Sequence

from press.diagnostics import Diagnostic
from press.editor.findings.rule_docs import load_rule_docs

FEW_PIECES = 20
"""So many pieces of advice are shown as lines; more would hide what matters."""


def as_table(problems: Sequence[Diagnostic]) -> str:
    """Return a line for each rule, the most frequent first: count, name, what it is about, the first place."""
    groups: dict[str, list[Diagnostic]] = {}
    for problem in problems:
        groups.setdefault(problem.rule, []).append(problem)
    docs = load_rule_docs()
    rows = [
        (f"{len(group):,}", rule, docs[rule].about if rule in docs else "", _place(group[0]))
        for rule, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    widths = [max((len(row[n]) for row in rows), default=0) for n in range(3)]
    return "".join(
        f"{number:>{widths[0]}}  {rule:<{widths[1]}}  {about:<{widths[2]}}  {place}\n"
        for number, rule, about, place in rows
    )


def _place(problem: Diagnostic) -> str:
    return f"{problem.path}:{problem.line}" if problem.line else problem.path
