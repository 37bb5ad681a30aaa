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
_CELL = re.compile(r"<(t[dh]\b[^>]*)>(.*?)</t[dh]>", re.DOTALL)
_CELL_START = re.compile(r"<td\b")
_NOTE_MARK = re.compile(r'<sup id="fnref:.*?</sup>', re.DOTALL)
_ANY_TAG = re.compile(r"<[^>]*>")

_WIDEST, _WIDEST_SMALL, _BETWEEN = 88, 116, 2
"""The characters of a line on A4, in the type of the text and in a smaller one, and those between two columns."""

_COLUMNS = 5
"""A table of more columns is printed in smaller type (theme/static/css/print.css)."""

_DIVIDED = frozenset("em strong small span cite".split())
"""Elements that may go on in the next line, begun anew; a break within any other divides no line."""


def frame_tables(body: str, label: Callable[[int], str]) -> str:
    """Put every table into a `<div class="sheet" role="region">`; a heading without words becomes a plain cell.

    One that is too wide for paper is `sheet wide`: its rows are printed as lines, each cell after the head of its
    column.
    """
    numbers = itertools.count(1)

    def frame(match: re.Match[str]) -> str:
        table = _EMPTY_HEADING.sub(r"<td\1></td>", match[0])
        wide = _is_wide(table)
        table, kind = (_name_heads(table), "sheet wide") if wide else (table, "sheet")
        return f'<div class="{kind}" role="region" tabindex="0" aria-label="{label(next(numbers))}">\n{table}\n</div>'

    return _TABLE.sub(frame, body)


def frame_preformatted(body: str, label: Callable[[int], str]) -> str:
    """Make every `<pre>` a region that the keyboard can scroll, with a label of its own."""
    numbers = itertools.count(1)
    return _PREFORMATTED.sub(lambda _: f'<pre role="region" tabindex="0" aria-label="{label(next(numbers))}">', body)


def _is_wide(table: str) -> bool:
    """Tell whether a table is wider than paper at its narrowest; a cell aligned right, an amount, is not broken."""
    rows = [[_measured_words(*cell) for cell in _CELL.findall(row)] for row in table.split("<tr")]
    small = max(map(len, rows)) > _COLUMNS
    return measure_rows(rows, _BETWEEN) > (_WIDEST_SMALL if small else _WIDEST)


def _measured_words(tag: str, inside: str) -> str:
    words = _read_words(inside)
    return "".join(words.split()) if tag.startswith("td") and "align-right" in tag else words


def _name_heads(table: str) -> str:
    """Give each cell of the body the head of its column, without the marks of its notes."""
    head, body = table.split("</thead>", 1)
    heads = [_read_words(_NOTE_MARK.sub("", inside)).strip() for _, inside in _CELL.findall(head)]
    rows = [_name_heads_of_row(row, heads) for row in body.split("<tr")]
    return f"{head}</thead>{'<tr'.join(rows)}"


def _name_heads_of_row(row: str, heads: list[str]) -> str:
    names = (f' data-head="{html.escape(head)}"' if head else "" for head in heads)
    return _CELL_START.sub(lambda start: f"{start[0]}{next(names, '')}", row)


def _read_words(inside: str) -> str:
    return html.unescape(_ANY_TAG.sub("", inside))


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
