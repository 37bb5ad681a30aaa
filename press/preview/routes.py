"""Find the file of the site for the address that a browser asks for, and never any other file."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from press.model.urls import SEARCH_INDEX

_TYPES = mimetypes.MimeTypes()  # Python's own table: the machine's table differs from place to place
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
    """Remove the query from an address: `/search/?q=calm` becomes `/search/`."""
    return address.partition("?")[0]


SEARCH_ROOT = "search"
"""Folder beside the trees with the index of the search below it, which is newer or older than the tree shown."""


def root_of(site: Path, address: str) -> Path:
    """Return the folder in which the file for an address is: the tree that is shown, or that of the search index."""
    return site.parent / SEARCH_ROOT if address.startswith(f"/{SEARCH_INDEX}") else site


def find_file(site: Path, address: str) -> Path | None:
    """Return the file of the site for an address: `/2006/` becomes `<site>/2006/index.html`; None if there is none.

    Nothing outside `site` is ever returned, whether by `..`, by an encoded `%2e%2e` or through a link.
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
    """Add the missing slash to the address of a page: `/2006` becomes `/2006/`; None if there is no such page."""
    whole = f"{path_of(address)}/"
    return whole if find_file(site, whole) else None


def content_type(name: str) -> str:
    """Return the Content-Type of a file by its extension."""
    kind, packed = _TYPES.guess_type(name)
    if kind is None or packed:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("xml", "javascript")) else kind


def follow(address: str, before: Mapping[str, str], now: Mapping[str, str]) -> str | None:
    """Return the present address of the text that was at `address` before; None if nothing is known.

    Both map addresses, such as `/leaflets/harbour/`, to sources. While a title is being typed, its slug changes with
    every save; the browser follows the page.
    """
    source = before.get(path_of(address))
    return next((url for url, text in now.items() if text == source), None) if source else None
