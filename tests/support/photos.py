"""Photos as cameras and programs leave them: with places, devices and people in their metadata."""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

SECRET = b"SECRETCAM"
"""What every kind of metadata contains, and no published file may."""

FORMATS = {".jpg": "JPEG", ".png": "PNG", ".gif": "GIF", ".webp": "WEBP", ".avif": "AVIF"}

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def draw(width: int = 90, height: int = 60, fill: Any = (120, 160, 180)) -> Image.Image:
    """Draw a picture with a red square at its top left."""
    image = Image.new("RGB", (width, height), fill)
    ImageDraw.Draw(image).rectangle((0, 0, width // 3, height // 3), fill=(255, 0, 0))
    return image


def photo(suffix: str, turn: int = 1, size: tuple[int, int] = (90, 60)) -> bytes:
    """Return a photo in the format of a suffix, turned by the value of Exif’s orientation."""
    words, made, form = SECRET.decode(), io.BytesIO(), FORMATS[suffix]
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = f"{words} device", f"{words} person", turn
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (51.0, 30.0, 26.0), words
    exif.get_ifd(0x8769)[0x927C] = SECRET  # the maker's note
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{words}</x:xmpmeta>".encode()
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", words)
    info.add_text("Comment", words, zip=False)
    info.add_itxt("XML:com.adobe.xmp", words)
    more: dict[str, Any] = {
        "JPEG": {"exif": exif, "xmp": xmp, "comment": SECRET},
        "PNG": {"exif": exif, "pnginfo": info},
        "GIF": {"comment": SECRET},
        "WEBP": {"exif": exif, "xmp": xmp, "lossless": True},
        "AVIF": {"exif": exif, "xmp": xmp},
    }[form]
    draw(*size).save(made, form, **more, **({} if form == "GIF" else {"icc_profile": PROFILE}))
    return _add_iptc(made.getvalue()) if form == "JPEG" else made.getvalue()


def _add_iptc(data: bytes) -> bytes:
    body = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(SECRET) + 5)
    body += b"\x1c\x02\x50" + struct.pack(">H", len(SECRET)) + SECRET
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + data[2:]


def with_thumbnail(data: bytes) -> bytes:
    """Give a JPEG a thumbnail of three pixels in its first segment (JFIF 1.02)."""
    at = data.index(b"\xff\xe0")
    body = data[at + 4 : at + 16] + b"\x03\x01" + b"THUMBNAIL"
    return data[:2] + b"\xff\xe0" + struct.pack(">H", len(body) + 2) + body + data[at + 18 :]
