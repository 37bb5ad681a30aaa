"""The pictures of a text: which an export can show and in what form, and which are too large or damaged."""

from __future__ import annotations

import base64
import io
from pathlib import Path, PurePosixPath

from press.exports.export_input import Picture
from press.pictures.measure import Unfit, measure_picture

MEDIA_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""The formats that every EPUB reader shows (EPUB 3.3, core media types); Typst reads the same ones."""

_CONVERTED = {".avif": ".jpg"}
"""The formats that neither can show, and what exports have in their place."""

MAX_BYTES = 20_000_000


def form_of(path: str) -> str:
    """Return the extension of a picture in exports, or "" if they cannot show it: `images/a.AVIF` becomes `.jpg`."""
    suffix = PurePosixPath(path).suffix.lower()
    suffix = _CONVERTED.get(suffix, suffix)
    return suffix if suffix in MEDIA_TYPES else ""


def is_converted(path: str) -> bool:
    """Tell whether exports have a picture in another format than its own."""
    return PurePosixPath(path).suffix.lower() in _CONVERTED


def read_picture(picture: Picture, content: str) -> bytes:
    """Return the bytes of a picture in the format that `form_of` names."""
    data = Path(content, picture.path).read_bytes()
    return _convert(data) if is_converted(picture.path) else data


def wrap_picture(picture: Picture, content: str) -> str:
    """Return a converted picture inside an SVG: Typst is given data as text, never as bytes."""
    from PIL import Image

    data = read_picture(picture, content)
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
    url = f"data:{MEDIA_TYPES[form_of(picture.path)]};base64,{base64.b64encode(data).decode()}"
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{url}"/></svg>'


def _convert(data: bytes) -> bytes:
    """Convert a picture to JPEG; what is transparent becomes white, like the paper."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        shown = image.convert("RGBA")
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    made = io.BytesIO()
    paper.convert("RGB").save(made, "JPEG", quality=90)
    return made.getvalue()


def judge_picture(picture: Picture, content: str) -> str:
    """Say why a picture cannot be in an export; return "" if it can."""
    file = Path(content, picture.path)
    size = file.stat().st_size
    if size > MAX_BYTES:
        return f"has {size:,} bytes. Make it smaller: the limit is {MAX_BYTES:,}."
    if form_of(picture.path) not in ("", ".svg"):
        try:
            measure_picture(file.read_bytes(), file.suffix.lower())
        except Unfit as unfit:
            return str(unfit)
    return ""
