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
from press.editor.importing.date_words import HOUR, MAY_DAY, REVOLUTIONARY, find_month, fold, language_codes
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
    r"(?P<one>\d{1,2})\s*(?P<mark>[./-])\s*(?P<two>\d{1,2})\s*(?P=mark)\s*(?P<year>\d{4}|['’]?\d\d)"
)
_PREFIX = re.compile(
    r"(?:date|datum|dated|fecha|data|дата|date\s*:)\s*:?\s*:\s*|(?:dated|gegeben|le|den|on|am|vom)\s+", re.IGNORECASE
)
_YEAR = re.compile(
    r"(?:an\.|anno(?:\s+domini)?|a\.\s?d\.|(?:in|im)\s+(?:the\s+year|jahre?)(?:\s+of\s+our\s+lord)?|l['’]an(?:née)?|année"
    r"|año(?:\s+de)?|ano(?:\s+de)?|anul|jahr|rok|год|рік)\s+(\d{4})\.?|(\d{4})\s*(?:г\.?|год[ау]?|р\.?|року|рік|r\.?|roku|rok)",
    re.IGNORECASE,
)
"""A year with the word for it: `Anno 1793`, `1905 г.`"""
_PLACE = re.compile(r"(?P<place>[^\W\d_][\w.'’() -]{1,40}?)\s*[,:]\s*(?P<date>\S.*)")
_AFTER_PLACE = re.compile(r"(?P<date>.*\d\w*\.?)\s*[,;–—]\s*(?P<place>[^\W\d_]{3,20}(?:[ -][^\W\d_]{2,20})?)")
_PLACE_AND_ARTICLE = re.compile(
    r"(?P<in>(?:V|W|In|À|A|U)\s)?(?P<place>[^\W\d_]{3,}(?:[ -][^\W\d_]{2,})?)"
    r"\s(?P<date>(?:dne|den|dnia|le|l[iì]|addì|am)\s.*\d{4}.*)"
)
_TWO_PLACES = re.compile(r"(?P<state>[^\W\d_][\w.]{0,12}(?: [\w.]{1,12})?)\s*,\s*(?P<date>\S.*)")

_ELECTRONIC = re.compile(
    r"\be-?(?:text|book|doc)s?\b|gutenberg|\brelease\b|\bposted\b|\bupdated\b|\bdigiti[sz]ed\b|\bscanned\b|\btranscri"
    r"|\bhtml\b|\bonline\b|\bupload|©|\(c\)|\bcopyright\b|\bretrieved\b|\bnumérisé|\bdigitalisiert|\bmarkup\b|\bproofread"
    r"|\bwww\.|https?://|\bdistributed proofreaders\b|\bmis en ligne\b|\btélécharg|\bmost recently\b",
    re.IGNORECASE,
)
_FIRST_ELECTRONIC = "1971"
"""The year of the first electronic text: nothing printed before was dated by its release."""
_ISSUE = re.compile(
    r"(?:\b(?:no|nos|nr|num|núm|numéro|numero|número|nummer|number|issue|vol|volume|band|bd|jg|jahrgang|année|anno|año|ano"
    r"|series?|номер|выпуск|år|årg|årgang|årgång|rok|ročník|tom|číslo|čís|numer|ausgabe)\b\.?|n[º°]\.?|№)\s*(?:[\divxlc]+\b)"
    r"|\b(?:price|preis|prix|precio|prezzo|preço|prijs|pris|cena|цена|ціна)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_ANY_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_MOST_WINDOW = 9
"""Words of a date within a line."""
_IMPRINT = re.compile(
    r"\b(?:printed|published|imprim|éditions?\b|gedruckt|druck\b|verlag|impreso|imprenta|stampat|tipografia|типография"
    r"|drukarnia|nakład|gedrukt|tryk|tryckt|press\b|sold by)",
    re.IGNORECASE,
)


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
    words = " ".join(text.translate(_FIGURES).split())
    if not 2 < len(words) <= _LONGEST:
        return None
    bare = words.strip("[](){} ").removesuffix(".") if words.count("(") != 1 or words[0] == "(" else words
    found = _read_bare(bare, lang, today) or _read_beside_place(bare, lang, today)
    if found is None and (hour := _find_hour(bare)):
        bare = bare[:hour]
        found = _read_bare(bare, lang, today) or _read_beside_place(bare, lang, today)
    if found and words.startswith("[") and found.edtf != "undated" and found.confidence is Confidence.SURE:
        found = replace(found, confidence=Confidence.LIKELY, remark="it is in square brackets: a later guess?")
    return found and keep_if_valid(found)


_FIGURES = {
    ord(figure): str(value)
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xFF10)
    for value, figure in enumerate(map(chr, range(zero, zero + 10)))
}


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


def is_electronic(text: str, edtf: str = "") -> bool:
    """Return whether a line speaks of an electronic copy, so that a date in or next to it is not the original's."""
    return (not edtf or edtf.lstrip("./")[:4] >= _FIRST_ELECTRONIC) and _ELECTRONIC.search(text) is not None


def read_issue_line(text: str, lang: str, today: str) -> FoundDate | None:
    """Read the date in a masthead's line: `No. 4   May 1926   Price 1d.`; None if the line is no such line."""
    if len(text) > 120 or not _ISSUE.search(text) or is_electronic(text):
        return None
    for part in re.split(r"\s{2,}|\t|\s[-–—|·•*]+\s|(?<=\w)\.\s*[-–—]+\s*|\s*[|;]\s*", text):
        found = read_printed_date(part.strip(" .,"), lang, today)
        if found and found.edtf != "undated" and not _ISSUE.search(part):
            return replace(found, place="")
    return find_date_within(text, lang, today)


def read_imprint(text: str, lang: str, today: str) -> FoundDate | None:
    """Read the date in a printer's or publisher's line of a title page: `Printed for J. Smith, 1793`."""
    if len(text) > 100 or not _IMPRINT.search(text) or is_electronic(text):
        return None
    found = find_date_within(text, lang, today)
    years = _ANY_YEAR.findall(text)
    if found is None and len(years) == 1 and years[0] <= today[:4]:
        found = FoundDate(years[0])
    return found and replace(found, confidence=Confidence.REVIEW, remark="it is the printer’s date")


def find_date_within(text: str, lang: str, today: str) -> FoundDate | None:
    """Find the one date with month and year among other words; None if there is none, or more than one."""
    text = text.translate(_FIGURES)
    words = [(word.start(), word.end()) for word in _WORD.finditer(text)]
    years = [at for at, (start, end) in enumerate(words) if _ANY_YEAR.search(text[start:end])]
    found: list[FoundDate] = []
    for year in years:
        spans = [(a, b) for b in range(year, year + 4) for a in range(max(0, b - _MOST_WINDOW + 1), year + 1)]
        for first, last in sorted(spans, key=lambda span: span[0] - span[1]):
            if last >= len(words):
                continue
            window = text[words[first][0] : words[last][1]].strip(' .,;:!?()[]«»“”"')
            date = _read_bare(window, lang, today)
            if date and len(date.edtf) >= 7 and re.match(r"\d{4}-", date.edtf):
                found.append(date)
                break
    return found[0] if len({date.edtf for date in found}) == 1 else None


def _find_hour(text: str) -> int:
    """Return where an hour at the end of a line begins; 0 if there is none."""
    for match in HOUR.finditer(text):
        if match.end() == len(text) and match.start() > 5:
            return match.start()
    for start in range(5, len(text)):
        if HOUR.fullmatch(text, start):
            return start
    return 0


def _read_bare(text: str, lang: str, today: str) -> FoundDate | None:
    if _UNDATED.fullmatch(text):
        return FoundDate("undated")
    try:
        return FoundDate(parse_date(text).edtf or "undated")
    except ValueError:
        pass
    if found := _read_open(text, lang, today):
        return found
    about = _ABOUT.match(text)
    found = _read_bare(text[about.end() :], lang, today) if about else None
    if found:
        return FoundDate(found.edtf.rstrip("~?") + "~", found.confidence, found.remark)
    return _read_figures(text, today) or _read_words(text, lang, today) or _read_after_prefix(text, lang, today)


def _read_after_prefix(text: str, lang: str, today: str) -> FoundDate | None:
    prefix = _PREFIX.match(text)
    return _read_bare(text[prefix.end() :], lang, today) if prefix and prefix.end() < len(text) else None


def _read_open(text: str, lang: str, today: str) -> FoundDate | None:
    """Read `1917 or earlier` and `not before May 1968`."""
    for form, words in _OPEN.items():
        match = re.fullmatch(words, text, re.IGNORECASE)
        found = match and _read_bare(match[1] or match[2], lang, today)
        if found:
            return FoundDate(form.format(found.edtf), found.confidence, found.remark)
    return None


def _read_beside_place(text: str, lang: str, today: str) -> FoundDate | None:
    """Read `Paris, le 3 mai 1968`, `Chicago, Ill., May 4, 1886` and `3 May 1936, Barcelona`."""
    before, *others = (form.fullmatch(text) for form in (_PLACE, _AFTER_PLACE, _PLACE_AND_ARTICLE))
    for match in filter(None, (before, *others)):
        place, words = match["place"].strip(), match["date"]
        if len(place.split()) > 3 or not place[0].isupper() or re.search(r"\d", place) or _names_time(place, lang):
            continue
        found = _read_bare(words, lang, today)
        second = _TWO_PLACES.fullmatch(words) if not found and match is before else None
        if second and second["state"][0].isupper() and not _names_time(second["state"], lang):
            place, found = f"{place}, {second['state']}", _read_bare(second["date"], lang, today)
        if found is None or found.edtf == "undated" or not (re.search(r"\d", words) or found.edtf.isdigit()):
            continue
        if match.groupdict().get("in"):  # the name of the place is in another case: `V Praze`
            return replace(found, confidence=max(found.confidence, Confidence.LIKELY))
        remark = found.remark or f"“{place}” beside it was taken to be the place"
        return FoundDate(found.edtf, max(found.confidence, Confidence.LIKELY), remark, place)
    return None


def _names_time(place: str, lang: str) -> bool:
    """Return whether a word is a month and no place: `May, 1926`, or a sign of an issue."""
    codes = language_codes(lang)[:2]
    return _ISSUE.search(place) is not None or any(find_month(word, code) for word in place.split() for code in codes)


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
