"""Dates in signs: the East Asian day, month and year, and years in Roman figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FIGURES = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "元": 1}
_NUMBER = "[〇零○元一二三四五六七八九十廿卅\\d]+"
_EAST_ASIAN = re.compile(
    rf"(?:中華|中华)?(?P<era>西元|西暦|公元|公历|民國|民国|昭和|大正|明治|平成|令和)?\s?(?P<year>{_NUMBER})\s?[年년]"
    rf"(?:\s?(?P<month>{_NUMBER})\s?[月월](?:\s?(?P<day>{_NUMBER})\s?[日号號일])?)?"
)
_ERAS = {"民國": 1911, "民国": 1911, "昭和": 1925, "大正": 1911, "明治": 1867, "平成": 1988, "令和": 2018}
"""The year before the first of each era."""
_ROMAN = re.compile(r"(?:anno\s+)?(M(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4}))", re.IGNORECASE)
_VALUES = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}
_SHORTEST_ROMAN = 5
"""Letters of a year that cannot be a word or an abbreviation: MDCLX, not MIX."""


@dataclass(frozen=True, slots=True)
class SignDate:
    """A date that was read from signs, and a remark where its year was counted from an era."""

    edtf: str
    remark: str = ""


def read_sign_date(text: str) -> SignDate | None:
    """Read `1936年5月3日`, `一九三六年五月`, `昭和11年`, `1936년 5월 3일`; None if the text is no such date."""
    match = _EAST_ASIAN.fullmatch(text)
    if not match:
        return None
    year, before = _read_number(match["year"]), _ERAS.get(match["era"] or "", 0)
    if not 1400 <= year + before <= 2099 or (not before and len(match["year"]) != 4):
        return None
    parts = [_read_number(match[part]) for part in ("month", "day") if match[part]]
    edtf = "-".join([f"{year + before:04d}", *(f"{part:02d}" for part in parts)])
    return SignDate(edtf, f"counted from the era {match['era']}" if before else "")


def _read_number(signs: str) -> int:
    """Read a number in figures or in Chinese signs: `二十三`, `廿三` and `23` are 23."""
    if signs.isdigit() and signs.isascii():
        return int(signs)
    signs = signs.replace("廿", "二十").replace("卅", "三十")
    if "十" not in signs:
        return int("".join(str(_FIGURES.get(sign, sign)) for sign in signs))
    tens, _, ones = signs.partition("十")
    return 10 * _FIGURES.get(tens, 1) + _FIGURES.get(ones, 0)


def read_roman_year(text: str) -> str:
    """Read a year in Roman figures: `MDCCXCIII` is 1793; return an empty string for any other text."""
    match = _ROMAN.fullmatch(re.sub(r"(?<=[MDCLXVI])\.\s?", "", text.strip(), flags=re.IGNORECASE))
    if not match or len(match[1]) < _SHORTEST_ROMAN or match[1] not in (match[1].upper(), match[1].lower()):
        return ""
    values = [_VALUES[letter] for letter in match[1].upper()]
    year = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return str(year) if 1400 <= year <= 2099 else ""
