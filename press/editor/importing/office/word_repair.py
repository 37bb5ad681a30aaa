"""The XML of a Word file, rewritten so that pandoc loses nothing of it.

pandoc passes over a table without a grid, the words of simple fields, some signs; and it cannot know which words were
deleted, hidden, or made by Word itself. Here all of that becomes ordinary paragraphs and runs, or is taken out and
named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from press.editor.importing.office.prepared import squeeze
from press.editor.importing.office.word_parts import (
    MC,
    UNKNOWN_SIGN,
    A,
    M,
    W,
    choose_form,
    count_inside,
    count_text,
    has_own_mark,
    is_mark_deleted,
    is_on,
    read_ruby,
    read_symbol,
)

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNWRAP = tuple(f"{W}{name}" for name in "ins moveTo smartTag sdt sdtContent customXml fldSimple bdo dir".split())
_DROP = tuple(
    f"{W}{name}" for name in "sdtPr sdtEndPr customXmlPr smartTagPr softHyphen lastRenderedPageBreak".split()
)
_FORBIDDEN = re.compile("[\u00ad\u202a-\u202e\u2066-\u2069]")
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures|inhaltsverzeichnisüberschrift", re.IGNORECASE)


@dataclass(slots=True)
class Repairs:
    """What was done to the XML of one document."""

    removed: list[tuple[str, str]] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    unknown_signs: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    invisible: int = 0
    tracked: int = 0


def repair_story(root: etree._Element, style_names: dict[str, str]) -> Repairs:
    """Rewrite the text, or the notes, of a Word file in place."""
    repairs = Repairs()
    for alternate in list(root.iter(f"{MC}AlternateContent")):
        chosen = choose_form(alternate)
        _replace(alternate, list(chosen) if chosen is not None else [])
    _settle_changes(root, repairs)
    for wrapper in list(root.iter(*_UNWRAP)):
        if wrapper.getparent() is not None and wrapper.getparent().tag != f"{W}rPr":
            _replace(wrapper, list(wrapper))
    for element in list(root.iter(*_DROP)):
        _replace(element, [])
    _take_out_contents(root, style_names, repairs)
    _take_out_hidden(root, repairs)
    _take_out_marks(root, repairs)
    _write_signs(root, repairs)
    _clear_fields(root)
    _take_out_boxes(root, repairs)
    _add_grids(root)
    _clean_letters(root, repairs)
    return repairs


def _replace(element: etree._Element, others: Iterable[etree._Element]) -> None:
    """Put other elements in the place of one."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent.remove(element)
    for number, other in enumerate(others):
        parent.insert(at + number, other)


def _settle_changes(root: etree._Element, repairs: Repairs) -> None:
    """Accept tracked changes: what was deleted goes, what was put in stays."""
    repairs.tracked = len(list(root.iter(f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom")))
    for row in [mark.getparent().getparent() for mark in root.iter(f"{W}del") if mark.getparent().tag == f"{W}trPr"]:
        words = squeeze(count_text(row))
        repairs.deleted.append(words or squeeze(" ".join(t.text or "" for t in row.iter(f"{W}delText"))))
        repairs.removed += [("deleted row", words)] if words else []
        _replace(row, [])
    for paragraph in list(root.iter(f"{W}p")):
        following = paragraph.getnext()
        if is_mark_deleted(paragraph) and following is not None and following.tag == f"{W}p":
            for at, child in enumerate(c for c in list(paragraph) if c.tag != f"{W}pPr"):
                start = 1 if following.find(f"{W}pPr") is not None else 0
                following.insert(start + at, child)
            _replace(paragraph, [])
    for gone in list(root.iter(f"{W}del", f"{W}moveFrom")):
        if gone.getparent() is not None and gone.getparent().tag not in (f"{W}rPr", f"{W}trPr"):
            words = squeeze("".join(text.text or "" for text in gone.iter(f"{W}delText")))
            repairs.deleted += [words] if words and gone.tag == f"{W}del" else []
            _replace(gone, [])


def style_of(paragraph: etree._Element, style_names: dict[str, str]) -> str:
    """Return the name of a paragraph's style."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style_names.get(style.get(f"{W}val", ""), "") if style is not None else ""


def _take_out_contents(root: etree._Element, style_names: dict[str, str], repairs: Repairs) -> None:
    """Take out the list of contents that Word makes by itself: its page numbers are those of one printer."""
    for paragraph in list(root.iter(f"{W}p")):
        if _CONTENTS.fullmatch(style_of(paragraph, style_names)):
            repairs.removed.append(("list of contents", squeeze(count_inside(paragraph))))
            _replace(paragraph, [])


def _take_out_hidden(root: etree._Element, repairs: Repairs) -> None:
    for run in list(root.iter(f"{W}r")):
        if is_on(run.find(f"{W}rPr"), "vanish"):
            words = count_text(run)
            repairs.removed += [("hidden text", squeeze(words))] if words.strip() else []
            _replace(run, [])


def _take_out_marks(root: etree._Element, repairs: Repairs) -> None:
    """Take out the marks that were typed for notes: a leaflet numbers its notes by itself."""
    for run in root.iter(f"{W}r"):
        if has_own_mark(run):
            repairs.marks.append(squeeze("".join(text.text or "" for text in run.iter(f"{W}t"))))
            for text in run.findall(f"{W}t"):
                run.remove(text)


def _make_text(words: str) -> etree._Element:
    text = etree.Element(f"{W}t")
    text.text = words
    text.set(_SPACE, "preserve")
    return text


def _make_run(words: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    run.append(_make_text(words))
    return run


def _write_signs(root: etree._Element, repairs: Repairs) -> None:
    """Write signs of other fonts, formulas and readings as plain letters, and breaks of pages as spaces."""
    for sign in list(root.iter(f"{W}sym")):
        letter = read_symbol(sign)
        if letter == UNKNOWN_SIGN:
            repairs.unknown_signs.append(f"{sign.get(f'{W}font', '')} {sign.get(f'{W}char', '')}".strip())
        _replace(sign, [_make_text(letter)])
    for formula in list(root.iter(f"{M}oMath")):
        words = "".join(text.text or "" for text in formula.iter(f"{M}t"))
        repairs.formulas.append(words)
        _replace(formula, [_make_run(words)])
    for paragraph in list(root.iter(f"{M}oMathPara")):
        _replace(paragraph, [child for child in paragraph if child.tag == f"{W}r"])
    for ruby in list(root.iter(f"{W}ruby")):
        words = read_ruby(ruby)
        repairs.readings.append(words)
        _replace(ruby, [_make_text(words)])
    for end in list(root.iter(f"{W}br", f"{W}ptab")):
        if end.tag == f"{W}ptab" or end.get(f"{W}type", "textWrapping") != "textWrapping":
            _replace(end, [_make_text(" ")])


def _clear_fields(root: etree._Element) -> None:
    """Make the results of fields ordinary words; a link stays a link."""
    for paragraph in root.iter(f"{W}p"):
        marks = [mark.get(f"{W}fldCharType") for mark in paragraph.iter(f"{W}fldChar")]
        codes = "".join(code.text or "" for code in paragraph.iter(f"{W}instrText"))
        if marks == ["begin", "separate", "end"] and codes.strip().upper().startswith("HYPERLINK"):
            continue
        for element in list(paragraph.iter(f"{W}fldChar", f"{W}instrText")):
            _replace(element, [])


def _take_out_boxes(root: etree._Element, repairs: Repairs) -> None:
    """Put the paragraphs of a text box, or of a shape, behind the paragraph it belongs to."""
    for box in reversed(list(root.iter(f"{W}txbxContent"))):
        paragraph = next((above for above in box.iterancestors(f"{W}p")), None)
        words = squeeze(count_text(box))
        inside = list(box)
        _replace(box, [])
        if paragraph is None or not words:
            continue
        repairs.boxes.insert(0, words)
        for child in reversed(inside):
            paragraph.addnext(child)


def _add_grids(root: etree._Element) -> None:
    """Give each table the grid without which pandoc passes over it, and each row its cells."""
    for table in root.iter(f"{W}tbl"):
        columns = max((_count_columns(row) for row in table.findall(f"{W}tr")), default=1)
        widths = [column.get(f"{W}w") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        if len(widths) >= columns and all(widths):
            continue
        for old in table.findall(f"{W}tblGrid"):
            table.remove(old)
        grid = etree.Element(f"{W}tblGrid")
        for _ in range(columns):
            etree.SubElement(grid, f"{W}gridCol").set(f"{W}w", "2000")
        properties = table.find(f"{W}tblPr")
        table.insert(table.index(properties) + 1 if properties is not None else 0, grid)


def _count_columns(row: etree._Element) -> int:
    spans = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc"))
    values = ((span.get(f"{W}val", "1") if span is not None else "1") for span in spans)
    return sum(min(int(value), 60) if value.isdecimal() else 1 for value in values)


def _clean_letters(root: etree._Element, repairs: Repairs) -> None:
    """Take out soft hyphens and direction marks; the words of drawings are pictures and stay where they are."""
    for text in root.iter(f"{W}t"):
        cleaned, count = _FORBIDDEN.subn("", text.text or "")
        if count:
            repairs.invisible += count
            text.text = cleaned
    for drawn in list(root.iter(f"{A}t")):
        drawn.text = ""
