"""A document made ready: what pandoc is given, what a second reader counted, what was taken out before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from press.editor.importing.data_model import Confidence, Note

INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
"""Soft hyphens, zero-width spaces, and direction marks that a source may not have: never part of a word."""


class Unreadable(Exception):
    """A document cannot be imported; carries the rule and the message."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule, self.message = rule, message
        super().__init__(message)


@dataclass(slots=True)
class Prepared:
    """One document before pandoc has read it."""

    form: str
    """As pandoc names it: `docx`, `html`."""
    data: bytes = b""
    words: str = ""
    """Every word of the text, notes too, as the second reader found them in the document as it came."""
    removed: list[tuple[str, str]] = field(default_factory=list)
    """What of `words` was taken out before pandoc: `hidden text` and its words."""
    added: list[str] = field(default_factory=list)
    """Words that were put in before pandoc, and are not in `words`."""
    beside: list[tuple[str, str]] = field(default_factory=list)
    """What the document has beside its text, and its words: `comment`, `header`. These are not in `words`."""
    header: dict[str, list[str]] = field(default_factory=dict)
    """Lines of the text that its own marks call title, author, date …: their words are in `words`."""
    stated: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Further lines of a header, by the keys of this archive; their words are not in `words`."""
    candidates: dict[str, str] = field(default_factory=dict)
    """Title, author and date as the program filled them in: never used unasked."""
    lang: str = ""
    typed_lang: bool = False
    """Whether a person wrote the language, and not a program by itself."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The pictures of the document, by the address that its text has for them."""
    descriptions: dict[str, str] = field(default_factory=dict)
    """What pictures show, by the same address, where pandoc does not say it."""
    markup: re.Pattern[str] | None = None
    """Marks of the format that are letters of the text elsewhere: left out on both sides of the account."""
    notes: list[Note] = field(default_factory=list)

    def remark(self, topic: str, message: str, *, review: bool = True) -> None:
        """Add a note on the whole file."""
        self.notes.append(Note(topic, message, Confidence.REVIEW if review else Confidence.LIKELY))

    def write_out(self, marks: Sequence[str]) -> None:
        """Add the marks of lists that a program makes by itself, and say that they were written out."""
        self.added += marks
        if marks:
            shown = "; ".join(f"“{mark}”" for mark in marks[:6])
            more = f" and {len(marks) - 6} more" if len(marks) > 6 else ""
            message = f"numbers that the program makes by itself were written out: {shown}{more}"
            self.remark("marks", message, review=False)

    def remark_notes(self, marks: Sequence[tuple[str, str]]) -> None:
        """Name the marks of notes, which a leaflet numbers by itself."""
        if marks:
            shown = ", ".join(dict.fromkeys(f"“{words}”" for _, words in marks[:12]))
            self.remark("notes", f"links to notes became notes, without their marks: {shown}", review=False)


def split_passage(text: str) -> list[str]:
    """Return the words of a text with their marks, without what is invisible, in composed letters."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split()


def squeeze(text: str) -> str:
    """Return a passage on one line."""
    return " ".join(INVISIBLE.sub("", text).split())


def turn_name(name: str) -> str:
    """Return a name as it is read: `Lunt, Rosa` is Rosa Lunt."""
    family, _, given = (squeeze(part) for part in name.partition(","))
    return f"{given} {family}" if given and family and "," not in given else squeeze(name)
