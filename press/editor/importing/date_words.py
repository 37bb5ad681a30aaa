"""Day, month and year in words, by dateparser, one language at a time; weekdays are checked by CLDR's names."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from press.editor.importing.recognised import Sureness
from press.model.dates import parse_date
from press.model.languages import canonical_tag, locale_for

_OTHERS = ("fr", "de", "es", "it", "nl", "pt")
"""Languages that a date may be in when it is not in the text's own."""

_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|ère|e|º|ª|\.º)(?=\W|$)", re.IGNORECASE)
_FILLERS = frozenset("the of de du del der den le la of st nd rd th er am il".split())
LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that was read, how sure that is, and what to say of it."""

    edtf: str
    sureness: Sureness = Sureness.SURE
    remark: str = ""
    place: str = ""


def checked(found: FoundDate) -> FoundDate | None:
    """Give the date if it is one that the archive takes: 31/02/1974 never was."""
    try:
        parse_date(found.edtf)
    except ValueError:
        return None
    return found


def parse_words(text: str, lang: str) -> FoundDate | None:
    """Let dateparser read day, month and year, where no other word stands beside them."""
    figures = re.findall(r"\d+", text)
    letters = [word.casefold() for word in LETTERS.findall(_ORDINAL.sub(r"\1", text))]
    if not re.search(r"(?<!\d)\d{4}(?!\d)", text) or len(figures) > 2 or len(letters) > 5 or ":" in text:
        return None
    plain = " ".join(_ORDINAL.sub(r"\1", text).split())
    for code in codes(lang):
        names = {*month_names(code), *_weekdays(code)}
        if all(word in names or word in _FILLERS for word in letters) and set(letters) & month_names(code).keys():
            cleaned = " ".join(word for word in plain.split() if word.casefold() not in _FILLERS)
            found = _parser(code).get_date_data(cleaned)
            if found.date_obj is not None:
                return _with_weekday(found.date_obj, str(found.period), letters, code, lang)
    return None


def _with_weekday(day: datetime, period: str, letters: list[str], code: str, lang: str) -> FoundDate | None:
    """Give the date as exactly as it was said; a weekday that does not fit makes it doubtful."""
    edtf = {"year": f"{day:%Y}", "month": f"{day:%Y-%m}"}.get(period, f"{day:%Y-%m-%d}").rjust(4, "0")
    sure = Sureness.SURE if code in (lang.partition("-")[0], "en") else Sureness.LIKELY
    said = [number for word in letters for name, number in _weekdays(code).items() if name == word]
    if period == "day" and said and day.weekday() not in said:
        name = locale_for(code).days["format"]["wide"][day.weekday()]
        return checked(FoundDate(f"{edtf}?", Sureness.LOOK, f"the weekday does not fit: that day was a {name}"))
    return checked(FoundDate(edtf, sure))


def codes(lang: str) -> tuple[str, ...]:
    """Give the languages to try, the text's own first: `fr-CA` gives `fr`, `en` and a few others."""
    return tuple(dict.fromkeys((lang.partition("-")[0], "en", *_OTHERS)))


@functools.cache
def month_names(code: str) -> dict[str, int]:
    """Give the number of each month by what a language calls it, in full and short."""
    return _names(code, "months")


@functools.cache
def _weekdays(code: str) -> dict[str, int]:
    return _names(code, "days")


def _names(code: str, kind: str) -> dict[str, int]:
    """Give what CLDR calls the months or weekdays of a language, in full and short, without full stops."""
    if not canonical_tag(code):
        return {}
    names: dict[str, int] = {"sept": 9} if kind == "months" else {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in getattr(locale_for(code), kind)[context][width].items():
                names |= {part.casefold(): number for part in LETTERS.findall(name) if len(part) > 2}
    return names


@functools.cache
def _parser(code: str) -> Any:
    """Give dateparser for one language: loading a language is what costs time."""
    from dateparser.date import DateDataParser  # only an import needs it

    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["year"],
        "DATE_ORDER": "DMY",
        "TIMEZONE": "UTC",
        "RELATIVE_BASE": datetime(1900, 1, 1),
    }
    return DateDataParser(languages=[code], settings=settings)
