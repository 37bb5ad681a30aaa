"""Work over the cores: results in order, failures as in a single process."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest

from press.diagnostics import Refused
from press.runtime.parallel import FEW_ITEMS, map_over_cores

MANY = list(range(FEW_ITEMS * 3))


@pytest.mark.parametrize("jobs", [1, 2, 3, 7])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(map_over_cores(lambda n: n * n, MANY, jobs)) == [n * n for n in MANY]


def test_the_work_is_done_in_other_processes() -> None:
    places = set(map_over_cores(lambda _: os.getpid(), MANY, 2))
    assert len(places) == 2
    assert os.getpid() not in places


def test_few_items_are_done_in_this_process() -> None:
    assert set(map_over_cores(lambda _: os.getpid(), MANY[: FEW_ITEMS - 1], 2)) == {os.getpid()}


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(map_over_cores(lambda n: 1 // (n - 100), MANY, 2))


def test_after_a_failure_no_worker_goes_on() -> None:
    """A worker that wrote a page while its tree was being deleted left a staging folder behind."""

    def fail_or_wait(number: int) -> None:
        if number:
            signal.pause()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(map_over_cores(fail_or_wait, MANY, 2))
    assert multiprocessing.active_children() == []


def test_a_worker_that_dies_names_its_item() -> None:
    def die(number: int) -> int:
        if number == 101:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    results = map_over_cores(die, MANY, 2, doing="counting", path_of="{}.md".format)
    assert [next(results) for _ in range(101)] == MANY[:101]
    with pytest.raises(Refused) as died:
        next(results)
    assert str(died.value).startswith("101.md: error: [worker-died] the process that was counting died")


def test_large_results_do_not_block() -> None:
    assert sum(map(len, map_over_cores(lambda n: "x" * 100_000, MANY, 2))) == 100_000 * len(MANY)


def test_abandoning_the_results_ends_the_workers() -> None:
    results = map_over_cores(lambda n: "x" * 100_000, MANY, 2)
    next(results)
    results.close()
    assert next(map_over_cores(lambda n: n, MANY, 2)) == 0
