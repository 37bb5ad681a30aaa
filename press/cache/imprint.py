"""What a page depends on, as a hash: the one place that says which pages must be rendered again.

A page shows what press/model/plan.py gives it, the titles of the texts named there, its own text if it has one,
and the frame: all that is the same on every page. The imprint is a hash of that. A page whose imprint is that of the
last build is kept as it stands. A template that looks at anything else, another text or the archive as a whole, is
seen doing so (Watched): the imprint of such a page takes in the whole archive. What has no imprint is rendered.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
from collections.abc import Collection, Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any

from press.model.archive import Archive
from press.model.entry import Entry
from press.model.plan import PlannedFeed, PlannedPage
from press.site.typeset import Head

UNSEEN = frozenset({"sha256", "body_line", "accept"})
"""Fields of an entry that no page of ours shows but through the text itself; a theme that names them does."""

_GLANCE = frozenset({"entry", "title", "title_html", "title_text", "summary_html"})
"""What any page may show of a text, besides its entry."""

_PLAIN = str | int | float | bool | None


class Unknown(TypeError):
    """A value that cannot be spelt out, so that nobody can tell whether it has changed."""


class Imprints:
    """The imprints of one build.

    `heads` are the typeset titles of each text by source, `addresses` where every source and file stands, `frame`
    what is the same on every page.
    """

    def __init__(
        self,
        archive: Archive,
        heads: Mapping[str, Head],
        addresses: Mapping[str, str],
        frame: Mapping[str, Any],
        unseen: Collection[str] = UNSEEN,
    ) -> None:
        self._seen = attrgetter(*(field.name for field in dataclasses.fields(Entry) if field.name not in unseen))
        self._archive, self._heads, self._places = archive, heads, addresses
        self._entries: dict[str, str] = {}
        self._settings = frame

    @functools.cached_property
    def _frame(self) -> str:
        return _hash(self._spell(self._settings))

    def of_page(self, page: PlannedPage) -> str:
        """Give the imprint of a page; empty where it cannot be told."""
        own = self.of_text(page.shows["entry"]) if page.source in self._heads else ""
        try:
            return _hash(self._frame, own, page.url, page.template, self._spell(page.shows))
        except Unknown:
            return ""

    def widen(self, imprint: str) -> str:
        """Give the imprint of a page whose template looked at more than the plan gives it."""
        return _hash(imprint, self.of_archive)

    def of_feed(self, feed: PlannedFeed) -> str:
        """Give the imprint of a feed, which has its texts in full; empty where it cannot be told."""
        try:
            return _hash(self._frame, self._spell(vars_of(feed)), *map(self.of_text, feed.entries))
        except Unknown:
            return ""

    @functools.cached_property
    def of_archive(self) -> str:
        """Give the imprint of everything there is."""
        archive = self._archive
        entries = [*archive.leaflets, *archive.pages]
        more = {"redirects": archive.redirects, "tombstones": archive.tombstones}
        return _hash(self._frame, self._spell(more), *(self.of_text(e) + self._of_entry(e) for e in entries))

    @functools.cached_property
    def of_catalogue(self) -> str:
        """Give the imprint of all leaflets without their texts; empty where it cannot be told."""
        try:
            return _hash(self._frame, *map(self._of_entry, self._archive.leaflets))
        except Unknown:
            return ""

    def of_text(self, entry: Entry) -> str:
        """Spell what the text of an entry depends on beside the frame: its source, and where its links lead."""
        return entry.sha256 + (self._addresses if self._heads[entry.source].linked else "")

    @functools.cached_property
    def _addresses(self) -> str:
        """Spell where everything stands that a text may link to: Pelican alone knows which of it a link means."""
        return _hash(self._spell(self._places))

    def _of_entry(self, entry: Entry) -> str:
        """Spell what others show of an entry."""
        known = self._entries.get(entry.source)
        if known is None:
            head = self._heads[entry.source]
            known = self._entries[entry.source] = _hash(repr((self._seen(entry), head.title, head.summary)))
        return known

    def _spell(self, value: object) -> str:
        """Write a value down so that two that differ are written differently. Raises Unknown."""
        if isinstance(value, Entry):
            return self._of_entry(value)
        if isinstance(value, _PLAIN):
            return repr(value)
        if isinstance(value, list | tuple):
            return f"({','.join(map(self._spell, value))})"
        if isinstance(value, Mapping):
            return f"{{{','.join(f'{self._spell(k)}:{self._spell(v)}' for k, v in value.items())}}}"
        if isinstance(value, datetime.date):
            return value.isoformat()
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return f"{type(value).__name__}{self._spell(vars_of(value))}"
        raise Unknown(type(value).__name__)


class Watched:
    """Stands before the texts and the archive in one template, and notes a look at what the plan does not name."""

    def __init__(self, texts: Mapping[str, Any], archive: Archive, own: str, named: frozenset[str]) -> None:
        self._texts, self._own, self._named = texts, own, named
        self.archive = _Seen(self, archive, frozenset())
        self.wide = False

    def __getitem__(self, source: str) -> Any:
        """Give a text: the page's own whole, of another that is named what heads it; all else is wide."""
        if source == self._own:
            return self._texts[source]
        return _Seen(self, self._texts[source], _GLANCE if source in self._named else frozenset())


class _Seen:
    """An object of which a template may see some attributes; a look at any other is wide."""

    def __init__(self, watched: Watched, seen: object, glance: frozenset[str]) -> None:
        self._watched, self._seen, self._glance = watched, seen, glance

    def __getattr__(self, name: str) -> Any:
        if name not in self._glance:
            self._watched.wide = True
        return getattr(self._seen, name)


_OF_CONTENT = frozenset(
    """
    OUTPUT_PATH archive copies generated_content localsiteurl search static_content static_links staticfiles texts
    """.split()
)
"""What the context has beside the frame."""


def list_frame(context: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is the same on every page: the settings, and what plugins add for templates."""
    return {k: v for k, v in context.items() if k not in _OF_CONTENT and not k.startswith("PRESS_")}


def take_imprints(context: dict[str, Any], settings: Mapping[str, Any]) -> Imprints:
    """Give the imprints of this build, made at the first call.

    A setting that is no plain value, such as a filter, is covered by the environment: the hash of the code.
    """
    if "PRESS_IMPRINTS" not in context:
        named = {**context["generated_content"], **context["static_content"]}
        places = {path: thing.url for path, thing in sorted(named.items())}
        every = list_frame(context).items()
        frame = {name: value for name, value in every if is_plain(value) or settings.get(name) is not value}
        frame["PRESS_ENVIRONMENT"] = settings.get("PRESS_ENVIRONMENT")
        templates = Path(settings["THEME"], "templates").rglob("*")
        words = "".join(path.read_text(encoding="utf-8", errors="replace") for path in templates if path.is_file())
        unseen = {name for name in UNSEEN if name not in words}
        context["PRESS_IMPRINTS"] = Imprints(context["archive"], context["texts"].heads, places, frame, unseen)
    imprints: Imprints = context["PRESS_IMPRINTS"]
    return imprints


def find_named(value: object) -> Iterator[str]:
    """Yield the source of every entry in what a page shows."""
    if isinstance(value, Entry):
        yield value.source
    elif isinstance(value, list | tuple):
        for item in value:
            yield from find_named(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from find_named(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from find_named(vars_of(value))


def vars_of(value: Any) -> dict[str, Any]:
    """Give the fields of a dataclass."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def is_plain(value: object) -> bool:
    """Tell whether a value can be spelt out."""
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    if isinstance(value, Mapping):
        return all(is_plain(k) and is_plain(v) for k, v in value.items())
    return isinstance(value, _PLAIN | datetime.date)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
