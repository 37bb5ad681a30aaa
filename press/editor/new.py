"""`inv new`: the file of a new leaflet, with a valid header and held back as a draft until its text is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from press.diagnostics import Diagnostic, Refused, display_path, error, refuse_if_any_error
from press.editor.importing.inventory import read_inventory
from press.model.dates import parse_date
from press.model.entry import make_entry
from press.model.header import KEYS, read_header
from press.model.slugs import make_slug
from press.runtime.files import write_new
from press.validate import find_missing_content
from press.validate.sources import PLACEHOLDER
from press.validate.text import check_text

_OPTIONS = {
    "date-missing": "the leaflet needs a date. Add --date with as much of it as is known, or --date undated.",
    "title-missing": "the leaflet needs a title. Write it after “inv new”, in quotation marks.",
}
"""Messages for rules whose own message speaks of a header, which the archivist has not seen yet."""


@dataclass(frozen=True, slots=True)
class NewLeafletOptions:
    """What the archivist specified for the new leaflet."""

    title: str
    date: str
    category: str = ""
    lang: str = ""
    added: str = ""


def create_leaflet(content: Path, options: NewLeafletOptions) -> Path:
    """Write the file of a new leaflet and return its path.

    Raises Refused for a wrong value, a slug that is taken, or a file that cannot be written.
    """
    refuse_if_any_error(find_missing_content(content, display_path(content)))
    _refuse_undecodable(options)
    refuse_if_any_error(_find_line_breaks(options))
    inventory = read_inventory(content)
    category = inventory.categories.get(make_slug(options.category), options.category)
    slug = make_slug(options.title)
    date = options.date.strip()
    values = {"Title": options.title, "Date": date, "Category": category, "Slug": slug}
    values |= {"Lang": options.lang, "Added": options.added, "Status": "draft"}
    text = compose_draft(values)
    _check(text, options)
    if slug in inventory.slugs:
        message = f"“{slug}” is already the slug of another text. Choose another title."
        raise Refused([error(display_path(content), 0, "slug-taken", message)])
    issued = parse_date(date)
    path = content / "leaflets" / (issued.group or f"{issued.first.year:04d}") / f"{slug}.md"
    problems = write_new(path, text)
    if problems:
        raise Refused(problems)
    return path


def compose_draft(values: dict[str, str]) -> str:
    """Return a header and a placeholder for the text; keys without a value are left out."""
    header = "".join(f"{key}: {values[key].strip()}\n" for key in KEYS.values() if values.get(key, "").strip())
    return f"{header}\n{PLACEHOLDER}\n"


def _refuse_undecodable(options: NewLeafletOptions) -> None:
    """Refuse bytes from the command line that are not UTF-8; Python holds them as lone surrogates."""
    try:
        f"{options.title}{options.category}{options.lang}{options.date}".encode()
    except UnicodeEncodeError:
        message = "a value is not in UTF-8. Set the terminal to UTF-8, and type it again."
        raise Refused([error("inv new", 0, "encoding", message)]) from None


def _find_line_breaks(options: NewLeafletOptions) -> Iterator[Diagnostic]:
    """Find values of more than one line: the second would be read as another line of the header."""
    values = (options.title, options.date, options.category, options.lang)
    for name, value in zip(("title", "date", "category", "language"), values, strict=True):
        if len(value.strip().splitlines()) > 1:
            message = f"the {name} “{' '.join(value.split())}” has a line break in it. Write it on one line."
            yield error("inv new", 0, "too-many-values", message)


def _find_words_without_slug(options: NewLeafletOptions) -> Iterator[Diagnostic]:
    """Find a title or category that no address can be made from."""
    by_hand = ", or write the file by hand, with a Slug: line (docs/editing.md)"
    for name, value, instead in (("title", options.title, by_hand), ("category", options.category, "")):
        if value.strip() and not make_slug(value):
            what = f"the {name} “{value.strip()}” has no letter or figure to make an address from"
            yield error("inv new", 0, "no-slug", f"{what}. Write one that has{instead}.")


def _check(text: str, options: NewLeafletOptions) -> None:
    """Validate the header, which names whatever was typed wrong. Raises Refused."""
    signs = list(_find_words_without_slug(options))
    _, problems = check_text(text.encode(), "inv new")
    if not problems:
        header = read_header(text, "inv new")
        known = {"source": "", "is_page": False, "body_line": header.body_line}
        _, wrong = make_entry(header.fields, "inv new", lang="en", known=known)
        problems = [*header.problems, *(problem for problem in wrong if problem.rule != "no-slug"), *signs]
    if problems:
        raise Refused(_speak_of_options(problem) for problem in problems)


def _speak_of_options(problem: Diagnostic) -> Diagnostic:
    return error("inv new", 0, problem.rule, _OPTIONS.get(problem.rule, problem.message))
