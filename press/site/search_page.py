"""What the search page offers besides the box: filters, and other search engines."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from urllib.parse import quote

from press.model.archive import Entries, span_of_years
from press.model.slugs import make_slug
from press.model.urls import index_url
from press.site.pelican_site import Site

MODULES = ("asking.js", "search.js")
"""The scripts of the search page; each may import those before it, and the page loads the last."""

_FEWEST = {"category": 2, "language": 2, "author": 1, "series": 1}
"""Values that make a filter useful: every leaflet has a category and a language, but not an author or series."""

_MOST = 100
"""Choices of each kind except languages: a list of thousands is slow to load and to read."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the template of the search page shows."""

    scripts: tuple[str, ...]
    """The addresses of its scripts, relative to the top of the site; the last one loads the others."""
    languages: tuple[str, ...]
    """The languages that have an index, without countries; the site's own language first."""
    years: tuple[int, int] | None
    """The first and the last year of the archive."""
    choices: Mapping[str, tuple[tuple[str, str], ...]]
    """For category, language, author and series: the values with their names, if there are enough to choose from."""
    whole: Mapping[str, str]
    """For kinds that offer only the most frequent values: the address of the page that lists all."""
    engines: tuple[tuple[str, str], ...]
    """Names and addresses of search engines, limited to this site."""


def describe_search(site: Site, scripts: Sequence[str]) -> SearchPage:
    """Return what the search page shows."""
    archive, settings, localiser = site.archive, site.settings, site.localiser
    own = settings["DEFAULT_LANG"].partition("-")[0]
    languages = sorted({lang.partition("-")[0] for lang in archive.languages}, key=lambda lang: (lang != own, lang))
    names = {"category": archive.categories, "author": archive.authors, "series": archive.series}
    choices = {
        "category": tuple((make_slug(name), localiser.format_term(name)) for name in _choose(archive.categories)),
        "language": tuple((lang.lower(), localiser.format_language(lang)) for lang in archive.languages),
        "author": tuple((make_slug(name), name) for name in _choose(archive.authors)),
        "series": tuple((make_slug(name), name) for name in _choose(archive.series)),
    }
    address = quote(settings["SITEURL"].partition("://")[2].rstrip("/"), safe="/")
    engines = settings["SEARCH_ENGINES"]
    return SearchPage(
        scripts=tuple(scripts),
        languages=tuple(languages),
        years=span_of_years(archive.leaflets),
        choices={name: values for name, values in choices.items() if len(values) >= _FEWEST[name]},
        whole={kind: index_url(kind) for kind, groups in names.items() if len(groups) > _MOST},
        engines=tuple((name, url.replace("{site}", address)) for name, url in engines.items()),
    )


def _choose(groups: Mapping[str, Entries]) -> list[str]:
    """Return the names with the most leaflets, in their given order."""
    most = set(heapq.nlargest(_MOST, groups, key=lambda name: len(groups[name])))
    return [name for name in groups if name in most]


def read_scripts(theme: Path) -> dict[str, str]:
    """Read the scripts of the search page by name."""
    return {name: Path(theme, "static", "js", name).read_text(encoding="utf-8") for name in MODULES}


def name_scripts(modules: Mapping[str, str]) -> dict[str, str]:
    """Name each script by its content, also where a later script imports it: `a.js` becomes `a.2c26b46b68ff.js`.

    A page then always gets its own scripts, even at the moment of a swap.
    """
    named, names = {}, dict[str, str]()
    for plain, text in modules.items():
        bound = reduce(lambda script, name: script.replace(f'"./{name}"', f'"./{names[name]}"'), names, text)
        names[plain] = f"{Path(plain).stem}.{hashlib.sha256(bound.encode()).hexdigest()[:12]}.js"
        named[names[plain]] = bound
    return named
