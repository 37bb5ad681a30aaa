"""A Word file (.docx, .docm), made ready for pandoc, and its words counted by a reader of our own."""

from __future__ import annotations

import posixpath

from lxml import etree

from press.editor.importing.office.containers import Parts
from press.editor.importing.office.list_figures import KNOWN_FIGURES
from press.editor.importing.office.prepared import Prepared, Unreadable, squeeze
from press.editor.importing.office.style_header import MOST_LEADING, find_header_key
from press.editor.importing.office.word_beside import gather_beside, read_story
from press.editor.importing.office.word_lists import ListCounter, drop_numbers
from press.editor.importing.office.word_parts import W, count_inside, count_text, is_on
from press.editor.importing.office.word_repair import Repairs, repair_story, style_of
from press.editor.importing.plain.lines import shorten

_DOCUMENT = "officeDocument"
_NOTES = ("footnote", "endnote")
_WIDE = 30
"""Twentieths of a point between letters that are set wide; less only fills a line."""
_NUMBERING = "word/numbering.xml"


def prepare_word(data: bytes, suffix: str) -> Prepared:
    """Make a Word file ready. Raises Unreadable."""
    parts = Parts(data, suffix)
    main = _find_main(parts)
    body = read_story(parts, main)
    if body is None or body.find(f"{W}body") is None:
        raise Unreadable("unreadable", "the file has no text in it that Word could read. Open and save it anew.")
    if next(body.iter(f"{W}altChunk", f"{W}subDoc"), None) is not None:
        what = "a part of the text is a file within the file, or another file"
        raise Unreadable("words-lost", f"{what}. Open it in Word, and save it anew: it is then part of the text.")
    styles = read_story(parts, "word/styles.xml")
    names = _name_styles(styles)
    prepared = Prepared("docx+empty_paragraphs")
    stories = {main: body}
    for kind in _NOTES:
        story = read_story(parts, f"word/{kind}s.xml")
        if story is not None:
            _keep_referred(story, kind, body, prepared)
            stories[f"word/{kind}s.xml"] = story
    prepared.words = "\n".join(count_text(story) for story in stories.values())
    gather_beside(parts, styles, body, prepared)
    repairs = [repair_story(story, names) for story in stories.values()]
    for repaired in repairs:
        _note_repairs(repaired, prepared)
    _take_styled_header(body, names, prepared)
    made = _number_lists(parts, styles, names, stories, prepared)
    _note_layout(body, prepared)
    changed = {name: etree.tostring(story, xml_declaration=True, encoding="UTF-8") for name, story in stories.items()}
    prepared.data = parts.replace({**changed, **made})
    return prepared


def _number_lists(
    parts: Parts, styles: etree._Element | None, names: dict[str, str], stories: dict[str, etree._Element],
    prepared: Prepared,
) -> dict[str, bytes]:  # fmt: skip
    """Number the items of lists as Word does; return the parts of the file that are changed by it."""
    numbering = read_story(parts, _NUMBERING)
    if numbering is None:
        return {}
    counter = ListCounter(numbering, styles)
    headings = {identifier for identifier, name in names.items() if name.casefold().startswith("heading")}
    for story in stories.values():
        counter.number(story.iter(f"{W}p"), headings)
    written = counter.finish()
    prepared.write_out([mark for mark, _ in written.marks])
    unknown = sorted({form for _, form in written.marks if form not in KNOWN_FIGURES})
    if unknown:
        prepared.remark("marks", f"Word numbers in figures of its own ({', '.join(unknown)}): they became 1, 2, 3")
    changed = {_NUMBERING: written.numbering}
    if styles is not None:
        drop_numbers(styles)
        changed["word/styles.xml"] = etree.tostring(styles, xml_declaration=True, encoding="UTF-8")
    return changed


def _find_main(parts: Parts) -> str:
    """Return the name of the part that has the text."""
    relations = parts.read_xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        if relation.get("Type", "").endswith(f"/{_DOCUMENT}"):
            return str(posixpath.normpath(relation.get("Target", "").lstrip("/")))
    return "word/document.xml"


def _name_styles(styles: etree._Element | None) -> dict[str, str]:
    """Return the name of each style by its id; a style of the archivist's own is named after one it is made from."""
    own: dict[str, tuple[str, str]] = {}
    for style in styles.iter(f"{W}style") if styles is not None else ():
        name, based = style.find(f"{W}name"), style.find(f"{W}basedOn")
        label = name.get(f"{W}val", "") if name is not None else ""
        own[style.get(f"{W}styleId", "")] = (label, based.get(f"{W}val", "") if based is not None else "")
    return {identifier: _name_style(identifier, own) for identifier in own}


def _name_style(identifier: str, own: dict[str, tuple[str, str]]) -> str:
    step = identifier
    seen: set[str] = set()
    while step in own and step not in seen:
        seen.add(step)
        label, above = own[step]
        if find_header_key(label):
            return label
        step = above
    return own[identifier][0]


def _keep_referred(story: etree._Element, kind: str, document: etree._Element, prepared: Prepared) -> None:
    """Take out the notes that the text does not refer to: the lines above notes, and those of deleted passages."""
    referred = {
        mark.get(f"{W}id")
        for mark in document.iter(f"{W}{kind}Reference")
        if next(mark.iterancestors(f"{W}del", f"{W}moveFrom"), None) is None
    }
    for note in list(story):
        if note.get(f"{W}id") not in referred:
            words = squeeze(count_text(note))
            prepared.beside += [("note that nothing refers to", words)] if words else []
            story.remove(note)


def _note_repairs(repairs: Repairs, prepared: Prepared) -> None:
    prepared.removed += repairs.removed
    if repairs.tracked:
        shown = "; ".join(f"“{shorten(words, 60)}”" for words in repairs.deleted if words)
        deleted = f", without what they deleted: {shown}" if shown else ""
        prepared.remark("changes", f"the tracked changes were accepted{deleted}")
    for words in repairs.boxes:
        prepared.remark(
            "boxes", f"the text box “{shorten(words, 60)}” was put behind its paragraph: is that its place?"
        )
    if repairs.marks:
        marks = ", ".join(f"“{mark}”" for mark in dict.fromkeys(repairs.marks))
        prepared.remark("notes", f"notes with marks of their own got numbers: {marks}")
    for words in repairs.formulas:
        prepared.remark("formulas", f"the formula “{shorten(words)}” was written as its signs alone: is it clear?")
    if repairs.readings:
        shown = ", ".join(f"“{words}”" for words in repairs.readings[:5])
        prepared.remark("letters", f"readings beside words were put in brackets: {shown}", review=False)
    for sign in repairs.unknown_signs:
        prepared.remark(
            "letters", f"a sign of the font {sign} became “\N{REPLACEMENT CHARACTER}”: write the right one"
        )
    if repairs.invisible:
        what = f"{repairs.invisible} soft hyphens or marks of direction, which nobody sees, were left out"
        prepared.remark("letters", what, review=False)


def _take_styled_header(document: etree._Element, names: dict[str, str], prepared: Prepared) -> None:
    """Take title, subtitle, author and date, where their styles say so, from the beginning of the text."""
    body = document.find(f"{W}body")
    waiting: list[etree._Element] = []
    for number, element in enumerate(list(body)):
        key = find_header_key(style_of(element, names)) if element.tag == f"{W}p" else ""
        if number >= MOST_LEADING:
            break
        words = squeeze(count_inside(element)) if key else ""
        if not words:
            continue
        prepared.header.setdefault(key, []).append(words)
        waiting += [run for run in element.iter(f"{W}r") if _has_reference(run)]
        body.remove(element)
    paragraph = next((p for p in body.iter(f"{W}p") if count_inside(p).strip()), None) if waiting else None
    if waiting and paragraph is not None:
        paragraph.extend(waiting)
        prepared.remark("notes", "the note on the title was moved to the end of the first paragraph")


def _has_reference(run: etree._Element) -> bool:
    return any(run.find(f"{W}{name}") is not None for name in ("footnoteReference", "endnoteReference", "drawing"))


def _note_layout(document: etree._Element, prepared: Prepared) -> None:
    """Note what only looks: words in columns by tabs, capitals by a font."""
    tabbed = [p for p in document.iter(f"{W}p") if len(list(p.iter(f"{W}tab"))) > 1 and "  " in count_inside(p)]
    if tabbed:
        words = shorten(squeeze(count_inside(tabbed[0])))
        prepared.remark("lines", f"tabs set words in columns, as in “{words}”: each became a space")
    spaced = [run for run in document.iter(f"{W}r") if _is_spaced(run.find(f"{W}rPr/{W}spacing"))]
    if spaced:
        words = shorten(squeeze(" ".join(map(count_text, spaced))))
        prepared.remark("letters", f"printed with spaces between the letters: “{words}”. Is it emphasis?")
    capitals = [run for run in document.iter(f"{W}r") if is_on(run.find(f"{W}rPr"), "caps")]
    if capitals:
        words = shorten(squeeze(" ".join(map(count_text, capitals))))
        prepared.remark("letters", f"printed in capitals, typed as “{words}”: the letters are as typed", review=False)


def _is_spaced(spacing: etree._Element | None) -> bool:
    width = spacing.get(f"{W}val", "") if spacing is not None else ""
    return width.isdecimal() and int(width) >= _WIDE
