"""The copies of a leaflet that a reader takes away: their kinds, and where they stand for good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from press.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of copy; its file is the leaflet's slug and `ending`."""

    name: str
    ending: str
    group: str
    """`text`, `book` or `citation`."""


KINDS = (
    Kind("pdf", ".pdf", "book"),
    Kind("booklet", "-booklet.pdf", "book"),
    Kind("sheet", "-sheet.pdf", "book"),
    Kind("epub", ".epub", "book"),
    Kind("txt", ".txt", "text"),
    Kind("md", ".md", "text"),
    Kind("bib", ".bib", "citation"),
    Kind("ris", ".ris", "citation"),
    Kind("json", ".json", "citation"),
)

FORMATS = {
    "none": frozenset[str](),
    "text": frozenset({"text", "citation"}),
    "all": frozenset({"text", "book", "citation"}),
}
"""The groups that each value of --formats makes."""

PAPERS = {"a4": ((210.0, 297.0), (148.5, 210.0)), "letter": ((215.9, 279.4), (139.7, 215.9))}
"""The sheet and the page of a booklet, which is half of it, in millimetres."""

ARCHIVE_CITATIONS = {"bib": "archive.bib", "ris": "archive.ris", "json": "archive.csl.json"}
"""The citations of every leaflet in one file, by the name of their kind."""

_LEAFLET = re.compile(r"leaflets/([^/]+)/")


def place_copy(entry: Entry, kind: Kind) -> str:
    """Give the place of a copy below the output folder: `leaflets/harbour/harbour-booklet.pdf`."""
    return f"{entry.url}{entry.slug}{kind.ending}"


def place_copies(entry: Entry) -> Iterator[str]:
    """Give the places of all copies of a leaflet, whether they are made this time or not."""
    return (place_copy(entry, kind) for kind in KINDS)


def move_copies(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Give where each copy went when a leaflet moved: from `leaflets/a/`, to `leaflets/b/`; nothing for a page."""
    before, after = _LEAFLET.fullmatch(old), _LEAFLET.fullmatch(new)
    if before and after:
        for kind in KINDS:
            yield f"{old}{before[1]}{kind.ending}", f"{new}{after[1]}{kind.ending}"
