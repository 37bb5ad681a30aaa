"""Word, OpenDocument and EPUB files for tests, written part by part, as programs of several kinds write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = {
    "Title": "Title",
    "Titel": "Title",
    "Subtitle": "Subtitle",
    "Author": "Author",
    "Date": "Date",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "TOC1": "toc 1",
    "Quote": "Quote",
    "Titre1": "Titre",
}


def make_styles(lang: str = "en-GB", more: str = "") -> str:
    """Return word/styles.xml."""
    rows = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in STYLES.items()
    )
    default = f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{lang}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    return f"<w:styles {NAMES}>{default}{rows}{more}</w:styles>"


def make_notes(kind: str, notes: Mapping[int, str]) -> str:
    """Return word/footnotes.xml or word/endnotes.xml, with the lines that Word draws above them."""
    rows = "".join(f'<w:{kind} w:id="{number}">{body}</w:{kind}>' for number, body in notes.items())
    lines = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    return f"<w:{kind}s {NAMES}>{lines}{rows}</w:{kind}s>"


def p(*runs: str, style: str = "", more: str = "") -> str:
    """Return a paragraph."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def note(number: int, kind: str = "footnote") -> str:
    """Return a reference to a note."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def item(text: str, number: int, level: int = 0, style: str = "") -> str:
    """Return an item of a list of Word."""
    return p(text, style=style, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def make_numbering(lists: Mapping[int, Sequence[tuple[str, str]]], anew: Sequence[int] = (), start: int = 1) -> str:
    """Return word/numbering.xml: lists, each the form and the mark of its levels; two for each, 1 and 101.

    Those in `anew` begin anew, although another list is counted with them.
    """
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{mark}"/>'
            "</w:lvl>"
            for depth, (form, mark) in enumerate(levels)
        )
        + "</w:abstractNum>"
        for number, levels in lists.items()
    )
    over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    used = "".join(
        f'<w:num w:numId="{each}"><w:abstractNumId w:val="{number}"/>{over if each in anew else ""}</w:num>'
        for number in lists
        for each in (number, number + 100)
    )
    return f"<w:numbering {NAMES}>{abstract}{used}</w:numbering>"


def table(*rows: tuple[str, ...], grid: bool = True) -> str:
    """Return a table of cells."""
    columns = '<w:gridCol w:w="2000"/>' * len(rows[0])
    cells = [[cell if cell.startswith("<w:p>") else p(cell) for cell in row] for row in rows]
    body = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in cells)
    return f"<w:tbl>{f'<w:tblGrid>{columns}</w:tblGrid>' if grid else ''}{body}</w:tbl>"


def make_word(*body: str, parts: Mapping[str, str | bytes] | None = None, lang: str = "en-GB") -> bytes:
    """Return a .docx of a body and further parts: `word/footnotes.xml`, `word/media/image1.png` …"""
    given = dict(parts or {})
    document = f"<w:document {NAMES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(_list_relations(given), start=1)
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
        "word/styles.xml": make_styles(lang),
        **given,
    }
    return pack(files)


def _list_relations(parts: Mapping[str, str | bytes]) -> list[tuple[str, str]]:
    kinds = {"word/media/": "image", "word/footnotes": "footnotes", "word/endnotes": "endnotes"}
    kinds |= {"word/comments": "comments", "word/header": "header", "word/numbering": "numbering"}
    found = [(kind, name) for name in parts for start, kind in kinds.items() if name.startswith(start)]
    return [("styles", "styles.xml"), *((kind, name.removeprefix("word/")) for kind, name in sorted(found))]


def pack(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return made.getvalue()


def picture(relation: str, description: str = "") -> str:
    """Return a run that shows a picture."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/>'
        f'<wp:docPr id="1" name="p" descr="{description}"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def make_open_document(body: str, automatic: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return an .odt of a body."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{urn}:{name}:1.0"' for name in ("office", "text", "style", "table", "meta"))
    spaces += f' xmlns:draw="{urn}:drawing:1.0" xmlns:fo="{urn}:xsl-fo-compatible:1.0"'
    spaces += f' xmlns:svg="{urn}:svg-compatible:1.0"'
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = (
        f'<office:document-content {spaces} office:version="1.3"><office:automatic-styles>{automatic}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    styles = (
        f'<office:document-styles {spaces}><office:styles><style:style style:name="Title" style:family="paragraph"/>'
        '<style:style style:name="Subtitle" style:family="paragraph"/></office:styles></office:document-styles>'
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return pack(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
            "styles.xml": styles,
            **(parts or {}),
        }
    )


def make_epub(
    pages: Mapping[str, str],
    metadata: str = "<dc:title>The bakery</dc:title>",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """Return an EPUB of pages, each the inside of a body, in the order of reading."""
    kinds = {name: ' properties="nav"' if name.startswith("nav") else "" for name in pages}
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"{kinds[name]}/>'
        for n, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n, _ in enumerate(pages))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    head = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
    space = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return pack(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": package,
            **{
                f"OEBPS/{name}": f"{head}<html {space}><head><title/></head><body>{inside}</body></html>"
                for name, inside in pages.items()
            },
            **(more or {}),
        }
    )
