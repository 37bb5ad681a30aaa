"""The pictures of a document: checked, named for its leaflet, described."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from urllib.parse import unquote

from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.escaping import escape_inline

_KEPT = {"PNG": ".png", "JPEG": ".jpg", "MPO": ".jpg", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif"}
"""What is kept as it is, by Pillow's names of formats."""
_CHANGED = ("BMP", "TIFF", "PPM", "PCX", "DIB")
_MOST_PIXELS = 100_000_000
_PLACE = "{static}/images/"
"""What comes before the name of a picture in a leaflet."""


class PictureShelf:
    """Takes the pictures that a text shows, each under a name; names what cannot be taken."""

    def __init__(self, sources: Mapping[str, bytes], descriptions: Mapping[str, str]) -> None:
        self._sources, self._descriptions = sources, descriptions
        self.taken: dict[str, bytes] = {}
        self.notes: list[Note] = []
        self._names: dict[str, str] = {}

    def take(self, source: str, alt: str) -> str:
        """Return a picture as Markdown, or an empty string if it cannot be shown."""
        data = self._sources.get(source) or self._sources.get(unquote(source), b"")
        if not data:
            self._remark(f"the picture “{source[:80]}” is not in the file, and was left out. Add it by hand")
            return ""
        name = self._name(data)
        if not name:
            self._remark(f"the picture “{source[:80]}” is of a kind that pages cannot show, and was left out")
            return ""
        alt = self._descriptions.get(source, "") or ("" if alt == "image" else alt)  # so pandoc calls those of RTF
        if not alt:
            self._remark(f"{name} has no description. Write what it shows between the brackets")
        return f"![{_escape_alt(alt)}]({_PLACE}{name})"

    def _name(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._names:
            suffix, kept = _read_picture(data)
            self._names[digest] = f"picture-{len(self.taken) + 1}{suffix}" if suffix else ""
            if suffix:
                self.taken[self._names[digest]] = kept
        return self._names[digest]

    def _remark(self, message: str) -> None:
        self.notes.append(Note("pictures", message, Confidence.REVIEW))


def _escape_alt(alt: str) -> str:
    return escape_inline(" ".join(alt.split())).replace("]", "\\]")


def _read_picture(data: bytes) -> tuple[str, bytes]:
    """Return the ending and the bytes that a picture has in the archive; an empty ending if it cannot be read."""
    from PIL import Image  # only a document with pictures needs it

    try:
        with Image.open(io.BytesIO(data)) as picture:
            form, size = str(picture.format), picture.size
            if size[0] * size[1] > _MOST_PIXELS:
                return "", b""
            if form in _KEPT:
                return _KEPT[form], data
            if form not in _CHANGED:
                return "", b""
            made = io.BytesIO()
            picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(made, "PNG")
            return ".png", made.getvalue()
    except Exception:  # Pillow raises anything for a damaged picture
        return "", b""
