"""Problems are data: what is wrong, where, by which rule, and how much it matters."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

LONGEST = 1000
"""Characters of a message or a path that are shown: a value may be a whole file."""


class Level(enum.IntEnum):
    """How much a problem matters, the gravest first."""

    ERROR = 0
    """No build."""
    WARNING = 1
    """Built, and said."""
    ADVICE = 2
    """Said by `inv check` alone."""


@dataclass(frozen=True, order=True, slots=True)
class Diagnostic:
    """One problem in one place; sorts by path, line, level and rule."""

    path: str
    """The file as a maintainer names it, relative to where the command runs."""
    line: int
    """From 1; a problem of a whole file or a missing key stands at line 1; 0 where no line can be named."""
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
    """The build cannot go on; carries the problems that say why."""

    def __init__(self, problems: Iterable[Diagnostic]) -> None:
        self.problems: Sequence[Diagnostic] = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def error(path: str, line: int, rule: str, message: str) -> Diagnostic:
    """Give a problem that stops the build."""
    return Diagnostic(path, line, Level.ERROR, rule, message)


def warning(path: str, line: int, rule: str, message: str) -> Diagnostic:
    """Give a problem that the build says and survives."""
    return Diagnostic(path, line, Level.WARNING, rule, message)


def advice(path: str, line: int, rule: str, message: str) -> Diagnostic:
    """Give a problem that only `inv check` says."""
    return Diagnostic(path, line, Level.ADVICE, rule, message)


def refuse_if_any_error(problems: Iterable[Diagnostic]) -> None:
    """Raise Refused with every problem of level error, if there is one."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if errors:
        raise Refused(errors)


def _on_one_line(message: str) -> str:
    """Show control characters as escapes, so that a hostile value cannot forge a line or colour a terminal."""
    if len(message) > LONGEST:
        message = f"{message[: LONGEST // 2]} … {message[-LONGEST // 2 :]}"
    return "".join(c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else ascii(c)[1:-1] for c in message)


def display_path(path: Path | str) -> str:
    """Name a path as a maintainer does: relative where it stands below the current folder, whole elsewhere."""
    whole = Path(path).absolute()
    try:
        return str(whole.relative_to(Path.cwd()))
    except (ValueError, OSError):  # elsewhere; or the current folder is gone
        return str(whole)
