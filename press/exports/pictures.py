"""The pictures of a text: which can be shown in a copy, in what form, and which are too large or damaged."""

from __future__ import annotations

import base64
import io
import warnings
from pathlib import Path, PurePosixPath

from press.exports.export_input import Picture

MEDIA_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""The pictures that every EPUB reader shows (EPUB 3.3, core media types); Typst sets the same."""

_TURNED = {".avif": ".jpg"}
"""What neither can show, and the form in which copies have it."""

LARGEST = 20_000_000
"""Bytes."""
MOST_PIXELS = 50_000_000


def form_of(path: str) -> str:
    """Give the ending of the form in which copies show a picture: `images/a.AVIF` becomes `.jpg`; else nothing."""
    suffix = PurePosixPath(path).suffix.lower()
    suffix = _TURNED.get(suffix, suffix)
    return suffix if suffix in MEDIA_TYPES else ""


def is_turned(path: str) -> bool:
    """Tell whether copies show a picture in another form than its own."""
    return PurePosixPath(path).suffix.lower() in _TURNED


def read_picture(picture: Picture, content: str) -> bytes:
    """Give the bytes of a picture in the form that `form_of` names."""
    data = Path(content, picture.path).read_bytes()
    return _turn(data) if is_turned(picture.path) else data


def wrap_picture(picture: Picture, content: str) -> str:
    """Give a turned picture as a drawing that holds it: Typst takes no bytes as data, but text."""
    from PIL import Image

    data = read_picture(picture, content)
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
    held = f"data:{MEDIA_TYPES[form_of(picture.path)]};base64,{base64.b64encode(data).decode()}"
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{held}"/></svg>'


def _turn(data: bytes) -> bytes:
    """Make a JPEG of a picture, on white as paper is."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        shown = image.convert("RGBA")
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    made = io.BytesIO()
    paper.convert("RGB").save(made, "JPEG", quality=90)
    return made.getvalue()


def judge_picture(picture: Picture, content: str) -> str:
    """Say why a picture cannot be in a copy; nothing where it can."""
    file = Path(content, picture.path)
    size = file.stat().st_size
    if size > LARGEST:
        return f"has {size:,} bytes. Make it smaller: {LARGEST:,} is the most."
    return "" if form_of(picture.path) in ("", ".svg") else _judge_pixels(file)


def _judge_pixels(file: Path) -> str:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file) as image:
                width, height = image.size
                if is_turned(file.name) and width * height <= MOST_PIXELS:
                    image.load()  # what is broken farther in; Typst says it of the others
    except Image.DecompressionBombError:
        return f"has more than {MOST_PIXELS:,} pixels. Make it smaller."
    except (OSError, SyntaxError, ValueError):  # SyntaxError is what Pillow calls some damage
        return "is damaged, or is not what its ending says. Save it anew."
    if width * height > MOST_PIXELS:
        return f"has {width:,} × {height:,} pixels. Make it smaller: {MOST_PIXELS:,} in all is the most."
    return ""
