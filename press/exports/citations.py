"""Citations: BibTeX, RIS and CSL-JSON, of one leaflet or of the whole archive."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from press.exports.citation_dates import bibtex_date, csl_date, ris_date
from press.exports.citation_people import Name, read_name
from press.exports.export_input import ExportInput

# What TeX would read as something else. Braces and backslashes have no form of their own that every reader
# of BibTeX undoes, so they are written as the characters of TeX's text symbols.
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
"""What keeps the last word of a title from a line of its own; a no-break space beside a mark is part of the text."""


def cite_bibtex(leaflet: ExportInput) -> str:
    """Write the BibTeX entry of a leaflet: `@booklet`, its key the slug."""
    entry = leaflet.entry
    fields = [
        ("author", " and ".join(map(_bibtex_name, _names(leaflet, entry.authors)))),
        ("title", f"{{{_tex(_loosen(leaflet.title))}}}"),
        ("howpublished", _tex(entry.publisher)),
        ("address", _tex(entry.place)),
        ("series", _tex(entry.series)),
        ("number", _tex(entry.identifier)),
        ("translator", " and ".join(map(_bibtex_name, _names(leaflet, entry.translators)))),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    lines += [f"  {name} = {value}," for name, value in bibtex_date(entry.date, leaflet.said_date)]
    lines += [f"  url = {{{leaflet.address}}},", f"  langid = {{{entry.lang}}},"]
    lines += [f"  note = {{{_tex(leaflet.archive)}}},"]
    return "\n".join([f"@booklet{{{entry.slug},", *lines, "}"]) + "\n"


def cite_ris(leaflet: ExportInput) -> str:
    """Write the RIS record of a leaflet, of the type for pamphlets."""
    entry = leaflet.entry
    fields = [("TY", "PAMP"), ("ID", entry.slug)]
    fields += [("AU", _ris_name(name)) for name in _names(leaflet, entry.authors)]
    fields += [("A4", _ris_name(name)) for name in _names(leaflet, entry.translators)]
    fields += [("TI", _loosen(leaflet.title)), *ris_date(entry.date, leaflet.said_date)]
    fields += [("PB", entry.publisher), ("CY", entry.place), ("T2", entry.series), ("M1", entry.identifier)]
    fields += [("LA", entry.lang), ("DB", leaflet.archive), ("UR", leaflet.address)]
    fields += [("AB", _loosen(leaflet.summary)), *(("KW", tag) for tag in entry.tags)]
    lines = [f"{tag}  - {_SPACES.sub(' ', value)}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - "]) + "\n"


def cite_csl(leaflet: ExportInput) -> dict[str, Any]:
    """Give the CSL-JSON item of a leaflet."""
    entry = leaflet.entry
    item = {
        "id": entry.slug,
        "type": "pamphlet",
        "title": _loosen(leaflet.title),
        "author": [_csl_name(name) for name in _names(leaflet, entry.authors)],
        "translator": [_csl_name(name) for name in _names(leaflet, entry.translators)],
        "issued": csl_date(entry.date, leaflet.said_date),
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
    """Write CSL-JSON items as the text of a file."""
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"


def cite(leaflet: ExportInput) -> dict[str, str]:
    """Give the three citation files of a leaflet by the name of their kind."""
    return {"bib": cite_bibtex(leaflet), "ris": cite_ris(leaflet), "json": write_csl([cite_csl(leaflet)])}


def join_citations(cited: Iterable[dict[str, bytes]]) -> dict[str, bytes]:
    """Join the citation files of leaflets into those of the archive."""
    every = list(cited)
    items = [item for files in every for item in json.loads(files["json"])]
    return {
        "bib": b"\n".join(files["bib"] for files in every),
        "ris": b"\n".join(files["ris"] for files in every),
        "json": write_csl(items).encode(),
    }


def _names(leaflet: ExportInput, names: Iterable[str]) -> list[Name]:
    return [read_name(name, leaflet.groups) for name in names]


def _bibtex_name(name: Name) -> str:
    """Write a name: braces keep a group's name from being taken apart."""
    return _tex(name.inverted) if name.family else f"{{{_tex(name.whole)}}}"


def _ris_name(name: Name) -> str:
    """Write a name: the comma at the end keeps a group's name whole, as the manual of EndNote has it."""
    return name.inverted if name.family else f"{name.whole},"


def _csl_name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.family else {"literal": name.whole}


def _loosen(title: str) -> str:
    return _KEPT_TOGETHER.sub(" ", title)


def _tex(text: str) -> str:
    return _SPACES.sub(" ", text.translate(_TEX)).strip()
