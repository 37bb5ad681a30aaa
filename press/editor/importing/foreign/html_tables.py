"""A table of HTML → a table of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from press.editor.importing.foreign.conversion import NEW_LINE
from press.editor.importing.foreign.html_tree import HtmlElement


def write_html_table(
    table: HtmlElement,
    inside: Callable[[HtmlElement], str],
    take: Callable[[HtmlElement], None],
    lost: list[HtmlElement],
) -> str:
    """Return a table with its first row as its head; its caption and stray words come before it as paragraphs.

    `inside` writes what is in an element and records its tags, `take` only records them; cells over several rows or
    columns are added to `lost`.
    """
    before: list[str] = []
    rows = [row for row in _find_rows(table, inside, take, before) if row]
    for row in rows:
        for cell, _ in row:
            if cell is not None and any(cell.attributes.get(name, "1") != "1" for name in ("colspan", "rowspan")):
                lost.append(cell)
    width = max(map(len, rows), default=0)
    lines = [_write_row([words for _, words in row], width) for row in rows]
    if lines:
        lines.insert(1, "|" + "---|" * max(width, 1))
    return (NEW_LINE * 2).join([*before, NEW_LINE.join(lines)])


HtmlCell = tuple[HtmlElement | None, str]


def _find_rows(
    element: HtmlElement,
    inside: Callable[[HtmlElement], str],
    take: Callable[[HtmlElement], None],
    before: list[str],
) -> Iterator[list[HtmlCell]]:
    for child in element.children:
        if isinstance(child, str) or child.tag not in ("thead", "tbody", "tfoot", "tr"):
            words = _flat(child if isinstance(child, str) else inside(child))
            if words:
                before.append(words)
        elif child.tag == "tr":
            take(child)
            yield [_read_cell(cell, inside) for cell in child.children if not _is_blank(cell)]
        else:
            take(child)
            yield from _find_rows(child, inside, take, before)


def _is_blank(cell: str | HtmlElement) -> bool:
    return isinstance(cell, str) and not _flat(cell)


def _read_cell(cell: str | HtmlElement, inside: Callable[[HtmlElement], str]) -> HtmlCell:
    if isinstance(cell, str):
        return None, _flat(cell)
    return cell, _flat(inside(cell))


def _flat(text: str) -> str:
    """Return the words of a cell on one line."""
    return " ".join(text.replace("\ufdde", " ").replace("\ufddf", " ").split()).replace("|", "\\|")


def _write_row(cells: list[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
