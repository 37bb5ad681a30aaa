"""Entries: the checked metadata of a text. The fields of a header become an entry, or problems."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from press.diagnostics import Diagnostic, error
from press.model.dates import UNDATED, OriginalDate
from press.model.header import Field
from press.model.slugs import make_slug
from press.model.urls import HOME, HOME_PAGE, is_reserved, leaflet_url, page_url
from press.model.values import (
    WrongValue,
    read_added,
    read_choice,
    read_date,
    read_lang,
    read_lines,
    read_name,
    read_old_urls,
    read_origin,
    read_people,
    read_slug,
    read_tags,
    read_text,
    read_title,
    read_waivers,
    read_words,
)

UNCATEGORISED = "Uncategorised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The checked metadata of one leaflet or page; every value is plain text, never markup."""

    source: str
    """Path below the content folder, separated by /."""
    title: str
    slug: str
    lang: str
    """BCP 47, in canonical form."""
    is_page: bool = False
    date: OriginalDate = UNDATED
    category: str = UNCATEGORISED
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    added: datetime.date | None = None
    publisher: str = ""
    place: str = ""
    translators: tuple[str, ...] = ()
    series: str = ""
    rights: str = ""
    identifier: str = ""
    origin: str = ""
    """The `Source:` of the header: where the archive got the text from."""
    notes: str = ""
    summary: str = ""
    corrections: tuple[str, ...] = ()
    draft: bool = False
    translation_of: str = ""
    redirect_from: tuple[str, ...] = ()
    quotes: bool = True
    """Whether quotation marks are typeset; `Quotes: off` in the header prevents it."""
    accept: tuple[tuple[str, str], ...] = ()
    """Waivers: rules that the text may break, each with the reason."""
    dashes: bool = True
    """Whether dashes are typeset; `Dashes: off` in the header prevents it."""
    featured: bool = False
    """Whether the home page prefers it when it shows some texts of the archive."""
    body_line: int = 1
    """The line of the source, from 1, where the text begins."""

    @property
    def url(self) -> str:
        """The permanent address, relative to the top of the site."""
        if self.is_home:
            return HOME
        return page_url(self.slug) if self.is_page else leaflet_url(self.slug)

    @property
    def is_home(self) -> bool:
        """Whether it is the text of the home page, and so no page of its own."""
        return is_home(self.source)

    @property
    def category_slug(self) -> str:
        """The category's part of its address."""
        return make_slug(self.category)


def is_home(source: str) -> bool:
    """Return whether a source, by its path below the content folder, is the text of the home page."""
    return source in ("pages/home.md", "pages/home.markdown")


READ: Mapping[str, tuple[str, Callable[[Field], object]]] = {
    "title": ("title", read_title),
    "date": ("date", read_date),
    "category": ("category", read_name),
    "slug": ("slug", read_slug),
    "lang": ("lang", read_lang),
    "author": ("authors", read_people),
    "authors": ("authors", read_people),
    "tags": ("tags", read_tags),
    "added": ("added", read_added),
    "publisher": ("publisher", read_words),
    "place": ("place", read_words),
    "translator": ("translators", read_people),
    "series": ("series", read_name),
    "rights": ("rights", read_words),
    "identifier": ("identifier", read_text),
    "source": ("origin", read_origin),
    "notes": ("notes", read_words),
    "summary": ("summary", read_text),
    "corrections": ("corrections", read_lines),
    "imported": ("", read_lines),
    "status": ("draft", read_choice("draft", "published")),
    "translation-of": ("translation_of", read_slug),
    "redirect-from": ("redirect_from", read_old_urls),
    "quotes": ("quotes", read_choice("on", "off")),
    "accept": ("accept", read_waivers),
    "dashes": ("dashes", read_choice("on", "off")),
    "featured": ("featured", read_choice("yes", "no")),
}
"""For each key, the attribute of the entry and the function that reads the field.

A key without an attribute is for the archive alone: what no entry has, no page and no copy can show.
"""

_FLAGS: Mapping[str, str] = {"draft": "draft", "quotes": "on", "dashes": "on", "featured": "yes"}
"""For each boolean attribute, the value that makes it true."""


def make_entry(
    fields: Mapping[str, Field], path: str, *, lang: str, known: Mapping[str, object]
) -> tuple[Entry | None, list[Diagnostic]]:
    """Check the fields of a header; return the entry, or None and the problems, each with its line.

    `path` is how problems name the file, `lang` the language of a text whose header names none, and `known` what the
    entry takes from elsewhere: its source, whether it is a page, and the line of its body.
    """
    is_page = bool(known["is_page"])
    problems = list(_find_missing(fields, path, is_page))
    home = is_home(str(known["source"]))
    values: dict[str, object] = {"lang": lang, **({"slug": HOME_PAGE.rstrip("/")} if home else {})}
    for key, item in fields.items():
        if not item.values:
            continue  # reported already, as an empty value
        attribute, read = READ[key]
        try:
            value = read(item)
        except WrongValue as wrong:
            problems.append(error(path, item.line_at(wrong.at), wrong.rule, str(wrong)))
            continue
        if attribute:
            values[attribute] = value == _FLAGS[attribute] if attribute in _FLAGS else value
    if not problems and "slug" not in values and "title" in values:
        values["slug"] = make_slug(str(values["title"]))
        if not values["slug"]:
            problems.append(
                error(
                    path,
                    fields["title"].line_at(0),
                    "no-slug",
                    f"“{values['title']}” has no letter or figure "
                    "for an address. Add a Slug: line with a to z, 0 to 9 and hyphens.",
                )
            )
    if not problems and is_page and "slug" in values:
        problems += _find_home_slug(fields, path) if home else _find_reserved(str(values["slug"]), fields, path)
    if problems or not {"title", "slug"} <= values.keys():
        return None, problems
    return Entry(**known, **values), []  # type: ignore[arg-type]


def _find_missing(fields: Mapping[str, Field], path: str, is_page: bool) -> Iterator[Diagnostic]:
    if "title" not in fields:
        yield error(path, 1, "title-missing", "the text has no title. Add a “Title: …” line to its header.")
    if "date" not in fields and not is_page:
        yield error(
            path,
            1,
            "date-missing",
            "the text has no date. Add a “Date: …” line to its header with as much as "
            "is known (2006-10-24, 2006-10, 2006~, 197X), or undated.",
        )
    if "author" in fields and "authors" in fields:
        yield error(
            path,
            fields["authors"].line,
            "key-twice",
            "“Author” is already in the header. Keep one of the two, with semicolons between people.",
        )


def _find_reserved(slug: str, fields: Mapping[str, Field], path: str) -> Iterator[Diagnostic]:
    if is_reserved(slug):
        item = fields.get("slug") or fields["title"]
        yield error(
            path,
            item.line_at(0),
            "reserved",
            f"the address /{slug}/ is used by the site itself. Write another Slug: line.",
        )


def _find_home_slug(fields: Mapping[str, Field], path: str) -> Iterator[Diagnostic]:
    if "slug" in fields:
        message = "the text of the home page has the address of the site itself. Delete this line."
        yield error(path, fields["slug"].line_at(0), "reserved", message)
