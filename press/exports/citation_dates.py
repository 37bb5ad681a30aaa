"""An original date as citations know dates: with no more exactness than it has."""

from __future__ import annotations

from typing import Any

from press.model.dates import OriginalDate, Precision

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS = {3: 1, 6: 2, 9: 3, 12: 4}  # spring is 1 in CSL, as in EDTF 21
_SEASON_NAMES = ("Spring", "Summer", "Autumn", "Winter")


def _parts(date: OriginalDate) -> list[int]:
    """Give as many of year, month and day as are known; a decade or a century has none."""
    if date.precision is Precision.DAY:
        return [date.first.year, date.first.month, date.first.day]
    if date.precision is Precision.MONTH:
        return [date.first.year, date.first.month]
    return [date.first.year] if date.precision in (Precision.YEAR, Precision.SEASON) else []


def csl_date(date: OriginalDate, said: str) -> dict[str, Any] | None:
    """Give a date for CSL-JSON: parts, `circa`, `season`; words alone for a decade; None for an undated text."""
    if date.precision is Precision.UNDATED:
        return None
    ends = [_parts(end) for end in date.ends or (date,)]
    if not all(ends):
        return {"literal": said}
    value: dict[str, Any] = {"date-parts": ends}
    if date.about or date.doubtful:
        value["circa"] = True
    if date.precision is Precision.SEASON:
        value["season"] = _SEASONS[date.first.month]
    return value


def bibtex_date(date: OriginalDate, said: str) -> list[tuple[str, str]]:
    """Give a date for BibTeX: `year`, `month` and `day`, each with its value as it is written in the file."""
    if date.precision is Precision.UNDATED:
        return [("year", "{n.d.}")]
    exact = not (date.about or date.doubtful or date.ends)
    parts = _parts(date) if exact else []
    if not parts:
        return [("year", f"{{{said.replace(chr(0x2013), '--')}}}")]
    fields = [("year", f"{{{parts[0]}}}")]
    if len(parts) > 1:
        fields.append(("month", _MONTHS[parts[1] - 1]))
    if len(parts) > 2:
        fields.append(("day", f"{{{parts[2]}}}"))
    if date.precision is Precision.SEASON:
        fields.append(("month", f"{{{_SEASON_NAMES[_SEASONS[date.first.month] - 1]}}}"))
    return fields


def ris_date(date: OriginalDate, said: str) -> list[tuple[str, str]]:
    """Give a date for RIS: `PY` where one year is known, and `DA` as year/month/day/words."""
    if date.precision is Precision.UNDATED:
        return []
    parts = _parts(date)
    if not parts:
        return [("DA", f"///{said}")]
    year, month, day = ([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:]), "", ""])[:3]
    vague = date.about or date.doubtful or date.precision is Precision.SEASON
    return [("PY", year), ("DA", f"{year}/{month}/{day}/{said if vague else ''}")]
