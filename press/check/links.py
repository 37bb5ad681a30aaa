"""Where a link on a finished page leads."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Protocol
from urllib.parse import unquote, urlsplit


class HasIds(Protocol):
    """A page, as far as its places are concerned."""

    @property
    def ids(self) -> frozenset[str]:
        """The ids on the page."""


SCHEMES = ("http", "https", "mailto")

# What browsers leave out of an address before they look at it (WHATWG URL, section 4.4), so `java\nscript:` is one.
_PASSED_OVER = re.compile(r"[\x00-\x20]+")
_CONTENT_HASH = re.compile(r"\.[0-9a-f]{8}(?=\.\w+$)")
"""What press/site/images.py puts into the name of a picture."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


@functools.lru_cache(maxsize=10_000)  # most links stand on every page
def find_forbidden(link: str) -> str:
    """Say why a link may not stand in a text; the empty string where it may."""
    plain = _PASSED_OVER.sub("", link)
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1].lower() not in SCHEMES:
        return f"is a link of the kind “{scheme[1]}:”, which this archive does not publish"
    if plain.replace("\\", "/").startswith("//"):
        return "does not say how it is fetched"
    try:
        host = urlsplit(plain).netloc
    except ValueError:
        return "is no address"
    if scheme and scheme[1].lower() != "mailto" and not host:
        return "names no host"
    return ""


def spell_as_source(link: str) -> Iterator[str]:
    """Give what may stand for a link in its source: the link, its place on the page, the name of its file."""
    yield link or "]("
    path, hash_mark, fragment = link.partition("#")
    if fragment:
        yield f"{hash_mark}{fragment}"
    name = posixpath.basename(path)
    yield _CONTENT_HASH.sub("", name) or posixpath.basename(path.rstrip("/"))


def is_foreign(link: str, address: str) -> bool:
    """Tell whether a link leads to another host than the site's own."""
    return bool(urlsplit(link).netloc) and not link.startswith(f"{address}/")


def find_target(name: str, link: str, address: str) -> tuple[str, str] | None:
    """Give the file that a link on the page `name` leads to, and the place on it; None for a link to elsewhere."""
    folder = posixpath.dirname(name)
    to_the_top = "../" * (folder.count("/") + 1) if folder else ""
    if address and link.startswith(f"{address}/"):
        folder, link = "", "./" + link[len(address) + 1 :]
    elif folder and link.startswith(to_the_top):
        folder, link = "", "./" + link.removeprefix(to_the_top)
    target = _resolve(folder, link)
    return (target[0] or name, target[1]) if target else None


def find_dead_end(target: tuple[str, str], files: Collection[str], facts: Mapping[str, HasIds]) -> str:
    """Say why there is no such file or place; the empty string where there is."""
    path, fragment = target
    if path not in files:
        return "leads to nothing in this archive"
    if fragment and path in facts and fragment not in facts[path].ids:
        return f"leads to no place of that name on /{path.removesuffix('index.html')}"
    return ""


@functools.lru_cache(maxsize=10_000)  # seen from the top, most links of all pages are the same
def _resolve(folder: str, link: str) -> tuple[str, str] | None:
    """Give the file that a link in a folder leads to, empty for the page itself, and the place on it."""
    try:
        parts = urlsplit(link)
    except ValueError:  # said of the link itself
        return None
    if parts.scheme or parts.netloc:
        return None
    path = ""
    if parts.path:
        path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        if posixpath.basename(parts.path) in ("", ".", ".."):
            path = posixpath.normpath(posixpath.join(path, "index.html"))
    return path, unquote(parts.fragment)
