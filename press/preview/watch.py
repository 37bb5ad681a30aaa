"""Which files a preview watches, and which changes need a new worker."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from multiprocessing import Pipe
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

import press
from press.package_files import PRESS_THEME

PRESS_FOLDER = Path(press.__file__).resolve().parent

STEP = 30
"""Milliseconds without a further change after which changes are sent: an editor saves in several steps."""

READY = 100
"""Milliseconds after which a new watch reports that it has started."""


class Watch:
    """Watches the files of a site. `changes` receives lists of changed paths, or a message if watching fails."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._folders: frozenset[Path] = frozenset()
        self.changes, self._sender = Pipe(duplex=False)

    def follow(self, folders: Iterable[Path], changed: Iterable[str] = ()) -> bool:
        """Watch these folders, the code and the settings; return whether the watch had to start again.

        It starts again if the folders differ, or if one of them was created or deleted: a folder that was deleted and
        created again is no longer watched.
        """
        wanted = frozenset({folder.resolve() for folder in folders} | {PRESS_FOLDER})
        if wanted == self._folders and not any(Path(path) in wanted for path in changed):
            return False
        self.close()
        self._folders, self._stop = wanted, threading.Event()
        parents = {self._root, *(folder.parent for folder in wanted)}
        self._begin([folder for folder in wanted if folder.is_dir()], DefaultFilter(), recursive=True)
        self._begin([folder for folder in parents if folder.is_dir()], _Above(self._root, wanted), recursive=False)
        return True

    def touches_code(self, paths: Iterable[str]) -> bool:
        """Return whether these changes include code or settings, so that the worker must be replaced."""
        return any(path.endswith(".py") or _is_in_press(Path(path)) for path in paths)

    def close(self) -> None:
        """Stop watching."""
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
        """Send changes until stopped; if the system cannot notify of more files, poll them instead."""
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
                            self._sender.send([path for _, path in changes])
                    return
                except OSError as failed:
                    trouble = failed
            self._sender.send(f"files can no longer be watched: {trouble}. Start the preview again.")
        finally:
            begun.set()


def _is_in_press(path: Path) -> bool:
    """Return whether a file is part of the press, but not of its theme, which a wheel has in the same folder."""
    return path.is_relative_to(PRESS_FOLDER) and not path.is_relative_to(PRESS_THEME)


class _Above(DefaultFilter):
    """In the parent folders: changes of settings and modules, and the creation or deletion of watched folders."""

    def __init__(self, root: Path, watched: frozenset[Path]) -> None:
        super().__init__()
        self._root, self._watched = root, watched

    def __call__(self, change: Change, path: str) -> bool:
        if Path(path) in self._watched:
            return change is not Change.modified
        return path.endswith(".py") and Path(path).parent == self._root and super().__call__(change, path)
