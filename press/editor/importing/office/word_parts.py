"""What a Word file calls its parts; and its words, as a reader that is not pandoc counts them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":
    b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    b"http://purl.oclc.org/ooxml/drawingml/picture": b"http://schemas.openxmlformats.org/drawingml/2006/picture",
}  # fmt: skip

_GREEK = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_GREEK |= dict(zip("abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBC: "…"}
_SYMBOL |= {0xA5: "∞", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠"}
_WINGDINGS = {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0xA7: "▪", 0xA8: "◻", 0xAB: "★"}
_WINGDINGS |= {0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x9F: "•", 0xD8: "➢", 0xE0: "→"}
_WINGDINGS |= {0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0x45: "☜"}
UNKNOWN_SIGN = "\N{REPLACEMENT CHARACTER}"


def make_transitional(data: bytes) -> bytes:
    """Rename the namespaces of a file saved as “strict” to those that every program knows."""
    for strict, usual in _STRICT.items() if b"purl.oclc.org/ooxml" in data else ():
        data = data.replace(strict, usual)
    return data


def read_symbol(element: etree._Element) -> str:
    """Return the character that a sign from a font of signs stands for."""
    font, code = element.get(f"{W}font", "").casefold(), element.get(f"{W}char", "")
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN_SIGN
    low = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    if font.startswith("wingdings"):
        return _WINGDINGS.get(low, UNKNOWN_SIGN)
    if font == "symbol":
        return _SYMBOL.get(low) or _GREEK.get(chr(low)) or (chr(low) if 0x20 <= low < 0x7F else UNKNOWN_SIGN)
    return chr(low) if low == number and 0x20 < low < 0xD800 and chr(low).isprintable() else UNKNOWN_SIGN


def is_on(element: etree._Element | None, name: str) -> bool:
    """Return whether properties switch something on: `<w:vanish/>`, but not `<w:vanish w:val="0"/>`."""
    found = element.find(f"{W}{name}") if element is not None else None
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def choose_form(alternate: etree._Element) -> etree._Element | None:
    """Return the form of a passage that is there in several: the first that has words, else the first."""
    forms = [form for form in alternate if form.tag in (f"{MC}Choice", f"{MC}Fallback")]
    return next((form for form in forms if form.find(f".//{W}t") is not None), forms[0] if forms else None)


def count_text(element: etree._Element) -> str:
    """Return every word below an element, as it would be printed: a paragraph ends in a line feed.

    Words that were deleted, or moved elsewhere, are not among them; a text box comes after its paragraph.
    """
    boxes: list[str] = []
    is_box = element.tag == f"{W}txbxContent"
    text = "".join((_read_children if is_box else _read)(element, boxes))
    return text + "".join(boxes)


_SILENT = {f"{W}{name}" for name in "del moveFrom delText instrText rPr pPr tblPr trPr tcPr sectPr sdtPr".split()}
_SPACES = {f"{W}{name}": " " for name in "tab br cr ptab".split()} | {f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


def _read(element: etree._Element, boxes: list[str]) -> Iterator[str]:
    tag = element.tag
    if tag in _SILENT or not isinstance(tag, str):
        return
    if tag in (f"{W}t", f"{M}t"):
        yield element.text or ""
    elif tag in _SPACES:
        yield _SPACES[tag]
    elif tag == f"{W}sym":
        yield read_symbol(element)
    elif tag == f"{W}txbxContent":
        boxes.append("\n" + count_text(element))
    elif tag == f"{W}p":
        yield count_inside(element)
        yield "" if is_mark_deleted(element) else "\n"
        yield from _empty(boxes)
    elif tag == f"{MC}AlternateContent":
        chosen = choose_form(element)
        yield from _read_children(chosen, boxes) if chosen is not None else ()
    elif tag == f"{W}r" and has_own_mark(element):
        return
    elif tag == f"{W}ruby":
        yield read_ruby(element)
    else:
        yield from _read_children(element, boxes)


def _read_children(element: etree._Element, boxes: list[str]) -> Iterator[str]:
    for child in element:
        yield from _read(child, boxes)


def _empty(boxes: list[str]) -> Iterator[str]:
    yield from boxes
    boxes.clear()


def count_inside(paragraph: etree._Element) -> str:
    """Return the words of a paragraph, those of its text boxes after them."""
    boxes: list[str] = []
    text = "".join(_read_children(paragraph, boxes))
    return text + "".join(boxes)


def is_mark_deleted(paragraph: etree._Element) -> bool:
    """Return whether the end of a paragraph was deleted: the next one then continues it."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def has_own_mark(run: etree._Element) -> bool:
    """Return whether a run is a reference to a note with a mark that somebody typed."""
    return any(
        child.tag in (f"{W}footnoteReference", f"{W}endnoteReference")
        and child.get(f"{W}customMarkFollows", "0") in ("1", "true", "on")
        for child in run
    )


def read_ruby(element: etree._Element) -> str:
    """Return a word and how it is read: 漢字（かんじ）."""
    base, reading = (element.find(f"{W}{name}") for name in ("rubyBase", "rt"))
    spoken = count_text(reading).strip() if reading is not None else ""
    written = count_text(base).strip() if base is not None else ""
    return f"{written}（{spoken}）" if spoken else written
