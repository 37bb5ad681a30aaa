"""Sources that passed the gate before: what has not changed is not read again."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from press.cache.store import Store
from press.model.dates import UNDATED, parse_date
from press.model.entry import Entry
from press.model.ledger import is_address
from press.model.slugs import is_slug
from press.validate.sources import Source

_FIELDS = tuple(field.name for field in dataclasses.fields(Entry))
_TUPLES = frozenset("authors tags translators corrections redirect_from".split())

_PLAIN = tuple(field.name for field in dataclasses.fields(Entry) if field.type == "str")

_parse_date = functools.lru_cache(maxsize=20_000)(parse_date)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the sources of one content folder before the gate looks at them."""

    store: Store
    environment: str
    """Names all that the gate's judgement of a source depends on beside the source itself."""
    hashes: Mapping[str, str]
    """The SHA-256 of each source, by path."""

    def recall(self, paths: Iterable[str], lang: str, shown: str) -> dict[str, Source]:
        """Give those sources without a problem that were read before, by path; `shown` names the content folder."""
        keys = {self._key(path, lang): path for path in paths if path in self.hashes}
        found = {}
        for key, value in self.store.fetch(keys).items():
            try:
                entry, lines = _read_entry(value[0]), dict(value[1])
            except (ValueError, TypeError, KeyError, IndexError, AttributeError):
                continue
            path = keys[key]
            if _is_sound(entry, lines) and (entry.source, entry.sha256) == (path, self.hashes[path]):
                found[path] = Source(f"{shown}/{path}", entry, lines)
        return found

    def keep(self, sources: Mapping[str, Source], paths: Iterable[str], lang: str) -> None:
        """Remember sources without problems that come back from the store as they are; `paths` are those in use."""
        values = {}
        for path, source in sources.items():
            if source.entry and not source.problems and source.entry.sha256 == self.hashes.get(path):
                written = _write_entry(source.entry)
                if _read_entry(written) == source.entry:
                    values[self._key(path, lang)] = [written, dict(source.lines)]
        self.store.keep(values, (self._key(path, lang) for path in paths if path in self.hashes))

    def _key(self, path: str, lang: str) -> str:
        named = f"{self.environment}\0{path}\0{self.hashes[path]}\0{lang}\0entry"
        return hashlib.sha256(named.encode()).hexdigest()


def _is_sound(entry: Entry, lines: Mapping[str, int]) -> bool:
    """Tell whether all values are of their kinds, and the address leads nowhere else."""
    many = [value for name in _TUPLES for value in getattr(entry, name)]
    plain = [getattr(entry, name) for name in _PLAIN]
    return (
        all(isinstance(value, str) for value in [*many, *plain, *sum(entry.accept, ()), *lines])
        and all(type(value) is bool for value in (entry.is_page, entry.draft, entry.quotes, entry.dashes))
        and all(type(line) is int for line in (entry.body_line, *lines.values()))
        and is_slug(entry.slug)
        and all(map(is_address, entry.redirect_from))
        and entry.is_page == entry.source.startswith("pages/")
    )


def _write_entry(entry: Entry) -> list[Any]:
    """Give the values of an entry as JSON has them."""
    values = {name: getattr(entry, name) for name in _FIELDS}
    added = entry.added.isoformat() if entry.added else None
    return list({**values, "date": entry.date.edtf, "added": added}.values())


def _read_entry(written: list[Any]) -> Entry:
    """Read an entry again. Raises ValueError or TypeError for what is none."""
    values = dict(zip(_FIELDS, written, strict=True))
    for name in _TUPLES:
        values[name] = tuple(values[name])
    values["accept"] = tuple((rule, reason) for rule, reason in values["accept"])
    values["date"] = _parse_date(values["date"]) if values["date"] else UNDATED
    values["added"] = datetime.date.fromisoformat(values["added"]) if values["added"] else None
    return Entry(**values)
