"""The colours of an archive for its light and its dark scheme: what it chooses, what follows from that, the contrast.

An archive chooses a background, a colour of text and one of links. The others are mixed from these, and every pair
that the theme sets is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from press.model.colours import BACKGROUNDS, contrast, mix

TEXT_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3."""

CHOSEN = {"background": "paper", "text": "ink", "link": "link"}
"""What an archive may choose, and the property in theme/static/css/tokens.css that has it."""

_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_STEPS = 100
_EXAMPLE = "{'light': {'background': '#fffdf8', 'text': '#1e1b17', 'link': '#7a1f1f'}}"


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of one scheme, named as in theme/static/css/tokens.css."""

    paper: str
    ink: str
    link: str
    soft: str
    """Text that matters less, and the borders of fields."""
    rule: str
    """Lines that only decorate."""
    mark: str
    """Behind code, buttons, and the paragraph that a link led to."""
    found: str
    """Behind the words that were searched for."""


THEME_SCHEMES: Mapping[str, Scheme] = {
    "light": Scheme(BACKGROUNDS[0], "#1e1b17", "#8f1d14", "#544c43", "#d9d1c3", "#f1e9d8", "#f5e2a6"),
    "dark": Scheme(BACKGROUNDS[1], "#e6e0d6", "#f0a08f", "#b9afa0", "#423c34", "#2b2721", "#4d4017"),
}
"""Those of the theme."""

_YELLOW = {"light": "#efcb58", "dark": "#816924"}
_ENDS = {"light": "#000000", "dark": "#ffffff"}
"""Where text of a scheme has the most contrast."""

_TINTS = {"paper": "the background", "mark": "the tint of code and buttons", "found": "the tint of found words"}
_GROUNDS = {"light": "lighter", "dark": "darker"}


def describe_wrong_schemes(value: object) -> str:
    """Return what is wrong with the setting LEAFLETS_COLOURS and what to write instead; "" if it is right."""
    rows: Mapping[Any, Any] = value if isinstance(value, Mapping) else {"": value}
    if not set(rows) <= THEME_SCHEMES.keys() or not all(isinstance(row, Mapping) for row in rows.values()):
        return f". Write colours for light, dark or both: {_EXAMPLE}."
    return next((wrong for name, row in rows.items() if (wrong := _describe_wrong_row(name, row))), "")


def _describe_wrong_row(name: str, row: Mapping[object, object]) -> str:
    for part, colour in row.items():
        if part not in CHOSEN:
            return f": “{part}” of “{name}” is not a colour of the theme. Write background, text or link."
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            return (
                f": “{colour}” as the {part} of “{name}” is not a colour. Write # and six digits, as #7a1f1f, or # "
                "and three."
            )
    chosen = {str(part): str(colour) for part, colour in row.items()}
    scheme = make_scheme(name, chosen)
    if (contrast(scheme.paper, "#000000") > contrast(scheme.ink, "#000000")) != (name == "light"):
        return (
            f": the background “{scheme.paper}” of “{name}” is not {_GROUNDS[name]} than the text “{scheme.ink}”. "
            "Exchange the two, or write both."
        )
    return next(_find_low_contrast(name, chosen), "")


def _find_low_contrast(name: str, chosen: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for the text and for the links if one is hard to read on any of its grounds."""
    scheme = make_scheme(name, chosen)
    for part, token in (("text", "ink"), ("link", "link")):
        least, ground = _least_contrast(scheme, token)
        if least < TEXT_CONTRAST:
            shown = int(least * 100) / 100  # rounded down: 4.496 is not 4.5
            yield (
                f": the {part} “{getattr(scheme, token)}” of “{name}” has a contrast of {shown:.2f} on "
                f"{_TINTS[ground]} “{getattr(scheme, ground)}”, and {TEXT_CONTRAST} is the least. "
                f"{_propose(name, chosen, part)}"
            )


def _least_contrast(scheme: Scheme, token: str) -> tuple[float, str]:
    """Return the least contrast of a colour on the grounds that it stands on, and which ground that is.

    Soft text stands on them too; it is mixed to pass wherever text does.
    """
    colour = getattr(scheme, token)
    return min((contrast(colour, getattr(scheme, ground)), ground) for ground in _TINTS)


def _propose(name: str, chosen: Mapping[str, str], part: str) -> str:
    """Return what to write instead: the nearest darker or lighter colour that passes, or another background."""
    scheme, token = make_scheme(name, chosen), CHOSEN[part]
    for colour in _approach(getattr(scheme, token), _ENDS[name]):
        if _least_contrast(make_scheme(name, {**chosen, part: colour}), token)[0] >= TEXT_CONTRAST:
            return f"Write '{part}': '{colour}', the nearest that passes."
    far = _ENDS["dark" if name == "light" else "light"]
    ground = next(each for each in _approach(scheme.paper, far) if contrast(each, _ENDS[name]) >= 2 * TEXT_CONTRAST)
    return f"No {part} passes on this background. Write one such as '{ground}'."


def _approach(colour: str, end: str) -> Iterator[str]:
    """Yield colours ever nearer to black or white, and last that."""
    yield from (mix(colour, end, step / _STEPS) for step in range(1, _STEPS + 1))


def make_scheme(name: str, chosen: Mapping[str, str]) -> Scheme:
    """Return the colours of a scheme, `light` or `dark`; those that an archive did not choose follow from the others.

    `chosen` has `background`, `text` and `link`, or some of them, as `#rgb` or `#rrggbb`.
    """
    scheme = replace(THEME_SCHEMES[name], **{CHOSEN[part]: _spell_out(colour) for part, colour in chosen.items()})
    if not chosen.keys() & {"background", "text"}:
        return scheme
    paper, ink = scheme.paper, scheme.ink
    tinted = replace(scheme, mark=mix(paper, ink, 0.07), found=mix(paper, _YELLOW[name], 0.5))
    tinted = replace(tinted, rule=mix(paper, ink, 0.18))
    soft = (mix(ink, paper, share / _STEPS) for share in range(25, 0, -1))
    passing = (each for each in soft if _least_contrast(replace(tinted, soft=each), "soft")[0] >= TEXT_CONTRAST)
    return replace(tinted, soft=next(passing, ink))


def make_schemes(own: Mapping[str, Mapping[str, str]]) -> dict[str, Scheme]:
    """Return the colours of both schemes, given the setting LEAFLETS_COLOURS."""
    return {name: make_scheme(name, own.get(name, {})) for name in THEME_SCHEMES}


def write_schemes(own: Mapping[str, Mapping[str, str]]) -> str:
    """Write an archive’s own colours as custom properties; nothing if it has none.

    They are for screens only, and not for readers who ask for more contrast: the theme has black and white for both.
    """
    if not any(own.values()):
        return ""
    light, dark = make_schemes(own).values()
    names = [field.name for field in fields(Scheme)]
    lines = [f"--{name}: light-dark({getattr(light, name)}, {getattr(dark, name)});" for name in names]
    inner = "\n".join(lines)
    return f"@layer tokens {{\n@media screen and (not (prefers-contrast: more)) {{\n:root {{\n{inner}\n}}\n}}\n}}"


def _spell_out(colour: str) -> str:
    """Return `#rgb` as `#rrggbb`, in lower case."""
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
