"""A leaflet: everything that the copies of one leaflet depend on, in one value."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from press.diagnostics import Level
from press.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a text: its address in the HTML, its place below the content folder, the hash of its content."""

    url: str
    path: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ExportInput:
    """One leaflet as its copies need it. All is plain text but `body`, the finished HTML with whole addresses."""

    entry: Entry
    title: str
    """Typeset."""
    summary: str
    """Typeset; empty where the header has none."""
    said_date: str
    """The original date in words."""
    said_added: str = ""
    """The day the archive took it in, in words; empty where it is not known."""
    body: str
    address: str
    """The leaflet's permanent address."""
    archive: str
    """The name of the site."""
    archive_lang: str
    right_to_left: bool = False
    """Whether its script runs so."""
    marks: tuple[str, str] = ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}")
    """The outer quotation marks of its language, for `<q>`."""
    pictures: tuple[Picture, ...] = ()
    formats: str = "all"
    paper: str = "a4"
    """`a4` or `letter`: what booklets and sheets are printed on."""
    columns: int = 72
    """The width of the plain text; 0 for lines as long as paragraphs."""
    groups: tuple[str, ...] = ()
    """Authors that are no persons, beyond those whose name shows it."""
    labels: tuple[str, ...] = ()
    """LABELS in the language of the archive; in English if empty."""
    toolchain: str = ""
    """The key of the toolchain: templates, fonts, program and libraries."""

    @cached_property
    def key(self) -> str:
        """Tell this leaflet from every other: SHA-256 in hexadecimal."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What the copies of all leaflets are made with; the same for a whole build."""

    content: str
    """The folder that pictures are read from."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """The files of theme/print/ by name."""
    fonts: str = ""
    """A folder of more fonts, or nothing."""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say of a leaflet; `words` are looked for in its source, for the line."""

    level: Level
    rule: str
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class Made:
    """The copies of one leaflet by the name of their kind, and what is to be said of them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether something stops the build."""
        return any(finding.level is Level.ERROR for finding in self.findings)


LABELS = (
    "Original date", "Publisher", "Place", "Translator", "Series", "Identifier", "Source", "Rights", "Notes", "Added",
    "Corrections", "Address",
)  # fmt: skip
"""What the parts of a leaflet's record are called, in English."""


def list_record(leaflet: ExportInput) -> list[tuple[str, str]]:
    """Give what the archive knows of a leaflet, as label and value, for the end of a copy; the address is last."""
    entry = leaflet.entry
    values = (
        leaflet.said_date,
        entry.publisher,
        entry.place,
        "; ".join(entry.translators),
        entry.series,
        entry.identifier,
        entry.origin,
        entry.rights,
        entry.notes,
        leaflet.said_added,
        "\n".join(entry.corrections),
        leaflet.address,
    )
    return [(label, value) for label, value in zip(leaflet.labels or LABELS, values, strict=True) if value]
