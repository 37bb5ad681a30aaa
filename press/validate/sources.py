"""One source file → its entry, or the problems that prevent one."""

from __future__ import annotations

import datetime
import functools
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from press.diagnostics import Diagnostic, Level, error
from press.model.dates import UNDATED, Precision, parse_date
from press.model.entry import Entry, is_home, make_entry
from press.model.header import Field, read_header, split_source
from press.model.slugs import is_slug, make_slug
from press.model.urls import is_address, leaflet_url, page_url
from press.model.values import locate_values
from press.options import Json
from press.runtime.files import hash_bytes
from press.validate.limits import find_excess
from press.validate.placeholders import Placeholder, find_in_header, find_in_page
from press.validate.text import check_text

PLACEHOLDER = "Write the text in place of this line, and delete the line “Status: draft” above to publish it."
"""What `inv new` writes in place of the text."""


@dataclass(slots=True)
class Source:
    """A source file: its entry, or None and the problems, and the lines of its header (`locate_values`)."""

    shown: str
    """The path of the file in problems."""
    entry: Entry | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    """What is still to be written."""
    page: str = ""
    """The path that the text's page has or would have, as far as its header can be read."""

    def line_of(self, *keys: str, value: str = "") -> int:
        """Return the line of a value of the first of these keys that the header has; 1 if it has none of them."""
        named = [f"{key}: {value}" for key in keys]
        return next((self.lines[key] for key in (*named, *keys) if key in self.lines), 1)


def read_source(file: Path, path: str, shown: str, *, lang: str, sha256: str = "") -> Source:
    """Read one source file; `path` is its path below the content folder, `sha256` its hash if known."""
    source = Source(shown, page=f"{path}/index.html")
    try:
        data = file.read_bytes()
    except OSError as wrong:
        message = f"the file cannot be read ({wrong.strerror}). Check the file permissions."
        source.problems.append(error(shown, 1, "unreadable", message))
        return source
    text, source.problems = check_text(data, shown)
    if text:
        _read_parts(source, text, path, lang)
    if sha256 and hash_bytes(data) != sha256:
        message = "the file changed while the build was running. Build again."
        source.problems.append(error(shown, 1, "vanished", message))
    return source


def _read_parts(source: Source, text: str, path: str, lang: str) -> None:
    """Read header and body into the source."""
    is_page = path.startswith("pages/")
    header = read_header(text, source.shown, page=is_page)
    source.lines = locate_values(header.fields)
    source.problems += header.problems
    body = split_source(text, header.body_line)
    source.problems += find_excess(body, header.body_line, source.shown)
    if not header.fields:
        return
    source.placeholders = [*find_in_header(header.fields), *(find_in_page(body, header.body_line) if is_page else ())]
    known = {"source": path, "is_page": is_page, "body_line": header.body_line}
    entry, problems = make_entry(header.fields, source.shown, lang=lang, known=known)
    source.problems += problems
    if not body.strip() and not header.problems:
        message = "the file has a header but no text. Write the text below the header, after a blank line."
        source.problems.append(error(source.shown, header.body_line, "no-text", message))
    if PLACEHOLDER in body and entry and not entry.draft:
        line = header.body_line + body.partition(PLACEHOLDER)[0].count("\n")
        message = "the placeholder from `inv new` is still here. Replace it with the text, or set `Status: draft`."
        source.problems.append(error(source.shown, line, "no-text", message))
    source.page = "index.html" if is_home(path) else _guess_page(header.fields, is_page) or source.page
    source.entry = None if source.problems else entry


def _guess_page(fields: Mapping[str, Field], is_page: bool) -> str:
    """Return the path of the page that a text with this header would have; empty where no slug can be made."""
    named = fields.get("slug") or fields.get("title")
    slug = make_slug(named.text) if named else ""
    return f"{page_url(slug) if is_page else leaflet_url(slug)}index.html" if slug else ""


def find_placeholders(source: Source, level: Level) -> Iterator[Diagnostic]:
    """Find what is still to be written in a text that is not a draft."""
    if source.entry and not source.entry.draft:
        for line, found in source.placeholders:
            shown = textwrap.shorten(found, 60, placeholder="…]]")
            message = f"“{shown}” is still to be written. Write it, or hold the text back with `Status: draft`."
            yield Diagnostic(source.shown, line, level, "placeholder", message)


def find_future(source: Source, until: datetime.date) -> Iterator[Diagnostic]:
    """Find dates of a source after the last day that a date may have."""
    entry = source.entry
    if entry is None:
        return
    dated = entry.date.first if entry.date.precision is not Precision.UNDATED else None
    for key, day in (("date", dated), ("added", entry.added)):
        if day and day > until:
            message = (
                f"{day} is in the future. Correct the date, hold the text back with `Status: draft`, or build with "
                "--future."
            )
            yield error(source.shown, source.line_of(key), "future", message)


_FIELDS = tuple(field.name for field in fields(Entry))
_PLAIN = tuple(field.name for field in fields(Entry) if field.type == "str")
_TUPLES = frozenset("authors tags translators corrections redirect_from".split())
_parse_date = functools.lru_cache(maxsize=20_000)(parse_date)


def dump_source(source: Source) -> Json:
    """Return a source as JSON; None if it has a problem, or if loading would not restore it exactly."""
    if source.entry is None or source.problems:
        return None
    values = {name: getattr(source.entry, name) for name in _FIELDS}
    added = source.entry.added.isoformat() if source.entry.added else None
    written = list({**values, "date": source.entry.date.edtf, "added": added}.values())
    rest = [dict(source.lines), source.page, source.placeholders]
    return [written, *rest] if _load_entry(written) == source.entry else None


def load_source(written: Json, shown: str) -> Source:
    """Return a source from JSON; `shown` names the content folder. Raises ValueError or TypeError otherwise."""
    entry, lines = _load_entry(written[0]), dict(written[1])
    if not _is_sound(entry, lines):
        raise ValueError(written)
    placeholders = [(int(line), str(found)) for line, found in written[3]]
    return Source(f"{shown}/{entry.source}", entry, lines, page=str(written[2]), placeholders=placeholders)


def _load_entry(written: list[Any]) -> Entry:
    values = dict(zip(_FIELDS, written, strict=True))
    for name in _TUPLES:
        values[name] = tuple(values[name])
    values["accept"] = tuple((rule, reason) for rule, reason in values["accept"])
    values["date"] = _parse_date(values["date"]) if values["date"] else UNDATED
    values["added"] = datetime.date.fromisoformat(values["added"]) if values["added"] else None
    return Entry(**values)


def _is_sound(entry: Entry, lines: Mapping[str, int]) -> bool:
    """Return whether all values have the right type, and the slug and old addresses are safe."""
    many = [value for name in _TUPLES for value in getattr(entry, name)]
    plain = [getattr(entry, name) for name in _PLAIN]
    return (
        all(isinstance(value, str) for value in [*many, *plain, *sum(entry.accept, ()), *lines])
        and all(
            type(value) is bool for value in (entry.is_page, entry.draft, entry.quotes, entry.dashes, entry.featured)
        )
        and all(type(line) is int for line in (entry.body_line, *lines.values()))
        and is_slug(entry.slug)
        and all(map(is_address, entry.redirect_from))
        and entry.is_page == entry.source.startswith("pages/")
    )
