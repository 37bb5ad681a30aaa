"""The index of the search, made beside the preview: no page waits for it."""

from __future__ import annotations

import secrets
import shutil
import sys
import threading
from contextlib import suppress
from pathlib import Path

from press.cache.search_shelf import Files, key_of, write_files
from press.diagnostics import error
from press.runtime.files import exchange
from press.search.documents import Document
from press.search.pagefind import IndexFailed, make_files

FOLDER = "pagefind"


class Indexer:
    """Makes one index at a time, of the tree that was built last; what has not changed is not made again."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._waiting: tuple[list[Document], Path] | None = None
        self._key = ""
        self._files: Files = {}
        threading.Thread(target=self._work, daemon=True).start()

    def ask(self, documents: list[Document], tree: Path) -> None:
        """Ask for the index of a tree, in place of any that has not been begun."""
        with self._news:
            self._waiting = documents, tree
            self._news.notify()

    def _work(self) -> None:
        while True:
            with self._news:
                while self._waiting is None:
                    self._news.wait()
                (documents, tree), self._waiting = self._waiting, None
            try:
                self._put(documents, tree)
            except IndexFailed as failed:
                problem = error("search", 0, "search-index", f"{failed}. The pages are shown all the same.")
                print(problem, file=sys.stderr, flush=True)

    def _put(self, documents: list[Document], tree: Path) -> None:
        """Set a finished index into its tree in one step; a tree that is gone meanwhile needs none."""
        key = key_of(documents)
        if key != self._key:
            self._files = make_files(documents)
            self._key = key
        fresh = tree / f"{FOLDER}-{secrets.token_hex(4)}"
        with suppress(OSError):
            fresh.mkdir()
            write_files(self._files, fresh)
            _take_place(fresh, tree / FOLDER)


def _take_place(fresh: Path, former: Path) -> None:
    """Let a folder take the place of the former, which may not be there; without a gap where the system can."""
    if former.exists() and exchange(fresh, former):
        shutil.rmtree(fresh)
    else:
        shutil.rmtree(former, ignore_errors=True)
        fresh.rename(former)
