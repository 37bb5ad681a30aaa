"""The stages of a build as the preview runs them: with drafts, and without publishing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from press.build import run_stages
from press.context import BuildContext, Built, find_waivers, list_code, open_context, open_work_cache, published
from press.diagnostics import Level, Refused, display_path
from press.model.urls import SEARCH_INDEX
from press.options import BuildOptions, Settings
from press.preview.job import Job, PreviewResult
from press.publish.recycle import link_files
from press.publish.staged_tree import StagedTree
from press.publish.tree import list_files
from press.runtime.oserrors import describe_os_error
from press.theme_folders import list_theme_places
from press.validate.waivers import drop_accepted


def fill_tree(job: Job, folder: Path, last: list[StagedTree], documents: list[Any]) -> PreviewResult:
    """Build the site into `folder`; if the result has errors, the folder is not a complete site.

    `last` holds the previous tree, whose unchanged files are kept, and is set to this one. `documents` receives the
    input of the search index.
    """
    options = BuildOptions(
        Path(job.settings_file),
        Path(job.content),
        Path(job.output),
        job.url,
        future=True,
        allow_removal=True,
        formats="none",
    )
    folders: tuple[str, ...] = ()
    context: BuildContext | None = None
    try:
        with open_work_cache(options) as cache:
            context = open_context(
                options,
                cache,
                lambda planned: _open_tree(folder, last, planned),
                drafts=job.drafts,
                with_index=False,
                with_smaller=False,
            )
            folders = _find_folders(options.root, context.settings)
            built = run_stages(context)
            cache.finish()
    except Refused as refused:
        return PreviewResult(errors=tuple(map(str, refused.problems)), folders=folders)
    except OSError as failed:
        where = display_path(failed.filename or folder)
        return PreviewResult(errors=(str(describe_os_error(failed, where)),), folders=folders)
    last[:] = [built.tree]
    documents += built.documents
    return _report(context, built)


def _report(context: BuildContext, built: Built) -> PreviewResult:
    shown = published(built.survey.archive)
    problems = drop_accepted(context.problems, find_waivers(context.options, built.survey))
    return PreviewResult(
        warnings=tuple(str(problem) for problem in problems if problem.level is Level.WARNING),
        addresses={f"/{entry.url}": entry.source for entry in shown},
        leaflets=len(built.survey.archive.leaflets),
        drafts=sum(entry.draft for entry in shown),
        folders=_find_folders(context.options.root, context.settings),  # again, since the plugins are loaded now
    )


def _open_tree(folder: Path, last: list[StagedTree], planned: frozenset[str]) -> StagedTree:
    """Start a tree with the planned files of the last one, and with its search index until there is a new one."""
    if not last or not last[0].folder.is_dir():
        return StagedTree(folder)
    before = last[0]
    index = {path for path in list_files(before.folder) if path.startswith(SEARCH_INDEX)}
    there = link_files(before.folder, folder, (before.files.keys() & planned) | index) - index
    return StagedTree(folder, {path: before.files[path] for path in there})


def _find_folders(root: Path, settings: Settings) -> tuple[str, ...]:
    """Return the folders of the theme, and of the maintainer's own plugins below the project."""
    theme = list_theme_places(settings)
    plugins = (file for file in list_code(settings) if file not in theme)
    own = {file.parent for file in plugins if root in file.parents and file.parent != root}
    return *map(str, theme), *sorted(map(str, own))
