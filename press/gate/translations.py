"""What a text declares itself a translation of must be there, be an original, and be in another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from press.catalogue.entry import Entry
from press.faults import Fault, error
from press.gate.sources import Source


def find_wrong_translations(sources: Sequence[Source]) -> Iterator[Fault]:
    """Find every `Translation-of:` that does not name the original of the text; that may be a draft."""
    leaflets = {s.entry.slug: s.entry for s in sources if s.entry and not s.entry.is_page}
    for source in sources:
        entry = source.entry
        wrong = _find_wrong(entry, leaflets) if entry and entry.translation_of else ""
        if entry and wrong:
            message = f"“{entry.translation_of}” {wrong}"
            yield error(source.shown, source.line_of("translation-of"), "translation-of", message)


def _find_wrong(entry: Entry, leaflets: Mapping[str, Entry]) -> str:
    original = leaflets.get(entry.translation_of)
    if original is None:
        return "is the slug of no leaflet. Write the last part of the original’s address, or take the line out."
    if original is entry:
        return "is this text itself. Write the slug of the original, or take the line out."
    if original.translation_of:
        return f"is a translation itself. Write the slug of the original: {original.translation_of}."
    if original.lang == entry.lang:
        return f"is in {entry.lang} too. Write a Lang: line in the text whose language is another."
    return ""
