"""Lists of Rich Text: the marks that the program wrote for readers without lists are the ones that are used.

pandoc counts the items anew, wrongly where a list goes on, and puts those of a cell above the text. So each mark is
handed through it between signs that no text has, and the items are gathered afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from press.editor.importing.office.pandoc_tree import TreeNode, blocks_within, find_notes, inlines_of
from press.editor.importing.office.prepared import squeeze
from press.editor.importing.office.rich_text_tokens import Token

_START, _END, _GAP = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_START}([^{_END}]*){_END}")
_FIGURE = re.compile(r"(\d{1,9})\.")


def open_list_marks(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens without lists, the marks of items as words between signs, before the first words of each."""
    depth, mark = 0, ""
    for token in tokens:
        if depth:
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
            mark += token.text if token.kind == "letters" else " "
            if not depth:
                yield token
        elif token.kind == "word" and token.text in ("listtext", "pntext"):
            depth, mark = 1, ""
        elif token.kind != "word" or token.text not in ("ls", "ilvl"):
            if squeeze(mark) and (token.kind == "letters" or token.text in ("par", "cell", "footnote")):
                yield Token("letters", f"{_START}{squeeze(mark).replace(' ', _GAP)}{_END} ")
                mark = ""
            yield token


def gather_items(blocks: Sequence[TreeNode], marks: list[str], *, in_cell: bool = False) -> list[TreeNode]:
    """Return the blocks with their items in lists; the marks that became words are added to `marks`."""
    gathered: list[TreeNode] = []
    for block in blocks:
        is_table = block["t"] == "Table"
        notes = [note["c"] for inlines in inlines_of(block) for note in find_notes(inlines)]
        for inner in [*blocks_within(block), *notes]:
            inner[:] = gather_items(inner, marks, in_cell=is_table)
        label = _take_mark(block)
        figure = _FIGURE.fullmatch(label)
        listed = bool(label) and block["t"] in ("Para", "Plain") and not in_cell
        if listed and (figure or label == "o" or not re.search(r"\w", label)):
            form = [{"t": "Decimal"}, {"t": "Period"}]
            _append(gathered, int(figure[1]) if figure else 0, form, block)
            continue
        if label:
            inlines_of(block)[0][:0] = [{"t": "Str", "c": label}, {"t": "Space"}]
            marks.append(label)
        gathered.append(block)
    return gathered


def _take_mark(block: TreeNode) -> str:
    inlines: Any = next(iter(inlines_of(block)), [])
    while inlines and inlines[0]["t"] in ("Emph", "Strong", "Underline"):
        inlines = inlines[0]["c"]
    letters, at = "", 0
    while at < len(inlines) and inlines[at]["t"] == "Str" and _END not in letters:
        letters += inlines[at]["c"]
        at += 1
    found = _MARK.match(letters)
    if not found:
        return ""
    inlines[:at] = [{"t": "Str", "c": letters[found.end() :]}]
    while inlines and (inlines[0]["t"] == "Space" or inlines[0].get("c") == ""):
        inlines.pop(0)
    return found[1].replace(_GAP, " ")


def _append(gathered: list[TreeNode], number: int, form: list[TreeNode], block: TreeNode) -> None:
    """Append an item to the list before it, or begin a list; number 0 is a bullet."""
    item: list[TreeNode] = [{"t": "Plain", "c": block["c"]}]
    before: Any = gathered[-1] if gathered else {"t": ""}
    if not number and before["t"] == "BulletList":
        before["c"].append(item)
    elif number and before["t"] == "OrderedList" and before["c"][0][0] + len(before["c"][1]) == number:
        before["c"][1].append(item)
    elif number:
        gathered.append({"t": "OrderedList", "c": [[number, *form], [item]]})
    else:
        gathered.append({"t": "BulletList", "c": [item]})
