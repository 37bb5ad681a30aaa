"""Pagefind's engine, one for all languages: what each language adds to it is a patch of a tenth of its size.

Pagefind has a WebAssembly module for each language. Only its stemmer, the part that knows the endings of words, is
different: 5 of 70 kB. So visitors fetch the module without a stemmer once, and for each language a patch.
"""

from __future__ import annotations

import functools
import gzip
import json
from collections.abc import Iterator

_SEED = 8
"""Bytes that two modules must have in common before a longer match is looked for."""

_TRIES = 32
_SHORTEST = 4

_Copy = tuple[int, int, int]
"""Where a match begins in the new module and in the old one, and its length."""


@functools.lru_cache(maxsize=32)  # the same few modules for every index that the preview makes
def make_patch(old: bytes, new: bytes) -> bytes:
    """Return what turns one module into another, both compressed with gzip; it is compressed too.

    It is a line of JSON with three lists, of how many new bytes come next, of how many old ones follow, and of how
    far from the end of the last copy those are; then all the new bytes. theme/static/js/asking.js applies it.
    """
    before, after = gzip.decompress(old), gzip.decompress(new)
    fresh, kept, moved, rest = list[int](), list[int](), list[int](), list[bytes]()
    at = expected = 0
    for start, source, length in [*_find_copies(before, after), (len(after), len(before), 0)]:
        rest.append(after[at:start])
        fresh.append(start - at)
        kept.append(length)
        moved.append(source - expected - (start - at))
        at, expected = start + length, source + length
    head = json.dumps([fresh, kept, moved], separators=(",", ":")).encode()
    return gzip.compress(b"\n".join([head, b"".join(rest)]), mtime=0)


def _find_copies(before: bytes, after: bytes) -> Iterator[_Copy]:
    """Yield matches from left to right; each is the longest at its place, or goes on where the last one ended."""
    seeds: dict[bytes, list[int]] = {}
    for place in range(len(before) - _SEED + 1):
        seeds.setdefault(before[place : place + _SEED], []).append(place)
    at = shift = 0
    while at < len(after):
        near = [at + shift] if 0 <= at + shift < len(before) else []
        found = [*near, *seeds.get(after[at : at + _SEED], ())[:_TRIES]]
        length, source = max(((_measure(before, each, after, at), each) for each in found), default=(0, 0))
        if length >= _SHORTEST:
            yield at, source, length
            shift = source - at
        at += max(length, 1) if length >= _SHORTEST else 1


def _measure(before: bytes, source: int, after: bytes, at: int) -> int:
    """Return how many bytes are the same from these places on."""
    length, most = 0, min(len(before) - source, len(after) - at)
    while length < most:
        step = min(64, most - length)
        if before[source + length : source + length + step] == after[at + length : at + length + step]:
            length += step
        elif before[source + length] == after[at + length]:
            length += 1
        else:
            break
    return length
