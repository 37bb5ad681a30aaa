"""One or more leaflets as EPUB 3, written by EbookLib; the same input makes the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from press.exports.document import Document
from press.exports.epub_chapter import Chapter, write_chapters
from press.exports.epub_nodes import XML, ContentsLine
from press.exports.export_input import ExportInput, find_day
from press.exports.pictures import MEDIA_TYPES, form_of

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can record."""


@dataclass(frozen=True, slots=True)
class Ebook:
    """The title, address and language of an EPUB, and its style sheet."""

    title: str
    address: str
    lang: str
    style: str
    """The style sheet, as text."""


def make_epub(
    ebook: Ebook,
    texts: Sequence[tuple[ExportInput, Document]],
    pictures: Mapping[str, bytes],
    *,
    right_to_left: bool,
) -> bytes:
    """Make one EPUB of all texts; `pictures` maps the path of each below the content folder to the bytes to show."""
    from ebooklib import epub

    written = [write_chapters(leaflet, document, f"text-{n}") for n, (leaflet, document) in enumerate(texts, 1)]
    chapters = [chapter for text in written for chapter in text]
    book = epub.EpubBook()
    book.set_identifier(ebook.address)
    book.set_title(ebook.title)
    book.set_language(ebook.lang)
    book.set_direction("rtl" if right_to_left else "ltr")
    for leaflet, _ in texts:
        _describe(book, leaflet, single=len(texts) == 1)
    _describe_access(book, chapters, texts[0][0])
    book.add_item(epub.EpubItem("style", "style.css", "text/css", ebook.style.encode()))
    for chapter in chapters:
        item = epub.EpubItem(
            chapter.name.removesuffix(".xhtml"), chapter.name, "application/xhtml+xml", chapter.xhtml
        )
        book.add_item(item)
        book.spine.append(item)
    named = {name: path for chapter in chapters for path, name in sorted(chapter.pictures.items())}
    for name, path in sorted(named.items()):  # pictures of the same bytes have one name
        kind = MEDIA_TYPES[form_of(path)]
        book.add_item(epub.EpubItem(f"picture-{PurePosixPath(name).stem}", name, kind, pictures[path]))
    book.toc = _nest([line for chapter in chapters for line in chapter.contents])
    book.add_item(epub.EpubNcx())
    navigation = epub.EpubNav()
    navigation.direction = "rtl" if right_to_left else None
    book.add_item(navigation)
    last = max(find_day(leaflet) for leaflet, _ in texts)
    return _write(book, modified=datetime.combine(last, time(), UTC))


def _nest(lines: Sequence[ContentsLine]) -> list[Any]:
    """Return lines of a table of contents as EbookLib takes them: a line, or a line and those below it."""
    from ebooklib import epub

    nested: list[Any] = []
    heads = [n for n, line in enumerate(lines) if line.level <= min(line.level for line in lines[: n + 1])]
    for start, end in pairwise([*heads, len(lines)]):
        link = epub.Link(lines[start].address, lines[start].words, lines[start].uid)
        below = _nest(lines[start + 1 : end])
        nested.append((link, below) if below else link)
    return nested


def _describe(book: Any, leaflet: ExportInput, *, single: bool) -> None:
    """Add the metadata of a leaflet; an EPUB of several has only their authors."""
    entry = leaflet.entry
    for number, author in enumerate(leaflet.authors if single else ()):
        book.add_metadata("DC", "creator", author.whole, {"id": f"creator-{number}"})
        if author.family:
            sorted_by = {"property": "file-as", "refines": f"#creator-{number}"}
            book.add_metadata(None, "meta", author.inverted, sorted_by)
    for name in () if single else entry.authors:
        book.add_metadata("DC", "creator", name)
    if not single:
        return
    fields = [
        ("date", entry.date.machine),
        ("description", leaflet.summary),
        ("publisher", entry.publisher),
        ("source", entry.origin),
        ("rights", entry.rights),
        *(("contributor", translator) for translator in entry.translators),
        *(("subject", subject) for subject in dict.fromkeys((leaflet.category or entry.category, *entry.tags))),
    ]
    for name, value in fields:
        if value:
            book.add_metadata("DC", name, value)
    if entry.date.edtf:  # the exact precision, which dc:date cannot express
        book.add_metadata(None, "meta", entry.date.edtf, {"property": "dcterms:created"})
    if entry.series:
        book.add_metadata(None, "meta", entry.series, {"property": "belongs-to-collection", "id": "series"})
        book.add_metadata(None, "meta", "series", {"property": "collection-type", "refines": "#series"})


def _describe_access(book: Any, chapters: Sequence[Chapter], leaflet: ExportInput) -> None:
    """Add the accessibility metadata (EPUB Accessibility 1.1); its summary is in the language of the archive."""
    drawn = any(chapter.pictures for chapter in chapters)
    described = all(chapter.pictures_described for chapter in chapters)
    facts = [
        ("accessMode", "textual"),
        *([("accessMode", "visual")] if drawn else []),
        ("accessModeSufficient", "textual" if described else "textual,visual"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityFeature", "readingOrder"),
        ("accessibilityFeature", "displayTransformability"),
        *([("accessibilityFeature", "alternativeText")] if drawn and described else []),
        ("accessibilityHazard", "none"),
    ]
    for name, value in facts:
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    spoken = {"property": "schema:accessibilitySummary", f"{{{XML}}}lang": leaflet.archive_lang}
    book.add_metadata(None, "meta", leaflet.access_summary, spoken)


def _write(book: Any, modified: datetime) -> bytes:
    """Write the EPUB. EbookLib's own writer would stamp the members of the zip with the current time."""
    from ebooklib import epub

    made = io.BytesIO()
    options = {"mtime": modified, "epub3_pages": False, "epub3_landmark": False, "epub2_guide": False}
    writer = epub.EpubWriter(made, book, options)
    writer.process()
    with _TimelessZip(made, "w", zipfile.ZIP_STORED) as out:
        writer.out = out
        out.writestr("mimetype", "application/epub+zip")
        writer._write_container()
        writer._write_opf()
        writer._write_items()
    return made.getvalue()


class _TimelessZip(zipfile.ZipFile):
    """A zip file whose members have a fixed date and are not compressed: compressors differ between machines."""

    def writestr(
        self, zinfo_or_arcname: Any, data: Any, compress_type: Any = None, compresslevel: Any = None
    ) -> None:
        """Add a member with the earliest date."""
        member = zipfile.ZipInfo(str(zinfo_or_arcname), _EARLIEST)
        member.external_attr, member.create_system = 0o644 << 16, 3
        super().writestr(member, data, zipfile.ZIP_STORED)
