"""How the archive says things in its own language: dates as exactly as they are known, spans of years, counts."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from press.model.dates import OriginalDate, Precision
from press.model.entry import UNCATEGORISED, Entry
from press.model.languages import is_right_to_left, locale_for
from press.model.slugs import make_slug
from press.site.metadata import allow_data


def say_size(size: int) -> str:
    """Say how large a file is: 14 300 bytes become `14 kB`."""
    if size < 999_500:
        return f"{max(size / 1e3, 0.1):.{0 if size > 950 else 1}f}\N{NO-BREAK SPACE}kB"
    return f"{size / 1e6:.1f}\N{NO-BREAK SPACE}MB"


_OF_EVERY_LANGUAGE: Mapping[str, Callable[..., Any]] = {
    "is_right_to_left": is_right_to_left,
    "allow_data": allow_data,
    "say_size": say_size,
    "slug": functools.lru_cache(maxsize=10_000)(make_slug),
}


class Wording:
    """The words for what templates and feeds show, in one language; what is said once is remembered."""

    def __init__(self, lang: str, translations: NullTranslations) -> None:
        self.lang = lang
        self.locale = locale_for(lang)
        self.translations = translations
        self.gettext, self.ngettext = translations.gettext, translations.ngettext
        self.say_date = functools.cache(self._say_date)
        self.say_month = functools.cache(self._say_month)
        self.say_day = functools.cache(self._say_day)
        self.say_language = functools.cache(self._say_language)

    @property
    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """The filters that templates have beside Jinja's own."""
        names = """
            say_date say_month say_day say_language say_group say_decade say_span say_number say_name say_names
            say_people date_trail count_leaflets is_in_other_language
        """
        return {**_OF_EVERY_LANGUAGE, **{name: getattr(self, name) for name in names.split()}}

    def _say_date(self, date: OriginalDate) -> str:
        """Say a date with the exactness it has: `2006-10` becomes `October 2006`, `1974~` becomes `about 1974`."""
        if date.precision is Precision.UNDATED:
            return self.gettext("undated")
        if date.ends:
            start, end = (self.say_date(d) for d in date.ends)
            return f"{start}–{end}" if (start + end).isdigit() else f"{start} – {end}"
        said = self._say_point(date)
        if date.about:
            said = self.gettext("about %(date)s") % {"date": said}
        return self.gettext("perhaps %(date)s") % {"date": said} if date.doubtful else said

    def _say_point(self, date: OriginalDate) -> str:
        first = date.first
        if date.precision is Precision.DAY:
            return self.say_day(first)
        if date.precision is Precision.MONTH:
            return format_skeleton("yMMMM", first, locale=self.locale)
        if date.precision is Precision.SEASON:
            return self._say_season(first)
        if date.precision is Precision.YEAR:
            return str(first.year)
        if date.precision is Precision.DECADE:
            return self.say_decade(date.first.year)
        return f"{date.edtf[:2]}00\N{EN DASH}{date.edtf[:2]}99"

    def say_name(self, name: str) -> str:
        """Say the name of a category or the like; of these only `Uncategorised` is the archive's."""
        return self.gettext("Uncategorised") if name == UNCATEGORISED else name

    def say_decade(self, year: int) -> str:
        """Name the decade of a year: 1974 becomes `1970s`."""
        return self.gettext("%(year)ds") % {"year": year // 10 * 10}

    def _say_season(self, first: datetime.date) -> str:
        year = {"year": first.year}
        if first.month == 3:
            return self.gettext("spring %(year)d") % year
        if first.month == 6:
            return self.gettext("summer %(year)d") % year
        return (self.gettext("autumn %(year)d") if first.month == 9 else self.gettext("winter %(year)d")) % year

    def say_group(self, date: OriginalDate) -> str:
        """Name the group of texts without a year that a date belongs to: `1970s`, `undated`."""
        return self.say_date(dataclasses.replace(date, about=False, doubtful=False))

    def date_trail(self, entry: Entry, day_url: str = "") -> list[tuple[str, str]]:
        """Give the way from all dates to a text's own: the address and the name of each index on it.

        `day_url` is where its day stands, if its month is cut into pages.
        """
        trail = [("dates/", self.gettext("Dates"))]
        date = entry.date
        if date.group:
            trail.append((f"dates/{date.group}/", self.say_group(date)))
        if date.year is not None:
            trail.append((f"{date.year:04d}/", str(date.year)))
            if date.month is not None:
                trail.append((day_url or f"{date.year:04d}/{date.month:02d}/", self.say_month(date.month)))
        return trail

    def _say_month(self, month: int) -> str:
        """Name a month: 10 becomes `October`."""
        return str(self.locale.months["stand-alone"]["wide"][month])

    def _say_day(self, day: datetime.date) -> str:
        """Say a day in full: 2026-11-23 becomes `23 November 2026`."""
        return format_date(day, "long", self.locale)

    def _say_language(self, tag: str) -> str:
        """Name a language in that of the site: `fr-CA` becomes `French (Canada)`; a tag without a name stays."""
        locale = Locale("en") if tag == "en" else locale_for(tag)  # the English of the world is English
        return locale.get_display_name(self.locale) or tag

    def is_in_other_language(self, tag: str) -> bool:
        """Tell whether a text is in another language than the site, whatever its country."""
        return tag.partition("-")[0] != self.lang.partition("-")[0]

    def say_span(self, span: tuple[int, int] | None) -> str:
        """Say from when to when: (1974, 1981) becomes `1974–1981`, one year alone stands alone."""
        if span is None:
            return self.gettext("undated")
        first, last = span
        return str(first) if first == last else f"{first}\N{EN DASH}{last}"

    def say_number(self, number: int) -> str:
        """Say a number: 2100 becomes `2,100`."""
        return str(number) if number < 1000 else str(format_decimal(number, locale=self.locale))

    def count_leaflets(self, number: int) -> str:
        """Count leaflets: 1 becomes `1 leaflet`."""
        said = {"number": self.say_number(number)}
        return self.ngettext("%(number)s leaflet", "%(number)s leaflets", number) % said

    def say_paragraph(self, number: int) -> str:
        """Name a paragraph by its number: `Paragraph 3`."""
        return self.gettext("Paragraph %(number)d") % {"number": number}

    def say_section(self, number: int) -> str:
        """Name a heading by its number: `Section 3`."""
        return self.gettext("Section %(number)d") % {"number": number}

    def say_names(self, names: Sequence[str]) -> str:
        """Say names one after the other: `A, B and C`."""
        return names[0] if len(names) == 1 else str(format_list(names, locale=self.locale))

    def say_people(self, names: Sequence[str]) -> str:
        """Say who made something, as a reference does: of four or more, the first `et al.`."""
        return f"{names[0]} et al." if len(names) > 3 else self.say_names(names)


CATALOGUE = "messages.po"


def load_translations(folder: Path, lang: str) -> NullTranslations:
    """Read `<folder>/<lang>/LC_MESSAGES/messages.po`, for `fr-CA` else that of `fr`; else the words are English.

    Nothing compiled is kept: a catalogue of 150 messages takes some milliseconds, once in a build.
    """
    parts = lang.split("-")
    for length in range(len(parts), 0, -1):
        file = folder / "_".join(parts[:length]) / "LC_MESSAGES" / CATALOGUE
        if file.is_file():
            with file.open("rb") as source:
                catalogue = read_po(source, locale=parts[0])
            compiled = io.BytesIO()
            write_mo(compiled, catalogue)
            compiled.seek(0)
            return Translations(compiled)
    return NullTranslations()
