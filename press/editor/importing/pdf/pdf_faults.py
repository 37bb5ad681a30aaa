"""What of a PDF cannot be read, and what it has beside its pages: in one line each."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from press.diagnostics import Diagnostic, error
from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.pdf.characters import MOST_LETTERS
from press.editor.importing.pdf.page_lines import PdfPage
from press.editor.importing.plain.lines import make_printable, shorten

MOST_PAGES = 3000
_MOST_PIECES = 15_000
"""On one page: no printed page has so many, and to put them in order takes longer than anybody waits."""
_UNKNOWN = 0.02
"""Share of letters without a meaning that makes a text gibberish."""
_VERTICAL = 0.5
_OCR = "Import it with --ocr, which reads its pages as pictures"


def find_wrong_bytes(data: bytes, name: str) -> list[Diagnostic]:
    """Tell a file that is no PDF at all, whatever its name is."""
    if b"%PDF-" in data[:1024]:
        return []
    kind = "a .zip or an office document" if data[:2] == b"PK" else "not a PDF, although its name says so"
    if data[:5] == b"{\\rtf":
        kind = "an .rtf file"
    if not data.strip():
        return [error(name, 0, "empty", "the file is empty. Leave it out, or save it anew.")]
    message = f"it is {kind}. Rename it to what it is, and import it again."
    return [error(name, 0, "import-pdf", message)]


def describe_pdf_error(wrong: Exception, name: str) -> Diagnostic:
    """Return the error for a PDF that pdfium does not open."""
    if "password" in str(wrong).lower() or "security" in str(wrong).lower():
        message = "the PDF is locked with a password. Save it without one, and import that."
    else:
        message = "the PDF is damaged or incomplete. Save or download it anew."
    return error(name, 0, "import-pdf", message)


def find_wrong_pages(pages: Sequence[PdfPage], name: str) -> list[Diagnostic]:
    """Return why the text of these pages cannot be trusted; nothing if it can."""
    letters = sum(page.letters for page in pages)
    unknown = sum(page.unknown for page in pages)
    vertical = sum(page.vertical for page in pages)
    full = next((page for page in pages if page.letters > MOST_LETTERS), None)
    if full:
        message = f"page {full.number} has {full.letters:,} letters: no page that was printed has so many. Split it."
        return [error(name, 0, "too-large", message)]
    crowded = next((page for page in pages if len(page.lines) > _MOST_PIECES), None)
    if crowded:
        message = (
            f"page {crowded.number} has {len(crowded.lines):,} pieces of text that do not touch: a drawing? {_OCR}."
        )
        return [error(name, 0, "too-large", message)]
    if unknown > max(2, _UNKNOWN * letters):
        message = (
            f"{unknown:,} of its {letters:,} letters have no meaning in the PDF: the text would be gibberish. {_OCR}."
        )
        return [error(name, 0, "import-pdf", message)]
    if vertical > _VERTICAL * letters and letters > 20:
        message = f"its lines are set downwards, which the import cannot put in order. {_OCR}, or type the text."
        return [error(name, 0, "import-pdf", message)]
    return []


def find_extras(data: bytes) -> Iterator[Note]:
    """Yield what a PDF has beside its pages: forms, comments, attachments, programs, its own data."""
    import pikepdf  # only an import of a PDF needs it

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield from _read_extras(pdf, pikepdf)
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError):
        message = "the PDF is not quite sound: compare the text with the pages to the end"
        yield Note("pages", message, Confidence.REVIEW)


def _read_extras(pdf: Any, pikepdf: Any) -> Iterator[Note]:
    fields = [str(item.get("/V", "")) for item in _walk_fields(pdf.Root.get("/AcroForm", {}).get("/Fields", []))]
    filled = [text for text in fields if text.strip() and not text.startswith("/")]
    if filled:
        shown = "; ".join(f"“{make_printable(shorten(text))}”" for text in filled[:5])
        more = f" and {len(filled) - 5} more" if len(filled) > 5 else ""
        message = f"the fields of the form are filled with {shown}{more}, which were not taken into the text"
        yield Note("form", message, Confidence.REVIEW)
    if len(pdf.attachments):
        names = ", ".join(f"“{make_printable(name)}”" for name in list(pdf.attachments)[:5])
        yield Note("attachments", f"{names}, attached to the PDF, were not imported", Confidence.REVIEW)
    names = pdf.Root.get("/Names", {})
    if "/JavaScript" in names or ("/OpenAction" in pdf.Root and "/JS" in _dictionary(pdf.Root.OpenAction)):
        yield Note("programs", "the PDF has a program in it, which was neither run nor kept", Confidence.LIKELY)
    comments = [
        str(mark.get("/Contents", ""))
        for page in pdf.pages
        for mark in page.get("/Annots", [])
        if str(mark.get("/Subtype", "")) in ("/Text", "/FreeText", "/Highlight", "/Popup", "/Underline")
    ]
    comments = [text for text in comments if text.strip()]
    if comments:
        shown = "; ".join(f"“{make_printable(shorten(text))}”" for text in comments[:5])
        yield Note("comments", f"notes that a reader put on the pages were left out: {shown}", Confidence.REVIEW)
    for key, meaning in (("/Title", "title"), ("/Author", "author")):
        value = str(pdf.docinfo.get(key, "")).strip()
        if value:
            shown = make_printable(shorten(value, 80))
            yield Note(meaning, f"the PDF calls its {meaning} “{shown}”; compare it with the text", Confidence.REVIEW)


def _dictionary(value: Any) -> Any:
    return value if getattr(value, "_type_name", "") in ("dictionary", "stream") else {}


def _walk_fields(fields: Any, depth: int = 0) -> Iterator[Any]:
    for item in fields:
        yield item
        if "/Kids" in item and depth < 10:
            yield from _walk_fields([kid for kid in item.Kids if "/T" in kid], depth + 1)
