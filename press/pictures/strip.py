"""Take out of a picture whatever does not show: place, device, person, thumbnails, comments, what follows its end.

No pixel is touched, except in a WebP that lies on its side: parts of the file are left out or kept as they are. What
decides how the picture looks stays: its turn, its colour profile, its transparency and its frames. A part that nobody
here knows is left out.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from press.pictures.boxes import Damaged, strip_avif
from press.pictures.measure import MAX_PIXELS

_TURN = 0x0112
"""The tag of Exif for how a picture is turned; 1 is upright (Exif 2.32, 4.6.4)."""

_EXIF = b"Exif\0\0"
_END_OF_SCAN = re.compile(rb"\xff(?=[^\x00\xd0-\xd7\xff])")
_EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _COM = 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
_GIF_KEPT = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0", b"\x0bICCRGBG1012")
"""Extensions that repeat an animation or give its colours."""

_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
"""Flags of the chunk VP8X."""

_TRANSPOSED = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""What sets a picture upright, by its turn: the numbers of Pillow’s `Transpose`."""


def strip_picture(data: bytes, suffix: str) -> bytes:
    """Return a picture without its metadata; `suffix` is that of its name, in small letters: `.jpg`.

    Raises Damaged if the file is not what its name says, or ends too early.
    """
    try:
        return _STRIPPERS[suffix](data)
    except (IndexError, OSError, struct.error, ValueError) as wrong:
        raise Damaged(str(wrong)) from wrong


def read_turn(exif: bytes) -> int:
    """Return how a picture is turned, 1 to 8, from an Exif block that begins with its TIFF header; 1 if unknown."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for n in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, first + 2 + 12 * n)
            if tag == _TURN and kind == 3:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _write_turn(turn: int) -> bytes:
    """Return an Exif block that says how the picture is turned and nothing else; empty for an upright one."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _TURN, 3, 1, turn, 0, 0) if turn > 1 else b""


def _strip_jpeg(data: bytes) -> bytes:
    if data[:2] != b"\xff\xd8":
        raise Damaged("no JPEG")
    head, kept, turn = b"", list[bytes](), 0
    for marker, part in _read_jpeg(data):
        body = part[4:]
        if marker == _APP0 and body[:5] == b"JFIF\0" and not head:
            head = b"\xff\xe0\0\x10" + body[:12] + b"\0\0"  # without its thumbnail
        elif marker == _APP1 and body[:6] == _EXIF:
            turn = turn or read_turn(body[6:])
        elif marker == _APP14 and body[:5] == b"Adobe":
            kept.append(b"\xff\xee\0\x0e" + body[:12])  # how its colours are stored
        elif not _APP0 <= marker <= _COM or (marker == _APP2 and body[:12] == b"ICC_PROFILE\0"):
            kept.append(part)
    exif = _EXIF + _write_turn(turn)
    own = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif if turn > 1 else b""
    return b"\xff\xd8" + head + own + b"".join(kept) + b"\xff\xd9"


def _read_jpeg(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield every segment up to the end of the first picture: a phone may put another one, or a film, after it."""
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise Damaged("no marker")
        if data[at + 1] == 0xFF:  # a filler
            at += 1
            continue
        marker = data[at + 1]
        if marker == _EOI:
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise Damaged("cut short")
        if marker == _SOS:
            found = _END_OF_SCAN.search(data, end)
            end = found.start() if found else len(data)
        yield marker, data[at:end]
        at = end


def _strip_png(data: bytes) -> bytes:
    if data[:8] != _PNG:
        raise Damaged("no PNG")
    kept, at, kind = [_PNG], 8, b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", data, at)
        kind, body, end = data[at + 4 : at + 8], data[at + 8 : at + 8 + length], at + 12 + length
        if end > len(data):
            raise Damaged("cut short")
        if kind == b"iCCP":  # its name is whatever somebody called it
            kept.append(_write_png_chunk(kind, b"ICC profile\0" + body.partition(b"\0")[2]))
        elif kind in _PNG_KEPT:
            kept.append(data[at:end])
        elif kind == b"eXIf" and (turn := _write_turn(read_turn(body))):
            kept.append(_write_png_chunk(kind, turn))
        at = end
    return b"".join(kept)


def _write_png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _strip_gif(data: bytes) -> bytes:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        raise Damaged("no GIF")
    at = 13 + _size_of_colours(data[10])
    kept, control = [data[:at]], b""
    while data[at] != 0x3B:
        start, label = at, data[at + 1]
        if data[at] == 0x21:
            at = _skip_blocks(data, at + 2)
            block = data[start:at]
            if label == 0xF9:
                control = block
            elif label == 0x01:  # words over the picture, which no program shows
                control = b""
            elif label == 0xFF and block[2:14] in _GIF_KEPT:
                kept.append(block)
        elif data[at] == 0x2C:
            at = _skip_blocks(data, at + 11 + _size_of_colours(data[at + 9]))
            kept += [control, data[start:at]]
            control = b""
        else:
            raise Damaged("no block")
    return b"".join([*kept, b";"])


def _size_of_colours(packed: int) -> int:
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _skip_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _strip_webp(data: bytes) -> bytes:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Damaged("no WebP")
    chunks = list(_read_chunks(data, 12, 8 + struct.unpack_from("<I", data, 4)[0]))
    found = (read_turn(body.removeprefix(_EXIF)) for kind, body in chunks if kind == b"EXIF")
    turn, kinds, kept = next(found, 1), {kind for kind, _ in chunks}, list[tuple[bytes, bytes]]()
    for kind, body in chunks:
        if kind == b"VP8X":
            kept.append((kind, bytes([body[0] & ~(_WEBP_EXIF | _WEBP_XMP)]) + body[1:]))
        elif kind == b"ANMF":
            frame = [(inner, part) for inner, part in _read_chunks(body, 16, len(body)) if inner in _WEBP_KEPT]
            kept.append((kind, body[:16] + b"".join(map(_write_chunk, frame))))
        elif kind in _WEBP_KEPT:
            kept.append((kind, body))
    content = b"WEBP" + b"".join(map(_write_chunk, kept))
    made = b"RIFF" + struct.pack("<I", len(content)) + content
    return _turn_webp(made, turn, lossless=b"VP8L" in kinds) if turn > 1 and b"ANIM" not in kinds else made


def _turn_webp(data: bytes, turn: int, *, lossless: bool) -> bytes:
    """Turn a picture upright, which has to be written anew for it: browsers ignore what a WebP says of its turn."""
    from PIL import Image

    turned = io.BytesIO()
    size = struct.unpack_from("<I", data, 24)[0] & 0xFFFFFF, struct.unpack_from("<I", data, 27)[0] & 0xFFFFFF
    if size[0] * size[1] > MAX_PIXELS:
        return data  # which will be refused
    with Image.open(io.BytesIO(data), formats=["WEBP"]) as image:
        profile = image.info.get("icc_profile") or b""
        image.transpose(Image.Transpose(_TRANSPOSED[turn])).save(
            turned, "WEBP", lossless=lossless, quality=95, method=4, icc_profile=profile
        )
    return turned.getvalue()


def _read_chunks(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    if end > len(data):
        raise Damaged("cut short")
    while at + 8 <= end:
        (length,) = struct.unpack_from("<I", data, at + 4)
        if at + 8 + length > end:
            raise Damaged("cut short")
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _write_chunk(chunk: tuple[bytes, bytes]) -> bytes:
    kind, body = chunk
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


_STRIPPERS: Mapping[str, Callable[[bytes], bytes]] = {
    ".avif": strip_avif,
    ".gif": _strip_gif,
    ".jpeg": _strip_jpeg,
    ".jpg": _strip_jpeg,
    ".png": _strip_png,
    ".webp": _strip_webp,
}


def is_raster(path: str) -> bool:
    """Return whether a file is a picture made of pixels, by its name."""
    return PurePosixPath(path).suffix.lower() in _STRIPPERS
