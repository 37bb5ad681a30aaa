"""Every address of the site is made here and nowhere else; templates get these functions as filters.

An address has no leading slash; it is relative to the top of the site. That of a folder's page ends in a slash, and
that of the home page is the empty string.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from press.model.slugs import make_slug

HOME = ""
HOME_PAGE = "home/"
"""Where the text of the home page would be, if it were a page like others."""
DATES = "dates/"
DAYS = "days/"
TITLES = "titles/"
ALL_TITLES = "titles/all/"
SEARCH = "search/"
FEEDS = "feeds/"
LEAFLETS = "leaflets/"
NOT_FOUND = "404.html"
ROBOTS = "robots.txt"
WEB_MANIFEST = "site.webmanifest"
OPENSEARCH = "opensearch.xml"

IMAGES = "images/"
THEME = "theme/"
SEARCH_INDEX = "pagefind/"

_KINDS = "category author series tag place publisher language".split()
_PLURALS = "categories authors series tags places publishers languages".split()
TERMS: Mapping[str, str] = dict(zip(_KINDS, _PLURALS, strict=True))
"""The kinds of term that leaflets are listed by, each with the name of the index of all its terms."""

_INDEXES: Mapping[str, str] = {
    **{kind: f"{plural}/" for kind, plural in TERMS.items()},
    "date": DATES,
    "day": DAYS,
    "title": TITLES,
    "summary": ALL_TITLES,
    "feed": FEEDS,
    "search": SEARCH,
    "opensearch": OPENSEARCH,
}

RESERVED_SLUGS = frozenset(
    """
    404 author authors categories category dates days feeds files images language languages leaflets pagefind place
    places publisher publishers search series tag tags theme titles
    """.split()
)
"""First parts of addresses that a page in content/pages/ cannot have, because the site uses them itself."""

LONGEST_URL = 1000
"""Characters of an address: longer paths cannot be written on every disk."""

_PUBLISHED = re.compile(
    r"/(?:[A-Za-z0-9_~][A-Za-z0-9._~-]{0,199}/){0,20}(?:[A-Za-z0-9_~][A-Za-z0-9._~-]{0,199}\.(?:html?|bib|ris|json|csv))?"
)
_LEAFLET = re.compile(rf"{LEAFLETS}([^/]+)/")
_DATED = re.compile(r"(\d{4}/)(?:\d\d/)?")
_DAYS = re.compile(rf"{DAYS}\d\d/")
_WITHOUT_YEAR = re.compile(rf"{DATES}.+/")
_TERM = re.compile(rf"({'|'.join(TERMS)})/.+/")

_slug = functools.lru_cache(maxsize=10_000)(make_slug)


def leaflet_url(slug: str) -> str:
    """Return the address of a leaflet."""
    return f"{LEAFLETS}{slug}/"


def page_url(slug: str) -> str:
    """Return the address of a page from content/pages/."""
    return f"{slug}/"


def export_url(slug: str, ending: str) -> str:
    """Return the address of an export: `leaflets/harbour/harbour-booklet.pdf`."""
    return f"{leaflet_url(slug)}{slug}{ending}"


def slug_of_leaflet(url: str) -> str:
    """Return the slug in the address of a leaflet; the empty string for any other address."""
    found = _LEAFLET.fullmatch(url)
    return found[1] if found else ""


def index_url(kind: str) -> str:
    """Return the address of an index: `date`, `day`, `title`, `summary`, `feed`, `search`, or a kind of term."""
    return _INDEXES[kind]


def term_url(kind: str, name: str) -> str:
    """Return the address of a term: the tag “Bread” is at `tag/bread/`."""
    return f"{kind}/{_slug(name)}/"


def category_url(name: str) -> str:
    """Return the address of a category."""
    return term_url("category", name)


def author_url(name: str) -> str:
    """Return the address of an author."""
    return term_url("author", name)


def series_url(name: str) -> str:
    """Return the address of a series."""
    return term_url("series", name)


def tag_url(name: str) -> str:
    """Return the address of a tag."""
    return term_url("tag", name)


def loose_term_url(name: str, kind: str) -> str:
    """Return the address of a place or publisher, or nothing for a name without a slug: those are not checked."""
    return term_url(kind, name) if _slug(name) else ""


def year_url(year: int) -> str:
    """Return the address of a year: `0987/`."""
    return f"{year:04d}/"


def month_url(year: int, month: int) -> str:
    """Return the address of a month: `2006/10/`."""
    return f"{year:04d}/{month:02d}/"


def day_id(day: int) -> str:
    """Return the id of a day on the page of its month: `d24`."""
    return f"d{day}"


def decade_id(year: int) -> str:
    """Return the id of a decade on the page of all dates: `1930s` for 1936."""
    return f"{year // 10 * 10}s"


def decade_url(year: int) -> str:
    """Return the address of a decade: `dates/#1930s`."""
    return f"{DATES}#{decade_id(year)}"


def days_url(month: int) -> str:
    """Return the address of the days of a month in all years: `days/10/`."""
    return f"{DAYS}{month:02d}/"


def without_year_url(group: str) -> str:
    """Return the address of the leaflets without an exact year: `dates/197x/`, `dates/undated/`."""
    return f"{DATES}{group}/"


def numbered_url(base: str, number: int) -> str:
    """Return the address of one page of a long list: the second of `tag/bread/` is `tag/bread/page/2/`."""
    return base if number == 1 else f"{base}page/{number}/"


def feed_url(slug: str = "all") -> str:
    """Return the address of the feed of a category, by its slug, or of the whole archive."""
    return f"{FEEDS}{slug}.atom.xml"


def category_feed_url(name: str) -> str:
    """Return the address of the feed of a category."""
    return feed_url(_slug(name))


def language_feed_url(lang: str) -> str:
    """Return the address of the feed of a language: `feeds/language/fr-ca.atom.xml`."""
    return feed_url(f"language/{lang.lower()}")


def sitemap_url(number: int = 0) -> str:
    """Return the address of the sitemap, or of one of its parts, numbered from 1."""
    return f"sitemap-{number}.xml" if number else "sitemap.xml"


def catalogue_url(form: str) -> str:
    """Return the address of a file with every entry of the archive: `archive.json`, `archive.csv`, `archive.bib`."""
    return f"archive.{form}"


def name_static(path: str, sha256: str) -> str:
    """Return the address of a static file: `images/a.png` becomes `images/a.2c26b46b.png`, other files keep theirs.

    `sha256` is the hash of the bytes that are published.

    A picture is named by its content, so a page and its pictures belong together even at the moment of a swap, and a
    browser may keep them forever.
    """
    if not path.startswith(IMAGES):
        return path
    place = PurePosixPath(path)
    return str(place.with_name(f"{place.stem}.{sha256[:8]}{place.suffix}"))


def name_smaller(url: str, width: int, suffix: str) -> str:
    """Return the address of a smaller picture: that of `images/a.2c26b46b.png` is `images/a.2c26b46b-480.webp`."""
    return str(PurePosixPath(url).with_suffix("")) + f"-{width}{suffix}"


def is_reserved(slug: str) -> bool:
    """Return whether the site itself uses the address that a page with this slug would have."""
    return slug in RESERVED_SLUGS or re.fullmatch(r"\d{4}", slug) is not None


def is_address(path: str) -> bool:
    """Return whether a path, with its leading slash, can be an address of this site: `/old/` or `/old.html`."""
    return len(path) <= LONGEST_URL and _PUBLISHED.fullmatch(path) is not None


def find_parents(url: str) -> Iterator[str]:
    """Yield the indexes that can replace a vanished one, the nearest first: `2006/`, `dates/` for `2006/10/`."""
    dated, term = _DATED.fullmatch(url), _TERM.fullmatch(url)
    if _DAYS.fullmatch(url):
        yield DAYS
    if dated and dated[1] != url:
        yield dated[1]
    if dated or _WITHOUT_YEAR.fullmatch(url):
        yield DATES
    if term:
        yield index_url(term[1])
    if term or url in (HOME_PAGE, DAYS, *map(index_url, TERMS)) or _DAYS.fullmatch(url):
        yield HOME


FILTERS: Mapping[str, Callable[..., str]] = {
    "index_url": index_url,
    "category_url": category_url,
    "author_url": author_url,
    "series_url": series_url,
    "tag_url": tag_url,
    "loose_term_url": loose_term_url,
    "year_url": year_url,
    "month_url": month_url,
    "day_id": day_id,
    "decade_id": decade_id,
    "decade_url": decade_url,
    "days_url": days_url,
    "without_year_url": without_year_url,
    "feed_url": feed_url,
    "category_feed_url": category_feed_url,
    "language_feed_url": language_feed_url,
    "catalogue_url": catalogue_url,
}
"""The functions that templates get."""
