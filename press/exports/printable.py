"""What can be printed: the characters that the fonts have, the layouts of a handout, the width of tables.

Typst draws a box, or nothing, for a character that a font lacks. `font_coverage.json` lists the code points of the
fonts in the typst wheel, for its exact version. To write it again for another version, run

    python -m press.exports.printable

tests/unit/test_pdf.py compares the list with the wheel.
"""

from __future__ import annotations

import functools
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from press.exports.document import Document, Inside, Node, NodeKind, measure_table, walk, words_in
from press.exports.export_input import ExportInput

COVERAGE_FILE = Path(__file__).with_name("font_coverage.json")
PRESS_FONTS = Path(__file__).with_name("fonts")
"""Fonts with Arabic letters, signs, and emoji in one colour, for what the others lack (docs/decisions/0028)."""
SYMBOLS = [(0x2190, 0x27BF), (0x2900, 0x2BFF)]
"""What the typewriter face may stand in for: arrows and signs, but no letters."""

SERIF, FALLBACK, TYPED = "Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"
_STYLES = ("Regular", "Italic", "Bold", "Bold Italic", "Semibold", "Semibold Italic")
_UPRIGHT_LANGUAGES = frozenset("am bn gu hi hy ja ka km kn ko lo ml mr my ne or pa si ta te th zh".split())
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06ee-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]")
"""Letters of the Arabic script."""
_WITHOUT_GLYPH = frozenset(("Cf", "Cc", "Zl", "Zp"))
_ITALIC_OF = {"Regular": "Italic", "Bold": "Bold Italic", "Semibold": "Semibold Italic"}
_UPRIGHT = {italic: upright for upright, italic in _ITALIC_OF.items()}
_SWAPPED = _ITALIC_OF | _UPRIGHT

# The start of a font file: its type, the number of tables, three sizes, the name of the first table.
_FONT = re.compile(rb"(?:OTTO|\x00\x01\x00\x00)\x00[\x04-\x40].{6}[A-Z][A-Z0-9/ ]{3}", re.DOTALL)
_WANTED = {f"{SERIF} {style}" for style in _STYLES} | {f"{FALLBACK} {style}" for style in _STYLES[:4]}
_WANTED |= {f"{TYPED} Regular"}
_FAMILIES = {"NewComputerModern": FALLBACK, "NewComputerModern10": FALLBACK, "Libertinus Serif Semibold": SERIF}
_FACES = {"Book": "Regular", "10 Regular": "Regular", "10 Bold": "Bold", "10 Italic": "Italic",
          "10 BoldItalic": "Bold Italic"}  # fmt: skip

_LAYOUTS = (
    ("pair", 11.5, 9.0, 118.0 * 142),
    ("single", 13.0, 10.5, 148.0 * 205),
    ("double", 11.0, 9.0, 166.0 * 215),
)
"""The layouts of a handout: the largest and smallest type in points, and the space for text in square millimetres."""

_CHARACTER_AREA = 0.062
"""Square millimetres per character at one point, with spaces and leading; it grows with the square of the size."""

_EXTRA_CHARACTERS: dict[NodeKind, int] = {
    "paragraph": 35,
    "heading": 110,
    "row": 40,
    "cell": -30,
    "picture": 900,
    "rule": 100,
    "quote": 60,
    "list": 40,
}
"""The space around a node and at the end of its last line, on average, in characters."""

_BOTH_SIDES = 9.2
"""The type size of a handout that takes both sides of its paper, in points."""

_MOST_CHARACTERS = 25_000
"""The length of a text that no handout has room for."""

_LINES_OF_CONTENTS = 34
"""The most that a page has room for: with more headings, only the highest are listed."""

_SHRINK = 0.94
"""The factor by which the type of a handout shrinks from one attempt to the next."""

_WIDEST_TABLE = 84
"""The most characters that fit in a row at its narrowest, in the smallest type of a table."""

_MANY_COLUMNS = 4
"""A table of more columns needs the full width of a handout."""


class Face(NamedTuple):
    """A font of a folder: its family, whether it is italic, its weight from 100 to 900, and its code points."""

    family: str
    is_italic: bool
    weight: int
    points: frozenset[int]


class Coverage:
    """The characters that each style of type can show; `faces` are the fonts of one's own, and those of the press."""

    def __init__(self, ranges: dict[str, list[tuple[int, int]]], faces: Sequence[Face] = ()) -> None:
        face = {name: _expand(spans) for name, spans in ranges.items()}
        symbols = face[f"{TYPED} Regular"] & _expand(SYMBOLS)
        self.styles = {
            style: face[f"{SERIF} {style}"]
            | face[f"{FALLBACK} {style.replace('Semibold', 'Bold')}"]
            | symbols
            | _points_for(style, faces)
            for style in _STYLES
        }
        self.styles["Typed"] = face[f"{TYPED} Regular"] | self.styles["Regular"]
        self.everywhere = frozenset.intersection(*self.styles.values())

    def find_missing(
        self, document: Document, plain: Iterable[tuple[str, str]], *, upright: bool = False
    ) -> list[str]:
        """Return the characters that no font has in the style of their words, in order of appearance.

        `plain` lists words printed around the text, as style and words; `upright` sets what is slanted upright.
        """
        words = [*plain, *_read_styles(document.blocks, "Regular")]
        for note in document.notes.values():
            words += _read_styles(note, "Regular")
        missing = dict.fromkeys(
            character
            for style, text in ((_UPRIGHT.get(style, style) if upright else style, text) for style, text in words)
            for character in text
            if ord(character) not in self.everywhere and ord(character) not in self.styles[style]
        )
        return [c for c in missing if unicodedata.category(c) not in _WITHOUT_GLYPH and not _is_selector(c)]


def is_upright(leaflet: ExportInput) -> bool:
    """Return whether the script of a leaflet has no slanted letters: emphasis is then a little bolder."""
    return leaflet.right_to_left or leaflet.entry.lang.partition("-")[0] in _UPRIGHT_LANGUAGES


def is_mostly_arabic(text: str) -> bool:
    """Tell whether most letters of a text are Arabic: letters with marks above and below need more space."""
    return 2 * len(_ARABIC.findall(text)) > sum(map(str.isalpha, text))


@functools.cache
def read_coverage(fonts: str = "") -> Coverage:
    """Read the coverage of the fonts in the wheel and in the folder `fonts`."""
    table = json.loads(COVERAGE_FILE.read_text(encoding="utf-8"))
    return Coverage(table["faces"], (*read_folder(fonts), *read_folder(str(PRESS_FONTS))))


def _points_for(style: str, faces: Sequence[Face]) -> frozenset[int]:
    """Return what fonts show in a style: like Typst, take the face of each family that is most like the style.

    The oblique face of a family may lack letters that its upright face has, and Typst does not look there.
    """
    weight = {"Bold": 700, "Semibold": 600}.get(style.partition(" ")[0], 400)
    points = frozenset[int]()
    for family in {face.family for face in faces}:
        own = [face for face in faces if face.family == family]
        best = min(own, key=lambda face: (face.is_italic != style.endswith("Italic"), abs(face.weight - weight)))
        points |= best.points
    return points


@functools.cache
def read_folder(fonts: str) -> tuple[Face, ...]:
    """Return each font in a folder, sorted by path; a collection has several."""
    if not fonts:
        return ()
    files = sorted(p for p in Path(fonts).rglob("*") if p.suffix.lower() in (".otf", ".ttf", ".ttc", ".otc"))
    return tuple(face for file in files for face in _read_faces(file))


def _read_faces(file: Path) -> Iterator[Face]:
    from fontTools.ttLib import TTCollection, TTFont

    is_collection = file.suffix.lower() in (".ttc", ".otc")
    with TTCollection(file, lazy=True) if is_collection else TTFont(file, lazy=True) as opened:
        for font in opened.fonts if is_collection else [opened]:
            family, about = str(font["name"].getBestFamilyName()), font["OS/2"]
            is_italic = bool(about.fsSelection & 0b1000000001)  # italic or oblique
            yield Face(family, is_italic, about.usWeightClass, frozenset(font.getBestCmap()))


def read_wheel() -> dict[str, list[tuple[int, int]]]:
    """Read the coverage of the text fonts inside the typst wheel."""
    import typst
    from fontTools.ttLib import TTFont, TTLibError

    library = next(Path(typst.__file__).parent.glob("_typst*")).read_bytes()
    faces: dict[str, list[tuple[int, int]]] = {}
    for start in (match.start() for match in _FONT.finditer(library)):
        try:
            font = TTFont(io.BytesIO(library[start : start + 2_000_000]), lazy=True)
            family, style = font["name"].getBestFamilyName(), font["name"].getBestSubFamilyName()
            name = f"{_FAMILIES.get(family, family)} {_FACES.get(style, style)}"
            if name in _WANTED and name not in faces:
                faces[name] = _join(sorted(font.getBestCmap()))
        except (TTLibError, KeyError, AssertionError, ValueError, TypeError, AttributeError, MemoryError):
            continue  # other data that happens to begin like a font
    return dict(sorted(faces.items()))


def _read_styles(nodes: Inside, style: str) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if isinstance(node, str):
            yield style, node
            continue
        inner = _style_of(node, style)
        yield from _read_styles(node.inside, inner)
        if node.kind == "picture":
            yield inner, node.facts["alt"]


def _style_of(node: Node, style: str) -> str:
    if node.kind in ("typed", "code"):
        return "Typed"
    if node.kind == "heading":
        return "Italic" if node.facts["level"] == 3 else "Semibold"
    if node.kind == "strong":
        return "Bold Italic" if "Italic" in style else "Bold"
    return _SWAPPED.get(style, style) if node.kind in ("emphasis", "work") else style


def _is_selector(character: str) -> bool:
    return "\N{VARIATION SELECTOR-1}" <= character <= "\N{VARIATION SELECTOR-16}"


def _expand(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(point for first, last in spans for point in range(first, last + 1))


def _join(points: Iterable[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for point in points:
        if spans and spans[-1][1] == point - 1:
            spans[-1] = (spans[-1][0], point)
        else:
            spans.append((point, point))
    return spans


class SheetPlan(NamedTuple):
    """A layout of a handout, its type size in points, and the pages that it may take."""

    layout: str
    size: float
    most_pages: int


def plan_sheet(document: Document) -> Iterator[SheetPlan]:
    """Yield the plans of a handout that are worth trying, the most readable first; the last may take both sides."""
    length, wide = measure_text(document), has_wide_table(document)
    for layout, largest, smallest, room in _LAYOUTS:
        if wide and layout != "single":
            continue
        size = min(largest, (room / length / _CHARACTER_AREA) ** 0.5) if length else largest
        while size >= smallest:
            yield SheetPlan(layout, round(size, 2), 1)
            size *= _SHRINK
    if length < _MOST_CHARACTERS:
        yield SheetPlan("single" if wide else "many", _BOTH_SIDES, 2)


def measure_text(document: Document) -> int:
    """Return about how many characters of running text would take as much room as a text and its notes."""
    blocks = (*document.blocks, *(block for note in document.notes.values() for block in note))
    return len(words_in(blocks)) + sum(_EXTRA_CHARACTERS.get(node.kind, 0) for node in walk(blocks))


def plan_contents(document: Document) -> dict[str, Any]:
    """Return how many headings there are, and how many levels of them a list of contents has room for."""
    levels = [node.facts["level"] for node in walk(document.blocks) if node.kind == "heading"]
    depth = 2 if sum(level <= 2 for level in levels) <= _LINES_OF_CONTENTS else 1
    return {"headings": len(levels), "depth": depth, "contents": ""}


def has_wide_table(document: Document) -> bool:
    """Tell whether a table needs the full width of a handout."""
    tables = (node for node in walk(document.blocks) if node.kind == "table")
    return any(table.facts["columns"] > _MANY_COLUMNS and not is_stacked(table) for table in tables)


def is_stacked(table: Node) -> bool:
    """Tell whether a table is wider than a page, so that its rows are set one below another."""
    return measure_table(table) > _WIDEST_TABLE


if __name__ == "__main__":
    from importlib.metadata import version

    COVERAGE_FILE.write_text(json.dumps({"typst": version("typst"), "faces": read_wheel()}) + "\n", encoding="utf-8")
