"""The stages of a build as the preview runs them: with drafts, and without publishing."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from press.build import run_stages
from press.cache.store import open_store
from press.context import CACHE, BuildContext, Built, find_waivers, list_code, open_context, published
from press.diagnostics import Level, Refused, display_path
from press.model.urls import THEME
from press.options import BuildOptions, Settings
from press.preview.job import Job, PreviewResult, SheetInputs
from press.preview.memory import GoodBuild, Memory
from press.preview.warm_cache import WarmCache
from press.publish import collection_folder
from press.runtime.oserrors import describe_os_error
from press.search.documents import SearchContent
from press.stylesheet import read_fonts, write_colours
from press.theme_folders import list_theme_places, theme_folders
from press.validate.waivers import drop_accepted


def fill_tree(job: Job, folder: Path, memory: Memory, changed: Iterable[str] | None = ()) -> PreviewResult:
    """Build the site into `folder`; if the result has errors, the folder is not a complete site.

    `memory` is what is known from earlier builds. `changed` are the files that have been saved since; None if that is
    not known. What can wait is left for finish_build.
    """
    memory.files.forget(changed)
    memory.later.close()
    folders: list[str] = []
    good = False
    try:
        context, built = _build(job, folder, memory, folders)
        good = True
    except Refused as refused:
        return PreviewResult(errors=tuple(map(str, refused.problems)), folders=tuple(folders))
    except OSError as failed:
        where = display_path(failed.filename or folder)
        return PreviewResult(errors=(str(describe_os_error(failed, where)),), folders=tuple(folders))
    finally:
        memory.trees.end(good=good)
    sheet = _describe_sheet(context.settings, folder)
    memory.good = GoodBuild(context, built, sheet.path)
    return _report(context, built, sheet)


def _build(job: Job, folder: Path, memory: Memory, folders: list[str]) -> tuple[BuildContext, Built]:
    """Run the stages; add to `folders` what is to be watched as soon as it is known. Raises Refused, or OSError."""
    options = BuildOptions(
        Path(job.settings_file),
        Path(job.content),
        Path(job.output),
        job.url,
        future=True,
        allow_removal=True,
        formats="none",
    )
    with ExitStack() as opened:
        place = collection_folder(options.root, options.content, options.output) / CACHE
        cache = WarmCache(opened.enter_context(open_store(place)), memory.loaded)
        context = open_context(
            options,
            cache,
            partial(memory.trees.open, folder),
            drafts=job.drafts,
            with_index=False,
            with_documents=True,
            with_smaller=False,
            sheet_path=memory.good.sheet_path if memory.good else "",
            hash_files=memory.files.hash_files,
        )
        folders += _find_folders(options.root, context.settings)
        memory.prepare(context)
        built = run_stages(context)
        memory.later = opened.pop_all()  # the cache stays open until finish_build
    return context, built


def finish_build(memory: Memory) -> SearchContent | None:
    """Do what no page waits for after a good build, and return what the search index is made of."""
    if memory.good is None:
        return None
    context, built = memory.good.context, memory.good.built
    with memory.later:
        content = built.list_search() if context.documents_later else built.search
        assert isinstance(context.cache, WarmCache)
        context.cache.hold()
        context.cache.finish()
    return content


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


def _find_folders(root: Path, settings: Settings) -> tuple[str, ...]:
    """Return the folders of the theme, and of the maintainer's own plugins below the project."""
    theme = list_theme_places(settings)
    plugins = (file for file in list_code(settings) if file not in theme)
    own = {file.parent for file in plugins if root in file.parents and file.parent != root}
    return *map(str, theme), *sorted(map(str, own))
