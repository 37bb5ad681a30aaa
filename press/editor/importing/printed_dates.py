"""Read a date as it was printed, as EDTF: `Tuesday 24 October 2006` becomes `2006-10-24`.

Every guess is noted. What is in words is read in date_forms, by the names of months and days that CLDR has
(date_words); East Asian dates in date_signs. Here are dates in figures, and what stands before and behind a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from press.editor.importing.data_model import Confidence
from press.editor.importing.date_forms import WordDate, read_word_date
from press.editor.importing.date_signs import read_roman_year, read_sign_date
from press.editor.importing.date_words import (
    HOUR,
    MAY_DAY,
    REVOLUTIONARY,
    find_month,
    find_season,
    fold,
    language_codes,
)
from press.model.dates import parse_date
from press.model.languages import locale_for


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that was read, how sure that is, and a remark for the report."""

    edtf: str
    confidence: Confidence = Confidence.SURE
    remark: str = ""
    place: str = ""


_LONGEST = 60
_LETTERS = re.compile(r"[^\W\d_]+")
_UNDATED = re.compile(
    r"undated|no date|n\.\s?d\.?|sans date|s\.\s?d\.?|ohne datum|o\.\s?[jd]\.?|undatiert|sin fecha|s\.\s?f\.?"
    r"|senza data|sem data|zonder datum|z\.\s?d\.?|без даты|б\.\s?д\.?|bez daty|odaterad|u\.\s?å\.?|udateret",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:c(?:irca|a)?\.?|about|around|vers|um|ca|hacia|verso|ok(?:oło)?\.?|около|kolem|omstreeks|omkring|cerca de)"
    r"\s+(?=\S)",
    re.IGNORECASE,
)
_OPEN = {
    "../{}": r"(?:not after|not? later than|au plus tard en|spätestens)\s+(.+)|(.+)\s+"
    "(?:or (?:earlier|before)|ou avant|au plus tard|oder früher)",
    "{}/..": r"(?:not before|not? earlier than|au plus tôt en|frühestens)\s+(.+)|(.+)\s+"
    "(?:or (?:later|after)|ou après|au plus tôt|oder später)",
}
"""For each form of an open date, the words for it that nothing else begins or ends with."""
_DECADE = re.compile(r"(?:the\s+)?(\d{3})0['’]?s", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4}|\d\d)")
_NUMBERS = re.compile(
    r"(?P<one>\d{1,2})\s*(?P<mark>[./-])\s*(?P<two>\d{1,2})\s*(?P=mark)\s*(?P<year>\d{4}|['’]?\d\d)(?:\s?[гр]\.?|\s?r\.?)?"
)
_PREFIX = re.compile(
    r"(?:date|datum|dated|fecha|data|дата|date\s*:)\s*:?\s*:\s*|(?:dated|gegeben|le|den|on|am|vom|this"
    r"|(?:written|issued|adopted|signed|given)(?:\s+(?:in|on))?)\s+",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:an\.|anno(?:\s+dom(?:ini|\.))?|a\.\s?d\.|(?:in|im)\s+(?:the\s+year|jahre?)(?:\s+of\s+our\s+lord)?|l['’]an(?:née)?|année"
    r"|año(?:\s+de)?|ano(?:\s+de)?|anul|jahr|rok|год|рік)\s+(\d{4})\.?|(\d{4})\s*(?:г\.?|год[ау]?|р\.?|року|рік|r\.?|roku|rok)",
    re.IGNORECASE,
)
"""A year with the word for it: `Anno 1793`, `1905 г.`"""
_PLACE = re.compile(r"(?P<place>(?:['’]s-)?[^\W\d_][\w.'’() -]{1,40}?)\s*[,،:]\s*(?P<date>\S.*)")
_AFTER_PLACE = re.compile(r"(?P<date>.*\d\w*\.?)\s*[,;–—]\s*(?P<place>[^\W\d_]{3,20}(?:[ -][^\W\d_]{2,20})?)")
_PLACE_AND_ARTICLE = re.compile(
    r"(?P<in>(?:V|W|In|À|A|U|Na)\s)?(?P<place>[^\W\d_]{3,}(?:[ -][^\W\d_]{2,})?)"
    r"\s(?P<date>(?:dne|den|d\.|dňa|dnia|le|l[iì]|addì|am)\s.*\d{4}.*)"
)
_AT = re.compile(
    r"(?:(?:fait|donné|given|done|[a-z]+ed|dado|dato|gegeben)\s+(?:à|a|at|in|en|em|zu)|à|at|in|zu)\s+", re.IGNORECASE
)
"""What stands before the name of a place that is the same without it: `Fait à Paris`."""
_IN_ANOTHER_CASE = re.compile(r"(?:u|v|ve|w|we|у|ў|в|во|г\.)\s+", re.IGNORECASE)
_TWO_PLACES = re.compile(r"(?P<state>[^\W\d_][\w.]{0,12}(?: [\w.]{1,12})?)\s*,\s*(?P<date>\S.*)")


def keep_if_valid(found: FoundDate) -> FoundDate | None:
    """Return the date, or None if it does not exist: 31/02/1974."""
    try:
        parse_date(found.edtf)
    except ValueError:
        return None
    return found


def read_printed_date(text: str, lang: str, today: str) -> FoundDate | None:
    """Read a line that is a date and nothing else, in `lang`, English or a few other languages; else return None.

    What cannot be known is left out: `03/04/1917` is the year 1917, and a year of two figures is doubtful (`?`).
    """
    words = " ".join(plain_figures(text).split())
    if not 2 < len(words) <= _LONGEST:
        return None
    bare = words.strip("[](){} ").removesuffix(".") if words.count("(") != 1 or words[0] == "(" else words
    found = read_bare_date(bare, lang, today) or _read_beside_place(bare, lang, today)
    if found is None and (hour := _find_hour(bare)):
        bare = bare[:hour]
        found = read_bare_date(bare, lang, today) or _read_beside_place(bare, lang, today)
    if found and words.startswith("[") and found.edtf != "undated" and found.confidence is Confidence.SURE:
        found = replace(found, confidence=Confidence.LIKELY, remark="it is in square brackets: a later guess?")
    return found and keep_if_valid(found)


_FIGURES = {
    ord(figure): str(value)
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xFF10)
    for value, figure in enumerate(map(chr, range(zero, zero + 10)))
}


def plain_figures(text: str) -> str:
    """Return a text with the figures of Arabic, Persian and other scripts as 0 to 9."""
    return text.translate(_FIGURES)


def may_be_date(text: str, lang: str) -> bool:
    """Return whether a short line names a month, and so may be a date to review: `vingt-quatre octobre`."""
    if not 2 <= len(text.split()) <= 8 or len(text) > _LONGEST or text.endswith((".", "!")):
        return False
    words = _LETTERS.findall(text)
    if any(fold(word) in REVOLUTIONARY for word in words) or re.search(
        r"\b(?:an|year)\s+[IVX]+\b", text, re.IGNORECASE
    ):
        return True
    return any(find_month(word, code) for word in words if len(word) > 3 for code in language_codes(lang)[:8])


def _find_hour(text: str) -> int:
    """Return where an hour at the end of a line begins; 0 if there is none."""
    for match in HOUR.finditer(text):
        if match.end() == len(text) and match.start() > 5:
            return match.start()
    for start in range(5, len(text)):
        if HOUR.fullmatch(text, start):
            return start
    return 0


def read_bare_date(text: str, lang: str, today: str) -> FoundDate | None:
    """Read a date without a place beside it or an hour behind it; it may not exist in the calendar."""
    if _UNDATED.fullmatch(text):
        return FoundDate("undated")
    try:
        return FoundDate(parse_date(text).edtf or "undated")
    except ValueError:
        pass
    if found := _read_open(text, lang, today):
        return found
    about = _ABOUT.match(text)
    found = read_bare_date(text[about.end() :], lang, today) if about else None
    if found:
        return FoundDate(found.edtf.rstrip("~?") + "~", found.confidence, found.remark)
    return _read_figures(text, today) or _read_words(text, lang, today) or _read_after_prefix(text, lang, today)


def _read_after_prefix(text: str, lang: str, today: str) -> FoundDate | None:
    prefix = _PREFIX.match(text)
    return read_bare_date(text[prefix.end() :], lang, today) if prefix and prefix.end() < len(text) else None


def _read_open(text: str, lang: str, today: str) -> FoundDate | None:
    """Read `1917 or earlier` and `not before May 1968`."""
    for form, words in _OPEN.items():
        match = re.fullmatch(words, text, re.IGNORECASE)
        found = match and read_bare_date(match[1] or match[2], lang, today)
        if found:
            return FoundDate(form.format(found.edtf), found.confidence, found.remark)
    return None


def _read_beside_place(text: str, lang: str, today: str) -> FoundDate | None:
    """Read `Paris, le 3 mai 1968`, `Chicago, Ill., May 4, 1886` and `3 May 1936, Barcelona`."""
    before, *others = (form.fullmatch(text) for form in (_PLACE, _AFTER_PLACE, _PLACE_AND_ARTICLE))
    for match in filter(None, (before, *others)):
        at = _AT.match(match["place"])
        place, words = match["place"][at.end() if at else 0 :].strip(), match["date"]
        if (
            len(place.split()) > 3
            or not _may_name_place(place)
            or re.search(r"\d", place)
            or _names_time(place, lang)
        ):
            continue
        found = read_bare_date(words, lang, today)
        second = _TWO_PLACES.fullmatch(words) if not found and match is before else None
        if second and second["state"][0].isupper() and not _names_time(second["state"], lang):
            place, found = f"{place}, {second['state']}", read_bare_date(second["date"], lang, today)
        if found is None or found.edtf == "undated" or not (re.search(r"\d", words) or found.edtf.isdigit()):
            continue
        if match.groupdict().get("in") or _IN_ANOTHER_CASE.match(
            place
        ):  # the name of the place is in another case: `V Praze`
            return replace(found, confidence=max(found.confidence, Confidence.LIKELY))
        remark = found.remark or f"“{place}” beside it was taken to be the place"
        return FoundDate(found.edtf, max(found.confidence, Confidence.LIKELY), remark, place)
    return None


def _may_name_place(place: str) -> bool:
    """Return whether the first and the last word have a capital, or all are in a script that has none."""
    bare = _IN_ANOTHER_CASE.sub("", place, count=1).removeprefix("'s-").removeprefix("’s-")
    return (bare[:1].isupper() and not bare.split()[-1][0].islower()) or bare.upper() == bare.lower()


def _names_time(place: str, lang: str) -> bool:
    """Return whether a word is a month or season and no place: `May, 1926`; it is a place in `Rio de Janeiro`."""
    words = re.sub(r"\bde\s\w+", "", place).split()
    codes = language_codes(lang)[:2]
    return any(
        (word[0].isupper() and find_season(word)) or find_month(word, code) for word in words for code in codes
    )


def _read_figures(text: str, today: str) -> FoundDate | None:
    decade, years, numbers, year = (form.fullmatch(text) for form in (_DECADE, _YEARS, _NUMBERS, _YEAR))
    if decade:
        return FoundDate(f"{decade[1]}X")
    if year:
        return keep_if_valid(FoundDate(year[1] or year[2]))
    if years:
        last = years[2] if len(years[2]) == 4 else years[1][:2] + years[2]
        return keep_if_valid(FoundDate(f"{years[1]}/{last}", Confidence.LIKELY)) if last > years[1] else None
    if roman := read_roman_year(text):
        return FoundDate(roman, Confidence.LIKELY, "in Roman figures")
    return _read_numbers(numbers, text, today) if numbers else None


def _read_numbers(numbers: re.Match[str], text: str, today: str) -> FoundDate | None:
    """Read `24.10.2006`; of `03/04/1917` only the year is known."""
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
    if signs := read_sign_date(text):
        is_counted = "era" in signs.remark
        return keep_if_valid(
            FoundDate(signs.edtf, Confidence.REVIEW if is_counted else Confidence.SURE, signs.remark)
        )
    found = read_word_date(MAY_DAY.sub("1 May", text), lang)
    return keep_if_valid(_judge(found, lang, today)) if found else None


def _judge(found: WordDate, lang: str, today: str) -> FoundDate:
    """Return a date in words with how sure it is; a weekday that does not fit makes it doubtful."""
    edtf, remark = found.edtf, found.remark
    sure = Confidence.SURE if found.code in (lang.partition("-")[0], "en") else Confidence.LIKELY
    if found.is_span:
        sure = max(sure, Confidence.LIKELY)
    if found.short_year:
        year, doubt, question = _whole_year(found.short_year, today)
        edtf, remark = year + edtf[4:] + doubt, remark or question
    if found.wrong_weekday and not found.short_year:
        name = locale_for(found.code).days["format"]["wide"][found.wrong_weekday.weekday()]
        return FoundDate(f"{edtf}?", Confidence.REVIEW, f"the weekday does not fit: that day was a {name}")
    return FoundDate(edtf, sure if found.is_exact else Confidence.REVIEW, remark)
