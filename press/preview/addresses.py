"""From the address that a browser asks for to a file of the site, and never to any other."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TYPES = mimetypes.MimeTypes()  # Python's own table, and not the machine's, which differs from place to place
for _ending, _type in {
    ".avif": "image/avif",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    _TYPES.add_type(_type, _ending)


def find_file(site: Path, address: str) -> Path | None:
    """Give the file of the site for an address: `/2006/` becomes `<site>/2006/index.html`; None where there is none.

    Nothing outside `site` is ever given, whether asked for by `..`, by an encoded `%2e%2e` or by way of a link.
    """
    path = unquote(urlsplit(address).path, errors="replace")
    parts = path.removeprefix("/").split("/")
    *folders, name = parts
    if any(part in ("", ".", "..") or "\\" in part or not part.isprintable() for part in [*folders, name or "x"]):
        return None
    file = site.joinpath(*folders, name or "index.html")
    try:
        whole = file.resolve(strict=True)
    except (OSError, RuntimeError):  # not there, or a loop of links
        return None
    return file if whole.is_relative_to(site.resolve()) and whole.is_file() else None


def add_slash(site: Path, address: str) -> str | None:
    """Give the address of a page asked for without its last slash: `/2006` becomes `/2006/`; else None."""
    parts = urlsplit(address)
    if parts.path.endswith("/") or find_file(site, f"{parts.path}/") is None:
        return None
    return f"/{parts.path.lstrip('/')}/" + (f"?{parts.query}" if parts.query else "")


def content_type(name: str) -> str:
    """Name the type of a file by its ending, as a browser is told."""
    kind, packed = _TYPES.guess_type(name)
    if kind is None or packed:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("xml", "javascript")) else kind


def follow(address: str, before: Mapping[str, str], now: Mapping[str, str]) -> str | None:
    """Give the address at which a text stands now that stood at `address` before; None where nothing is known.

    Both map addresses, such as `/leaflets/harbour/`, to sources. A title that is being typed makes a new slug with
    every word; whoever looks at the page goes along with it.
    """
    source = before.get(urlsplit(address).path)
    return next((url for url, text in now.items() if text == source), None) if source else None
