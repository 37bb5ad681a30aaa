"""word/numbering.xml: the lists of a Word file, their levels, and the styles that have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from press.editor.importing.office.word_parts import W

_DEEPEST = 9
"""Levels of a list in Word."""
_HIGHEST = 30_000
"""A higher number is damage."""


@dataclass(slots=True)
class ListLevel:
    """How a level of a list is numbered: `%1.%2` is its number after that of the level above."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False

    def is_plain(self, depth: int) -> bool:
        """Return whether the mark is one that Markdown has: a bullet, or `1.`."""
        return self.form == "bullet" or (self.form == "decimal" and self.text == f"%{depth + 1}.")


@dataclass(slots=True)
class WordNumbering:
    """The lists of a file: what each is counted with, its levels, and the numbers that it begins anew with."""

    counters: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    anew: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The list and the level that a style has."""


def read_numbering(numbering: etree._Element | None, styles: etree._Element | None) -> WordNumbering:
    """Read the lists of a file; what is damaged counts in plain figures from 1."""
    lists = WordNumbering(styles=dict(_read_styles(styles)))
    abstract = {each.get(f"{W}abstractNumId", ""): each for each in _each(numbering, "abstractNum")}
    nums = {each.get(f"{W}numId", ""): each for each in _each(numbering, "num")}
    for identifier, num in nums.items():
        counter = value_of(num, "abstractNumId")
        definition = abstract.get(counter)
        linked = lists.styles.get(value_of(definition, "numStyleLink"), ("", 0))[0]
        if linked in nums:  # a list that a style defines
            counter = value_of(nums[linked], "abstractNumId")
            definition = abstract.get(counter)
        lists.counters[identifier] = counter
        lists.levels[identifier] = dict(_read_levels(definition))
        lists.anew[identifier] = {}
        for override in num.iterfind(f"{W}lvlOverride"):
            lists.levels[identifier] |= dict(_read_levels(override))
            start = override.find(f"{W}startOverride")
            if start is not None:
                lists.anew[identifier][_number(override.get(f"{W}ilvl"), 0)] = _number(start.get(f"{W}val"), 1)
    return lists


def _each(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    yield from root.iterfind(f"{W}{name}") if root is not None else ()


def value_of(element: etree._Element | None, name: str) -> str:
    """Return the value of a property: `<w:start w:val="3"/>`; an empty string if there is none."""
    found = element.find(f"{W}{name}") if element is not None else None
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _number(text: str | None, other: int) -> int:
    return min(int(text), _HIGHEST) if text and text.isascii() and text.isdigit() else other


def _read_levels(holder: etree._Element | None) -> Iterator[tuple[int, ListLevel]]:
    for level in _each(holder, "lvl"):
        depth = _number(level.get(f"{W}ilvl"), 0)
        legal = level.find(f"{W}isLgl") is not None
        if depth < _DEEPEST:
            form, start = value_of(level, "numFmt") or "decimal", _number(value_of(level, "start"), 1)
            yield depth, ListLevel(form, value_of(level, "lvlText"), start, legal)


def _read_styles(styles: etree._Element | None) -> Iterator[tuple[str, tuple[str, int]]]:
    own = {style.get(f"{W}styleId", ""): style for style in _each(styles, "style")}
    for identifier in own:
        line: list[etree._Element] = []
        step = identifier
        while step in own and own[step] not in line:
            line.append(own[step])
            step = value_of(own[step], "basedOn")
        found = ("", 0)
        for style in reversed(line):
            found = read_reference(style.find(f"{W}pPr/{W}numPr"), *found)
        yield identifier, found


def read_reference(reference: etree._Element | None, identifier: str, depth: int) -> tuple[str, int]:
    """Return list and level, as a paragraph or a style has them beside what it inherits."""
    if reference is None:
        return identifier, depth
    return value_of(reference, "numId") or identifier, _number(value_of(reference, "ilvl"), depth)
