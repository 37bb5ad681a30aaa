"""Exceptions that a text names with a reason: `Accept: repeated-word (had had is right)`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from press.diagnostics import Diagnostic, Level, advice, warning

BESIDE = frozenset({"doubtful-dash", "empty-alt", "unknown-language", "unmatched-mark"})
"""Warnings and advice of the typesetting plugins that a text may except as well as the rules of the style."""


Exceptions = Iterable[tuple[str, str]]
"""Rules, each with its reason."""


def drop_accepted(problems: Iterable[Diagnostic], accepted: Mapping[str, Exceptions]) -> list[Diagnostic]:
    """Drop warnings and advice that their text excepts; `accepted` is by the path that problems name."""
    rules = {path: {rule for rule, _ in exceptions} for path, exceptions in accepted.items()}
    return [f for f in problems if f.level is Level.ERROR or f.rule not in rules.get(f.path, ())]


def find_idle_exceptions(
    path: str, line: int, accepted: Exceptions, found: Collection[str], known: Collection[str]
) -> Iterator[Diagnostic]:
    """Find exceptions from rules that there are not, and from rules that nothing breaks (any more)."""
    for rule, _ in accepted:
        if rule not in known and rule not in BESIDE:
            message = f"“{rule}” is no rule that a text can except. docs/style.md lists the rules."
            yield warning(path, line, "accept-unknown", message)
        elif rule not in found:
            yield advice(path, line, "accept-unused", f"nothing here breaks “{rule}”. Delete the exception.")
