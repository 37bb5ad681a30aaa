"""The stage `typeset`: set the marks of each text with the plugins in PLUGINS and with typogrify, once."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from pelican_typeset.adapter import converters_of

from press.cache.keys import text_key
from press.cache.page_keys import TextKeys
from press.cache.steps import Step
from press.diagnostics import display_path
from press.model.entry import Entry
from press.options import Json
from press.runtime.parallel import map_over_cores
from press.site.excerpts import describe, first_words
from press.site.fast_typogrify import make_typogrify
from press.site.lost_words import letters_of
from press.site.markdown.page_marks import bring_back, set_apart
from press.site.page_text import Head, Texts
from press.site.pelican_site import Site
from press.site.read import ReadSource, pelican_metadata, report
from press.site.reading_time import count_minutes

FIRST_LINES = 280
"""Characters of the first lines of a text, some 45 words, as the home page shows them."""


def _dump(head: Head) -> Json:
    shown = [head.title, head.summary, head.description, head.opening]
    return [*shown, head.minutes, head.linked, list(head.logged)]


def _load(written: Json, _: object) -> Head:
    title, summary, description, opening, minutes, linked, logged = written
    if not all(isinstance(text, str) for text in (title, summary, description, opening)):
        raise TypeError(written)
    records = tuple({**record, "args": tuple(record["args"])} for record in logged)
    return Head(title, summary, description, bool(linked), opening, int(minutes), records)


TEXT = Step("text", _dump, _load, later=lambda head: head.body, together=True)


def typeset(site: Site, read: ReadSource) -> Texts:
    """Typeset every text of the archive, and log what is to be reported about each.

    Each text that is not in the cache is read with `read` and then typeset, over the cores. Bodies stay in the cache
    until a page needs them.
    """
    entries = site.archive.texts
    typesetter = Typesetter(site, read)
    keys = {entry.source: text_key(site.text_environment, entry, site.hashes[entry.source]) for entry in entries}
    heads = site.cache.recall_or_make(
        TEXT, entries, lambda entry: keys[entry.source] if site.text_environment else "", typesetter.typeset_all
    )
    found, languages = {}, set[str]()
    for entry, head in zip(entries, heads, strict=True):
        if head.logged:
            log_again(_drop_known(head.logged, languages), str(site.content / entry.source))
        stored = head.body is not None and site.text_environment
        found[entry.source] = replace(head, body=None) if stored else head

    def read_body(entry: Entry) -> str:
        head = found[entry.source]
        body = site.cache.read_later(TEXT, keys[entry.source]) if head.body is None else head.body
        return body if isinstance(body, str) else typesetter.typeset(entry).body or ""

    places = {**site.context["generated_content"], **site.context["static_content"]}
    pictures = site.context["pictures"]
    addresses = {path: f"{thing.url} {pictures.get(thing.url, '')}" for path, thing in places.items()}
    return Texts(entries, found, TextKeys(found, site.hashes, addresses), read_body, site.context)


class Typesetter:
    """Reads and typesets one text after another."""

    def __init__(self, site: Site, read: ReadSource) -> None:
        self._read, self._content, self._settings, self._jobs = read, site.content, site.settings, site.jobs
        self._converters = converters_of(site.pelican.readers.readers["md"])
        self._typogrify = make_typogrify(site.settings)
        self._link = re.compile(site.settings["INTRASITE_LINK_REGEX"])

    def typeset_all(self, entries: Sequence[Entry]) -> Iterator[Head]:
        """Typeset texts over the cores. Raises Refused if a worker dies."""
        return map_over_cores(self.typeset, entries, self._jobs, doing="reading this text", path_of=self._shown)

    def typeset(self, entry: Entry) -> Head:
        """Read and typeset a text; the result contains what was logged."""
        path = self._content / entry.source
        with listening() as logged:
            body = self._read(entry)
            metadata = pelican_metadata(entry)
            read = {"title": metadata["title"], "summary": metadata.get("summary", ""), "body": body}
            parts = {part: self._set_marks(text, entry.lang, metadata, str(path)) for part, text in read.items()}
            _refuse_changed_letters(read, parts, str(path))
            body = parts["body"]
            description = describe(parts["summary"], body)
        linked = bool(self._link.search(read["body"]))
        opening, minutes = first_words(body, FIRST_LINES, least=FIRST_LINES // 2), count_minutes(body)
        return Head(parts["title"], parts["summary"], description, linked, opening, minutes, tuple(logged), body)

    def _set_marks(self, html: str, lang: str, metadata: Mapping[str, Any], path: str) -> str:
        html = set_apart(html)
        for convert in self._converters:
            html = convert(html, lang, metadata, self._settings, path)
        return bring_back(self._typogrify(html))

    def _shown(self, entry: Entry) -> str:
        return display_path(self._content / entry.source)


def _refuse_changed_letters(before: Mapping[str, str], after: Mapping[str, str], path: str) -> None:
    """Report an error if typesetting has changed more than marks and spaces."""
    for part, text in before.items():
        if letters_of(text) != letters_of(after[part]):
            message = f"typesetting changed letters of the {part}. This is a mistake in the program: report it."
            report(path, "letters-changed", message)


def _drop_known(records: Sequence[Mapping[str, Any]], languages: set[str]) -> Iterator[Mapping[str, Any]]:
    """Report a language without quotation marks once, however many texts, processes and builds have logged it."""
    for record in records:
        if record.get("press_rule") == "unknown-language":
            if record["press_words"] in languages:
                continue
            languages.add(record["press_words"])
        yield record


def log_again(records: Iterable[Mapping[str, Any]], path: str = "") -> None:
    """Log what was logged elsewhere: in another process, or when this text was typeset."""
    for record in records:
        placed = {"press_path": path} if path and "press_rule" in record else {}
        logging.getLogger(record["name"]).handle(logging.makeLogRecord({**record, **placed}))


@contextmanager
def listening() -> Iterator[list[dict[str, Any]]]:
    """Collect what is logged instead of handling it: this may be a worker."""
    root, listener = logging.getLogger(), _Listener()
    before, root.handlers = root.handlers, [listener]
    try:
        yield listener.records
    finally:
        root.handlers = before


@dataclass
class _Listener(logging.Handler):
    """Keeps the part of each record that can be passed between processes and builds."""

    records: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record: its message with the cause, without its path."""
        given = {name.replace("typeset_", "press_"): value for name, value in vars(record).items()}
        kept = {name: value for name, value in given.items() if name in _KEPT or name.startswith("press_")}
        path = kept.pop("press_path", "")
        cause = record.exc_info[1] if record.exc_info else None
        if path or cause:
            message = record.getMessage().removeprefix(f"{path}: ")
            kept |= {"msg": f"{message} ({cause})" if cause else message, "args": ()}
        self.records.append(kept)


_KEPT = ("name", "levelno", "levelname", "msg", "args")
