"""Every string of a site that a person reads or hears, whatever kind of file it is in."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pikepdf
from lxml import etree, html

Spoken = tuple[str, str]
"""Where a string is, and the string."""

_READ_ALOUD = "alt aria-label aria-description aria-roledescription label placeholder title".split()

_NOT_READ = "script style template".split()

_META = re.compile(
    "description|og:(title|description|site_name|image:alt)|article:(section|tag)|citation_(title|author|publisher|"
    "series_title|keywords)|dcterms[.](title|creator|contributor|publisher|subject|isPartOf|provenance|rights)"
)
"""The names of metadata whose values are words; others are dates, addresses, languages and types."""

_DATA_WORDS = ("name", "description", "headline", "articleSection", "copyrightNotice", "keywords", "correction")
"""The properties of schema.org whose values are words."""

_OPF_WORDS = "title creator contributor description publisher subject source rights".split()


def list_spoken(output: Path) -> Iterator[Spoken]:
    """Yield every string of a published site, but for those of the texts' own sources."""
    for path in sorted(output.rglob("*")):
        kinds = (path.name, "".join(path.suffixes[-2:]), path.suffix)
        read = next((_READERS[kind] for kind in kinds if kind in _READERS), None)
        name = path.relative_to(output).as_posix()
        if path.is_file() and read and not name.startswith(("pagefind/", "theme/", "manifest.json", "robots.txt")):
            yield from ((f"{name} {where}", words) for where, words in read(path.read_bytes()) if words.strip())


def _read_page(data: bytes) -> Iterator[Spoken]:
    page = html.fromstring(data)
    yield from _read_elements(page)
    for meta in page.iter("meta"):
        name = meta.get("name") or meta.get("property") or ""
        if _META.fullmatch(name):
            yield f"meta {name}", meta.get("content", "")
    for link in page.xpath("//link[@title]"):
        yield "link title", link.get("title")
    for element in page.xpath("//form | //template"):
        for name, value in element.attrib.items():
            if name.startswith("data-") and name not in _DATA_OF_PROGRAMS:
                yield name, value
    for script in page.xpath("//script[@type='application/ld+json']"):
        yield from _read_properties(json.loads(script.text))
    for link in page.xpath("//a[starts-with(@href, 'mailto:')]"):
        yield "mailto", parse_qs(urlsplit(link.get("href")).query)["subject"][0]


_DATA_OF_PROGRAMS = "data-root data-indexes data-own data-dated data-first data-last data-numbers".split()


def _read_elements(root: Any) -> Iterator[Spoken]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = etree.QName(element).localname
        for name in _READ_ALOUD:
            yield f"{tag} {name}", element.get(name, "")
        if tag not in _NOT_READ:
            yield tag, element.text or ""
        yield f"after {tag}", element.tail or ""


def _read_properties(value: Any) -> Iterator[Spoken]:
    if isinstance(value, list):
        for each in value:
            yield from _read_properties(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            words = each if isinstance(each, list) else [each]
            if name in _DATA_WORDS:
                yield from ((name, word) for word in words if isinstance(word, str))
            yield from _read_properties(each)


def _read_feed(data: bytes) -> Iterator[Spoken]:
    for element in etree.fromstring(data).iter("{*}title", "{*}subtitle", "{*}name", "{*}summary", "{*}content"):
        markup = html.fromstring(f"<div>{element.text or ''}</div>")
        yield from ((f"{etree.QName(element).localname} {where}", words) for where, words in _read_elements(markup))
    for element in etree.fromstring(data).iter("{*}category"):
        yield "category", element.get("term")


def _read_opensearch(data: bytes) -> Iterator[Spoken]:
    for element in etree.fromstring(data).iter("{*}ShortName", "{*}LongName", "{*}Description"):
        yield etree.QName(element).localname, element.text


def _read_manifest(data: bytes) -> Iterator[Spoken]:
    for name, value in json.loads(data).items():
        if name in ("name", "short_name", "description"):
            yield name, value


def _read_epub(data: bytes) -> Iterator[Spoken]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            if name.endswith((".xhtml", ".ncx")):
                root = etree.fromstring(book.read(name))
                yield from ((f"{name} {where}", words) for where, words in _read_elements(root))
            elif name.endswith(".opf"):
                yield from _read_package(etree.fromstring(book.read(name)))


def _read_package(package: Any) -> Iterator[Spoken]:
    for element in package.iter("{*}meta"):
        if element.get("property") in ("schema:accessibilitySummary", "belongs-to-collection", "file-as"):
            yield element.get("property"), element.text
    for name in _OPF_WORDS:
        yield from ((f"dc:{name}", element.text) for element in package.iter(f"{{*}}{name}"))


def _read_pdf(data: bytes) -> Iterator[Spoken]:
    """Yield the metadata, the outline, the descriptions of pictures and the text."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        yield from (
            (name, str(value)) for name, value in (opened.docinfo or {}).items() if name not in _PDF_OF_PROGRAMS
        )
        with opened.open_outline() as outline:
            yield from (("outline", item.title) for item in outline.root)
        for part in opened.objects:
            if isinstance(part, pikepdf.Dictionary) and "/Alt" in part:
                yield "/Alt", str(part["/Alt"])
    import pypdfium2

    for page in pypdfium2.PdfDocument(data):
        yield "page", page.get_textpage().get_text_bounded()


_PDF_OF_PROGRAMS = ("/Creator", "/Producer", "/CreationDate", "/ModDate")


def _read_lines(data: bytes) -> Iterator[Spoken]:
    yield from ((f"line {n}", line) for n, line in enumerate(data.decode().splitlines(), 1))


def _read_bibtex(data: bytes) -> Iterator[Spoken]:
    for name, value in re.findall(r"^  (\w+) = \{(.*)\},$", data.decode(), re.MULTILINE):
        if name not in ("url", "langid"):
            yield name, re.sub(r"\\\w+", "", value)


def _read_ris(data: bytes) -> Iterator[Spoken]:
    for name, value in re.findall(r"^(\w\w)  - (.*)$", data.decode(), re.MULTILINE):
        if name not in ("TY", "ID", "LA", "UR", "ER"):
            yield name, value


def _read_csl(data: bytes) -> Iterator[Spoken]:
    for item in (lambda read: read if isinstance(read, list) else [read])(json.loads(data)):
        for name, value in item.items():
            if name not in ("id", "type", "URL", "language"):
                yield from ((name, word) for word in _list_strings(value))


def _list_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _list_strings(each)


def _read_catalogue(data: bytes) -> Iterator[Spoken]:
    """Yield the words of the catalogue; dates, addresses and names of fields are for programs."""
    if data.startswith(b"{"):
        read = json.loads(data)
        rows = [{"archive": read.get("archive", "")}, *read["leaflets"]]
    else:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    for row in rows:
        named = ((name, value) for name, value in row.items() if name not in _FIELDS_OF_PROGRAMS)
        yield from ((name, words) for name, value in named for words in _list_strings(value))


_FIELDS_OF_PROGRAMS = "url slug lang date date_first date_last date_precision added translation_of".split()


_READERS = {
    ".html": _read_page,
    ".atom.xml": _read_feed,
    "opensearch.xml": _read_opensearch,
    ".webmanifest": _read_manifest,
    ".epub": _read_epub,
    ".pdf": _read_pdf,
    ".txt": _read_lines,
    ".bib": _read_bibtex,
    ".ris": _read_ris,
    ".csl.json": _read_csl,
    ".json": _read_csl,
    "archive.json": _read_catalogue,
    "archive.csv": _read_catalogue,
}
