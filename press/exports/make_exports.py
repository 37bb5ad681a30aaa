"""Make all exports of one leaflet, or report what prevents them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from press.diagnostics import Level
from press.exports.booklet import impose
from press.exports.citations import cite
from press.exports.document import Document, words_in
from press.exports.epub import Ebook, make_epub
from press.exports.export_input import ExportFinding, ExportInput, ExportResult, Toolchain, list_record
from press.exports.from_html import UnknownElement, read_body
from press.exports.pdf import describe_text, set_pages, set_sheet
from press.exports.pictures import form_of, judge_picture, read_picture
from press.exports.plain_text import write_text
from press.exports.printable import is_upright, read_coverage
from press.exports.spell_out import MOST, count_share, name_font, spell_out
from press.exports.typst_runs import Unprintable, count_pages
from press.model.formats import EXPORT_GROUPS


def make_safely(leaflet: ExportInput, toolchain: Toolchain) -> ExportResult:
    """Make the exports of a leaflet; whatever the program or a library raises becomes an error of that leaflet."""
    try:
        return make_exports(leaflet, toolchain)
    except BaseException as wrong:
        # A panic of a library written in Rust is not an Exception; KeyboardInterrupt and the like must get through.
        if not isinstance(wrong, Exception) and type(wrong).__name__ != "PanicException":
            raise
        why = f"{type(wrong).__name__}: {wrong}"
    message = (
        f"the downloads could not be made ({why}). This is a bug in the press or in a library: please report it."
    )
    return ExportResult({}, (ExportFinding(Level.ERROR, "copy-failed", "", message),))


def make_exports(leaflet: ExportInput, toolchain: Toolchain) -> ExportResult:
    """Make the exports that `leaflet.formats` asks for. Problems with the text are in the result."""
    groups = EXPORT_GROUPS[leaflet.formats]
    files: dict[str, bytes] = {}
    findings: list[ExportFinding] = []
    try:
        document = read_body(leaflet.body, leaflet.address)
    except UnknownElement as wrong:
        message = (
            f"downloads cannot show <{wrong.tag}>. Write it another way, or add it to press/exports/from_html.py."
        )
        return ExportResult({}, (ExportFinding(Level.ERROR, "copy-element", wrong.words, message),))
    if "text" in groups:
        files["txt"] = write_text(leaflet, document).encode()
    if "citation" in groups:
        files |= {name: text.encode() for name, text in cite(leaflet).items()}
    if "book" in groups:
        findings += _find_bad_pictures(leaflet, toolchain)
        if not findings:
            files["epub"] = _make_ebook(leaflet, document, toolchain)
            printed, findings = _print(leaflet, document, toolchain)
            files |= printed
    return ExportResult(files, tuple(findings))


def _make_ebook(leaflet: ExportInput, document: Document, toolchain: Toolchain) -> bytes:
    ebook = Ebook(leaflet.title, leaflet.address, leaflet.entry.lang, toolchain.sources["epub.css"])
    pictures = {p.path: read_picture(p, toolchain.content) for p in leaflet.pictures if form_of(p.path)}
    return make_epub(ebook, [(leaflet, document)], pictures, right_to_left=leaflet.right_to_left)


def _print(
    leaflet: ExportInput, document: Document, toolchain: Toolchain
) -> tuple[dict[str, bytes], list[ExportFinding]]:
    """Set the PDF, the booklet unless that is one page, and the handout if one sheet of paper has room for it.

    Words that no font has are spelled out in print, with a warning. A text in a script that no font has is not
    printed.
    """
    coverage, words = read_coverage(toolchain.fonts), _plain_words(leaflet)
    missing = coverage.find_missing(document, words, upright=is_upright(leaflet))
    if missing and count_share(missing, f"{leaflet.title}{words_in(document.blocks)}") > MOST:
        return {}, [_report_missing(missing)]
    findings = [_report_missing(missing, spelled=True)] if missing else []
    if missing:
        leaflet, document = spell_out(leaflet, document, missing)
    try:
        text = describe_text(leaflet, document, toolchain)
        pages = set_pages(text, toolchain)
        made: dict[str, bytes | None] = {"pdf": pages}
        if count_pages(pages) > 1:
            sheets, turned = leaflet.signature, leaflet.right_to_left
            made["booklet"] = impose(pages, leaflet.paper, leaflet.entry.lang, most=sheets, right_to_left=turned)
        made["sheet"] = set_sheet(text, toolchain)
        return {kind: data for kind, data in made.items() if data}, findings
    except Unprintable as wrong:
        if wrong.characters:
            return {}, [_report_missing(list(wrong.characters))]
        message = f"Typst cannot set this text: {wrong}. Simplify the passage, or fix theme/print/."
        return {}, [ExportFinding(Level.ERROR, "print", "", message)]


def _plain_words(leaflet: ExportInput) -> Iterator[tuple[str, str]]:
    """Yield the words that are printed around the text, each with the style it is set in."""
    yield "Semibold", leaflet.title
    yield "Italic", leaflet.title
    yield "Italic", f"{leaflet.display_date} {' '.join(leaflet.entry.authors)} {leaflet.summary}"
    yield "Regular", f"{leaflet.archive} {' '.join(value for _, value in list_record(leaflet))}"


def _report_missing(characters: Sequence[str], *, spelled: bool = False) -> ExportFinding:
    """Name the first of the characters that no font has, count the others, and name a font that has them."""
    first, *others = characters
    named = f"“{first}” (U+{ord(first):04X} {unicodedata.name(first, 'a character without a name')})"
    more = " is not"
    if others:
        more = f" and {len(others)} other characters are not" if len(others) > 1 else " and another character are not"
    so = (
        "print has Latin letters in square brackets instead" if spelled else "the text has no PDF, booklet or handout"
    )
    font = name_font(characters)
    message = (
        f"{named}{more} in the fonts for print, so {so}. Put a font that has "
        f"{'it' if not others else 'them'}{f' ({font})' if font else ''} into the folder DOWNLOADS_FONTS."
    )
    return ExportFinding(Level.WARNING, "glyph", first, message)


def _find_bad_pictures(leaflet: ExportInput, toolchain: Toolchain) -> Iterator[ExportFinding]:
    """Find pictures that are too large or damaged."""
    for picture in leaflet.pictures:
        if problem := judge_picture(picture, toolchain.content):
            yield ExportFinding(Level.ERROR, "picture", PurePosixPath(picture.path).name, f"{picture.path} {problem}")
