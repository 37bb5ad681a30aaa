"""The figures of lists, as they are printed: 3, c, iii, 3rd, в."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = {"Letter": "abcdefghijklmnopqrstuvwxyz", "russian": "абвгдежзиклмнопрстуфхцчшщэюя"}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
KNOWN_FIGURES = frozenset(
    "decimal decimalZero lowerLetter upperLetter lowerRoman upperRoman russianLower russianUpper ordinal none".split()
)
"""The forms that `write_figure` knows, by their names in Word."""


def write_figure(form: str, number: int) -> str:
    """Write a number in a form, by its name in Word; in plain figures if it is none of KNOWN_FIGURES."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "ordinal":
        return f"{number}{'th' if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, 'th')}"
    if form not in KNOWN_FIGURES or form == "decimal" or number < 1:
        return str(number)
    if form.endswith("Roman"):
        figure = _write_roman(number)
    else:
        letters = _LETTERS["russian" if form.startswith("russian") else "Letter"]
        figure = letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
    return figure.upper() if "pper" in form else figure


def _write_roman(number: int) -> str:
    roman = ""
    for value, letters in _ROMAN:
        roman += letters * (number // value)
        number %= value
    return roman
