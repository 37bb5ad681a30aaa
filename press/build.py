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

from press.catalogue.ledger import extend_ledger
from press.catalogue.plan import list_lasting, list_paths
from press.catalogue.statics import name_static
from press.faults import Fault, Level, refuse_if_any_error
from press.gate import Rules, Survey, find_missing_content, survey_content
from press.gate.exceptions import drop_accepted
from press.gate.known import Known
from press.gate.paths import LEDGER
from press.naming import show_path
from press.order import Order, Report
from press.pages import Pages, recall_pages, remember_pages
from press.remembered import STORE, Remembered, open_memory
from press.stage import Altered, Manifest, Origin, Staging, open_staging, refuse_place, seal, swap
from press.standing import (
    Fingerprint,
    Standing,
    list_modules,
    recall_standing,
    run_settings,
    still_stands,
    take_fingerprint,
)

__all__ = ["Order", "Report", "build", "list_addresses", "rehearse"]

Look = Callable[[Order, Survey, Path], list[Fault]]
"""Looks at a finished tree before it goes."""


def build(order: Order) -> Report:
    """Build a collection and publish it into the output folder; do nothing where nothing has changed.

    Raises Refused, with output as it was, where anything is wrong with the texts, the settings, the theme or the
    finished tree.
    """
    begun = time.perf_counter()
    refuse_if_any_error(find_missing_content(order.content, show_path(order.content)))
    with open_staging(order.root, order.content, order.output, keep_out=[order.root / "theme"]) as staging:
        last = recall_standing(staging.folder)
        also = [Path(path) for path in last.also] if last else [order.root / "theme"]
        wishes = {**order.wishes, "settings": run_settings(order.settings_file)}
        fingerprint = take_fingerprint(order.content, order.settings_file, wishes, also)
        if last and last.fingerprint == fingerprint.whole != "" and _stands(staging, last):
            numbers, faults, unchanged = last.numbers, list(last.faults), True
        else:
            numbers, faults = _build_anew(order, staging, fingerprint, also, wishes)
            unchanged = False
    faults = sorted([*faults, *staging.faults])
    return Report(**numbers, faults=tuple(faults), seconds=time.perf_counter() - begun, unchanged=unchanged)


def _stands(staging: Staging, last: Standing) -> bool:
    """Tell whether the output is, file by file, the tree of the last build."""
    tree = staging.standing
    return tree is not None and tree.key == last.tree and still_stands(staging.output, staging.folder, tree)


def _build_anew(
    order: Order, staging: Staging, fingerprint: Fingerprint, also: list[Path], wishes: Mapping[str, object]
) -> tuple[dict[str, int], list[Fault]]:
    """Go the way of a text, and remember what came of it."""
    settings = {**read_settings(order), "PRESS_SHELF": str(staging.folder / "copies")}
    refuse_if_any_error(refuse_place(order.root, order.content, order.output, [Path(settings["THEME"])]))
    if also != (also := list_code(settings)):  # the theme may stand elsewhere
        fingerprint = take_fingerprint(order.content, order.settings_file, wishes, also)
    with open_memory(staging.folder / STORE, settings, order.root, fingerprint) as memory:
        survey = pass_the_gate(order, settings, known=memory.known if memory else None)
        try:
            faults, manifest = _publish(order, staging, settings, survey, memory)
        except Altered:  # somebody has changed a published file: all are written again
            staging.begin_anew()
            faults, manifest = _publish(order, staging, settings, survey, None)
    faults = drop_accepted(faults, {show_path(order.content / e.source): e.accept for e in survey.entries})
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
        standing = Standing(fingerprint.whole, manifest.key, numbers, tuple(faults), tuple(map(str, also)))
        with suppress(OSError):
            standing.remember(staging.folder)
    return numbers, faults


def _publish(
    order: Order, staging: Staging, settings: Mapping[str, Any], survey: Survey, memory: Remembered | None
) -> tuple[list[Fault], Manifest]:
    """Fill the tree with what is new beside what may be kept, check it and let it take the place of output."""
    pages = _keep_pages(staging, list_paths(survey.archive)) if memory else Pages()
    told = memory.tell_pelican(pages) if memory else {}
    faults = [*survey.faults, *render({**settings, **told}, survey, staging.tree, order.jobs)]
    for path in pages.left():
        (staging.tree / path).unlink()
    origins = find_origins(order.content, survey)
    manifest = seal(staging, origins, pages.kept)
    faults += check(order, settings, origins, staging.tree, pages, manifest.names)
    swap(staging, manifest)
    if memory:
        with suppress(OSError):  # the site is published: a full disk costs the next build time
            remember_pages(staging.folder, manifest.key, pages.made)
    return faults, manifest


def _keep_pages(staging: Staging, planned: Set[str]) -> Pages:
    """Let the tree begin with the planned pages of the last build, as far as they are known.

    Where nothing is planned some other file or a folder may come to stand.
    """
    if staging.standing is None:
        return Pages()
    known = recall_pages(staging.folder, staging.standing.key)
    there = staging.keep(known.keys() & planned)
    return Pages({path: known[path] for path in there}, frozenset(staging.standing.files))


def rehearse(order: Order, look: Look | None = None) -> list[Fault]:
    """Do all that a build does but publish; give warnings and advice, and what `look` finds in the finished tree.

    Raises Refused as build does.
    """
    settings = {**read_settings(order), "PRESS_ADVICE": True, "PRESS_LATER": []}  # an index is for a site
    survey = pass_the_gate(order, settings)
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        faults = render(settings, survey, Path(folder), order.jobs)
        faults += check(order, settings, find_origins(order.content, survey), Path(folder))
        faults += look(order, survey, Path(folder)) if look else []
    return sorted([*survey.faults, *faults])


def list_addresses(order: Order) -> int:
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


def read_settings(order: Order) -> dict[str, Any]:
    """Read the settings, with the content folder and the address of this order."""
    from press.engine import load_settings  # loads Pelican, which an unchanged archive can do without

    refuse_if_any_error(find_missing_content(order.content, show_path(order.content)))
    wishes = {"SITEURL": order.url, "DOWNLOADS_FORMATS": order.formats}
    overrides: dict[str, Any] = {name: value for name, value in wishes.items() if value}
    overrides |= {} if order.search else {"SEARCH": False}
    return load_settings(order.settings_file, {"PATH": str(order.content.resolve()), **overrides})


def pass_the_gate(
    order: Order, settings: Mapping[str, Any], *, drafts: bool = False, known: Known | None = None
) -> Survey:
    """Look at every path and header; stop here on any error. Drafts come along for a preview alone."""
    survey = survey_texts(order, settings, drafts=drafts, known=known)
    refuse_if_any_error(survey.faults)
    return survey


def survey_texts(
    order: Order, settings: Mapping[str, Any], *, drafts: bool = False, known: Known | None = None
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
    return survey_content(order.content, show_path(order.content), rules, known)


def render(settings: Mapping[str, Any], survey: Survey, tree: Path, jobs: int = 0) -> list[Fault]:
    """Let Pelican read, typeset and render every text into the staging tree."""
    from press.engine import run_pelican

    return run_pelican({**settings, "OUTPUT_PATH": str(tree), "PRESS_SURVEY": survey, "PRESS_JOBS": jobs})


def check(
    order: Order,
    settings: Mapping[str, Any],
    origins: Mapping[str, Origin],
    tree: Path,
    pages: Pages | None = None,
    files: Set[str] | None = None,
) -> list[Fault]:
    """Check the finished tree; faults name the source of the page they stand on."""
    from press.check import check_site  # loads lxml, likewise

    shown = show_path(order.content)
    sources = {}
    for path, origin in origins.items():
        file = f"{origin.url}index.html" if origin.url.endswith("/") else origin.url
        sources[file[1:]] = f"{shown}/{path}", order.content / path
    faults = check_site(tree, sources, settings["SITEURL"].rstrip("/"), pages, order.jobs, files)
    refuse_if_any_error(faults)
    return faults


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
