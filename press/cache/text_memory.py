"""Typeset texts, remembered from build to build.

A text is remembered by the hash of its source, its place, and everything else that typesetting depends on: the
settings, the press, the libraries. Heads and bodies are apart, since every build asks for all heads and few bodies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from press.cache.store import Store
from press.model.entry import Entry
from press.site.typeset import Head, Typeset

_AT_ONCE = 500
"""Texts that are written to the store together, so that no more of them stand in memory."""

_PATH = "\\u0000"
"""Stands for the file of a source in what was logged as JSON, which may be read on another machine."""


class Memory:
    """The texts of one build: `store` has them for the next; without one they stand in memory until this one ends.

    `environment` names all that a typeset text depends on beside its source; `folder` is the content folder.
    """

    def __init__(self, store: Store | None, environment: str, folder: str) -> None:
        self._store, self._environment, self._folder = store, environment, folder
        self._heads: dict[str, Any] = {}
        self._bodies: dict[str, str] = {}

    def recall(self, entries: Iterable[Entry]) -> dict[str, Head]:
        """Give the heads that are remembered, by source."""
        if self._store is None:
            return {}
        keys = {self._key(entry, "head"): entry.source for entry in entries}
        found = ((keys[key], self._read(keys[key], value)) for key, value in self._store.fetch(keys).items())
        return {source: head for source, head in found if head is not None}

    def recall_body(self, entry: Entry) -> str | None:
        """Give the body of a text, or None where it is not remembered."""
        key = self._key(entry, "body")
        body = self._bodies.get(key)
        if body is None and self._store is not None:
            body = self._store.fetch([key]).get(key)
        return body if isinstance(body, str) else None

    def keep(self, entry: Entry, text: Typeset) -> None:
        """Remember a text."""
        head = text.head
        said = json.dumps(head.said).replace(self._spell_path(entry.source), _PATH)
        self._heads[self._key(entry, "head")] = [head.title, head.summary, head.description, head.linked, said]
        self._bodies[self._key(entry, "body")] = text.body
        if len(self._heads) >= _AT_ONCE:
            self._write(())

    def flush(self, entries: Sequence[Entry]) -> None:
        """Write what is not yet in the store, and note which texts are in use."""
        self._write([self._key(entry, kind) for entry in entries for kind in ("head", "body")])

    def _write(self, asked: Iterable[str]) -> None:
        """Write to the store; what it cannot take, on a full disk for instance, stays in memory for this build."""
        if self._store is not None and self._store.keep({**self._heads, **self._bodies}, asked):
            self._bodies.clear()
        self._heads.clear()

    def _read(self, source: str, value: Any) -> Head | None:
        try:
            title, summary, description, linked, said = value
            records = json.loads(said.replace(_PATH, self._spell_path(source))) if said != "[]" else []
            if not all(isinstance(text, str) for text in (title, summary, description)):
                return None
            logged = [{**record, "args": tuple(record["args"])} for record in records]
            return Head(title, summary, description, linked, logged)
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
            return None

    def _spell_path(self, source: str) -> str:
        """Give the file of a source as JSON writes it."""
        return json.dumps(str(Path(self._folder, source)))[1:-1]

    def _key(self, entry: Entry, kind: str) -> str:
        named = f"{self._environment}\0{entry.source}\0{entry.sha256}\0{kind}"
        return hashlib.sha256(named.encode()).hexdigest()
