"""What a text declares itself a translation of must be there, be an original, and be in another language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from press.catalogue.entry import Entry
from press.faults import Fault, error


def find_wrong_translations(
    entries: Iterable[Entry], lines: Mapping[str, Mapping[str, int]], shown: str
) -> Iterator[Fault]:
    """Find every `Translation-of:` that leads nowhere; `lines` gives by source the lines of its keys."""
    leaflets = {entry.slug: entry for entry in entries if not entry.is_page}
    for entry in leaflets.values():
        wrong = _find_wrong(entry, leaflets) if entry.translation_of else ""
        if wrong:
            line = lines[entry.source]["translation-of"]
            yield error(f"{shown}/{entry.source}", line, "translation-of", f"“{entry.translation_of}” {wrong}")


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
