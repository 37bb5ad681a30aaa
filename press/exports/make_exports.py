"""One leaflet → its copies, or what forbids them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from press.diagnostics import Level
from press.exports.booklet import impose
from press.exports.citations import cite
from press.exports.document import Document
from press.exports.epub import Volume, bind_epub
from press.exports.export_input import ExportInput, Finding, Made, Toolchain, list_record
from press.exports.from_html import UnknownElement, read_body
from press.exports.glyphs import find_wide_table, read_coverage
from press.exports.pdf import Unprintable, set_pages, set_sheet
from press.exports.pictures import form_of, judge_picture, read_picture
from press.exports.plain_text import write_text
from press.model.formats import FORMATS


def make_safely(leaflet: ExportInput, toolchain: Toolchain) -> Made:
    """Make the copies of a leaflet; whatever the program or a library raises is an error of that leaflet."""
    try:
        return make_copies(leaflet, toolchain)
    except BaseException as wrong:
        if not isinstance(wrong, Exception) and type(wrong).__name__ != "PanicException":
            raise  # the build is being stopped; but a panic of a library written in Rust is no Exception
        why = f"{type(wrong).__name__}: {wrong}"
    message = f"its copies could not be made ({why}). This is a mistake in the program or a library: report it."
    return Made({}, (Finding(Level.ERROR, "copy-failed", "", message),))


def make_copies(leaflet: ExportInput, toolchain: Toolchain) -> Made:
    """Make the copies that the leaflet's formats name. What is wrong with the text is in the result."""
    groups = FORMATS[leaflet.formats]
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    try:
        document = read_body(leaflet.body, leaflet.address)
    except UnknownElement as wrong:
        message = f"no copy can show <{wrong.tag}>. Write it otherwise, or teach press/exports/from_html.py."
        return Made({}, (Finding(Level.ERROR, "copy-element", wrong.words, message),))
    if "text" in groups:
        files["txt"] = write_text(leaflet, document).encode()
    if "citation" in groups:
        files |= {name: text.encode() for name, text in cite(leaflet).items()}
    if "book" in groups:
        findings += _find_bad_pictures(leaflet, toolchain)
        if not findings:
            files["epub"] = _bind(leaflet, document, toolchain)
            printed, findings = _print(leaflet, document, toolchain)
            files |= printed
    return Made(files, tuple(findings))


def _bind(leaflet: ExportInput, document: Document, toolchain: Toolchain) -> bytes:
    volume = Volume(leaflet.title, leaflet.address, leaflet.entry.lang, toolchain.sources["epub.css"])
    pictures = {p.path: read_picture(p, toolchain.content) for p in leaflet.pictures if form_of(p.path)}
    return bind_epub(volume, [(leaflet, document)], pictures, right_to_left=leaflet.right_to_left)


def _print(leaflet: ExportInput, document: Document, toolchain: Toolchain) -> tuple[dict[str, bytes], list[Finding]]:
    """Set what is printed; a text with a character that no font has is left out, with a warning."""
    missing = read_coverage(toolchain.fonts).find_missing(document, _plain_words(leaflet))
    if missing:
        return {}, [_miss(missing)]
    wide = find_wide_table(document)
    if wide:
        message = "a table is too wide for a page, so the text has no PDF, booklet or sheet. Give it fewer columns."
        return {}, [Finding(Level.WARNING, "wide-table", wide, message)]
    try:
        pages = set_pages(leaflet, document, toolchain)
        booklet = impose(pages, leaflet.paper, leaflet.entry.lang, right_to_left=leaflet.right_to_left)
        return {"pdf": pages, "booklet": booklet, "sheet": set_sheet(leaflet, document, toolchain)}, []
    except Unprintable as wrong:
        if wrong.characters:
            return {}, [_miss(list(wrong.characters))]
        message = f"Typst cannot set this text: {wrong}. Write the passage simpler, or mend theme/print/."
        return {}, [Finding(Level.ERROR, "print", "", message)]


def _plain_words(leaflet: ExportInput) -> Iterator[tuple[str, str]]:
    """Give the words beside the text that are printed, with the style they are set in."""
    yield "Semibold", leaflet.title
    yield "Italic", leaflet.title
    yield "Italic", f"{leaflet.said_date} {' '.join(leaflet.entry.authors)} {leaflet.summary}"
    yield "Regular", f"{leaflet.archive} {' '.join(value for _, value in list_record(leaflet))}"


def _miss(characters: Sequence[str]) -> Finding:
    """Name the first of the characters that no font has, and say how many there are."""
    first, *others = characters
    named = f"“{first}” (U+{ord(first):04X} {unicodedata.name(first, 'a character without a name')})"
    more = " is"
    if others:
        more = f" and {len(others)} other characters are" if len(others) > 1 else " and another character are"
    message = (
        f"{named}{more} in no font for print, so the text has no PDF, booklet or sheet. Put a font that has it into "
        "the folder that DOWNLOADS_FONTS names, or write it otherwise."
    )
    return Finding(Level.WARNING, "glyph", first, message)


def _find_bad_pictures(leaflet: ExportInput, toolchain: Toolchain) -> Iterator[Finding]:
    """Find pictures that are too large to be set, or no pictures."""
    for picture in leaflet.pictures:
        if problem := judge_picture(picture, toolchain.content):
            yield Finding(Level.ERROR, "picture", PurePosixPath(picture.path).name, f"{picture.path} {problem}")
