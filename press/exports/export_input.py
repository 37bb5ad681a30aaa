"""What goes into the exports of a leaflet, and what comes out: plain values, which the cache can hash and keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from press.diagnostics import Level
from press.model.entry import Entry
from press.model.names import Name


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a text: its URL in the HTML, its path below the content folder, the hash of its bytes."""

    url: str
    path: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportInput:
    """One leaflet and all that its exports depend on, but for the toolchain.

    Every string is plain text, except `body`, which is finished HTML with absolute links.
    """

    entry: Entry
    title: str
    """Typeset."""
    summary: str
    """Typeset; empty where the header has none."""
    display_date: str
    """The original date in words."""
    category: str = ""
    """In the language of the archive, if it is the one of texts without a category."""
    display_date_added: str = ""
    """The date added, in words; empty where it is not known."""
    body: str
    address: str
    """The permanent URL of the leaflet."""
    archive: str
    """The name of the site."""
    archive_lang: str
    right_to_left: bool = False
    """Whether the leaflet is in a right-to-left script."""
    marks: tuple[str, str] = ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}")
    """The outer quotation marks of its language, for `<q>`."""
    pictures: tuple[Picture, ...] = ()
    formats: str = "all"
    """A key of `press.model.formats.FORMATS`."""
    paper: str = "a4"
    """The paper of booklets and handouts: `a4` or `letter`."""
    signature: int = 10
    """The most sheets of a booklet that are folded at once."""
    columns: int = 72
    """The line length of the plain text in characters; 0 puts each paragraph on one line."""
    authors: tuple[Name, ...] = ()
    """The authors of the entry, as a catalogue has them; so the translators."""
    translators: tuple[Name, ...] = ()
    labels: tuple[str, ...] = ()
    """LABELS in the language of the archive; in English if empty."""
    colon: str = ": "
    """What comes between a label and its value; French has a space before it. So has the next."""
    semicolon: str = "; "
    comma: str = ", "
    """What comes between the date and the names of authors."""
    contents_label: str = "Contents"
    """What the list of contents is called in the language of the archive. So are the next two."""
    code_label: str = "QR code of the address {}"
    """What a screen reader says in place of the QR code; `{}` is the address."""
    access_summary: str = "Running text with headings and notes in their places."
    """How accessible an EPUB is, in a sentence."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What the exports of every leaflet are made with; the same for a whole build."""

    content: str
    """The folder that pictures are read from, and layouts once `place_layouts` has put them there."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """The files of theme/print/ by name."""
    fonts: str = ""
    """A folder of additional fonts, or an empty string."""


@dataclass(frozen=True, slots=True)
class ExportFinding:
    """A problem with a leaflet; its line is the first in the source that has `words`."""

    level: Level
    rule: str
    words: str
    message: str


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The exports of one leaflet, by the name of their kind, and the problems that were found."""

    files: Mapping[str, bytes]
    findings: tuple[ExportFinding, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether a problem stops the build."""
        return any(finding.level is Level.ERROR for finding in self.findings)


LABELS = (
    "Original date", "Publisher", "Place", "Translator", "Series title", "Identifier", "Source", "Rights", "Notes",
    "Added", "Corrections", "Address",
)  # fmt: skip
"""The labels of a leaflet's record, in English."""


def list_record(leaflet: ExportInput) -> list[tuple[str, str]]:
    """Return the record of a leaflet as label and value, for the end of an export; the address comes last."""
    entry = leaflet.entry
    values = (
        leaflet.display_date,
        entry.publisher,
        entry.place,
        leaflet.semicolon.join(entry.translators),
        entry.series,
        entry.identifier,
        entry.origin,
        entry.rights,
        entry.notes,
        leaflet.display_date_added,
        "\n".join(entry.corrections),
        leaflet.address,
    )
    return [(label, value) for label, value in zip(leaflet.labels or LABELS, values, strict=True) if value]


def find_day(leaflet: ExportInput) -> date:
    """Return the day that EPUB and PDF/A files must name as theirs: the date added, or else the original date."""
    entry = leaflet.entry
    return entry.added or (entry.date.first if entry.date.edtf and entry.date.first.year >= 1000 else _NO_DAY)


_NO_DAY = date(2000, 1, 1)
"""Stands for the day of a text without one: the clock would make other bytes each time."""
