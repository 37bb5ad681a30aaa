"""A date as a paper says it → EDTF: `Tuesday 24 October 2006` becomes `2006-10-24`. Nothing is guessed in silence."""

from __future__ import annotations

import re

from press.editor.importing.date_words import LETTERS, FoundDate, checked, codes, month_names, parse_words
from press.editor.importing.recognised import Sureness
from press.model.dates import parse_date

_LONGEST = 60
_UNDATED = re.compile(
    r"undated|no date|n\.\s?d\.?|sans date|s\.\s?d\.?|ohne datum|o\.\s?[jd]\.?|undatiert", re.IGNORECASE
)
_ABOUT = re.compile(r"(?:c(?:irca|a)?\.?|about|around|vers|um|ca)\s+(?=\S)", re.IGNORECASE)
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


def read_date(text: str, lang: str, today: str) -> FoundDate | None:
    """Read a line that is a date and nothing else, in `lang`, English or a few others; None where it is none.

    What cannot be known is not made up: `03/04/1917` is the year 1917, and a year of two figures is doubtful (`?`).
    """
    words = " ".join(text.split())
    if not 2 < len(words) <= _LONGEST:
        return None
    bare = words.strip("[](){} ").removesuffix(".")
    found = _read_bare(bare, lang, today) or _read_after_place(bare, lang, today)
    if found and words.startswith("[") and found.edtf != "undated" and found.sureness is Sureness.SURE:
        return FoundDate(
            found.edtf, Sureness.LIKELY, "it stands in square brackets: somebody else’s guess?", found.place
        )
    return found


def may_be_date(text: str, lang: str) -> bool:
    """Tell whether a short line names a year or a month, so that a person should look: `vingt-quatre octobre`."""
    if len(text.split()) > 8 or len(text) > _LONGEST or len(text.split()) < 2:
        return False
    words = [word.casefold() for word in LETTERS.findall(text)]
    return any(word in month_names(code) for word in words for code in codes(lang)[:4]) and not text.endswith(
        (".", "!")
    )


def _read_bare(text: str, lang: str, today: str) -> FoundDate | None:
    text = _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text
    if _UNDATED.fullmatch(text):
        return FoundDate("undated")
    try:
        return FoundDate(parse_date(text).edtf or "undated")
    except ValueError:
        pass
    about = _ABOUT.match(text)
    if about:
        found = _read_bare(text[about.end() :], lang, today)
        return found and FoundDate(found.edtf.rstrip("~?") + "~", found.sureness, found.remark)
    return _read_figures(text, today) or _read_words(text, lang, today)


def _read_after_place(text: str, lang: str, today: str) -> FoundDate | None:
    """Read `Paris, le 3 mai 1968`."""
    match = _PLACE.fullmatch(text)
    if not match or len(match["place"].split()) > 3 or not match["place"][0].isupper():
        return None
    found = _read_bare(match["date"], lang, today)
    if found is None or found.edtf == "undated":
        return None
    remark = found.remark or f"“{match['place']}” before it was taken for the place"
    return FoundDate(found.edtf, max(found.sureness, Sureness.LIKELY), remark, match["place"])


def _read_figures(text: str, today: str) -> FoundDate | None:
    decade, years, numbers = _DECADE.fullmatch(text), _YEARS.fullmatch(text), _NUMBERS.fullmatch(text)
    if decade:
        return FoundDate(f"{decade[1]}X")
    if years:
        return checked(FoundDate(f"{years[1]}/{years[2]}", Sureness.LIKELY))
    if not numbers:
        return None
    one, two = int(numbers["one"]), int(numbers["two"])
    year, doubt, said = _whole_year(numbers["year"], today)
    sure = Sureness.LOOK if doubt else Sureness.SURE
    if one > 12 >= two or (numbers["mark"] == "." and two <= 12) or one == two:
        return checked(FoundDate(f"{year}-{two:02d}-{one:02d}{doubt}", sure, said))
    if two > 12 >= one:
        return checked(FoundDate(f"{year}-{one:02d}-{two:02d}{doubt}", sure, said))
    either = f"“{text}” is {year}-{two:02d}-{one:02d} or {year}-{one:02d}-{two:02d}: write the right one. {said}"
    return checked(FoundDate(f"{year}{doubt}", Sureness.LOOK, either.strip()))


def _whole_year(text: str, today: str) -> tuple[str, str, str]:
    """Give a year of four figures, the mark of doubt, and what to say: `48` becomes `1948`, `?`."""
    if len(text) == 4:
        return text, "", ""
    figures = text[-2:]
    year = f"20{figures}" if f"20{figures}" <= today[:4] else f"19{figures}"
    return year, "?", f"its year has two figures: is it {year}?"


def _read_words(text: str, lang: str, today: str) -> FoundDate | None:
    season, months, short = _SEASON.fullmatch(text), _MONTHS.fullmatch(text), _SHORT_YEAR.fullmatch(text)
    if season and season["name"].casefold() in _SEASONS:
        return FoundDate(f"{season['year']}-{_SEASONS[season['name'].casefold()]}")
    if months:
        ends = [parse_words(f"{months[end]} {months['year']}", lang) for end in ("one", "two")]
        found = "/".join(end.edtf for end in ends if end)
        return checked(FoundDate(found, Sureness.LIKELY)) if all(ends) else None
    if short and not re.search(r"\d{4}", text):
        year, doubt, said = _whole_year(short["year"], today)
        whole = parse_words(f"{short['rest']}{year}", lang)
        return whole and FoundDate(whole.edtf.rstrip("?") + doubt, Sureness.LOOK, whole.remark or said)
    return parse_words(text, lang)
