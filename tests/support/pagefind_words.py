"""What a search index says of words and filters, read from the files that a browser would fetch."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

STARTS = b"pagefind_dcd"


def read_words(output: Path) -> dict[str, Any]:
    """Return, for each index, its texts, where each word is in which of them, and which have each filter."""
    packs = sorted(path for path in (output / "pagefind").glob("*.pack") if path.name != "engine.pack")
    return {path.name: _read_pack(path) for path in packs}


def _read_pack(pack: Path) -> dict[str, Any]:
    head, _, rest = pack.read_bytes().partition(b"\n")
    described, at, files = json.loads(head), 0, dict[str, bytes]()
    for name, length in described["files"]:
        files[name] = rest[at : at + length]
        at += length
    (table,) = (data for name, data in files.items() if name.endswith(".pf_meta"))
    _, pages, parts, filters, *_ = _decode(table)
    folder, names = pack.parent / "index" / described["folder"], [name for name, _ in pages]
    words, chosen = dict[str, Any](), dict[str, Any]()
    for first, last, name in parts:
        (listed,) = _decode((folder / "index" / f"{name}.pf_index").read_bytes())
        if not listed[0][0].startswith(first) or not listed[-1][0].startswith(last):
            words[f"{first} to {last}"] = "is for other words"
        for word, places, forms in listed:
            words[word] = [_name(places, names), [[form, _name(at, names)] for form, at in forms]]
    for _, name in filters:
        of, values = _decode((folder / "filter" / f"{name}.pf_filter").read_bytes())
        chosen[of] = {value: sorted(names[n] for n in numbers) for value, numbers in values}
    return {"texts": sorted(pages), "words": words, "filters": chosen}


def _name(places: list[Any], names: list[str]) -> list[Any]:
    """Return the places of a word with the names of texts instead of the distance to the text before."""
    number, found = 0, []
    for distance, *where in places:
        number += distance
        found.append([names[number], where])
    return sorted(found)


def _decode(data: bytes) -> Any:
    """Decode a compressed file of Pagefind: CBOR, after a few bytes of its own."""
    return _read_value(gzip.decompress(data).removeprefix(STARTS), 0)[0]


def _read_value(data: bytes, at: int) -> tuple[Any, int]:
    """Return one value of CBOR (RFC 8949), of the kinds that Pagefind uses, and where the next begins."""
    kind, small, at = data[at] >> 5, data[at] & 31, at + 1
    length = 1 << (small - 24) if 24 <= small < 28 else 0
    number, at = int.from_bytes(data[at : at + length], "big") if length else small, at + length
    if kind == 0:
        return number, at
    if kind == 1:
        return -1 - number, at
    if kind == 3:
        return data[at : at + number].decode(), at + number
    if kind != 4 or small == 31:
        raise ValueError(kind)
    values = []
    for _ in range(number):
        value, at = _read_value(data, at)
        values.append(value)
    return values, at
