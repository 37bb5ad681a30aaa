"""An OpenDocument text (.odt), made ready for pandoc, and its words counted by a reader of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from press.editor.importing.office.containers import Parts
from press.editor.importing.office.prepared import Prepared, Unreadable, squeeze
from press.editor.importing.office.style_header import MOST_LEADING, find_header_key
from press.editor.importing.plain.lines import shorten

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT, _OFFICE, _STYLE = (f"{{{_NAMES}:{name}:1.0}}" for name in ("text", "office", "style"))
_DRAW, _TABLE, _META = (f"{{{_NAMES}:{name}:1.0}}" for name in ("drawing", "table", "meta"))
_FO = f"{{{_NAMES}:xsl-fo-compatible:1.0}}"
_SVG = f"{{{_NAMES}:svg-compatible:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FORBIDDEN = re.compile("[\u00ad\u202a-\u202e\u2066-\u2069]")
_HEADING = re.compile(r"Heading_20_([1-9])")
_KNOWN = frozenset(
    f"{_TEXT}{name}"
    for name in "p h list list-item list-header span a s tab line-break note note-body note-citation soft-page-break "
    "bookmark bookmark-start bookmark-end".split()
)
_INDEXES = tuple(
    f"{_TEXT}{name}" for name in "table-of-content illustration-index table-index alphabetical-index".split()
)
_SILENT = frozenset(
    [f"{_TEXT}{name}" for name in ("tracked-changes", "note-citation", "ruby-text")]
    + [f"{_OFFICE}{name}" for name in ("annotation", "annotation-end", "forms")]
    + [f"{_TEXT}sequence-decls", f"{_TEXT}variable-decls", f"{_TEXT}user-field-decls"]
    + [f"{_SVG}title", f"{_SVG}desc"]
)
_BOXES = (f"{_DRAW}text-box", f"{_DRAW}custom-shape", f"{_DRAW}rect", f"{_DRAW}ellipse")


def prepare_open_document(data: bytes, suffix: str) -> Prepared:
    """Make an OpenDocument text ready. Raises Unreadable."""
    parts = Parts(data, suffix)
    content = parts.read_xml("content.xml")
    text = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
    if content is None or text is None:
        raise Unreadable(
            "import-type", "the file has no text: it is a table, drawing or presentation. Save it as .odt."
        )
    styles = parts.read_xml("styles.xml")
    prepared = Prepared("odt")
    prepared.words = "".join(_read(text, []))
    names = _name_styles(content, styles)
    _take_out(text, content, names, prepared)
    _gather_furniture(styles, prepared)
    _read_properties(parts, styles, prepared)
    _rewrite(text, prepared)
    _take_styled_header(text, names, prepared)
    _mark_headings(text, content, styles)
    _note_lists(text, [content] if styles is None else [content, styles], prepared)
    prepared.pictures = dict(parts.pictures("Pictures/"))
    prepared.descriptions = dict(_describe_pictures(text))
    changed = {"content.xml": etree.tostring(content, xml_declaration=True, encoding="UTF-8")}
    prepared.data = parts.replace(changed)
    return prepared


def _read(element: etree._Element, boxes: list[str]) -> Iterator[str]:
    """Yield the words below an element, a line feed after each paragraph; a text box comes after its paragraph."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _SILENT:
        return
    if tag in _BOXES:
        boxes.append("\n" + "".join(_read_inside(element, [])) + "\n")
        return
    if tag == f"{_TEXT}s":
        yield " " * min(int(element.get(f"{_TEXT}c", "1") or 1), 200)
    elif tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
        yield " "
    elif tag == f"{_TEXT}note":
        boxes.append("\n" + "".join(_read_inside(element, [])) + "\n")
    elif tag == f"{_TEXT}ruby":
        yield _read_ruby(element)
    elif tag in (f"{_TEXT}p", f"{_TEXT}h"):
        inner: list[str] = []
        yield "".join(_read_inside(element, inner)) + "\n" + "".join(inner)
    else:
        yield from _read_inside(element, boxes)


def _read_inside(element: etree._Element, boxes: list[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _read(child, boxes)
        yield child.tail or ""


def _count(element: etree._Element) -> str:
    boxes: list[str] = []
    text = "".join(_read_inside(element, boxes))
    return squeeze(text + "".join(boxes))


def _read_ruby(element: etree._Element) -> str:
    spoken = squeeze("".join(t for e in element.iter(f"{_TEXT}ruby-text") for t in e.itertext()))
    written = squeeze("".join(t for e in element.iter(f"{_TEXT}ruby-base") for t in e.itertext()))
    return f"{written}（{spoken}）" if spoken else written


def _name_styles(content: etree._Element, styles: etree._Element | None) -> dict[str, str]:
    """Return the name of each style; one that the program made for a paragraph is named after the one above it."""
    names: dict[str, str] = {}
    above: dict[str, str] = {}
    for root in (styles, content) if styles is not None else (content,):
        for style in root.iter(f"{_STYLE}style"):
            identifier = style.get(f"{_STYLE}name", "")
            names[identifier] = style.get(f"{_STYLE}display-name", identifier.replace("_20_", " "))
            above[identifier] = style.get(f"{_STYLE}parent-style-name", "")
    for identifier in list(names):
        step, seen = identifier, set()
        while step and step not in seen and not find_header_key(names.get(step, "")):
            seen.add(step)
            step = above.get(step, "")
        if step and find_header_key(names.get(step, "")):
            names[identifier] = names[step]
    return names


def _replace(element: etree._Element, *others: etree._Element, words: str = "") -> None:
    """Put others, or words, in the place of an element; what follows it stays."""
    parent, tail = element.getparent(), element.tail or ""
    at = parent.index(element)
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    parent.remove(element)
    for number, other in enumerate(others):
        parent.insert(at + number, other)
    last = others[-1] if others else previous
    if last is not None:
        last.tail = (last.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _unwrap(element: etree._Element) -> None:
    """Put what is in an element in its place."""
    children, words = list(element), element.text or ""
    for child in children:
        element.remove(child) if child.tail is None else None
    tails = [child.tail for child in children]
    _replace(element, *children, words=words) if children else _replace(element, words=words)
    for child, tail in zip(children[:-1], tails[:-1], strict=True):
        child.tail = tail


def _take_out(text: etree._Element, content: etree._Element, names: dict[str, str], prepared: Prepared) -> None:
    """Take out comments, deleted words, lists of contents and hidden words, and name them."""
    for changes in list(text.iter(f"{_TEXT}tracked-changes")):
        regions = [squeeze(" ".join("".join(p.itertext()) for p in deletion.iter(f"{_TEXT}p", f"{_TEXT}h")))
                   for deletion in changes.iter(f"{_TEXT}deletion")]  # fmt: skip
        shown = "; ".join(f"“{shorten(words, 60)}”" for words in regions if words)
        deleted = f", without what they deleted: {shown}" if shown else ""
        prepared.remark("changes", f"the tracked changes were accepted{deleted}")
        _replace(changes)
    for comment in list(text.iter(f"{_OFFICE}annotation")):
        words = squeeze(" ".join("".join(p.itertext()) for p in comment.iter(f"{_TEXT}p")))
        prepared.beside += [("comment", words)] if words else []
        _replace(comment)
    for index in list(text.iter(*_INDEXES)):
        words = _count(index)
        prepared.removed += [("list of contents", words)] if words else []
        _replace(index)
    for element in list(text.iter(f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph")):
        _replace(element, words="".join(element.itertext()) if element.tag.endswith("hidden-paragraph") else "")
    hidden = {
        style.get(f"{_STYLE}name")
        for style in content.iter(f"{_STYLE}style")
        if any(p.get(f"{_TEXT}display") == "none" for p in style.iter(f"{_STYLE}text-properties"))
    }
    for span in list(text.iter(f"{_TEXT}span")) if hidden else ():
        if span.get(f"{_TEXT}style-name") in hidden:
            prepared.removed.append(("hidden text", _count(span)))
            _replace(span)


def _rewrite(text: etree._Element, prepared: Prepared) -> None:
    """Write sections, fields, boxes and readings as plain paragraphs and words."""
    for ruby in list(text.iter(f"{_TEXT}ruby")):
        _replace(ruby, words=_read_ruby(ruby))
    for box in reversed(list(text.iter(*_BOXES))):
        paragraph = next(iter(box.iterancestors(f"{_TEXT}p", f"{_TEXT}h")), None)
        words = squeeze("".join(_read_inside(box, [])))
        children = [child for child in box if child.tag in _KNOWN or child.tag == f"{_TABLE}table"]
        if paragraph is None:
            _replace(box, *children)
        else:
            for child in reversed(children):
                child.tail = None
                paragraph.addnext(child)
            _replace(box)
        if words:
            prepared.remark(
                "boxes", f"the text box “{shorten(words, 60)}” was put behind its paragraph: is it right?"
            )
    for element in list(text.iter()):
        tag = element.tag
        if isinstance(tag, str) and tag.startswith(_TEXT) and tag not in _KNOWN:
            _unwrap(element)
    count = 0
    for element in text.iter():
        for name in ("text", "tail"):
            cleaned, found = _FORBIDDEN.subn("", getattr(element, name) or "")
            if found:
                count += found
                setattr(element, name, cleaned)
    if count:
        prepared.remark("letters", f"{count} soft hyphens or marks of direction were left out", review=False)


def _note_lists(text: etree._Element, roots: list[etree._Element], prepared: Prepared) -> None:
    """Ask about lists whose printed numbers pandoc does not know: `Article 1`, `1.3`, and those that go on."""
    used = {each.get(f"{_TEXT}style-name") for each in text.iter(f"{_TEXT}list")}
    styles = [style for root in roots for style in root.iter(f"{_TEXT}list-style")]
    levels = [level for style in styles if style.get(f"{_STYLE}name") in used
              for level in style.iter(f"{_TEXT}list-level-style-number")]  # fmt: skip
    words = [level.get(f"{_STYLE}{name}", "") for level in levels for name in ("num-prefix", "num-suffix")]
    odd = [word.strip() for word in words if re.search(r"[^\W_]|§", word)]
    if odd or any(level.get(f"{_TEXT}display-levels", "1") != "1" for level in levels):
        shown = f" (“{'”, “'.join(dict.fromkeys(odd))}”)" if odd else ""
        prepared.remark("marks", f"lists have marks of their own{shown}, which became 1, 2, 3: compare them")
    if any(each.get(f"{_TEXT}continue-list") or each.get(f"{_TEXT}continue-numbering") == "true"
           for each in text.iter(f"{_TEXT}list")):  # fmt: skip
        prepared.remark("marks", "a list goes on with the numbers of another: are they right?")


def _mark_headings(text: etree._Element, content: etree._Element, styles: etree._Element | None) -> None:
    """Make paragraphs in the style of a heading headings, as those are that came from RTF or a web page."""
    above = {style.get(f"{_STYLE}name", ""): style.get(f"{_STYLE}parent-style-name", "")
             for root in (styles, content) if root is not None for style in root.iter(f"{_STYLE}style")}  # fmt: skip
    for paragraph in text.iter(f"{_TEXT}p"):
        name = paragraph.get(f"{_TEXT}style-name", "")
        found = _HEADING.fullmatch(name) or _HEADING.fullmatch(above.get(name, ""))
        if found:
            paragraph.tag = f"{_TEXT}h"
            paragraph.set(f"{_TEXT}outline-level", found[1])


def _describe_pictures(text: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what each picture shows, by its address; the title of a picture where that is all there is."""
    for frame in text.iter(f"{_DRAW}frame"):
        words = squeeze(frame.findtext(f"{_SVG}desc", "")) or squeeze(frame.findtext(f"{_SVG}title", ""))
        for image in frame.iter(f"{_DRAW}image") if words else ():
            yield image.get("{http://www.w3.org/1999/xlink}href", ""), words


def _take_styled_header(text: etree._Element, names: dict[str, str], prepared: Prepared) -> None:
    """Take title, subtitle, author and date, where their styles say so, from the beginning of the text."""
    waiting: list[etree._Element] = []
    for element in list(text)[:MOST_LEADING]:
        key = find_header_key(names.get(element.get(f"{_TEXT}style-name", ""), ""))
        if element.tag not in (f"{_TEXT}p", f"{_TEXT}h") or not key:
            continue
        inner: list[str] = []
        words = squeeze("".join(_read_inside(element, inner)))
        if words:
            prepared.header.setdefault(key, []).append(words)
            waiting += list(element.iter(f"{_TEXT}note", f"{_DRAW}frame"))
            text.remove(element)
    following = next((p for p in text.iter(f"{_TEXT}p") if _count(p)), None) if waiting else None
    for note in waiting:
        note.tail = None
    if waiting and following is not None:
        following.extend(waiting)
        prepared.remark("notes", "the note on the title was moved to the end of the first paragraph")


def _gather_furniture(styles: etree._Element | None, prepared: Prepared) -> None:
    tags = [f"{_STYLE}{name}" for name in ("header", "footer", "header-left", "footer-left")]
    for found in styles.iter(*tags) if styles is not None else ():
        words = squeeze(" ".join("".join(p.itertext()) for p in found.iter(f"{_TEXT}p")))
        prepared.beside += [("header or footer", words)] if re.search(r"[^\W\d]", words) else []


def _read_properties(parts: Parts, styles: etree._Element | None, prepared: Prepared) -> None:
    meta = parts.read_xml("meta.xml")
    for key, tag in (("title", f"{_DC}title"), ("author", f"{_META}initial-creator"), ("author", f"{_DC}creator")):
        found = next(meta.iter(tag), None) if meta is not None else None
        if found is not None and squeeze(found.text or ""):
            prepared.candidates.setdefault(key, squeeze(found.text or ""))
    for properties in styles.iter(f"{_STYLE}text-properties") if styles is not None else ():
        language, country = (properties.get(f"{_FO}{name}", "") for name in ("language", "country"))
        if language and language != "none":
            prepared.lang = f"{language}-{country}" if country and country != "none" else language
            break
