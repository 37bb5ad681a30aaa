"""The process that builds for the preview, one tree after another, until it is replaced.

Only Python's own modules and job.py are imported at the top: a slip anywhere else in press/ must not keep the worker
from reporting it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from press.preview.job import Hints, Job, Order, PreviewResult, Question


def work(orders: Connection, job: Job) -> None:
    """Obey each Order and answer each Question, and send the result. What no page waits for is done after that.

    Ends with the process that started this one.
    """
    os.setsid()  # Ctrl-C only reaches the preview, which can then end this worker's whole group
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(100_000, 50, 100)  # many objects, few cycles, as in every command
    memory: list[Any] = []
    while True:
        try:
            order = orders.recv()
        except EOFError:
            return
        if isinstance(order, Question):
            orders.send(_answer(order, memory))
            continue
        result = _build(job, order, memory)
        orders.send(result)
        if not result.errors:
            _finish(Path(order.tree).parent, memory)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _build(job: Job, order: Order, memory: list[Any]) -> PreviewResult:
    """Run the stages; `memory` holds what is kept from build to build, once there has been one."""
    try:
        from press.preview.memory import Memory
        from press.preview.stages import fill_tree

        memory[:] = memory or [Memory()]
        return fill_tree(job, Path(order.tree), memory[0], order.changed)
    except BaseException as wrong:  # whatever a module or a plugin raises is reported, and the preview goes on
        return PreviewResult(errors=(_describe(wrong),))


def _finish(folder: Path, memory: list[Any]) -> None:
    """List what the search is made of, and have their index made; what goes wrong costs only the search."""
    try:
        from press.preview.indexing import Indexer
        from press.preview.stages import finish_build

        content = finish_build(memory[0])
        if content:
            memory[1:] = memory[1:] or [Indexer(folder)]
            memory[1].ask(content)
    except BaseException as wrong:
        print(_describe(wrong), file=sys.stderr, flush=True)
    gc.collect()  # Pelican and Jinja refer to themselves, and so keep all of the build before


def _answer(question: Question, memory: list[Any]) -> Hints | PreviewResult:
    """Find the hints for a text of the last good build; a mistake in a rule is reported like one in a stage."""
    if not memory or memory[0].good is None:
        return Hints(question.source, None)
    try:
        from press.preview.hints import find_hints

        return Hints(question.source, find_hints(memory[0].good, question.source))
    except BaseException as wrong:
        return PreviewResult(errors=(_describe(wrong),))


def _describe(wrong: BaseException) -> str:
    """Return an error at the line that failed, as text: press.diagnostics itself may be broken."""
    if isinstance(wrong, SyntaxError):
        path, line, what = wrong.filename or "", wrong.lineno or 0, wrong.msg
    else:
        frame = wrong.__traceback__
        while frame and frame.tb_next:
            frame = frame.tb_next
        path = frame.tb_frame.f_code.co_filename if frame else ""
        line, what = frame.tb_lineno if frame else 0, str(wrong)
    with suppress(ValueError):
        path = str(Path(path).relative_to(Path.cwd()))
    message = f"{type(wrong).__name__}: {what}. This is a mistake in the program or a plugin: correct it and save."
    return f"{path}:{line}: error: [program] {message}"
