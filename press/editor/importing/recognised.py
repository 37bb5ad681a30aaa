"""What an import finds in a file: its lines, what was taken out or joined, how sure that is, and what comes of it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from press.diagnostics import Diagnostic


class Sureness(enum.IntEnum):
    """How sure a finding is, the surest first."""

    SURE = 0
    LIKELY = 1
    LOOK = 2
    """A person should look at it."""


class Gap(enum.IntEnum):
    """What stands between a line and the one before it."""

    NONE = 0
    BLANK = 1
    PAGE = 2
    """The end of a page, with blank lines about it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a source with its number, from 1; `text` has no blanks at its ends."""

    number: int
    text: str
    indent: int = 0
    page_break: bool = False
    """Whether a form feed stands before it."""
    gap: Gap = Gap.NONE
    blanks: int = 0
    """How many blank lines stand before it."""


@dataclass(frozen=True, slots=True)
class Note:
    """One finding, as the report says it."""

    topic: str
    said: str
    sureness: Sureness
    line: int = 0
    """Of the source, from 1; 0 where it is about the whole file."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A line of the source that is no part of the text."""

    line: int
    text: str
    kind: str
    """`page number`, `running head` or `rule`."""


@dataclass(frozen=True, slots=True)
class Seam:
    """A word that the end of a line had divided: `occu-` and `pation` became `occupation`."""

    line: int
    """Of the first half."""
    left: str
    right: str
    joined: str


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the result: one line where its lines were joined, else the lines as they stand."""

    lines: list[str]
    first: int
    """The number of its first line in the source."""
    gap: Gap = Gap.BLANK
    kept: bool = False
    """Whether its lines were kept as lines: verse, an address, a list."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The title and the date of a text, and the lines of the source that they were."""

    title: str
    date: str
    lines: tuple[Line, ...] = ()
    """Lines that became metadata: their words stand in the title or in `date_words`."""
    date_words: str = ""
    """The date as the paper says it, where its words left the text."""
    between: str = ""
    """The mark between title and date, where both stood on one line."""
    place: str = ""
    label: str = ""
    """What stood before the title: `Title:`."""


@dataclass(slots=True)
class Reading:
    """One source, read: what its leaflet says, but for its slug and category, which depend on the others."""

    name: str
    sha256: str
    title: str = ""
    date: str = "undated"
    lang: str = ""
    body: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further lines of the header, by key."""
    corrections: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    words: str = ""
    """A hash of the words alone: the same text in another file has the same."""
    problems: list[Diagnostic] = field(default_factory=list)
    """Why the file is refused; all else is then empty."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What an import is told beforehand."""

    site_lang: str
    today: str
    """The ISO date that `Added:` gets, and after which a two-digit year is one of the last century."""
    lang: str = ""
    """The language of all texts, where the archivist named one."""
    extensions: tuple[str, ...] = ()
    """Of Markdown, as the settings name them."""
    extension_configs: str = "{}"
    """Their settings, as JSON."""
