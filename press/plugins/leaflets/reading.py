"""Read and typeset the texts over the cores there are; what is said of them comes in their order."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from press.catalogue.entry import Entry
from press.faults import Refused, error
from press.naming import show_path
from press.parallel import WorkerDied, map_over_cores
from press.plugins.leaflets.reader import report
from press.plugins.leaflets.typogrified import make_typogrify
from press.plugins.leaflets.words import letters_of


@dataclass(frozen=True, slots=True)
class Typeset:
    """A text as Pelican's readers and typogrify leave it: HTML, its links not yet led to their pages."""

    body: str
    title: str
    summary: str
    said: list[dict[str, Any]] = field(default_factory=list)
    """What was logged of it, as logging.makeLogRecord takes it."""


def typeset_texts(
    readers: Any,
    folder: str,
    entries: Sequence[Entry],
    jobs: int | None = None,
    memory: MutableMapping[Entry, Typeset] | None = None,
) -> Iterator[Typeset]:
    """Yield the typeset text of each entry, read by Pelican's `readers`, and log again what was logged of it.

    A text that is in `memory` is not read; the others come into it. Raises Refused for a text at which a worker died.
    """
    memory = {} if memory is None else memory
    typogrify = make_typogrify(readers.settings)

    def typeset(entry: Entry) -> Typeset:
        with _listening() as said:
            path = str(Path(folder, entry.source))
            body, metadata = readers.readers[entry.source.rpartition(".")[2]].read(path)
            parts = body, metadata["title"], metadata.get("summary", "")
            body, title, summary = map(typogrify, parts)
            text = Typeset(body, title, summary, said)
            refuse_changed_letters(text, metadata["letters"], path)
        return text

    try:
        fresh = map_over_cores(typeset, [entry for entry in entries if entry not in memory], jobs)
        for entry in entries:
            text = memory[entry] if entry in memory else memory.setdefault(entry, next(fresh))
            for record in text.said:
                logging.getLogger(record["name"]).handle(logging.makeLogRecord(record))
            yield text
    except WorkerDied as died:
        path = show_path(Path(folder, getattr(died.item, "source", "")))
        message = "the process that was reading this text died. Is the memory full? Build again, or with --jobs 1."
        raise Refused([error(path, 0, "worker-died", message)]) from None


def refuse_changed_letters(text: Typeset, letters: Mapping[str, str], path: str) -> None:
    """Let nothing pass in which typesetting has changed more than marks and spaces; `letters` are those before it."""
    for part, before in letters.items():
        if letters_of(getattr(text, part)) != before:
            message = f"typesetting changed letters of the {part}. This is a mistake in the program: report it."
            report(path, "letters-changed", message)


@contextmanager
def _listening() -> Iterator[list[dict[str, Any]]]:
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
