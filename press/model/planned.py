"""What the plan consists of: pages, feeds and files, each with its address."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from press.model.archive import Entries
from press.model.entry import Entry
from press.model.menu import MenuItem


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page of the site: `template` gets the variables in `shows`."""

    url: str
    """Relative to the top of the site, as in press/model/urls.py."""
    template: str
    shows: Mapping[str, Any] = field(default_factory=dict)
    source: str = "the archive"
    """The text it shows, or the archive itself; named in diagnostics."""
    changed: datetime.date | None = None
    """When the newest text it shows was added, if that is known."""
    lasting: bool = True
    """Whether its address belongs in the ledger: not if it only redirects, or is a later page of a list."""

    @property
    def path(self) -> str:
        """The path of its file below the output folder."""
        return f"{self.url}index.html" if not self.url or self.url.endswith("/") else self.url

    def showing(self, **more: Any) -> PlannedPage:
        """Return the page with more variables."""
        return replace(self, shows={**self.shows, **more})


@dataclass(frozen=True, slots=True)
class Navigation:
    """What every page links to: the menu, and the pages from content/pages/ that it leaves out."""

    menu: tuple[MenuItem, ...]
    others: Entries
    lists: tuple[str, ...] = ()
    """The lists of terms that the archive has: `categories`, `tags`."""


@dataclass(frozen=True, slots=True)
class PlannedFeed:
    """An Atom feed of the newest `entries` by date added."""

    path: str
    title: str
    """A category or a language tag; empty for the whole archive."""
    url: str
    """The page it belongs to."""
    entries: Entries
    source: str
    """What it belongs to; named in diagnostics."""
    kind: str = "all"
    """`all`, `category` or `language`."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that visitors download. Its address is reserved even if this build does not make it.

    An export that is not in the ledger belongs to a leaflet that is, and moves with it.
    """

    path: str
    source: str
    """The text it is made from, or the archive itself; named in diagnostics."""
    lasting: bool = False
    """Whether its address belongs in the ledger."""


def newest(entries: Iterable[Entry]) -> datetime.date | None:
    """Return the day the last of the entries was added, or None if no day is known."""
    return max((entry.added for entry in entries if entry.added), default=None)
