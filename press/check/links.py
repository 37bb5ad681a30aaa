"""Where a link on a finished page leads."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from press.model.urls import NOT_FOUND

SCHEMES = ("http", "https", "mailto")

# What browsers remove from an address before they parse it (WHATWG URL, section 4.4): `java\nscript:` is a scheme.
_REMOVED = re.compile(r"[\x00-\x20]+")
_CONTENT_HASH = re.compile(r"\.[0-9a-f]{8}(?:-\d+)?(?=\.\w+$)")
"""The hash that press/site/images.py adds to the name of a picture."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


@functools.lru_cache(maxsize=10_000)  # most links are on every page
def find_forbidden(link: str) -> str:
    """Return why a link is not allowed; empty if it is allowed."""
    plain = _REMOVED.sub("", link)
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1].lower() not in SCHEMES:
        return f"is a link of the kind “{scheme[1]}:”, which this archive does not publish"
    if plain.replace("\\", "/").startswith("//"):
        return "lacks a scheme"
    try:
        host = urlsplit(plain).netloc
    except ValueError:
        return "is not an address"
    if scheme and scheme[1].lower() != "mailto" and not host:
        return "names no host"
    return ""


def spell_as_source(link: str) -> Iterator[str]:
    """Yield how a link may be spelt in its source: the link itself, its fragment, the name of its file."""
    yield link or "]("
    path, hash_mark, fragment = link.partition("#")
    if fragment:
        yield f"{hash_mark}{fragment}"
    name = posixpath.basename(path)
    yield _CONTENT_HASH.sub("", name) or posixpath.basename(path.rstrip("/"))


def is_foreign(link: str, address: str) -> bool:
    """Return whether a link leads to another host."""
    return bool(urlsplit(link).netloc) and not link.startswith(f"{address}/")


def find_target(name: str, link: str, address: str) -> tuple[str, str] | None:
    """Return the file that a link on the page `name` leads to, and the id on it; None for a link to another site.

    The 404 page, which is shown at any address, has links that begin with the path of the site.
    """
    folder = posixpath.dirname(name)
    to_the_top = "../" * (folder.count("/") + 1) if folder else ""
    rooted = f"{urlsplit(address).path}/" if name == NOT_FOUND else ""
    if address and link.startswith(f"{address}/"):
        folder, link = "", "./" + link[len(address) + 1 :]
    elif rooted and link.startswith(rooted):
        folder, link = "", "./" + link.removeprefix(rooted)
    elif folder and link.startswith(to_the_top):
        folder, link = "", "./" + link.removeprefix(to_the_top)
    target = _resolve(folder, link)
    return (target[0] or name, target[1]) if target else None


@functools.lru_cache(maxsize=10_000)  # seen from the top, most links of all pages are the same
def _resolve(folder: str, link: str) -> tuple[str, str] | None:
    """Return the file that a link in a folder leads to, empty for the page itself, and the id on it."""
    try:
        parts = urlsplit(link)
    except ValueError:  # reported by find_forbidden
        return None
    if parts.scheme or parts.netloc:
        return None
    path = ""
    if parts.path:
        path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        if posixpath.basename(parts.path) in ("", ".", ".."):
            path = posixpath.normpath(posixpath.join(path, "index.html"))
    return path, unquote(parts.fragment)
