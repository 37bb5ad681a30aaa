"""Copies from the shelf where they are, and made where they are not."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial

from press.bind.bundle import Bundle, Finding, Made, Workshop
from press.bind.shelf import Shelf
from press.faults import Level
from press.parallel import WorkerDied, map_over_cores


def fetch_or_make(
    bundles: Sequence[Bundle], workshop: Workshop, shelf: Shelf | None, jobs: int | None = None
) -> Generator[Made, None, None]:
    """Give the copies of each bundle in order; what is new goes to the shelf, unless it has an error.

    Even one leaflet is made in another process: Typst starts threads, and a copy of a process that has them would
    wait for them for ever.
    """
    absent = [bundle for bundle in bundles if shelf is None or not shelf.has(bundle.key)]
    waiting = {bundle.key for bundle in absent}
    with closing(_make(absent, workshop, jobs)) as fresh:
        for bundle in bundles:
            made = None if bundle.key in waiting or shelf is None else shelf.get(bundle.key)
            if made is None:
                made = next(fresh if bundle.key in waiting else _make([bundle], workshop, jobs))
                if shelf is not None and not made.has_errors:
                    shelf.put(bundle.key, made)
            yield made
    if shelf is not None:
        shelf.prune([bundle.key for bundle in bundles])


def _make(bundles: Sequence[Bundle], workshop: Workshop, jobs: int | None) -> Generator[Made, None, None]:
    """Make copies over the cores; a worker that dies is an error of the leaflet it was at, and the rest goes on."""
    from press.bind.making import make_safely  # loads what copies are made with; stored ones need none of it

    made, jobs = 0, 1 if "typst" in sys.modules else jobs  # a process that has its threads must not be copied
    while made < len(bundles):
        try:
            for copies in map_over_cores(partial(make_safely, workshop=workshop), bundles[made:], jobs, few=1):
                made += 1
                yield copies
        except WorkerDied:
            made += 1
            message = "the process that made its copies died. Is the memory full? Build again, or with --jobs 1."
            yield Made({}, (Finding(Level.ERROR, "copy-failed", "", message),))
