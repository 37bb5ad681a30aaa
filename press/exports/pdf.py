"""The reading PDF and the handout, set by Typst: the text is data, which a template in theme/print/ lays out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from press.exports.document import (
    Document,
    Node,
    bare_address,
    is_address_shown,
    is_amount,
    measure_table,
    words_in,
)
from press.exports.export_input import ExportInput, Picture, Toolchain, find_day, list_record
from press.exports.page_trials import PageLayout, PageTrials
from press.exports.pictures import form_of, is_converted, wrap_picture
from press.exports.printable import (
    PRESS_FONTS,
    is_mostly_arabic,
    is_stacked,
    is_upright,
    measure_text,
    plan_contents,
    plan_sheet,
    read_folder,
)
from press.exports.typst_runs import count_pages, run_typst
from press.model.formats import PAPERS
from press.model.languages import is_right_to_left

PAGE_SIZE = 10.5
"""The type size of the reading PDF, in points."""

_SIZES = (10.35, 10.65, 10.2, 10.8, 10.05, 10.95, 9.9, 11.1)
"""The sizes that are tried where pages would be blank; nobody sees the difference."""

_ONE_PAGE = 1600
"""The length of a text that has probably room on one page, in characters."""

_PLANS_IN_A_RUN = 4
"""Typst lays a document out in at most five passes; each tries one plan, and the last settles the page numbers."""

_PAGES_FOR_COVER, _PAGES_FOR_CONTENTS, _HEADINGS_FOR_CONTENTS = 8, 3, 4
"""A longer text has a cover; one of so many pages with more headings has a list of contents."""

_MANY, _COLUMNS = 60, 5
"""The characters in a row, at its narrowest, and the columns from which a table is set small."""

_LONG_RECORD = 1500
"""The characters from which a record is not kept on one page."""

_SHORT = 70
"""The length to which a title is cut for the running head, in characters."""
_LONG_WORD = 22
"""The letters in a word from which words in titles may be hyphenated."""

_UNBROKEN = re.compile(r"[^\W_]{90}[^\W_]*")
"""A run of letters that no dictionary hyphenates."""
_LONG_IN_RECORD = re.compile(r"\w{30,}")
"""A checksum or a file name: the record is narrow, and its words are not hyphenated."""


def set_pages(data: Mapping[str, Any], toolchain: Toolchain) -> bytes:
    """Set the reading PDF of a described text, so that a booklet of its pages has no more than one blank.

    A single page has its notes right below the text, not at its foot, above the record. Raises Unprintable.
    """
    data = {**data, "page": PAPERS[data["paper"]][1], "tallest": 110}
    trials = PageTrials(toolchain, data)
    if data["length"] <= _ONE_PAGE and (alone := trials.set_single(PAGE_SIZE)):
        return alone
    length = trials.count(PageLayout(PAGE_SIZE, cover=False, apart=True)) - 1
    if length >= _PAGES_FOR_CONTENTS and data["headings"] > _HEADINGS_FOR_CONTENTS:
        trials = PageTrials(toolchain, {**data, "contents": data["contents-label"]})
    usual, covered = (PAGE_SIZE, length > _PAGES_FOR_COVER), (PAGE_SIZE, True)
    others = [(size, usual[1]) for size in _SIZES]
    return _find_layout(trials, [usual, covered, *others] if length > 4 else [usual, *others, covered])


def _find_layout(trials: PageTrials, tried: Sequence[tuple[float, bool]]) -> bytes:
    """Return the first layout whose booklet has at most one blank page; if none has, the one with the fewest.

    The record is below the text if that saves a sheet. Else it is a page of its own, the back cover. Where neither
    will do, a cover is added, or the type is a little smaller or larger.
    """
    least, best = 4, tried[0]
    for size, cover in tried:
        apart, below = PageLayout(size, cover, apart=True), PageLayout(size, cover, apart=False)
        pages = trials.count(apart)
        if (pages == 2 or pages % 4 == 1) and trials.count(below) < pages:
            return trials.set_layout(below)
        if -pages % 4 < least:
            least, best = -pages % 4, (size, cover)
        if least <= 1:
            break
    return trials.set_layout(PageLayout(*best, apart=True))


def set_sheet(data: Mapping[str, Any], toolchain: Toolchain) -> bytes | None:
    """Set the handout: two copies to a page if the text is short, else one in the largest type that fits on the page.

    A text too long for one page in readable type takes both sides; None if that is not enough. Raises Unprintable.
    """
    data = {**data, "page": PAPERS[data["paper"]][0], "notes-at-end": True, "tallest": 70}
    plans = data["plans"]
    for start in range(0, len(plans), _PLANS_IN_A_RUN):
        few = plans[start : start + _PLANS_IN_A_RUN]
        made = run_typst(toolchain, "sheet.typ", {**data, "plans": few})
        if count_pages(made) <= few[-1].most_pages:
            return made
    return None


def describe_text(leaflet: ExportInput, document: Document, toolchain: Toolchain) -> dict[str, Any]:
    """Return a text as the data that the layouts read."""
    longest = max(map(len, re.findall(r"\w+", f"{leaflet.title} {words_in(document.blocks)}")), default=0)
    return {
        "title": _allow_breaks(leaflet.title),
        "short-title": _shorten(leaflet.title),
        "summary": leaflet.summary,
        "date": leaflet.display_date,
        "made": [(day := find_day(leaflet)).year, day.month, day.day],
        "authors": leaflet.entry.authors,
        "lang": leaflet.entry.lang,
        "right-to-left": leaflet.right_to_left,
        "archive-right-to-left": is_right_to_left(leaflet.archive_lang),
        "upright": is_upright(leaflet),
        "arabic": is_mostly_arabic(f"{leaflet.title} {words_in(document.blocks)}"),
        "archive": leaflet.archive,
        "archive-lang": leaflet.archive_lang,
        "address": leaflet.address,
        "shown-address": _show_address(leaflet.address),
        "long-words": longest > _LONG_WORD,
        "code": draw_qr_code(leaflet.address),
        "code-label": leaflet.code_label.format(leaflet.address),
        "record": [
            (label, value if value == leaflet.address else _allow_breaks(value, _LONG_IN_RECORD))
            for label, value in list_record(leaflet)
        ],
        "long-record": sum(len(label) + len(value) for label, value in list_record(leaflet)) > _LONG_RECORD,
        "imprint": [name for name in (leaflet.entry.publisher, leaflet.entry.place) if name],
        "marks": leaflet.marks,
        "families": list(dict.fromkeys(face.family for face in read_folder(toolchain.fonts))),
        "fallbacks": list(dict.fromkeys(face.family for face in read_folder(str(PRESS_FONTS)))),
        "pictures": {p.url: _show_picture(p, toolchain) for p in leaflet.pictures if form_of(p.path)},
        "notes-at-end": False,
        "paper": leaflet.paper,
        "length": measure_text(document),
        "plans": list(plan_sheet(document)),
        "contents-label": leaflet.contents_label,
        **_write_tree(document, leaflet.address),
        "loose": document.loose_notes,
        **plan_contents(document),
    }


def _show_picture(picture: Picture, toolchain: Toolchain) -> str:
    """Return the path of a picture from the content folder, or the SVG around one that had to be converted."""
    return wrap_picture(picture, toolchain.content) if is_converted(picture.path) else f"/{picture.path}"


def _show_address(address: str) -> str:
    """Return an address without its scheme, with places where a line may break."""
    return re.sub(r"([/.?=&%_-]|\w{20})(?=\S)", "\\1\N{ZERO WIDTH SPACE}", bare_address(address))


def _allow_breaks(text: str, runs: re.Pattern[str] = _UNBROKEN) -> str:
    """Add places where a line may break to long unbroken runs of letters."""
    return runs.sub(lambda run: re.sub(r"(.{12})(?=.)", "\\1\N{ZERO WIDTH SPACE}", run[0]), text)


def _write_tree(document: Document, page: str) -> dict[str, Any]:
    """Return the text and its notes as JSON data, and the addresses that its links lead to, each with its mark."""
    links: dict[str, str] = {}
    blocks = [_to_json(block, page, links) for block in document.blocks]
    notes = {number: [_to_json(block, page, None) for block in note] for number, note in document.notes.items()}
    return {"blocks": blocks, "notes": notes, "links": [[mark, _show_address(url)] for url, mark in links.items()]}


def _to_json(node: Node, page: str, links: dict[str, str] | None) -> dict[str, Any]:
    """Return a node as JSON data.

    A link to anywhere but `page` itself has a mark that leads to its address, entered in `links`. Where there cannot
    be one, in notes, headings and tables, `links` is None, and the address is put beside the words.
    """
    facts = dict(node.facts)
    if node.kind == "link":
        facts |= _tell_address(node, page, links)
    if node.kind == "table":
        facts |= {"many": measure_table(node) > _MANY or facts["columns"] > _COLUMNS, "stacked": is_stacked(node)}
    if node.kind == "cell":
        facts["amount"] = is_amount(node)
    within = None if node.kind in ("heading", "table", "term") else links
    inside = [_allow_breaks(part) if isinstance(part, str) else _to_json(part, page, within) for part in node.inside]
    return {"k": node.kind, "c": inside, **facts}


def _tell_address(link: Node, page: str, links: dict[str, str] | None) -> dict[str, Any]:
    """Return how paper shows where a link leads."""
    url = link.facts["url"]
    if is_address_shown(link):
        return {"plain": True}
    if not url or url.startswith(f"{page}#") or not words_in(link.inside).strip():
        return {}
    if links is None:
        return {"beside": _show_address(url)}
    again = url in links
    mark = links.setdefault(url, _letter(len(links)))
    return {"mark": mark, "again": again, "shown": _show_address(url)}


def _letter(place: int) -> str:
    """Return a, b … z, aa, ab …: the mark of a link, which numbers would confuse with notes."""
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("a") + place % 26)


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
