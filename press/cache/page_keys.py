"""The keys of pages and feeds: everything that each shows, and of texts what pages show of them.

The keys of all other steps are in press/cache/keys.py.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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

    def share(self, known: dict[str, str]) -> None:
        """Take keys of entries that are known already, and add new ones to them."""
        self._known = known

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


@dataclass
class Spellings:
    """What pages show, spelled out. It holds from build to build while the archive and all titles are the same."""

    archive: object = None
    titles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    planned: dict[int, tuple[object, str]] = field(default_factory=dict)
    """By the identity of what is spelled, which is kept here, so that nothing else can have that identity."""
    more: dict[str, tuple[Mapping[str, Any], str]] = field(default_factory=dict)
    """What a page, by its address, shows besides."""
    entries: dict[str, str] = field(default_factory=dict)
    """The keys of entries, by source."""

    def hold(self, archive: object, texts: TextKeys) -> None:
        """Forget everything unless the archive is the same object, and its texts have the same titles."""
        titles = {source: (head.title, head.summary) for source, head in texts.heads.items()}
        if archive is not self.archive or titles != self.titles:
            for known in (self.planned, self.more, self.entries):
                known.clear()
        self.archive, self.titles = archive, titles
        texts.share(self.entries)


class PageKeys:
    """The keys of the pages of one build.

    A page shows what press/model/plan.py lists for it, the titles of the texts named there, its own text if it has
    one, and the frame, which is the same on every page. Templates receive nothing else.
    """

    def __init__(self, frame: Mapping[str, Any], texts: TextKeys, spellings: Spellings | None = None) -> None:
        self._texts, self._spellings = texts, spellings
        self._frame = make_key(self._spell({name: value for name, value in frame.items() if is_plain(value)}))

    def of_page(self, page: PlannedPage, more: Mapping[str, Any]) -> str:
        """Return the key of a page that shows `more` than is planned; empty if a value cannot be spelled out."""
        own = self._texts.of_text(page.shows["entry"]) if page.source in self._texts.heads else ""
        return self._of(own, page.url, page.template, lambda: self._spell_page(page, more))

    def of_feed(self, feed: PlannedFeed) -> str:
        """Return the key of a feed, which contains its texts in full."""
        own = "".join(map(self._texts.of_text, feed.entries))
        return self._of(own, feed.path, "feed", lambda: self._spell(_fields(feed)))

    def of_entries(self, name: str, entries: Iterable[Entry]) -> str:
        """Return the key of a list of entries without their texts."""
        return self._of("", name, "", lambda: self._spell(tuple(entries)))

    def _of(self, own: str, place: str, template: str, spell: Callable[[], str]) -> str:
        try:
            return make_key("page", self._frame, own, place, template, spell())
        except TypeError:
            return ""

    def _spell_page(self, page: PlannedPage, more: Mapping[str, Any]) -> str:
        """Spell what a page shows, as far as it has not been spelled before."""
        if self._spellings is None:
            return self._spell(page.shows) + self._spell(more)
        planned, known = self._spellings.planned.get(id(page)), self._spellings.more.get(page.url)
        if planned is None:
            planned = self._spellings.planned[id(page)] = page, self._spell(page.shows)
        if known is None or known[0] != more:
            known = self._spellings.more[page.url] = more, self._spell(more)
        return planned[1] + known[1]

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
