"""The search index of the preview, built in a thread so that no page waits for it."""

from __future__ import annotations

import secrets
import shutil
import sys
import threading
from contextlib import suppress
from pathlib import Path

from press.diagnostics import error
from press.model.urls import SEARCH_INDEX
from press.runtime.files import exchange
from press.search.documents import SearchDocument
from press.search.pagefind import Files, IndexFailed, make_files, write_files


class Indexer:
    """Makes one index at a time, for the last tree; if the documents have not changed, it reuses the index."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._waiting: tuple[list[SearchDocument], Path] | None = None
        self._documents: list[SearchDocument] = []
        self._files: Files = {}
        threading.Thread(target=self._work, daemon=True).start()

    def ask(self, documents: list[SearchDocument], tree: Path) -> None:
        """Ask for the index of a tree; this replaces a request that has not started."""
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
                message = f"{failed}. The preview works, but its search index is not up to date."
                problem = error("search", 0, "search-index", message)
                print(problem, file=sys.stderr, flush=True)

    def _put(self, documents: list[SearchDocument], tree: Path) -> None:
        """Put a finished index into its tree in one step; if the tree is gone by now, do nothing."""
        if documents != self._documents:
            self._files, self._documents = make_files(documents), documents
        fresh = tree / f"{SEARCH_INDEX[:-1]}-{secrets.token_hex(4)}"
        with suppress(OSError):
            fresh.mkdir()
            write_files(self._files, fresh)
            _replace(fresh, tree / SEARCH_INDEX)


def _replace(fresh: Path, former: Path) -> None:
    """Replace a folder, which may not exist, with another; in one step if the system can exchange them."""
    if former.exists() and exchange(fresh, former):
        shutil.rmtree(fresh)
    else:
        shutil.rmtree(former, ignore_errors=True)
        fresh.rename(former)
