"""Plain text, however it was printed or typed → a recognised text."""

from __future__ import annotations

from press.diagnostics import Diagnostic, error
from press.editor.importing.data_model import (
    ColumnReading,
    Confidence,
    ImportSettings,
    Note,
    Paragraph,
    RecognisedText,
    Removal,
)
from press.editor.importing.escaping import render_markdown
from press.editor.importing.guess_language import guess_language
from press.editor.importing.notes import (
    find_doubts,
    find_headings,
    find_second_leaflet,
    list_changes,
    note_changes,
)
from press.editor.importing.plain.columns import keep_read, read_columns
from press.editor.importing.plain.compose_body import compose_body
from press.editor.importing.plain.date_search import TextHead
from press.editor.importing.plain.divided_words import Words
from press.editor.importing.plain.furniture import Furniture, clear_furniture
from press.editor.importing.plain.lines import close_up, split_blocks, split_lines
from press.editor.importing.plain.note_marks import mark_notes_and_emphasis
from press.editor.importing.plain.opening import list_fields, read_head
from press.editor.importing.plain.paragraphs import ParagraphJoiner, join_broken_paragraphs
from press.editor.importing.plain.quoted_lines import part_quotations, take_off_signs
from press.editor.importing.plain.underlined import mark_underlined
from press.editor.importing.plain.wrapper import drop_wrapper
from press.editor.importing.proof import find_difference, find_missing_words


def read_plain(text: str, recognised: RecognisedText, settings: ImportSettings) -> None:
    """Read plain text: remove its furniture, take off its head, make paragraphs of its lines."""
    lines, around, header_notes = drop_wrapper(split_lines(text))
    lines, signs = take_off_signs(lines)
    furniture = clear_furniture(lines)
    furniture.removals += [*around, *signs]
    columns = read_columns(part_quotations(furniture.lines))
    furniture.lines, furniture.notes = columns.lines, [*furniture.notes, *header_notes, *columns.notes]
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
    recognised.fields = list_fields(head.opening)
    head.lines, underlines = mark_underlined(head.lines)
    head.removals += underlines
    _read_body(text, furniture, head, keep_read(columns.readings, head.lines), recognised, settings)


def _read_body(
    text: str,
    furniture: Furniture,
    head: TextHead,
    columns: list[ColumnReading],
    recognised: RecognisedText,
    settings: ImportSettings,
) -> None:
    """Make Markdown of the lines below the head, prove that it has every word, and note what was changed."""
    lines = close_up(head.lines)
    blocks = list(split_blocks(lines))
    joiner = ParagraphJoiner(blocks, Words(furniture.lines, recognised.lang))
    made = [paragraph for block in blocks for paragraph in joiner.make_paragraphs(block)]
    paragraphs, paragraph_joins = join_broken_paragraphs(made, joiner)
    removals = [*furniture.removals, *head.removals]
    recognised.body = compose_body(paragraphs)
    html = render_markdown(recognised.body, settings.extensions, settings.extension_configs)
    lost = _find_loss(text, html, head, removals, columns, joiner, paragraphs)
    if lost:
        recognised.problems.append(_refuse_lost(recognised.name, lost))
        return
    recognised.corrections = list_changes(head.opening, removals, joiner, paragraph_joins)
    recognised.corrections += [
        f"Columns side by side read one after the other: lines {reading.numbers[0]} to {reading.numbers[-1]}."
        for reading in columns
    ]
    marked, doubts = mark_notes_and_emphasis(paragraphs, settings)
    recognised.notes += doubts
    if marked:
        recognised.body, html = marked.body, marked.html
        recognised.corrections += marked.corrections
        recognised.notes += marked.notes
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
    columns: list[ColumnReading],
    joiner: ParagraphJoiner,
    paragraphs: list[Paragraph],
) -> str:
    """Prove that the page shows the paragraphs letter by letter, and that these have every word of the source.

    Returns what is lost, or an empty string.
    """
    shown = " ".join(line for paragraph in paragraphs for line in paragraph.lines)
    return find_difference(html, paragraphs) or find_missing_words(
        text.replace("\f", " "), head.opening, removals, [*joiner.hyphen_joins, *joiner.close_joins], shown, columns
    )


def _refuse_lost(name: str, lost: str) -> Diagnostic:
    message = f"the import would change the words: {lost}. Add this text by hand, and report the file."
    return error(name, 0, "words-lost", message)
