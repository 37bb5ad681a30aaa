"""The stages of a build as the preview runs them: with drafts, and without publishing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press.build import run_stages
from press.context import BuildContext, Built, find_waivers, list_code, open_context, open_work_cache, published
from press.diagnostics import Level, Refused, display_path
from press.model.urls import SEARCH_INDEX, THEME
from press.options import BuildOptions, Settings
from press.preview.job import Job, PreviewResult, SheetInputs
from press.publish.recycle import link_files
from press.publish.staged_tree import StagedTree
from press.publish.tree import list_files
from press.runtime.oserrors import describe_os_error
from press.stylesheet import read_fonts, write_colours
from press.theme_folders import list_theme_places, theme_folders
from press.validate.waivers import drop_accepted


@dataclass(frozen=True, slots=True)
class GoodBuild:
    """A build without errors: what the next one keeps of it, and what the hints for a text are found in."""

    context: BuildContext
    built: Built
    sheet_path: str


def fill_tree(job: Job, folder: Path, last: list[GoodBuild], documents: list[Any]) -> PreviewResult:
    """Build the site into `folder`; if the result has errors, the folder is not a complete site.

    `last` holds the last good build, whose unchanged files are kept, and is set to this one. `documents` receives
    what the search index is made of.
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
                with_documents=True,
                with_smaller=False,
                sheet_path=last[0].sheet_path if last else "",
            )
            folders = _find_folders(options.root, context.settings)
            built = run_stages(context)
            cache.finish()
    except Refused as refused:
        return PreviewResult(errors=tuple(map(str, refused.problems)), folders=folders)
    except OSError as failed:
        where = display_path(failed.filename or folder)
        return PreviewResult(errors=(str(describe_os_error(failed, where)),), folders=folders)
    sheet = _describe_sheet(context.settings, folder)
    last[:] = [GoodBuild(context, built, sheet.path)]
    documents += [built.search] if built.search else []
    return _report(context, built, sheet)


def _describe_sheet(settings: Settings, tree: Path) -> SheetInputs:
    """Return what the sheet in a finished tree was made of."""
    theme = theme_folders(settings)
    (file,) = (tree / THEME).glob("style.*.css")
    return SheetInputs(
        f"{THEME}{file.name}",
        tuple(map(str, theme.folders)),
        settings["SITENAME"],
        write_colours(settings["LEAFLETS_COLOURS"], settings["CATEGORY_COLOURS"]),
        {name: path for name, (path, _) in read_fonts(theme).items()},
    )


def _report(context: BuildContext, built: Built, sheet: SheetInputs) -> PreviewResult:
    shown = published(built.survey.archive)
    problems = drop_accepted(context.problems, find_waivers(context.options, built.survey))
    return PreviewResult(
        warnings=tuple(str(problem) for problem in problems if problem.level is Level.WARNING),
        addresses={f"/{entry.url}": entry.source for entry in shown},
        leaflets=len(built.survey.archive.leaflets),
        drafts=sum(entry.draft for entry in shown),
        folders=_find_folders(context.options.root, context.settings),  # again, since the plugins are loaded now
        sheet=sheet,
    )


def _open_tree(folder: Path, last: list[GoodBuild], planned: frozenset[str]) -> StagedTree:
    """Start a tree with the planned files of the last one, and with its search index until there is a new one."""
    if not last or not last[0].built.tree.folder.is_dir():
        return StagedTree(folder)
    before = last[0].built.tree
    index = {path for path in list_files(before.folder) if path.startswith(SEARCH_INDEX)}
    there = link_files(before.folder, folder, (before.files.keys() & planned) | index) - index
    return StagedTree(folder, {path: before.files[path] for path in there})


def _find_folders(root: Path, settings: Settings) -> tuple[str, ...]:
    """Return the folders of the theme, and of the maintainer's own plugins below the project."""
    theme = list_theme_places(settings)
    plugins = (file for file in list_code(settings) if file not in theme)
    own = {file.parent for file in plugins if root in file.parents and file.parent != root}
    return *map(str, theme), *sorted(map(str, own))
