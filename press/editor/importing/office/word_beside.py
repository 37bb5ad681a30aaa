"""What a Word file has beside its text: comments, headers, drawings, properties, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from press.editor.importing.office.containers import Parts, parse_xml
from press.editor.importing.office.prepared import Prepared, squeeze
from press.editor.importing.office.word_parts import A, R, V, W, count_text, make_transitional

_DC = "{http://purl.org/dc/elements/1.1/}"
_BESIDE = (
    (re.compile(r"word/comments\d*\.xml"), "comment"),
    (re.compile(r"word/(?:header|footer)\d*\.xml"), "header or footer"),
)
_DRAWN = re.compile(r"word/(?:diagrams/data|charts/chart)\d*\.xml")


def gather_beside(parts: Parts, styles: etree._Element | None, body: etree._Element, prepared: Prepared) -> None:
    """Enter what is beside the text in `prepared`. Raises Unreadable for a damaged part."""
    _name_words(parts, prepared)
    _read_properties(parts, styles, prepared)
    prepared.pictures = {name.removeprefix("word/"): data for name, data in parts.pictures("word/media/")}
    prepared.descriptions = dict(_describe_old_pictures(parts, body))


def read_story(parts: Parts, name: str) -> etree._Element | None:
    """Return a part as XML, or None if there is none. Raises Unreadable for a damaged one."""
    data = parts.read(name)
    return parse_xml(make_transitional(data), parts.suffix) if data else None


def _name_words(parts: Parts, prepared: Prepared) -> None:
    """Name the words that are in the file and not in the text."""
    for name in sorted(parts.names()):
        kind = next((kind for pattern, kind in _BESIDE if pattern.fullmatch(name)), "")
        if kind:
            story = read_story(parts, name)
            words = squeeze(count_text(story)) if story is not None else ""
            prepared.beside += [(kind, words)] if re.search(r"[^\W\d]", words) else []
        elif _DRAWN.fullmatch(name):
            drawn = read_story(parts, name)
            texts = (
                []
                if drawn is None
                else drawn.iter(f"{A}t", "{http://schemas.openxmlformats.org/drawingml/2006/chart}v")
            )
            words = squeeze(" ".join(text.text or "" for text in texts))
            prepared.beside += [("drawing or chart", words)] if words else []
    if any(name.startswith("word/vbaProject") for name in parts.names()):
        prepared.remark("macros", "the file has macros; they were left out, its text was read")


def _read_properties(parts: Parts, styles: etree._Element | None, prepared: Prepared) -> None:
    """Read what the program filled in by itself: often the typist's name, and the title of another text."""
    core = parts.read_xml("docProps/core.xml")
    for key, tag in (("title", f"{_DC}title"), ("author", f"{_DC}creator")):
        found = core.find(tag) if core is not None else None
        if found is not None and squeeze(found.text or ""):
            prepared.candidates[key] = squeeze(found.text or "")
    lang = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") if styles is not None else None
    prepared.lang = lang.get(f"{W}val", "") if lang is not None else ""


def _describe_old_pictures(parts: Parts, body: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what pictures of older versions of Word show, by their addresses."""
    relations = parts.read_xml("word/_rels/document.xml.rels")
    targets = (
        {each.get("Id", ""): each.get("Target", "") for each in relations if isinstance(each.tag, str)}
        if relations is not None
        else {}
    )
    for shape in body.iter(f"{V}shape"):
        for image in shape.iter(f"{V}imagedata") if squeeze(shape.get("alt", "")) else ():
            yield targets.get(image.get(f"{R}id", ""), ""), squeeze(shape.get("alt", ""))
