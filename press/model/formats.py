"""The exports of a leaflet, which visitors see as downloads: their kinds and their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from press.model.urls import catalogue_url, export_url, slug_of_leaflet


@dataclass(frozen=True, slots=True)
class ExportKind:
    """One kind of export; its file is named by the leaflet's slug and `ending`."""

    name: str
    ending: str
    group: str
    """`text`, `book` or `citation`."""


EXPORT_KINDS = (
    ExportKind("pdf", ".pdf", "book"),
    ExportKind("booklet", "-booklet.pdf", "book"),
    ExportKind("sheet", "-sheet.pdf", "book"),
    ExportKind("epub", ".epub", "book"),
    ExportKind("txt", ".txt", "text"),
    ExportKind("md", ".md", "text"),
    ExportKind("bib", ".bib", "citation"),
    ExportKind("ris", ".ris", "citation"),
    ExportKind("json", ".json", "citation"),
)

PAPER_KINDS = ("booklet", "sheet")
"""The kinds that are made only where they are of use: no booklet of one page, no handout of more than two."""

EXPORT_GROUPS = {
    "none": frozenset[str](),
    "text": frozenset({"text", "citation"}),
    "all": frozenset({"text", "book", "citation"}),
}
"""The groups that each value of --formats makes."""

PAPERS = {"a4": ((210.0, 297.0), (148.5, 210.0)), "letter": ((215.9, 279.4), (139.7, 215.9))}
"""The sheet, and the page of a booklet, which is half of it, in millimetres."""

ARCHIVE_CITATIONS = {"bib": catalogue_url("bib"), "ris": catalogue_url("ris"), "json": catalogue_url("csl.json")}
"""The citations of all leaflets in one file, by the name of their kind."""


def list_export_urls(slug: str) -> Iterator[str]:
    """Yield the addresses of all exports of a leaflet, whether they are made this time or not."""
    return (export_url(slug, kind.ending) for kind in EXPORT_KINDS)


def redirect_exports(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield where each export went when a leaflet moved from `leaflets/a/` to `leaflets/b/`; nothing for a page."""
    before, after = slug_of_leaflet(old), slug_of_leaflet(new)
    if before and after:
        yield from zip(list_export_urls(before), list_export_urls(after), strict=True)
