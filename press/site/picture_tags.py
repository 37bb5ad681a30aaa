"""The tags of pictures on a page: their size, their smaller versions, a link to a picture that is larger."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from press.site.images import ShownPicture
from press.site.metadata import PreviewPicture

_TAG = re.compile(r'<img\b([^>]*?)\bsrc="([^"]*)"([^>]*)>')
"""Markdown writes no bare > in an attribute."""

_SIZES = "min(100vw, 40rem)"
"""How wide a picture is on the page, at most: about the measure of the text."""

_LARGEST = 1600
"""The width above which a page shows a smaller version, and links to the picture itself."""


def set_pictures(body: str, siteurl: str, pictures: Mapping[str, ShownPicture], label: str) -> str:
    """Complete the tag of every known picture in finished HTML whose links begin with `siteurl`.

    `label` names the link to a large picture that has no description.
    """
    parts, at, seen = list[str](), 0, 0
    for tag, shown in _find_pictures(body, siteurl, pictures):
        before = body[: tag.start()]
        linked = before.rfind("<a ") > before.rfind("</a>")
        made = _write_tag(tag, siteurl, shown, lazy=seen > 0)
        if shown.smaller and shown.width > _LARGEST and not linked:
            named = "" if _read_alt(tag[0]) else f' aria-label="{html.escape(label)}"'
            made = f'<a href="{tag[2]}"{named}>{made}</a>'
        parts += body[at : tag.start()], made
        at, seen = tag.end(), seen + 1
    return "".join([*parts, body[at:]])


def find_preview(body: str, siteurl: str, pictures: Mapping[str, ShownPicture]) -> PreviewPicture | None:
    """Return the first picture of a text that is not a drawing: other sites show no drawings in previews."""
    for tag, shown in _find_pictures(body, siteurl, pictures):
        if not shown.url.lower().endswith(".svg"):
            url, width, height = _choose(shown)
            return PreviewPicture(f"{siteurl}/{quote(url)}", width, height, _read_alt(tag[0]))
    return None


def _find_pictures(
    body: str, siteurl: str, pictures: Mapping[str, ShownPicture]
) -> Iterator[tuple[re.Match[str], ShownPicture]]:
    for tag in _TAG.finditer(body):
        shown = pictures.get(html.unescape(tag[2]).removeprefix(f"{siteurl}/"))
        if shown:
            yield tag, shown


def _choose(shown: ShownPicture) -> tuple[str, int, int]:
    """Return the address and the size of what a page shows: the largest smaller version of a large picture."""
    return shown.smaller[-1] if shown.smaller and shown.width > _LARGEST else (shown.url, shown.width, shown.height)


def _read_alt(tag: str) -> str:
    found = re.search(r'\balt="([^"]*)"', tag)
    return html.unescape(found[1]).strip() if found else ""


def _write_tag(tag: re.Match[str], siteurl: str, shown: ShownPicture, *, lazy: bool) -> str:
    url, width, height = _choose(shown)
    source = tag[2] if url == shown.url else html.escape(f"{siteurl}/{quote(url)}")
    facts = [f'width="{width}" height="{height}"']
    if shown.smaller:
        offered = dict.fromkeys([*shown.smaller, (url, width, height)])
        places = ", ".join(f"{siteurl}/{quote(place)} {wide}w" for place, wide, _ in offered)
        facts.append(f'srcset="{html.escape(places)}" sizes="{_SIZES}"')
    facts.append('loading="lazy" decoding="async"' if lazy else 'decoding="async"')
    return f'<img{tag[1]}src="{source}"{tag[3].rstrip(" /")} {" ".join(facts)}>'
