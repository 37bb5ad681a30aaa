"""Plain text → Markdown that shows it unchanged."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence

from markdown import Markdown

from press.site.markdown.dialect import HouseMarkdown

# Anywhere in a line: marks of emphasis, code, links, notes and tables, and those of pages.
_ANYWHERE = re.compile(r"[*_`\[|]|\{(?=page)")
# A reference such as &amp; or &#42;, which Markdown would decode.
_REFERENCE = re.compile(r"&(?=#?\w+;)")
# A line drawn with hyphens: typesetting would turn it into dashes.
_DRAWN = re.compile(r"-{3,}")
# At the start of a line: a heading, a quotation, a list, a rule.
_HEAD = re.compile(r"[#>]|[+-](?=[\s+-]|$)")
_NUMBERED = re.compile(r"(\d+)\.(?=\s)")
# At the start of a line, where a backslash would not help: a definition, a fence, the underline of a heading.
_HEAD_BY_REFERENCE = re.compile(r"[:~=]")


def escape_paragraph(lines: Sequence[str]) -> str:
    """Write lines of plain text as one paragraph of Markdown: `1. *Bread*` becomes `1\\. \\*Bread\\*`."""
    return "<br>\n".join(map(escape_line, lines))


def escape_line(line: str) -> str:
    """Escape whatever Markdown would interpret; a backslash becomes a reference, because typogrify removes some."""
    return escape_head(escape_inline(line))


def escape_inline(text: str) -> str:
    """Escape what Markdown would interpret anywhere in a line."""
    text = _REFERENCE.sub("&amp;", text).replace("<", "&lt;").replace("\\", "&#92;")
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    return _DRAWN.sub(lambda drawn: "&#45;" * len(drawn[0]), text)


def escape_head(line: str) -> str:
    """Escape what Markdown would interpret at the start of a line, which is escaped otherwise."""
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


def render_markdown(body: str, extensions: tuple[str, ...], configs: str) -> str:
    """Render Markdown in the dialect of the archive; `configs` are the settings of the extensions, as JSON."""
    try:
        html: str = _markdown(extensions, configs).reset().convert(body)
    except Exception:
        _markdown.cache_clear()  # reset() does not undo a parse that broke off: later texts would be wrong
        raise
    return html


def list_references(extensions: tuple[str, ...], configs: str) -> Mapping[str, tuple[str, str]]:
    """Return the link references of the text that was rendered last, by their labels: address and title."""
    references: Mapping[str, tuple[str, str]] = _markdown(extensions, configs).references
    return references
