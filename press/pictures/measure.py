"""How large a picture or a drawing is, and why it cannot be published if it cannot."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass

MAX_PIXELS = 50_000_000

DAMAGED = "is damaged, or is not the format that its extension says. Save it again."

_FORMATS = {".avif": "AVIF", ".gif": "GIF", ".jpeg": "JPEG", ".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_SIDEWAYS = range(5, 9)
"""The values of Exif’s orientation that turn a picture by a quarter."""

_ORIENTATION = 0x0112
_LENGTH = re.compile(r"\s*\+?(\d{1,7}(?:\.\d{1,9})?|\.\d{1,9})\s*(px|mm|cm|in|pt|pc)?\s*")
_PIXELS = {"": 1, "px": 1, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "pt": 96 / 72, "pc": 16}
_DRAWN = 1600
"""The width given to a drawing that states only its proportions: wider than any column."""


class Unfit(ValueError):
    """A picture that cannot be published; the message continues “images/a.png …” and says what to do."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height of a picture as it is seen, in pixels, and whether it moves."""

    width: int
    height: int
    moves: bool = False


def measure_picture(data: bytes, suffix: str) -> Size:
    """Return the size of a picture without metadata, after reading every pixel of its first frame. Raises Unfit."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=[_FORMATS[suffix]]) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    raise Unfit(_say_too_many(f"{width:,} × {height:,} pixels"))
                image.load()
                sideways = image.getexif().get(_ORIENTATION) in _SIDEWAYS
                moves = bool(getattr(image, "is_animated", False))
        except Image.DecompressionBombError:
            raise Unfit(_say_too_many("far too many pixels")) from None
        except Unfit:
            raise
        except (OSError, SyntaxError, ValueError, EOFError, IndexError):  # Pillow raises SyntaxError for some damage
            raise Unfit(DAMAGED) from None
    return Size(height, width, moves) if sideways else Size(width, height, moves)


def _say_too_many(pixels: str) -> str:
    return f"has {pixels}. Make it smaller: the limit is {MAX_PIXELS:,} in all."


def measure_drawing(data: bytes) -> Size | None:
    """Return the size that an SVG states in its width and height, or the proportions of its viewBox; else None."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # press/validate/svg.py reports it
        return None
    width, height = (_read_length(root.get(name) or "") for name in ("width", "height"))
    if width and height:
        return Size(max(1, round(width)), max(1, round(height)))
    box = [_read_length(part) for part in re.split(r"[\s,]+", (root.get("viewBox") or "").strip())]
    if len(box) == 4 and box[2] and box[3]:
        wide = width or _DRAWN
        return Size(max(1, round(wide)), max(1, min(round(wide * box[3] / box[2]), 10**6)))
    return None


def _read_length(text: str) -> float:
    """Return a length in pixels; 0 for a percentage or anything else."""
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _PIXELS[found[2] or ""] if found else 0
