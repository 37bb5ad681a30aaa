"""The reading PDF and the handout, set by Typst: the text is data, which a template in theme/print/ lays out."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from typing import Any

from press.exports.document import Document, Node, words_in
from press.exports.export_input import ExportInput, Picture, Toolchain, list_record
from press.exports.pictures import form_of, is_converted, wrap_picture
from press.exports.printable import has_wide_table, plan_sheet, read_folder
from press.model.formats import PAPERS

PAGE_SIZE = 10.5
"""The type size of the reading PDF, in points."""

_NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
_SHORT = 70
"""The length to which a title is cut for the running head, in characters."""
_LONG_WORD = 22
"""The letters in a word from which words in titles may be hyphenated."""

_UNBROKEN = re.compile(r"[^\W_]{90}[^\W_]*")
"""A run of letters that no dictionary hyphenates."""
_LONG_IN_RECORD = re.compile(r"\w{30,}")
"""A checksum or a file name: the record is narrow, and its words are not hyphenated."""


class Unprintable(Exception):
    """Typst refused the text; `characters` are the ones that no font has, if that is the reason."""

    def __init__(self, message: str, characters: str = "") -> None:
        self.characters = characters
        super().__init__(message)


@functools.cache
def _compiler(content: str, fonts: str) -> Any:
    import typst

    return typst.Compiler(root=content, font_paths=[fonts] if fonts else [], ignore_system_fonts=True)


def set_pages(leaflet: ExportInput, document: Document, toolchain: Toolchain) -> bytes:
    """Set the reading PDF. Raises Unprintable."""
    data = _describe_text(leaflet, document, toolchain)
    page = PAPERS[leaflet.paper][1]
    return _compile(toolchain, "pages.typ", {**data, "page": page, "size": PAGE_SIZE, "tallest": 110})


def set_sheet(leaflet: ExportInput, document: Document, toolchain: Toolchain) -> bytes:
    """Set the handout: two copies to a page if the text is short, else one in the largest type that fits on the page.

    A text too long for one page in readable type takes as many pages as it needs. Raises Unprintable.
    """
    data = _describe_text(leaflet, document, toolchain)
    data |= {"page": PAPERS[leaflet.paper][0], "notes-at-end": True}
    for layout, size in plan_sheet(document):
        made = _compile(toolchain, "sheet.typ", {**data, "layout": layout, "size": size, "tallest": 70})
        if count_pages(made) == 1:
            return made
    layout = "single" if has_wide_table(document) else "many"
    return _compile(toolchain, "sheet.typ", {**data, "layout": layout, "size": 9.5, "tallest": 90})


def count_pages(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _describe_text(leaflet: ExportInput, document: Document, toolchain: Toolchain) -> dict[str, Any]:
    """Return a text as the JSON that the templates read."""
    longest = max(map(len, re.findall(r"\w+", f"{leaflet.title} {words_in(document.blocks)}")), default=0)
    return {
        "title": _allow_breaks(leaflet.title),
        "short-title": _shorten(leaflet.title),
        "summary": leaflet.summary,
        "date": leaflet.display_date,
        "authors": leaflet.entry.authors,
        "lang": leaflet.entry.lang,
        "right-to-left": leaflet.right_to_left,
        "archive": leaflet.archive,
        "archive-lang": leaflet.archive_lang,
        "address": leaflet.address,
        "shown-address": _show_address(leaflet.address),
        "long-words": longest > _LONG_WORD,
        "code": draw_qr_code(leaflet.address),
        "record": [
            (label, value if value == leaflet.address else _allow_breaks(value, _LONG_IN_RECORD))
            for label, value in list_record(leaflet)
        ],
        "marks": leaflet.marks,
        "families": list(dict.fromkeys(family for family, _ in read_folder(toolchain.fonts))),
        "pictures": {p.url: _show_picture(p, toolchain) for p in leaflet.pictures if form_of(p.path)},
        "notes-at-end": False,
        "blocks": [_to_json(block) for block in document.blocks],
        "notes": {number: [_to_json(block) for block in note] for number, note in document.notes.items()},
        "loose": document.loose_notes,
    }


def _show_picture(picture: Picture, toolchain: Toolchain) -> str:
    """Return the path of a picture from the content folder, or the SVG around one that had to be converted."""
    return wrap_picture(picture, toolchain.content) if is_converted(picture.path) else f"/{picture.path}"


def _show_address(address: str) -> str:
    """Return an address without its scheme, with places where a line may break."""
    shown = address.removeprefix("https://").removeprefix("http://")
    return re.sub(r"([/.-]|\w{20})(?=\w)", "\\1\N{ZERO WIDTH SPACE}", shown)


def _allow_breaks(text: str, runs: re.Pattern[str] = _UNBROKEN) -> str:
    """Add places where a line may break to long unbroken runs of letters."""
    return runs.sub(lambda run: re.sub(r"(.{12})(?=.)", "\\1\N{ZERO WIDTH SPACE}", run[0]), text)


def _to_json(node: Node) -> dict[str, Any]:
    """Return a node as JSON data."""
    inside = [_allow_breaks(part) if isinstance(part, str) else _to_json(part) for part in node.inside]
    return {"k": node.kind, "c": inside, **node.facts}


def _compile(toolchain: Toolchain, template: str, data: Mapping[str, Any]) -> bytes:
    import typst

    source = "\n".join(toolchain.sources[name] for name in ("tree.typ", template))
    inputs = {"leaflet": json.dumps(data, ensure_ascii=False)}
    try:
        made: bytes = _compiler(toolchain.content, toolchain.fonts).compile(
            source.encode(), sys_inputs=inputs, pdf_standards="ua-1"
        )
    except typst.TypstError as wrong:
        unseen = _NO_GLYPH.search(str(wrong))
        raise Unprintable(wrong.message, unseen[1] if unseen else "") from None
    return made


@functools.lru_cache(maxsize=1)
def draw_qr_code(address: str) -> str:
    """Draw the QR code of an address as SVG, with a fixed mask: choosing one takes longer than all the rest."""
    import segno

    code = segno.make(address, error="m", boost_error=False, mask=2, micro=False)
    return str(code.svg_inline(border=0, omitsize=True))


def _shorten(title: str) -> str:
    """Shorten a title at the end of a word, for the running head."""
    if len(title) <= _SHORT:
        return title
    words, _, _ = title[:_SHORT].rpartition(" ")
    return (words or title[: _SHORT - 20]) + "\N{HORIZONTAL ELLIPSIS}"
