"""Remember typeset texts from build to build, so that a preview typesets again only what has changed.

A plugin that the preview alone adds to PLUGINS. It stands between our generator and Pelican's readers, and is given
its store in settings["PRESS_MEMORY"]. It lives in the worker, which is replaced when code or settings change, so that
what a text becomes depends on its entry alone; the entry has the hash of its bytes.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from pelican import signals

from press.catalogue.entry import Entry
from press.plugins.leaflets.generator import ArchiveGenerator

Memory = dict[str, tuple[Entry, dict[str, Any]]]
"""By source: the entry, and what the text is made of: typeset words whose links are not made yet, and metadata."""


def recall_texts(generator: Any) -> None:
    """Let our generator read by way of the memory."""
    if isinstance(generator, ArchiveGenerator):
        readers = generator.readers
        readers.read_file = partial(_recall_or_read, readers.read_file, readers.settings)


def _recall_or_read(read: Any, settings: Any, base: str, source: str, content_class: Any, context: Any) -> Any:
    memory: Memory = settings["PRESS_MEMORY"]
    entry = settings["PRESS_ENTRIES"][source]
    known, kept = memory.get(source, (None, {}))
    if known == entry:
        return content_class(**kept, settings=settings, context=context)

    def remember(*, settings: Any, context: Any, **typeset: Any) -> Any:
        memory[source] = entry, typeset
        return content_class(**typeset, settings=settings, context=context)

    return read(base, source, content_class=remember, context=context)


def register() -> None:
    """Connect to Pelican's signals."""
    signals.generator_init.connect(recall_texts)
