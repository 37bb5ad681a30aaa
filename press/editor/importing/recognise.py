"""One source → its reading: what it says, in Markdown and metadata, with everything that was noticed on the way."""

from __future__ import annotations

import hashlib

from press.diagnostics import Diagnostic, error
from press.editor.importing import corrections
from press.editor.importing.account import find_lost_words
from press.editor.importing.decoding import decode_source
from press.editor.importing.doubts import find_doubts, find_headings, find_second_leaflet
from press.editor.importing.escaping import escape_paragraph, find_difference, render
from press.editor.importing.furniture import Furniture, clear_furniture
from press.editor.importing.guess_language import tell_language
from press.editor.importing.hyphens import Words
from press.editor.importing.inventory import hash_words
from press.editor.importing.joining import join_broken_paragraphs
from press.editor.importing.lines import close_up, split_blocks, split_lines
from press.editor.importing.markdown_texts import read_markdown
from press.editor.importing.opening import Head, read_head
from press.editor.importing.paragraphs import Weaver
from press.editor.importing.recognised import Note, Paragraph, Reading, Removal, Setting, Sureness

MARKDOWN_TYPES = (".md", ".markdown")


def read_source(data: bytes, name: str, setting: Setting) -> Reading:
    """Read a source; `name` is its path as the archivist named it. Never raises for what it holds."""
    reading = Reading(name, hashlib.sha256(data).hexdigest())
    text, notes, reading.problems = decode_source(data, name)
    if reading.problems:
        return reading
    reading.notes += notes
    if name.lower().endswith(MARKDOWN_TYPES):
        read_markdown(text, reading, setting)
    else:
        _read_plain(text, reading, setting)
    return reading


def _read_plain(text: str, reading: Reading, setting: Setting) -> None:
    """Read plain text: furniture out, head off, lines to paragraphs."""
    furniture = clear_furniture(split_lines(text))
    if not furniture.lines:
        reading.problems.append(
            error(reading.name, 1, "empty", "the file has no text but page numbers. Leave it out.")
        )
        return
    reading.lang, note = tell_language(text, setting)
    head = read_head(furniture.lines, reading.name, reading.lang, setting.today)
    if not head.lines:
        said = "the file has a title and no text. Write the text, or leave the file out."
        reading.problems.append(error(reading.name, 1, "empty", said))
        return
    reading.notes += [note, *furniture.notes, *head.notes]
    reading.title, reading.date = head.opening.title, head.opening.date
    reading.fields = {"Place": (head.opening.place,)} if head.opening.place else {}
    _read_body(text, furniture, head, reading, setting)


def _read_body(text: str, furniture: Furniture, head: Head, reading: Reading, setting: Setting) -> None:
    """Make Markdown of the lines below the head, prove it, and tell what was done."""
    lines = close_up(head.lines)
    blocks = list(split_blocks(lines))
    weaver = Weaver(blocks, Words(furniture.lines))
    woven = [paragraph for block in blocks for paragraph in weaver.weave(block)]
    ends = {block[0].number: block[-1].number for block in blocks}
    paragraphs, joints = join_broken_paragraphs(woven, weaver, ends)
    removals = [*furniture.removals, *head.removals]
    reading.body = "\n\n".join(escape_paragraph(paragraph.lines) for paragraph in paragraphs) + "\n"
    html = render(reading.body, setting.extensions, setting.extension_configs)
    lost = _find_loss(text, html, head, removals, weaver, paragraphs)
    if lost:
        reading.problems.append(_refuse_lost(reading.name, lost))
        return
    reading.words = hash_words(" ".join(line for paragraph in paragraphs for line in paragraph.lines))
    reading.corrections = corrections.tell_corrections(head.opening, removals, weaver, joints)
    if lines != head.lines:
        said = "a blank line stands after almost every line, as in a typescript: the text was closed up"
        reading.notes.append(Note("lines", said, Sureness.LOOK, lines[0].number))
        reading.corrections.append("The blank lines between the lines of a typescript taken out.")
    reading.notes += [*weaver.notes, *corrections.tell_changes(removals, weaver, joints)]
    reading.notes += [*find_second_leaflet(paragraphs, setting, reading.lang), *find_headings(paragraphs)]
    reading.notes += find_doubts(text, html, reading.title, reading.lang)


def _find_loss(
    text: str, html: str, head: Head, removals: list[Removal], weaver: Weaver, paragraphs: list[Paragraph]
) -> str:
    """Prove that the page shows the paragraphs letter by letter, and that these have every word of the source.

    Gives what is lost, or nothing.
    """
    shown = " ".join(line for paragraph in paragraphs for line in paragraph.lines)
    return find_difference(html, paragraphs) or find_lost_words(
        text.replace("\f", " "), head.opening, removals, weaver.seams, shown
    )


def _refuse_lost(name: str, lost: str) -> Diagnostic:
    message = f"the import would change the words: {lost}. Import it by hand, and report this with the file."
    return error(name, 0, "words-lost", message)
