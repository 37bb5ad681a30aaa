"""The stage `export`: make the exports of each leaflet, before the pages that list them with their sizes."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from press.cache.keys import citations_key, copy_key, toolchain_key
from press.cache.steps import Step
from press.diagnostics import Diagnostic, Level, display_path
from press.exports.citations import join_citations
from press.exports.export_input import ExportFinding, ExportInput, ExportResult, Toolchain
from press.model.entry import Entry
from press.model.formats import ARCHIVE_CITATIONS, EXPORT_KINDS, PAPER_KINDS, list_export_urls
from press.model.provenance import drop_provenance
from press.model.source_text import find_line
from press.model.urls import export_url
from press.options import Json
from press.placed_exports import PlacedExports, recall_placed
from press.runtime.blob import Altered, Blob, blob_of
from press.runtime.parallel import WorkerDied, map_over_cores
from press.site.images import read_published
from press.site.leaflet_inputs import LeafletInputs
from press.site.page_text import Texts
from press.site.pelican_site import Site


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
    cited: dict[str, Mapping[str, Blob]] = field(default_factory=dict)
    """The citations of each leaflet, by its slug and by kind."""
    problems: list[Diagnostic] = field(default_factory=list)
    unmade: list[str] = field(default_factory=list)
    """The keys of exports that are not in the cache and were not to be made."""
    placed: dict[str, PlacedExports] = field(default_factory=dict)
    """What is known of those in the tree, by source, for the next build."""


def _dump(exported: Exported) -> Json:
    if not exported.files or any(finding.level is Level.ERROR for finding in exported.findings):
        return None
    return [[f.level.name, f.rule, f.words, f.message] for f in exported.findings]


def _load(written: Json, files: Mapping[str, Blob]) -> Exported:
    return Exported(files, tuple(ExportFinding(Level[level], *map(str, rest)) for level, *rest in written))


UNMADE = Exported({})
"""Stands for exports that were not to be made."""

EXPORTS = Step[Exported]("exports", _dump, _load, files=lambda exported: exported.files)


def _load_key(written: Json, _: object) -> str:
    if not isinstance(written, str):
        raise TypeError(written)
    return written


KEY = Step[str]("export-key", lambda key: key, _load_key)
COPY = Step[Blob](
    "copy", lambda blob: [blob.size, blob.sha256], lambda written, _: Blob(int(written[0]), str(written[1]))
)
CITED = Step[Mapping[str, Blob]](
    "citations",
    lambda files: {name: [blob.size, blob.sha256] for name, blob in files.items()},
    lambda written, _: {name: Blob(int(size), str(sha256)) for name, (size, sha256) in written.items()},
    spare=5,
)
"""Of these two only the hashes are kept: their bytes are in the tree, or made again."""


def export(site: Site, texts: Texts) -> Exports:
    """Put the exports of every leaflet into the tree; make those that are not in the cache, if the site asks for it.

    What is neither kept nor made is absent from the tree: pages do not list it, and links to it are not followed.
    """
    exports = Exports()
    if site.settings["DOWNLOADS_FORMATS"] == "none":
        return exports
    toolchain = _open_toolchain(site)
    inputs = LeafletInputs(site, texts, toolchain_key(site.theme.list_files("print"), toolchain.fonts))
    depends = {entry.source: inputs.key_of(entry) for entry in site.archive.leaflets}
    _keep_published(site, exports, depends)
    leaflets = [entry for entry in site.archive.leaflets if entry.source not in exports.placed]
    made_keys = site.cache.recall_or_make(KEY, leaflets, lambda entry: depends[entry.source], inputs.name_all)
    keys = dict(zip((entry.source for entry in leaflets), made_keys, strict=True))

    def make(absent: Sequence[Entry]) -> Iterator[Exported]:
        return _make_all(site, toolchain, list(map(inputs.read, absent))) if site.make_exports else _make_none(absent)

    made = site.cache.recall_or_make(
        EXPORTS, leaflets, lambda entry: keys[entry.source], make, partial(_is_whole, site)
    )
    for entry, exported, copy in zip(leaflets, made, _copy_sources(site, leaflets), strict=True):
        if exported is UNMADE:
            exports.unmade.append(keys[entry.source])
            site.tree.absent.update(list_export_urls(entry.slug))
            continue
        exports.problems += _report(site, entry, exported)
        sizes = _place(site, entry, {**exported.files, "md": copy})
        placed = PlacedExports(depends[entry.source], keys[entry.source], _was_public(site, entry), sizes)
        exports.listed[entry.slug] = placed.list_for_page(entry.slug)
        files = exported.files
        exports.cited[entry.slug] = {name: files[name] for name in ARCHIVE_CITATIONS if name in files}
        if placed.depends and not exported.findings:
            exports.placed[entry.source] = placed
    exports.citations = dict(ARCHIVE_CITATIONS)
    slugs = [entry.slug for entry in site.archive.leaflets if entry.slug in exports.cited]
    _place_citations(site, {slug: exports.cited[slug] for slug in slugs})
    return exports


def _keep_published(site: Site, exports: Exports, depends: Mapping[str, str]) -> None:
    """Keep the exports that the published tree has, where they would be the same again, without reading the cache."""
    known = recall_placed(site.cache, site.tree)
    for entry in site.archive.leaflets if known else ():
        placed = known.get(entry.source)
        now = depends[entry.source], _was_public(site, entry)
        if placed and (placed.depends, placed.was_public) == now and placed.keep(site.tree, entry.slug):
            exports.placed[entry.source] = placed
            exports.listed[entry.slug] = placed.list_for_page(entry.slug)
            exports.cited[entry.slug] = placed.list_citations(site.tree, entry.slug)
    kept = exports.placed.items()
    site.cache.count_use(KEY, [placed.depends for _, placed in kept])
    site.cache.count_use(EXPORTS, [placed.made for _, placed in kept])
    site.cache.count_use(COPY, [copy_key(site.text_environment, site.hashes[source]) for source, _ in kept])


def _copy_sources(site: Site, leaflets: Sequence[Entry]) -> Iterator[Blob]:
    """Yield the source of each leaflet as it is published; one that is in the tree already is not read."""
    urls = {entry.source: export_url(entry.slug, ".md") for entry in leaflets}
    return site.cache.recall_or_make(
        COPY,
        list(urls),
        lambda path: copy_key(site.text_environment, site.hashes[path]),
        lambda absent: (blob_of(drop_provenance((site.content / path).read_bytes())) for path in absent),
        lambda path, blob: site.tree.pages_only or site.tree.has(urls[path], blob.sha256),
    )


def _place_citations(site: Site, cited: Mapping[str, Mapping[str, Blob]]) -> None:
    """Put the citations of the whole archive into the tree, joined from those of its leaflets."""
    tree = site.tree
    if tree.pages_only:
        tree.absent.update(ARCHIVE_CITATIONS.values())
        return
    (joined,) = site.cache.recall_or_make(
        CITED,
        [[blob.sha256 for files in cited.values() for blob in files.values()]],
        citations_key,
        lambda absent: (_join(site, cited) for _ in absent),
        lambda _, files: all(tree.has(ARCHIVE_CITATIONS[name], blob.sha256) for name, blob in files.items()),
    )
    for name, blob in joined.items():
        tree.place(ARCHIVE_CITATIONS[name], blob)


def _join(site: Site, cited: Mapping[str, Mapping[str, Blob]]) -> Mapping[str, Blob]:
    """Join the citations of all leaflets, those in the cache or else those in the tree."""
    read = [
        {name: _read_either(blob, site.tree.folder, export_url(slug, f".{name}")) for name, blob in files.items()}
        for slug, files in cited.items()
        if files
    ]
    return {name: blob_of(data) for name, data in join_citations(read).items()}


def _read_either(blob: Blob, tree: Path, name: str) -> bytes:
    """Return the bytes of a citation. Raises Altered if somebody has changed both."""
    for one in (blob, replace(blob, data=None, path=tree / name)):
        if one.is_sound():
            return one.read()
    raise Altered(name)


def _open_toolchain(site: Site) -> Toolchain:
    """Return what all exports are made with."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in site.theme.list_files("print")}
    return Toolchain(site.settings["PATH"], sources, site.settings["DOWNLOADS_FONTS"])


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


def _make_none(leaflets: Sequence[Entry]) -> Iterator[Exported]:
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


def _is_whole(site: Site, entry: Entry, exported: Exported) -> bool:
    """Return whether all files of recalled exports are available, in the tree or in the cache."""
    return site.tree.pages_only or all(
        site.tree.has(path, blob.sha256) or blob.is_sound()
        for _, path, blob, _ in _list_places(site, entry, exported.files)
    )


def _was_public(site: Site, entry: Entry) -> bool:
    return entry.url in site.archive.published


def _list_places(site: Site, entry: Entry, files: Mapping[str, Blob]) -> Iterator[tuple[str, str, Blob, bool]]:
    """Yield the kind and path of each export, its bytes, and whether its page lists it, in the order of EXPORT_KINDS.

    The address of a booklet always gives something to print: the PDF, if that is one page and needs no folding. A
    handout that is not made may have been public when the text was shorter. So a text that was published before has
    its PDF at that address too.
    """
    was_public = _was_public(site, entry)
    for kind in EXPORT_KINDS:
        path = export_url(entry.slug, kind.ending)
        if kind.name in files:
            yield kind.name, path, files[kind.name], True
        elif kind.name in PAPER_KINDS and "pdf" in files and (kind.name == "booklet" or was_public):
            yield kind.name, path, files["pdf"], False


def _place(site: Site, entry: Entry, files: Mapping[str, Blob]) -> dict[str, int]:
    """Put the exports of a leaflet and its source where the plan has them; return the sizes of PlacedExports."""
    sizes = {}
    for kind, path, blob, lists in _list_places(site, entry, files):
        site.tree.place(path, blob)
        sizes[kind] = blob.size if lists else -blob.size
    return sizes


def _report(site: Site, entry: Entry, exported: Exported) -> Iterator[Diagnostic]:
    """Yield each finding as a problem at the line of the source."""
    file: Path = site.content / entry.source
    for finding in exported.findings:
        line = find_line(file, finding.words)
        yield Diagnostic(display_path(file), line, finding.level, finding.rule, finding.message)
