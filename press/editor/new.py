"""`inv new`: a leaflet file with a valid header, held back until its text is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Refused, display_path, error
from press.editor.importing.inventory import read_shelf
from press.model.dates import parse_date
from press.model.entry import make_entry
from press.model.header import KEYS, read_header
from press.model.slugs import make_slug
from press.runtime.files import write_new
from press.validate.sources import PLACEHOLDER


@dataclass(frozen=True, slots=True)
class NewLeafletOptions:
    """What the archivist said of the new leaflet."""

    title: str
    date: str
    category: str = ""
    lang: str = ""
    added: str = ""


def begin_leaflet(content: Path, wish: NewLeafletOptions) -> Path:
    """Write the file of a new leaflet and give its path. Raises Refused for a wrong value or a slug that is taken."""
    shelf = read_shelf(content)
    category = shelf.categories.get(make_slug(wish.category), wish.category)
    values = {"Title": wish.title, "Date": wish.date, "Category": category, "Slug": make_slug(wish.title)}
    values |= {"Lang": wish.lang, "Added": wish.added, "Status": "draft"}
    text = compose(values)
    _check(text)
    if values["Slug"] in shelf.slugs:
        message = f"“{values['Slug']}” is the slug of another text already. Choose another title."
        raise Refused([error(display_path(content), 0, "slug-taken", message)])
    date = parse_date(wish.date)
    path = content / "leaflets" / (date.group or f"{date.first.year:04d}") / f"{values['Slug']}.md"
    problems = write_new(path, text)
    if problems:
        raise Refused(problems)
    return path


def compose(values: dict[str, str]) -> str:
    """Write a header and a line to be replaced; keys without a value are left out."""
    header = "".join(f"{key}: {values[key]}\n" for key in KEYS.values() if values.get(key, "").strip())
    return f"{header}\n{PLACEHOLDER}\n"


def _check(text: str) -> None:
    """Pass the header through the gate, which names what was typed wrong. Raises Refused."""
    header = read_header(text, "inv new")
    known = {"source": "", "is_page": False, "body_line": header.body_line, "sha256": ""}
    _, problems = make_entry(header.fields, "inv new", lang="en", known=known)
    if header.problems or problems:
        raise Refused(error("inv new", 0, problem.rule, problem.message) for problem in [*header.problems, *problems])
