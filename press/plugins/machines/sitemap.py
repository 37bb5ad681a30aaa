"""The sitemap: every page, and when the newest text on it was added. https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def write_sitemaps(pages: Sequence[tuple[str, datetime.date | None]], address: str, length: int) -> list[str]:
    """Write pages and their dates into sitemaps of `length` pages; a page without a date says none."""
    lines = [_write_page(f"{address}/{url}", changed) for url, changed in pages]
    parts = [lines[start : start + length] for start in range(0, len(lines), length)]
    return [f"{_HEAD}<urlset {_SPACE}>\n{''.join(part)}</urlset>\n" for part in parts]


def write_sitemap_index(count: int, address: str) -> str:
    """Write the sitemap that lists the others."""
    lines = [f"<sitemap><loc>{escape(address)}/sitemap-{n}.xml</loc></sitemap>\n" for n in range(1, count + 1)]
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{''.join(lines)}</sitemapindex>\n"


def write_robots(address: str) -> str:
    """Write robots.txt: everything may be read, and the sitemap says what there is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {address}/sitemap.xml\n"


def _write_page(url: str, changed: datetime.date | None) -> str:
    date = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(url)}</loc>{date}</url>\n"
