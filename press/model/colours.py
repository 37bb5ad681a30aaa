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


def write_hues(own: Mapping[str, str]) -> str:
    """Write the rules of all colours: `[data-hue="0"] { --hue: #a84a3f; }`."""
    named = {**{str(number): colour for number, colour in enumerate(HUES)}}
    named |= {make_slug(category): colour for category, colour in own.items()}
    return "\n".join(f'[data-hue="{name}"] {{ --hue: {colour}; }}' for name, colour in named.items())


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, by the formula of WCAG 2.2."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def describe_wrong_colours(value: object) -> str:
    """Return what is wrong with the setting CATEGORY_COLOURS and what to write instead; "" if it is right."""
    if not isinstance(value, Mapping) or not all(isinstance(name, str) and make_slug(name) for name in value):
        return ". Write names of categories with colours: {'Letters': '#2f7a57'}."
    for category, colour in value.items():
        if not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            return f": “{colour}” of “{category}” is not a colour. Write # and six digits, such as {HUES[1]}."
        least = min(contrast(colour, paper) for paper in BACKGROUNDS)
        if least < LEAST_CONTRAST:
            return (
                f": “{colour}” of “{category}” has a contrast of {least:.1f} on one of the two backgrounds, and "
                f"{LEAST_CONTRAST:.0f} is the least. Write one between light and dark, such as {HUES[1]}."
            )
    return ""


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
