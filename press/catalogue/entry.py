"""Entries: the checked metadata of a text. The fields of a header become an entry, or faults."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from press.catalogue.dates import UNDATED, OriginalDate, parse_date
from press.catalogue.header import Field
from press.catalogue.languages import canonical_tag
from press.catalogue.ledger import is_address
from press.catalogue.slugs import LONGEST, is_slug, make_slug
from press.faults import Fault, error

UNCATEGORISED = "Uncategorised"

RESERVED = frozenset(
    """
    404 author authors categories category dates feeds files images leaflets pagefind search series tag tags theme
    titles
    """.split()
)
"""First parts of addresses that the archive keeps for itself: a page of its own may not stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The checked metadata of one leaflet or page; every value is plain text, never markup."""

    source: str
    """Path below the content folder, with / between its parts."""
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
    """The `Source:` of the header: where the text came from."""
    notes: str = ""
    summary: str = ""
    corrections: tuple[str, ...] = ()
    draft: bool = False
    translation_of: str = ""
    redirect_from: tuple[str, ...] = ()
    quotes: bool = True
    """Whether quotation marks are set: not where the header says `Quotes: off`."""
    accept: tuple[tuple[str, str], ...] = ()
    """Rules that the text may break, each with the reason."""
    dashes: bool = True
    """Whether dashes are set: not where the header says `Dashes: off`."""
    body_line: int = 1
    """The line of the source, from 1, on which the text begins."""
    sha256: str = ""
    """Of the source's bytes, in hexadecimal."""

    @property
    def url(self) -> str:
        """The permanent address below the site's own."""
        return f"{self.slug}/" if self.is_page else f"leaflets/{self.slug}/"

    @property
    def category_slug(self) -> str:
        """The category's part of its address."""
        return make_slug(self.category)


class WrongValue(ValueError):
    """A value that a field does not take; carries the rule it breaks and what to write instead."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule = rule
        super().__init__(message)


def _one_line(item: Field) -> str:
    if len(item.values) > 1:
        raise WrongValue("too-many-values", f"“{item.key}” takes one value on one line. Delete the indented lines.")
    return item.values[0]


def _title(item: Field) -> str:
    """Refuse a title that nobody sees: of spaces of no width, of marks for the direction."""
    title = _one_line(item)
    if all(unicodedata.category(character)[0] in "CZM" for character in title):
        raise WrongValue("empty-value", f"“{item.key}” shows nothing. Write words.")
    return title


def _text(item: Field) -> str:
    return item.text


def _lines(item: Field) -> tuple[str, ...]:
    return item.values


def _date(item: Field) -> OriginalDate:
    try:
        return parse_date(_one_line(item))
    except WrongValue:
        raise
    except ValueError as wrong:
        raise WrongValue("date", str(wrong)) from None


def _added(item: Field) -> datetime.date:
    value = _one_line(item)
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            raise ValueError
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise WrongValue("added", f"“{value}” is not a day. Write year, month and day: 2026-11-23.") from None


def _slug(item: Field) -> str:
    value = _one_line(item)
    if not is_slug(value):
        made = make_slug(value)
        hint = f" Write {made}." if made else ""
        raise WrongValue(
            "slug",
            f"“{value[:100]}” cannot stand in an address: a slug has a to z, 0 to 9 and single "
            f"hyphens between them, {LONGEST} characters at most.{hint}",
        )
    return value


def _lang(item: Field) -> str:
    value = _one_line(item)
    tag = canonical_tag(value)
    if not tag:
        raise WrongValue("lang", f"“{value}” is not a language tag. Write en, fr, de-CH or another from BCP 47.")
    if tag != value:
        raise WrongValue("lang", f"“{value}” is not in canonical form. Write {tag}.")
    return tag


def _named(item: Field, name: str) -> str:
    """Refuse a name that gives no slug: it would have no address."""
    if not make_slug(name):
        raise WrongValue("no-slug", f"“{name}” has no letter or figure for an address. Write a name with some.")
    return name


def _name(item: Field) -> str:
    return _named(item, _one_line(item))


def _people(item: Field) -> tuple[str, ...]:
    names = [name.strip() for value in item.values for name in value.split(";")]
    for name in names:
        if "," in name:
            raise WrongValue(
                "author-comma",
                f"“{name}” has a comma. Separate several people with a semicolon, and "
                "write a name in its natural order: Rosa Luxemburg; Karl Liebknecht.",
            )
    return _distinct(item, names)


def _tags(item: Field) -> tuple[str, ...]:
    return _distinct(item, [tag.strip() for value in item.values for tag in value.split(",")])


def _distinct(item: Field, names: list[str]) -> tuple[str, ...]:
    kept = [_named(item, name) for name in names if name]
    if not kept:
        raise WrongValue("empty-value", f"“{item.key}” names nobody and nothing. Write a name or delete the line.")
    if len(set(kept)) != len(kept):
        raise WrongValue("name-twice", f"“{item.key}” names somebody or something twice. Name each once.")
    return tuple(kept)


def _choice(*allowed: str) -> Callable[[Field], str]:
    def choose(item: Field) -> str:
        value = _one_line(item)
        if value.lower() not in allowed:
            raise WrongValue("choice", f"“{value}” is not a value of “{item.key}”. Write {' or '.join(allowed)}.")
        return value.lower()

    return choose


def _old_urls(item: Field) -> tuple[str, ...]:
    for url in item.values:
        if not is_address(url):
            raise WrongValue(
                "redirect-from", f"“{url}” is not an address of this site. Write its path: /2006/10/old/."
            )
    return item.values


def _exceptions(item: Field) -> tuple[tuple[str, str], ...]:
    found = []
    for value in item.values:
        match = re.fullmatch(r"([a-z]+(?:-[a-z]+)*)\s+\((.*\S.*)\)", value)
        if match is None:
            hint = "Write the rule, and the reason in brackets: repeated-word (had had is right)."
            raise WrongValue("accept", f"“{value}” is no exception. {hint}")
        found.append((match[1], match[2]))
    return tuple(found)


READ: Mapping[str, tuple[str, Callable[[Field], object]]] = {
    "title": ("title", _title),
    "date": ("date", _date),
    "category": ("category", _name),
    "slug": ("slug", _slug),
    "lang": ("lang", _lang),
    "author": ("authors", _people),
    "authors": ("authors", _people),
    "tags": ("tags", _tags),
    "added": ("added", _added),
    "publisher": ("publisher", _text),
    "place": ("place", _text),
    "translator": ("translators", _people),
    "series": ("series", _name),
    "rights": ("rights", _text),
    "identifier": ("identifier", _text),
    "source": ("origin", _text),
    "notes": ("notes", _text),
    "summary": ("summary", _text),
    "corrections": ("corrections", _lines),
    "status": ("draft", _choice("draft", "published")),
    "translation-of": ("translation_of", _slug),
    "redirect-from": ("redirect_from", _old_urls),
    "quotes": ("quotes", _choice("on", "off")),
    "accept": ("accept", _exceptions),
    "dashes": ("dashes", _choice("on", "off")),
}
"""What each key gives: the attribute of the entry, and how its field is read."""

_FLAGS: Mapping[str, str] = {"draft": "draft", "quotes": "on", "dashes": "on"}
"""The value that makes each yes-or-no attribute true."""


def make_entry(
    fields: Mapping[str, Field], path: str, *, lang: str, known: Mapping[str, object]
) -> tuple[Entry | None, list[Fault]]:
    """Check the fields of a header; give the entry, or None with what is wrong, each fault with its line.

    `path` is how faults name the file, `lang` the language of a text whose header names none, and `known` what the
    entry takes from elsewhere: its source, whether it is a page, the line of its body, its hash.
    """
    is_page = bool(known["is_page"])
    faults = list(_find_missing(fields, path, is_page))
    values: dict[str, object] = {"lang": lang}
    for key, item in fields.items():
        if not item.values:
            continue  # said already, as an empty value
        attribute, read = READ[key]
        try:
            value = read(item)
        except WrongValue as wrong:
            faults.append(error(path, item.line, wrong.rule, str(wrong)))
            continue
        values[attribute] = value == _FLAGS[attribute] if attribute in _FLAGS else value
    if not faults and "slug" not in values and "title" in values:
        values["slug"] = make_slug(str(values["title"]))
        if not values["slug"]:
            faults.append(
                error(
                    path,
                    fields["title"].line,
                    "no-slug",
                    f"“{values['title']}” has no letter or figure "
                    "for an address. Write a Slug: line with a to z, 0 to 9 and hyphens.",
                )
            )
    if not faults and is_page and "slug" in values:
        faults += _find_reserved(str(values["slug"]), fields, path)
    if faults or not {"title", "slug"} <= values.keys():
        return None, faults
    return Entry(**known, **values), []  # type: ignore[arg-type]


def _find_missing(fields: Mapping[str, Field], path: str, is_page: bool) -> Iterator[Fault]:
    if "title" not in fields:
        yield error(path, 1, "title-missing", "the text has no title. Write a “Title: …” line in its header.")
    if "date" not in fields and not is_page:
        yield error(
            path,
            1,
            "date-missing",
            "the text has no date. Write a “Date: …” line in its header: as much as "
            "is known (2006-10-24, 2006-10, 2006~, 197X), or undated.",
        )
    if "author" in fields and "authors" in fields:
        yield error(
            path,
            fields["authors"].line,
            "key-twice",
            "“Author” stands in the header already. Write one of the two, the people separated by semicolons.",
        )


def _find_reserved(slug: str, fields: Mapping[str, Field], path: str) -> Iterator[Fault]:
    if slug in RESERVED or re.fullmatch(r"\d{4}", slug):
        item = fields.get("slug") or fields["title"]
        yield error(
            path,
            item.line,
            "reserved",
            f"the address /{slug}/ belongs to the archive’s own pages. Write another Slug:.",
        )
