"""From the address that a browser asks for to a file of the site, and never to any other."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

_TYPES = mimetypes.MimeTypes()  # Python's own table, and not the machine's, which differs from place to place
for _ending, _type in {
    ".avif": "image/avif",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".js": "text/javascript",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    _TYPES.add_type(_type, _ending)


def path_of(address: str) -> str:
    """Cut what a browser adds to the address of a page: `/search/?q=calm` becomes `/search/`."""
    return address.partition("?")[0]


def find_file(site: Path, address: str) -> Path | None:
    """Give the file of the site for an address: `/2006/` becomes `<site>/2006/index.html`; None where there is none.

    Nothing outside `site` is ever given, whether asked for by `..`, by an encoded `%2e%2e` or by way of a link.
    """
    *folders, name = unquote(path_of(address), errors="replace").removeprefix("/").split("/")
    parts = [*folders, name or "index.html"]
    if any(part in ("", ".", "..") or "\\" in part or not part.isprintable() for part in parts):
        return None
    file = site.joinpath(*parts)
    try:
        whole = file.resolve(strict=True)
    except (OSError, RuntimeError):  # not there, or a loop of links
        return None
    return file if whole.is_relative_to(site.resolve()) and whole.is_file() else None


def add_slash(site: Path, address: str) -> str | None:
    """Give the address of a page asked for without its last slash: `/2006` becomes `/2006/`; else None."""
    whole = f"{path_of(address)}/"
    return whole if find_file(site, whole) else None


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
    source = before.get(path_of(address))
    return next((url for url, text in now.items() if text == source), None) if source else None
