"""The search index of the preview, built in a thread so that no page waits for it."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import threading
from contextlib import suppress
from pathlib import Path

from press.diagnostics import error
from press.model.urls import SEARCH_INDEX
from press.preview.routes import SEARCH_ROOT
from press.runtime.blob import Blob
from press.runtime.files import exchange
from press.search.documents import SearchContent, SearchDocument
from press.search.index_folder import IndexFolder, list_index
from press.search.pagefind import WORDS, IndexFailed

_Files = dict[str, Blob]
"""The files of an index by path."""


class Indexer:
    """Makes one index at a time, below the folder of the search; a language with the same documents keeps its own."""

    def __init__(self, folder: Path) -> None:
        self._place = folder / SEARCH_ROOT / SEARCH_INDEX
        self._making = folder / SEARCH_ROOT / "making"  # a sibling of the trees would be deleted with the old ones
        self._news = threading.Condition()
        self._waiting: SearchContent | None = None
        self._content: SearchContent | None = None
        self._made: dict[str, tuple[list[SearchDocument], IndexFolder, _Files]] = {}
        threading.Thread(target=self._work, daemon=True).start()

    def ask(self, content: SearchContent) -> None:
        """Ask for an index; this replaces a request that has not started."""
        with self._news:
            self._waiting = content
            self._news.notify()

    def _work(self) -> None:
        _yield_to_builds()
        while True:
            with self._news:
                while self._waiting is None:
                    self._news.wait()
                content, self._waiting = self._waiting, None
            try:
                self._put(content)
            except IndexFailed as failed:
                message = f"{failed}. The preview works, but its search index is not up to date."
                problem = error("search", 0, "search-index", message)
                print(problem, file=sys.stderr, flush=True)

    def _put(self, content: SearchContent) -> None:
        """Put a finished index into its place in one step; if the preview is ending, do nothing."""
        if content == self._content:
            return
        self._made = {lang: self._make(lang, documents) for lang, documents in content.by_language().items()}
        fresh = self._place.with_name(f"{self._place.name}-{secrets.token_hex(4)}")
        with suppress(OSError):
            fresh.mkdir(parents=True)
            (fresh / WORDS).write_text(content.words, encoding="utf-8")
            for _, _, files in self._made.values():
                _place_files(files, fresh)
            _replace(fresh, self._place)
            self._content = content

    def _make(self, lang: str, documents: list[SearchDocument]) -> tuple[list[SearchDocument], IndexFolder, _Files]:
        known = self._made.get(lang)
        if known and known[0] == documents:
            return known
        place = self._making / lang
        folder = known[1] if known else IndexFolder(place, lang)
        pages = {document.path: document for document in documents}
        for path, document in pages.items():
            if folder.lacks(path, document.html):
                folder.write(path, document.html, document.html)
        places = {path: document.place for path, document in pages.items()}
        note = folder.make(places, lambda path: pages[path].html)
        return documents, folder, list_index(place, note, places)


def _place_files(files: _Files, folder: Path) -> None:
    for parent in {(folder / path).parent for path in files}:
        parent.mkdir(parents=True, exist_ok=True)
    for path, blob in files.items():
        if not (folder / path).exists():  # two languages have the same engine
            blob.place_at(folder / path)


def _yield_to_builds() -> None:
    """Let the next build go first: lower the priority of this thread, and of the processes that it starts.

    On Linux a thread has a priority of its own; elsewhere this would slow down the worker, so nothing is done.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


def _replace(fresh: Path, former: Path) -> None:
    """Replace a folder, which may not exist, with another; in one step if the system can exchange them."""
    if former.exists() and exchange(fresh, former):
        shutil.rmtree(fresh)
    else:
        shutil.rmtree(former, ignore_errors=True)
        fresh.rename(former)
