"""Files for machines: sitemap, robots.txt, the catalogue as JSON and CSV, the web manifest, OpenSearch, the icons."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape

from press.model.colour_schemes import make_schemes
from press.model.plan import ICONS, SITEMAP_LENGTH, list_pages
from press.model.urls import NOT_FOUND, OPENSEARCH, ROBOTS, SEARCH, WEB_MANIFEST, catalogue_url, sitemap_url
from press.site.catalogue import Row, describe_entry, write_csv, write_json
from press.site.metadata import SiteMetadata
from press.site.page_text import Texts
from press.site.pelican_site import Site


def list_machine_files(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """Yield the path and the content of the sitemaps, robots.txt, the web manifest, OpenSearch and the icons."""
    pages = [page for page in list_pages(site.archive) if page.url != NOT_FOUND]
    parts = write_sitemaps([(page.url, page.changed) for page in pages], site.address, SITEMAP_LENGTH)
    if len(parts) == 1:
        yield sitemap_url(), parts[0]
    else:
        yield sitemap_url(), write_sitemap_index(len(parts), site.address)
        yield from ((sitemap_url(number), part) for number, part in enumerate(parts, start=1))
    yield ROBOTS, write_robots(site.address)
    background = make_schemes(site.settings["LEAFLETS_COLOURS"])["light"].paper
    yield WEB_MANIFEST, write_webmanifest(site.settings["SITENAME"], site.settings["DEFAULT_LANG"], background)
    if site.settings["SEARCH"]:
        yield OPENSEARCH, write_opensearch(site.metadata)
    for path in ICONS:
        yield path, site.theme.find(f"static/icons/{path}").read_bytes()


def list_catalogue_files(site: Site, texts: Texts) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the paths of the whole catalogue, and what writes each: JSON and CSV."""

    def describe() -> list[Row]:
        entries, name = site.archive.leaflets, site.localiser.format_term
        rows = ((entry, describe_entry(entry, texts[entry.source].title_text, site.address)) for entry in entries)
        return [{**row, "category": name(entry.category)} for entry, row in rows]

    yield catalogue_url("json"), lambda: write_json(site.settings["SITENAME"], site.address, describe())
    yield catalogue_url("csv"), lambda: write_csv(describe())


_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def write_sitemaps(pages: Sequence[tuple[str, datetime.date | None]], address: str, length: int) -> list[str]:
    """Write pages and their dates into sitemaps of `length` pages; a page without a date has no `lastmod`."""
    lines = [_write_page(f"{address}/{url}", changed) for url, changed in pages]
    parts = [lines[start : start + length] for start in range(0, len(lines), length)]
    return [f"{_HEAD}<urlset {_SPACE}>\n{''.join(part)}</urlset>\n" for part in parts]


def write_sitemap_index(count: int, address: str) -> str:
    """Write the sitemap that lists the others."""
    lines = [f"<sitemap><loc>{escape(address)}/{sitemap_url(n)}</loc></sitemap>\n" for n in range(1, count + 1)]
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{''.join(lines)}</sitemapindex>\n"


def write_robots(address: str) -> str:
    """Write robots.txt: everything is allowed, and the sitemap is named."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {address}/{sitemap_url()}\n"


def _write_page(url: str, changed: datetime.date | None) -> str:
    date = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(url)}</loc>{date}</url>\n"


def write_webmanifest(name: str, lang: str, background: str) -> str:
    """Write the manifest; its addresses are relative, so that the site works below any path.

    `background` is that of the light scheme: a manifest can have only one.
    """
    icons = [{"src": f"icon-{n}.png", "sizes": f"{n}x{n}", "type": "image/png"} for n in (192, 512)]
    manifest = {
        "name": name,
        "lang": lang,
        "start_url": ".",
        "scope": ".",
        "display": "browser",
        "background_color": background,
        "theme_color": background,
        "icons": [{"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"}, *icons],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


_SHORT_NAME, _LONG_NAME, _DESCRIPTION = 16, 48, 1024
"""The most characters of each: https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md."""


def write_opensearch(site: SiteMetadata) -> str:
    """Write the description by which a browser adds the search of this site to its own."""
    long = f"<LongName>{escape(_shorten(site.name, _LONG_NAME))}</LongName>\n" if len(site.name) > _SHORT_NAME else ""
    find = escape(f"{site.address}/{SEARCH}?q=", {'"': "&quot;"})
    own = escape(f"{site.address}/{OPENSEARCH}", {'"': "&quot;"})
    return (
        f'{_HEAD}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(_shorten(site.name, _SHORT_NAME))}</ShortName>\n{long}"
        f"<Description>{escape(_shorten(site.summary or site.name, _DESCRIPTION))}</Description>\n"
        f"<Language>{site.lang}</Language>\n<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Image width="16" height="16" type="image/x-icon">{escape(site.address)}/favicon.ico</Image>\n'
        f'<Url type="text/html" template="{find}{{searchTerms}}"/>\n'
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{own}"/>\n'
        "</OpenSearchDescription>\n"
    )


def _shorten(text: str, most: int) -> str:
    """Cut a text after a word, so that it has at most this many characters."""
    return text if len(text) <= most else text[: most + 1].rpartition(" ")[0].rstrip(" ,;:") or text[:most]
