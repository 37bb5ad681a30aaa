"""One source file → its entry, or the problems that forbid it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from press.diagnostics import Diagnostic, error
from press.model.dates import Precision
from press.model.entry import Entry, make_entry
from press.model.header import read_header, split_source
from press.validate.limits import find_excess
from press.validate.text import read_text

PLACEHOLDER = "Write the text in place of this line, and delete the line “Status: draft” above to publish it."
"""What `inv new` writes where the text shall stand."""


@dataclass(slots=True)
class Source:
    """What became of a file: its entry, or None with the problems; and the line of each key of its header."""

    shown: str
    """How problems name the file."""
    entry: Entry | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def line_of(self, *keys: str) -> int:
        """Give the line of the first of these keys that the header has; 1 where it has none."""
        return next((self.lines[key] for key in keys if key in self.lines), 1)


def read_source(file: Path, path: str, shown: str, *, lang: str) -> Source:
    """Read one source file; `path` is its place below the content folder."""
    source = Source(shown)
    try:
        data = file.read_bytes()
    except OSError as wrong:
        message = f"the file cannot be read ({wrong.strerror}). Give yourself the right to read it."
        source.problems.append(error(shown, 1, "unreadable", message))
        return source
    text, source.problems = read_text(data, shown)
    if text:
        _read_parts(source, text, path, lang, hashlib.sha256(data).hexdigest())
    return source


def _read_parts(source: Source, text: str, path: str, lang: str, sha256: str) -> None:
    """Read header and body into the source."""
    is_page = path.startswith("pages/")
    header = read_header(text, source.shown, page=is_page)
    source.lines = {key: item.line for key, item in header.fields.items()}
    source.problems += header.problems
    body = split_source(text, header.body_line)
    source.problems += find_excess(body, header.body_line, source.shown)
    if not header.fields:
        return
    known = {"source": path, "is_page": is_page, "body_line": header.body_line, "sha256": sha256}
    entry, problems = make_entry(header.fields, source.shown, lang=lang, known=known)
    source.problems += problems
    if not body.strip() and not header.problems:
        message = "the file has a header and no text. Write the text below the header, after a blank line."
        source.problems.append(error(source.shown, header.body_line, "no-text", message))
    if PLACEHOLDER in body and entry and not entry.draft:
        line = header.body_line + body.partition(PLACEHOLDER)[0].count("\n")
        message = (
            "the line that inv new wrote stands here yet. Write the text in its place, or hold it back as a draft."
        )
        source.problems.append(error(source.shown, line, "no-text", message))
    source.entry = None if source.problems else entry


def find_future(source: Source, until: datetime.date) -> Iterator[Diagnostic]:
    """Find dates of a source that lie after the last day that a date may be."""
    entry = source.entry
    if entry is None:
        return
    dated = entry.date.first if entry.date.precision is not Precision.UNDATED else None
    for key, day in (("date", dated), ("added", entry.added)):
        if day and day > until:
            message = (
                f"{day} has not come yet. Write the date as it is known, hold the text back by Status: draft, or "
                "build with --future."
            )
            yield error(source.shown, source.line_of(key), "future", message)
