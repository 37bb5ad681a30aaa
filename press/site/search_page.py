"""What the search page offers beside the box: what to narrow a search by, and where else to search."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from press.model.archive import Archive, Entries, span_of_years
from press.model.plan import KINDS
from press.model.slugs import make_slug

DEFAULT_ENGINES: Mapping[str, str] = {}

_FEWEST = {"category": 2, "language": 2, "author": 1, "series": 1}
"""Every leaflet has a category and a language; an author or a series, not every one."""

_MOST = 100
"""Of each kind but languages. A list of thousands is slow to fetch and to look through."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What the template of the search page shows."""

    scripts: tuple[str, ...]
    """The addresses of its scripts below the site's; the last one loads the others."""
    languages: tuple[str, ...]
    """The languages that have an index, without their countries; that of the site first."""
    years: tuple[int, int] | None
    """The first and the last year there is."""
    choices: Mapping[str, tuple[tuple[str, str], ...]]
    """For category, language, author and series the values with their names, where there is something to choose."""
    whole: Mapping[str, str]
    """For those of which only the most frequent can be chosen, the address of the page that has all."""
    engines: tuple[tuple[str, str], ...]
    """Names and addresses of search engines that are asked for this site alone."""


def describe_search(archive: Archive, settings: Mapping[str, Any], scripts: Sequence[str]) -> SearchPage:
    """Gather what the search page shows of an archive."""
    own = settings["DEFAULT_LANG"].partition("-")[0]
    languages = sorted({lang.partition("-")[0] for lang in archive.languages}, key=lambda lang: (lang != own, lang))
    words = settings["PRESS_WORDING"]
    names = {"category": archive.categories, "author": archive.authors, "series": archive.series}
    choices = {
        "category": tuple((make_slug(name), words.say_name(name)) for name in _choose(archive.categories)),
        "language": tuple((lang.lower(), words.say_language(lang)) for lang in archive.languages),
        "author": tuple((make_slug(name), name) for name in _choose(archive.authors)),
        "series": tuple((make_slug(name), name) for name in _choose(archive.series)),
    }
    site = quote(settings["SITEURL"].partition("://")[2].rstrip("/"), safe="/")
    engines = settings.get("SEARCH_ENGINES", DEFAULT_ENGINES)
    return SearchPage(
        scripts=tuple(scripts),
        languages=tuple(languages),
        years=span_of_years(archive.leaflets),
        choices={name: values for name, values in choices.items() if len(values) >= _FEWEST[name]},
        whole={kind: f"{KINDS[kind]}/" for kind, groups in names.items() if len(groups) > _MOST},
        engines=tuple((name, address.replace("{site}", site)) for name, address in engines.items()),
    )


def _choose(groups: Mapping[str, Entries]) -> list[str]:
    """Give the names that have the most leaflets, in the order they come in."""
    most = set(heapq.nlargest(_MOST, groups, key=lambda name: len(groups[name])))
    return [name for name in groups if name in most]
