"""Smaller versions of a picture, for small screens: the same bytes for the same picture.

A JPEG stays a JPEG. Everything else becomes WebP, which is smaller and may be transparent, and which every browser
shows since 2020. Colour profiles are kept; CMYK and grey ones become sRGB.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (480, 960, 1600)
"""For a phone, a tablet, and a fine screen."""

_WORTH = 1.2
"""How much wider than its smaller version a picture has to be."""

_TALLEST = 16_383
"""The most pixels on a side of a WebP."""

QUALITY = 82


def list_widths(width: int, height: int) -> tuple[tuple[int, int], ...]:
    """Return the width and height of each smaller version that a picture of this size has."""
    sizes = ((narrow, max(1, round(height * narrow / width))) for narrow in WIDTHS if narrow * _WORTH <= width)
    return tuple((narrow, low) for narrow, low in sizes if low <= _TALLEST)


def suffix_of_smaller(suffix: str) -> str:
    """Return the suffix of the smaller versions of a picture with this one: `.png` gives `.webp`."""
    return suffix if suffix in (".jpg", ".jpeg") else ".webp"


def make_smaller(data: bytes, suffix: str, width: int, height: int) -> bytes:
    """Return a picture in this size, upright, without metadata."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as opened:
            opened.draft(opened.mode, (2 * max(width, height), 2 * max(width, height)))
            profile = opened.info.get("icc_profile") or b""
            plain, profile = _make_plain(ImageOps.exif_transpose(opened), profile)
    small = plain.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    made = io.BytesIO()
    if suffix_of_smaller(suffix) == ".webp":
        small.save(made, "WEBP", quality=QUALITY, method=4, icc_profile=profile)
    else:
        small.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True, icc_profile=profile)
    return made.getvalue()


def _make_plain(image: Image, profile: bytes) -> tuple[Image, bytes]:
    """Return a picture in a mode that both formats know, with the colour profile that then holds."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if profile and profile[16:20] != b"RGB ":
        return _make_srgb(image, profile), b""
    if image.has_transparency_data:
        return image.convert("RGBA"), profile
    return (image if image.mode in ("L", "RGB") else image.convert("L" if image.mode == "1" else "RGB")), profile


def _make_srgb(image: Image, profile: bytes) -> Image:
    from PIL import ImageCms

    clear = image.has_transparency_data
    if not clear and image.mode in ("CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if made is not None:
                return made
        except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that nobody can read
            pass
    return image.convert("RGBA" if clear else "RGB")
