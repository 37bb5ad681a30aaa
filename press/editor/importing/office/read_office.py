"""One document → its recognised text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePosixPath

from press.diagnostics import error
from press.editor.importing.data_model import Confidence, ImportSettings, Note, RecognisedText
from press.editor.importing.escaping import render_markdown
from press.editor.importing.guess_language import guess_language
from press.editor.importing.notes import find_doubts
from press.editor.importing.office.account import (
    compare_words,
    count_wanted,
    differ_in_spaces,
    name_words,
    shown_words,
)
from press.editor.importing.office.containers import check_kind
from press.editor.importing.office.document_header import take_document_header
from press.editor.importing.office.epub_book import prepare_epub
from press.editor.importing.office.media import PictureShelf
from press.editor.importing.office.muse import prepare_muse
from press.editor.importing.office.open_document import prepare_open_document
from press.editor.importing.office.opening_blocks import TakenOpening
from press.editor.importing.office.pandoc import PandocFailed, run_pandoc
from press.editor.importing.office.pandoc_tree import TreeNode, flatten_divisions, inlines_of, plain_words
from press.editor.importing.office.prepared import Prepared, Unreadable, split_passage, squeeze
from press.editor.importing.office.rich_text import prepare_rich_text
from press.editor.importing.office.rich_text_lists import gather_items
from press.editor.importing.office.tree_to_markdown import MarkdownWriter
from press.editor.importing.office.web import prepare_web
from press.editor.importing.office.web_notes import resolve_notes
from press.editor.importing.office.word import prepare_word
from press.editor.importing.plain.lines import shorten
from press.model.languages import canonical_tag
from press.validate.limits import find_excess

Prepare = Callable[[bytes, str], Prepared]

_READERS: dict[str, Prepare] = {
    ".docx": prepare_word,
    ".docm": prepare_word,
    ".odt": prepare_open_document,
    ".rtf": prepare_rich_text,
    ".html": prepare_web,
    ".htm": prepare_web,
    ".xhtml": prepare_web,
    ".epub": prepare_epub,
    ".muse": prepare_muse,
}
OFFICE_TYPES = tuple(_READERS)
_INDENTED = ("docx+empty_paragraphs", "odt", "rtf")
"""Formats, by their names for pandoc, in which a quotation is no more than an indent."""


def read_office(data: bytes, recognised: RecognisedText, settings: ImportSettings) -> None:
    """Read a document; what is wrong with it is entered in the `problems` of the recognised text."""
    suffix = PurePosixPath(recognised.name.lower()).suffix
    try:
        check_kind(data, suffix)
        prepared = _READERS[suffix](data, suffix)
        if not prepared.words.strip():
            raise Unreadable("empty", "the file has no words: perhaps pictures of pages. Leave it out, or type it.")
        reading = run_pandoc(prepared.data, prepared.form)
        _read_tree(reading.blocks, prepared, recognised, settings)
        recognised.notes += [Note("pandoc", shorten(line, 160), Confidence.REVIEW) for line in reading.warnings[:5]]
    except Unreadable as wrong:
        recognised.problems.append(error(recognised.name, 0, wrong.rule, wrong.message))
    except PandocFailed as wrong:
        recognised.problems.append(error(recognised.name, 0, "import-office", str(wrong)))
    except RecursionError:
        message = "lists, tables or quotations are nested too deeply. Write the text more simply, and save it anew."
        recognised.problems.append(error(recognised.name, 0, "too-nested", message))


def _read_tree(
    blocks: Sequence[TreeNode], prepared: Prepared, recognised: RecognisedText, settings: ImportSettings
) -> None:
    blocks = resolve_notes(list(blocks))
    if prepared.form == "rtf":
        marks: list[str] = []
        blocks = gather_items(blocks, marks)
        prepared.write_out(marks)
    recognised.lang, note = _settle_language(prepared, settings)
    recognised.notes += [note, *prepared.notes]
    recognised.notes += _name_beside(prepared)
    blocks, spaces = _unwrap(blocks, prepared.form)
    recognised.notes += spaces
    taken = take_document_header(blocks, prepared, recognised, settings)
    if not any(map(_has_content, taken.blocks)):
        raise Unreadable("empty", "the file has a title and no text. Write the text, or leave the file out.")
    render = partial(render_markdown, extensions=settings.extensions, configs=settings.extension_configs)
    shelf = PictureShelf(prepared.pictures, prepared.descriptions)
    writer = MarkdownWriter(render, shelf.take)
    recognised.body = writer.write_document(taken.blocks)
    recognised.problems += find_excess(recognised.body, 1, recognised.name)
    if recognised.problems:  # rendering such a text could take minutes
        return
    page = render(recognised.body)
    _prove(page, prepared, taken, writer, recognised)
    recognised.pictures = shelf.taken
    recognised.notes += [*writer.list_notes(), *shelf.notes]
    recognised.notes += find_doubts(prepared.words, page, recognised.title, recognised.lang)


def _settle_language(prepared: Prepared, settings: ImportSettings) -> tuple[str, Note]:
    """Return the language: as the document declares it if its words agree, else as they are guessed to be.

    A program declares the language of its user by itself, so that its region is not used.
    """
    guessed, note = guess_language(squeeze(prepared.words), settings)
    declared = canonical_tag(prepared.lang.replace("_", "-"))
    language = declared.partition("-")[0]
    if settings.lang or not declared:
        return guessed, note
    if language != guessed.partition("-")[0]:
        if note.confidence is not Confidence.REVIEW:
            message = f"{note.message}; the file itself says {declared}"
            return guessed, Note("language", message, Confidence.REVIEW if prepared.typed_lang else note.confidence)
        if not prepared.typed_lang:
            return guessed, note
    lang = declared if prepared.typed_lang else guessed if language == guessed.partition("-")[0] else language
    return lang, Note("language", f"{lang}, as the file says and its words agree", Confidence.SURE)


def _name_beside(prepared: Prepared) -> list[Note]:
    """Name what was left out, with its words."""
    notes = []
    for kind, words in [*prepared.beside, *prepared.removed]:
        shown = words if len(words) <= 200 else f"{shorten(words, 200)} ({len(words.split())} words)"
        notes.append(Note("left out", f"{kind}: “{shown}”", Confidence.REVIEW))
    return list(dict.fromkeys(notes))


def _unwrap(blocks: Sequence[TreeNode], form: str) -> tuple[list[TreeNode], list[Note]]:
    """Drop empty paragraphs, and the indent of a whole text; note spaces that may divide the text."""
    notes = []
    kept: list[TreeNode] = []
    divided: list[str] = []
    empty = False
    for block in flatten_divisions(blocks):
        if block["t"] == "Null" or (block["t"] in ("Para", "Plain") and not _has_content(block)):
            empty = True
            continue
        if empty and kept and kept[-1]["t"] not in ("Header", "Table") and block["t"] in ("Para", "Plain"):
            divided.append(squeeze(" ".join(map(plain_words, inlines_of(block)))))
        kept.append(block)
        empty = False
    if 0 < len(divided) < len(kept) / 3:
        shown = "; ".join(f"“{shorten(words)}”" for words in divided[:5] if words)
        message = f"an empty line before {shown}: if it divides the text, write “- - -” there"
        notes.append(Note("lines", message, Confidence.REVIEW))
    quoted = sum(len(block["c"]) for block in kept if block["t"] == "BlockQuote")
    unquoted = sum(block["t"] != "BlockQuote" for block in kept)
    if form in _INDENTED and quoted > 2 and quoted > 4 * unquoted:
        kept = [inner for block in kept for inner in (block["c"] if block["t"] == "BlockQuote" else [block])]
        notes.append(Note("lines", "the whole text is indented: it is no quotation", Confidence.LIKELY))
    return kept, notes


def _has_content(block: TreeNode) -> bool:
    inlines = inlines_of(block)
    if block["t"] not in ("Para", "Plain", "Header", "LineBlock"):
        return block["t"] not in ("Null", "HorizontalRule")
    return any(squeeze(plain_words(line)) or "Image" in str(line) or "Note" in str(line) for line in inlines)


def _prove(
    page: str, prepared: Prepared, taken: TakenOpening, writer: MarkdownWriter, recognised: RecognisedText
) -> None:
    """Compare the words of the leaflet with those that the second reader counted; refuse the file if any differ."""
    gone = [words for _, words in [*prepared.removed, *taken.removed]] + _without(taken)
    shown = shown_words(page)
    if prepared.markup:
        gone, shown = [prepared.markup.sub("", words) for words in gone], prepared.markup.sub("", shown)
    wanted, wrong = count_wanted(prepared.words, gone, [*prepared.added, *writer.added])
    missing, more = compare_words(wanted, split_passage(shown))
    source = split_passage(prepared.words)
    if (missing or more) and differ_in_spaces(missing, more):
        message = f"{name_words(missing, source)} became {name_words(more, source)}: are the spaces right?"
        recognised.notes.append(Note("words", message, Confidence.REVIEW))
    elif missing or more or wrong:
        parts = [f"{name_words(missing, source)} would be missing"] if missing else []
        parts += [f"{name_words(more, source)} would be added"] if more else []
        parts += [f"{name_words(wrong, source)} was taken out twice"] if wrong and not parts else []
        message = (
            f"the import would change the words: {', '.join(parts)}. Save it anew as .docx or .txt, and compare."
        )
        recognised.problems.append(error(recognised.name, 0, "words-lost", message))


def _without(taken: TakenOpening) -> list[str]:
    """Return the words that went into the header, less those recorded as taken out as well."""
    left = [re.escape(words.strip()) for kind, words in taken.removed if kind == "word before a name"]
    pattern = re.compile(rf"^(?:{'|'.join(left)})\s+") if left else None
    return [pattern.sub("", words, count=1) if pattern else words for words in taken.words]
