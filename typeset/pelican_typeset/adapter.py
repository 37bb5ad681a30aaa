"""Let a plugin set the marks of every text between Pelican's readers and Pelican's typogrify."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pelican.readers import default_metadata, parse_path_metadata, path_metadata
from pelican.utils import posixize_path

Convert = Callable[[str, str, Mapping[str, Any], Mapping[str, Any], str], str]
"""`(html, lang, metadata, settings, path) -> html`; path is the source's absolute path."""

Read = Callable[[str], tuple[str | None, dict[str, Any]]]


def wrap_readers(generator: Any, name: str, convert: Convert) -> None:
    """Pass the body, title and summary of all that `generator` reads through `convert`, once for each `name`.

    For the signal `generator_init`. The plugin that PLUGINS names first converts first. Automatic summaries need
    nothing: Pelican cuts them from the converted body.
    """
    for reader in generator.readers.readers.values():
        if not hasattr(reader, "typeset_by"):
            reader.typeset_by = {}
            reader.read = partial(_read_and_convert, reader.read, reader, generator)
        reader.typeset_by.setdefault(name, convert)


def _read_and_convert(read: Read, reader: Any, generator: Any, path: str) -> tuple[str | None, dict[str, Any]]:
    """Read one source and convert what it shows; a static file, which has no body, is left alone."""
    content, metadata = read(path)
    if content is None:
        return content, metadata
    settings = generator.settings
    known = {**_metadata_before_reading(reader, generator.path, path, settings), **metadata}
    lang = known.get("lang")
    if not isinstance(lang, str):
        lang = settings.get("DEFAULT_LANG", "en")
    shown = [key for key in ("title", "summary") if isinstance(known.get(key), str)]
    for convert in reader.typeset_by.values():
        known |= {key: convert(known[key], lang, known, settings, path) for key in shown}
        content = convert(content, lang, known, settings, path)
    return content, {**metadata, **{key: known[key] for key in shown}}


def _metadata_before_reading(reader: Any, base: str, path: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Gather what Pelican knows of a source before it reads it, in the order of `Readers.read_file`.

    A title taken from the file's name or a language given to a folder is known here and nowhere else.
    """
    source = posixize_path(os.path.relpath(path, base))
    return {
        **default_metadata(settings=settings, process=reader.process_metadata),
        **path_metadata(full_path=path, source_path=source, settings=settings),
        **parse_path_metadata(source_path=source, settings=settings, process=reader.process_metadata),
    }
