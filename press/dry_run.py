"""A check: the stages of a build without publishing, and nothing done twice that a build or a check has kept.

The cache is that of builds, with the same keys. A page that was examined before is not written again, whichever
command wrote it: the facts about it are enough (press/check/facts.py). What a whole check found is kept too, so that
a check of an unchanged archive only hashes its inputs, as a build does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from press.build import run_stages
from press.build_record import dump_problems, load_problems
from press.cache.keys import Inputs, check_key, last_check_key, style_key
from press.cache.steps import Cache, Step
from press.context import (
    CACHE,
    BuildContext,
    hash_imported_code,
    open_context,
    open_work_cache,
    read_settings,
    take_inputs,
)
from press.diagnostics import Diagnostic, Level, Refused, display_path, refuse_if_any_error
from press.finished_tree import is_examined
from press.model.entry import Entry
from press.options import BuildOptions, Json
from press.publish import collection_folder
from press.publish.staged_tree import ExaminedTree
from press.runtime.parallel import map_over_cores
from press.validate import find_missing_content
from press.validate.paths import ContentPaths

OF_THE_MOMENT = frozenset(
    "copy-failed disk-error disk-full memory-full name-too-long no-permission pelican plugin program read-only"
    " system-error too-many-files vanished worker-died".split()
)
"""Rules that may not be broken when the same check runs again: its result is not kept."""

Examine = Callable[[BuildContext], Sequence[Diagnostic]]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found."""

    problems: tuple[Diagnostic, ...] = ()
    """Everything, sorted, without what texts waive."""
    unmade: tuple[str, ...] = ()
    """The keys of downloads that no build has made, one for each leaflet; they were not checked."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each file of the content, by path below its folder."""
    unchanged: bool = False
    """Whether nothing had changed since the last check, so that nothing was done."""


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """The last check: what it depended on, what it found, which downloads were missing."""

    key: str
    problems: tuple[Diagnostic, ...]
    unmade: tuple[str, ...]

    def dump(self) -> Json:
        """Return the record as JSON."""
        return [self.key, dump_problems(self.problems), list(self.unmade)]


def _load_check(written: Json, _: object) -> CheckRecord:
    key, problems, unmade = written
    return CheckRecord(str(key), load_problems(problems), tuple(map(str, unmade)))


CHECK = Step[CheckRecord]("check", CheckRecord.dump, _load_check)
_FEW_STYLES = 20
"""Styles of former versions of texts that are kept: less than SPARE, so that each check sweeps, as no build does."""


def recall_or_check(options: BuildOptions, examine: Examine, *, make_exports: bool = True) -> CheckReport:
    """Return everything that is wrong with a collection: from the last check if nothing has changed since.

    `examine` gets the context after all stages and returns the whole result. Without `make_exports`, downloads that
    no build has kept are left out. Raises Refused if the settings cannot be read.
    """
    with _open_cache(options) as cache:
        paths, inputs = take_inputs(options, cache)
        slot = last_check_key(options.settings_file, options.formats, make_exports=make_exports)
        last = cache.recall(CHECK, slot) if inputs.settings else None
        if last and last.key == _key(inputs) and not cache.store.fetch(last.unmade):
            return CheckReport(last.problems, last.unmade, inputs.content, unchanged=True)
        context = _rehearse(options, cache, (paths, inputs), make_exports=make_exports)
        problems, unmade = tuple(examine(context)), tuple(context.unmade)
        if OF_THE_MOMENT.isdisjoint(problem.rule for problem in problems):
            built_from = hash_imported_code(options, context.settings, cache, context.inputs)
            cache.keep(CHECK, slot, CheckRecord(_key(built_from), problems, unmade))
        cache.sweep()
        return CheckReport(problems, unmade, inputs.content)


def check_style(context: BuildContext, judge: Callable[[Entry], list[Diagnostic]]) -> list[Diagnostic]:
    """Return what `judge` finds in each sound source, drafts too; sources judged before are not judged again."""
    options, shown, hashes = context.options, display_path(context.options.content), context.inputs.content
    found = context.cache.recall_or_make(
        Step[list[Diagnostic]](
            "style", _dump_style, lambda written, _: list(load_problems(written)), spare=_FEW_STYLES
        ),
        context.survey.entries,
        lambda entry: style_key(context.text_environment, f"{shown}/{entry.source}", hashes.get(entry.source, "")),
        lambda absent: map_over_cores(
            judge,
            absent,
            options.jobs,
            doing="checking the style of this text",
            path_of=lambda entry: f"{shown}/{entry.source}",
        ),
    )
    return [problem for problems in found for problem in problems]


def _dump_style(problems: list[Diagnostic]) -> Json:
    """Return the findings as JSON; None if the source could not be read: the style has no errors."""
    return None if any(problem.level is Level.ERROR for problem in problems) else dump_problems(problems)


@contextmanager
def _open_cache(options: BuildOptions) -> Iterator[Cache]:
    """Open the cache of builds. Raises Refused, with no work folder made, for what is not a collection."""
    refuse_if_any_error(find_missing_content(options.content, display_path(options.content)))
    if not (collection_folder(options.root, options.content, options.output) / CACHE).is_dir():
        read_settings(options)
    with open_work_cache(options) as cache:
        yield cache


def _key(inputs: Inputs) -> str:
    here = ""
    with suppress(OSError):  # the current folder is gone
        here = str(Path.cwd())
    return check_key(inputs.key, here)


def _rehearse(
    options: BuildOptions, cache: Cache, inputs: tuple[ContentPaths, Inputs], *, make_exports: bool
) -> BuildContext:
    """Run the stages into a tree that is gone at the end; the context has what they found."""
    settings = read_settings(options)
    known = partial(is_examined, cache, settings["SITEURL"].rstrip("/"))
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        tree = ExaminedTree(Path(folder), known)
        context = open_context(
            options,
            cache,
            lambda _: tree,
            inputs,
            settings,
            with_index=False,
            make_exports=make_exports,
        )
        try:
            run_stages(context)
        except Refused as refused:
            context.problems.extend(refused.problems)
    context.problems[:] = sorted(set(context.problems))
    return context
