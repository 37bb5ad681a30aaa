"""The stages of a build: validate → read → typeset → index → export → render → check → publish.

`run_stages` runs them in this order, for every command and for plain `pelican`; the index is made beside export and
render. Callers differ in where the tree is and in what they do with it: `build` publishes it, press/dry_run.py checks
it, press/preview/ shows it, and press/plugin.py leaves it to Pelican. Pelican is only imported when the stages run,
since an unchanged archive does not need it.
"""

from __future__ import annotations

import codecs
import datetime
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from press.build_record import RECORD, BuildRecord
from press.cache.keys import source_key
from press.cache.steps import Cache, Step, open_cache
from press.context import (
    CACHE,
    BuildContext,
    Built,
    find_waivers,
    has_other_plugins,
    hash_imported_code,
    open_context,
    published,
    take_inputs,
    without_cache,
)
from press.diagnostics import Diagnostic, Level, Refused, display_path, error, refuse_if_any_error
from press.expected_stages import list_stages
from press.finished_tree import check, keep_targets
from press.model.ledger import extend_ledger
from press.model.plan import list_lasting, list_paths
from press.options import BuildOptions, BuildReport
from press.overrides import find_unfitting_overrides
from press.pictures.strip import is_raster
from press.placed_exports import keep_placed
from press.publish import (
    Altered,
    Manifest,
    Origin,
    Staging,
    open_staging,
    refuse_place,
    remove_old_stores,
    seal,
    swap,
)
from press.publish.staged_tree import StagedTree
from press.runtime.files import write_atomic
from press.runtime.parallel import map_over_cores
from press.runtime.progress import expect_stages, show_progress
from press.setting_problems import find_doubtful_settings, find_wrong_interface
from press.theme_folders import theme_folders
from press.validate import Survey, ValidationOptions, find_missing_content
from press.validate.menu_and_logo import find_setting_placeholders, find_wrong_icon, find_wrong_logos, find_wrong_menu
from press.validate.paths import LEDGER
from press.validate.sources import Source, dump_source, load_source, read_source
from press.validate.waivers import drop_accepted

if TYPE_CHECKING:
    from press.site.pelican_site import Site


@show_progress()
def run_stages(context: BuildContext) -> Built:
    """Run all stages. Raises Refused with every error, in order; nothing is published then.

    Texts that pass validation go on when others fail, so that one run finds as many problems as possible.
    """
    from press.pelican_run import collect_problems
    from press.site.export import export
    from press.site.images import publish_images
    from press.site.index import index, list_search_content
    from press.site.read import read
    from press.site.render import render
    from press.site.typeset import typeset

    survey = context.survey = validate(context)
    if not survey.buildable:
        refuse_if_any_error(context.problems)
    planned = list_paths(survey.archive)
    expect_stages(lambda: list_stages(context, survey, planned))
    tree = context.open_tree(planned)
    with collect_problems(context.problems, context.settings):
        with _open_site(context, survey, tree) as site:
            context.problems.extend(publish_images(site))
            addresses = {path: static.url for path, static in site.context["static_content"].items()}
            sources = read(site, survey.unread)
            texts = typeset(site, sources)
            indexed = context.with_index and not context.failed
            with index(site, texts) if indexed else nullcontext() as search:
                exports = export(site, texts)
                context.unmade, context.placed = exports.unmade, exports.placed
                context.problems.extend([*exports.problems, *render(site, texts, exports)])
                if search and not context.failed:
                    context.tidy()  # while Pagefind runs
                    search.place()
            list_content = partial(list_search_content, site, texts)
            listed = context.with_documents and not context.documents_later and not context.failed
            content = list_content() if listed else None
        built = Built(survey, tree, addresses, content, list_content)
        context.problems.extend(check(context, built))
    return replace(built, manifest=publish(context, built))


@contextmanager
def _open_site(context: BuildContext, survey: Survey, tree: StagedTree) -> Iterator[Site]:
    """Start Pelican for the stages; at the end let it write what it and other plugins write, and tidy the tree."""
    from press.site.pelican_site import Site

    settings = {**context.settings, "STATIC_PATHS": survey.statics}  # so that Pelican opens nothing else
    with context.open_pelican(settings, tree.folder) as (pelican, writer):
        yield Site(
            pelican,
            writer,
            survey.archive,
            context.cache,
            tree,
            context.inputs.content,
            context.text_environment,
            context.page_environment,
            context.options.jobs,
            context.with_smaller,
            context.make_exports,
            context.sheet_path,
            context.spellings,
        )
    tree.drop_leftovers()
    if has_other_plugins(context.settings):  # they may have changed what the stages wrote
        tree.files.clear()


def validate(context: BuildContext) -> Survey:
    """Validate every path and header of the content folder."""
    options, shown = context.options, display_path(context.options.content)
    lang = context.settings["DEFAULT_LANG"]
    environment, hashes = context.text_environment, context.inputs.content

    def read_one(path: str) -> Source:
        return read_source(options.content / path, path, f"{shown}/{path}", lang=lang, sha256=hashes.get(path, ""))

    sources = context.cache.recall_or_make(
        Step[Source]("source", dump_source, lambda written, _: load_source(written, shown), together=True),
        context.paths.texts,
        lambda path: source_key(environment, path, hashes.get(path, ""), lang) if environment else "",
        lambda absent: map_over_cores(
            read_one, absent, options.jobs, doing="reading this text", path_of=lambda path: f"{shown}/{path}"
        ),
        lambda path, source: source.entry is not None and source.entry.source == path,
    )
    rules = ValidationOptions(
        lang=lang,
        until=datetime.date.max if options.future else datetime.datetime.now(datetime.UTC).date(),
        vanishing=Level.WARNING if options.allow_removal else Level.ERROR,
        whole_ledger=options.public,
        placeholders=Level.ERROR if options.public else Level.WARNING,
        drafts=context.drafts,
        groups=tuple(context.settings["DOWNLOADS_GROUPS"]),
    )
    survey = context.validate_content(options.content, shown, context.paths, list(sources), rules)
    survey.hashes = hashes
    context.problems.extend([*survey.problems, *_check_settings(context, survey)])
    context.problems.extend(find_unfitting_overrides(context.settings))
    return survey


def _check_settings(context: BuildContext, survey: Survey) -> Iterator[Diagnostic]:
    """Yield what is doubtful in the settings, what they name that is not there, and what their language lacks.

    Plain `pelican` reads the settings itself, so a language without a catalogue is looked for here too.
    """
    from press.messages.message_check import find_wrong_messages  # an unchanged archive needs no catalogue

    settings, options = context.settings, context.options
    yield from find_wrong_interface(settings, options.settings_file)
    yield from find_wrong_messages(theme_folders(settings), settings["DEFAULT_LANG"])
    yield from find_doubtful_settings(settings, options.settings_file, public=options.public)
    yield from find_wrong_menu(settings, options.settings_file, survey)
    yield from find_wrong_logos(settings, options.settings_file, options.content, survey.statics)
    yield from find_wrong_icon(theme_folders(settings))
    level = Level.ERROR if options.public else Level.WARNING
    yield from find_setting_placeholders(settings, options.settings_file, level)


def publish(context: BuildContext, built: Built) -> Manifest | None:
    """Replace the output with the finished tree, if the build publishes. Raises Refused if there is any error."""
    context.problems[:] = sorted(set(context.problems))
    refuse_if_any_error(context.problems)
    if context.staging is None:
        return None
    manifest = seal(context.staging, find_origins(context, built), built.tree.files)
    swap(context.staging, manifest)
    keep_targets(context, manifest)
    keep_placed(context.cache, manifest.key, context.placed)
    return manifest


def find_origins(context: BuildContext, built: Built) -> dict[str, Origin]:
    """Return where each source is published, by its path."""
    entries, hashes = published(built.survey.archive), context.inputs.content
    origins = {entry.source: Origin(f"/{entry.url}", hashes[entry.source]) for entry in entries}
    return origins | {path: Origin(f"/{built.addresses[path]}", hashes[path]) for path in built.survey.statics}


def build(options: BuildOptions) -> BuildReport:
    """Build a collection and publish it into the output folder; do nothing if nothing has changed.

    Raises Refused, with the output unchanged, if there is an error in the texts, the settings, the theme or the
    finished tree.
    """
    begun = time.perf_counter()
    refuse_if_any_error(find_missing_content(options.content, display_path(options.content)))
    with open_staging(options.root, options.content, options.output, keep_out=[options.root / "theme"]) as staging:
        remove_old_stores(staging.folder)
        with open_cache(staging.folder / CACHE) as cache:
            report = _build_unless_unchanged(options, staging, cache)
            cache.finish()
    problems = tuple(sorted([*report.problems, *staging.problems]))
    return replace(report, problems=problems, seconds=time.perf_counter() - begun)


def _build_unless_unchanged(options: BuildOptions, staging: Staging, cache: Cache) -> BuildReport:
    paths, inputs = take_inputs(options, cache)
    last = cache.recall(RECORD, inputs.key) if inputs.settings else None
    if last and staging.holds(last.tree, last.manifest):
        return replace(last.report, unchanged=True)
    context = open_context(options, cache, staging.open_tree, inputs=(paths, inputs), staging=staging)
    theme = theme_folders(context.settings).folders
    refuse_if_any_error(refuse_place(options.root, options.content, options.output, theme))
    built, manifest = _run_and_publish(context, staging)
    report = _report(context, built, manifest)
    if _is_as_hashed(manifest):
        built_from = hash_imported_code(options, context.settings, cache, context.inputs)
        cache.keep(RECORD, built_from.key, BuildRecord(report, manifest.key, manifest.checksum))
    return report


def _run_and_publish(context: BuildContext, staging: Staging) -> tuple[Built, Manifest]:
    """Run the stages; if somebody has changed a published file, run them again and write every file anew."""
    try:
        built = run_stages(context)
    except Altered:
        staging.start_empty()
        context.problems.clear()
        try:
            built = run_stages(replace(context, open_tree=lambda _: StagedTree(staging.tree)))
        except Altered as altered:
            message = "this file changed while the build was running. Build again while nothing changes files here."
            raise Refused([error(display_path(staging.output / str(altered)), 0, "vanished", message)]) from None
    assert built.manifest is not None  # a build with a staging publishes, or raises
    return built, built.manifest


def _report(context: BuildContext, built: Built, manifest: Manifest) -> BuildReport:
    survey = built.survey
    unwaived = drop_accepted(context.problems, find_waivers(context.options, survey))
    return BuildReport(
        leaflets=len(survey.archive.leaflets),
        pages=len(survey.archive.texts) - len(survey.archive.leaflets),
        files=len(manifest.files),
        drafts=survey.drafts,
        ignored=len(survey.ignored),
        address=context.settings["SITEURL"],
        problems=tuple(problem for problem in unwaived if problem.level is not Level.ADVICE),
    )


def _is_as_hashed(manifest: Manifest) -> bool:
    """Return whether the published static files are those that were hashed when the build began.

    A picture without its metadata has another hash than its source, which was compared when it was read.
    """
    copied = (origin for path, origin in manifest.sources.items() if not is_raster(path))
    published_files = {origin.url[1:]: origin.sha256 for origin in copied}
    records = {path: record.sha256 for path, record in manifest.files.items() if path in published_files}
    return all(published_files[path] == sha256 for path, sha256 in records.items())


def read_collection(options: BuildOptions) -> tuple[Mapping[str, Any], Survey]:
    """Return the settings of a collection and its validated texts. Raises Refused if there is any error."""
    context = open_context(options, without_cache(), lambda _: StagedTree(options.output))
    survey = validate(context)
    refuse_if_any_error(survey.problems)
    return context.settings, survey


def list_addresses(options: BuildOptions) -> int:
    """Add the addresses of the site to the ledger; return how many are new. Raises Refused as build does."""
    _, survey = read_collection(options)
    ledger = options.content / LEDGER
    before = ledger.read_bytes() if ledger.exists() else b""
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    after, new = extend_ledger(before.removeprefix(mark).decode("utf-8"), list_lasting(survey.archive))
    write_atomic(ledger, mark + after.encode())
    return new
