"""Steps whose values are cached: a value is recalled if nothing that it depends on has changed, else made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from press.cache.store import SPARE, Store, open_store
from press.options import Json
from press.runtime.blob import Blob
from press.runtime.progress import advance, begin_stage

Item = TypeVar("Item")
Value = TypeVar("Value")

_AT_ONCE = 500
"""Values written together; no more than these wait in memory."""

_NAME = re.compile(r"(?:\w[\w-]*/){0,3}\w[\w.-]*")
"""Names allowed for a cached file: never a path to somewhere else."""

_NOT_A_VALUE = (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError)
"""What `load` may raise for JSON that this step did not write."""


@dataclass(frozen=True)
class Step(Generic[Value]):
    """How the values of a step are cached.

    `dump` returns a value as JSON, or None if it must not be kept; `load` restores it from JSON and its files.
    `files` returns the files of a new value. `later` returns the part that is stored separately and read on demand.
    `spare` is how many unused values are kept. `together` is for small values that most builds want all of.
    """

    name: str
    dump: Callable[[Value], Json]
    load: Callable[[Json, Mapping[str, Blob]], Value]
    files: Callable[[Value], Mapping[str, Blob]] = lambda _: {}
    later: Callable[[Value], Json] | None = None
    spare: int = SPARE
    together: bool = False


@dataclass
class Cache:
    """The values of earlier builds, and those that this one adds."""

    store: Store
    _used: dict[str, tuple[Step[Any], list[str], int]] = field(default_factory=dict)

    def recall_or_make(
        self,
        step: Step[Value],
        items: Sequence[Item],
        key_of: Callable[[Item], str],
        make: Callable[[Sequence[Item]], Iterator[Value]],
        accept: Callable[[Item, Value], bool] = lambda item, value: True,
    ) -> Iterator[Value]:
        """Yield the value of each item in order.

        `key_of` returns the key of an item; with an empty key, its value is not kept. `make` yields the values of the
        items that are not in the cache, in order. A recalled value that `accept` rejects is made again.
        """
        keys = [key_of(item) for item in items]
        found = dict(self._recall(step, keys))
        known = {n for n, item in enumerate(items) if n in found and accept(item, found[n])}
        absent = [item for n, item in enumerate(items) if n not in known]
        if step.together and len(known) < len(found):  # the store gets other values for the same keys
            self.store.separate(step.name)
        waiting: dict[str, Json] = {}
        begin_stage(step.name, len(absent), len(items))
        with closing(_as_generator(make(absent))) as fresh:
            for n, key in enumerate(keys):
                yield found.pop(n) if n in known else self._keep(step, key, next(fresh), waiting)
                if n not in known:
                    advance(step.name)
        self.store.put(step.name, waiting)
        self.count_use(step, keys, len(absent))

    def recall(self, step: Step[Value], key: str) -> Value | None:
        """Return the value under a key, or None."""
        return dict(self._recall(step, [key])).get(0)

    def recall_for_use(self, step: Step[Value], key: str) -> Value | None:
        """Return the value under a key, or None; if it is there, count it as used by this build."""
        value = self.recall(step, key)
        if value is not None:
            self.count_use(step, [key])
        return value

    def keep(self, step: Step[Value], key: str, value: Value) -> None:
        """Keep a value under its key."""
        list(self.recall_or_make(step, [key], lambda key: key, lambda _: iter([value]), lambda *_: False))

    def read_later(self, step: Step[Value], key: str) -> Json:
        """Return the part of a value that its step stores separately; None if it is lost."""
        return self.store.fetch([f"{key}/later"]).get(f"{key}/later")

    def finish(self) -> None:
        """Delete values that have not been used for a long time, and count this build."""
        self.sweep()
        self.store.finish()

    def sweep(self) -> None:
        """Delete what the steps used here have not used for many builds; a check does so without counting as one."""
        for step, keys, made in self._used.values():
            more = [f"{key}/later" for key in keys] if step.later else []
            self.store.sweep(step.name, [*keys, *more], made, step.spare)

    def count_use(self, step: Step[Any], keys: Iterable[str], made: int = 0) -> None:
        """Count values as used by this build, such as those that it needs not even read; `made` of them are new."""
        _, used, before = self._used.get(step.name, (step, [], 0))
        self._used[step.name] = step, [*used, *filter(None, keys)], before + made

    def _recall(self, step: Step[Value], keys: Sequence[str]) -> Iterator[tuple[int, Value]]:
        rows = self.store.fetch(filter(None, keys), step.name if step.together else "")
        for n, key in enumerate(keys):
            try:
                written, listed = rows[key]
                if not all(map(_NAME.fullmatch, listed)):
                    continue  # somebody else wrote it
                files = {name: (int(size), str(sha256)) for name, (size, sha256) in listed.items()}
                yield n, step.load(written, self.store.find_files(key, files))
            except _NOT_A_VALUE:
                continue

    def _keep(self, step: Step[Value], key: str, value: Value, waiting: dict[str, Json]) -> Value:
        written = step.dump(value) if key else None
        if written is None:
            return value
        files = step.files(value)
        kept = self.store.put_files(key, files) if files else {}
        waiting[key] = [written, {name: [blob.size, blob.sha256] for name, blob in kept.items()}]
        if step.later:
            waiting[f"{key}/later"] = step.later(value)
        if len(waiting) >= _AT_ONCE:
            self.store.put(step.name, waiting)
            waiting.clear()
        return step.load(written, kept) if files else value


@contextmanager
def open_cache(folder: Path) -> Iterator[Cache]:
    """Open the cache of a collection in its work folder."""
    with open_store(folder) as store:
        yield Cache(store)


def _as_generator(values: Iterator[Value]) -> Any:
    """Wrap an iterator in a generator, whose `close` ends the workers."""
    yield from values
