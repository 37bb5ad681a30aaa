"""Diagnostics: what is wrong, where, by which rule, and how serious it is."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_CHARACTERS_SHOWN = 1000
"""Longer messages and paths are shortened: a value may be a whole file."""


class Level(enum.IntEnum):
    """How serious a problem is, the worst first."""

    ERROR = 0
    """Stops the build."""
    WARNING = 1
    """Reported by the build."""
    ADVICE = 2
    """Reported only by `inv check`."""


@dataclass(frozen=True, order=True, slots=True)
class Diagnostic:
    """One problem in one place; sorts by path, line, level and rule."""

    path: str
    """The file as a maintainer knows it, relative to the current folder."""
    line: int
    """From 1; 1 for a whole file or a missing key; 0 if no line can be named."""
    level: Level
    rule: str
    """Also the heading in docs/diagnostics.md and the id of the rule's test."""
    message: str
    """What is wrong with the value. What to write instead."""

    def __str__(self) -> str:
        path = _on_one_line(self.path)
        place = f"{path}:{self.line}" if self.line else path
        return f"{place}: {self.level.name.lower()}: [{self.rule}] {_on_one_line(self.message)}"


class Refused(Exception):
    """The build cannot go on; carries the problems that explain why."""

    def __init__(self, problems: Iterable[Diagnostic]) -> None:
        self.problems: Sequence[Diagnostic] = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def error(path: str, line: int, rule: str, message: str) -> Diagnostic:
    """Return a problem that stops the build."""
    return Diagnostic(path, line, Level.ERROR, rule, message)


def warning(path: str, line: int, rule: str, message: str) -> Diagnostic:
    """Return a problem that the build reports and survives."""
    return Diagnostic(path, line, Level.WARNING, rule, message)


def advice(path: str, line: int, rule: str, message: str) -> Diagnostic:
    """Return a problem that only `inv check` reports."""
    return Diagnostic(path, line, Level.ADVICE, rule, message)


def refuse_if_any_error(problems: Iterable[Diagnostic]) -> None:
    """Raise Refused with all errors among the problems, if there are any."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if errors:
        raise Refused(errors)


def _on_one_line(message: str) -> str:
    """Show control characters as escapes, so that a hostile value cannot forge a line or colour a terminal."""
    if len(message) > MOST_CHARACTERS_SHOWN:
        message = f"{message[: MOST_CHARACTERS_SHOWN // 2]} … {message[-MOST_CHARACTERS_SHOWN // 2 :]}"
    return "".join(c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else ascii(c)[1:-1] for c in message)


def display_path(path: Path | str) -> str:
    """Return a path as a maintainer knows it: relative below the current folder, absolute elsewhere."""
    try:
        return str(Path(path).absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):  # elsewhere; or the current folder is gone
        return str(path)
