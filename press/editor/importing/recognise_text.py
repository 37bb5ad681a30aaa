"""One source → its recognised text: Markdown and metadata, with a note on everything noticed."""

from __future__ import annotations

import hashlib

from press.diagnostics import Diagnostic, error
from press.editor.importing.data_model import Confidence, ImportSettings, Note, Paragraph, RecognisedText, Removal
from press.editor.importing.escaping import escape_paragraph, find_difference, find_missing_words, render_markdown
from press.editor.importing.foreign_markdown import read_markdown
from press.editor.importing.furniture import Furniture, clear_furniture
from press.editor.importing.guess_language import guess_language
from press.editor.importing.inventory import hash_words
from press.editor.importing.lines import Words, close_up, split_blocks, split_lines
from press.editor.importing.notes import (
    find_doubts,
    find_headings,
    find_second_leaflet,
    list_corrections,
    note_changes,
)
from press.editor.importing.opening import TextHead, read_head
from press.editor.importing.paragraphs import ParagraphJoiner, join_broken_paragraphs
from press.editor.importing.source_files import decode_import

MARKDOWN_TYPES = (".md", ".markdown")


def recognise_text(data: bytes, name: str, settings: ImportSettings) -> RecognisedText:
    """Read a source, whatever its bytes: what is wrong with them is in the result's `problems`.

    `name` is the path of the source below what the archivist named.
    """
    recognised = RecognisedText(name, hashlib.sha256(data).hexdigest())
    text, notes, recognised.problems = decode_import(data, name)
    if recognised.problems:
        return recognised
    recognised.notes += notes
    if name.lower().endswith(MARKDOWN_TYPES):
        read_markdown(text, recognised, settings)
    else:
        _read_plain(text, recognised, settings)
    return recognised


def _read_plain(text: str, recognised: RecognisedText, settings: ImportSettings) -> None:
    """Read plain text: remove its furniture, take off its head, make paragraphs of its lines."""
    furniture = clear_furniture(split_lines(text))
    if not furniture.lines:
        recognised.problems.append(
            error(recognised.name, 1, "empty", "the file has no text, only page numbers. Leave it out.")
        )
        return
    recognised.lang, note = guess_language(text, settings)
    head = read_head(furniture.lines, recognised.name, recognised.lang, settings.today)
    if not head.lines:
        message = "the file has a title and no text. Write the text, or leave the file out."
        recognised.problems.append(error(recognised.name, 1, "empty", message))
        return
    recognised.notes += [note, *furniture.notes, *head.notes]
    recognised.title, recognised.date = head.opening.title, head.opening.date
    recognised.fields = {"Place": (head.opening.place,)} if head.opening.place else {}
    _read_body(text, furniture, head, recognised, settings)


def _read_body(
    text: str, furniture: Furniture, head: TextHead, recognised: RecognisedText, settings: ImportSettings
) -> None:
    """Make Markdown of the lines below the head, prove that it has every word, and note what was changed."""
    lines = close_up(head.lines)
    blocks = list(split_blocks(lines))
    joiner = ParagraphJoiner(blocks, Words(furniture.lines))
    made = [paragraph for block in blocks for paragraph in joiner.make_paragraphs(block)]
    ends = {block[0].number: block[-1].number for block in blocks}
    paragraphs, paragraph_joins = join_broken_paragraphs(made, joiner, ends)
    removals = [*furniture.removals, *head.removals]
    recognised.body = "\n\n".join(escape_paragraph(paragraph.lines) for paragraph in paragraphs) + "\n"
    html = render_markdown(recognised.body, settings.extensions, settings.extension_configs)
    lost = _find_loss(text, html, head, removals, joiner, paragraphs)
    if lost:
        recognised.problems.append(_refuse_lost(recognised.name, lost))
        return
    recognised.words = hash_words(" ".join(line for paragraph in paragraphs for line in paragraph.lines))
    recognised.corrections = list_corrections(head.opening, removals, joiner, paragraph_joins)
    if lines != head.lines:
        message = "almost every line is followed by a blank one, as in a typescript: those blank lines were removed"
        recognised.notes.append(Note("lines", message, Confidence.REVIEW, lines[0].number))
        recognised.corrections.append("The blank lines between the lines of a typescript removed.")
    recognised.notes += [*joiner.notes, *note_changes(removals, joiner, paragraph_joins)]
    recognised.notes += [*find_second_leaflet(paragraphs, settings, recognised.lang), *find_headings(paragraphs)]
    recognised.notes += find_doubts(text, html, recognised.title, recognised.lang)


def _find_loss(
    text: str,
    html: str,
    head: TextHead,
    removals: list[Removal],
    joiner: ParagraphJoiner,
    paragraphs: list[Paragraph],
) -> str:
    """Prove that the page shows the paragraphs letter by letter, and that these have every word of the source.

    Returns what is lost, or an empty string.
    """
    shown = " ".join(line for paragraph in paragraphs for line in paragraph.lines)
    return find_difference(html, paragraphs) or find_missing_words(
        text.replace("\f", " "), head.opening, removals, joiner.hyphen_joins, shown
    )


def _refuse_lost(name: str, lost: str) -> Diagnostic:
    message = f"the import would change the words: {lost}. Add this text by hand, and report the file."
    return error(name, 0, "words-lost", message)
