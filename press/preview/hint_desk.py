"""Where pages ask for the hints for their text, and wait until the worker has time for them."""

from __future__ import annotations

import threading
from collections import deque
from multiprocessing import Pipe

from press.preview.job import Hint


class HintDesk:
    """Takes questions from the server's threads to the loop, and answers back; answers last as long as a build."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._build = ""
        self._asked: deque[str] = deque()
        self._answers: dict[str, tuple[Hint, ...] | None] = {}
        self.asked, self._bell = Pipe(duplex=False)
        """What multiprocessing.connection.wait is to watch for a question."""

    def ask(self, build: str, source: str, seconds: float) -> tuple[Hint, ...] | None:
        """Return the hints for a source in this build; None if there are none to be had, or another build came."""
        with self._changed:
            if build == self._build and source not in self._answers and source not in self._asked:
                self._asked.append(source)
                self._bell.send_bytes(b"?")
            self._changed.wait_for(lambda: build != self._build or source in self._answers, seconds)
            return self._answers.get(source) if build == self._build else None

    def next(self) -> str | None:
        """Return the source that has waited longest."""
        while self.asked.poll():
            self.asked.recv_bytes()
        with self._changed:
            return self._asked[0] if self._asked else None

    def answer(self, source: str, hints: tuple[Hint, ...] | None) -> None:
        """Answer everyone who asked about a source."""
        with self._changed:
            if source in self._asked:
                self._asked.remove(source)
            self._answers[source] = hints
            self._changed.notify_all()

    def open(self, build: str) -> None:
        """Drop what was asked and answered about the build before."""
        with self._changed:
            self._build = build
            self._asked.clear()
            self._answers.clear()
            self._changed.notify_all()
