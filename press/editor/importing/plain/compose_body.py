"""The paragraphs of a plain text → Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from press.editor.importing.data_model import Paragraph
from press.editor.importing.escaping import escape_paragraph


def compose_body(paragraphs: Sequence[Paragraph]) -> str:
    """Return the Markdown of a text: its paragraphs, headings (`## `) and quotations (`> `), and a line end."""
    return compose_written(paragraphs, [escape_paragraph(paragraph.lines) for paragraph in paragraphs])


def compose_written(paragraphs: Sequence[Paragraph], written: Sequence[str]) -> str:
    """Return the Markdown of paragraphs whose lines are `written` already."""
    parts: list[str] = []
    before = 0
    for paragraph, text in zip(paragraphs, written, strict=True):
        between = ("> " * min(before, paragraph.quoted)).rstrip()
        parts.append(f"{between}\n" if parts else "")
        shown = _write_heading(text) if paragraph.heading else text
        parts += [f"{'> ' * paragraph.quoted}{line}\n" for line in shown.split("\n")]
        before = paragraph.quoted
    return "".join(parts)


def _write_heading(text: str) -> str:
    text = text.replace("{", "&#123;")
    return "## " + (f"{text[:-1]}&#35;" if text.endswith("#") else text)
