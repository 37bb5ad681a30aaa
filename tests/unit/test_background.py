"""Work in a process of its own beside this one: its result, its failure, and its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from press.diagnostics import Refused
from press.runtime.background import in_background

INDEX = {"doing": "making the search index", "path": "pagefind"}


def test_the_work_is_done_in_another_process_and_its_result_arrives() -> None:
    with in_background(lambda: (os.getpid(), "x" * 1_000_000), **INDEX) as wait:  # more than a pipe holds
        pid, result = wait()
    assert pid != os.getpid()
    assert len(result) == 1_000_000


def test_with_one_job_it_is_done_here_when_its_result_is_asked_for() -> None:
    with in_background(os.getpid, 1, **INDEX) as wait:
        assert wait() == os.getpid()


def test_what_the_work_raises_is_raised_where_its_result_is_asked_for() -> None:
    with in_background(lambda: 1 // 0, **INDEX) as wait, pytest.raises(ZeroDivisionError):
        wait()


def test_a_process_that_dies_is_one_error() -> None:
    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with in_background(die, **INDEX) as wait, pytest.raises(Refused) as refused:
        wait()
    assert [str(problem) for problem in refused.value.problems] == [
        "pagefind: error: [worker-died] the process that was making the search index died, probably because the "
        "memory was full. Build again with --jobs 1."
    ]


def test_what_nobody_waits_for_is_ended_with_all_that_it_has_started(tmp_path: Path) -> None:
    """A Pagefind that outlived a build that was broken off would write into a folder that is being deleted."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def start() -> None:
        with pipe.open("wb") as held:
            sleeper = [sys.executable, "-c", "import time; print('begun', flush=True); time.sleep(600)"]
            subprocess.run(sleeper, stdout=held, check=False)

    with in_background(start, **INDEX):
        reader = pipe.open("rb")
        assert reader.readline() == b"begun\n"
    with reader:
        assert reader.read() == b""  # the end: nobody has the pipe open any more
