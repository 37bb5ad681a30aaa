"""A leaflet as plain text: title, origin, address, the typeset words, notes, record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest

from press.exports.document import Document, Inside, Node, NodeKind
from press.exports.export_input import LABELS, ExportInput, list_record

_BREAKING = re.compile(r"[ \t]+")  # where a line may break: not at a no-break space


def write_text(leaflet: ExportInput, document: Document) -> str:
    """Write a leaflet as plain text, in lines of up to `leaflet.columns` characters unless a word is longer."""
    writer = _Writer(leaflet.columns, leaflet.marks)
    head = writer.wrap(leaflet.title, "", "")
    head.append("=" * min(max(map(len, head)), leaflet.columns or 72))
    parts = [head, _origin(leaflet, writer), writer.wrap(leaflet.summary, "", "") if leaflet.summary else []]
    parts += list(writer.write_blocks(document.blocks))
    parts += [["* * *"]] if document.notes else []
    for number, note in document.notes.items():
        parts += writer.write_marked(note, f"[{number}] ")
    parts += [["-" * min(40, leaflet.columns or 40)], *(_record(leaflet, writer))]
    return "\n\n".join("\n".join(line.rstrip(" ") for line in part) for part in parts if part) + "\n"


def _origin(leaflet: ExportInput, writer: _Writer) -> list[str]:
    """Write the original date, the authors, the source and the address."""
    origin, label = leaflet.entry.origin, _labels(leaflet)["Source"]
    lines = writer.wrap(leaflet.comma.join([leaflet.display_date, *leaflet.entry.authors]), "", "")
    lines += writer.wrap(f"{label}{leaflet.colon}{origin}", "", "    ") if origin else []
    return [*lines, leaflet.address]


def _record(leaflet: ExportInput, writer: _Writer) -> Iterator[list[str]]:
    """Write the rest of the record."""
    lines, written = [leaflet.archive], {_labels(leaflet)[name] for name in ("Original date", "Source", "Address")}
    for label, value in list_record(leaflet):
        if label in written:
            continue
        first, *others = value.split("\n")
        lines += writer.wrap(f"{label}{leaflet.colon}{first}", "", "    ")
        lines += [line for other in others for line in writer.wrap(other, "    ", "    ")]
    yield lines


def _labels(leaflet: ExportInput) -> dict[str, str]:
    return dict(zip(LABELS, leaflet.labels or LABELS, strict=True))


class _Writer:
    """Writes each block as one or more pieces: lists of lines, with a blank line between two pieces."""

    def __init__(self, columns: int, marks: tuple[str, str]) -> None:
        self.columns, self.marks = columns, marks

    def wrap(self, text: str, first: str, other: str) -> list[str]:
        """Break text into lines at spaces, and keep the line breaks that it has."""
        lines: list[str] = []
        for part in text.split("\n"):
            line, indent, bare = first, other, True
            for word in _BREAKING.split(part):
                if not bare and self.columns and len(line) + 1 + len(word) > self.columns:
                    lines.append(line)
                    line, bare = indent, True
                line += word if bare else f" {word}"
                bare = False
            lines.append(line)
            first = other
        return lines

    def write_blocks(self, blocks: Inside, indent: str = "") -> Iterator[list[str]]:
        """Write blocks one after the other."""
        for block in blocks:
            if isinstance(block, Node):
                yield from self.write_block(block, indent)

    def write_block(self, block: Node, indent: str) -> Iterable[list[str]]:
        """Write one block."""
        return _WRITERS.get(block.kind, _Writer.write_paragraph)(self, block, indent)

    def write_paragraph(self, block: Node, indent: str) -> Iterator[list[str]]:
        """Write a paragraph, or words that are not in one."""
        yield self.wrap(self.write_words((block,)), indent, indent)

    def write_heading(self, heading: Node, indent: str) -> Iterator[list[str]]:
        """Write a heading; one of the first level is underlined."""
        lines = self.wrap(self.write_words(heading.inside), indent, indent)
        underline = [indent + "-" * (max(map(len, lines)) - len(indent))] if heading.facts["level"] == 1 else []
        yield [*lines, *underline]

    def write_quote(self, quote: Node, indent: str) -> Iterator[list[str]]:
        """Write a quotation, indented."""
        yield from self.write_blocks(quote.inside, f"{indent}    ")

    def write_figure(self, figure: Node, indent: str) -> Iterator[list[str]]:
        """Write the description of a picture, and its caption on the next line."""
        yield [line for piece in self.write_blocks(figure.inside, indent) for line in piece if line.strip()]

    def write_code(self, code: Node, indent: str) -> Iterator[list[str]]:
        """Write lines that keep their spaces, indented."""
        yield [f"{indent}    {line}" for line in self.write_words(code.inside).split("\n")]

    def write_rule(self, _: Node, indent: str) -> Iterator[list[str]]:
        """Write a break between sections."""
        yield [f"{indent}* * *"]

    def write_list(self, block: Node, indent: str) -> Iterator[list[str]]:
        """Write a list; the items of a tight one are not separated by blank lines."""
        pieces: list[list[str]] = []
        for place, item in enumerate(block.inside):
            marker = f"{block.facts['start'] + place}. " if block.facts["ordered"] else "- "
            pieces += self.write_marked(item.inside if isinstance(item, Node) else (), f"{indent}{marker}")
        yield from [[line for piece in pieces for line in piece]] if block.facts["tight"] and pieces else pieces

    def write_marked(self, blocks: Inside, marker: str) -> list[list[str]]:
        """Write blocks indented after a marker: a number or a hyphen."""
        indent = " " * len(marker)
        pieces = list(self.write_blocks(blocks, indent)) or [[indent]]
        pieces[0][0] = marker + pieces[0][0][len(indent) :]
        return pieces

    def write_definitions(self, definitions: Node, indent: str) -> Iterator[list[str]]:
        """Write terms and their meanings; a meaning is indented."""
        yield from self.write_blocks(definitions.inside, indent)

    def write_term(self, term: Node, indent: str) -> Iterator[list[str]]:
        """Write a term, before its meaning."""
        yield self.wrap(self.write_words(term.inside), indent, indent)

    def write_table(self, table: Node, indent: str) -> Iterator[list[str]]:
        """Write a table in columns, with a rule below its header."""
        rows = [row for row in table.inside if isinstance(row, Node)]
        cells = [
            [self.write_words(cell.inside).strip() for cell in row.inside if isinstance(cell, Node)] for row in rows
        ]
        aligns = [cell.facts["align"] for cell in rows[0].inside if isinstance(cell, Node)] if rows else []
        widths = [max(map(len, column)) for column in zip_longest(*cells, fillvalue="")]
        lines = [indent + "  ".join(map(_pad, row, widths, aligns)) for row in cells]
        lines[table.facts["header"] : table.facts["header"]] = [indent + "  ".join("-" * width for width in widths)]
        yield lines

    def write_words(self, inside: Inside) -> str:
        """Write words on one line: notes become [1], and links are followed by their address."""
        return "".join(part if isinstance(part, str) else self.write_run(part) for part in inside)

    def write_run(self, node: Node) -> str:
        """Write one node among words."""
        words = self.write_words(node.inside)
        match node.kind:
            case "break":
                return "\n"
            case "note":
                return f"[{node.facts['number']}]"
            case "picture":
                return f"[{node.facts['alt']}]" if node.facts["alt"] else ""
            case "link" if (url := node.facts["url"].removeprefix("mailto:")) not in words:
                return f"{words} <{url}>"
            case "quoted":
                return words.join(self.marks)
            case "paragraph":
                return f"{words} "
        return words


def _pad(text: str, width: int, align: str) -> str:
    return {"right": text.rjust, "center": text.center}.get(align, text.ljust)(width)


_WRITERS: Mapping[NodeKind, Callable[[_Writer, Node, str], Iterable[list[str]]]] = {
    "heading": _Writer.write_heading,
    "figure": _Writer.write_figure,
    "quote": _Writer.write_quote,
    "list": _Writer.write_list,
    "definitions": _Writer.write_definitions,
    "term": _Writer.write_term,
    "meaning": _Writer.write_quote,
    "code": _Writer.write_code,
    "table": _Writer.write_table,
    "rule": _Writer.write_rule,
}
