"""The stage `export`: make the exports of each leaflet, before the pages that list them with their sizes."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from pelican_typeset import marks_for

from press.cache.keys import export_key, toolchain_key
from press.cache.steps import Step
from press.diagnostics import Diagnostic, Level, display_path
from press.exports.citations import join_citations
from press.exports.export_input import LABELS, ExportFinding, ExportInput, ExportResult, Picture, Toolchain
from press.model.entry import Entry
from press.model.formats import ARCHIVE_CITATIONS, EXPORT_KINDS, PAPER_KINDS, list_export_urls
from press.model.languages import is_right_to_left
from press.model.provenance import drop_provenance
from press.model.source_text import find_line
from press.model.urls import IMAGES, export_url
from press.options import Json
from press.pictures.strip import is_raster
from press.runtime.blob import Blob, blob_of
from press.runtime.parallel import WorkerDied, map_over_cores
from press.site.excerpts import strip_spans
from press.site.images import read_published
from press.site.markdown.sidenotes import drop_places
from press.site.page_text import Texts
from press.site.pelican_site import Site

_SOURCE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"')
"""The address of a picture in finished HTML; Markdown writes no bare > in an attribute."""

_MARKS = ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}", "", "")
"""For a language that is not in the table of marks."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The exports of one leaflet by the name of their kind, and what to report about them."""

    files: Mapping[str, Blob]
    findings: tuple[ExportFinding, ...] = ()


@dataclass(slots=True)
class Exports:
    """The exports of all leaflets as pages list them."""

    listed: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """By the leaflet's slug: the kind, the path and size in bytes of each export, in the order of EXPORT_KINDS."""
    citations: dict[str, str] = field(default_factory=dict)
    """The path of the citations of the whole archive, by kind."""
    problems: list[Diagnostic] = field(default_factory=list)
    unmade: list[str] = field(default_factory=list)
    """The keys of exports that are not in the cache and were not to be made."""


def _dump(exported: Exported) -> Json:
    if not exported.files or any(finding.level is Level.ERROR for finding in exported.findings):
        return None
    return [[f.level.name, f.rule, f.words, f.message] for f in exported.findings]


def _load(written: Json, files: Mapping[str, Blob]) -> Exported:
    return Exported(files, tuple(ExportFinding(Level[level], *map(str, rest)) for level, *rest in written))


UNMADE = Exported({})
"""Stands for exports that were not to be made."""

EXPORTS = Step[Exported]("exports", _dump, _load, files=lambda exported: exported.files)


def export(site: Site, texts: Texts) -> Exports:
    """Put the exports of every leaflet into the tree; make those that are not in the cache, if the site asks for it.

    What is neither kept nor made is absent from the tree: pages do not list it, and links to it are not followed.
    """
    exports = Exports()
    if site.settings["DOWNLOADS_FORMATS"] == "none":
        return exports
    toolchain = _open_toolchain(site)
    environment = toolchain_key(site.theme.list_files("print"), toolchain.fonts)
    leaflets = _list_inputs(site, texts)
    made = site.cache.recall_or_make(
        EXPORTS,
        leaflets,
        partial(export_key, environment),
        partial(_make_all, site, toolchain) if site.make_exports else _make_none,
        partial(_is_whole, site),
    )
    citations = []
    for leaflet, exported in zip(leaflets, made, strict=True):
        if exported is UNMADE:
            exports.unmade.append(export_key(environment, leaflet))
            site.tree.absent.update(list_export_urls(leaflet.entry.slug))
            continue
        exports.problems += _report(site, leaflet.entry, exported)
        exports.listed[leaflet.entry.slug] = _place(site, leaflet.entry, exported)
        citations.append({name: exported.files[name] for name in ARCHIVE_CITATIONS if name in exported.files})
    exports.citations = dict(ARCHIVE_CITATIONS)
    _place_citations(site, citations)
    return exports


def _place_citations(site: Site, citations: Sequence[Mapping[str, Blob]]) -> None:
    """Put the citations of the whole archive into the tree, joined from those of its leaflets."""
    if site.tree.pages_only:
        site.tree.absent.update(ARCHIVE_CITATIONS.values())
        return
    cited = [{name: blob.read() for name, blob in files.items()} for files in citations]
    for name, data in join_citations(files for files in cited if files).items():
        site.tree.write(ARCHIVE_CITATIONS[name], data)


def _open_toolchain(site: Site) -> Toolchain:
    """Return what all exports are made with."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in site.theme.list_files("print")}
    return Toolchain(site.settings["PATH"], sources, site.settings["DOWNLOADS_FONTS"])


def _list_inputs(site: Site, texts: Texts) -> list[ExportInput]:
    """Return what the exports of each leaflet depend on, in the order of the archive."""
    settings, localiser, address = site.settings, site.localiser, site.address
    pictures = _list_pictures(site)
    shared: dict[str, Any] = {
        "labels": tuple(localiser.gettext(label) for label in LABELS),
        "colon": localiser.gettext(": "),
        "semicolon": localiser.gettext("; "),
        "archive": settings["SITENAME"],
        "archive_lang": settings["DEFAULT_LANG"],
        "formats": settings["DOWNLOADS_FORMATS"],
        "paper": settings["DOWNLOADS_PAPER"],
        "comma": localiser.gettext(", "),
        "contents_label": localiser.gettext("Contents"),
        "code_label": localiser.gettext("QR code of the address {}"),
        "access_summary": localiser.gettext("Running text with headings and notes in their places."),
        "signature": settings["DOWNLOADS_SIGNATURE"],
        "columns": settings["DOWNLOADS_COLUMNS"],
    }
    leaflets = []
    for entry in site.archive.leaflets:
        text = texts[entry.source]
        body = drop_places(str(text.get_content(address)))
        own = dict.fromkeys(pictures[url] for url in _SOURCE.findall(body) if url in pictures)
        leaflets.append(
            ExportInput(
                entry=entry,
                title=text.title_text,
                summary=strip_spans(text.summary_html),
                authors=tuple(site.archive.names[name] for name in entry.authors),
                translators=tuple(site.archive.names[name] for name in entry.translators),
                category=localiser.format_term(entry.category),
                display_date=localiser.format_date(entry.date),
                display_date_added=localiser.format_day(entry.added) if entry.added else "",
                body=body,
                address=f"{address}/{entry.url}",
                right_to_left=is_right_to_left(entry.lang),
                pictures=tuple(own),
                marks=(marks_for(entry.lang) or _MARKS)[:2],
                **shared,
            )
        )
    return leaflets


def _list_pictures(site: Site) -> dict[str, Picture]:
    """Return every sound picture of the site by its full address."""
    found = {}
    for static in site.context["static_content"].values():
        path = static.relative_source_path
        if path.startswith(IMAGES) and (static.url in site.context["pictures"] or not is_raster(path)):
            url = f"{site.address}/{static.url}"
            found[url] = Picture(url, path, site.hashes.get(path, ""))
    return found


def _make_all(site: Site, toolchain: Toolchain, leaflets: Sequence[ExportInput]) -> Iterator[Exported]:
    """Make exports over the cores; a worker that dies is an error of its leaflet, and the others go on.

    Even the exports of a single leaflet are made in another process: Typst starts threads, and a process forked from
    one with threads would wait for them forever.
    """
    if not leaflets:
        return
    from press.exports.typst_runs import place_layouts

    with _open_pictures(site, leaflets) as folder:
        opened = replace(toolchain, content=folder)
        place_layouts(opened)
        yield from _make_each(leaflets, opened, site.jobs)


def _make_none(leaflets: Sequence[ExportInput]) -> Iterator[Exported]:
    return (UNMADE for _ in leaflets)


@contextmanager
def _open_pictures(site: Site, leaflets: Sequence[ExportInput]) -> Iterator[str]:
    """Return a folder with the pictures of these leaflets as they are published, below the same paths."""
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        for path in {picture.path for leaflet in leaflets for picture in leaflet.pictures}:
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(read_published(site.content, site.hashes, path))
        yield folder


def _make_each(leaflets: Sequence[ExportInput], toolchain: Toolchain, jobs: int) -> Iterator[Exported]:
    from press.exports.make_exports import (
        make_safely,  # imports the libraries, which recalled exports do not need
    )

    done, jobs = 0, 1 if "typst" in sys.modules else jobs  # a process with threads must not be forked
    while done < len(leaflets):
        try:
            for result in map_over_cores(partial(make_safely, toolchain=toolchain), leaflets[done:], jobs, few=1):
                done += 1
                yield _as_exported(result)
        except WorkerDied:
            done += 1
            message = "the process that made its downloads died. Is the memory full? Build again with --jobs 1."
            yield Exported({}, (ExportFinding(Level.ERROR, "copy-failed", "", message),))


def _as_exported(result: ExportResult) -> Exported:
    return Exported({name: blob_of(data) for name, data in result.files.items()}, result.findings)


def _is_whole(site: Site, leaflet: ExportInput, exported: Exported) -> bool:
    """Return whether all files of recalled exports are available, in the tree or in the cache.

    Citations must be in the cache: those of the archive are joined from them.
    """
    return site.tree.pages_only or all(
        blob.is_sound() if kind in ARCHIVE_CITATIONS else site.tree.keep(path, blob.sha256) or blob.is_sound()
        for kind, path, blob, _ in _list_places(site, leaflet.entry, exported.files)
    )


def _list_places(site: Site, entry: Entry, files: Mapping[str, Blob]) -> Iterator[tuple[str, str, Blob, bool]]:
    """Yield the kind and path of each export, its bytes, and whether its page lists it, in the order of EXPORT_KINDS.

    The address of a booklet always gives something to print: the PDF, if that is one page and needs no folding. A
    handout that is not made may have been public when the text was shorter. So a text that was published before has
    its PDF at that address too.
    """
    was_public = entry.url in site.archive.published
    for kind in EXPORT_KINDS:
        path = export_url(entry.slug, kind.ending)
        if kind.name in files:
            yield kind.name, path, files[kind.name], True
        elif kind.name in PAPER_KINDS and "pdf" in files and (kind.name == "booklet" or was_public):
            yield kind.name, path, files["pdf"], False


def _place(site: Site, entry: Entry, exported: Exported) -> list[dict[str, Any]]:
    """Put the exports of a leaflet and its source where the plan has them; return how its page lists them."""
    source = drop_provenance((site.content / entry.source).read_bytes())
    listed = []
    for kind, path, blob, lists in _list_places(site, entry, {**exported.files, "md": blob_of(source)}):
        site.tree.place(path, blob)
        if lists:
            listed.append({"kind": kind, "url": path, "size": blob.size})
    return listed


def _report(site: Site, entry: Entry, exported: Exported) -> Iterator[Diagnostic]:
    """Yield each finding as a problem at the line of the source."""
    file: Path = site.content / entry.source
    for finding in exported.findings:
        line = find_line(file, finding.words)
        yield Diagnostic(display_path(file), line, finding.level, finding.rule, finding.message)
