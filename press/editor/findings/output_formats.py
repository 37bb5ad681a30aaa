"""Findings as lines, as JSON and as annotations for GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from press.diagnostics import Diagnostic, Level

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "notice"}


def as_lines(problems: Iterable[Diagnostic]) -> str:
    """Return one line for each problem."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Iterable[Diagnostic]) -> str:
    """Return a list of objects with path, line, level, rule and message."""
    rows = [
        {"path": f.path, "line": f.line, "level": f.level.name.lower(), "rule": f.rule, "message": f.message}
        for f in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Iterable[Diagnostic]) -> str:
    """Return a workflow command for each problem, which GitHub shows next to the changed line.

    See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
    """
    return "".join(
        f"::{_COMMANDS[f.level]} file={_property(f.path)},line={f.line or 1},title={_property(f.rule)}"
        f"::{_data(f.message)}\n"
        for f in problems
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


OUTPUT_FORMATS: Mapping[str, Callable[[Iterable[Diagnostic]], str]] = {
    "json": as_json,
    "github": as_github,
}
