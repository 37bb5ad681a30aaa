"""The process that builds for the preview, one tree after another, until it is replaced.

Only Python's own modules and job.py are imported at the top: a slip anywhere else in press/ must not keep the worker
from reporting it.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from press.preview.job import Hints, Job, PreviewResult, Question


def work(orders: Connection, job: Job) -> None:
    """Fill each tree whose path arrives, or answer a Question, and send the result.

    Ends with the process that started this one.
    """
    os.setsid()  # Ctrl-C only reaches the preview, which can then end this worker's whole group
    threading.Thread(target=_end_with_parent, daemon=True).start()
    last: list[Any] = []
    indexer: Any = None
    while True:
        try:
            order = orders.recv()
        except EOFError:
            return
        if isinstance(order, Question):
            orders.send(_answer(order, last))
            continue
        documents: list[Any] = []
        orders.send(_build(job, Path(order), last, documents))
        if documents:
            from press.preview.indexing import Indexer

            indexer = indexer or Indexer()
            indexer.ask(documents[0], Path(order))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _build(job: Job, tree: Path, last: list[Any], documents: list[Any]) -> PreviewResult:
    """Run the stages; `last` holds the last good build, if any; `documents` receives what the index is made of."""
    try:
        from press.preview.stages import fill_tree

        return fill_tree(job, tree, last, documents)
    except BaseException as wrong:  # whatever a module or a plugin raises is reported, and the preview goes on
        return PreviewResult(errors=(_describe(wrong),))


def _answer(question: Question, last: list[Any]) -> Hints | PreviewResult:
    """Find the hints for a text of the last good build; a mistake in a rule is reported like one in a stage."""
    if not last:
        return Hints(question.source, None)
    try:
        from press.preview.hints import find_hints

        return Hints(question.source, find_hints(last[0], question.source))
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
