"""The stages of a build, as the preview passes them: drafts come along, and nothing is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from press.build import Order, check, find_origins, list_code, pass_the_gate, published, read_settings, render
from press.catalogue.entry import Entry
from press.faults import Level, Refused
from press.naming import show_path
from press.preview.worker import Job, Outcome
from press.stage import describe_os_error


def fill_tree(job: Job, tree: Path, memory: dict[Any, Any], later: list[Any] | None = None) -> Outcome:
    """Build the site into `tree`; with errors in the outcome, what stands there is no site.

    `memory` keeps typeset texts by entry from build to build: an entry has the hash of its source, and all else that
    a text depends on is code or settings, for which the worker is replaced. `later` is given what the index of the
    search is made of.
    """
    order = Order(
        Path(job.settings_file), Path(job.content), tree, job.url, future=True, allow_removal=True, formats="none"
    )
    folders: tuple[str, ...] = ()
    try:
        settings = read_settings(order) | {"PRESS_MEMORY": memory, "PRESS_LATER": [] if later is None else later}
        folders = _find_folders(order.root, settings)
        survey = pass_the_gate(order, settings, drafts=job.drafts)
        _forget_all_but(published(survey), memory)
        faults = [*survey.faults, *render(settings, survey, tree)]
        faults += check(order, settings, find_origins(order.content, survey), tree)
        folders = _find_folders(order.root, settings)  # once more: now the plugins are loaded
    except Refused as refused:
        return Outcome(errors=tuple(map(str, refused.faults)), folders=folders)
    except OSError as failed:
        where = show_path(failed.filename or tree)
        return Outcome(errors=(str(describe_os_error(failed, where)),), folders=folders)
    shown: list[Entry] = published(survey)
    return Outcome(
        warnings=tuple(str(fault) for fault in sorted(faults) if fault.level is Level.WARNING),
        addresses={f"/{entry.url}": entry.source for entry in shown},
        leaflets=len(survey.archive.leaflets),
        drafts=sum(entry.draft for entry in shown),
        folders=folders,
    )


def _find_folders(root: Path, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Find the theme, and the folders below the project in which plugins stand that are not of the press."""
    theme, *plugins = list_code(settings)
    beside = {file.parent for file in plugins if root in file.parents and file.parent != root}
    return str(theme), *sorted(map(str, beside))


def _forget_all_but(entries: Iterable[Entry], memory: dict[Any, Any]) -> None:
    for former in memory.keys() - set(entries):
        del memory[former]
