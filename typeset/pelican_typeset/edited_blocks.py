"""Make edits in HTML and in the blocks that were read from it, so that it is read only once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from pelican_typeset.blocks import Block, Edit, Element, rewrite
from pelican_typeset.html_reader import TOKEN, BlockReader, decode_reference, recall_blocks, remember_blocks


def edit_html(html: str, lang: str, edits: Iterable[Edit], ignored: Collection[str] = ()) -> str:
    """Make these edits in html, as `rewrite` does, and in its blocks, which the next plugin then need not read again.

    Edits replace text or references, by text or references; `lang` and `ignored` are as for read_blocks.
    """
    listed = sorted(edits)
    if not listed:
        return html
    new, known = rewrite(html, listed), recall_blocks(html, lang, ignored)
    blocks = edit_blocks(known, listed) if known else None
    if blocks is not None:
        remember_blocks(new, lang, ignored, blocks)
    return new


def edit_blocks(blocks: Sequence[Block], edits: Sequence[Edit]) -> list[Block] | None:
    """Return the blocks of a text as they are after edits, in order; None if they have to be read again."""
    edited, grown, n = list[Block](), 0, 0
    for block in blocks:
        first, end = n, block.pieces[-1].end + block.shift
        while n < len(edits) and edits[n][0] < end:
            n += 1
        if first == n:
            edited.append(Block(block.text, block.pieces, block.section, block.shift + grown))
            continue
        editor = _Editor(grown)
        if not editor.edit(block, edits[first:n]):
            return None
        grown = editor.grown
        edited += editor.finish(block.section)
    return edited


class _Editor:
    """Makes the edits in one block."""

    def __init__(self, grown: int) -> None:
        self.grown = grown
        self._runs: list[tuple[str, str, int, int, Element]] = []

    def edit(self, block: Block, edits: Sequence[Edit]) -> bool:
        """Collect the runs of the block after the edits; return False if it has to be read again.

        Edits in text with a stray `<` or `&` could make or break a tag; one that turns the reference at the head of a
        block into text brings back the spaces before it.
        """
        pieces, text, n = block.pieces, block.text, 0
        for place, (at, kind, _, _, element) in enumerate(pieces):
            words = text[at : pieces[place + 1].at if place + 1 < len(pieces) else len(text)]
            start, end = pieces[place].start + block.shift, pieces[place].end + block.shift
            if ("<" in words or "&" in words) if kind == "text" else (at == 0 and edits[0][0] < end):
                return False
            done = start
            while n < len(edits) and edits[n][0] < end:
                first, last, new = edits[n]
                if done < first:
                    self._add(words[done - start : first - start], kind, done, first, element)
                self._write(new, first, last, element)
                done, n = last, n + 1
            if done < end:
                self._add(words[done - start :], kind, done, end, element)
        return True

    def _write(self, new: str, start: int, end: int, element: Element) -> None:
        at = start
        for words, kind, length in _read_words(new):
            self._add(words, kind, at, at + length, element)
            at += length
        self.grown += len(new) - (end - start)

    def _add(self, words: str, kind: str, start: int, end: int, element: Element) -> None:
        """Add a run at its place before the edit that is being made, or join it to the run that it goes on with."""
        start, end = start + self.grown, end + self.grown
        if kind == "text" and self._runs and self._runs[-1][1] == "text" and self._runs[-1][3] == start:
            before = self._runs[-1]
            self._runs[-1] = before[0] + words, kind, before[2], end, element
        else:
            self._runs.append((words, kind, start, end, element))

    def finish(self, section: int) -> list[Block]:
        """Return the block, unless it has become one of spaces alone."""
        reader = BlockReader("", frozenset())
        for words, kind, start, end, element in self._runs:
            reader.add_piece(words, kind, start, end, element)
        reader.end_block()
        return [Block(block.text, block.pieces, section) for block in reader.blocks]


@lru_cache(maxsize=1000)  # every text has the same few
def _read_words(new: str) -> Sequence[tuple[str, str, int]]:
    """Return the runs of text and the references in what an edit writes: what each reads as, its kind and length."""
    runs, at = list[tuple[str, str, int]](), 0
    for token in TOKEN.finditer(new):
        runs += [(new[at : token.start()], "text", token.start() - at)] if at < token.start() else []
        runs.append((decode_reference(token[0]), "reference", len(token[0])))
        at = token.end()
    return (*runs, (new[at:], "text", len(new) - at)) if at < len(new) else runs
