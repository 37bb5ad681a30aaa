"""One bundle → its copies, or what forbids them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from press.bind.body import UnknownElement, read_body
from press.bind.booklet import impose
from press.bind.bundle import Bundle, Finding, Made, Workshop, list_record
from press.bind.citations import cite
from press.bind.epub import Volume, bind_epub
from press.bind.fitting import find_wide_table
from press.bind.glyphs import read_coverage
from press.bind.paper import Unprintable, set_pages, set_sheet
from press.bind.pictures import form_of, judge_picture, read_picture
from press.bind.text import write_text
from press.bind.tree import Document
from press.catalogue.copies import FORMATS
from press.faults import Level


def make_safely(bundle: Bundle, workshop: Workshop) -> Made:
    """Make the copies of a bundle; whatever the program or a library raises is an error of that leaflet."""
    try:
        return make_copies(bundle, workshop)
    except BaseException as wrong:
        if not isinstance(wrong, Exception) and type(wrong).__name__ != "PanicException":
            raise  # the build is being stopped; but a panic of a library written in Rust is no Exception
        why = f"{type(wrong).__name__}: {wrong}"
    message = f"its copies could not be made ({why}). This is a mistake in the program or a library: report it."
    return Made({}, (Finding(Level.ERROR, "copy-failed", "", message),))


def make_copies(bundle: Bundle, workshop: Workshop) -> Made:
    """Make the copies that the bundle's formats name. What is wrong with the text is in the result."""
    groups = FORMATS[bundle.formats]
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    try:
        document = read_body(bundle.body, bundle.address)
    except UnknownElement as wrong:
        message = f"no copy can show <{wrong.tag}>. Write it otherwise, or teach press/bind/body.py."
        return Made({}, (Finding(Level.ERROR, "copy-element", wrong.words, message),))
    if "text" in groups:
        files["txt"] = write_text(bundle, document).encode()
    if "citation" in groups:
        files |= {name: text.encode() for name, text in cite(bundle).items()}
    if "book" in groups:
        findings += _find_bad_pictures(bundle, workshop)
        if not findings:
            files["epub"] = _bind(bundle, document, workshop)
            printed, findings = _print(bundle, document, workshop)
            files |= printed
    return Made(files, tuple(findings))


def _bind(bundle: Bundle, document: Document, workshop: Workshop) -> bytes:
    volume = Volume(bundle.title, bundle.address, bundle.entry.lang, workshop.sources["epub.css"])
    pictures = {p.path: read_picture(p, workshop.content) for p in bundle.pictures if form_of(p.path)}
    return bind_epub(volume, [(bundle, document)], pictures, right_to_left=bundle.right_to_left)


def _print(bundle: Bundle, document: Document, workshop: Workshop) -> tuple[dict[str, bytes], list[Finding]]:
    """Set what is printed; a text with a character that no font has is left out, with a warning."""
    missing = read_coverage(workshop.fonts).find_missing(document, _plain_words(bundle))
    if missing:
        return {}, [_miss(missing)]
    wide = find_wide_table(document)
    if wide:
        message = "a table is too wide for a page, so the text has no PDF, booklet or sheet. Give it fewer columns."
        return {}, [Finding(Level.WARNING, "wide-table", wide, message)]
    try:
        pages = set_pages(bundle, document, workshop)
        booklet = impose(pages, bundle.paper, bundle.entry.lang, right_to_left=bundle.right_to_left)
        return {"pdf": pages, "booklet": booklet, "sheet": set_sheet(bundle, document, workshop)}, []
    except Unprintable as wrong:
        if wrong.characters:
            return {}, [_miss(list(wrong.characters))]
        message = f"Typst cannot set this text: {wrong}. Write the passage simpler, or mend theme/print/."
        return {}, [Finding(Level.ERROR, "print", "", message)]


def _plain_words(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """Give the words beside the text that are printed, with the style they are set in."""
    yield "Semibold", bundle.title
    yield "Italic", bundle.title
    yield "Italic", f"{bundle.said_date} {' '.join(bundle.entry.authors)} {bundle.summary}"
    yield "Regular", f"{bundle.archive} {' '.join(value for _, value in list_record(bundle))}"


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


def _find_bad_pictures(bundle: Bundle, workshop: Workshop) -> Iterator[Finding]:
    """Find pictures that are too large to be set, or no pictures."""
    for picture in bundle.pictures:
        if problem := judge_picture(picture, workshop.content):
            yield Finding(Level.ERROR, "picture", PurePosixPath(picture.path).name, f"{picture.path} {problem}")
