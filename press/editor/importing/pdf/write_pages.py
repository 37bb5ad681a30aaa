"""The pages of a PDF, or of a scan → the text and the metadata of a leaflet, and the proof that no word is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from press.diagnostics import error
from press.editor.importing.data_model import Confidence, Gap, ImportSettings, Line, Note, Opening, RecognisedText
from press.editor.importing.escaping import render_markdown
from press.editor.importing.guess_language import guess_language
from press.editor.importing.notes import find_doubts
from press.editor.importing.pdf.emphasis import ANY_PAGE_MARK, LineJoiner, write_page_mark, write_pdf_runs
from press.editor.importing.pdf.group_lines import group_lines
from press.editor.importing.pdf.page_columns import order_lines
from press.editor.importing.pdf.page_furniture import take_out_furniture
from press.editor.importing.pdf.page_headings import rank_headings
from press.editor.importing.pdf.page_lines import DIVIDED, PageChange, PageLine, PdfPage, PdfRun
from press.editor.importing.pdf.page_measures import PageMeasures, measure_lines
from press.editor.importing.pdf.page_notes import ANY_NOTE_MARK, FootNote, take_notes
from press.editor.importing.pdf.pdf_blocks import BlockKind, PageBlock
from press.editor.importing.pdf.pdf_proof import WordAccount, account_for_words, read_shown
from press.editor.importing.plain.date_search import TextHead
from press.editor.importing.plain.divided_words import Words
from press.editor.importing.plain.lines import shorten
from press.editor.importing.plain.opening import list_fields, read_head

_MOST_NOTES = 5


@dataclass(slots=True)
class _Writing:
    """The blocks of a text on their way to Markdown."""

    blocks: list[PageBlock]
    joiner: LineJoiner
    measures: PageMeasures
    changes: list[PageChange]
    texts: list[str] = field(default_factory=list)
    """Of the blocks, without marks: what a reader reads."""
    notes: list[tuple[str, list[PdfRun]]] = field(default_factory=list)
    """The label of each note, and its text."""
    runs: list[list[list[PdfRun]]] = field(default_factory=list)
    """Of the blocks: one list of runs for each line that stays a line."""


def write_pages(pages: Sequence[PdfPage], recognised: RecognisedText, settings: ImportSettings) -> None:
    """Make the leaflet of these pages: take out what is no text, put the lines in order, group them, write them."""
    changes = [PageChange(page.number, "off the page", tuple(line.split())) for page in pages for line in page.off]
    changes += take_out_furniture(pages)
    seen = sum(len(page.notes) for page in pages)
    order_lines(pages)
    lines = [line for page in pages for line in page.lines]
    if not lines:
        message = (
            "its pages have no letters on them. Leave it out, or import it with --ocr if they are pictures of text."
        )
        recognised.problems.append(error(recognised.name, 0, "empty", message))
        return
    recognised.notes += [note for page in pages for note in page.notes][seen:]
    recognised.lang, note = guess_language(" ".join(line.text for line in lines), settings)
    measures = measure_lines(lines)
    taken = take_notes(lines, measures.size)
    recognised.notes += [note, *taken.doubts]
    joiner = LineJoiner(_know_words(lines, recognised.lang), {page.number: page.label for page in pages})
    writing = _Writing(group_lines(taken.lines, measures), joiner, measures, [*changes, *taken.changes])
    _write(writing, taken.notes, pages, recognised, settings)


def _know_words(lines: Iterable[PageLine], lang: str) -> Words:
    return Words([Line(line.page, line.text) for line in lines], lang)


def _write(
    writing: _Writing,
    notes: Sequence[FootNote],
    pages: Sequence[PdfPage],
    recognised: RecognisedText,
    settings: ImportSettings,
) -> None:
    for block in writing.blocks:
        _join_block(block, writing)
    head = _read_head(writing, recognised, settings)
    for note in notes:
        writing.notes.append((note.label, writing.joiner.join(note.lines)))
        writing.texts.append(_text_of(writing.notes[-1][1]))
    changes = [*writing.changes, *writing.joiner.changes]
    account = WordAccount("", "")
    for is_checked in (False, True):
        written = _BlockWriter(writing.measures, settings, is_checked)
        body = list(_write_blocks(writing, written, first_page=pages[0].number))
        if not body:
            message = "the file has a title and no text. Write the text, or leave the file out."
            recognised.problems.append(error(recognised.name, 0, "empty", message))
            return
        below = [f"[^{label}]: {written.write_row(runs)}" for label, runs in writing.notes]
        recognised.body = "\n\n".join([*body, *below]) + "\n"
        html = render_markdown(recognised.body, settings.extensions, settings.extension_configs)
        shown = f"{read_shown(html)} {_list_words(head.opening)}"
        account = account_for_words([page.text for page in pages], changes, shown)
        if not account.lost:
            break
    if account.lost:
        message = f"the import would change the words: {account.lost}. Add this text by hand, and report the file."
        recognised.problems.append(error(recognised.name, 0, "words-lost", message))
        return
    recognised.notes += [
        Note("emphasis", f"“{words}” without its italics or bold", Confidence.LIKELY) for words in written.plain
    ]
    _enter_notes(writing, changes, account.spaced, recognised)
    text = "\n".join(writing.texts)
    recognised.notes += [replace(note, line=0) for note in find_doubts(text, html, recognised.title, recognised.lang)]


def _list_words(opening: Opening) -> str:
    """Return the words that title, date and byline show."""
    title = opening.title if opening.lines and opening.title != opening.date_words else ""
    return " ".join([title, opening.label, opening.between, opening.date_words, opening.byline])


def _join_block(block: PageBlock, writing: _Writing) -> None:
    """Join the lines of each row of a block."""
    rows = [writing.joiner.join(row) for row in block.rows]
    writing.runs.append(rows)
    writing.texts.append("\n".join(_text_of(row) for row in rows))


def _text_of(runs: Sequence[PdfRun]) -> str:
    return " ".join(ANY_PAGE_MARK.sub(" ", ANY_NOTE_MARK.sub("", "".join(run.text for run in runs))).split())


def _read_head(writing: _Writing, recognised: RecognisedText, settings: ImportSettings) -> TextHead:
    """Take title and date off the text, by the rules for plain text, and drop the blocks they were."""
    lines: list[Line] = []
    places: dict[int, tuple[int, int]] = {}
    for at, rows in enumerate(writing.runs):
        for row, runs in enumerate(rows):
            gap = Gap.NONE if row or not at else Gap.BLANK
            places[len(lines) + 1] = (at, row)
            lines.append(Line(len(lines) + 1, _text_of(runs), gap=gap, blanks=int(gap is Gap.BLANK)))
    head = read_head([line for line in lines if line.text], recognised.name, recognised.lang, settings.today)
    taken = [places[line.number] for line in head.opening.lines]
    for at, row in sorted(taken, reverse=True):
        del writing.runs[at][row]
    for removal in head.removals:
        at, row = places[removal.line]
        writing.changes.append(
            PageChange(writing.blocks[at].lines[0].page, removal.kind, tuple(removal.text.split()))
        )
        writing.runs[at][row] = []
    left = [block for block, rows in zip(writing.blocks, writing.runs, strict=True) if any(map(_text_of, rows))]
    rank_headings(left)
    recognised.title, recognised.date = head.opening.title, head.opening.date
    recognised.fields = {**recognised.fields, **list_fields(head.opening)}
    recognised.notes += [replace(note, line=0) for note in head.notes]
    return head


def _write_blocks(writing: _Writing, writer: _BlockWriter, first_page: int) -> Iterator[str]:
    """Yield the Markdown of each block, with a mark where a page begins."""
    page = first_page
    labels = writing.joiner.labels
    if labels.get(page, "") not in ("", str(page)):
        yield write_page_mark(labels[page])
    for block, found in zip(writing.blocks, writing.runs, strict=True):
        rows = [row for row in found if _text_of(row)]
        for number in range(page + 1, block.lines[0].page + 1):
            yield write_page_mark(labels.get(number, ""))
        page = max(page, block.lines[-1].page)
        if rows:
            yield writer.write(block, rows)


@dataclass(slots=True)
class _BlockWriter:
    """Writes blocks; where asked, it checks each row, and writes one plainly whose emphasis a page would not show."""

    measures: PageMeasures
    settings: ImportSettings
    is_checked: bool
    plain: list[str] = field(default_factory=list)
    """What was written without its emphasis."""

    def write(self, block: PageBlock, rows: Sequence[Sequence[PdfRun]]) -> str:
        if block.kind is BlockKind.HEADING:
            return "#" * block.level + " " + write_pdf_runs(rows[0], self.measures, with_emphasis=False)
        return "<br>\n".join(map(self.write_row, rows))

    def write_row(self, row: Sequence[PdfRun]) -> str:
        written = write_pdf_runs(row, self.measures)
        if not self.is_checked:
            return written
        html = render_markdown(written, self.settings.extensions, self.settings.extension_configs)
        if re.sub(r"\[\^\d+\]", " ", read_shown(html)).split() == _text_of(row).split():
            return written
        self.plain.append(shorten(_text_of(row)))
        return write_pdf_runs(row, self.measures, with_emphasis=False)


def _enter_notes(writing: _Writing, changes: Sequence[PageChange], spaced: str, recognised: RecognisedText) -> None:
    """Say what was taken out, joined and kept, and what a person should look at."""
    for change in changes:
        if not change.after:
            words = " ".join(change.before)
            sure = Confidence.REVIEW if change.kind == "off the page" else Confidence.LIKELY
            if change.kind != "note mark":
                recognised.notes.append(Note("pages", f"page {change.page}: {change.kind} “{words}” removed", sure))
    for join in writing.joiner.joins:
        sure = Confidence.REVIEW if join.is_doubtful else Confidence.LIKELY
        message = f"page {join.line}: “{join.left}” and “{join.right}” became “{join.joined}”"
        recognised.notes.append(Note("hyphens", message, sure))
    kept = [block for block in writing.blocks if block.note]
    for block in kept[:_MOST_NOTES]:
        shown, page = shorten(block.lines[0].text, 30), block.lines[0].page
        message = f"page {page}: {len(block.lines)} lines from “{shown}” kept as separate lines: {block.note}?"
        recognised.notes.append(Note("lines", message, Confidence.REVIEW))
    if len(kept) > _MOST_NOTES:
        message = f"lines kept as separate lines at {len(kept) - _MOST_NOTES} more places"
        recognised.notes.append(Note("lines", message, Confidence.REVIEW))
    for block in writing.blocks:
        last = block.lines[-1]
        if last.text.endswith(DIVIDED) and last.text[-2:-1].isalpha():
            message = f"page {last.page}: “{last.text.split()[-1]}” ends a paragraph; where is its second half?"
            recognised.notes.append(Note("hyphens", message, Confidence.REVIEW))
    if spaced:
        message = f"spaces are uncertain: {spaced}"
        recognised.notes.append(Note("words", message, Confidence.REVIEW))
    recognised.corrections += _list_changes(writing, changes)


def _list_changes(writing: _Writing, changes: Sequence[PageChange]) -> Iterator[str]:
    numbers = [" ".join(change.before) for change in changes if change.kind == "page number"]
    heads = sorted({" ".join(change.before) for change in changes if change.kind == "running head"})
    if numbers:
        yield f"Page numbers removed: {', '.join(numbers[:20])}{' and more' if len(numbers) > 20 else ''}."
    if heads:
        shown = ", ".join(f"“{head}”" for head in heads[:10])
        yield f"Running heads removed: {shown}{' and more' if len(heads) > 10 else ''}."
    words = [join.joined.strip(".,;:!?()«»“”") for join in writing.joiner.joins]
    if words:
        shown = ", ".join(f"“{word}”" for word in words[:20])
        more = f" and {len(words) - 20} more" if len(words) > 20 else ""
        yield f"Words divided at the ends of lines joined: {shown}{more}."
