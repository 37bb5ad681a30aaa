"""Take the metadata out of an AVIF: its items for Exif and XMP, thumbnails and boxes of other programs.

An AVIF says at which byte each of its parts begins. So nothing is cut out: what has to go is overwritten with zeros
and given a type that readers skip (ISO/IEC 14496-12, 8.11).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_PRIVATE = frozenset((b"Exif", b"mime", b"uri "))
"""The types of items that are not pictures."""

_EMPTIED = frozenset((b"udta", b"uuid", b"free", b"skip"))

_Box = tuple[bytes, int, int]
"""Its type, where its content begins, where it ends."""


class Damaged(ValueError):
    """The file is not what its name says, or ends too early."""


def strip_avif(data: bytes) -> bytes:
    """Return an AVIF without its metadata, of the same length. Raises Damaged, or IndexError or struct.error."""
    if data[4:8] != b"ftyp":
        raise Damaged("no AVIF")
    made, end = bytearray(data), 0
    for kind, start, end in _read_boxes(data, 0, len(data)):
        if kind in _EMPTIED:
            _empty(made, kind, start, end)
        elif kind == b"moov":
            _empty_inside(made, data, start, end)
        elif kind == b"meta":
            _strip_items(made, data, start + 4, end)
    return bytes(made[:end])


def _read_boxes(data: bytes, at: int, end: int) -> Iterator[_Box]:
    while at + 8 <= end:
        length, kind = struct.unpack_from(">I4s", data, at)
        start = at + 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, start)
            start += 8
        stop = at + length if length else end
        if not start <= stop <= end:
            raise Damaged("cut short")
        yield kind, start, stop
        at = stop


def _empty(made: bytearray, kind: bytes, start: int, end: int) -> None:
    """Overwrite the content of a box, and make it one that readers skip."""
    made[start:end] = bytes(end - start)
    if made[start - 4 : start] == kind:  # else a long length is between the two
        made[start - 4 : start] = b"free"


def _empty_inside(made: bytearray, data: bytes, start: int, end: int) -> None:
    """Empty what other programs have put into a film and its tracks."""
    for kind, inner, stop in _read_boxes(data, start, end):
        if kind in _EMPTIED or kind == b"meta":
            _empty(made, kind, inner, stop)
        elif kind == b"trak":
            _empty_inside(made, data, inner, stop)


def _strip_items(made: bytearray, data: bytes, start: int, end: int) -> None:
    boxes = {kind: (inner, stop) for kind, inner, stop in _read_boxes(data, start, end)}
    types = dict(_read_types(data, *boxes.get(b"iinf", (0, 0))))
    small = set(_read_thumbnails(data, *boxes.get(b"iref", (0, 0))))
    gone = {item for item, at in types.items() if data[at : at + 4] in _PRIVATE or item in small}
    for item in gone:
        made[types[item] : types[item] + 4] = b"skip"
    inline = boxes.get(b"idat", (0, 0))[0]
    for item, at, length, inside in _read_places(data, *boxes.get(b"iloc", (0, 0))):
        if item in gone:
            first = at + (inline if inside else 0)
            last = min(first + length, len(made)) if length else first
            made[first:last] = bytes(last - first)


def _read_types(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the number of each item, and where its type is written."""
    if start:
        for kind, inner, _ in _read_boxes(data, start + (6 if data[start] == 0 else 8), end):
            if kind == b"infe" and data[inner] >= 2:
                wide = data[inner] > 2
                yield struct.unpack_from(">I" if wide else ">H", data, inner + 4)[0], inner + (10 if wide else 8)


def _read_thumbnails(data: bytes, start: int, end: int) -> Iterator[int]:
    if start:
        for kind, inner, _ in _read_boxes(data, start + 4, end):
            if kind == b"thmb":
                yield struct.unpack_from(">I" if data[start] else ">H", data, inner)[0]


def _read_places(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, bool]]:
    """Yield for each part of an item its number, where it begins, its length, and whether that is within `idat`."""
    if not start:
        return
    version, at = data[start], start + 6

    def read(size: int) -> int:
        nonlocal at
        if at + size > end:
            raise Damaged("cut short")
        at += size
        return int.from_bytes(data[at - size : at], "big")

    sizes = (data[start + 4] >> 4, data[start + 4] & 15, data[start + 5] >> 4, data[start + 5] & 15)
    for _ in range(read(4 if version > 1 else 2)):
        item = read(4 if version > 1 else 2)
        inside = bool(version) and read(2) & 15 == 1
        read(2)
        base = read(sizes[2])
        for _ in range(read(2)):
            read(sizes[3] if version else 0)
            offset = base + read(sizes[0])
            yield item, offset, read(sizes[1]), inside
