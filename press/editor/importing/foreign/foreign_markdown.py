"""Markdown from other programs: take its header, convert its text, and prove that no word of either is lost."""

from __future__ import annotations

import html
import re

from lxml import html as lxml_html

from press.diagnostics import error
from press.editor.importing.data_model import Confidence, ImportSettings, Note, RecognisedText
from press.editor.importing.escaping import render_markdown
from press.editor.importing.foreign.convert_markdown import convert_markdown
from press.editor.importing.foreign.foreign_header import ForeignText, read_foreign
from press.editor.importing.foreign.markdown_proof import find_residue, render_whole
from press.editor.importing.foreign.take_header import (
    TakenHeader,
    find_lost_value,
    keep_unused,
    take_date,
    take_header,
)
from press.editor.importing.guess_language import guess_language
from press.editor.importing.notes import find_doubts, find_links
from press.editor.importing.plain.lines import shorten
from press.model.languages import canonical_tag
from press.validate.limits import find_excess

_WORDS = re.compile(r"\w+")
_NO_WORDS = re.compile(r"</?[a-z]+[^<>]*>|\[\^[^\]\n]*\]:?|\]\([^)\n]*\)|^(?:```|~~~).*$", re.MULTILINE)
"""Markup with letters in it."""
_NOTE_MARK = re.compile(r"\[\^[^\]\n]*\]:?")
_HEADING = re.compile(r"#\s+(?P<title>.*?)\s*#*\s*")
_UNDERLINED = re.compile(r"(?P<title>[^\n]+)\n=+[ \t]*(?:\n|$)")


def read_markdown(text: str, recognised: RecognisedText, settings: ImportSettings) -> None:
    """Read Markdown: what its header says becomes the header, and its text is converted."""
    text = text.replace("\f", "\n")
    foreign = read_foreign(text, recognised.name)
    if foreign.problems or not foreign.body.strip():
        message = "the file has a header but no text. Write the text below the header."
        recognised.problems += foreign.problems or [error(recognised.name, foreign.body_line, "empty", message)]
        return
    recognised.problems += find_excess(foreign.body, foreign.body_line, recognised.name)
    if recognised.problems:  # converting or rendering such a text could take minutes, or raise RecursionError
        return
    body = _convert(recognised, foreign)
    if recognised.problems:
        return
    _take_values(recognised, take_header(foreign), foreign, body, settings)
    if not recognised.problems:
        _render(recognised, text, foreign, settings)


def _convert(recognised: RecognisedText, foreign: ForeignText) -> str:
    body, notes, wrong = convert_markdown(foreign.body.rstrip("\n"), foreign.body_line)
    recognised.notes += notes
    if wrong:
        _refuse_lost(recognised, wrong)
    elif not body.strip():
        message = "the file has nothing but comments and markup. Write the text, or leave the file out."
        recognised.problems.append(error(recognised.name, foreign.body_line, "empty", message))
    return body


def _take_values(
    recognised: RecognisedText, taken: TakenHeader, foreign: ForeignText, body: str, settings: ImportSettings
) -> None:
    """Take language, title and date, and keep what fits no key."""
    lost = find_lost_value(taken, foreign)
    if lost:
        message = f"“{lost.name}” of the header is nested too deep. Write it more simply, or delete it."
        recognised.problems.append(error(recognised.name, lost.line, "import-header", message))
        return
    lang = canonical_tag(" ".join(taken.values.pop("lang", ()))) if not settings.lang else ""
    if not lang:
        lang, note = guess_language(body, settings)
        taken.notes.append(note)
    recognised.lang, recognised.lines = lang, taken.lines
    recognised.notes += taken.notes
    taken.notes.clear()
    _take_markdown_title(recognised, taken, body, foreign.body_line, settings)
    recognised.date, note = take_date(taken, recognised.name, lang, settings.today)
    recognised.corrections += keep_unused(taken, recognised.title)
    recognised.notes += [note, *taken.notes]
    recognised.fields = taken.values


def _take_markdown_title(
    recognised: RecognisedText, taken: TakenHeader, body: str, line: int, settings: ImportSettings
) -> None:
    """Take the title from the header, else from a heading on the first line, else from the first words."""
    title = " ".join(taken.values.pop("title", ()))
    heading, rest = _split_heading(body, settings)
    recognised.title, recognised.body = title, body
    if heading and title in ("", heading) and rest.strip():
        recognised.title, recognised.body = heading, rest.strip("\n")
        recognised.corrections.append(f"The heading “{heading}” became the title.")
        recognised.notes.append(Note("title", "the heading on the first line", Confidence.SURE, line))
    elif title:
        recognised.notes.append(Note("title", "from the header", Confidence.SURE, recognised.lines["title"]))
    else:
        recognised.title = f"{shorten(_find_first_words(body, settings), 60).rstrip('… ')} …"
        message = f"none; the first words, “{recognised.title}”, are used. Write a better one"
        recognised.notes.append(Note("title", message, Confidence.REVIEW, line))
    recognised.body += "\n"


def _find_first_words(body: str, settings: ImportSettings) -> str:
    """Return the words of the first paragraph that has any, as a page shows them."""
    for block in body.split("\n\n"):
        shown = render_markdown(_NOTE_MARK.sub("", block), settings.extensions, settings.extension_configs)
        words = lxml_html.fragment_fromstring(shown, create_parent="div").text_content().split()
        if any(map(str.isalpha, "".join(words))):
            return " ".join(words)
    return " ".join(_WORDS.findall(html.unescape(_NO_WORDS.sub(" ", body)))[:12])


def _split_heading(body: str, settings: ImportSettings) -> tuple[str, str]:
    """Return the words of a heading of the first level on the first line, and the text below it.

    A heading with a note, a link or a picture stays where it is: a title has none.
    """
    first, _, rest = body.partition("\n")
    heading, underlined = _HEADING.fullmatch(first.strip()), _UNDERLINED.match(body)
    title = heading["title"] if heading else underlined["title"].strip() if underlined else ""
    if not title or re.search(r"\[\^|\]\(|\]\[|<", title):
        return "", body
    shown = render_markdown(title, settings.extensions, settings.extension_configs)
    words = " ".join(str(lxml_html.fragment_fromstring(shown, create_parent="div").text_content()).split())
    return words, rest if heading else body[underlined.end() :] if underlined else body


def _render(recognised: RecognisedText, text: str, foreign: ForeignText, settings: ImportSettings) -> None:
    """Render the text as a build does, and prove that its page has every word."""
    try:
        body, page, escaped, lost = render_whole(recognised.body, settings.extensions, settings.extension_configs)
    except Exception as wrong:  # extensions of Markdown raise anything for a malformed text
        message = f"Markdown cannot read the text ({type(wrong).__name__}). Save it as plain text (.txt)."
        recognised.problems.append(error(recognised.name, foreign.body_line, "import-markdown", message))
        return
    if lost:
        _refuse_lost(recognised, f"{lost} would be missing from the page")
        return
    recognised.body = body
    for _, line in escaped:
        message = f"“{shorten(line)}” would not be shown as printed, so the mark at its head was escaped"
        recognised.notes.append(Note("markup", message, Confidence.REVIEW))
    named = "\n".join(note.message for note in recognised.notes)
    recognised.notes += [note for note in find_residue(page, text, {}) if note.message.split("”")[0] not in named]
    recognised.notes += [
        *find_links(body, page, foreign.body_line), *find_doubts(text, page, recognised.title, recognised.lang)
    ]  # fmt: skip


def _refuse_lost(recognised: RecognisedText, lost: str) -> None:
    message = f"the import would change the words: {lost}. Add this text by hand, and report the file."
    recognised.problems.append(error(recognised.name, 0, "words-lost", message))
