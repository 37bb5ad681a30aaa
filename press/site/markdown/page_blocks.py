"""How a page shows tables, preformatted text and verse; feeds and exports have the plain elements.

A table is in a region that scrolls sideways, and preformatted text is such a region itself: the dots of a form and
the columns of a listing stay as they were typed. The keyboard reaches both, since they are stops of the Tab key. Each
line of verse, that is of a paragraph with hard breaks, is an element of its own, so that a style sheet can indent
what is turned over.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Callable, Iterator

from press.exports.document import measure_rows

_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_PREFORMATTED = re.compile(r"<pre>")
_EMPTY_HEADING = re.compile(r"<th( [^>]*)?></th>")
_VERSE = re.compile(r"(<p(?: [^>]*)?>)((?:(?!</p>).)*?<br>.*?)(</p>)", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
_ANY_TAG = re.compile(r"<[^>]*>")

_WIDEST, _BETWEEN = 88, 2
"""The characters of a line on A4, and those that the space between two columns takes."""

_DIVIDED = frozenset("em strong small span cite".split())
"""Elements that may go on in the next line, begun anew; a break within any other divides no line."""


def frame_tables(body: str, label: Callable[[int], str]) -> str:
    """Put every table into a `<div class="sheet" role="region">`; a heading without words becomes a plain cell.

    One that is too wide for paper is `sheet wide`: its rows are printed as lines.
    """
    numbers = itertools.count(1)

    def frame(match: re.Match[str]) -> str:
        table = _EMPTY_HEADING.sub(r"<td\1></td>", match[0])
        kind = "sheet wide" if _measure(table) > _WIDEST else "sheet"
        return f'<div class="{kind}" role="region" tabindex="0" aria-label="{label(next(numbers))}">\n{table}\n</div>'

    return _TABLE.sub(frame, body)


def frame_preformatted(body: str, label: Callable[[int], str]) -> str:
    """Make every `<pre>` a region that the keyboard can scroll, with a label of its own."""
    numbers = itertools.count(1)
    return _PREFORMATTED.sub(lambda _: f'<pre role="region" tabindex="0" aria-label="{label(next(numbers))}">', body)


def _measure(table: str) -> int:
    rows = [[html.unescape(_ANY_TAG.sub("", cell)) for cell in _CELL.findall(row)] for row in table.split("<tr")]
    return measure_rows(rows, _BETWEEN)


def set_verse(body: str) -> str:
    """Put each line of a paragraph with hard breaks into `<span class="line">`, which ends with its break."""
    return _VERSE.sub(lambda match: f"{match[1]}{''.join(_divide(match[2]))}{match[3]}", body)


def _divide(words: str) -> Iterator[str]:
    """Yield the lines of a paragraph; an element that goes on is closed at the end of a line and opened again."""
    opened: list[re.Match[str]] = []
    start, again = 0, ""
    for tag in _TAG.finditer(words):
        if tag[2] == "br" and all(other[2] in _DIVIDED for other in opened):
            closed = "".join(f"</{other[2]}>" for other in reversed(opened))
            yield f'<span class="line">{again}{words[start : tag.end()].lstrip()}{closed}</span>\n'
            start, again = tag.end(), "".join(other[0] for other in opened)
        elif tag[1]:
            opened.pop()
        elif tag[2] not in {"br", "img"}:
            opened.append(tag)
    if words[start:].strip():
        yield f'<span class="line">{again}{words[start:].lstrip()}</span>'
