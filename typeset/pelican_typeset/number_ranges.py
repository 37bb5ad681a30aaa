"""Tell a range of figures (en dash) from a date, a telephone number or a code (hyphen)."""

from __future__ import annotations

import re
from collections.abc import Iterator

DASH_CHARS = r"\-\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}"  # inside [ ]
APOSTROPHES = r"'\N{RIGHT SINGLE QUOTATION MARK}"  # inside [ ]
# 10,000 or 1.500.000 · 9:30, 2.5 or 2,5 · 1914
NUMBER = r"(?:[0-9]{1,3}(?:[.,][0-9]{3}){1,4}|[0-9]{1,3}[:.,][0-9]{1,2}|[0-9]+)"
# Two numbers with a hyphen between them, and nothing attached to either end.
FIGURES = re.compile(
    rf"""(?<![\w{DASH_CHARS}/\\@\#=+~:%{APOSTROPHES}]) (?<![0-9][.,])
    (?P<first>{NUMBER}) (?P<hyphen>-) (?P<second>{NUMBER})
    (?![\w{DASH_CHARS}/\\@=+~]|[.,:{APOSTROPHES}][0-9]|\.\w)""",
    re.VERBOSE,
)
# Years without their first figures, one or both: '84-'85, '14-18, 1984-'85.
SHORT = rf"[{APOSTROPHES}][0-9]{{2}}"
SHORT_YEARS = re.compile(
    rf"""(?<![\w{DASH_CHARS}/.,:=])(?:(?P<first>{SHORT})(?P<hyphen>-)(?P<second>{SHORT}|[0-9]{{1,2}})
    |(?P<year>1[0-9]{{3}}|20[0-9]{{2}})(?P<dash>-)(?P<later>{SHORT}))(?![\w{DASH_CHARS}/{APOSTROPHES}]|[.,:][0-9])""",
    re.VERBOSE,
)
HAS_RANGE = re.compile(rf"[0-9]-[{APOSTROPHES}]?[0-9]")
UNBROKEN = re.compile(r"\S+")
# A web or mail address, a path, a name with a dot inside: nothing in it changes.
ADDRESS = re.compile(r"://|www\.|@|[^\W\d_](?:/|\.[^\W\d_])|/[^\W\d_]", re.IGNORECASE)
NAME = re.compile(r"[0-9_=$#%&+\\{}<>|]|(?<!-)-(?!-)|\(\w")  # signs of a name such as card__title--big
LONGEST = 100  # how much of a word is read
# A word after which figures are a number to dial or look up; a sign of a sum; another figure.
CODE_BEFORE = re.compile(
    r"""(?:\b(?:tel|phone|telephone|téléphone|tél|telefon|fax|mobile|call|dial|isbn|issn|postcode|zip|plz|model)
    \W*|[=+×÷*/\N{MINUS SIGN}±]\s*|[0-9]\s)$""",
    re.VERBOSE | re.IGNORECASE,
)
# = or × or ÷: a sum; three figures or more: the rest of a telephone number.
CODE_AFTER = re.compile(r"\s*[=×÷]|[^\S\n][0-9]{3}")
# p. pp. pages, S. Seite, с. стр., str., vol., nos., ll., vv., §: the figures after it are counted, not dialled.
PAGES_BEFORE = re.compile(r"(?:\b(?:pp?|pages?|S|Seiten?|с|стр|str|s|vols?|nos?|Nr|ll?|vv?)\.?|§)\s*$", re.IGNORECASE)
YEAR_BEFORE = re.compile(rf"(?<![\w{DASH_CHARS}.,{APOSTROPHES}:/])(1[0-9]{{3}}|20[0-9]{{2}})$")
YEAR_AFTER = re.compile(rf"(1[0-9]{{3}}|20[0-9]{{2}})(?![\w{DASH_CHARS}/{APOSTROPHES}]|[.,:][0-9])")
SHORT_YEAR_BEFORE = re.compile(rf"(?<![\w{DASH_CHARS}/.,:]){SHORT}$")
SHORT_YEAR_NEXT = re.compile(rf"{SHORT}(?![\w{DASH_CHARS}/{APOSTROPHES}])")
SHORT_YEAR_AFTER = re.compile(r"([0-9]{2})(?=[.,;:!?)\]”»“](?![0-9])|$)")
REACH = 24  # how many characters on each side of a hyphen are read


def find_ranges(text: str) -> Iterator[int]:
    """Yield the place of each hyphen in a range of figures: `pp. 10-12`, `1914-18`, `9.30-10.30`.

    Left alone: ISO dates (`2006-10`), numbers with two hyphens (telephone, ISBN), numbers that do not rise
    (`3-1` is a score or a code, which take a hyphen) and everything in an address.
    """
    for word in UNBROKEN.finditer(text) if HAS_RANGE.search(text) else ():
        if "-" not in word[0] or ADDRESS.search(word[0]):
            continue
        for m in FIGURES.finditer(text, *word.span()):
            before = text[max(0, m.start() - REACH) : m.start()]
            if CODE_BEFORE.search(before) or CODE_AFTER.match(text, m.end()):
                continue
            if is_range(m["first"], m["second"], counted=bool(PAGES_BEFORE.search(before))):
                yield m.start("hyphen")
        for m in SHORT_YEARS.finditer(text, *word.span()):
            if not m["first"] or not m["second"].isdecimal() or _rises(m["first"][1:], m["second"]):
                yield m.start("hyphen" if m["hyphen"] else "dash")


def is_in_name(text: str, at: int) -> bool:
    """Return whether the character is within a web or mail address, a path, an option or a name for machines."""
    left, right = text[max(0, at - LONGEST) : at], text[at : at + LONGEST]
    word = re.split(r"\s", left)[-1] + re.split(r"\s", right, maxsplit=1)[0]
    return NAME.search(word) is not None or ADDRESS.search(word) is not None


def is_range(first: str, second: str, *, counted: bool = False) -> bool:
    """Return whether two numbers around a hyphen are a range; `counted` says that a word such as pp. is before them.

    Shortened second numbers (`1914-18`, `1938-9`, `123-5`) follow New Hart's Rules and Chicago.
    """
    if not (first.isdecimal() and second.isdecimal()):
        return _is_range_with_marks(first, second)
    if max(len(first), len(second)) > 4 or (len(first) > 1 and first[0] == "0"):
        return False
    if len(second) < len(first) > 2:
        return _rises(first, second) and (counted or _is_shortened(first, second))
    if second[0] == "0" or int(first) >= int(second):
        return False
    if len(second) == 4 and not counted:
        return len(first) == 4 and int(first) >= 1000 and int(second) < 2200
    return True


def are_years(left: str, right: str) -> bool:
    """Return whether two years are on both sides of a spaced hyphen, the later one last: `1914 - 1918`."""
    first, second = YEAR_BEFORE.search(left), YEAR_AFTER.match(right)
    if first and (short := SHORT_YEAR_AFTER.match(right)):  # 1848 - 50.
        return _rises(first[1], short[1])
    return bool(first and second and int(first[1]) < int(second[1]))


def are_short_years(left: str, right: str) -> bool:
    """Return whether two years without their first figures are on both sides of it: `'68 - '69`."""
    return bool(SHORT_YEAR_BEFORE.search(left) and SHORT_YEAR_NEXT.match(right))


def _rises(first: str, second: str) -> bool:
    return int(first) < int(first[: -len(second)] + second)


def _is_shortened(first: str, second: str) -> bool:
    """Return whether it is like `1914-18` or `123-5`, but not `2006-10`, which is a month in ISO 8601."""
    if second[0] == "0":
        return False
    return len(first) == 3 or (int(first) < 2200 and int(first) >= 1000 and (len(second) == 1 or int(second) > 12))


def _is_range_with_marks(first: str, second: str) -> bool:
    """Return whether it is a range of times, verses, thousands or decimals: `9:30-10:30`, `3:16-18`, `900-1,200`."""
    if ":" in first:
        return ":" in second or second.isdecimal()
    marks = {mark for mark in first if mark in ":.,"}, {mark for mark in second if mark in ":.,"}
    return marks[0] <= marks[1] and ":" not in marks[1] and _value(first) < _value(second)


def _value(number: str) -> float:
    """Read `10,000` as ten thousand and `2,5` as two and a half."""
    whole, _, rest = number.replace(",", ".").partition(".")
    return float(number.replace(",", "").replace(".", "")) if len(rest) >= 3 else float(f"{whole}.{rest or 0}")
