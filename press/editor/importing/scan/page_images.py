"""Pictures of pages: from a PDF, or from files of pictures, in grey and upright, for OCR."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from press.editor.importing.scan.tesseract import ScanFault

RESOLUTION = 300
"""Dots per inch that tesseract reads best."""
_MOST_DOTS = 60_000_000
"""Of one page: a sheet of newspaper at 300 dots per inch."""
_NARROW = 1000
"""Dots: a picture of a page that is narrower is enlarged."""
_MOST_FRAMES = 1000


class PageImage:
    """One page: its picture as bytes that tesseract reads, its size in dots, and its resolution."""

    __slots__ = ("data", "height", "resolution", "width")

    def __init__(self, image: Any, resolution: int) -> None:
        self.width, self.height = image.size
        self.resolution = resolution
        written = io.BytesIO()
        image.save(written, "PPM")
        self.data = written.getvalue()


def turn_image(image: PageImage, turns: int) -> PageImage:
    """Turn a page anticlockwise by so many quarters."""
    from PIL import Image

    with Image.open(io.BytesIO(image.data)) as picture:
        return PageImage(picture.rotate(90 * turns, expand=True), image.resolution)


def draw_page(page: Any) -> PageImage:
    """Draw a page of an open PDF."""
    width, height = page.get_size()
    resolution = float(RESOLUTION)
    while width * height * (resolution / 72) ** 2 > _MOST_DOTS:
        resolution *= 0.8
    return PageImage(page.render(scale=resolution / 72, grayscale=True).to_pil().convert("L"), round(resolution))


def read_images(data: bytes) -> Iterator[PageImage]:
    """Yield the pages of a file with a picture, several for a TIFF of several. Raises ScanFault."""
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if (number and image.format not in ("TIFF", "MPO")) or number >= _MOST_FRAMES:
                    return
                if frame.width * frame.height > _MOST_DOTS:
                    raise ScanFault(f"the picture has {frame.width * frame.height:,} dots. Make it smaller.")
                upright = ImageOps.exif_transpose(frame)
                yield _prepare(upright if upright is not None else frame, frame.info.get("dpi"))
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
    ) as wrong:
        reason = "too large" if isinstance(wrong, Image.DecompressionBombError) else "damaged, or no picture at all"
        raise ScanFault(f"the picture is {reason}. Scan or save it anew.") from None


def _prepare(image: Any, dpi: Any) -> PageImage:
    """Make a picture grey, on white where it is transparent, and large enough to read."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "P", "PA"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    grey = image.point(lambda dot: dot / 256).convert("L") if image.mode.startswith("I;16") else image.convert("L")
    resolution = round(dpi[0]) if isinstance(dpi, tuple) and 100 <= dpi[0] <= 1200 else 0
    if grey.width < _NARROW and grey.width * grey.height < _MOST_DOTS / 4:
        return PageImage(
            grey.resize((2 * grey.width, 2 * grey.height), Image.Resampling.LANCZOS), 2 * (resolution or 150)
        )
    return PageImage(grey, resolution or RESOLUTION)
