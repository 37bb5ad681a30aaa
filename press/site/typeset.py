"""Read and typeset the texts over the cores there are; what is said of them comes in their order."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press.diagnostics import Refused, display_path
from press.model.entry import Entry
from press.runtime.parallel import WorkerDied, map_over_cores, problem_of_death
from press.site.excerpts import describe
from press.site.fast_typogrify import make_typogrify
from press.site.lost_words import letters_of
from press.site.read import report

if TYPE_CHECKING:
    from press.cache.text_memory import Memory


@dataclass(frozen=True, slots=True)
class Head:
    """What other pages show of a text, and what is to be known of it without its body."""

    title: str
    """As typeset, in HTML; likewise the summary."""
    summary: str
    description: str = ""
    """The summary, or the first words of the text, as plain words."""
    linked: bool = False
    """Whether the body has a link to another text or file of the archive."""
    said: list[dict[str, Any]] = field(default_factory=list)
    """What was logged of it, as logging.makeLogRecord takes it."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A text as Pelican's readers and typogrify leave it: HTML, its links not yet led to their pages."""

    head: Head
    body: str


class Reading:
    """Reads texts by Pelican's `readers` from the content folder `folder`, and keeps them in `memory`."""

    def __init__(self, readers: Any, folder: str, memory: Memory, jobs: int | None = None) -> None:
        self._readers, self._folder, self._memory, self._jobs = readers, folder, memory, jobs
        self._typogrify = make_typogrify(readers.settings)
        self._link = re.compile(readers.settings["INTRASITE_LINK_REGEX"])

    def read_heads(self, entries: Sequence[Entry]) -> Iterator[Head]:
        """Yield the head of each text, typeset now where it is not remembered, and log again what was logged of it.

        Raises Refused for a text at which a worker died.
        """
        heads = self._memory.recall(entries)
        fresh = map_over_cores(self.typeset, [entry for entry in entries if entry.source not in heads], self._jobs)
        try:
            for entry in entries:
                head = heads.get(entry.source)
                if head is None:
                    text = next(fresh)
                    head = text.head
                    self._memory.keep(entry, text)
                for record in head.said:
                    logging.getLogger(record["name"]).handle(logging.makeLogRecord(record))
                yield head
            self._memory.flush(entries)
        except WorkerDied as died:
            path = display_path(Path(self._folder, getattr(died.item, "source", "")))
            raise Refused([problem_of_death(died, path, "reading this text")]) from None

    def read_body(self, entry: Entry) -> str:
        """Give the body of a text whose head was read; typeset again where the memory has lost it meanwhile."""
        body = self._memory.recall_body(entry)
        return self.typeset(entry).body if body is None else body

    def typeset(self, entry: Entry) -> Typeset:
        """Read and typeset a text; what is logged of it is in the result."""
        with listening() as said:
            path = str(Path(self._folder, entry.source))
            body, metadata = self._readers.readers[entry.source.rpartition(".")[2]].read(path)
            read = {"body": body, "title": metadata["title"], "summary": metadata.get("summary", "")}
            parts = {part: self._typogrify(text) for part, text in read.items()}
            refuse_changed_letters(parts, metadata["letters"], path)
            description = describe(parts["summary"], parts["body"])
        linked = bool(self._link.search(body))
        return Typeset(Head(parts["title"], parts["summary"], description, linked, said), parts["body"])


def refuse_changed_letters(parts: Mapping[str, str], letters: Mapping[str, str], path: str) -> None:
    """Let nothing pass in which typesetting has changed more than marks and spaces; `letters` are those before it."""
    for part, before in letters.items():
        if letters_of(parts[part]) != before:
            message = f"typesetting changed letters of the {part}. This is a mistake in the program: report it."
            report(path, "letters-changed", message)


@contextmanager
def listening() -> Iterator[list[dict[str, Any]]]:
    """Collect what is logged, in place of whoever listens: it may be another process."""
    root, said = logging.getLogger(), _Listener()
    before, root.handlers = root.handlers, [said]
    try:
        yield said.records
    finally:
        root.handlers = before


class _Listener(logging.Handler):
    """Keep of each record what can travel between processes."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        kept = {name: value for name, value in vars(record).items() if name in _KEPT or name.startswith("press_")}
        cause = record.exc_info[1] if record.exc_info else None
        self.records.append({**kept, "msg": f"{record.getMessage()} ({cause})", "args": ()} if cause else kept)


_KEPT = ("name", "levelno", "levelname", "msg", "args")
