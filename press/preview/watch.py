"""Which files a preview watches, and what a change in them means."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from multiprocessing import Pipe
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

import press

CODE = Path(press.__file__).resolve().parent

STEP = 30
"""Milliseconds without a further change after which changes are told: an editor saves in several steps."""

READY = 100
"""Milliseconds from the beginning of a watch to the first sign that it has begun."""


class Watch:
    """Watches what a site is made of. On `changes` come lists of changed paths; a string where watching fails."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._folders: frozenset[Path] = frozenset()
        self.changes, self._tell = Pipe(duplex=False)

    def follow(self, folders: Iterable[Path], changed: Iterable[str] = ()) -> bool:
        """Watch these folders, the code and the settings; tell whether the watch had to begin anew.

        It has to where a folder is another than before, or was itself made or deleted: a folder that was deleted and
        made again is not the one that was watched.
        """
        wanted = frozenset({folder.resolve() for folder in folders} | {CODE})
        if wanted == self._folders and not any(Path(path) in wanted for path in changed):
            return False
        self.close()
        self._folders, self._stop = wanted, threading.Event()
        parents = {self._root, *(folder.parent for folder in wanted)}
        self._begin([folder for folder in wanted if folder.is_dir()], DefaultFilter(), recursive=True)
        self._begin([folder for folder in parents if folder.is_dir()], _Above(self._root, wanted), recursive=False)
        return True

    def touches_code(self, paths: Iterable[str]) -> bool:
        """Tell whether the worker has to be replaced after these changes: code or settings are among them."""
        return any(path.endswith(".py") or Path(path).is_relative_to(CODE) for path in paths)

    def close(self) -> None:
        """Watch nothing more."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._threads = []

    def _begin(self, folders: list[Path], chosen: DefaultFilter, *, recursive: bool) -> None:
        begun = threading.Event()
        thread = threading.Thread(target=self._watch, args=(folders, chosen, recursive, begun), daemon=True)
        self._threads.append(thread)
        thread.start()
        begun.wait()

    def _watch(self, folders: list[Path], chosen: DefaultFilter, recursive: bool, begun: threading.Event) -> None:
        """Tell changes until stopped; where the system's notices run out, look at all files again and again."""
        try:
            for polling in (None, True):
                try:
                    for changes in watch(
                        *folders,
                        watch_filter=chosen,
                        step=STEP,
                        stop_event=self._stop,
                        rust_timeout=READY,
                        yield_on_timeout=True,
                        force_polling=polling,
                        recursive=recursive,
                        ignore_permission_denied=True,
                    ):
                        begun.set()
                        if changes:
                            self._tell.send([path for _, path in changes])
                    return
                except OSError as failed:
                    trouble = failed
            self._tell.send(f"they cannot be watched any more: {trouble}. Begin the preview again.")
        finally:
            begun.set()


class _Above(DefaultFilter):
    """Of the folders above: the settings and modules beside them, and the coming and going of what is watched."""

    def __init__(self, root: Path, watched: frozenset[Path]) -> None:
        super().__init__()
        self._root, self._watched = root, watched

    def __call__(self, change: Change, path: str) -> bool:
        if Path(path) in self._watched:
            return change is not Change.modified
        return path.endswith(".py") and Path(path).parent == self._root and super().__call__(change, path)
