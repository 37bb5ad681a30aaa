"""Readers for the values of a header: each returns the value, or raises WrongValue with what to write instead."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from press.model.dates import OriginalDate, parse_date
from press.model.header import Field
from press.model.languages import canonical_tag
from press.model.name_words import JOINED, NUMERAL, PARTICLES, SUFFIXES
from press.model.provenance import drop_files
from press.model.slugs import LONGEST_SLUG, is_slug, make_slug
from press.model.urls import is_address

# An apostrophe typed straight inside a word; in Hebrew the sign is a geresh.
_STRAIGHT = re.compile(r"(?<=[^\W\d_\u0590-\u05FF])'(?=[^\W\d_\u0590-\u05FF])")
_ADDRESS = re.compile(r"[/@\\_]|\.\w")  # a word with one of these is an address or the name of a file


class WrongValue(ValueError):
    """A value that a field does not accept, with the rule it breaks and what to write instead.

    `at` is the index of the value among those of its field.
    """

    def __init__(self, rule: str, message: str, at: int = 0) -> None:
        self.rule, self.at = rule, at
        super().__init__(message)


def curl_apostrophes(text: str) -> str:
    """Set the apostrophes inside words: `Comité d'action` becomes `Comité d’action`.

    Titles and summaries are typeset like texts; this is for names and other values, which have no language.
    """
    if "'" not in text:
        return text
    words = re.split(r"(\s+)", text)
    return "".join(word if _ADDRESS.search(word) else _STRAIGHT.sub("’", word) for word in words)


def _one_line(item: Field) -> str:
    if len(item.values) > 1:
        message = f"“{item.key}” takes one value on one line. Delete the indented lines."
        raise WrongValue("too-many-values", message, at=1)
    return item.values[0]


def read_title(item: Field) -> str:
    """Read a title; refuse one that is invisible, such as zero-width spaces or direction marks."""
    title = _one_line(item)
    if all(unicodedata.category(character)[0] in "CZM" for character in title):
        raise WrongValue("empty-value", f"“{item.key}” has no visible character. Write a title.")
    return title


def read_text(item: Field) -> str:
    """Read text, on one line or several, as it is."""
    return item.text


def read_words(item: Field) -> str:
    """Read text, on one line or several, and set the apostrophes in it."""
    return curl_apostrophes(item.text)


def read_origin(item: Field) -> str:
    """Read where the archive has a text from, without the file that an older import named there."""
    return curl_apostrophes(" ".join(filter(None, drop_files(item.values))))


def read_lines(item: Field) -> tuple[str, ...]:
    """Read one value from each line."""
    return item.values


def read_date(item: Field) -> OriginalDate:
    """Read an original date, as exactly as it is known."""
    try:
        return parse_date(_one_line(item))
    except WrongValue:
        raise
    except ValueError as wrong:
        raise WrongValue("date", str(wrong)) from None


def read_added(item: Field) -> datetime.date:
    """Read a day: `2026-11-23`."""
    value = _one_line(item)
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            raise ValueError
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise WrongValue(
            "added", f"“{value}” is not a real day. Write year, month and day, as in 2026-11-23."
        ) from None


def read_slug(item: Field) -> str:
    """Read the last part of an address."""
    value = _one_line(item)
    if not is_slug(value):
        made = make_slug(value)
        hint = f" Write {made}." if made else ""
        raise WrongValue(
            "slug",
            f"“{value[:100]}” is not a slug. Use a to z, 0 to 9 and single hyphens between them, at most "
            f"{LONGEST_SLUG} characters.{hint}",
        )
    return value


def read_lang(item: Field) -> str:
    """Read a BCP 47 language tag in its canonical form."""
    value = _one_line(item)
    tag = canonical_tag(value)
    if not tag:
        raise WrongValue("lang", f"“{value}” is not a language tag. Write en, fr, de-CH or another from BCP 47.")
    if tag != value:
        raise WrongValue("lang", f"“{value}” is not in canonical form. Write {tag}.")
    return tag


def _named(name: str, at: int = 0) -> str:
    """Refuse a name without a slug, because it would have no address."""
    if not make_slug(name):
        message = f"“{name}” has no letter or figure for an address. Write a name with some."
        raise WrongValue("no-slug", message, at)
    return name


def read_name(item: Field) -> str:
    """Read a name that has an address."""
    return _named(curl_apostrophes(_one_line(item)))


def read_people(item: Field) -> tuple[str, ...]:
    """Read names, separated by semicolons or one a line; each in its natural order, or `Brennan, Ada`."""
    names = _split(item, ";")
    for name, at in names:
        if "," in name and not _is_form(name):
            message = (
                f"“{name}” looks like more than one person. Separate people with semicolons: Rosa Luxemburg; Karl "
                "Liebknecht. Write one person in natural order: Gabriel García Márquez."
            )
            raise WrongValue("author-comma", message, at)
    return _distinct(item, [(re.sub(r"\s*,\s*", ", ", name), at) for name, at in names])


def _is_form(name: str) -> bool:
    """Return whether a name with a comma is one person's, with the family name first.

    Two words before the comma and two after it are two people, unless the first is a particle: Rosa Luxemburg, Karl
    Liebknecht. So are two words and one, if the language does not join family names: those belong in names.txt.
    """
    parts = [part.split() for part in name.split(",")]
    if len(parts) == 3 and parts[2]:
        parts = parts[:2] if parts[2][0].casefold().rstrip(".") in SUFFIXES or NUMERAL.fullmatch(parts[2][0]) else []
    if len(parts) != 2 or not all(parts):
        return False
    family, given = parts
    initials = all(len(part.rstrip(".")) == 1 for part in given)
    return len(family) == 1 or initials or family[0].casefold() in PARTICLES | JOINED


def read_tags(item: Field) -> tuple[str, ...]:
    """Read tags, separated by commas or one a line."""
    return _distinct(item, _split(item, ","))


def _split(item: Field, mark: str) -> list[tuple[str, int]]:
    """Return the names in a field, each with the index of the value that it is in."""
    values = enumerate(map(curl_apostrophes, item.values))
    return [(name.strip(), at) for at, value in values for name in value.split(mark)]


def _distinct(item: Field, names: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    kept: list[str] = []
    for name, at in names:
        if name in kept:
            raise WrongValue("name-twice", f"“{item.key}” has the same name twice. Write each name once.", at)
        kept += [_named(name, at)] if name else []
    if not kept:
        raise WrongValue("empty-value", f"“{item.key}” has no name. Write a name or delete the line.")
    return tuple(kept)


def read_choice(*allowed: str) -> Callable[[Field], str]:
    """Return a reader for one of the allowed words, in upper or lower case."""

    def choose(item: Field) -> str:
        value = _one_line(item)
        if value.lower() not in allowed:
            raise WrongValue("choice", f"“{value}” is not a value of “{item.key}”. Write {' or '.join(allowed)}.")
        return value.lower()

    return choose


def read_old_urls(item: Field) -> tuple[str, ...]:
    """Read addresses that were published before."""
    for at, url in enumerate(item.values):
        if not is_address(url):
            message = f"“{url}” is not an address of this site. Write its path, as in /2006/10/old/."
            raise WrongValue("redirect-from", message, at)
    return item.values


def read_waivers(item: Field) -> tuple[tuple[str, str], ...]:
    """Read waivers: rules that the text may break, each with the reason in brackets."""
    found = []
    for at, value in enumerate(item.values):
        match = re.fullmatch(r"([a-z]+(?:-[a-z]+)*)\s+\((.*\S.*)\)", value)
        if match is None:
            hint = "Write the rule, then the reason in brackets: repeated-word (had had is right)."
            raise WrongValue("accept", f"“{value}” is not a waiver. {hint}", at)
        found.append((match[1], match[2]))
    return tuple(found)


_PARTS: Mapping[str, Callable[[str], Sequence[str]]] = {
    "accept": lambda value: value.split()[:1],
    "author": lambda value: value.split(";"),
    "authors": lambda value: value.split(";"),
    "redirect-from": lambda value: [value],
    "tags": lambda value: value.split(","),
}
"""For each key with several values that may be wrong because of other texts, what is named in one of its lines."""


def locate_values(fields: Mapping[str, Field]) -> dict[str, int]:
    """Return the line of each key’s first value and, as `tags: winter`, of each name on a line below it."""
    lines = {key: item.line_at(0) for key, item in fields.items()}
    for key in _PARTS.keys() & fields.keys():
        for at, value in enumerate(fields[key].values[1:], start=1):
            for part in _PARTS[key](value):
                lines.setdefault(f"{key}: {curl_apostrophes(part.strip())}", fields[key].line_at(at))
    return lines
