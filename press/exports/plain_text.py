"""A leaflet as plain text: title, origin, address, the words with the marks as they are set, notes, record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from press.exports.document import Document, Inside, Node
from press.exports.export_input import LABELS, ExportInput, list_record

_BREAKING = re.compile(r"[ \t]+")  # where a line may end: not at a no-break space


def write_text(leaflet: ExportInput, document: Document) -> str:
    """Write a leaflet as plain text, lines no longer than `leaflet.columns` where words allow."""
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
    """Say when and by whom the text was issued, where it was found, and where it stands."""
    origin, label = leaflet.entry.origin, _labels(leaflet)["Source"]
    lines = writer.wrap(", ".join([leaflet.said_date, *leaflet.entry.authors]), "", "")
    lines += writer.wrap(f"{label}: {origin}", "", "    ") if origin else []
    return [*lines, leaflet.address]


def _record(leaflet: ExportInput, writer: _Writer) -> Iterator[list[str]]:
    """Say what else the archive knows."""
    lines, said = [leaflet.archive], {_labels(leaflet)[name] for name in ("Original date", "Source", "Address")}
    for label, value in list_record(leaflet):
        if label in said:
            continue
        first, *others = value.split("\n")
        lines += writer.wrap(f"{label}: {first}", "", "    ")
        lines += [line for other in others for line in writer.wrap(other, "    ", "    ")]
    yield lines


def _labels(leaflet: ExportInput) -> dict[str, str]:
    return dict(zip(LABELS, leaflet.labels or LABELS, strict=True))


class _Writer:
    """Writes blocks as lists of lines."""

    def __init__(self, columns: int, marks: tuple[str, str]) -> None:
        self.columns, self.marks = columns, marks

    def wrap(self, text: str, first: str, other: str) -> list[str]:
        """Cut text into lines at spaces; its own line ends stay."""
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

    def write_block(self, block: Node, indent: str) -> Iterator[list[str]]:
        """Write one block: most are one piece of lines, a quotation as many as it holds."""
        if block.kind == "heading":
            lines = self.wrap(self.say(block.inside), indent, indent)
            yield (
                [*lines, indent + "-" * (max(map(len, lines)) - len(indent))] if block.facts["level"] == 1 else lines
            )
        elif block.kind == "quote":
            yield from self.write_blocks(block.inside, f"{indent}    ")
        elif block.kind == "list":
            yield from self.write_list(block, indent)
        elif block.kind == "definitions":
            for part in block.inside:
                if isinstance(part, Node):
                    yield from self.write_definition(part, indent)
        elif block.kind == "code":
            yield [f"{indent}    {line}" for line in self.say(block.inside).split("\n")]
        elif block.kind == "table":
            yield self.write_table(block, indent)
        elif block.kind == "rule":
            yield [f"{indent}* * *"]
        else:
            yield self.wrap(self.say((block,)), indent, indent)

    def write_list(self, block: Node, indent: str) -> Iterator[list[str]]:
        """Write a list; the items of a tight one stand line below line."""
        pieces: list[list[str]] = []
        for place, item in enumerate(block.inside):
            mark = f"{block.facts['start'] + place}. " if block.facts["ordered"] else "- "
            pieces += self.write_marked(item.inside if isinstance(item, Node) else (), f"{indent}{mark}")
        yield from [[line for piece in pieces for line in piece]] if block.facts["tight"] and pieces else pieces

    def write_marked(self, blocks: Inside, mark: str) -> list[list[str]]:
        """Write blocks indented behind a mark: a number, a hyphen."""
        indent = " " * len(mark)
        pieces = list(self.write_blocks(blocks, indent)) or [[indent]]
        pieces[0][0] = mark + pieces[0][0][len(indent) :]
        return pieces

    def write_definition(self, part: Node, indent: str) -> Iterator[list[str]]:
        """Write a term, or what it means."""
        if part.kind == "term":
            yield self.wrap(self.say(part.inside), indent, indent)
        else:
            yield from self.write_blocks(part.inside, f"{indent}    ")

    def write_table(self, table: Node, indent: str) -> list[str]:
        """Write a table in columns, a line below its head."""
        rows = [row for row in table.inside if isinstance(row, Node)]
        cells = [[self.say(cell.inside).strip() for cell in row.inside if isinstance(cell, Node)] for row in rows]
        aligns = [cell.facts["align"] for cell in rows[0].inside if isinstance(cell, Node)] if rows else []
        widths = [max(map(len, column)) for column in zip_longest(*cells, fillvalue="")]
        lines = [indent + "  ".join(map(_pad, row, widths, aligns)) for row in cells]
        lines[table.facts["header"] : table.facts["header"]] = [indent + "  ".join("-" * width for width in widths)]
        return lines

    def say(self, inside: Inside) -> str:
        """Write a run of words: notes become [1], links are followed by their address, marks stay."""
        return "".join(part if isinstance(part, str) else self.say_run(part) for part in inside)

    def say_run(self, node: Node) -> str:
        """Write one part of a run."""
        said = self.say(node.inside)
        match node.kind:
            case "break":
                return "\n"
            case "note":
                return f"[{node.facts['number']}]"
            case "picture":
                return f"[{node.facts['alt']}]" if node.facts["alt"] else ""
            case "link" if (url := node.facts["url"].removeprefix("mailto:")) not in said:
                return f"{said} <{url}>"
            case "quoted":
                return said.join(self.marks)
            case "paragraph":
                return f"{said} "
        return said


def _pad(text: str, width: int, align: str) -> str:
    return {"right": text.rjust, "center": text.center}.get(align, text.ljust)(width)
