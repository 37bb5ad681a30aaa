"""Make small PDFs for the tests: by Typst as a printer would set them, or line by line where the place matters."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from tests.support.export_inputs import elsewhere

FONTS = {"roman": "Times-Roman", "italic": "Times-Italic", "bold": "Times-Bold", "sans": "Helvetica"}

Placed = tuple[float, float, str] | tuple[float, float, str, float] | tuple[float, float, str, float, str]
"""From the left and from the top in points, the text, its size and its font."""


def typeset_pdf(folder: Path, source: str) -> bytes:
    """Set a text with Typst."""
    file = folder / "set.typ"
    file.write_text(source, encoding="utf-8")
    return bytes(elsewhere(_compile, str(file)))


def _compile(file: str) -> bytes:
    import typst  # here alone: where it is imported, builds work in one process, and Typst's threads bar later forks

    return bytes(typst.compile(file))


def place_lines(
    pages: Sequence[Sequence[Placed]], *, size: tuple[float, float] = (420, 595), before: str = "", rotate: int = 0
) -> bytes:
    """Write each line where it is told; `before` are operators of the page, such as `3 Tr`."""
    pdf = pikepdf.new()
    fonts = {
        f"/{name}": pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name(f"/{font}"),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        for name, font in FONTS.items()
    }
    for lines in pages:
        page = pdf.add_blank_page(page_size=size)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(fonts))
        page.Contents = pdf.make_stream(_write_lines(lines, size[1], before))
        if rotate:
            page.Rotate = rotate
    return save_pdf(pdf)


def _write_lines(lines: Sequence[Placed], height: float, before: str) -> bytes:
    written = [before]
    for line in lines:
        x, y, text = line[:3]
        points = line[3] if len(line) > 3 else 10
        font = line[4] if len(line) > 4 else "roman"
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        written.append(f"BT /{font} {points} Tf 1 0 0 1 {x} {height - y} Tm ({escaped}) Tj ET")
    return "\n".join(written).encode("cp1252")


def save_pdf(pdf: pikepdf.Pdf, **options: object) -> bytes:
    """Return the bytes of a PDF."""
    written = io.BytesIO()
    pdf.save(written, **options)
    return written.getvalue()


def flow(text: str, x: float, y: float, width: int, *, size: float = 10, step: float = 12) -> list[Placed]:
    """Break a text into lines of at most `width` characters, one below the other."""
    lines: list[str] = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [(x, y + step * at, line, size) for at, line in enumerate(lines)]
