"""The paragraphs of a plain text → Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from press.editor.importing.data_model import Paragraph
from press.editor.importing.escaping import escape_paragraph


def compose_body(paragraphs: Sequence[Paragraph]) -> str:
    """Return the Markdown of a text: its paragraphs, headings (`## `) and quotations (`> `), and a line end."""
    parts: list[str] = []
    before = 0
    for paragraph in paragraphs:
        between = ("> " * min(before, paragraph.quoted)).rstrip()
        parts.append(f"{between}\n" if parts else "")
        parts += [f"{'> ' * paragraph.quoted}{line}\n" for line in _write(paragraph).split("\n")]
        before = paragraph.quoted
    return "".join(parts)


def _write(paragraph: Paragraph) -> str:
    text = escape_paragraph(paragraph.lines)
    if not paragraph.heading:
        return text
    text = text.replace("{", "&#123;")
    return "## " + (f"{text[:-1]}&#35;" if text.endswith("#") else text)
