"""Waivers in a text's header, each with a reason: `Accept: repeated-word (had had is right)`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from press.diagnostics import Diagnostic, Level, advice, warning

TYPESETTING_RULES = frozenset({"doubtful-dash", "empty-alt", "unknown-language", "unmatched-mark"})
"""Warnings and advice of the typesetting plugins that a text may waive as well as the rules of style."""


Waivers = Iterable[tuple[str, str]]
"""Rules, each with its reason."""


def drop_accepted(problems: Iterable[Diagnostic], accepted: Mapping[str, Waivers]) -> list[Diagnostic]:
    """Drop warnings and advice that their text waives; `accepted` is by the path in problems."""
    rules = {path: {rule for rule, _ in waivers} for path, waivers in accepted.items()}
    return [f for f in problems if f.level is Level.ERROR or f.rule not in rules.get(f.path, ())]


def find_unused_waivers(
    path: str, lines: Mapping[str, int], accepted: Waivers, found: Collection[str], known: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield waivers of rules that do not exist, and of rules that the text does not break.

    `lines` are those of the text's header.
    """
    for rule, _ in accepted:
        line = lines.get(f"accept: {rule}", lines["accept"])
        if rule not in known and rule not in TYPESETTING_RULES:
            message = f"“{rule}” is not a rule that a text can waive. docs/style.md lists the rules."
            yield warning(path, line, "accept-unknown", message)
        elif rule not in found:
            yield advice(path, line, "accept-unused", f"nothing here breaks “{rule}”. Delete the waiver.")
