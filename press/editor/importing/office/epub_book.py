"""An EPUB, made ready for pandoc: the pages of its spine as one page, without cover and contents."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from lxml import etree
from lxml import html as lxml_html

from press.editor.importing.office.containers import Parts
from press.editor.importing.office.prepared import Prepared, Unreadable, squeeze, turn_name
from press.editor.importing.office.web import count_html, parse_page, prepare_body, read_epub_type
from press.editor.importing.office.web_styles import mark_styled_words

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_NO_YEAR = "0101"
"""What Calibre writes where it knows no year."""
_ROLES = {"aut": "author", "trl": "translator"}
_FRONT = frozenset("cover titlepage toc landmarks".split())


def prepare_epub(data: bytes, suffix: str) -> Prepared:
    """Make an EPUB ready. Raises Unreadable."""
    parts = Parts(data, suffix)
    if "META-INF/encryption.xml" in parts.names() and b"EncryptedData" in parts.read("META-INF/encryption.xml"):
        fonts = b"obfuscation" in parts.read("META-INF/encryption.xml")
        if not fonts:
            raise Unreadable("import-type", "the book is locked (DRM). Ask who made it for an open copy.")
    where, package = _find_package(parts)
    prepared = Prepared("html")
    _read_metadata(package, prepared)
    body = lxml_html.Element("body")
    names = _list_spine(package, posixpath.dirname(where))
    left_out: list[tuple[str, str]] = []
    for number, (name, is_nav) in enumerate(names):
        page = parse_page(parts.read(name) or b"<p></p>", suffix)
        inner = page.find("body")
        kind = "contents" if is_nav else _find_front(inner)
        if inner is None or kind:
            words = squeeze(count_html(inner)) if inner is not None else ""
            left_out += [(kind, words)] if words else []
            continue
        _join(body, inner, number, name, [each for each, _ in names])
    prepared.pictures = {name: parts.read(name) for name in parts.names() if name.lower().endswith(_PICTURES)}
    sheets = [parts.read(name).decode("utf-8", "replace") for name in parts.names() if name.endswith(".css")]
    mark_styled_words(body, sheets)
    prepare_body(body, prepared, is_page=False)
    prepared.beside += left_out
    return prepared


_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff")


def _find_package(parts: Parts) -> tuple[str, etree._Element]:
    container = parts.read_xml("META-INF/container.xml")
    root = container.find(f".//{_CONTAINER}rootfile") if container is not None else None
    name = root.get("full-path", "") if root is not None else ""
    package = parts.read_xml(name)
    if package is None:
        raise Unreadable("unreadable", "the book has no list of its pages. Open it in its program, and save it anew.")
    return name, package


def _read_metadata(package: etree._Element, prepared: Prepared) -> None:
    dates = [words for words, event in _read_tag(package, "date")
             if event != "modification" and not words.startswith(_NO_YEAR)]  # fmt: skip
    titles, languages, publishers = (
        [words for words, _ in _read_tag(package, tag)] for tag in ("title", "language", "publisher")
    )
    prepared.stated = {"title": tuple(titles[:1]), "date": tuple(date[:10] for date in dates[:1])}
    if dates:
        prepared.remark("date", f"“{dates[0]}” is the date of the book file: was the text printed then?")
    prepared.candidates = {"publisher": publishers[0]} if publishers else {}
    prepared.lang, prepared.typed_lang = (languages or [""])[0], True
    _read_people(package, prepared)


def _read_people(package: etree._Element, prepared: Prepared) -> None:
    people: dict[str, list[str]] = {}
    for tag, usual in (("creator", "aut"), ("contributor", "ctb")):
        for words, role in _read_tag(package, tag):
            people.setdefault(role or usual, []).append(turn_name(words))
    for role, names in people.items():
        if role in _ROLES:
            prepared.stated[_ROLES[role]] = ("; ".join(dict.fromkeys(names)),)
        elif role != "bkp":  # the program that made the book
            prepared.remark("author", f"“{'; '.join(names)}” was not used: the book says it is “{role}”")


def _read_tag(package: etree._Element, tag: str) -> list[tuple[str, str]]:
    """Return the values of a tag, each with what it is: `aut`, `trl`; `publication`, `modification`."""
    roles = {meta.get("refines", "")[1:]: squeeze(meta.text or "") for meta in package.iter(f"{_OPF}meta")
             if meta.get("property") == "role"}  # fmt: skip
    found = [(squeeze("".join(each.itertext())), each) for each in package.iter(f"{_DC}{tag}")]
    return [(words, each.get(f"{_OPF}role") or each.get(f"{_OPF}event") or roles.get(each.get("id", ""), ""))
            for words, each in found if words]  # fmt: skip


def _list_spine(package: etree._Element, folder: str) -> list[tuple[str, bool]]:
    """Return the path of each page in the order of reading, and whether it is the list of contents."""
    items = {item.get("id", ""): item for item in package.iter(f"{_OPF}item")}
    pages = []
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref", ""))
        if item is not None:
            is_nav = "nav" in item.get("properties", "").split()
            pages.append((posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")))), is_nav))
    return pages


def _find_front(body: lxml_html.HtmlElement | None) -> str:
    """Return what a page is that is not text: cover, titlepage, toc; else an empty string."""
    if body is None:
        return "page"
    for element in [body, *list(body)[:3]]:
        kinds = read_epub_type(element).split()
        found = next((kind for kind in kinds if kind in _FRONT), "")
        if found:
            return found
    return (
        "cover" if not squeeze(count_html(body)) and "cover" in etree.tostring(body, encoding="unicode")[:500] else ""
    )


def _join(body: lxml_html.HtmlElement, page: lxml_html.HtmlElement, number: int, name: str, names: list[str]) -> None:
    """Put a page behind those before it; its names and links get the number of the page."""
    folder = posixpath.dirname(name)
    for element in page.iter():
        for attribute in ("id", "name"):
            if element.get(attribute):
                element.set(attribute, f"page{number}-{element.get(attribute)}")
        target, _, anchor = element.get("href", "").partition("#")
        path = posixpath.normpath(posixpath.join(folder, unquote(target))) if target else name
        if element.get("href") and path in names:
            element.set("href", f"#page{names.index(path)}-{anchor}")
        for attribute in ("src", "href"):
            value = element.get(attribute, "") or ""
            if value and element.tag == "img" and attribute == "src":
                element.set("src", posixpath.normpath(posixpath.join(folder, unquote(value))))
    holder = lxml_html.Element("div", {"id": f"page{number}-"})
    holder.text = page.text
    for child in list(page):
        holder.append(child)
    body.append(holder)
