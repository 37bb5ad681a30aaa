"""Readers for the values of a header: each returns the value, or raises WrongValue with what to write instead."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable

from press.model.dates import OriginalDate, parse_date
from press.model.header import Field
from press.model.languages import canonical_tag
from press.model.slugs import LONGEST_SLUG, is_slug, make_slug
from press.model.urls import is_address


class WrongValue(ValueError):
    """A value that a field does not accept, with the rule it breaks and what to write instead."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule = rule
        super().__init__(message)


def _one_line(item: Field) -> str:
    if len(item.values) > 1:
        raise WrongValue("too-many-values", f"“{item.key}” takes one value on one line. Delete the indented lines.")
    return item.values[0]


def read_title(item: Field) -> str:
    """Read a title; refuse one that is invisible, such as zero-width spaces or direction marks."""
    title = _one_line(item)
    if all(unicodedata.category(character)[0] in "CZM" for character in title):
        raise WrongValue("empty-value", f"“{item.key}” has no visible character. Write a title.")
    return title


def read_text(item: Field) -> str:
    """Read text, on one line or several."""
    return item.text


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


def _named(item: Field, name: str) -> str:
    """Refuse a name without a slug, because it would have no address."""
    if not make_slug(name):
        raise WrongValue("no-slug", f"“{name}” has no letter or figure for an address. Write a name with some.")
    return name


def read_name(item: Field) -> str:
    """Read a name that has an address."""
    return _named(item, _one_line(item))


def read_people(item: Field) -> tuple[str, ...]:
    """Read names, separated by semicolons or one a line."""
    names = [name.strip() for value in item.values for name in value.split(";")]
    for name in names:
        if "," in name:
            raise WrongValue(
                "author-comma",
                f"“{name}” has a comma. Separate people with semicolons, and "
                "write names in natural order: Rosa Luxemburg; Karl Liebknecht.",
            )
    return _distinct(item, names)


def read_tags(item: Field) -> tuple[str, ...]:
    """Read tags, separated by commas or one a line."""
    return _distinct(item, [tag.strip() for value in item.values for tag in value.split(",")])


def _distinct(item: Field, names: list[str]) -> tuple[str, ...]:
    kept = [_named(item, name) for name in names if name]
    if not kept:
        raise WrongValue("empty-value", f"“{item.key}” has no name. Write a name or delete the line.")
    if len(set(kept)) != len(kept):
        raise WrongValue("name-twice", f"“{item.key}” has the same name twice. Write each name once.")
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
    for url in item.values:
        if not is_address(url):
            raise WrongValue(
                "redirect-from", f"“{url}” is not an address of this site. Write its path, as in /2006/10/old/."
            )
    return item.values


def read_waivers(item: Field) -> tuple[tuple[str, str], ...]:
    """Read waivers: rules that the text may break, each with the reason in brackets."""
    found = []
    for value in item.values:
        match = re.fullmatch(r"([a-z]+(?:-[a-z]+)*)\s+\((.*\S.*)\)", value)
        if match is None:
            hint = "Write the rule, then the reason in brackets: repeated-word (had had is right)."
            raise WrongValue("accept", f"“{value}” is not a waiver. {hint}")
        found.append((match[1], match[2]))
    return tuple(found)
