"""What a person should look at in a text that was read: marks, letters, the look of its parts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pelican_typeset.dashes.doubts import find_doubtful
from pelican_typeset.guillemets.quotes import find_unmatched

from press.editor.importing.lines import ends_sentence, shorten
from press.editor.importing.opening import is_title_like
from press.editor.importing.printed_dates import read_date
from press.editor.importing.recognised import Note, Paragraph, Setting, Sureness
from press.validate.locate import find_line_in

_MOST = 5
"""Notes of one kind for one text: more say no more."""

_RELATIVE_LINK = re.compile(r"!?\[[^\]]*\]\((?!https?:|mailto:|#|\{)([^)\s]+)")


def find_doubts(text: str, html: str, title: str, lang: str) -> Iterator[Note]:
    """Yield doubts about marks and letters; `text` is the source, `html` the page without typesetting."""
    shown = f"<h1>{title.replace('&', '&amp;').replace('<', '&lt;')}</h1>\n{html}"
    unmatched = [
        (f"{lost.mark} has no partner in “{lost.words}”", lost.words) for lost in find_unmatched(shown, lang)
    ]
    dashes = [(f"“{doubt.words}”: dash or hyphen?", doubt.words) for doubt in find_doubtful(shown, lang)]
    letters = list(_find_mojibake(text))
    for found in (dashes,) if letters else (unmatched, dashes):
        for said, words in found[:_MOST]:
            yield Note("marks", said, Sureness.LOOK, find_line_in(text, words))
    yield from letters
    if title.startswith("#"):
        said = "the title begins with “#”: if the file is Markdown, give it the ending .md and import it again"
        yield Note("title", said, Sureness.LOOK)


def _find_mojibake(text: str) -> Iterator[Note]:
    """Find letters that went through the wrong encoding, by ftfy; nothing is mended."""
    from ftfy import fix_encoding  # only an import needs it
    from ftfy.badness import is_bad

    bad = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if is_bad(line)]
    for number, line in bad[:_MOST]:
        words = [word for word in line.split() if fix_encoding(word) != word][:1]
        hint = f"“{words[0]}” may be “{fix_encoding(words[0])}”" if words else f"“{shorten(line.strip())}”"
        yield Note("letters", f"letters that went through a wrong encoding: {hint}", Sureness.LOOK, number)
    if len(bad) > _MOST:
        said = f"letters of a wrong encoding on {len(bad) - _MOST} more lines"
        yield Note("letters", said, Sureness.LOOK, bad[_MOST][0])


def find_second_leaflet(paragraphs: Sequence[Paragraph], setting: Setting, lang: str) -> Iterator[Note]:
    """Find a title with a date below it in the middle of a text: there may be two leaflets in one file."""
    for at in range(1, len(paragraphs) - 1):
        above, here, below = paragraphs[at - 1], paragraphs[at], paragraphs[at + 1]
        lines = [*above.lines[-1:], *here.lines]
        date = next((line for line in here.lines[:2] if read_date(line, lang, setting.today)), None)
        title = next((line for line in lines if line != date and is_title_like(line)), None)
        if date and title and len(" ".join(below.lines)) > 80:
            said = f"“{shorten(title)}” and “{date}” look like the head of another leaflet. Nothing was split"
            yield Note("parts", said, Sureness.LOOK, here.first)


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
        said = f"{shown}{more} may be headings: write “## ” before each that is"
        yield Note("parts", said, Sureness.LOOK, found[0].first)


def find_links(body: str, body_line: int) -> Iterator[Note]:
    """Find links of a Markdown text to files that were not imported with it."""
    for match in list(_RELATIVE_LINK.finditer(body))[:_MOST]:
        line = body_line + body.count("\n", 0, match.start())
        yield Note("links", f"“{match[1]}” is linked, and was not imported with the text", Sureness.LOOK, line)
