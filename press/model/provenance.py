"""What an import keeps for the archive: the file a text came from and what was done with it; readers never see it.

It is under `Imported:`. Imports before that key wrote the name and the SHA-256 of the file under `Source:`, after a
semicolon if the archivist's own words came first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from press.model.header import Field, read_header
from press.model.source_text import decode_source

_FILE = re.compile(r"(?:^|;\s)(?:(?!;\s).)*\(sha256 [0-9a-f]{64}\)\W*$")
"""The name of a file and its hash: what follows the last semicolon of a line, or all of it."""
_SPACE_LAST = re.compile(r"[ \t]+(?=[\r\n]*\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def drop_files(values: Sequence[str]) -> list[str]:
    """Return the lines of a `Source:` without the files that imports named there; such a line may be left empty."""
    kept = [_FILE.sub("", value) for value in values]
    last = next((at for at in reversed(range(len(kept))) if kept[at]), None)
    if last is not None and kept[last:] != list(values[last:]):
        kept[last] = kept[last].rstrip("; ")
    return kept


def drop_provenance(data: bytes) -> bytes:
    """Return a source as readers may have it: byte for byte, but for what an import keeps.

    Raises UnicodeDecodeError.
    """
    fields = read_header(decode_source(data), "").fields
    changed = _list_changes(fields)
    if not changed:
        return data
    text = data.decode("utf-8")
    mark, text = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    lines = _LINE.findall(text)
    for number, (old, new) in changed.items():
        line = lines[number - 1].replace(old, new) if old else ""
        lines[number - 1] = line if new else _SPACE_LAST.sub("", line)
    return (mark + "".join(lines)).encode()


def _list_changes(fields: Mapping[str, Field]) -> dict[int, tuple[str, str]]:
    """Return the lines to change by their numbers: the words to replace, and by which; none for a whole line."""
    changes: dict[int, tuple[str, str]] = {}
    if imported := fields.get("imported"):
        changes = dict.fromkeys({imported.line, *imported.lines}, ("", ""))
    source = fields.get("source")
    kept = drop_files(source.values) if source else []
    if source and kept != list(source.values):
        for number, old, new in zip(source.lines, source.values, kept, strict=True):
            if new != old:
                changes[number] = (old, new) if new or number == source.line else ("", "")
        if not any(kept):
            changes[source.line] = ("", "")
    return changes
