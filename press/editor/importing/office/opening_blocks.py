"""The first lines of a document: list them, and take some of them out of its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from press.editor.importing.data_model import Gap, Line
from press.editor.importing.office.pandoc_tree import TreeNode, find_notes, inlines_of, inlines_within, plain_words
from press.editor.importing.office.prepared import squeeze
from press.editor.importing.plain.date_search import TextHead

TEXT_BLOCKS = ("Para", "Plain", "LineBlock", "Header")


@dataclass(slots=True)
class TakenOpening:
    """What became of the beginning of a document."""

    blocks: list[TreeNode]
    """The text that remains."""
    words: list[str] = field(default_factory=list)
    """Passages of the text that became lines of the header."""
    removed: list[tuple[str, str]] = field(default_factory=list)


def words_of_block(block: TreeNode) -> str:
    """Return the words of a block on one line."""
    return squeeze(" ".join(plain_words(inlines) for inlines in inlines_of(block)))


def list_opening(blocks: Sequence[TreeNode], title: str) -> tuple[list[Line], list[int]]:
    """Return the lines of the paragraphs, numbered from 1 (0 is a title known already), and the block of each."""
    lines = [Line(0, title)] if title else []
    places = [-1]
    for at, block in enumerate(blocks):
        if block["t"] not in TEXT_BLOCKS or not words_of_block(block):
            continue
        texts = "\n".join(map(plain_words, inlines_of(block))).split("\n")
        for number, text in enumerate(texts):
            places.append(at)
            if squeeze(text):
                gap = Gap.NONE if number or not lines else Gap.BLANK
                lines.append(Line(len(places) - 1, squeeze(text), gap=gap, blanks=int(gap is Gap.BLANK)))
    return lines, places


def count_leading(blocks: Sequence[TreeNode]) -> int:
    """Return how many blocks come before the first that is no paragraph and no heading."""
    return next((at for at, block in enumerate(blocks) if block["t"] not in TEXT_BLOCKS), len(blocks))


def take_lines(head: TextHead, taken: TakenOpening, places: Sequence[int]) -> None:
    """Take the lines of an opening out of the text."""
    numbers = {line.number for line in head.opening.lines if line.number} | {rule.line for rule in head.removals}
    taken.words += [line.text for line in head.opening.lines if line.number]
    taken.removed += [(rule.kind, rule.text) for rule in head.removals]
    blocks = [*taken.blocks]
    for at in sorted({places[number] for number in numbers}):
        count = max(number for number in numbers if places[number] == at) - places.index(at) + 1
        drop_lines(blocks[at], count, taken)


def drop_lines(block: TreeNode, count: int, taken: TakenOpening) -> None:
    """Drop the first lines of a block; a note or a picture on them moves to the first paragraph that remains."""
    at = next(number for number, other in enumerate(taken.blocks) if other is block)
    if block["t"] == "LineBlock":
        dropped, rest = block["c"][:count], block["c"][count:]
        moved = [node for line in dropped for node in _find_kept(line)]
        remaining: list[TreeNode] = [{"t": "LineBlock", "c": rest}] if rest else []
    else:
        inlines = inlines_of(block)[0]
        rest, _ = _after_lines(inlines, count)
        moved = _find_kept(inlines)
        kept = _find_kept(rest)
        moved = [node for node in moved if not any(node is other for other in kept)]
        remaining = [{"t": "Para", "c": rest}] if squeeze(plain_words(rest)) else []
    taken.blocks[at : at + 1] = remaining
    if not moved:
        return
    paragraph = next((b for b in taken.blocks[at:] if b["t"] in ("Para", "Plain") and words_of_block(b)), None)
    if paragraph is None:
        taken.blocks.insert(at, {"t": "Para", "c": moved})
    else:
        paragraph["c"] = [*paragraph["c"], *moved]


def _find_kept(inlines: Sequence[TreeNode]) -> list[TreeNode]:
    pictures = [node for node in inlines if node["t"] == "Image"]
    inner = [found for node in inlines if node["t"] != "Image" for found in _find_pictures(inlines_within(node))]
    return [*find_notes(inlines), *pictures, *inner]


def _find_pictures(inlines: Sequence[TreeNode]) -> list[TreeNode]:
    return [n for node in inlines for n in ([node] if node["t"] == "Image" else _find_pictures(inlines_within(node)))]


def _after_lines(inlines: Sequence[TreeNode], count: int) -> tuple[list[TreeNode], int]:
    """Return what comes after so many line breaks, and how many are still to come."""
    for at, node in enumerate(inlines):
        if count == 0:
            return list(inlines[at:]), 0
        if node["t"] == "LineBreak":
            count -= 1
        elif inner := inlines_within(node):
            rest, left = _after_lines(inner, count)
            if left == 0:
                wrapped = {"t": node["t"], "c": rest if isinstance(node["c"][0], dict) else [node["c"][0], rest]}
                return [*([wrapped] if rest else []), *inlines[at + 1 :]], 0
            count = left
    return [], count
