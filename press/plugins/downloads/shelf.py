"""Copies from the store where they are, and made where they are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from press.bind.bundle import Bundle, Made, Workshop
from press.bind.store import Store


def fetch_or_make(bundles: Sequence[Bundle], workshop: Workshop, store: Store | None) -> Iterator[Made]:
    """Give the copies of each bundle in order: stored ones are read when their turn comes, new ones are stored.

    A leaflet with an error is not stored: it will be looked at again.
    """
    from press.bind.workers import make_all  # loads Typst, which an unchanged archive can do without

    keys = [bundle.key for bundle in bundles]
    absent = [place for place, key in enumerate(keys) if store is None or not store.has(key)]
    fresh = make_all([bundles[place] for place in absent], workshop)
    waiting = set(absent)
    for place, (key, bundle) in enumerate(zip(keys, bundles, strict=True)):
        if place in waiting:
            made = next(fresh)
        else:
            made = (store and store.get(key)) or next(make_all([bundle], workshop))
        if store is not None and (place in waiting) and not made.has_errors:
            store.put(key, made)
        yield made
    if store is not None:
        store.prune(keys)
