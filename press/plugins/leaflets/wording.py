"""How the archive says things: dates as exactly as they are known, spans of years, counts."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton

from press.catalogue.dates import OriginalDate, Precision
from press.catalogue.entry import Entry
from press.catalogue.languages import is_right_to_left, locale_for

_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}


def say_date(date: OriginalDate, lang: str) -> str:
    """Say a date with the exactness it has: `2006-10` becomes `October 2006`, `1974~` becomes `about 1974`."""
    if date.precision is Precision.UNDATED:
        return "undated"
    if date.ends:
        start, end = (say_date(d, lang) for d in date.ends)
        return f"{start}–{end}" if (start + end).isdigit() else f"{start} – {end}"
    said = _say_point(date, locale_for(lang))
    if date.about:
        said = f"about {said}"
    return f"perhaps {said}" if date.doubtful else said


def _say_point(date: OriginalDate, locale: Locale) -> str:
    first = date.first
    if date.precision is Precision.DAY:
        return format_date(first, "long", locale)
    if date.precision is Precision.MONTH:
        return format_skeleton("yMMMM", first, locale=locale)
    if date.precision is Precision.SEASON:
        return f"{_SEASONS[first.month]} {first.year}"
    if date.precision is Precision.YEAR:
        return str(first.year)
    if date.precision is Precision.DECADE:
        return f"{date.edtf[:3]}0s"
    return f"{date.edtf[:2]}00\N{EN DASH}{date.edtf[:2]}99"


def say_group(date: OriginalDate, lang: str) -> str:
    """Name the group of texts without a year that a date belongs to: `1970s`, `undated`."""
    return say_date(dataclasses.replace(date, about=False, doubtful=False), lang)


def date_trail(entry: Entry, lang: str) -> list[tuple[str, str]]:
    """Give the way from all dates to a text's own: the address and the name of each index on it."""
    trail = [("dates/", "Dates")]
    date = entry.date
    if date.group:
        trail.append((f"dates/{date.group}/", say_group(date, lang)))
    if date.year is not None:
        trail.append((f"{date.year:04d}/", str(date.year)))
        if date.month is not None:
            anchor = f"#d{date.day}" if date.day else ""
            trail.append((f"{date.year:04d}/{date.month:02d}/{anchor}", say_month(date.month, lang)))
    return trail


def say_month(month: int, lang: str) -> str:
    """Name a month: 10 becomes `October`."""
    return str(locale_for(lang).months["stand-alone"]["wide"][month])


def say_day(day: datetime.date, lang: str) -> str:
    """Say a day in full: 2026-11-23 becomes `23 November 2026`."""
    return format_date(day, "long", locale_for(lang))


def say_span(span: tuple[int, int] | None) -> str:
    """Say from when to when: (1974, 1981) becomes `1974–1981`, one year alone stands alone."""
    if span is None:
        return "undated"
    first, last = span
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"


def say_count(number: int, one: str, many: str) -> str:
    """Count things: (1, "leaflet", "leaflets") becomes `1 leaflet`."""
    return f"{number:,} {one if number == 1 else many}"


def say_size(size: int) -> str:
    """Say how large a file is: 14 300 bytes become `14 kB`."""
    if size < 1000:
        return f"{size}\N{NO-BREAK SPACE}bytes"
    return f"{size / 1e6:.1f}\N{NO-BREAK SPACE}MB" if size >= 999_500 else f"{size / 1e3:.0f}\N{NO-BREAK SPACE}kB"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "say_date": say_date,
    "say_group": say_group,
    "date_trail": date_trail,
    "say_month": say_month,
    "say_day": say_day,
    "say_span": say_span,
    "say_count": say_count,
    "say_size": say_size,
    "is_right_to_left": is_right_to_left,
}
"""The filters that templates have beside Jinja's own."""
