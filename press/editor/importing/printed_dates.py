"""Read a date as it was printed, as EDTF: `Tuesday 24 October 2006` becomes `2006-10-24`.

Every guess is noted. Words are read by dateparser, one language at a time; weekdays are checked against CLDR.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from press.editor.importing.data_model import Confidence
from press.model.dates import parse_date
from press.model.languages import canonical_tag, locale_for

_OTHERS = ("fr", "de", "es", "it", "nl", "pt")
"""Languages to try for a date, after the text's own and English."""

_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|ère|e|º|ª|\.º)(?=\W|$)", re.IGNORECASE)
_FILLERS = frozenset("the of de du del der den le la of st nd rd th er am il".split())
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that was read, how sure that is, and a remark for the report."""

    edtf: str
    confidence: Confidence = Confidence.SURE
    remark: str = ""
    place: str = ""


def keep_if_valid(found: FoundDate) -> FoundDate | None:
    """Return the date, or None if it does not exist: 31/02/1974."""
    try:
        parse_date(found.edtf)
    except ValueError:
        return None
    return found


def _parse_words(text: str, lang: str) -> FoundDate | None:
    """Read day, month and year by dateparser; return None if the text has any other word."""
    figures = re.findall(r"\d+", text)
    letters = [word.casefold() for word in _LETTERS.findall(_ORDINAL.sub(r"\1", text))]
    if not re.search(r"(?<!\d)\d{4}(?!\d)", text) or len(figures) > 2 or len(letters) > 5 or ":" in text:
        return None
    plain = " ".join(_ORDINAL.sub(r"\1", text).split())
    for code in _language_codes(lang):
        names = {*_month_names(code), *_weekdays(code)}
        if all(word in names or word in _FILLERS for word in letters) and set(letters) & _month_names(code).keys():
            cleaned = " ".join(word for word in plain.split() if word.casefold() not in _FILLERS)
            try:
                found = _parser(code).get_date_data(cleaned)
            except ValueError:  # dateparser does not know the language
                continue
            if found.date_obj is not None:
                return _with_weekday(found.date_obj, str(found.period), letters, code, lang)
    return None


def _with_weekday(day: datetime, period: str, letters: list[str], code: str, lang: str) -> FoundDate | None:
    """Return the date to the precision printed; a weekday that does not fit makes it doubtful."""
    edtf = {"year": f"{day:%Y}", "month": f"{day:%Y-%m}"}.get(period, f"{day:%Y-%m-%d}").rjust(4, "0")
    sure = Confidence.SURE if code in (lang.partition("-")[0], "en") else Confidence.LIKELY
    printed = [number for word in letters for name, number in _weekdays(code).items() if name == word]
    if period == "day" and printed and day.weekday() not in printed:
        remark = f"the weekday does not fit: that day was a {locale_for(code).days['format']['wide'][day.weekday()]}"
        return keep_if_valid(FoundDate(f"{edtf}?", Confidence.REVIEW, remark))
    return keep_if_valid(FoundDate(edtf, sure))


def _language_codes(lang: str) -> tuple[str, ...]:
    """Return the languages to try, the text's own first: `fr-CA` becomes `fr`, `en` and a few others."""
    return tuple(dict.fromkeys((lang.partition("-")[0], "en", *_OTHERS)))


@functools.cache
def _month_names(code: str) -> dict[str, int]:
    """Return the number of each month by its name in a language, full and short."""
    return _names(code, "months")


@functools.cache
def _weekdays(code: str) -> dict[str, int]:
    return _names(code, "days")


def _names(code: str, kind: str) -> dict[str, int]:
    """Return the numbers of months or weekdays by their CLDR names, full and short, without full stops."""
    if not canonical_tag(code):
        return {}
    names: dict[str, int] = {"sept": 9} if kind == "months" else {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in getattr(locale_for(code), kind)[context][width].items():
                names |= {part.casefold(): number for part in _LETTERS.findall(name) if len(part) > 2}
    return names


@functools.cache
def _parser(code: str) -> Any:
    """Load dateparser for one language: once, because it takes time."""
    from dateparser.date import DateDataParser  # only an import needs it

    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["year"],
        "DATE_ORDER": "DMY",
        "TIMEZONE": "UTC",
        "RELATIVE_BASE": datetime(1900, 1, 1),
    }
    return DateDataParser(languages=[code], settings=settings)


_LONGEST = 60
_UNDATED = re.compile(
    r"undated|no date|n\.\s?d\.?|sans date|s\.\s?d\.?|ohne datum|o\.\s?[jd]\.?|undatiert", re.IGNORECASE
)
_ABOUT = re.compile(r"(?:c(?:irca|a)?\.?|about|around|vers|um|ca)\s+(?=\S)", re.IGNORECASE)
_OPEN = {
    "../{}": r"(?:not after|not? later than|au plus tard en|spätestens)\s+(.+)|(.+)\s+"
    "(?:or (?:earlier|before)|ou avant|au plus tard|oder früher)",
    "{}/..": r"(?:not before|not? earlier than|au plus tôt en|frühestens)\s+(.+)|(.+)\s+"
    "(?:or (?:later|after)|ou après|au plus tôt|oder später)",
}
"""For each form of an open date, the words for it that nothing else begins or ends with."""
_DECADE = re.compile(r"(?:the\s+)?(\d{3})0['’]?s", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4})")
_NUMBERS = re.compile(
    r"(?P<one>\d{1,2})\s*(?P<mark>[./-])\s*(?P<two>\d{1,2})\s*(?P=mark)\s*(?P<year>\d{4}|['’]?\d\d)"
)
_MONTHS = re.compile(r"(?P<one>[^\W\d_]+\.?)\s*[-–—/]\s*(?P<two>[^\W\d_]+\.?)\s+(?P<year>\d{4})")
_SHORT_YEAR = re.compile(r"(?P<rest>.*[^\W\d_]\.?,?\s+)['’]?(?P<year>\d\d)")
_PREFIX = re.compile(r"(?:date|datum|date\s*:)\s*:\s*|(?:le|den|on|am|vom)\s+", re.IGNORECASE)
_PLACE = re.compile(r"(?P<place>[^\W\d_][\w.'’ -]{1,40}?)\s*,\s*(?P<date>\D{0,12}\d.*|[^\W\d_]+\.?\s+\d{4})")

# What the seasons are called; EDTF 21 to 24.
_SEASONS = {
    name: number
    for number, names in {
        21: "spring printemps frühling frühjahr primavera lente voorjaar",
        22: "summer été sommer verano estate zomer verão",
        23: "autumn fall automne herbst otoño autunno herfst outono",
        24: "winter hiver invierno inverno",
    }.items()
    for name in names.split()
}
_SEASON = re.compile(r"(?P<name>[^\W\d_]+),?\s+(?P<year>\d{4})")


def read_printed_date(text: str, lang: str, today: str) -> FoundDate | None:
    """Read a line that is a date and nothing else, in `lang`, English or a few other languages; else return None.

    What cannot be known is left out: `03/04/1917` is the year 1917, and a year of two figures is doubtful (`?`).
    """
    words = " ".join(text.split())
    if not 2 < len(words) <= _LONGEST:
        return None
    bare = words.strip("[](){} ").removesuffix(".")
    found = _read_bare(bare, lang, today) or _read_after_place(bare, lang, today)
    if found and words.startswith("[") and found.edtf != "undated" and found.confidence is Confidence.SURE:
        found = FoundDate(found.edtf, Confidence.LIKELY, "it is in square brackets: a later guess?", found.place)
    return found and keep_if_valid(found)


def may_be_date(text: str, lang: str) -> bool:
    """Return whether a short line names a month, and so may be a date to review: `vingt-quatre octobre`."""
    if not 2 <= len(text.split()) <= 8 or len(text) > _LONGEST or text.endswith((".", "!")):
        return False
    words = [word.casefold() for word in _LETTERS.findall(text)]
    return any(word in _month_names(code) for word in words for code in _language_codes(lang)[:4])


def _read_bare(text: str, lang: str, today: str) -> FoundDate | None:
    text = _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text
    if _UNDATED.fullmatch(text):
        return FoundDate("undated")
    try:
        return FoundDate(parse_date(text).edtf or "undated")
    except ValueError:
        pass
    if found := _read_open(text, lang, today):
        return found
    about = _ABOUT.match(text)
    if about:
        found = _read_bare(text[about.end() :], lang, today)
        return found and FoundDate(found.edtf.rstrip("~?") + "~", found.confidence, found.remark)
    return _read_figures(text, today) or _read_words(text, lang, today)


def _read_open(text: str, lang: str, today: str) -> FoundDate | None:
    """Read `1917 or earlier` and `not before May 1968`."""
    for form, words in _OPEN.items():
        match = re.fullmatch(words, text, re.IGNORECASE)
        found = match and _read_bare(match[1] or match[2], lang, today)
        if found:
            return FoundDate(form.format(found.edtf), found.confidence, found.remark)
    return None


def _read_after_place(text: str, lang: str, today: str) -> FoundDate | None:
    """Read `Paris, le 3 mai 1968`."""
    match = _PLACE.fullmatch(text)
    if not match or len(match["place"].split()) > 3 or not match["place"][0].isupper():
        return None
    found = _read_bare(match["date"], lang, today)
    if found is None or found.edtf == "undated":
        return None
    remark = found.remark or f"“{match['place']}” before it was taken to be the place"
    return FoundDate(found.edtf, max(found.confidence, Confidence.LIKELY), remark, match["place"])


def _read_figures(text: str, today: str) -> FoundDate | None:
    decade, years, numbers = _DECADE.fullmatch(text), _YEARS.fullmatch(text), _NUMBERS.fullmatch(text)
    if decade:
        return FoundDate(f"{decade[1]}X")
    if years:
        return keep_if_valid(FoundDate(f"{years[1]}/{years[2]}", Confidence.LIKELY))
    if not numbers:
        return None
    one, two = int(numbers["one"]), int(numbers["two"])
    year, doubt, message = _whole_year(numbers["year"], today)
    sure = Confidence.REVIEW if doubt else Confidence.SURE
    if one > 12 >= two or (numbers["mark"] == "." and two <= 12) or one == two:
        return keep_if_valid(FoundDate(f"{year}-{two:02d}-{one:02d}{doubt}", sure, message))
    if two > 12 >= one:
        return keep_if_valid(FoundDate(f"{year}-{one:02d}-{two:02d}{doubt}", sure, message))
    either = f"“{text}” is {year}-{two:02d}-{one:02d} or {year}-{one:02d}-{two:02d}: write the right one. {message}"
    return keep_if_valid(FoundDate(f"{year}{doubt}", Confidence.REVIEW, either.strip()))


def _whole_year(text: str, today: str) -> tuple[str, str, str]:
    """Return a year of four figures, the mark of doubt and a remark: `48` becomes `1948`, `?` and a question."""
    if len(text) == 4:
        return text, "", ""
    figures = text[-2:]
    year = f"20{figures}" if f"20{figures}" <= today[:4] else f"19{figures}"
    return year, "?", f"the year has only two figures: is it {year}?"


def _read_words(text: str, lang: str, today: str) -> FoundDate | None:
    season, months, short = _SEASON.fullmatch(text), _MONTHS.fullmatch(text), _SHORT_YEAR.fullmatch(text)
    if season and season["name"].casefold() in _SEASONS:
        return FoundDate(f"{season['year']}-{_SEASONS[season['name'].casefold()]}")
    if months:
        ends = [_parse_words(f"{months[end]} {months['year']}", lang) for end in ("one", "two")]
        found = "/".join(end.edtf for end in ends if end)
        return keep_if_valid(FoundDate(found, Confidence.LIKELY)) if all(ends) else None
    if short and not re.search(r"\d{4}", text):
        year, doubt, message = _whole_year(short["year"], today)
        whole = _parse_words(f"{short['rest']}{year}", lang)
        return whole and FoundDate(whole.edtf.rstrip("?") + doubt, Confidence.REVIEW, whole.remark or message)
    return _parse_words(text, lang)
