"""`inv new`: a leaflet file with a valid header, held back until its text is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from press.catalogue.dates import parse_date
from press.catalogue.entry import make_entry
from press.catalogue.header import KEYS, read_header
from press.catalogue.slugs import make_slug
from press.desk.importing.shelf import read_shelf
from press.desk.writing import write_new
from press.faults import Refused, error
from press.gate.sources import PLACEHOLDER
from press.naming import show_path


@dataclass(frozen=True, slots=True)
class Wish:
    """What the archivist said of the new leaflet."""

    title: str
    date: str
    category: str = ""
    lang: str = ""
    added: str = ""


def begin_leaflet(content: Path, wish: Wish) -> Path:
    """Write the file of a new leaflet and give its path. Raises Refused for a wrong value or a slug that is taken."""
    shelf = read_shelf(content)
    category = shelf.categories.get(make_slug(wish.category), wish.category)
    values = {"Title": wish.title, "Date": wish.date, "Category": category, "Slug": make_slug(wish.title)}
    values |= {"Lang": wish.lang, "Added": wish.added, "Status": "draft"}
    text = compose(values)
    _check(text)
    if values["Slug"] in shelf.slugs:
        message = f"“{values['Slug']}” is the slug of another text already. Choose another title."
        raise Refused([error(show_path(content), 0, "slug-taken", message)])
    date = parse_date(wish.date)
    path = content / "leaflets" / (date.group or f"{date.first.year:04d}") / f"{values['Slug']}.md"
    faults = write_new(path, text)
    if faults:
        raise Refused(faults)
    return path


def compose(values: dict[str, str]) -> str:
    """Write a header and a line to be replaced; keys without a value are left out."""
    header = "".join(f"{key}: {values[key]}\n" for key in KEYS.values() if values.get(key, "").strip())
    return f"{header}\n{PLACEHOLDER}\n"


def _check(text: str) -> None:
    """Pass the header through the gate, which names what was typed wrong. Raises Refused."""
    header = read_header(text, "inv new")
    known = {"source": "", "is_page": False, "body_line": header.body_line, "sha256": ""}
    _, faults = make_entry(header.fields, "inv new", lang="en", known=known)
    if header.faults or faults:
        raise Refused(error("inv new", 0, fault.rule, fault.message) for fault in [*header.faults, *faults])
