"""Copies from the shelf where they are, and made where they are not."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial

from press.cache.copies_shelf import Shelf
from press.diagnostics import Level
from press.exports.export_input import ExportInput, Finding, Made, Toolchain
from press.runtime.parallel import WorkerDied, map_over_cores


def fetch_or_make(
    leaflets: Sequence[ExportInput], toolchain: Toolchain, shelf: Shelf | None, jobs: int | None = None
) -> Generator[Made, None, None]:
    """Give the copies of each leaflet in order; what is new goes to the shelf, unless it has an error.

    Even one leaflet is made in another process: Typst starts threads, and a copy of a process that has them would
    wait for them for ever.
    """
    absent = [leaflet for leaflet in leaflets if shelf is None or not shelf.has(leaflet.key)]
    waiting = {leaflet.key for leaflet in absent}
    with closing(_make(absent, toolchain, jobs)) as fresh:
        for leaflet in leaflets:
            made = None if leaflet.key in waiting or shelf is None else shelf.get(leaflet.key)
            if made is None:
                made = next(fresh if leaflet.key in waiting else _make([leaflet], toolchain, jobs))
                if shelf is not None and not made.has_errors:
                    shelf.put(leaflet.key, made)
            yield made
    if shelf is not None:
        shelf.prune([leaflet.key for leaflet in leaflets])


def _make(leaflets: Sequence[ExportInput], toolchain: Toolchain, jobs: int | None) -> Generator[Made, None, None]:
    """Make copies over the cores; a worker that dies is an error of the leaflet it was at, and the rest goes on."""
    from press.exports.make_exports import make_safely  # loads what copies are made with; stored ones need none of it

    made, jobs = 0, 1 if "typst" in sys.modules else jobs  # a process that has its threads must not be copied
    while made < len(leaflets):
        try:
            for copies in map_over_cores(partial(make_safely, toolchain=toolchain), leaflets[made:], jobs, few=1):
                made += 1
                yield copies
        except WorkerDied:
            made += 1
            message = "the process that made its copies died. Is the memory full? Build again, or with --jobs 1."
            yield Made({}, (Finding(Level.ERROR, "copy-failed", "", message),))
