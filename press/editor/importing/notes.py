"""What is recorded about a text: its changes, for `Imported:` in its header, and notes for the report."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pelican_typeset import find_doubtful, find_unmatched

from press.editor.importing.data_model import (
    Confidence,
    HyphenJoin,
    ImportSettings,
    Line,
    Note,
    Opening,
    Paragraph,
    Removal,
)
from press.editor.importing.plain.lines import ends_sentence, shorten
from press.editor.importing.plain.opening import is_title_like
from press.editor.importing.plain.page_width import NARROW_PAGE
from press.editor.importing.plain.paragraphs import ParagraphJoiner
from press.editor.importing.printed_dates import read_printed_date
from press.model.source_text import find_line_in

_MOST_WORDS = 20
"""Words named on one line of `Imported:`; the report names all."""
_MOST = 5
"""Notes of one kind for one text: more than these help nobody."""

_INNER_LINK = re.compile(r"\]\(<?#([^)>\s]+)")
_RELATIVE_LINK = re.compile(r"!?\[[^\]]*\]\((?!https?:|mailto:|#|\{)([^)\s]+)")


def list_changes(
    opening: Opening, removals: Sequence[Removal], joiner: ParagraphJoiner, paragraph_joins: Sequence[Note]
) -> list[str]:
    """Return what the import changed in a text, one sentence for each change."""
    changes = list(_describe_opening(opening))
    numbers = [removal.text for removal in removals if removal.kind == "page number"]
    if numbers:
        changes.append(f"Page numbers removed: {', '.join(numbers)}.")
    heads = Counter(removal.text for removal in removals if removal.kind == "running head")
    changes += [f"Running head removed: “{text}”{_times(count)}." for text, count in heads.items()]
    changes += [f"Rule next to the title removed: “{r.text}”." for r in removals if r.kind == "rule"]
    changes += _describe_wrappers(removals)
    if joiner.joined_lines:
        changes.append("Lines broken by the width of the page joined into paragraphs.")
    changes += _describe_hyphen_joins(joiner.hyphen_joins)
    changes += [
        f"The paragraph broken after “{join.message}” joined to its second half."
        for join in paragraph_joins
        if join.topic == "joined"
    ]
    return changes


def _describe_opening(opening: Opening) -> Iterator[str]:
    if opening.label:
        yield f"“{opening.label}” at the title removed."
    if opening.byline:
        yield f"The line of the authors (“{opening.byline}”) became metadata."
    if opening.date_words and len(opening.lines) == 1 and opening.between:
        yield f"The first line, title and date (“{opening.date_words}”), became metadata."
    elif opening.date_words and len(opening.lines) > 1 and _is_apart(opening.lines[-1], opening.lines[-2]):
        line = opening.lines[-1].number
        yield f"The title, and below it on line {line} the date (“{opening.date_words}”), became metadata."
    elif opening.date_words and len(opening.lines) > 1:
        yield f"The title and the date (“{opening.date_words}”), the first lines of the source, became metadata."
    elif opening.date_words:
        yield f"The date (“{opening.date_words}”), in the first line of the source, became metadata."
    elif opening.lines:
        yield "The title, in the first line of the source, became metadata."


def _is_apart(line: Line, above: Line) -> bool:
    """Return whether other lines stand between two lines."""
    return line.number - above.number > 1 + line.blanks


def _describe_wrappers(removals: Sequence[Removal]) -> Iterator[str]:
    kinds = Counter(removal.kind for removal in removals)
    for removal in removals:
        if removal.kind == "wrapper":
            words = f"{len(removal.text.split()):,} words"
            lines = f"lines {removal.line} to {removal.last}, {words}"
            yield f"What a digital library wrote around the text left out: {lines}."
    if kinds["sign of quotation"]:
        yield f"The sign of quotation “>” taken off {kinds['sign of quotation']} lines, which became quotations."
    if kinds["underline"]:
        yield f"Signs that underline a heading removed{_times(kinds['underline'])}; the heading is marked as one."


def _describe_hyphen_joins(joins: Sequence[HyphenJoin]) -> Iterator[str]:
    without = [join.joined for join in joins if not join.keeps_hyphen]
    kept = [join.joined for join in joins if join.keeps_hyphen]
    if without:
        yield f"Words divided at the ends of lines joined: {_list_words(without)}."
    if kept:
        yield f"Words divided at the ends of lines joined with their hyphen: {_list_words(kept)}."


def _list_words(words: Sequence[str]) -> str:
    more = f" and {len(words) - _MOST_WORDS} more" if len(words) > _MOST_WORDS else ""
    return ", ".join(f"“{word.strip('.,;:!?()«»“”')}”" for word in words[:_MOST_WORDS]) + more


def _times(count: int) -> str:
    return f", {count} times" if count > 1 else ""


def note_changes(
    removals: Sequence[Removal], joiner: ParagraphJoiner, paragraph_joins: Sequence[Note]
) -> Iterator[Note]:
    """Yield a note for each line that was removed, each join, and each join that was considered and not made."""
    for message in _describe_wrappers(removals):
        yield Note("layout", message, Confidence.REVIEW)
    for removal in removals:
        if removal.kind in ("wrapper", "sign of quotation", "underline"):
            continue
        yield Note("pages", f"{removal.kind} “{removal.text}” removed", Confidence.LIKELY, removal.line)
    if joiner.joined_lines:
        message = f"{joiner.joined_lines} lines joined to the line before, on a page {joiner.width} characters wide"
        is_narrow = joiner.width < NARROW_PAGE
        question = ": is it verse?" if is_narrow else ""
        yield Note("lines", message + question, Confidence.REVIEW if is_narrow else Confidence.SURE)
    for join in joiner.hyphen_joins:
        message = f"“{join.left}” and “{join.right}” became “{join.joined}”"
        yield Note("hyphens", message, Confidence.REVIEW if join.is_doubtful else Confidence.LIKELY, join.line)
    for note in paragraph_joins:
        if note.topic == "joined":
            message = f"the paragraph broken after “{note.message}” was joined to its second half"
            yield Note("lines", message, Confidence.REVIEW, note.line)
        else:
            yield note


def find_doubts(text: str, html: str, title: str, lang: str) -> Iterator[Note]:
    """Yield doubts about marks and letters; `text` is the source, `html` the page before typesetting."""
    shown = f"<h1>{title.replace('&', '&amp;').replace('<', '&lt;')}</h1>\n{html}"
    unmatched = [
        (f"{lost.mark} has no partner in “{lost.words}”", lost.words) for lost in find_unmatched(shown, lang)
    ]
    dashes = [(f"“{doubt.words}”: dash or hyphen?", doubt.words) for doubt in find_doubtful(shown, lang)]
    letters = list(_find_mojibake(text))
    for found in (dashes,) if letters else (unmatched, dashes):
        for message, words in found[:_MOST]:
            yield Note("marks", message, Confidence.REVIEW, find_line_in(text, words))
    yield from letters
    if title.startswith("#"):
        message = "the title begins with “#”. If the file is Markdown, rename it to end in .md and import it again"
        yield Note("title", message, Confidence.REVIEW)


def _find_mojibake(text: str) -> Iterator[Note]:
    """Find letters damaged by a wrong encoding, by ftfy; nothing is corrected."""
    from ftfy import fix_encoding  # only an import needs it
    from ftfy.badness import is_bad

    bad = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if is_bad(line)]
    for number, line in bad[:_MOST]:
        words = [word for word in line.split() if fix_encoding(word) != word][:1]
        shown = f"“{words[0]}” may be “{fix_encoding(words[0])}”" if words else f"“{shorten(line.strip())}”"
        yield Note("letters", f"damaged by a wrong encoding: {shown}", Confidence.REVIEW, number)
    if len(bad) > _MOST:
        message = f"damaged by a wrong encoding on {len(bad) - _MOST} more lines"
        yield Note("letters", message, Confidence.REVIEW, bad[_MOST][0])


def find_second_leaflet(paragraphs: Sequence[Paragraph], settings: ImportSettings, lang: str) -> Iterator[Note]:
    """Find a title with a date below it in the middle of a text: the file may hold two leaflets."""
    for at in range(1, len(paragraphs) - 1):
        if not any(len(" ".join(paragraph.lines)) > 80 for paragraph in paragraphs[:at]):
            continue  # it is the title page
        above, here, below = paragraphs[at - 1], paragraphs[at], paragraphs[at + 1]
        lines = [*above.lines[-1:], *here.lines]
        date = next((line for line in here.lines[:2] if read_printed_date(line, lang, settings.today)), None)
        title = next((line for line in lines if line != date and is_title_like(line)), None)
        if date and title and len(" ".join(below.lines)) > 80:
            message = f"“{shorten(title)}” and “{date}” look like the start of another leaflet; nothing was split"
            yield Note("parts", message, Confidence.REVIEW, here.first)


def find_headings(paragraphs: Sequence[Paragraph]) -> Iterator[Note]:
    """Find short lines between paragraphs that may be headings; they stay paragraphs."""
    found = [
        here
        for here, below in itertools.pairwise(paragraphs)
        if len(here.lines) == 1 and len(here.lines[0]) <= 60 and is_title_like(here.lines[0]) and not below.kept
        if len(below.lines[0]) > 80 and ends_sentence(below.lines[0])
    ]
    if found:
        shown = "; ".join(f"“{shorten(here.lines[0])}”" for here in found[:3])
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        message = f"{shown}{more} may be headings. Write “## ” before each one that is"
        yield Note("parts", message, Confidence.REVIEW, found[0].first)


def find_links(body: str, page: str, body_line: int) -> Iterator[Note]:
    """Find links of a Markdown text to files that were not imported with it, and to places that it does not have."""
    for match in list(_INNER_LINK.finditer(body))[:_MOST]:
        if f'id="{match[1]}"' not in page:
            line = body_line + body.count("\n", 0, match.start())
            message = f"the text links to “#{match[1]}”, a place that it does not have: take the link out"
            yield Note("links", message, Confidence.REVIEW, line)
    for match in list(_RELATIVE_LINK.finditer(body))[:_MOST]:
        line = body_line + body.count("\n", 0, match.start())
        message = f"the text links to “{match[1]}”, which was not imported with it"
        yield Note("links", message, Confidence.REVIEW, line)
