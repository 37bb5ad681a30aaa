"""Lists as other programs read them → lists as this archive reads them, with the numbers that were printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from press.editor.importing.foreign.conversion import LINE_END, NEW_LINE, Conversion

_MARK = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-+*]|(?P<number>\d{1,9})(?P<sign>[.)]))(?P<gap>[ \t]+)(?=\S)")
_QUOTE = re.compile(r">[ ]?")
_DRAWN = re.compile(r"[ ]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_MOST_TRIES = 50
_HEADING = re.compile(r"#{1,6}\s")


@dataclass(slots=True)
class _OpenList:
    """A list at one depth: what marks its items, the number shown last, where its items are written."""

    kind: str
    start: int = 0
    """The index of the line on which it begins."""
    shown: int = 0
    typed: int = 0
    escaped: bool = False
    """Whether its items are written as paragraphs, because a list would show other numbers."""


@dataclass(slots=True)
class _Item:
    """An item that is open: from which column on lines belong to it, and with how many spaces they are written."""

    content: int
    written: int


def lay_out_lists(conversion: Conversion) -> None:
    """Rewrite the lists of a text in place."""
    lines, numbers, number = conversion.text.split("\n"), [], 0
    for line in lines:
        numbers.append(number)
        number += (not line.endswith(NEW_LINE[0])) + line.count(LINE_END)
    conversion.text = "\n".join(_lay_out(conversion, lines, numbers, 0))


def _lay_out(conversion: Conversion, lines: Sequence[str], numbers: Sequence[int], depth: int) -> Iterator[str]:
    """Yield lines with their lists rewritten, those in quotations by themselves."""
    at = 0
    while at < len(lines):
        quoted = _QUOTE.match(lines[at]) is not None and depth < 20
        end = at
        while end < len(lines) and (_QUOTE.match(lines[end]) is not None and depth < 20) == quoted:
            end += 1
        if quoted:
            inner = [_QUOTE.sub("", line, count=1) for line in lines[at:end]]
            yield from (
                f"> {line}" if line.strip() else ">"
                for line in _lay_out(conversion, inner, numbers[at:end], depth + 1)
            )
        else:
            yield from _write_lists(conversion, lines[at:end], numbers[at:end])
        at = end


def _write_lists(conversion: Conversion, lines: Sequence[str], numbers: Sequence[int]) -> list[str]:
    """Write a passage; again where a list turned out to skip numbers, so that all of its items are lines."""
    before = (len(conversion.taken), len(conversion.written), len(conversion.notes))
    skipping: set[int] = set()
    while True:
        writer = _ListWriter(conversion, lines, numbers, skipping)
        out = writer.write()
        if writer.found <= skipping or len(skipping) > _MOST_TRIES:
            return out
        skipping |= writer.found
        taken, written, noted = before
        del conversion.taken[taken:], conversion.written[written:], conversion.notes[noted:]


@dataclass(slots=True)
class _ListWriter:
    """Writes the lines of one passage without quotations."""

    conversion: Conversion
    lines: Sequence[str]
    numbers: Sequence[int]
    """The line of the source of each."""
    skipping: AbstractSet[int] = frozenset()
    """The lines on which lists begin that do not count up by one."""
    found: set[int] = field(default_factory=set)
    """Such lines, as they are found."""
    at: int = 0
    items: list[_Item] = field(default_factory=list)
    lists: list[_OpenList] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    blank: bool = True
    """Whether the line before was blank, or there is none."""
    loose: bool = False
    """Whether the item that is open has a further paragraph."""

    def write(self) -> list[str]:
        """Return the lines, rewritten."""
        for at, line in enumerate(self.lines):
            self.at = at
            mark = _MARK.match(line) if not _DRAWN.fullmatch(line) else None
            if not line.strip(" \t\ufdde"):
                self.out.append(line)
                self.blank = True
                continue
            if mark and (self.items or self._begins(at, mark)):
                self._write_item(line, mark)
            elif self.items:
                self._continue(line)
            else:
                self.out.append(line)
            self.blank = False
        return self.out

    def _begins(self, at: int, mark: re.Match[str]) -> bool:
        """Tell the first item of a list from a line of a paragraph that looks like one."""
        if len(mark["indent"].expandtabs(4)) > 3:
            return False
        if self.blank or _HEADING.match(self.lines[at - 1]):
            return True
        following = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        return mark["number"] in (None, "1") and _MARK.match(following) is not None

    def _write_item(self, line: str, mark: re.Match[str]) -> None:
        indent = len(mark["indent"].expandtabs(4))
        depth = sum(item.content <= indent for item in self.items)
        del self.items[depth:], self.lists[depth + 1 :]
        kind = (mark["sign"] or "") if mark["number"] else "-"
        if len(self.lists) == depth or self.lists[depth].kind != kind:
            new = len(self.lists) == depth
            joined = not new and kind != "-" and self.lists[depth].kind != "-"  # Markdown would count on
            self.lists[depth:] = [_OpenList(kind, self.at, escaped=joined or self.at in self.skipping)]
            if not new or depth == 0:
                self._gap()
            if mark["number"]:
                self.lists[depth].shown = int(mark["number"]) - 1
        found = self.lists[depth]
        base = self.items[-1].written if self.items else 0
        sign = self._number(found, mark) if mark["number"] else mark["mark"]
        if found.escaped or self.loose:
            self._gap()
        self.loose = False
        words = line[mark.end() :]
        self.out.append(" " * base + f"{sign} {words}")
        width = len(mark["gap"].expandtabs(4))
        content = indent + len(mark["mark"]) + (width if width < 5 else 1)
        self.items.append(_Item(content, base if found.escaped else base + 4))

    def _number(self, found: _OpenList, mark: re.Match[str]) -> str:
        """Return the number of an item as it is to be written."""
        number, wanted = int(mark["number"]), found.shown + 1
        lazy = number == 1 and found.typed == 1 and not self.blank
        found.shown, found.typed = wanted, number
        if found.escaped:
            if found.start == self.at:
                message = "a list does not count up by one: its numbers are printed as they stand"
                self.conversion.note(message, self.numbers[self.at])
            return self._escape(mark)
        if number == wanted:
            return f"{mark['number']}."
        if lazy:
            self.conversion.take("number", mark["number"])
            message = f"items that are all numbered 1 were numbered in order: this one {wanted}"
            self.conversion.note(message, self.numbers[self.at])
            return self.conversion.write(f"{wanted}.")
        found.escaped = True
        if number != 1:
            self.found.add(found.start)
        message = f"“{mark['mark']}” does not follow the number before it: the numbers are printed as they stand"
        self.conversion.note(message, self.numbers[self.at])
        return self._escape(mark)

    @staticmethod
    def _escape(mark: re.Match[str]) -> str:
        """Return the number of an item as text; `1)` is no mark of this archive."""
        return mark["mark"] if mark["sign"] == ")" else f"{mark['number']}\\."

    def _continue(self, line: str) -> None:
        """Write a further line of an item, or a line below the list."""
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
        depth = sum(item.content <= indent for item in self.items)
        if _HEADING.match(line) or (self.blank and depth == 0):
            self._gap()
            self.items, self.lists, self.loose = [], [], False
            self.out.append(line)
            return
        if self.blank:
            del self.items[depth:], self.lists[depth + 1 :]
            self.loose = True
        if line.lstrip().startswith(">"):
            self._gap()
        item = self.items[-1]
        further = max(0, indent - item.content)
        spaces = item.written + (further if further > 3 else 0)
        self.out.append(" " * spaces + line.strip(" \t") + self._break_of(line))

    @staticmethod
    def _break_of(line: str) -> str:
        """Return the two spaces at the end of a line that break it."""
        return "  " if line.endswith("  ") else ""

    def _gap(self) -> None:
        if self.out and self.out[-1].strip(" \t\ufdde"):
            self.out.append("")
