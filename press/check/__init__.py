"""The stage `check`: find what is wrong with the finished tree before anybody sees it.

The facts of one file depend only on its path and its bytes (facts.py), so they are cached. Whether its links work
depends on all files: they are followed each time, or it is made sure that nothing they lead to is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from pathlib import Path

from press.check.facts import FileFacts, Finding, dead_link, lost_place
from press.check.links import spell_as_source
from press.diagnostics import Diagnostic, Level, error
from press.model.source_text import find_line

MANY = 5
"""A problem on more pages than these is reported once."""

ADVICE = frozenset({"empty-alt"})
"""Rules whose problems are advice."""

Sources = Mapping[str, tuple[str, str]]
"""By the path of a page: how diagnostics name its source, and the path of the source."""


def check_site(
    files: Set[str],
    facts: Mapping[str, FileFacts],
    sources: Sources,
    is_absent: Callable[[str], bool] = lambda path: False,
) -> list[Diagnostic]:
    """Return what is wrong with a finished tree.

    `files` are the paths of all its files, `facts` those of its pages and XML files, `sources` the texts that pages
    show: a problem on any other page is the theme's. `is_absent` returns whether a build without errors might
    have a path: a link to it is not followed.
    """
    problems = [
        error(shown, 1, "missing-page", f"/{name} was not written. This is a mistake in the program: report it.")
        for name, (shown, _) in sources.items()
        if name not in files and not is_absent(name)
    ]
    for name, file in facts.items():
        found = (*file.findings, *_find_dead_links(file, files, facts, is_absent))
        problems += [_trace(name, finding, sources) for finding in found]
    return gather_repeated(problems)


def find_targets(facts: Mapping[str, FileFacts]) -> frozenset[tuple[str, str]]:
    """Return the path and the place of everything that some pages lead to on others."""
    return frozenset((path, place) for file in facts.values() for _, path, place in file.targets)


def is_any_lost(
    targets: Iterable[tuple[str, str]],
    files: Set[str],
    facts: Mapping[str, FileFacts],
    is_absent: Callable[[str], bool] = lambda path: False,
) -> bool:
    """Return whether a path or a place that was there is not any more; `facts` are those of changed pages."""
    for path, place in targets:
        gone = path not in files or (place and path in facts and place not in facts[path].ids)
        if gone and not is_absent(path):
            return True
    return False


def _find_dead_links(
    file: FileFacts, files: Set[str], facts: Mapping[str, FileFacts], is_absent: Callable[[str], bool]
) -> Iterator[Finding]:
    for link, path, place in file.targets:
        if path in files:
            if place and path in facts and place not in facts[path].ids and not is_absent(path):
                yield lost_place(link, path)
        elif not is_absent(path):
            yield dead_link(link, "leads to nothing in this archive")


def gather_repeated(problems: list[Diagnostic]) -> list[Diagnostic]:
    """Report a problem of many pages once: its cause is probably the theme, and not the texts."""
    alike: dict[tuple[str, str], list[Diagnostic]] = {}
    for problem in sorted(problems):
        alike.setdefault((problem.rule, problem.message), []).append(problem)
    gathered = []
    for group in alike.values():
        more = f" Found on {len(group)} pages, so the cause is probably in the theme."
        gathered += group if len(group) <= MANY else [replace(group[0], message=group[0].message + more)]
    return sorted(gathered)


def _trace(name: str, finding: Finding, sources: Sources) -> Diagnostic:
    """Return a finding as a problem at the line of its source, or of the page if it has none."""
    words, rule, message = finding
    level = Level.ADVICE if rule in ADVICE else Level.ERROR
    if name not in sources:
        return Diagnostic(f"output/{name}", 0, level, rule, message)
    shown, source = sources[name]
    lines = (find_line(Path(source), spelling) for spelling in spell_as_source(words))
    return Diagnostic(shown, next((line for line in lines if line > 1), 1), level, rule, message)
