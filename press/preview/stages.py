"""The stages of a build, as the preview passes them: drafts come along, and nothing is published."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from press.build import BuildOptions, check, find_origins, list_code, pass_the_gate, published, read_settings, render
from press.cache.pages import Made, Pages
from press.cache.remembered import open_memory
from press.cache.standing import take_fingerprint
from press.diagnostics import Level, Refused, display_path
from press.model.entry import Entry
from press.model.plan import list_paths
from press.preview.indexing import FOLDER
from press.preview.worker import Job, Outcome
from press.publish import describe_os_error
from press.publish.recycle import link_files
from press.publish.tree import list_files


@dataclass(slots=True)
class Last:
    """The last whole tree that a worker has filled, and of what its pages were made."""

    tree: Path | None = None
    made: Mapping[str, Made] = field(default_factory=dict)
    parted: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The texts of its leaflets as the search has them, with what they were made of."""


def fill_tree(job: Job, tree: Path, last: Last, later: list[Any] | None = None) -> Outcome:
    """Build the site into `tree`, with what may be kept of `last`; errors in the outcome mean that it is no site.

    `later` is given what the index of the search is made of.
    """
    order = BuildOptions(
        Path(job.settings_file), Path(job.content), tree, job.url, future=True, allow_removal=True, formats="none"
    )
    folders: tuple[str, ...] = ()
    try:
        settings = read_settings(order) | {"PRESS_LATER": [] if later is None else later, "PRESS_PARTED": last.parted}
        folders = _find_folders(order.root, settings)
        fingerprint = take_fingerprint(order.content, order.settings_file, order.wishes, map(Path, folders))
        with open_memory(Path(job.store), settings, order.root, fingerprint) as memory:
            survey = pass_the_gate(order, settings, drafts=job.drafts, known=memory.known if memory else None)
            pages = _keep_pages(tree, last, list_paths(survey.archive)) if memory else Pages()
            told = memory.tell_pelican(pages) if memory else {}
            problems = [*survey.problems, *render({**settings, **told}, survey, tree)]
        for path in pages.left():
            (tree / path).unlink()
        problems += check(order, settings, find_origins(order.content, survey), tree, pages)
        last.tree, last.made = tree, pages.made
        folders = _find_folders(order.root, settings)  # once more: now the plugins are loaded
    except Refused as refused:
        return Outcome(errors=tuple(map(str, refused.problems)), folders=folders)
    except OSError as failed:
        where = display_path(failed.filename or tree)
        return Outcome(errors=(str(describe_os_error(failed, where)),), folders=folders)
    shown: list[Entry] = published(survey)
    return Outcome(
        warnings=tuple(str(problem) for problem in sorted(problems) if problem.level is Level.WARNING),
        addresses={f"/{entry.url}": entry.source for entry in shown},
        leaflets=len(survey.archive.leaflets),
        drafts=sum(entry.draft for entry in shown),
        folders=folders,
    )


def _keep_pages(tree: Path, last: Last, planned: Set[str]) -> Pages:
    """Let a tree begin with the planned pages of the last one, and with its index until there is another."""
    if last.tree is None or not last.tree.is_dir():
        return Pages()
    files = frozenset(list_files(last.tree))
    index = {path for path in files if path.startswith(f"{FOLDER}/")}
    there = link_files(last.tree, tree, (files & last.made.keys() & planned) | index) - index
    return Pages({path: last.made[path] for path in there}, files)


def _find_folders(root: Path, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Find the theme, and the folders below the project in which plugins stand that are not of the press."""
    theme, *plugins = list_code(settings)
    beside = {file.parent for file in plugins if root in file.parents and file.parent != root}
    return str(theme), *sorted(map(str, beside))
