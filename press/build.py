"""The way of a text: gate → read → typeset → render → check → swap. One direction, no going back."""

from __future__ import annotations

import datetime
import hashlib
import tempfile
import time
from collections.abc import Callable, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import Any

from press.cache.known import Known
from press.cache.pages import Pages, recall_pages, remember_pages
from press.cache.remembered import STORE, Remembered, open_memory
from press.cache.standing import (
    Fingerprint,
    Standing,
    list_modules,
    recall_standing,
    run_settings,
    still_stands,
    take_fingerprint,
)
from press.diagnostics import Diagnostic, Level, display_path, refuse_if_any_error
from press.model.ledger import extend_ledger
from press.model.plan import list_lasting, list_paths
from press.model.urls import name_static
from press.options import BuildOptions, BuildReport
from press.publish import Altered, Manifest, Origin, Staging, open_staging, refuse_place, seal, swap
from press.validate import Rules, Survey, find_missing_content, validate_content
from press.validate.paths import LEDGER
from press.validate.waivers import drop_accepted

__all__ = ["BuildOptions", "BuildReport", "build", "list_addresses", "rehearse"]

Look = Callable[[BuildOptions, Survey, Path], list[Diagnostic]]
"""Looks at a finished tree before it goes."""


def build(order: BuildOptions) -> BuildReport:
    """Build a collection and publish it into the output folder; do nothing where nothing has changed.

    Raises Refused, with output as it was, where anything is wrong with the texts, the settings, the theme or the
    finished tree.
    """
    begun = time.perf_counter()
    refuse_if_any_error(find_missing_content(order.content, display_path(order.content)))
    with open_staging(order.root, order.content, order.output, keep_out=[order.root / "theme"]) as staging:
        last = recall_standing(staging.folder)
        also = [Path(path) for path in last.also] if last else [order.root / "theme"]
        wishes = {**order.wishes, "settings": run_settings(order.settings_file)}
        fingerprint = take_fingerprint(order.content, order.settings_file, wishes, also)
        if last and last.fingerprint == fingerprint.whole != "" and _stands(staging, last):
            numbers, problems, unchanged = last.numbers, list(last.problems), True
        else:
            numbers, problems = _build_anew(order, staging, fingerprint, also, wishes)
            unchanged = False
    problems = sorted([*problems, *staging.problems])
    return BuildReport(**numbers, problems=tuple(problems), seconds=time.perf_counter() - begun, unchanged=unchanged)


def _stands(staging: Staging, last: Standing) -> bool:
    """Tell whether the output is, file by file, the tree of the last build."""
    tree = staging.standing
    return tree is not None and tree.key == last.tree and still_stands(staging.output, staging.folder, tree)


def _build_anew(
    order: BuildOptions, staging: Staging, fingerprint: Fingerprint, also: list[Path], wishes: Mapping[str, object]
) -> tuple[dict[str, int], list[Diagnostic]]:
    """Go the way of a text, and remember what came of it."""
    settings = {**read_settings(order), "PRESS_SHELF": str(staging.folder / "copies")}
    refuse_if_any_error(refuse_place(order.root, order.content, order.output, [Path(settings["THEME"])]))
    if also != (also := list_code(settings)):  # the theme may stand elsewhere
        fingerprint = take_fingerprint(order.content, order.settings_file, wishes, also)
    with open_memory(staging.folder / STORE, settings, order.root, fingerprint) as memory:
        survey = pass_the_gate(order, settings, known=memory.known if memory else None)
        try:
            problems, manifest = _publish(order, staging, settings, survey, memory)
        except Altered:  # somebody has changed a published file: all are written again
            staging.begin_anew()
            problems, manifest = _publish(order, staging, settings, survey, None)
    problems = drop_accepted(problems, {display_path(order.content / e.source): e.accept for e in survey.entries})
    numbers = {
        "leaflets": len(survey.archive.leaflets),
        "pages": len(survey.archive.pages),
        "files": len(manifest.files),
        "drafts": survey.drafts,
        "ignored": len(survey.ignored),
    }
    if also != (also := list_code(settings)):  # plugins are loaded now
        fingerprint = take_fingerprint(order.content, order.settings_file, wishes, also)
    read = {path: origin.sha256 for path, origin in manifest.sources.items()}
    read |= {entry.source: entry.sha256 for entry in survey.entries}
    if all(fingerprint.content.get(path) == sha256 for path, sha256 in read.items()):
        standing = Standing(fingerprint.whole, manifest.key, numbers, tuple(problems), tuple(map(str, also)))
        with suppress(OSError):
            standing.remember(staging.folder)
    return numbers, problems


def _publish(
    order: BuildOptions, staging: Staging, settings: Mapping[str, Any], survey: Survey, memory: Remembered | None
) -> tuple[list[Diagnostic], Manifest]:
    """Fill the tree with what is new beside what may be kept, check it and let it take the place of output."""
    pages = _keep_pages(staging, list_paths(survey.archive)) if memory else Pages()
    told = memory.tell_pelican(pages) if memory else {}
    problems = [*survey.problems, *render({**settings, **told}, survey, staging.tree, order.jobs)]
    for path in pages.left():
        (staging.tree / path).unlink()
    origins = find_origins(order.content, survey)
    manifest = seal(staging, origins, pages.kept)
    problems += check(order, settings, origins, staging.tree, pages, manifest.names)
    swap(staging, manifest)
    if memory:
        with suppress(OSError):  # the site is published: a full disk costs the next build time
            remember_pages(staging.folder, manifest.key, pages.made)
    return problems, manifest


def _keep_pages(staging: Staging, planned: Set[str]) -> Pages:
    """Let the tree begin with the planned pages of the last build, as far as they are known.

    Where nothing is planned some other file or a folder may come to stand.
    """
    if staging.standing is None:
        return Pages()
    known = recall_pages(staging.folder, staging.standing.key)
    there = staging.keep(known.keys() & planned)
    return Pages({path: known[path] for path in there}, frozenset(staging.standing.files))


def rehearse(order: BuildOptions, look: Look | None = None) -> list[Diagnostic]:
    """Do all that a build does but publish; give warnings and advice, and what `look` finds in the finished tree.

    Raises Refused as build does.
    """
    settings = {**read_settings(order), "PRESS_ADVICE": True, "PRESS_LATER": []}  # an index is for a site
    survey = pass_the_gate(order, settings)
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        problems = render(settings, survey, Path(folder), order.jobs)
        problems += check(order, settings, find_origins(order.content, survey), Path(folder))
        problems += look(order, survey, Path(folder)) if look else []
    return sorted([*survey.problems, *problems])


def list_addresses(order: BuildOptions) -> int:
    """Add the addresses of the site to the ledger; give how many are new. Raises Refused as build does."""
    survey = pass_the_gate(order, read_settings(order))
    urls = list_lasting(survey.archive)
    ledger = order.content / LEDGER
    before = ledger.read_text(encoding="utf-8") if ledger.exists() else ""
    after, new = extend_ledger(before, urls)
    ledger.write_text(after, encoding="utf-8", newline="\n")
    return new


def list_code(settings: Mapping[str, Any]) -> list[Path]:
    """Give the theme's folder, and the files of what settings and plugins have imported."""
    fonts = [Path(settings["DOWNLOADS_FONTS"])] if settings.get("DOWNLOADS_FONTS") else []
    return [Path(settings["THEME"]), *fonts, *list_modules()]


def read_settings(order: BuildOptions) -> dict[str, Any]:
    """Read the settings, with the content folder and the address of this order."""
    from press.pelican_run import load_settings  # loads Pelican, which an unchanged archive can do without

    refuse_if_any_error(find_missing_content(order.content, display_path(order.content)))
    wishes = {"SITEURL": order.url, "DOWNLOADS_FORMATS": order.formats}
    overrides: dict[str, Any] = {name: value for name, value in wishes.items() if value}
    overrides |= {} if order.search else {"SEARCH": False}
    return load_settings(order.settings_file, {"PATH": str(order.content.resolve()), **overrides})


def pass_the_gate(
    order: BuildOptions, settings: Mapping[str, Any], *, drafts: bool = False, known: Known | None = None
) -> Survey:
    """Look at every path and header; stop here on any error. Drafts come along for a preview alone."""
    survey = survey_texts(order, settings, drafts=drafts, known=known)
    refuse_if_any_error(survey.problems)
    return survey


def survey_texts(
    order: BuildOptions, settings: Mapping[str, Any], *, drafts: bool = False, known: Known | None = None
) -> Survey:
    """Look at every path and header; what is wrong is in the survey."""
    rules = Rules(
        lang=settings["DEFAULT_LANG"],
        until=datetime.date.max if order.future else datetime.datetime.now(datetime.UTC).date(),
        vanishing=Level.WARNING if order.allow_removal else Level.ERROR,
        whole_ledger=order.whole_ledger,
        drafts=drafts,
        jobs=order.jobs,
    )
    return validate_content(order.content, display_path(order.content), rules, known)


def render(settings: Mapping[str, Any], survey: Survey, tree: Path, jobs: int = 0) -> list[Diagnostic]:
    """Let Pelican read, typeset and render every text into the staging tree."""
    from press.pelican_run import run_pelican

    return run_pelican({**settings, "OUTPUT_PATH": str(tree), "PRESS_SURVEY": survey, "PRESS_JOBS": jobs})


def check(
    order: BuildOptions,
    settings: Mapping[str, Any],
    origins: Mapping[str, Origin],
    tree: Path,
    pages: Pages | None = None,
    files: Set[str] | None = None,
) -> list[Diagnostic]:
    """Check the finished tree; problems name the source of the page they stand on."""
    from press.check import check_site  # loads lxml, likewise

    shown = display_path(order.content)
    sources = {}
    for path, origin in origins.items():
        file = f"{origin.url}index.html" if origin.url.endswith("/") else origin.url
        sources[file[1:]] = f"{shown}/{path}", order.content / path
    problems = check_site(tree, sources, settings["SITEURL"].rstrip("/"), pages, order.jobs, files)
    refuse_if_any_error(problems)
    return problems


def find_origins(content: Path, survey: Survey) -> dict[str, Origin]:
    """Say of each published source what it became."""
    origins = {entry.source: Origin(f"/{entry.url}", entry.sha256) for entry in published(survey)}
    for path in survey.statics:
        data = (content / path).read_bytes()
        origins[path] = Origin(f"/{name_static(path, data)}", hashlib.sha256(data).hexdigest())
    return origins


def published(survey: Survey) -> list[Any]:
    """Give the entries of all texts that are published."""
    return [*survey.archive.leaflets, *survey.archive.pages]
