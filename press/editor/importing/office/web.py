"""A web page (.html, .htm, .xhtml), made ready for pandoc: what is around its text is taken out and named."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import TypeAlias

from lxml import etree
from lxml import html as lxml_html

from press.editor.importing.encodings import decode_import
from press.editor.importing.office.containers import refuse_entities
from press.editor.importing.office.prepared import INVISIBLE, Prepared, Unreadable, squeeze
from press.editor.importing.office.style_header import MOST_LEADING, find_header_key
from press.editor.importing.office.web_notes import WEB_NOTE_MARK, mark_notes
from press.editor.importing.office.web_styles import mark_styled_words

_Element: TypeAlias = lxml_html.HtmlElement
_CHARSET = re.compile(
    rb"""<(?:meta[^>]*charset|\?xml[^>]*encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr img legend li main menu nav ol option p pre section select "
    "summary table tbody td tfoot th thead title tr ul".split()
)
_NO_WORDS = frozenset("script style template noscript head meta link iframe object embed audio video".split())
_AROUND = "nav footer form button input select textarea svg canvas dialog".split()
_ROLES = frozenset("navigation banner contentinfo search complementary".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def prepare_web(data: bytes, suffix: str) -> Prepared:
    """Make a web page ready. Raises Unreadable."""
    root = parse_page(data, suffix)
    prepared = Prepared("html")
    body = root.find("body")
    if body is None:
        raise Unreadable("empty", "the page has no text. Write a text, or leave the file out.")
    _read_head(root, prepared)
    mark_styled_words(body, [style.text or "" for style in root.iter("style")])
    prepare_body(body, prepared, is_page=True)
    return prepared


def prepare_body(body: _Element, prepared: Prepared, *, is_page: bool) -> None:
    """Count the words of a page, take out what is around its text, mark its notes; enter all in `prepared`."""
    _write_plainly(body)
    whole = count_html(body)
    around = list(_take_out_around(body)) if is_page else []
    marks = mark_notes(body)
    if is_page:
        _take_classed_header(body, prepared)
    prepared.words = count_html(body)
    prepared.beside += around
    prepared.remark_notes(marks)
    prepared.words += "\n".join(line for lines in prepared.header.values() for line in ("", *lines))
    gone = "".join(words for _, words in [*around, *marks])
    if _count_letters(prepared.words + gone) != _count_letters(whole):
        message = "what is around its text cannot be told from the text. Save the text as .docx or .txt."
        raise Unreadable("words-lost", message)
    prepared.pictures = {**prepared.pictures, **dict(_read_data_pictures(body))}
    for element in body.iter():
        element.text, element.tail = _clean(element.text), _clean(element.tail)
        for name in [name for name in element.attrib if name.startswith("on") or name in ("style", "cite")]:
            del element.attrib[name]
    page = lxml_html.Element("html")
    page.append(body)
    prepared.data = etree.tostring(page, method="html", encoding="utf-8")


def _take_classed_header(body: _Element, prepared: Prepared) -> None:
    """Take title, subtitle, author and date from the beginning of a page, where their classes say so."""
    leading = [
        element for element in body.iter("h1", "h2", "h3", "p", "div", "span", "time") if not _has_blocks(element)
    ]
    for element in leading[:MOST_LEADING]:
        keys = filter(None, map(find_header_key, element.get("class", "").split()))
        key, words = next(keys, ""), squeeze(count_html(element))
        if key and words and len(words) < 200 and element.find(f".//*[@class='{WEB_NOTE_MARK}']") is None:
            prepared.header.setdefault(key, []).append(words)
            element.drop_tree()


def _has_blocks(element: _Element) -> bool:
    return any(child.tag in _BLOCKS and child.tag not in ("br", "img") for child in element.iterdescendants())


def _count_letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def _clean(text: str | None) -> str | None:
    return INVISIBLE.sub("", text) if text else text


def parse_page(data: bytes, suffix: str) -> _Element:
    """Parse a page, in the encoding that it declares if that is right. Raises Unreadable."""
    refuse_entities(data)
    text = _decode(data, suffix)
    text = _write_html(text) if suffix in (".xhtml", ".epub") else text
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True,
                                       huge_tree=True)  # fmt: skip
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Unreadable("unreadable", f"the file cannot be read as {suffix}. Open and save it anew.") from None


def _write_html(text: str) -> str:
    """Write XHTML as HTML, where an empty `<a/>` would be open to the end; what is not XHTML stays as it is."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    named = re.sub(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w*);", lambda name: unescape(name[0]), text)
    try:
        root = etree.fromstring(named.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return text
    for element in root.iter(etree.Element):
        for name in list(element.attrib):
            bare = etree.QName(name).localname
            if bare != name:
                element.set("data-epub-type" if bare == "type" else bare, element.attrib.pop(name))
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, method="html", encoding="unicode"))


def read_epub_type(element: _Element) -> str:
    """Return what a book says an element is: `footnote`, `noteref`, `titlepage`."""
    return element.get("data-epub-type") or element.get("epub:type") or ""


def _decode(data: bytes, suffix: str) -> str:
    declared = _CHARSET.search(data[:4096])
    names = ["utf-8-sig"] if data.startswith(codecs.BOM_UTF8) else []
    names += [declared[1].decode("ascii")] if declared else []
    for name in ["utf-16"] if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else [*names, "utf-8"]:
        encoding = "cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else name
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    text, _, problems = decode_import(data, f"page{suffix}")
    if problems:
        raise Unreadable(problems[0].rule, problems[0].message)
    return text


def _read_head(root: _Element, prepared: Prepared) -> None:
    """Read what the head of a page says: the names of the site and of its program are often among it."""
    title = root.findtext("head/title")
    if title and squeeze(title):
        prepared.candidates["title"] = squeeze(title)
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        key = {"author": "author", "dc.creator": "author", "dc.date": "date", "article:published_time": "date"}.get(
            name
        )
        if key and squeeze(meta.get("content", "")):
            prepared.candidates[key] = squeeze(meta.get("content", ""))
    prepared.lang = root.get("lang", "") or root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    prepared.typed_lang = bool(prepared.lang)


def count_html(element: _Element) -> str:
    """Return the words below an element, with a line feed around each block."""
    return "".join(_read(element))


def _read(element: _Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _NO_WORDS or element.get("class") == WEB_NOTE_MARK:
        return
    edge = "\n" if element.tag in _BLOCKS else ""
    yield edge + (element.text or "")
    for child in element:
        yield from _read(child)
        yield child.tail or ""
    yield edge


def _write_plainly(body: _Element) -> None:
    """Write formulas and readings beside words as plain letters."""
    for element in list(body.iter("annotation", "annotation-xml", *_NO_WORDS)):
        element.drop_tree()
    for element in list(body.iter("math", "ruby")):
        if element.tag == "ruby" and element.find(".//rp") is None:
            for reading in element.iter("rt"):
                reading.text = f"（{reading.text or ''}"
                reading.tail = f"）{reading.tail or ''}"
        words, tail = "".join(element.itertext()), element.tail
        element.clear()
        element.tag, element.text, element.tail = "span", squeeze(words), tail


def _take_out_around(body: _Element) -> Iterator[tuple[str, str]]:
    """Take out menus, forms and the like, yielding their words."""
    whole = len(squeeze(count_html(body)))
    for tag in ("main", "article"):
        found = list(body.iter(tag))
        if len(found) == 1 and len(squeeze(count_html(found[0]))) > whole / 2:
            yield from _keep_only(body, found[0])
            break
    for element in list(body.iter()):
        if element.getparent() is None or not _is_inside(element, body):
            continue
        kind = _name_around(element)
        if kind:
            words = squeeze(count_html(element))
            element.drop_tree()
            if words:
                yield kind, words


def _is_inside(element: _Element, body: _Element) -> bool:
    return any(above is body for above in element.iterancestors())


def _name_around(element: _Element) -> str:
    tag = element.tag
    within = {above.tag for above in element.iterancestors()}
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return "hidden text"
    if tag == "footer" and within & {"article", "blockquote", "figure"}:
        return ""
    if tag in ("header", "aside") and not within & {"article", "main"}:
        is_note = "note" in read_epub_type(element)
        return "" if element.find(".//h1") is not None or is_note else f"{tag} of the page"
    if tag in _AROUND:
        return {"nav": "menu", "footer": "foot of the page"}.get(tag, "form")
    return "menu" if element.get("role") in _ROLES and element.find(".//h1") is None else ""


def _keep_only(body: _Element, kept: _Element) -> Iterator[tuple[str, str]]:
    """Take out everything but one element and what is above it."""
    line = {kept, *kept.iterancestors()}
    for above in [above for above in kept.iterancestors() if above is body or _is_inside(above, body)]:
        texts = [above.text or ""]
        above.text = None
        for child in list(above):
            texts.append(child.tail or "")
            child.tail = None
            if child not in line:
                texts.insert(-1, count_html(child))
                above.remove(child)
        words = squeeze(" ".join(texts))
        if words:
            yield "around the text", words


def _read_data_pictures(body: _Element) -> Iterator[tuple[str, bytes]]:
    """Take the pictures that a page has in itself."""
    for number, image in enumerate(body.iter("img"), start=1):
        source = image.get("src", "")
        if source.startswith("data:image/"):
            try:
                data = base64.b64decode(source.partition(",")[2], validate=False)
            except (binascii.Error, ValueError):
                data = b""
            image.set("src", f"data-{number}")
            yield f"data-{number}", data
