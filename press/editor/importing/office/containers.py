"""What kind of file it is, whatever its name says; and the parts of a zip, read within limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from press.editor.importing.office.prepared import Unreadable

MOST_UNPACKED = 400_000_000
"""Bytes of all parts of a document, unpacked."""
_MOST_PARTS = 20_000
_MOST_RATIO = 1_000
"""How many times smaller than its content a part of some size may be; 1,032 is the most that deflate can do."""
_SMALL = 20_000_000
"""Bytes of a part that may be as small as it likes: a drawing of one colour."""
MOST_XML = 100_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MANIFEST, _SIGN_OF_LOCK, _LOCKED = "META-INF/manifest.xml", b"encryption-data", "encrypted-package"
"""How an OpenDocument text says that it is locked: in its manifest, or by one part that has all the others."""
_OLD_WORD = "WordDocument".encode("utf-16-le")
_SIGNS = {
    b"%PDF-": "a PDF. Rename it to end in .pdf",
    b"{\\rtf": "RTF. Rename it to end in .rtf",
    b"\x89PNG": "a picture. Leave it out, or rename it to end in .png",
    b"\xff\xd8\xff": "a picture. Leave it out, or rename it to end in .jpg",
    b"\x1f\x8b": "a packed file. Unpack it",
    b"Rar!": "an archive. Unpack it",
    b"7z\xbc\xaf": "an archive. Unpack it",
}
ZIPPED = (".docx", ".docm", ".dotx", ".odt", ".ott", ".epub")
_MAIN_PART = {".docx": "word/", ".docm": "word/", ".dotx": "word/", ".odt": "content.xml", ".ott": "content.xml"}
_MAIN_PART[".epub"] = "META-INF/container.xml"


def check_kind(data: bytes, suffix: str) -> None:
    """Raise Unreadable if the file is not what its name says it is."""
    if not data.strip():
        raise Unreadable("empty", "the file is empty. Write a text, or leave the file out.")
    if data.startswith(_OLE):
        raise Unreadable("import-type", _describe_ole(data))
    if suffix in ZIPPED and not data.startswith(b"PK"):
        sign = next((what for sign, what in _SIGNS.items() if data.startswith(sign)), "")
        what = (
            f"the file is not a {suffix} file, but {sign}" if sign else f"the file is damaged, or not a {suffix} file"
        )
        raise Unreadable("import-type" if sign else "unreadable", f"{what}. Save it anew as {suffix}.")
    if suffix not in ZIPPED and data.startswith(b"PK\3\4"):
        message = f"the file is not a {suffix} file, but a zip: perhaps a Word file. Rename it to end in .docx."
        raise Unreadable("import-type", message)
    if suffix == ".rtf" and not data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("import-type", "the file is not RTF. Save it anew as .docx, or rename it to end in .txt.")


def _describe_ole(data: bytes) -> str:
    if _ENCRYPTED in data:
        return "the file is locked with a password. Open it in its program, save it without a password."
    if _OLD_WORD in data:
        return "the file is of Word before 2007 (.doc). Open it in Word or LibreOffice, and save it as .docx."
    return "the file is of an older office program. Open it in its program, and save it as .docx."


class Parts:
    """The parts of a zipped document. Nothing is ever written to the disk."""

    def __init__(self, data: bytes, suffix: str) -> None:
        """Open a document. Raises Unreadable for a damaged, locked or swollen one."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
            raise _damaged(suffix) from None
        self.suffix = suffix
        infos = self._zip.infolist()
        self._infos = {info.filename: info for info in infos}
        self._check_size(infos)
        if (
            any(info.flag_bits & 1 for info in infos)
            or _LOCKED in self.names()
            or _SIGN_OF_LOCK in self.read(_MANIFEST)
        ):
            raise Unreadable("import-type", "the file is locked with a password. Save it without a password.")
        if not any(name.startswith(_MAIN_PART[suffix]) for name in self._infos):
            what = f"the file is a zip, but not a {suffix} file"
            raise Unreadable("import-type", f"{what}. Unpack it, and import the texts that are in it.")

    def _check_size(self, infos: list[zipfile.ZipInfo]) -> None:
        total = sum(info.file_size for info in infos)
        swollen = any(i.file_size > _SMALL and i.file_size > _MOST_RATIO * max(i.compress_size, 1) for i in infos)
        if total > MOST_UNPACKED or swollen or len(infos) > _MOST_PARTS:
            message = f"unpacked the file has {total:,} bytes in {len(infos):,} parts: it is damaged, or a trap."
            raise Unreadable("too-large", f"{message} Open it in its program, and save it anew.")

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """Return a part, or nothing if there is none. Raises Unreadable for a damaged one."""
        info = self._infos.get(name)
        if info is None:
            return b""
        try:
            with self._zip.open(info) as part:
                data = part.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
            raise _damaged(self.suffix) from None
        if len(data) > info.file_size:
            raise _damaged(self.suffix)
        return data

    def read_xml(self, name: str) -> etree._Element | None:
        """Return a part as XML, or None if there is none. Raises Unreadable for one that is damaged."""
        data = self.read(name)
        return parse_xml(data, self.suffix) if data else None

    def pictures(self, below: str) -> Iterator[tuple[str, bytes]]:
        """Yield the files in a folder of the zip, with their names."""
        for name in self._infos:
            if name.startswith(below) and not name.endswith("/"):
                yield name, self.read(name)

    def replace(self, changed: dict[str, bytes]) -> bytes:
        """Return the document with some parts changed; pictures are left out, since they are read from here."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name in self._infos:
                if name in changed:
                    target.writestr(name, changed[name])
                elif PurePosixPath(name).suffix in (".xml", ".rels", "") and not name.endswith("/"):
                    target.writestr(name, self.read(name))
                elif not name.endswith("/"):
                    target.writestr(name, b"-")
        return made.getvalue()


def parse_xml(data: bytes, suffix: str) -> etree._Element:
    """Parse XML without fetching or expanding anything. Raises Unreadable."""
    refuse_entities(data)
    if len(data) > MOST_XML:
        raise Unreadable(
            "too-large", f"a part of the file has {len(data):,} bytes; {MOST_XML:,} is the most. Split it."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _damaged(suffix) from None


def refuse_entities(data: bytes) -> None:
    """Raise Unreadable for a part that defines words of its own, which no office program does."""
    if b"<!ENTITY" in data[:100_000]:
        what = "the file defines words of its own (<!ENTITY …>), which are not read"
        raise Unreadable("unreadable", f"{what}. Open it in its program, and save it anew.")


def _damaged(suffix: str) -> Unreadable:
    return Unreadable("unreadable", f"the file is damaged: it is not a whole {suffix} file. Open and save it anew.")
