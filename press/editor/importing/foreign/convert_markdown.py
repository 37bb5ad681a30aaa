"""The text of another program's Markdown → the Markdown of this archive, with notes on what was changed."""

from __future__ import annotations

from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.foreign.conversion import FORBIDDEN, Conversion
from press.editor.importing.foreign.foreign_html import convert_html
from press.editor.importing.foreign.foreign_notes import convert_notes
from press.editor.importing.foreign.list_layout import lay_out_lists
from press.editor.importing.foreign.markdown_proof import find_wrong_account
from press.editor.importing.foreign.other_marks import convert_blocks, convert_inline_marks, protect_addresses
from press.editor.importing.foreign.shortcodes import convert_shortcodes, take_comments


def convert_markdown(body: str, body_line: int) -> tuple[str, list[Note], str]:
    """Convert a text that begins on line `body_line` of its source.

    Returns the converted text, the notes on it, and what is wrong in its account of words, or an empty string.
    """
    if FORBIDDEN.search(body):  # characters that no text may have; they are reported elsewhere
        return body, [], ""
    conversion = Conversion(body)
    take_comments(conversion)
    convert_shortcodes(conversion)
    convert_html(conversion)
    protect_addresses(conversion)
    convert_blocks(conversion)
    convert_inline_marks(conversion)
    convert_notes(conversion)
    lay_out_lists(conversion)
    converted = conversion.finish()
    notes = list(dict.fromkeys(_moved(note, body_line) for note in conversion.notes))
    return converted, notes, find_wrong_account(body, conversion, converted)


def _moved(note: Note, body_line: int) -> Note:
    """Return a note with the line of the file in place of that of the text."""
    return Note(note.topic, note.message, Confidence(note.confidence), note.line + body_line - 1 if note.line else 0)
