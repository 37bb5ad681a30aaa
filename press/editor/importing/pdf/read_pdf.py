"""PDF with a text layer → a recognised text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from press.diagnostics import Diagnostic, error
from press.editor.importing.data_model import Confidence, ImportSettings, Note, RecognisedText
from press.editor.importing.pdf.characters import PageReader
from press.editor.importing.pdf.page_lines import PdfPage, even_out_sizes
from press.editor.importing.pdf.pdf_faults import (
    MOST_PAGES,
    describe_pdf_error,
    find_extras,
    find_wrong_bytes,
    find_wrong_pages,
)
from press.editor.importing.pdf.write_pages import write_pages
from press.editor.importing.scan.read_scans import read_pdf_scan, scan_pdf_pages
from press.editor.importing.scan.tesseract import ScanFault

_FEWEST_LETTERS = 20
"""On a page on average: fewer are a stamp on a scan."""


def read_pdf(data: bytes, recognised: RecognisedText, settings: ImportSettings) -> None:
    """Read a PDF: its text layer, or by OCR where it has none or `--ocr` asks for it."""
    recognised.problems += find_wrong_bytes(data, recognised.name)
    if recognised.problems:
        return
    import pypdfium2  # only an import of a PDF needs it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as wrong:
        recognised.problems.append(describe_pdf_error(wrong, recognised.name))
        return
    try:
        _read_document(document, data, recognised, settings)
    finally:
        document.close()


def _read_document(document: Any, data: bytes, recognised: RecognisedText, settings: ImportSettings) -> None:
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        message = "the PDF has no pages" if not count else f"the PDF has {count:,} pages: {MOST_PAGES:,} is the most"
        recognised.problems.append(error(recognised.name, 0, "import-pdf", f"{message}. Save or split it anew."))
        return
    pages = list(read_pages(document, recognised.name))
    wrong = [page for page in pages if isinstance(page, Diagnostic)]
    read = [page for page in pages if isinstance(page, PdfPage)]
    unsound = find_wrong_pages(read, recognised.name)
    is_scan = sum(page.letters for page in read) < _FEWEST_LETTERS * len(read) and any(page.pictures for page in read)
    if not wrong and (is_scan or (unsound and settings.ocr)):
        read_pdf_scan(document, recognised, settings)
        return
    recognised.problems += wrong or unsound
    if recognised.problems:
        return
    if settings.ocr:
        _read_scanned_pages(document, read, recognised, settings)
    recognised.notes += [note for page in read for note in page.notes]
    recognised.notes += [*_note_scans(read), *_note_unknown(read)]
    _note_ocr_layer(read, recognised)
    recognised.notes += find_extras(data)
    write_pages(read, recognised, settings)


def _read_scanned_pages(
    document: Any, pages: list[PdfPage], recognised: RecognisedText, settings: ImportSettings
) -> None:
    """Read by OCR the pages that are pictures alone, among others with a text layer."""
    empty = [page.number for page in pages if not page.letters and page.pictures]
    try:
        for page in scan_pdf_pages(document, empty, recognised, settings) if empty else ():
            pages[page.number - 1] = page
    except ScanFault as fault:
        recognised.notes.append(Note("scan", str(fault), Confidence.REVIEW))
        return
    if empty:
        shown = ", ".join(map(str, empty[:10])) + (" and more" if len(empty) > 10 else "")
        recognised.notes.append(Note("scan", f"pages read by OCR, not proof-read: {shown}", Confidence.REVIEW))
        recognised.fields = {**recognised.fields, "Status": ("draft",)}


def read_pages(document: Any, name: str) -> Iterator[PdfPage | Diagnostic]:
    """Yield the pages of an open document with their letters; an error for a page that pdfium cannot read."""
    import pypdfium2
    from pypdfium2 import raw

    for at in range(len(document)):
        try:
            page = document[at]
            read = PageReader(raw, page, at + 1).read()
        except pypdfium2.PdfiumError:
            yield error(name, 0, "import-pdf", f"page {at + 1} is damaged. Save or download the PDF anew.")
            return
        if read.hidden > read.letters / 2:
            even_out_sizes(read)
        read.label = _read_label(raw, document, at)
        page.close()
        yield read


def _read_label(raw: Any, document: Any, at: int) -> str:
    """Return what the PDF calls a page, `xii`; an empty string where it says nothing."""
    length = raw.FPDF_GetPageLabel(document, at, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDF_GetPageLabel(document, at, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace").strip()


def _note_scans(pages: list[PdfPage]) -> Iterator[Note]:
    empty = [str(page.number) for page in pages if not page.letters and page.pictures]
    if empty:
        shown = ", ".join(empty[:10]) + (" and more" if len(empty) > 10 else "")
        message = f"pages without letters, pictures only: {shown}. If they are scans of text, import with --ocr"
        yield Note("pages", message, Confidence.REVIEW)


def _note_unknown(pages: list[PdfPage]) -> Iterator[Note]:
    unknown = [str(page.number) for page in pages if page.unknown]
    if unknown:
        message = (
            f"some letters have no meaning in the PDF, on page {', '.join(unknown[:10])}: look for “\ufffd” and boxes"
        )
        yield Note("letters", message, Confidence.REVIEW)


def _note_ocr_layer(pages: list[PdfPage], recognised: RecognisedText) -> None:
    """Say that a text layer behind a scan was made by OCR, and make its text a draft."""
    hidden, letters = sum(page.hidden for page in pages), sum(page.letters for page in pages)
    if hidden > letters / 2:
        message = "the text is the OCR layer of a scan, and nobody has proof-read it: it is a draft"
        recognised.notes.append(Note("scan", message, Confidence.REVIEW))
        recognised.fields = {**recognised.fields, "Status": ("draft",)}
        recognised.corrections.append("Read from a scan by OCR, not proof-read.")
    elif hidden:
        message = f"{hidden:,} letters are in the PDF without being drawn; they were kept. Compare with the pages"
        recognised.notes.append(Note("hidden", message, Confidence.REVIEW))
