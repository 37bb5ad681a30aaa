"""The catalogue of the archive for programs: all metadata of every leaflet, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

from press.model.dates import Precision
from press.model.entry import Entry

_Value = str | tuple[str, ...] | None
Row = Mapping[str, _Value]


def describe_entry(entry: Entry, title: str, address: str) -> Row:
    """Return the metadata of an entry as plain values; `title` is typeset plain text. Dates are EDTF, with bounds."""
    undated = entry.date.precision is Precision.UNDATED
    return {
        "url": f"{address}/{entry.url}",
        "slug": entry.slug,
        "title": title,
        "date": entry.date.edtf or "undated",
        "date_first": None if undated or entry.date.has_open_start else entry.date.first.isoformat(),
        "date_last": None if undated or entry.date.has_open_end else entry.date.last.isoformat(),
        "date_precision": entry.date.precision.name.lower(),
        "category": entry.category,
        "authors": entry.authors,
        "translators": entry.translators,
        "translation_of": entry.translation_of or None,
        "series": entry.series or None,
        "tags": entry.tags,
        "lang": entry.lang,
        "publisher": entry.publisher or None,
        "place": entry.place or None,
        "identifier": entry.identifier or None,
        "rights": entry.rights or None,
        "source": entry.origin or None,
        "summary": entry.summary or None,
        "notes": entry.notes or None,
        "corrections": entry.corrections,
        "added": entry.added.isoformat() if entry.added else None,
    }


def write_json(name: str, address: str, entries: Sequence[Row]) -> str:
    """Return the catalogue as JSON, one entry on each line; unknown values are null."""
    head = json.dumps({"name": name, "url": f"{address}/"}, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f'{head}, "leaflets": [\n{lines}\n]}}\n'


def write_csv(entries: Sequence[Row]) -> str:
    """Return the catalogue as CSV with a header line (RFC 4180); several values in a cell are separated by ` | `.

    A value that a spreadsheet would take for a formula gets an apostrophe in front: content must never run.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    if entries:
        writer.writerow(entries[0])
    writer.writerows([_write_cell(value) for value in entry.values()] for entry in entries)
    return out.getvalue()


def _write_cell(value: _Value) -> str:
    text = " | ".join(value) if isinstance(value, tuple) else value or ""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
