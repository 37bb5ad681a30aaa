"""The colour of a category: a quiet mark next to its name, never the only thing that tells it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from press.model.slugs import make_slug

BACKGROUNDS = ("#fbf9f4", "#191714")
"""The backgrounds of the light and of the dark scheme, as in theme/static/css/tokens.css."""

LEAST_CONTRAST = 3.0
"""WCAG 2.2, 1.4.11, for what is not text."""

HUES = ("#a84a3f", "#2f7a57", "#3f6fae", "#96650f", "#8a5a9e", "#4d7a80", "#a8517f", "#6f7138")
"""For categories without a colour of their own; each has the least contrast on both papers."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def hue_of(category: str, own: Mapping[str, str]) -> str:
    """Return the name of a category's colour: its slug if the setting has one for it, else a number from 0."""
    slug = make_slug(category)
    if category in own:
        return slug
    return str(int.from_bytes(hashlib.sha256(slug.encode()).digest()[:4]) % len(HUES))


def write_hues(own: Mapping[str, str], backgrounds: tuple[str, str] = BACKGROUNDS) -> str:
    """Write the rules of all colours: `[data-hue="0"] { --hue: #a84a3f; }`.

    `backgrounds` are those of the light and of the dark scheme. A colour of the press that cannot be seen on one of
    them becomes darker or lighter there; those of the archive were checked.
    """
    named = {str(number): _fit(colour, backgrounds) for number, colour in enumerate(HUES)}
    named |= {make_slug(category): colour for category, colour in own.items()}
    return "\n".join(f'[data-hue="{name}"] {{ --hue: {colour}; }}' for name, colour in named.items())


def _fit(colour: str, backgrounds: tuple[str, str]) -> str:
    """Return a colour for both schemes: itself, or `light-dark(…)` with the nearest that is seen on each."""
    fitting = [
        next(
            (near for step in range(101) if contrast(near := mix(colour, end, step / 100), paper) >= LEAST_CONTRAST),
            end,
        )
        for paper, end in zip(backgrounds, ("#000000", "#ffffff"), strict=True)
    ]
    return colour if fitting == [colour, colour] else f"light-dark({', '.join(fitting)})"


def mix(colour: str, other: str, share: float) -> str:
    """Return a colour mixed with a share, from 0 to 1, of another; both and the result are `#rrggbb`."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(one + (two - one) * share) for one, two in pairs).hex()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, by the formula of WCAG 2.2."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def describe_wrong_colours(value: object) -> str:
    """Return what is wrong with the form of CATEGORY_COLOURS and what to write instead; "" if it is right."""
    if not isinstance(value, Mapping) or not all(isinstance(name, str) and make_slug(name) for name in value):
        return ". Write names of categories with colours: {'Letters': '#2f7a57'}."
    for category, colour in value.items():
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            return f": “{colour}” of “{category}” is not a colour. Write # and six digits, such as {HUES[1]}."
    return ""


def describe_faint_colours(own: Mapping[str, str], backgrounds: tuple[str, str]) -> str:
    """Return which colour of CATEGORY_COLOURS cannot be seen on one of the backgrounds; "" if all can.

    `backgrounds` are those of the light and of the dark scheme.
    """
    for category, colour in own.items():
        least = _least_contrast(colour, backgrounds)
        if least < LEAST_CONTRAST:
            return (
                f": “{colour}” of “{category}” has a contrast of {least:.1f} on one of the two backgrounds, and "
                f"{LEAST_CONTRAST:.0f} is the least. {_propose(backgrounds)}"
            )
    return ""


def _least_contrast(colour: str, backgrounds: tuple[str, str]) -> float:
    return min(contrast(colour, paper) for paper in backgrounds)


def _propose(backgrounds: tuple[str, str]) -> str:
    """Return a sentence with a colour that is seen on both backgrounds, or one that there is none."""
    candidates = [*(HUES[1:] + HUES[:1]), *(mix("#000000", "#ffffff", step / 100) for step in range(101))]
    fits = (each for each in candidates if _least_contrast(each, backgrounds) >= LEAST_CONTRAST)
    colour = next(fits, "")
    if colour:
        return f"Write one between light and dark, such as {colour}."
    return "No colour is seen on both. Delete this, or choose backgrounds that differ more."


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
