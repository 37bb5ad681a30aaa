"""Which findings of a check are shown: those of some rules, from some level on, in files that have changed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from press.diagnostics import Diagnostic, Level, display_path, error
from press.editor.findings.rule_docs import load_rule_docs
from press.options import BuildOptions
from press.publish import collection_folder, find_manifest
from press.publish.places import settle_output

LEVELS = {level.name.lower(): level for level in Level}


@dataclass(frozen=True, slots=True)
class FindingChoice:
    """What was asked for, as it was typed; nothing typed is everything."""

    rule: str = ""
    """Names of rules, separated by commas."""
    level: str = ""
    """`error`, `warning` or `advice`: this level and those above it."""
    changed: bool = False
    """Whether files that are as they were published are left out."""

    @property
    def rules(self) -> frozenset[str]:
        """The rules that were named."""
        return frozenset(filter(None, (name.strip() for name in self.rule.split(","))))

    @property
    def wants_advice(self) -> bool:
        """Whether each piece of advice is wanted as a line, however many there are."""
        return bool(self.rules) or self.level == "advice"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The comparison of the content with the output."""

    paths: frozenset[str] = frozenset()
    """How diagnostics name the files that are as they were published."""
    different: int = 0
    """How many files are new or have changed since."""
    published: bool = True
    """Whether there is something published to compare with."""


def find_wrong_choice_of_findings(choice: FindingChoice) -> list[Diagnostic]:
    """Return an error for each name that is not a rule, and for a level that is none."""
    known = load_rule_docs()
    problems = []
    for name in sorted(choice.rules - known.keys()):
        near = difflib.get_close_matches(name, known, n=1)
        instead = f"Did you mean “{near[0]}”?" if near else "inv check names the rules that it reports."
        problems.append(error("--rule", 0, "choice", f"“{name}” is not a rule. {instead}"))
    if choice.level and choice.level not in LEVELS:
        message = f"“{choice.level}” is not a choice. Write {', '.join(LEVELS)}."
        problems.append(error("--level", 0, "choice", message))
    return problems


def compare_with_output(options: BuildOptions, hashes: Mapping[str, str]) -> Unchanged:
    """Compare the content, by its hashes, with the sources of the tree that is in the output."""
    folder = collection_folder(options.root, options.content, options.output)
    manifest = find_manifest(folder, settle_output(options.output))
    sources = manifest.sources if manifest else {}
    same = {path for path, origin in sources.items() if hashes.get(path) == origin.sha256}
    shown = display_path(options.content)
    paths = frozenset(f"{shown}/{path}" for path in same)
    return Unchanged(paths, len(hashes.keys() - same), published=bool(sources))


def choose_findings(
    problems: Sequence[Diagnostic], choice: FindingChoice, unchanged: Set[str] = frozenset()
) -> list[Diagnostic]:
    """Return what was asked for, in order.

    An error in an unchanged file is kept: nothing with an error was published, so a change elsewhere has caused it.
    """
    lowest = LEVELS.get(choice.level, Level.ADVICE)
    return [
        problem
        for problem in problems
        if problem.level <= lowest
        and (not choice.rules or problem.rule in choice.rules)
        and (problem.level is Level.ERROR or problem.path not in unchanged)
    ]
