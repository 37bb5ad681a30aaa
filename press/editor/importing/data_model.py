"""What an import finds in a source: lines, removals, joins, notes with their confidence, the recognised text."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from press.diagnostics import Diagnostic


class Confidence(enum.IntEnum):
    """How sure the import is of something, the surest first."""

    SURE = 0
    LIKELY = 1
    REVIEW = 2
    """A person should review it."""


class Gap(enum.IntEnum):
    """What separates a line from the one before it."""

    NONE = 0
    BLANK = 1
    PAGE = 2
    """The end of a page, with blank lines around it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a source with its number, from 1; `text` has no spaces at its ends."""

    number: int
    text: str
    indent: int = 0
    page_break: bool = False
    """Whether a form feed comes before it."""
    gap: Gap = Gap.NONE
    blanks: int = 0
    """How many blank lines come before it."""
    quoted: int = 0
    """How many signs of quotation (`>`) stood before it."""
    heading: bool = False
    """Whether a line of signs underlines it."""
    column: int = 0
    """The number of the columns that it is part of, counted through the text; 0 for a line of the whole page."""


@dataclass(frozen=True, slots=True)
class Note:
    """One remark on a text, as the report shows it."""

    topic: str
    message: str
    confidence: Confidence
    line: int = 0
    """Of the source, from 1; 0 for a remark on the whole file."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A line of the source that is not part of the text, or several: `text` then has their words."""

    line: int
    text: str
    kind: str
    """`page number`, `running head`, `rule`, `underline`, `sign of quotation` or `wrapper`."""
    last: int = 0
    """The last line, if there are several."""


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """Columns side by side that were read one after the other."""

    columns: tuple[tuple[Line, ...], ...]
    """The part of each line that is in the column, by column from left to right."""

    @property
    def numbers(self) -> list[int]:
        """The numbers of the lines that have the columns, from the first to the last."""
        return sorted({line.number for column in self.columns for line in column})


@dataclass(frozen=True, slots=True)
class HyphenJoin:
    """A word that the end of a line had divided: `occu-` and `pation` became `occupation`."""

    line: int
    """Of the first half."""
    left: str
    right: str
    joined: str
    is_doubtful: bool = False
    """Whether a person should see that the hyphen is the word's own."""

    @property
    def keeps_hyphen(self) -> bool:
        """Whether the word keeps its hyphen: `on-` and `going` became `on-going`."""
        return self.joined == self.left + self.right


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the result: one line if its lines were joined, otherwise its lines unchanged."""

    lines: list[str]
    first: int
    """The number of its first line in the source."""
    gap: Gap = Gap.BLANK
    kept: bool = False
    """Whether its line breaks were kept: verse, an address, a list."""
    last: int = 0
    """The number of its last line in the source."""
    end: str = ""
    """That line as it was in the source: the last word of `lines` can be one that was divided before it."""
    quoted: int = 0
    """How deep it is quoted: 1 for a quotation, 2 for one within it."""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """The title and the date of a text, and the lines of the source that they came from."""

    title: str
    date: str
    lines: tuple[Line, ...] = ()
    """Lines that became metadata: their words are in the title or in `date_words`."""
    date_words: str = ""
    """The date as printed, if its words were taken out of the text."""
    between: str = ""
    """The mark between title and date, if both were on one line."""
    place: str = ""
    label: str = ""
    """What came before the title: `Title:`."""
    byline: str = ""
    """The line of the authors, if it was taken out of the text: `by Ann Dunn and John Marsh`."""
    authors: tuple[str, ...] = ()
    """Their names, in the words of the byline."""


@dataclass(slots=True)
class RecognisedText:
    """One source, read: all its leaflet will have but slug and category, which depend on the other texts."""

    name: str
    sha256: str
    title: str = ""
    date: str = "undated"
    lang: str = ""
    body: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further lines of the header, by key."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where the source has each key of its header."""
    corrections: list[str] = field(default_factory=list)
    """What the import changed, one sentence for each change, for `Imported:`."""
    notes: list[Note] = field(default_factory=list)
    words: str = ""
    """A hash of the words alone, equal for the same text in another file."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """The pictures of the text, by the name that its body has for them; after placing, by their path."""
    problems: list[Diagnostic] = field(default_factory=list)
    """Why the file is refused; everything else is then empty."""


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """What applies to every text of an import."""

    site_lang: str
    today: str
    """The ISO date for `Added:`; a two-digit year later than this is in the last century."""
    lang: str = ""
    """The language of all texts, if the archivist named one."""
    extensions: tuple[str, ...] = ()
    """Of Markdown, by the names in the settings."""
    extension_configs: str = "{}"
    """Their settings, as JSON."""
    encoding: str = ""
    """Of all plain texts, if the archivist named one."""
    ocr: bool = False
    """Whether pictures in a folder are scans to be read."""
