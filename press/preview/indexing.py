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
from press.search.pagefind import WORDS, Files, IndexFailed, SearchContent, make_files, write_files


class Indexer:
    """Makes one index at a time, for the last tree; a language whose documents have not changed keeps its index."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._waiting: tuple[SearchContent, Path] | None = None
        self._made: dict[str, tuple[list[SearchDocument], Files]] = {}
        threading.Thread(target=self._work, daemon=True).start()

    def ask(self, content: SearchContent, tree: Path) -> None:
        """Ask for the index of a tree; this replaces a request that has not started."""
        with self._news:
            self._waiting = content, tree
            self._news.notify()

    def _work(self) -> None:
        while True:
            with self._news:
                while self._waiting is None:
                    self._news.wait()
                (content, tree), self._waiting = self._waiting, None
            try:
                self._put(content, tree)
            except IndexFailed as failed:
                message = f"{failed}. The preview works, but its search index is not up to date."
                problem = error("search", 0, "search-index", message)
                print(problem, file=sys.stderr, flush=True)

    def _put(self, content: SearchContent, tree: Path) -> None:
        """Put a finished index into its tree in one step; if the tree is gone by now, do nothing."""
        self._made = {lang: self._make(lang, documents) for lang, documents in content.by_language().items()}
        files = {WORDS: content.words.encode()}
        for _, made in self._made.values():
            files |= made
        fresh = tree / f"{SEARCH_INDEX[:-1]}-{secrets.token_hex(4)}"
        with suppress(OSError):
            fresh.mkdir()
            write_files(files, fresh)
            _replace(fresh, tree / SEARCH_INDEX)

    def _make(self, lang: str, documents: list[SearchDocument]) -> tuple[list[SearchDocument], Files]:
        known = self._made.get(lang)
        return known if known and known[0] == documents else (documents, make_files(documents))


def _replace(fresh: Path, former: Path) -> None:
    """Replace a folder, which may not exist, with another; in one step if the system can exchange them."""
    if former.exists() and exchange(fresh, former):
        shutil.rmtree(fresh)
    else:
        shutil.rmtree(former, ignore_errors=True)
        fresh.rename(former)
