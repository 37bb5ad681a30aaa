"""The cache with what the worker has loaded from it in memory, so that it is not read and checked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from press.cache.steps import Cache, Step, Value
from press.cache.store import Store

Loaded = dict[str, dict[str, Any]]
"""Values by the name of their step and their key. A key names all that a value depends on, so none is ever old."""

HELD = frozenset({"document", "facts", "page", "source", "text"})
"""The steps whose values are held in memory: many small ones, without files of their own."""


class WarmCache(Cache):
    """A cache that looks into `loaded` before the store; nobody may change a value."""

    def __init__(self, store: Store, loaded: Loaded) -> None:
        super().__init__(store)
        self._loaded = loaded

    def hold(self) -> None:
        """Load what this build has added, and let go of what it has not used."""
        for name, (step, keys, _) in self._used.items():
            if name in HELD:
                list(self._recall(step, keys))
                held = self._loaded[name]
                self._loaded[name] = {key: held[key] for key in keys if key in held}

    def _recall(self, step: Step[Value], keys: Sequence[str]) -> Iterator[tuple[int, Value]]:
        if step.name not in HELD:
            yield from super()._recall(step, keys)
            return
        held = self._loaded.setdefault(step.name, {})
        absent = [key for key in keys if key and key not in held]
        for n, value in super()._recall(step, absent):
            held[absent[n]] = value
        yield from ((n, held[key]) for n, key in enumerate(keys) if key in held)
