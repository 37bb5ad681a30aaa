"""Original dates: when a leaflet was published, as exactly as that is known.

The forms are those of the Extended Date/Time Format, levels 0 and 1 (Library of Congress, ISO 8601-2:2019), with
`c. 1974` as well as `1974~`, because archivists write it, and `undated`.
"""

from __future__ import annotations

import calendar
import datetime
import enum
import re
from dataclasses import dataclass, replace

FORMS = (
    "2006-10-24, 2006-10, 2006, 2006~ (about), 197X, 1918/1920, ../1917 (or earlier), 1968/.. (or later) or undated"
)


class Precision(enum.IntEnum):
    """How exactly a date is known: of two dates that begin on the same day, the vaguer comes first."""

    CENTURY = 0
    DECADE = 1
    INTERVAL = 2
    YEAR = 3
    SEASON = 4
    MONTH = 5
    DAY = 6
    UNDATED = 7


@dataclass(frozen=True, slots=True)
class OriginalDate:
    """A date with its precision; `first` and `last` are the first and the last possible day.

    Of an interval with an open end, they are those of the end that is known.
    """

    edtf: str
    """The canonical EDTF form; empty if undated."""
    precision: Precision
    first: datetime.date
    last: datetime.date
    about: bool = False
    doubtful: bool = False
    ends: tuple[OriginalDate | None, OriginalDate | None] | None = None
    """The two dates of an interval; None for the one that is open or unknown."""

    @property
    def has_open_start(self) -> bool:
        """Whether only the latest date is known: `../1917`."""
        return self.ends is not None and self.ends[0] is None

    @property
    def has_open_end(self) -> bool:
        """Whether only the earliest date is known: `1968/..`."""
        return self.ends is not None and self.ends[1] is None

    @property
    def sort_key(self) -> tuple[datetime.date, bool, int]:
        """Sort by the first possible day, vaguer dates first, those with an open end last; undated texts follow."""
        return self.first, self.has_open_end, self.precision

    @property
    def year(self) -> int | None:
        """The year whose page lists the text; None for a decade, a century or an undated text."""
        return None if self.precision in (Precision.UNDATED, *_VAGUER_THAN_A_YEAR) else self.first.year

    @property
    def month(self) -> int | None:
        """The month whose page lists the text, if it is known."""
        known = self.ends is None and self.precision in (Precision.MONTH, Precision.DAY)
        return self.first.month if known else None

    @property
    def day(self) -> int | None:
        """The day of the month, if it is known."""
        return self.first.day if self.precision is Precision.DAY else None

    @property
    def group(self) -> str:
        """The group of a text without an exact year, `undated`, `197x` or `19xx`; otherwise empty."""
        if self.precision is Precision.UNDATED:
            return "undated"
        return self.edtf.rstrip("~?%").lower() if self.year is None else ""

    @property
    def machine(self) -> str:
        """The value of an HTML `datetime` attribute; empty if HTML has no form for the date."""
        if self.precision is Precision.DAY:
            return self.first.isoformat()
        if self.precision is Precision.MONTH:
            return f"{self.first:%Y-%m}".rjust(7, "0")
        if self.precision in (Precision.YEAR, Precision.SEASON):
            return f"{self.first.year:04d}"
        return ""


_VAGUER_THAN_A_YEAR = (Precision.DECADE, Precision.CENTURY)

UNDATED = OriginalDate("", Precision.UNDATED, datetime.date.max, datetime.date.max)

# EDTF 4.2: seasons are written as months 21 to 24; only their order matters here, so the hemisphere does not.
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}

_POINT = re.compile(
    r"""
    (?P<year>\d{4}|\d{3}X|\d\dXX)
    (?:-(?P<month>\d\d|XX)
        (?:-(?P<day>\d\d|XX))?
    )?
    (?P<mark>[~?%])?           # approximate, uncertain, both
    """,
    re.VERBOSE | re.ASCII,
)
_OPEN = ("", "..")
"""An end of an interval that is unknown or open (EDTF, level 1)."""
_ABOUT = re.compile(r"(?:circa|ca?\.?)\s*(?=\d)", re.IGNORECASE)


def parse_date(text: str) -> OriginalDate:
    """Read a date: `2006-10` becomes October 2006 with the precision of a month.

    Raises ValueError, with a message for the maintainer, for any other form and for a day that does not exist.
    """
    text = text.strip()
    if text.casefold() == "undated":
        return UNDATED
    if text == ".." or text.replace(" ", "") in {f"{start}/{end}" for start in _OPEN for end in _OPEN}:
        instead = "Write ../1917 for 1917 or earlier, 1968/.. for 1968 or later, or undated."
        raise ValueError(f"“{text}” has no date at either end. {instead}")
    return _parse_interval(text) if "/" in text else _parse_point(text)


def _parse_interval(text: str) -> OriginalDate:
    if text.count("/") > 1:
        raise ValueError(f"“{text}” is not a date in a known form. Write {FORMS}.")
    before, after = (end.strip() for end in text.split("/"))
    start = None if before in _OPEN else _parse_point(before)
    end = None if after in _OPEN else _parse_point(after)
    if start and end:
        return _span(text, start, end)
    known = start or end
    assert known is not None
    edtf = f"{start.edtf if start else before}/{end.edtf if end else after}"
    return replace(known, edtf=edtf, precision=Precision.INTERVAL, ends=(start, end))


def _span(text: str, start: OriginalDate, end: OriginalDate) -> OriginalDate:
    if start.first > end.first or start.last > end.last or start.edtf == end.edtf:
        raise ValueError(f"“{text}” does not end after it begins. Write the earlier date first, as in 1918/1920.")
    return OriginalDate(
        f"{start.edtf}/{end.edtf}",
        Precision.INTERVAL,
        start.first,
        end.last,
        about=start.about or end.about,
        doubtful=start.doubtful or end.doubtful,
        ends=(start, end),
    )


def _parse_point(text: str) -> OriginalDate:
    about = _ABOUT.match(text)
    if about:
        text = text[about.end() :].rstrip("~") + "~"
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is not a date in a known form. Write {FORMS}.")
    year, month, day, mark = match["year"], match["month"], match["day"], match["mark"] or ""
    if month == "XX" and day not in (None, "XX"):
        raise ValueError(f"“{text}” has a day but no month. Write {FORMS}.")
    month, day = (None if part == "XX" else part for part in (month, day))
    try:
        precision, first, last = _bounds(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"“{text}” is not a real date. Write {FORMS}.") from None
    edtf = "-".join(part for part in (year, month, day) if part) + mark
    return OriginalDate(edtf, precision, first, last, about=mark in ("~", "%"), doubtful=mark in ("?", "%"))


def _bounds(year: str, month: str | None, day: str | None) -> tuple[Precision, datetime.date, datetime.date]:
    """Return the precision and the first and last possible day. Raises ValueError if there is no such day."""
    if "X" in year:
        if month or day:
            raise ValueError
        span = 10 ** year.count("X")
        start = int(year.replace("X", "0")) or 1
        end = int(year.replace("X", "9"))
        precision = Precision.DECADE if span == 10 else Precision.CENTURY
        return precision, datetime.date(start, 1, 1), datetime.date(end, 12, 31)
    y = int(year)
    if month is None:
        return Precision.YEAR, datetime.date(y, 1, 1), datetime.date(y, 12, 31)
    m = int(month)
    if m in _SEASON_MONTHS and day is None:
        return Precision.SEASON, datetime.date(y, _SEASON_MONTHS[m], 1), datetime.date(y, 12, 31)
    if day is None:
        last = calendar.monthrange(y, m)[1]
        return Precision.MONTH, datetime.date(y, m, 1), datetime.date(y, m, last)
    exact = datetime.date(y, m, int(day))
    return Precision.DAY, exact, exact
