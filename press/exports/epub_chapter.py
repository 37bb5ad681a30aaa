"""A text as the files of an EPUB: one, or one for each chapter of a long text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from press.exports.document import Document, split_chapters
from press.exports.epub_nodes import ContentsLine, Writer, isolate, make
from press.exports.export_input import ExportInput, list_record


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of an EPUB: its name and bytes, its table of contents, and the names of its pictures by path."""

    name: str
    xhtml: bytes
    contents: tuple[ContentsLine, ...]
    pictures: Mapping[str, str]
    pictures_described: bool
    """Whether every picture has a description."""


def write_chapters(leaflet: ExportInput, document: Document, name: str) -> list[Chapter]:
    """Write a text: title, byline, text, notes and record, in one file or, if it is long, one for each chapter."""
    parts = split_chapters(document)
    files = [f"{name}-{place}.xhtml" if place else f"{name}.xhtml" for place in range(len(parts))]
    homes = {number: file for file, part in zip(files, parts, strict=True) for number in part.notes}
    chapters = []
    for file, part in zip(files, parts, strict=True):
        writer = Writer(leaflet, file, homes)
        body = make.body(*(_write_opening(leaflet) if file == files[0] else []))
        writer.fill(body, part.blocks)
        body.extend(writer.write_note(number, note) for number, note in part.notes.items())
        body.extend([_write_record(leaflet)] if file == files[-1] else [])
        chapters.append(_finish(body, writer, leaflet, opens=file == files[0]))
    return chapters


def _finish(body: etree._Element, writer: Writer, leaflet: ExportInput, *, opens: bool) -> Chapter:
    """Return the file with this body; the one that opens the text has its title in the table of contents."""
    title = leaflet.title if opens or not writer.headings else writer.headings[0].words
    style = make.link(rel="stylesheet", type="text/css", href="style.css")
    root = isolate(make.html(make.head(make.title(title), style), body), leaflet.entry.lang)
    data = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    first = [ContentsLine(0, writer.file.removesuffix(".xhtml"), writer.file, title)] if opens else []
    return Chapter(writer.file, data, (*first, *writer.headings), writer.pictures, writer.pictures_described)


def _write_opening(leaflet: ExportInput) -> list[etree._Element]:
    """Write the title, the byline and the summary; each name in the byline has its own direction."""
    byline = isolate(make.p(make.bdi(leaflet.display_date), {"class": "byline"}), leaflet.archive_lang)
    for author in leaflet.entry.authors:
        byline[-1].tail = leaflet.comma
        byline.append(make.bdi(author))
    summary = [make.p(leaflet.summary, {"class": "summary"})] if leaflet.summary else []
    return [make.h1(leaflet.title), byline, *summary]


def _write_record(leaflet: ExportInput) -> etree._Element:
    record = make.dl()
    for label, value in list_record(leaflet):
        record.append(make.dt(label))
        if value == leaflet.address:
            record.append(make.dd(make.a(value, href=value, dir="ltr")))
        else:
            record.extend(make.dd(make.bdi(line)) for line in value.split("\n"))
    section = make.section(make.p(make.bdi(leaflet.archive)), record, {"class": "record"})
    return isolate(section, leaflet.archive_lang)
