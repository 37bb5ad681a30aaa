"""Citations in BibTeX, RIS and CSL-JSON, of one leaflet or of the whole archive."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from press.exports.export_input import ExportInput
from press.model.dates import OriginalDate, Precision
from press.model.names import Name

# Characters that mean something to TeX. No escape of a brace or a backslash is undone by every BibTeX reader, so
# these are written as TeX's text symbols.
_TEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "#$%&_"},
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\N{NO-BREAK SPACE}": "~",
    }
)
_SPACES = re.compile(r"[ \t\n]+")
_KEPT_TOGETHER = re.compile("(?<=\\w)\N{NO-BREAK SPACE}(?=\\w)")
"""A space that keeps the last two words of a title together; one next to a punctuation mark is part of the text."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS = {3: 1, 6: 2, 9: 3, 12: 4}  # spring is 1 in CSL, as in EDTF 21


def cite_bibtex(leaflet: ExportInput) -> str:
    """Write the BibTeX entry of a leaflet: a `@booklet` whose key is the slug."""
    entry = leaflet.entry
    fields = [
        ("author", " and ".join(map(_bibtex_name, leaflet.authors))),
        ("title", f"{{{_tex(_loosen(leaflet.title))}}}"),
        ("howpublished", _tex(entry.publisher)),
        ("address", _tex(entry.place)),
        ("series", _tex(entry.series)),
        ("number", _tex(entry.identifier)),
        ("translator", " and ".join(map(_bibtex_name, leaflet.translators))),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    lines += [f"  {name} = {value}," for name, value in _bibtex_date(entry.date, leaflet.display_date)]
    lines += [f"  url = {{{leaflet.address}}},", f"  langid = {{{entry.lang}}},"]
    lines += [f"  note = {{{_tex(leaflet.archive)}}},"]
    return "\n".join([f"@booklet{{{entry.slug},", *lines, "}"]) + "\n"


def cite_ris(leaflet: ExportInput) -> str:
    """Write the RIS record of a leaflet, with the type for pamphlets, PAMP."""
    entry = leaflet.entry
    fields = [("TY", "PAMP"), ("ID", entry.slug)]
    fields += [("AU", _ris_name(name)) for name in leaflet.authors]
    fields += [("A4", _ris_name(name)) for name in leaflet.translators]
    fields += [("TI", _loosen(leaflet.title)), *_ris_date(entry.date, leaflet.display_date)]
    fields += [("PB", entry.publisher), ("CY", entry.place), ("T2", entry.series), ("M1", entry.identifier)]
    fields += [("LA", entry.lang), ("DB", leaflet.archive), ("UR", leaflet.address)]
    fields += [("AB", _loosen(leaflet.summary)), *(("KW", tag) for tag in entry.tags)]
    lines = [f"{tag}  - {_SPACES.sub(' ', value)}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - "]) + "\n"


def cite_csl(leaflet: ExportInput) -> dict[str, Any]:
    """Return the CSL-JSON item of a leaflet."""
    entry = leaflet.entry
    item = {
        "id": entry.slug,
        "type": "pamphlet",
        "title": _loosen(leaflet.title),
        "author": [_csl_name(name) for name in leaflet.authors],
        "translator": [_csl_name(name) for name in leaflet.translators],
        "issued": _csl_date(entry.date, leaflet.display_date),
        "publisher": entry.publisher,
        "publisher-place": entry.place,
        "collection-title": entry.series,
        "number": entry.identifier,
        "abstract": _loosen(leaflet.summary),
        "keyword": ", ".join(entry.tags),
        "language": entry.lang,
        "source": leaflet.archive,
        "URL": leaflet.address,
    }
    return {name: value for name, value in item.items() if value}


def write_csl(items: Iterable[dict[str, Any]]) -> str:
    """Write CSL-JSON items as a file."""
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"


def cite(leaflet: ExportInput) -> dict[str, str]:
    """Return the three citation files of a leaflet, by the name of their kind."""
    return {"bib": cite_bibtex(leaflet), "ris": cite_ris(leaflet), "json": write_csl([cite_csl(leaflet)])}


def join_citations(cited: Iterable[dict[str, bytes]]) -> dict[str, bytes]:
    """Join the citation files of all leaflets into those of the archive."""
    every = list(cited)
    items = [item for files in every for item in json.loads(files["json"])]
    return {
        "bib": b"\n".join(files["bib"] for files in every),
        "ris": b"\n".join(files["ris"] for files in every),
        "json": write_csl(items).encode(),
    }


def _bibtex_name(name: Name) -> str:
    """Write a name; braces keep whole what is not inverted. BibTeX has a suffix before the given name."""
    if not name.family:
        return f"{{{_tex(name.whole)}}}"
    return _tex(", ".join(filter(None, (name.family, name.suffix, f"{name.given} {name.particle}".strip()))))


def _ris_name(name: Name) -> str:
    """Write a name; a comma at the end keeps it whole, as in the EndNote manual."""
    return name.inverted if name.family else f"{name.whole},"


def _csl_name(name: Name) -> dict[str, str]:
    """Return a name in its parts; a particle behind the given name is one that CSL calls dropping."""
    if not name.family:
        return {"literal": name.whole}
    parts = {"family": name.family, "given": name.given, "dropping-particle": name.particle, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}


def _loosen(title: str) -> str:
    return _KEPT_TOGETHER.sub(" ", title)


def _tex(text: str) -> str:
    return _SPACES.sub(" ", text.translate(_TEX)).strip()


def _date_parts(date: OriginalDate) -> list[int]:
    """Return as many of year, month and day as are known; a decade or a century has none."""
    if date.precision is Precision.DAY:
        return [date.first.year, date.first.month, date.first.day]
    if date.precision is Precision.MONTH:
        return [date.first.year, date.first.month]
    return [date.first.year] if date.precision in (Precision.YEAR, Precision.SEASON) else []


def _csl_date(date: OriginalDate, display: str) -> dict[str, Any] | None:
    """Return a date for CSL-JSON: parts, `circa`, `season`; only words for a decade or an open date.

    An undated text has none.
    """
    if date.precision is Precision.UNDATED:
        return None
    ends = [_date_parts(end) if end else [] for end in date.ends or (date,)]
    if not all(ends):
        return {"literal": display}
    value: dict[str, Any] = {"date-parts": ends}
    if date.about or date.doubtful:
        value["circa"] = True
    if date.precision is Precision.SEASON:
        value["season"] = _SEASONS[date.first.month]
    return value


def _bibtex_date(date: OriginalDate, display: str) -> list[tuple[str, str]]:
    """Return a date for BibTeX: `year`, `month` and `day`, each with its value as written in the file."""
    if date.precision is Precision.UNDATED:
        return [("year", f"{{{_tex(display)}}}")]
    exact = not (date.about or date.doubtful or date.ends)
    parts = _date_parts(date) if exact else []
    if not parts:
        return [("year", f"{{{display.replace(chr(0x2013), '--')}}}")]
    fields = [("year", f"{{{parts[0]}}}")]
    if len(parts) > 1:
        fields.append(("month", _MONTHS[parts[1] - 1]))
    if len(parts) > 2:
        fields.append(("day", f"{{{parts[2]}}}"))
    if date.precision is Precision.SEASON:
        fields.append(("month", f"{{{_tex(display.replace(str(parts[0]), '')).strip(' ,')}}}"))
    return fields


def _ris_date(date: OriginalDate, display: str) -> list[tuple[str, str]]:
    """Return a date for RIS: `PY` if the year is known, and `DA` as year/month/day/words."""
    if date.precision is Precision.UNDATED:
        return []
    parts = _date_parts(date)
    if not parts:
        return [("DA", f"///{display}")]
    year, month, day = ([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:]), "", ""])[:3]
    vague = date.about or date.doubtful or date.precision is Precision.SEASON
    return [("PY", year), ("DA", f"{year}/{month}/{day}/{display if vague else ''}")]
