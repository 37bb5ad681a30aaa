"""One source → its recognised text: Markdown and metadata, with a note on everything noticed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from press.editor.importing.data_model import ImportSettings, RecognisedText
from press.editor.importing.encodings import decode_import
from press.editor.importing.foreign.foreign_markdown import read_markdown
from press.editor.importing.inventory import hash_body
from press.editor.importing.office import OFFICE_TYPES, read_office
from press.editor.importing.pdf.read_pdf import read_pdf
from press.editor.importing.plain.read_plain import read_plain
from press.editor.importing.scan.read_scans import read_picture_scans
from press.editor.importing.source_files import SCAN_TYPES

_END_MARK = re.compile(rb"\n\x1a+\s*\Z")
"""The sign with which DOS ended a file."""

MARKDOWN_TYPES = (".md", ".markdown")


def recognise_text(data: bytes, name: str, settings: ImportSettings) -> RecognisedText:
    """Read a source, whatever its bytes: what is wrong with them is in the result's `problems`.

    `name` is the path of the source below what the archivist named; its ending says what kind of file it is.
    """
    recognised = RecognisedText(name, hashlib.sha256(data).hexdigest())
    suffix = PurePosixPath(name.lower()).suffix
    if suffix == ".pdf":
        read_pdf(data, recognised, settings)
    elif suffix in OFFICE_TYPES:
        read_office(data, recognised, settings)
    elif suffix in SCAN_TYPES:
        read_picture_scans([data], recognised, settings)
    else:
        _read_text(data, recognised, settings)
    recognised.words = hash_body(recognised.body)
    return recognised


def recognise_pictures(files: Sequence[bytes], name: str, settings: ImportSettings) -> RecognisedText:
    """Read the pages of one text, each a picture in a file of its own."""
    recognised = RecognisedText(name, hashlib.sha256(b"".join(files)).hexdigest())
    read_picture_scans(files, recognised, settings)
    recognised.words = hash_body(recognised.body)
    return recognised


def _read_text(data: bytes, recognised: RecognisedText, settings: ImportSettings) -> None:
    """Read plain text or Markdown."""
    data = _END_MARK.sub(b"\n", data)
    text, notes, recognised.problems = decode_import(data, recognised.name, settings.encoding)
    if recognised.problems:
        return
    recognised.notes += notes
    is_markdown = PurePosixPath(recognised.name.lower()).suffix in MARKDOWN_TYPES
    (read_markdown if is_markdown else read_plain)(text, recognised, settings)
