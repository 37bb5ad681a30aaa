"""What a random archive is made of: words, dates, fields, pictures, and a leaflet as it is written."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

WORDS = ["harbour", "« calm »", "bread and 'salt'", "the USSR -- then", "strike", "L’été « doux »", "A & B"]
DATES = "2006-10-24 2006-10-25 2006-10 2006 1974~ 197X undated 1917-03-08 1918/1920 ../1917".split()
CATEGORIES = ["Letters", "Tracts", "Grève"]
LANGS = ["en", "fr", "de-CH"]
NAMES = ["", "Ada von Ray = Ray, Ada von\n", "A = Luxemburg, R.\nRosa Luxemburg = Luxemburg, R.\n"]
PICTURES = ("images/square.svg", "images/photo.png")
WRITTEN = (1_000_000_000, 1_000_000_000)
"""When every source was written, so that nothing can be known by its time."""


@dataclass(frozen=True)
class Leaflet:
    """The content of a source."""

    name: str
    title: str
    date: str
    body: tuple[str, ...]
    fields: dict[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()
    picture: str = ""

    def write(self, content: Path) -> None:
        lines = [f"Title: {self.title}", f"Slug: {self.name}", f"Date: {self.date}"]
        lines += [f"{key}: {value}" for key, value in sorted(self.fields.items())]
        paragraphs = [*self.body, *(f"See [{name}]({{filename}}{name}.md)." for name in self.links)]
        paragraphs += [f"![A square]({{static}}/{self.picture})"] if self.picture else []
        file = content / f"{self.name}.md"
        file.write_text("\n".join([*lines, "", "\n\n".join(paragraphs), ""]), encoding="utf-8")
        os.utime(file, WRITTEN)


def draw(picture: str, width: int) -> bytes:
    """Return the bytes of one of the PICTURES."""
    if picture.endswith(".svg"):
        shape = f'<rect width="{width}" height="9"/>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{shape}</svg>'.encode()
    file = io.BytesIO()
    Image.new("RGB", (width, 9), (20 * width, 90, 90)).save(file, "PNG")
    return file.getvalue()
