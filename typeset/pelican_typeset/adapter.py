"""Pass every text through the plugins, after Pelican's readers and before Pelican's typogrify."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pelican.readers import default_metadata, parse_path_metadata, path_metadata
from pelican.utils import posixize_path

Converter = Callable[[str, str, Mapping[str, Any], Mapping[str, Any], str], str]
"""`(html, lang, metadata, settings, path) -> html`; path is the absolute path of the source."""

Read = Callable[[str], tuple[str | None, dict[str, Any]]]
"""`path -> (html, metadata)`, as the `read` of a Pelican reader; html is None for a static file."""


def wrap_readers(generator: Any, name: str, convert: Converter) -> None:
    """Pass the body, title and summary of everything that `generator` reads through `convert`, once for each `name`.

    For the signal `generator_init`. Converters run in the order of PLUGINS. Automatic summaries need nothing:
    Pelican cuts them from the converted body.
    """
    for reader in generator.readers.readers.values():
        if not hasattr(reader, "typeset_converters"):
            reader.typeset_converters = {}
            reader.typeset_read = reader.read
            reader.read = partial(_read_and_convert, reader, generator)
        reader.typeset_converters.setdefault(name, convert)


def converters_of(reader: Any) -> list[Converter]:
    """Return the converters that the plugins gave to a Pelican reader, in the order in which they run."""
    return list(getattr(reader, "typeset_converters", {}).values())


def read_of(reader: Any) -> Read:
    """Return the `read` of a Pelican reader as it was before the plugins: it converts nothing."""
    read: Read = getattr(reader, "typeset_read", reader.read)
    return read


def warn(logger: Any, path: str, rule: str, words: str, message: str, level: str = "warning") -> None:
    """Log a warning about a text; the record carries its parts as `typeset_path`, `typeset_rule` and so on."""
    parts = {"typeset_rule": rule, "typeset_path": path, "typeset_words": words, "typeset_level": level}
    logger.warning("%s: %s", path, message, extra=parts)


def is_off(metadata: Mapping[str, Any], key: str) -> bool:
    """Return whether the header of a text switches a plugin off: `Quotes: off`."""
    return str(metadata.get(key, "")).strip().lower() == "off"


def _read_and_convert(reader: Any, generator: Any, path: str) -> tuple[str | None, dict[str, Any]]:
    """Read one source and convert what its readers will see; leave a static file, which has no body, alone."""
    content, metadata = read_of(reader)(path)
    if content is None:
        return content, metadata
    settings = generator.settings
    known = {**_metadata_before_reading(reader, generator.path, path, settings), **metadata}
    lang = known.get("lang")
    if not isinstance(lang, str):
        lang = settings.get("DEFAULT_LANG", "en")
    shown = [key for key in ("title", "summary") if isinstance(known.get(key), str)]
    for convert in converters_of(reader):
        known |= {key: convert(known[key], lang, known, settings, path) for key in shown}
        content = convert(content, lang, known, settings, path)
    return content, {**metadata, **{key: known[key] for key in shown}}


def _metadata_before_reading(reader: Any, base: str, path: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what Pelican knows of a source before it reads it, in the order of `Readers.read_file`.

    Nothing else has a title taken from the name of the file, or a language given to a folder.
    """
    source = posixize_path(os.path.relpath(path, base))
    return {
        **default_metadata(settings=settings, process=reader.process_metadata),
        **path_metadata(full_path=path, source_path=source, settings=settings),
        **parse_path_metadata(source_path=source, settings=settings, process=reader.process_metadata),
    }
