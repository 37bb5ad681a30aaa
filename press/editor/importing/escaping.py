"""Plain text → Markdown that shows it as it stands, and the proof of it."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence

from lxml import html as lxml_html
from markdown import Markdown

from press.editor.importing.recognised import Paragraph
from press.site.markdown.dialect import HouseMarkdown

# Anywhere in a line: marks of emphasis, code, links, notes and tables.
_ANYWHERE = re.compile(r"[*_`\[|]")
# A reference such as &amp; or &#42;, which Markdown would decode.
_REFERENCE = re.compile(r"&(?=#?\w+;)")
# A line drawn with hyphens: the typesetter would make dashes of it.
_DRAWN = re.compile(r"-{3,}")
# At the head of a line: a heading, a quotation, a list, a rule.
_HEAD = re.compile(r"[#>]|[+-](?=[\s+-]|$)")
_NUMBERED = re.compile(r"(\d+)\.(?=\s)")
# At the head of a line and not to be escaped by a backslash: a definition, a fence, the underline of a heading.
_HEAD_BY_REFERENCE = re.compile(r"[:~=]")


def escape_paragraph(lines: Sequence[str]) -> str:
    """Write lines of plain text as one paragraph of Markdown: `1. *Bread*` becomes `1\\. \\*Bread\\*`."""
    return "<br>\n".join(map(escape_line, lines))


def escape_line(line: str) -> str:
    """Escape what Markdown would read as its own; a backslash becomes a reference, since later tools eat it."""
    line = _REFERENCE.sub("&amp;", line).replace("<", "&lt;").replace("\\", "&#92;")
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    line = _DRAWN.sub(lambda drawn: "&#45;" * len(drawn[0]), line)
    if _HEAD_BY_REFERENCE.match(line):
        return f"&#{ord(line[0])};{line[1:]}"
    if _NUMBERED.match(line):
        return _NUMBERED.sub(r"\1\\.", line, count=1)
    return f"\\{line}" if _HEAD.match(line) else line


@functools.cache
def _markdown(extensions: tuple[str, ...], configs: str) -> Markdown:
    return Markdown(
        extensions=[*extensions, HouseMarkdown()], extension_configs=json.loads(configs), output_format="html"
    )


def render(body: str, extensions: tuple[str, ...], configs: str) -> str:
    """Render Markdown as the house reads it; `configs` are the settings of the extensions, as JSON."""
    html: str = _markdown(extensions, configs).reset().convert(body)
    return html


def find_difference(html: str, paragraphs: Sequence[Paragraph]) -> str:
    """Compare a page with the paragraphs it was made of, letter by letter; say the first that differs, or nothing."""
    shown = [_lines_of(element) for element in lxml_html.fragments_fromstring(html)]
    wanted = [paragraph.lines for paragraph in paragraphs]
    for was, is_ in zip(wanted, shown, strict=False):
        if was != is_:
            return " ".join(was)[:80]
    return "" if len(wanted) == len(shown) else "the number of paragraphs"


def _lines_of(element: object) -> list[str] | None:
    """Give the lines of a paragraph that holds nothing but text and breaks; None for anything else."""
    if not isinstance(element, lxml_html.HtmlElement) or element.tag != "p" or (element.tail or "").strip():
        return None
    if any(child.tag != "br" for child in element):
        return None
    return [text.strip("\n") for text in [element.text or "", *(child.tail or "" for child in element)]]
