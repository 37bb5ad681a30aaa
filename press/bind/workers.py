"""The work of many leaflets spread over the cores; results come in the order of the bundles, whoever is first."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from press.bind.bundle import Bundle, Finding, Made, Workshop
from press.bind.making import make_copies
from press.faults import Level

WORTH_A_POOL = 24
"""Bundles from which more processes are quicker than one: each takes half a second to begin."""

_CHUNK = 8


def make_all(bundles: Sequence[Bundle], workshop: Workshop) -> Iterator[Made]:
    """Make the copies of each bundle, in order. A failure of the program is a finding of the leaflet it happened to."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(bundles) < WORTH_A_POOL or cores == 1:
        yield from (make_safely(bundle, workshop) for bundle in bundles)
        return
    chunks = [bundles[start : start + _CHUNK] for start in range(0, len(bundles), _CHUNK)]
    with _open_pool(min(cores, len(chunks))) as pool:
        futures = [pool.submit(_make_chunk, chunk, workshop) for chunk in chunks]
        try:
            for place, chunk in enumerate(chunks):
                yield from _collect(futures, place, chunk, workshop)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def make_safely(bundle: Bundle, workshop: Workshop) -> Made:
    """Make the copies of a bundle; what the libraries raise is an error of that leaflet."""
    try:
        return make_copies(bundle, workshop)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as wrong:  # a panic of a library written in Rust is no Exception
        if type(wrong).__module__.startswith("press.stage"):
            raise  # the build is being stopped
        return _crashed(f"{type(wrong).__name__}: {wrong}")


def _collect(
    futures: list[Future[list[Made]]], place: int, chunk: Sequence[Bundle], workshop: Workshop
) -> Iterator[Made]:
    """Give the results of a chunk, and let go of them."""
    try:
        made = futures[place].result()
    except BrokenProcessPool:
        made = [_make_alone(bundle, workshop) for bundle in chunk]
    futures[place] = Future()
    yield from made


def _make_alone(bundle: Bundle, workshop: Workshop) -> Made:
    """Make one bundle's copies in a process of its own: a crash is then that leaflet's."""
    with _open_pool(1) as pool:
        try:
            return pool.submit(_make_chunk, [bundle], workshop).result()[0]
        except BrokenProcessPool:
            return _crashed("the process that made them ended without a word")


def _crashed(why: str) -> Made:
    message = f"its copies could not be made: {why}. This is a mistake in the program or a library: report it."
    return Made({}, (Finding(Level.ERROR, "copy-crash", "", message),))


def _make_chunk(bundles: Sequence[Bundle], workshop: Workshop) -> list[Made]:
    return [make_safely(bundle, workshop) for bundle in bundles]


def _open_pool(workers: int) -> ProcessPoolExecutor:
    """Open a pool of fresh processes: a copy of this one would bring its threads and its signals along."""
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Leave signals to the parent, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
