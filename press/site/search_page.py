"""What the search page offers besides the box: filters, and other search engines."""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from urllib.parse import quote

from press.model.archive import Entries, span_of_years
from press.model.dates import Precision
from press.model.slugs import make_slug
from press.model.urls import TERMS, index_url
from press.search.documents import SHARED
from press.site.index import find_indexes
from press.site.pelican_site import Site
from press.theme_folders import ThemeFolders

MODULES = ("words.js", "asking.js", "slips.js", "search.js")
"""The scripts of the search page; each may import or start those before it, and the page loads the last."""

_FEWEST = {"category": 2, "language": 2, "author": 1, "series": 1, "tag": 1}
"""Values that make a filter useful: every leaflet has a category and a language, but perhaps nothing of the rest."""

_MOST = 100
"""Choices of each kind except languages: a list of thousands is slow to load and to read."""

_Choice = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the template of the search page shows."""

    scripts: tuple[str, ...]
    """The addresses of its scripts, relative to the top of the site; the last one loads the others."""
    indexes: tuple[str, ...]
    """The names of the indexes: languages without countries, the site's own first, and SHARED for the rest."""
    own: str
    """The site's own language, without its country."""
    dated: int
    """How many leaflets have a date; those without come last in the archive."""
    years: tuple[int, int] | None
    """The first and the last year of the archive."""
    choices: Mapping[str, tuple[_Choice, ...]]
    """For each filter with enough to choose from: the values, each with its name and its number of leaflets."""
    whole: Mapping[str, str]
    """For kinds that offer only the most frequent values: the address of the page that lists all."""
    engines: tuple[tuple[str, str], ...]
    """Names and addresses of search engines, limited to this site."""


def describe_search(site: Site, scripts: Sequence[str]) -> SearchPage:
    """Return what the search page shows."""
    archive, settings = site.archive, site.settings
    own = settings["DEFAULT_LANG"].partition("-")[0]
    indexes = set(find_indexes(site).values())
    groups = {name: getattr(archive, plural) for name, plural in TERMS.items()}
    address = quote(settings["SITEURL"].partition("://")[2].rstrip("/"), safe="/")
    engines = settings["SEARCH_ENGINES"]
    return SearchPage(
        scripts=tuple(scripts),
        indexes=tuple(sorted(indexes, key=lambda name: (name != own, name == SHARED, name))),
        own=own,
        dated=sum(entry.date.precision is not Precision.UNDATED for entry in archive.leaflets),
        years=span_of_years(archive.leaflets),
        choices=_list_choices(site, groups),
        whole={kind: index_url(kind) for kind, names in groups.items() if len(names) > _MOST},
        engines=tuple((name, url.replace("{site}", address)) for name, url in engines.items()),
    )


def _list_choices(site: Site, groups: Mapping[str, Mapping[str, Entries]]) -> dict[str, tuple[_Choice, ...]]:
    localiser, languages = site.localiser, site.archive.languages
    choices = {
        kind: tuple((make_slug(name), localiser.format_term(name), len(names[name])) for name in _choose(names))
        for kind, names in groups.items()
    }
    choices["language"] = tuple(
        (lang.lower(), localiser.name_term(lang, "language"), len(entries)) for lang, entries in languages.items()
    )
    return {kind: choices[kind] for kind, fewest in _FEWEST.items() if len(choices[kind]) >= fewest}


def _choose(groups: Mapping[str, Entries]) -> list[str]:
    """Return the names with the most leaflets, in their given order."""
    most = set(heapq.nlargest(_MOST, groups, key=lambda name: len(groups[name])))
    return [name for name in groups if name in most]


_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)
"""Those that have lines of their own: a third of the scripts, which visitors need not fetch."""
_INDENTS = re.compile(r"^\s+", re.MULTILINE)
"""Spaces at the start of lines, and empty lines; no script has a text that runs over several lines."""


def read_scripts(theme: ThemeFolders) -> dict[str, str]:
    """Read the scripts of the search page by name, without their comments and indents."""
    read = {name: theme.find(f"static/js/{name}").read_text(encoding="utf-8") for name in MODULES}
    return {name: _INDENTS.sub("", _COMMENTS.sub("", text)) for name, text in read.items()}


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
