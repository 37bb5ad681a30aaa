"""Labels at the head of a plain text: `Title: …`, `Author: …`, `Date: …`, as people type them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from press.editor.importing.data_model import Confidence, Gap, Line, Note, Opening
from press.editor.importing.plain.byline import read_author_names
from press.editor.importing.printed_dates import read_printed_date

_KEYS = {
    "title": "title titel titre título titolo tytuł název názov naslov cím titlu titulo заглавие название назва"
    " заголовок τίτλος başlık otsikko títol titolo",
    "date": "date datum data fecha data дата ημερομηνία tarih päiväys dato dátum keltezés dated",
    "author": "author authors autor autoren auteur auteurs autore autori autores autorzy автор авторы автори"
    " συγγραφέας yazar forfatter författare szerző tekijä verfasser",
}
_LABEL = re.compile(r"(?P<label>(?P<key>[^\W\d_]+)\s?:)\s+(?P<value>\S.*)")
_MOST_LABELS = 4


@dataclass(slots=True)
class Labels:
    """What labelled lines say: the opening made of them, and notes."""

    opening: Opening
    notes: list[Note] = field(default_factory=list)


def read_labels(lines: Sequence[Line], lang: str, today: str) -> Labels | None:
    """Read the labelled lines that a text begins with; None unless one is its title and there are two or more.

    A line whose value cannot be read as what its label says ends them, and stays in the text.
    """
    found = Labels(Opening("", ""))
    for at, line in enumerate(lines[: _MOST_LABELS + 1]):
        match = _LABEL.fullmatch(line.text)
        key = _find_key(match["key"]) if match else ""
        if not match or not key or (at and line.gap is not Gap.NONE):
            break
        if not _add(found, key, match, line, lang, today):
            break
    return found if found.opening.title and len(found.opening.lines) > 1 else None


def _find_key(word: str) -> str:
    return next((key for key, words in _KEYS.items() if word.casefold() in words.split()), "")


def _add(found: Labels, key: str, match: re.Match[str], line: Line, lang: str, today: str) -> bool:
    """Add what a labelled line says to the opening; return False if it cannot be read."""
    value, opening = match["value"], found.opening
    if key == "title" and not opening.title:
        opening = replace(opening, title=" ".join(value.split()), label=match["label"])
        note = Note("title", f"from the line “{match['label']}”", Confidence.SURE, line.number)
    elif key == "date" and not opening.date and (date := read_printed_date(value, lang, today)):
        opening = replace(opening, date=date.edtf, date_words=line.text, place=date.place)
        note = Note("date", f"{date.edtf}, from “{line.text}” {date.remark}".strip(), date.confidence, line.number)
    elif key == "author" and not opening.authors and (names := read_author_names(value)):
        opening = replace(opening, byline=line.text, authors=names.names)
        sure = Confidence.SURE if names.is_sure else Confidence.LIKELY
        note = Note("authors", f"{'; '.join(names.names)}, from “{line.text}”", sure, line.number)
    else:
        return False
    found.opening = replace(opening, lines=(*opening.lines, line))
    found.notes.append(note)
    return True
