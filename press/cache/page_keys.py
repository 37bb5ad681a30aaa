"""The keys of pages and feeds: everything that each shows, and of texts what pages show of them.

The keys of all other steps are in press/cache/keys.py.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from press.cache.keys import make_key
from press.model.entry import Entry
from press.model.planned import PlannedFeed, PlannedPage

_PLAIN_KINDS = frozenset({str, int, float, bool, type(None)})
_PLAIN = str | int | float | bool | None


class _Head(Protocol):
    """What other pages show of a text."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def linked(self) -> bool: ...


class TextKeys:
    """Parts of page keys: what a text depends on, and what other pages show of it."""

    def __init__(self, heads: Mapping[str, _Head], hashes: Mapping[str, str], places: Mapping[str, str]) -> None:
        """Take the `hashes` of the sources, and the address of each text and file that links may name (`places`)."""
        self.heads, self._hashes, self._known = heads, hashes, dict[str, str]()
        self._places = make_key(json.dumps(sorted(places.items())))

    def of_text(self, entry: Entry) -> str:
        """Return what the body of a text depends on: its source, and if it has links, their addresses."""
        return self._hashes[entry.source] + (self._places if self.heads[entry.source].linked else "")

    def of_entry(self, entry: Entry) -> str:
        """Return a key of what other pages show of an entry."""
        known = self._known.get(entry.source)
        if known is None:
            head = self.heads[entry.source]
            known = self._known[entry.source] = make_key(repr((entry, head.title, head.summary)))
        return known


class PageKeys:
    """The keys of the pages of one build.

    A page shows what press/model/plan.py lists for it, the titles of the texts named there, its own text if it has
    one, and the frame, which is the same on every page. Templates receive nothing else.
    """

    def __init__(self, frame: Mapping[str, Any], texts: TextKeys) -> None:
        self._texts = texts
        self._frame = make_key(self._spell({name: value for name, value in frame.items() if is_plain(value)}))

    def of_page(self, page: PlannedPage) -> str:
        """Return the key of a page; empty if it shows a value that cannot be spelled out."""
        own = self._texts.of_text(page.shows["entry"]) if page.source in self._texts.heads else ""
        return self._of(own, page.url, page.template, page.shows)

    def of_feed(self, feed: PlannedFeed) -> str:
        """Return the key of a feed, which contains its texts in full."""
        return self._of("".join(map(self._texts.of_text, feed.entries)), feed.path, "feed", _fields(feed))

    def of_entries(self, name: str, entries: Iterable[Entry]) -> str:
        """Return the key of a list of entries without their texts."""
        return self._of("", name, "", tuple(entries))

    def _of(self, own: str, place: str, template: str, shows: object) -> str:
        try:
            return make_key("page", self._frame, own, place, template, self._spell(shows))
        except TypeError:
            return ""

    def _spell(self, value: object) -> str:
        """Return a value as text; different values give different texts. Raises TypeError for other types."""
        kind = type(value)
        if kind in _PLAIN_KINDS:
            return repr(value)
        if isinstance(value, Entry):
            return self._texts.of_entry(value)
        if isinstance(value, list | tuple):
            return f"({','.join(map(self._spell, value))})"
        if isinstance(value, Mapping):
            return f"{{{','.join([f'{self._spell(k)}:{self._spell(v)}' for k, v in value.items()])}}}"
        if isinstance(value, _PLAIN):
            return repr(value)
        if isinstance(value, datetime.date):
            return value.isoformat()
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return f"{type(value).__name__}{self._spell(_fields(value))}"
        raise TypeError(type(value).__name__)


def is_plain(value: object) -> bool:
    """Return whether a value can be spelled out; anything else in the frame is code, which the environment covers."""
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    if isinstance(value, Mapping):
        return all(is_plain(k) and is_plain(v) for k, v in value.items())
    return isinstance(value, _PLAIN | datetime.date | Entry) or dataclasses.is_dataclass(value)


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
