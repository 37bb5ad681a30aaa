"""The numbers that Word makes by itself, counted as Word counts them.

A list with bullets or with `1.` stays a list: its items are numbered anew, so that it is one list however its program
cut it up. Any other mark, `Article 1`, `(a)`, `1.3`, and the number of a heading, is written into its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from press.editor.importing.office.list_figures import write_figure
from press.editor.importing.office.word_numbering import ListLevel, read_numbering, read_reference, value_of
from press.editor.importing.office.word_parts import W

_FEW = 4
"""Paragraphs of a cell of a table; one that has more is a column of a page."""


@dataclass(slots=True)
class WrittenLists:
    """What became of the lists of a file."""

    numbering: bytes = b""
    """word/numbering.xml, as the paragraphs now refer to it."""
    marks: list[tuple[str, str]] = field(default_factory=list)
    """Marks that were written into paragraphs, and the form of their figures."""
    headings: list[str] = field(default_factory=list)
    """Those of headings."""


class ListCounter:
    """Counts the paragraphs of a file, in the order in which they are read."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists = read_numbering(numbering, styles)
        self._values: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._made: list[dict[int, ListLevel]] = []
        self._last: dict[int, int] = {}
        self._before: etree._Element | None = None
        self.written = WrittenLists()

    def number(self, paragraphs: Iterable[etree._Element], heading_styles: set[str]) -> None:
        """Number the paragraphs of the text, or of the notes, in place."""
        for paragraph in paragraphs:
            identifier, depth = self._find_list(paragraph)
            level = self._lists.levels.get(identifier, {}).get(depth)
            for old in list(paragraph.iterfind(f"{W}pPr/{W}numPr")):
                old.getparent().remove(old)
            if level is None:
                continue
            value = self._count(identifier, depth, level)
            is_heading = _style_of(paragraph) in heading_styles
            in_cell = _is_in_cell(paragraph)
            if level.is_plain(depth) and not is_heading and not in_cell:
                self._keep(paragraph, depth, level, value)
            elif level.form != "bullet" or in_cell:
                self._write(paragraph, self._label(identifier, level), level.form, is_heading)
        self._before = None

    def finish(self) -> WrittenLists:
        """Return what became of the lists."""
        root = etree.Element(f"{W}numbering", nsmap={"w": W[1:-1]})
        for number, levels in enumerate(self._made, start=1):
            root.append(_make_list(number, levels))
        for number in range(1, len(self._made) + 1):
            made = etree.SubElement(root, f"{W}num", {f"{W}numId": str(number)})
            etree.SubElement(made, f"{W}abstractNumId", {f"{W}val": str(number)})
        self.written.numbering = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        return self.written

    def _find_list(self, paragraph: etree._Element) -> tuple[str, int]:
        identifier, depth = self._lists.styles.get(_style_of(paragraph), ("", 0))
        return read_reference(paragraph.find(f"{W}pPr/{W}numPr"), identifier, depth)

    def _count(self, identifier: str, depth: int, level: ListLevel) -> int:
        values = self._values.setdefault(self._lists.counters[identifier], {})
        anew = self._lists.anew[identifier]
        if depth in anew and (identifier, depth) not in self._begun:
            values.pop(depth, None)
        self._begun.add((identifier, depth))
        values[depth] = values[depth] + 1 if depth in values else anew.get(depth, level.start)
        for deeper in [other for other in values if other > depth]:
            del values[deeper]
        return values[depth]

    def _label(self, identifier: str, level: ListLevel) -> str:
        levels, values = self._lists.levels[identifier], self._values[self._lists.counters[identifier]]

        def write(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            above = levels.get(depth, level)
            form = "decimal" if level.legal and above.form != "none" else above.form
            return write_figure(form, values.get(depth, above.start))

        if level.form == "bullet":
            return "•"
        return " ".join(re.sub(r"%([1-9])", write, level.text).split())

    def _keep(self, paragraph: etree._Element, depth: int, level: ListLevel, value: int) -> None:
        """Leave the paragraph an item: of the list before it if it goes on with that, else of a new one."""
        follows = self._before is not None and paragraph.getprevious() is self._before and bool(self._made)
        known = self._made[-1].get(depth) if follows else None
        expected = self._last[depth] + 1 if depth in self._last else known.start if known else value
        alike = known is None or known.form == level.form
        if not follows or not alike or (value != expected and level.form != "bullet"):
            self._made.append({})
            self._last = {}
        self._made[-1].setdefault(depth, ListLevel(level.form, level.text, value))
        self._last = {other: last for other, last in self._last.items() if other < depth} | {depth: value}
        self._before = paragraph
        reference = etree.SubElement(_properties(paragraph), f"{W}numPr")
        etree.SubElement(reference, f"{W}ilvl", {f"{W}val": str(depth)})
        etree.SubElement(reference, f"{W}numId", {f"{W}val": str(len(self._made))})

    def _write(self, paragraph: etree._Element, label: str, form: str, is_heading: bool) -> None:
        if not label or not any(text.text for text in paragraph.iter(f"{W}t")):
            return
        run = etree.Element(f"{W}r")
        text = etree.SubElement(run, f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        text.text = f"{label} "
        paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, run)
        self.written.marks.append((label, form))
        self.written.headings += [label] if is_heading else []


def drop_numbers(styles: etree._Element) -> None:
    """Take the lists out of the styles, since each paragraph now names its own."""
    for reference in list(styles.iter(f"{W}numPr")):
        reference.getparent().remove(reference)


def _style_of(paragraph: etree._Element) -> str:
    return value_of(paragraph.find(f"{W}pPr"), "pStyle")


def _is_in_cell(paragraph: etree._Element) -> bool:
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    return cell is not None and len(cell.findall(f"{W}p")) <= _FEW


def _properties(paragraph: etree._Element) -> etree._Element:
    found = paragraph.find(f"{W}pPr")
    if found is None:
        found = etree.Element(f"{W}pPr")
        paragraph.insert(0, found)
    return found


def _make_list(number: int, levels: dict[int, ListLevel]) -> etree._Element:
    made = etree.Element(f"{W}abstractNum", {f"{W}abstractNumId": str(number)})
    for depth, level in sorted(levels.items()):
        row = etree.SubElement(made, f"{W}lvl", {f"{W}ilvl": str(depth)})
        text = "•" if level.form == "bullet" else level.text
        for name, value in (("start", str(level.start)), ("numFmt", level.form), ("lvlText", text)):
            etree.SubElement(row, f"{W}{name}", {f"{W}val": value})
    return made
