"""Dates in words: day, month, year, and spans of them, in the order of any language.

Each word of a line becomes one letter for what it may be, and the letters must be one of the forms below; a word that
is nothing of a date makes the line no date.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from press.editor.importing import date_words
from press.editor.importing.date_words import fold

_TOKEN = re.compile(r"y\d\d(?!\w)|\d+|" + date_words.LETTERS + r"|[-–—/()&.']|[^\s]")
_ORDINAL = re.compile(
    r"(?<![\d.])(\d{1,2})\s?(?:st|nd|rd|th|er|\.[º°]|ère|ere|re|eme|ème|e|º|ª|°|o|te|ten|ter|de|:e|:a|a|i"
    r"|[-‑]?(?:го|е|ого|я|й|га|ше|те)|[-‑](?:án|én|ik|a|e|i|ja|je|jén|ján|ei))\.?(?=[\s,–—-]|$)",
    re.IGNORECASE,
)
_YEAR_ENDING = re.compile(
    r"(?<!\d)(\d{4})(?:[-‑]?(?:ban|ben|os|es|as|ös|ko|an)|\s?(?:гг?|рр?|r|p|m)\.?)(?=[\s,.]|$)", re.IGNORECASE
)
_APOSTROPHE_YEAR = re.compile(r"['’](\d\d)(?!\d)")
_ROMAN_FIRST = re.compile(r"^I[°º]?\s")
"""`I Maggio`, as Italian papers print the first of May."""
_INITIAL = re.compile(r"[A-Z]\.\s?[^\W\d_]")
"""`A. May 1936` is signed, not dated."""
_ROMAN_MONTHS = {name: at for at, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), start=1)}
_MOST_TOKENS = 16
_MOST_READINGS = 64
_SHIFTS = range(9, 14)
"""Days between the old and the new style, from the sixteenth century to the twentieth, and the day counted twice."""


@dataclass(frozen=True, slots=True)
class WordDate:
    """A date read from words: its EDTF form, the language of its month, and what is to be said of it."""

    edtf: str
    code: str
    remark: str = ""
    is_exact: bool = True
    """Whether it says all that is printed; otherwise it is to be reviewed."""
    is_span: bool = False
    wrong_weekday: date | None = None
    short_year: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: int = 0
    text: str = ""


@functools.lru_cache(maxsize=1000)
def read_word_date(text: str, lang: str) -> WordDate | None:
    """Read a date that names its month or season and has its year; return None if any word is not of a date.

    Each language is tried by itself, the text's own first; a month that two other languages read differently is none.
    """
    text = _ROMAN_FIRST.sub("1 ", text) if lang == "it" else text
    text = _APOSTROPHE_YEAR.sub(r" y\1 ", _YEAR_ENDING.sub(r"\1 ", _ORDINAL.sub(r"\1 ", text)))
    tokens = _TOKEN.findall(text)
    if (
        not 2 <= len(tokens) <= _MOST_TOKENS
        or _INITIAL.match(text)
        or not any(re.search(r"\d", token) for token in tokens)
    ):
        return None
    codes = date_words.language_codes(lang)
    for code in codes[:2]:
        if found := _read_in(tokens, code, is_own=code == codes[0]):
            return found
    others = [found for code in codes[2:] if (found := _read_in(tokens, code))]
    return others[0] if len({found.edtf for found in others}) == 1 else None


def _read_in(tokens: list[str], code: str, *, is_own: bool = False) -> WordDate | None:
    choices = []
    for token in tokens:
        choices.append(list(_classify(token, code, is_own)))
        if not choices[-1]:
            return None
    if tokens[0].lower() == "the" and not any(token.kind == "D" for of in choices for token in of):
        return None  # the march of 1936, the spring of 1968
    for reading in itertools.islice(itertools.product(*choices), _MOST_READINGS):
        kept = [token for token in reading if token.kind not in "f"]
        weekdays = {token.value for token in kept if token.kind == "W"}
        kept = [token for token in kept if token.kind != "W"]
        is_part = bool(kept) and kept[0].kind == "p"
        kept = kept[1:] if is_part else kept
        if is_part and [token.kind for token in kept if token.kind != "-"] == ["Y"]:
            return _finish(_Match(f"{kept[-1].value}"), code, weekdays, is_part)
        found = _match_form(kept)
        if found:
            return _finish(found, code, weekdays, is_part)
    return None


def _classify(token: str, code: str, is_own: bool) -> Iterator[_Token]:
    """Yield what a word may be: D day, M month, R Roman month, Y year, y short year, W weekday, S season, - and /."""
    word = fold(token)
    if token.isdecimal():
        number = int(token)
        if len(token) == 4 and 1400 <= number <= 2099:
            yield _Token("Y", number)
        elif len(token) <= 2 and 1 <= number <= 31:
            yield _Token("D", number, token)
        if len(token) == 2:
            yield _Token("y", number, token)
        return
    if re.fullmatch(r"y\d\d", word):
        yield _Token("y", int(word[1:]), word[1:])
        return
    month = date_words.find_month(token, code, with_endings=is_own)
    if month and not (code == "en" and token.islower()):
        yield _Token("M", month)
    if season := date_words.find_season(token):
        yield _Token("S", season)
    yield from (_Token("W", day) for day in sorted(date_words.weekday_numbers(token, code)))
    if word in _ROMAN_MONTHS and token.isupper():
        yield _Token("R", _ROMAN_MONTHS[word])
    if word in _FIRST:
        yield _Token("D", 1, "01")
    if word in _PARTS:
        yield _Token("p")
    if word in _CONNECTORS:
        yield _Token("-")
    if token in "/()":
        yield _Token("/")
    if word in _SMALL or token in ".'’,":
        yield _Token("f")


_FIRST, _PARTS = frozenset(map(fold, date_words.FIRST_OF_MONTH)), frozenset(map(fold, date_words.PART_OF_TIME))
_CONNECTORS = frozenset(map(fold, date_words.SPAN_WORDS))
_SMALL = frozenset(map(fold, date_words.FILLERS | date_words.YEAR_WORDS))


def _day(year: int, month: int, day: int) -> str:
    return date(year, month, day).isoformat()


def _month(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def _season(year: int, season: int) -> str:
    return f"{year:04d}-{season}"


_SINGLE: dict[str, Callable[..., str]] = {
    "DMY": lambda d, m, y: _day(y, m, d),
    "DRY": lambda d, m, y: _day(y, m, d),
    "MDY": lambda m, d, y: _day(y, m, d),
    "YMD": _day,
    "YDM": lambda y, d, m: _day(y, m, d),
    "D-MY": lambda d, m, y: _day(y, m, d),
    "D-M-Y": lambda d, m, y: _day(y, m, d),
    "D-R-Y": lambda d, m, y: _day(y, m, d),
    "D/R/Y": lambda d, m, y: _day(y, m, d),
    "D/M/Y": lambda d, m, y: _day(y, m, d),
    "M-Y": lambda m, y: _month(y, m),
    "MY": lambda m, y: _month(y, m),
    "M/Y": lambda m, y: _month(y, m),
    "YM": _month,
    "Y-M": _month,
    "SY": lambda s, y: _season(y, s),
    "YS": _season,
}
"""For each form of one date, how its parts, as numbers, become EDTF."""
_SPANS: dict[str, Callable[..., tuple[str, str]]] = {
    "D-DMY": lambda a, b, m, y: (_day(y, m, a), _day(y, m, b)),
    "MD-DY": lambda m, a, b, y: (_day(y, m, a), _day(y, m, b)),
    "YMD-D": lambda y, m, a, b: (_day(y, m, a), _day(y, m, b)),
    "DM-DMY": lambda a, m, b, n, y: (_day(y, m, a), _day(y, n, b)),
    "MD-MDY": lambda m, a, n, b, y: (_day(y, m, a), _day(y, n, b)),
    "YMD-MD": lambda y, m, a, n, b: (_day(y, m, a), _day(y, n, b)),
    "DMY-DMY": lambda a, m, y, b, n, z: (_day(y, m, a), _day(z, n, b)),
    "MDY-MDY": lambda m, a, y, n, b, z: (_day(y, m, a), _day(z, n, b)),
    "M-MY": lambda m, n, y: (_month(y, m), _month(y, n)),
    "M/MY": lambda m, n, y: (_month(y, m), _month(y, n)),
    "YM-M": lambda y, m, n: (_month(y, m), _month(y, n)),
    "MY-MY": lambda m, y, n, z: (_month(y, m), _month(z, n)),
    "S-SY": lambda s, t, y: (_season(y, s), _season(y, t)),
    "S/SY": lambda s, t, y: (_season(y, s), _season(y, t)),
    "SY-SY": lambda s, y, t, z: (_season(y, s), _season(z, t)),
}
"""For each form of a span, its two ends."""
_DOUBLE = {
    "D/DMY": "abmy",
    "MD/DY": "maby",
    "DM/DMY": "ambny",
    "DM/DM/Y": "ambny",
    "MD/MDY": "manby",
    "D/D/MY": "abmy",
}
"""For each form of a date in old and new style: a and b are the days, m and n the months."""


@dataclass(frozen=True, slots=True)
class _Match:
    edtf: str
    first: str = ""
    """The day that a weekday is compared with."""
    remark: str = ""
    is_exact: bool = True
    is_span: bool = False
    short_year: str = ""


def _match_form(tokens: list[_Token]) -> _Match | None:
    form, values = (
        "".join(token.kind for token in tokens),
        [token.value for token in tokens if token.kind not in "-/"],
    )
    try:
        if form in _SINGLE:
            return _Match(single := _SINGLE[form](*values), single)
        if form in _SPANS:
            first, last = _SPANS[form](*values)
            return _Match(f"{first}/{last}", first, is_span=True) if first < last else None
        if form in _DOUBLE:
            return _read_double(dict(zip(_DOUBLE[form], values, strict=True)))
        if form in ("SY/y", "SY-y", "SY/Y", "SY-Y") and (values[1] + 1 - values[2]) % 100 == 0:
            return _Match(
                _season(values[1], values[0]), remark="it began in the first of the two years", is_span=True
            )
        return _read_short_year(form, tokens)
    except ValueError:  # a day that does not exist
        return None


def _read_short_year(form: str, tokens: list[_Token]) -> _Match | None:
    """Read a year of two figures as of the twentieth century, which the caller sets right."""
    last = tokens[-1] if tokens else _Token("")
    full = f"{form[:-1]}Y"
    if form[-1:] != "y" or full not in _SINGLE or full in ("M-Y", "Y-M") or not last.text:
        return None
    values = [token.value for token in tokens[:-1] if token.kind not in "-/"]
    edtf = _SINGLE[full](*values, 1900 + last.value)
    return _Match(edtf, short_year=last.text, is_exact=False)


def _read_double(parts: dict[str, int]) -> _Match | None:
    """Read `11/24 January 1905`: the same day in old and new style, or two days that follow each other."""
    first = date(parts["y"], parts["m"], parts["a"])
    last = date(parts["y"], parts.get("n", parts["m"]), parts["b"])
    days = (last - first).days
    if days in _SHIFTS:
        return _Match(last.isoformat(), remark=f"the new style; in the old it is {first}", is_exact=False)
    return _Match(f"{first}/{last}", first.isoformat(), is_span=True) if days == 1 else None


def _finish(found: _Match, code: str, weekdays: set[int], is_part: bool) -> WordDate | None:
    """Add to a date what its weekday and a word like `early` say."""
    if weekdays and (len(found.first) != 10 and not found.short_year):
        return None if len(found.edtf) < 10 else WordDate(found.edtf, code, found.remark, found.is_exact)
    wrong = None
    if weekdays and found.first and len(found.edtf) == 10:
        day = date.fromisoformat(found.first)
        wrong = day if day.weekday() not in weekdays else None
    remark = found.remark
    if is_part:
        if len(found.edtf) > 7:
            return None
        remark = "only a part of it is meant: the archive's dates cannot say which"
    exact = found.is_exact and not is_part
    return WordDate(found.edtf, code, remark, exact, found.is_span, wrong, found.short_year)
