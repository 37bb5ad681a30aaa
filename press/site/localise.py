"""Dates, spans of years, counts and sizes in the language of the site; dates are only as exact as they are known."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from babel import dates, lists, numbers
from babel.support import NullTranslations, Translations
from markupsafe import Markup, escape

from press.model.dates import OriginalDate, Precision
from press.model.entry import UNCATEGORISED, Entry
from press.model.languages import is_right_to_left, locale_for, name_language
from press.model.plan_lists import LEAP_YEAR
from press.model.urls import DATES, FILTERS, month_url, without_year_url, year_url

_OF_EVERY_LANGUAGE: Mapping[str, Callable[..., Any]] = {
    "is_right_to_left": is_right_to_left,
    **FILTERS,
}

_UNGROUPED = frozenset("be bg es et hu hy it ka lv pl pt_PT sl sq".split())
"""Languages that do not divide a number of four figures (CLDR: minimumGroupingDigits, which Babel does not know)."""

_SOUND_OF_I = re.compile(r"h?[ií](?![aeou])", re.IGNORECASE)
"""What the Spanish “y” becomes “e” before: `Ada e Inés`, but `Ada y Iosif` (RAE, Diccionario de dudas)."""


class Localiser:
    """Formats what templates, feeds and exports show, in one language; dates and names are cached."""

    def __init__(self, lang: str, translations: NullTranslations, noun: Sequence[str] = ()) -> None:
        """Take the messages of the language, and `noun`, the setting LEAFLETS_NOUN, for what is not leaflets."""
        self.lang, self.noun = lang, noun
        self.locale = locale_for(lang)
        self.translations = translations
        self.gettext, self.ngettext = translations.gettext, translations.ngettext
        self.format_date = functools.cache(self._format_date)
        self.format_month = functools.cache(self._format_month)
        self.format_day = functools.cache(self._format_day)

    @property
    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """The filters for templates, added to Jinja's own."""
        names = """
            format_date format_month format_month_of_year format_day format_day_of_month format_language
            format_without_year format_decade format_span format_number format_size format_minutes format_term
            name_term format_people date_trail count_leaflets count_terms capitalise is_in_other_language
            direction_beside place_in_chart
        """
        return {**_OF_EVERY_LANGUAGE, **{name: getattr(self, name) for name in names.split()}}

    def _format_date(self, date: OriginalDate) -> str:
        """Format a date as exactly as it is known: `2006-10` becomes `October 2006`, `1974~` becomes `about 1974`."""
        if date.precision is Precision.UNDATED:
            return self.gettext("undated")
        if date.ends:
            return self._format_interval(*date.ends)
        point = self._format_point(date)
        if date.about:
            point = self.gettext("about %(date)s") % {"date": point}
        return self.gettext("perhaps %(date)s") % {"date": point} if date.doubtful else point

    def _format_interval(self, start: OriginalDate | None, end: OriginalDate | None) -> str:
        """Format `1918/1920` as `1918–1920`, `../1917` as `1917 or earlier`, `1968/..` as `1968 or later`."""
        first, last = (self.format_date(date) if date else "" for date in (start, end))
        if not first:
            return self.gettext("%(date)s or earlier") % {"date": last}
        if not last:
            return self.gettext("%(date)s or later") % {"date": first}
        if (first + last).isdigit():
            return self._join_years(first, last)
        return self.gettext("%(first)s – %(last)s") % {"first": first, "last": last}

    def _join_years(self, first: object, last: object) -> str:
        return self.gettext("%(first)s–%(last)s") % {"first": first, "last": last}

    def _format_point(self, date: OriginalDate) -> str:
        first = date.first
        if date.precision is Precision.DAY:
            return self.format_day(first)
        if date.precision is Precision.MONTH:
            return self.format_month_of_year(first.month, first.year)
        if date.precision is Precision.SEASON:
            return self._format_season(first)
        if date.precision is Precision.YEAR:
            return str(first.year)
        if date.precision is Precision.DECADE:
            return self.format_decade(date.first.year)
        return self._join_years(f"{date.edtf[:2]}00", f"{date.edtf[:2]}99")

    def format_term(self, name: str) -> str:
        """Return the name of a term; only `Uncategorised` is the archive's own word and is translated."""
        return self.gettext("Uncategorised") if name == UNCATEGORISED else name

    def name_term(self, name: str, kind: str) -> str:
        """Return the name of a term of any kind as a heading: the language `fr` becomes `French`."""
        if kind != "language":
            return self.format_term(name)
        return self.capitalise(self.format_language(name))

    def format_decade(self, year: int) -> str:
        """Return the decade of a year: 1974 becomes `1970s`; a catalogue may have its last year too, `%(last)d`."""
        first = year // 10 * 10
        words = self.gettext("%(year)ds") % {"year": first, "last": first + 9}
        # The Turkish plural follows the last vowel of the number as it is read: 1970’ler but 1960’lar.
        has_back_vowel = self.locale.language == "tr" and year // 10 % 10 in _WITH_BACK_VOWEL
        return words.replace("ler", "lar") if has_back_vowel else words

    def _format_season(self, first: datetime.date) -> str:
        year = {"year": first.year}
        if first.month == 3:
            return self.gettext("spring %(year)d") % year
        if first.month == 6:
            return self.gettext("summer %(year)d") % year
        return (self.gettext("autumn %(year)d") if first.month == 9 else self.gettext("winter %(year)d")) % year

    def format_without_year(self, date: OriginalDate) -> str:
        """Return the heading of the texts without an exact year that a date belongs to: `1970s`, `undated`."""
        return self.format_date(dataclasses.replace(date, about=False, doubtful=False))

    def date_trail(self, entry: Entry, day_url: str = "") -> list[tuple[str, str]]:
        """Return the address and the name of each index above a text, from all dates down to its month.

        `day_url` is the address of its day, if that is known.
        """
        trail = [(DATES, self.gettext("Dates"))]
        date = entry.date
        if date.group:
            trail.append((without_year_url(date.group), self.format_without_year(date)))
        if date.year is not None:
            trail.append((year_url(date.year), str(date.year)))
            if date.month is not None:
                trail.append((day_url or month_url(date.year, date.month), self.format_month(date.month)))
        return trail

    def _format_month(self, month: int) -> str:
        """Return the name of a month: 10 becomes `October`."""
        return str(self.locale.months["stand-alone"]["wide"][month])

    def format_month_of_year(self, month: int, year: int) -> str:
        """Format a month of a year: `October 2006`; Spanish has a word between them, `octubre de 2006`."""
        return _without_year_word(dates.format_skeleton("yMMMM", datetime.date(year, month, 1), locale=self.locale))

    def _format_day(self, day: datetime.date) -> str:
        """Format a day in full: 2026-11-23 becomes `23 November 2026`."""
        words = _without_year_word(dates.format_date(day, "long", self.locale))
        # French has an ordinal for the first of a month, which CLDR has not (Lexique de l’Imprimerie nationale).
        return words.replace("1", "1er", 1) if day.day == 1 and self.locale.language == "fr" else words

    def format_day_of_month(self, day: int, month: int) -> str:
        """Format a day of every year: `24 October`."""
        return str(dates.format_skeleton("MMMMd", datetime.date(LEAP_YEAR, month, day), locale=self.locale))

    def format_language(self, tag: str) -> str:
        """Return the name of a language in that of the site: `fr-CA` becomes `French (Canada)`."""
        return name_language(tag, self.lang)

    def is_in_other_language(self, tag: str) -> bool:
        """Return whether a text is in a different language from the site; the country does not matter."""
        return tag.partition("-")[0] != self.lang.partition("-")[0]

    def direction_beside(self, tag: str) -> str:
        """Return the direction of a language if it is not that of the site: `rtl` or `ltr`, else an empty string."""
        turned = is_right_to_left(tag)
        return "" if turned == is_right_to_left(self.lang) else "rtl" if turned else "ltr"

    def place_in_chart(self, x: float, width: float = 0) -> float:
        """Return where something in a chart is, in per cent: its years run in the direction of the language."""
        return round(100 - x - width, 2) if is_right_to_left(self.lang) else x

    def capitalise(self, words: str) -> str:
        """Return words as a heading: `mai 2006` becomes `Mai 2006`; in Turkish, `ilkbahar` becomes `İlkbahar`."""
        dotted = words.startswith("i") and self.locale.language in _WITH_DOTLESS_I
        return ("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}" if dotted else words[:1].upper()) + words[1:]

    def format_span(self, span: tuple[int, int] | None) -> str:
        """Format a span of years: (1974, 1981) becomes `1974–1981`, (1974, 1974) becomes `1974`."""
        if span is None:
            return self.gettext("undated")
        first, last = span
        return str(first) if first == last else self._join_years(first, last)

    def format_number(self, number: int) -> str:
        """Format a number: 2100 becomes `2,100`; in Spanish or Polish it stays `2100`."""
        whole = number < (1000 if _UNGROUPED.isdisjoint((self.locale.language, str(self.locale))) else 10_000)
        return str(number) if whole else str(numbers.format_decimal(number, locale=self.locale))

    def count_leaflets(self, number: int) -> str:
        """Count leaflets, or what the setting LEAFLETS_NOUN calls them: 1 becomes `1 leaflet`."""
        if self.noun:
            return f"{self.format_number(number)} {self.noun_for(number)}"
        words = self.ngettext("%(number)s leaflet", "%(number)s leaflets", number)
        return words % {"number": self.format_number(number)}

    def noun_for(self, number: int) -> str:
        """Return the form of LEAFLETS_NOUN for a number: of `plakat`, `plakaty` and `plakatów` the second for 3."""
        form = int(self.translations.plural(number)) if isinstance(self.translations, Translations) else number != 1
        return self.noun[min(form, len(self.noun) - 1)] if self.noun else ""

    def count_terms(self, number: int, kind: str) -> str:
        """Count the terms of an index: 15 of the kind `tag` become `15 tags`."""
        words = {
            "category": self.ngettext("%(number)s category", "%(number)s categories", number),
            "author": self.ngettext("%(number)s author", "%(number)s authors", number),
            "series": self.ngettext("%(number)s series", "%(number)s series", number),
            "tag": self.ngettext("%(number)s tag", "%(number)s tags", number),
            "place": self.ngettext("%(number)s place", "%(number)s places", number),
            "publisher": self.ngettext("%(number)s publisher", "%(number)s publishers", number),
            "language": self.ngettext("%(number)s language", "%(number)s languages", number),
        }
        return words[kind] % {"number": self.format_number(number)}

    def format_minutes(self, minutes: int) -> str:
        """Say how long a text takes to read: `3 min read`."""
        words = self.gettext("%(number)s min read") % {"number": self.format_number(minutes)}
        return words.replace(" ", "\N{NO-BREAK SPACE}")

    def format_size(self, size: int) -> str:
        """Format the size of a file in bytes: 14300 becomes `14 kB`, 1500000 becomes `1.5 MB`."""
        unit, amount = self.gettext("MB"), size / 1e6
        if size < 999_500:
            unit, amount = self.gettext("kB"), max(size / 1e3, 0.1)
        pattern = "0" if 950 < size < 999_500 else "0.0"
        return f"{numbers.format_decimal(amount, pattern, self.locale)}\N{NO-BREAK SPACE}{unit}"

    def label_paragraph(self, number: int) -> str:
        """Return the label of a paragraph’s link to itself: `Link to paragraph 3`."""
        return self.gettext("Link to paragraph %(number)d") % {"number": number}

    def label_section(self, number: int) -> str:
        """Return the label of a heading’s link to itself: `Link to section 3`."""
        return self.gettext("Link to section %(number)d") % {"number": number}

    def label_table(self, number: int) -> str:
        """Return the label of a table: `Table 3`."""
        return self.gettext("Table %(number)d") % {"number": number}

    def label_preformatted(self, number: int) -> str:
        """Return the label of text that keeps its lines and spaces: `Preformatted text 3`."""
        return self.gettext("Preformatted text %(number)d") % {"number": number}

    def label_original(self) -> str:
        """Return the label of a link to a picture in its full size, for one that has no description."""
        return self.gettext("The picture in full size")

    def format_people(self, names: Sequence[str]) -> Markup:
        """Join the names of people as a citation does: `A, B and C`; of four or more, the first and `et al.`.

        In HTML, as each name keeps its own direction.
        """
        marked = [f"<bdi>{escape(name)}</bdi>" for name in names]
        if len(marked) > 3:
            return Markup(self.gettext("%(name)s et al.")) % {"name": Markup(marked[0])}
        joined = marked[0] if len(marked) == 1 else lists.format_list(marked, locale=self.locale)
        if self.locale.language == "es" and _SOUND_OF_I.match(names[-1]) and len(names) > 1:
            joined = f"{joined.removesuffix(f' y {marked[-1]}')} e {marked[-1]}"
        return Markup(joined)


_WITH_DOTLESS_I = ("tr", "az", "tt", "crh")
"""The languages in which the capital of i has a dot, as far as archives are likely in them."""

_WITH_BACK_VOWEL = (1, 3, 4, 6, 9)
"""The tens whose Turkish names end in a back vowel: on, otuz, kırk, altmış, doksan."""

_YEAR_WORD = re.compile(r"(?<=\d)\s[гр]\.$")
"""“Year”, as CLDR abbreviates it after the year in Russian, Belarusian, Bulgarian and Ukrainian."""


def _without_year_word(words: str) -> str:
    """Return a date without the word for “year”: a year alone has none, and spans and citations have none either."""
    return _YEAR_WORD.sub("", words)
