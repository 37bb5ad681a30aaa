"""The way of a text: gate → read → typeset → render → check → swap. One direction, no going back."""

from __future__ import annotations

import datetime
import hashlib
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press.catalogue.ledger import extend_ledger
from press.catalogue.plan import plan_pages
from press.catalogue.statics import name_static
from press.check import check_site
from press.faults import Fault, Level, refuse_if_any_error
from press.gate import Rules, Survey, find_missing_content, survey_content
from press.gate.paths import LEDGER
from press.naming import show_path
from press.stage import Origin, open_staging, refuse_place, swap


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, with which settings, and where to."""

    settings_file: Path
    content: Path
    output: Path
    url: str = ""
    """The site's address, in place of the settings' SITEURL."""
    future: bool = False
    """Whether dates may lie in the future."""
    allow_removal: bool = False
    """Whether addresses of the ledger may vanish."""
    whole_ledger: bool = False
    """Whether every address must stand in the ledger: for a site that is published."""

    @property
    def root(self) -> Path:
        """The project's folder, where the settings and the work folder stand."""
        return self.settings_file.parent


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    leaflets: int
    pages: int
    files: int
    drafts: int
    ignored: int
    faults: tuple[Fault, ...]
    """Warnings and advice, in order."""
    seconds: float


def build(order: Order) -> Report:
    """Build a collection and publish it into the output folder.

    Raises Refused, with output as it was, where anything is wrong with the texts, the settings, the theme or the
    finished tree.
    """
    begun = time.perf_counter()
    refuse_if_any_error(find_missing_content(order.content, show_path(order.content)))
    refuse_if_any_error(refuse_place(order.root, order.content, order.output))
    settings = read_settings(order)
    survey = pass_the_gate(order, settings)
    with open_staging(order.root, order.content, order.output, keep_out=[Path(settings["THEME"])]) as staging:
        faults = render(settings, survey, staging.tree)
        origins = find_origins(order.content, survey)
        faults += check(order, settings, origins, staging.tree)
        manifest = swap(staging, origins)
    return Report(
        leaflets=len(survey.archive.leaflets),
        pages=len(survey.archive.pages),
        files=len(manifest.files),
        drafts=survey.drafts,
        ignored=len(survey.ignored),
        faults=tuple(sorted([*survey.faults, *faults, *staging.faults])),
        seconds=time.perf_counter() - begun,
    )


def rehearse(order: Order) -> list[Fault]:
    """Do all that a build does but publish; give warnings and advice. Raises Refused as build does."""
    settings = read_settings(order)
    survey = pass_the_gate(order, settings)
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        faults = render(settings, survey, Path(folder))
        faults += check(order, settings, find_origins(order.content, survey), Path(folder))
    return sorted([*survey.faults, *faults])


def list_addresses(order: Order) -> int:
    """Add the addresses of the site to the ledger; give how many are new. Raises Refused as build does."""
    survey = pass_the_gate(order, read_settings(order))
    urls = [page.url for page in plan_pages(survey.archive) if page.lasting]
    ledger = order.content / LEDGER
    before = ledger.read_text(encoding="utf-8") if ledger.exists() else ""
    after, new = extend_ledger(before, urls)
    ledger.write_text(after, encoding="utf-8", newline="\n")
    return new


def read_settings(order: Order) -> dict[str, Any]:
    """Read the settings, with the content folder and the address of this order."""
    from press.engine import load_settings  # loads Pelican, which an unchanged archive can do without

    overrides = {"PATH": str(order.content.resolve()), **({"SITEURL": order.url} if order.url else {})}
    return load_settings(order.settings_file, overrides)


def pass_the_gate(order: Order, settings: Mapping[str, Any]) -> Survey:
    """Look at every path and header; stop here on any error."""
    rules = Rules(
        lang=settings["DEFAULT_LANG"],
        until=datetime.date.max if order.future else datetime.datetime.now(datetime.UTC).date(),
        vanishing=Level.WARNING if order.allow_removal else Level.ERROR,
        whole_ledger=order.whole_ledger,
    )
    survey = survey_content(order.content, show_path(order.content), rules)
    refuse_if_any_error(survey.faults)
    return survey


def render(settings: Mapping[str, Any], survey: Survey, tree: Path) -> list[Fault]:
    """Let Pelican read, typeset and render every text into the staging tree."""
    from press.engine import run_pelican

    return run_pelican({**settings, "OUTPUT_PATH": str(tree), "PRESS_SURVEY": survey})


def check(order: Order, settings: Mapping[str, Any], origins: Mapping[str, Origin], tree: Path) -> list[Fault]:
    """Check the finished tree; faults name the source of the page they stand on."""
    shown = show_path(order.content)
    sources = {}
    for path, origin in origins.items():
        file = f"{origin.url}index.html" if origin.url.endswith("/") else origin.url
        sources[file[1:]] = f"{shown}/{path}", order.content / path
    faults = check_site(tree, sources, settings["SITEURL"].rstrip("/"))
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
