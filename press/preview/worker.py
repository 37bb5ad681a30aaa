"""The process that builds for the preview, one tree after another, until it is replaced.

What is imported above the functions is Python's own: a slip anywhere else in press/ must not keep the worker from
saying so.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker builds, all its life."""

    settings_file: str
    content: str
    url: str
    drafts: bool
    store: str
    """The file that remembers typeset texts; builds of the same collection share it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build went."""

    errors: tuple[str, ...] = ()
    """The lines of what is wrong; with any, there is no new site."""
    warnings: tuple[str, ...] = ()
    addresses: dict[str, str] = field(default_factory=dict)
    """From the address of each text's page to its source."""
    leaflets: int = 0
    drafts: int = 0
    """Leaflets and pages that are shown, and will not be published."""
    folders: tuple[str, ...] = ()
    """What is to be watched beside the content: the theme, and plugins of one's own; empty where it is not known."""


def work(orders: Connection, job: Job) -> None:
    """Fill each tree whose path comes in, and answer with an Outcome; end with the process that began this one."""
    os.setsid()  # Ctrl-C is for the preview, and whoever ends this worker ends all that it has begun
    threading.Thread(target=_end_with_parent, daemon=True).start()
    memory: list[Any] = []
    indexer: Any = None
    while True:
        try:
            tree = orders.recv()
        except EOFError:
            return
        later: list[Any] = []
        orders.send(_build(job, Path(tree), memory, later))
        for documents in later:
            from press.preview.indexing import Indexer

            indexer = indexer or Indexer()
            indexer.ask(documents, Path(tree))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _build(job: Job, tree: Path, memory: list[Any], later: list[Any] | None = None) -> Outcome:
    """Pass a build's stages, from the gate to the check; `memory` has room for what the last one left.

    What can wait comes into `later`.
    """
    try:
        from press.preview.stages import Last, fill_tree

        memory += [] if memory else [Last()]
        return fill_tree(job, tree, memory[0], later)
    except BaseException as wrong:  # whatever a module or a plugin does, the preview is told and goes on
        return Outcome(errors=(_tell(wrong),))


def _tell(wrong: BaseException) -> str:
    """Name the place where the program went wrong, as one line; press.diagnostics itself may be what is broken."""
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
    message = f"{type(wrong).__name__}: {what}. This is a mistake in the program or a plugin: mend it and save."
    return f"{path}:{line}: error: [program] {message}"
