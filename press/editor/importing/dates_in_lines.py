"""Dates within lines that say more: a masthead, a printer's line, a title; and lines of electronic copies."""

from __future__ import annotations

import re
from dataclasses import replace

from press.editor.importing.data_model import Confidence
from press.editor.importing.printed_dates import FoundDate, plain_figures, read_bare_date, read_printed_date

_ELECTRONIC = re.compile(
    r"\be-?(?:text|book|doc)s?\b|gutenberg|\brelease (?:date|#)|\breleased?:|\bposted\b"
    r"|\bupdated\b|\bdigiti[sz]ed\b|\bscanned\b|\btranscri|\bhtml\b|\bonline\b|\bupload|©|\(c\)|\bcopyright\b"
    r"|\bretrieved\b|\bnumérisé|\bdigitalisiert|\bmarkup\b|\bproofread"
    r"|\bwww\.|https?://|\bdistributed proofreaders\b|\bmis en ligne\b|\btélécharg|\bmost recently\b",
    re.IGNORECASE,
)
_FIRST_ELECTRONIC = "1971"
"""The year of the first electronic text: nothing printed before was dated by its release."""
_ISSUE = re.compile(
    r"(?:^|[-–—.,;:|·•(]\s*|\s{2,})(?:"
    r"(?:(?:no|nos|nr|num|núm|numéro|numero|número|nummer|number|issue|vol|volume|band|bd|jg|jahrgang|année|anno|año|ano"
    r"|series?|номер|выпуск|år|årg|årgang|årgång|rok|ročník|tom|číslo|čís|numer|ausgabe)\b\.?|n[º°]\.?|№)"
    r"\s*(?!(?:1[4-9]|20)\d\d)[\divxlc]+\b"
    r"|(?:price|preis|prix|precio|prezzo|preço|prijs|pris|cena|цена|ціна)\s*:?\s*(?:\d|[½¼]|one|two|three|six|ein|un|en)\w*)",
    re.IGNORECASE,
)
"""The number or the price of an issue, at the head of a line or behind a mark."""
_LONGEST_ISSUE = 120
_WORD = re.compile(r"\S+")
_ANY_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_MOST_WINDOW = 9
"""Words of a date within a line."""
_IMPRINT = re.compile(
    r"\b(?:printed|published|imprim|éditions?\b|gedruckt|druck\b|verlag|impreso|imprenta|stampat|tipografia|типография"
    r"|drukarnia|nakład|gedrukt|tryk|tryckt|press\b|sold by)",
    re.IGNORECASE,
)


def is_electronic(text: str, edtf: str = "") -> bool:
    """Return whether a line speaks of an electronic copy, so that a date in or next to it is not the original's."""
    return (not edtf or edtf.lstrip("./")[:4] >= _FIRST_ELECTRONIC) and _ELECTRONIC.search(text) is not None


def read_issue_line(text: str, lang: str, today: str) -> FoundDate | None:
    """Read the date in a masthead's line: `No. 4   May 1926   Price 1d.`; None if the line is no such line."""
    if not is_issue_line(text) or is_electronic(text):
        return None
    for part in re.split(r"\s{2,}|\t|\s[-–—|·•*]+\s|(?<=\w)\.\s*[-–—]+\s*|\s*[|;]\s*", text):
        found = read_printed_date(part.strip(" .,"), lang, today)
        if found and found.edtf != "undated" and not _ISSUE.search(part):
            return replace(found, place="")
    return find_date_within(_ISSUE.sub(" | ", text), lang, today)


def is_issue_line(text: str) -> bool:
    """Return whether a line has the number or the price of an issue."""
    return len(text) <= _LONGEST_ISSUE and _ISSUE.search(text) is not None


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
    text = plain_figures(text)
    words = [(word.start(), word.end()) for word in _WORD.finditer(text)]
    years = [at for at, (start, end) in enumerate(words) if _ANY_YEAR.search(text[start:end])]
    spans = {(first, last) for year in years for last in range(year, year + 4) for first in _starts(last, year)}
    found: dict[tuple[int, int], FoundDate] = {}
    for first, last in sorted(spans, key=lambda span: span[0] - span[1]):
        if last >= len(words) or any(a <= last and first <= b for a, b in found):
            continue
        window = text[words[first][0] : words[last][1]].strip(' .,;:!?()[]«»“”"')
        date = read_bare_date(window, lang, today)
        if date and re.match(r"\d{4}-\d\d", date.edtf):
            found[first, last] = date
    return next(iter(found.values())) if len({date.edtf for date in found.values()}) == 1 else None


def _starts(last: int, year: int) -> range:
    """Return where a date may begin that ends with a word and has its year."""
    return range(max(0, last - _MOST_WINDOW + 1), year + 1)
