"""Page numbers and running heads: lines of the printed page that are not part of the text.

A number, or a line that is repeated, may also belong to the text: a section, the refrain of a song. So a line is
removed only if there is proof of a page: a form feed next to it, a sentence that continues after it, or a form that
only page numbers have (`- 12 -`). Everything else stays, with a note.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from press.editor.importing.data_model import Confidence, Gap, Line, Note, Removal
from press.editor.importing.plain.lines import breaks_sentence, shorten
from press.editor.importing.plain.running_heads import are_alike, choose_heads, find_numbered_heads

_PLAIN = re.compile(r"(\d{1,3})(?:\s*/\s*\d{1,3})?", re.ASCII)
# - 12 -, [12], ## p. 12 (#24) ####, Page 12, Page 3 of 8, p. 12, Seite 12
_FORMAL = re.compile(
    r"""[-–—\[(]\s*(\d{1,3})\s*[-–—\])]
    | [#]+\s*p\.\s*(?:(\d{1,4})|[ivxlc]+)?\s*(?:\([#]\d+\))?\s*[#]+
    | (?:page|seite|pagina|página|p\.|s\.)\s*(\d{1,3})(?:\s*(?:of|/|de|von|sur|di)\s*\d{1,3})?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DIGITS = re.compile(r"\d+")
_LONGEST_HEAD = 70
_SHORTEST_HEAD = 4
"""Letters."""


@dataclass(slots=True)
class Furniture:
    """The lines of the text with the gaps between them, the lines removed, and notes on doubtful ones."""

    lines: list[Line]
    removals: list[Removal]
    notes: list[Note]


def clear_furniture(lines: Sequence[Line]) -> Furniture:
    """Remove page numbers and running heads from the lines of a text, and turn blank lines into gaps."""
    numbers, formal = _find_numbers(lines)
    heads = _find_heads(lines)
    numbered = find_numbered_heads(lines)
    chains = _chain(numbers)
    around = _Surroundings(lines, numbers, [*heads, *numbered])
    feeds = list(itertools.accumulate(line.page_break for line in lines))
    running = choose_heads(numbered, around.breaks_sentence, feeds.__getitem__)
    taken = dict.fromkeys(running, "running head")
    around.candidates.update(running)
    for chain in chains:
        proofs = [at for at in chain if at in formal or around.shows_page(at)]
        if proofs and (len(chain) > 1 or around.shows_page(chain[0]) or around.is_edge(chain[0])):
            taken.update(dict.fromkeys(chain, "page number"))
    for group in _groups(heads):
        proofs = [at for at in group if around.shows_page(at, apart=True) or around.is_next_to_removed(at, taken)]
        if 2 * len(proofs) >= len(group):
            kept_first = around.is_first(group[0]) and not _DIGITS.search(lines[group[0]].text)
            taken.update(dict.fromkeys(group[1:] if kept_first else group, "running head"))
    taken.update(dict.fromkeys(_find_damaged(lines, around, taken), "running head"))
    notes = list(_note_kept(lines, chains, _groups(heads), taken))
    removals = [Removal(lines[at].number, lines[at].text, kind) for at, kind in sorted(taken.items())]
    return Furniture(_mark_gaps(lines, taken), removals, notes)


def _find_damaged(lines: Sequence[Line], around: _Surroundings, taken: Mapping[int, str]) -> list[int]:
    """Find lines that break a sentence and are nearly the same as a running head, or as another such line."""
    known = {_letters(lines[at].text) for at, kind in taken.items() if kind == "running head"}
    broken = [
        at
        for at, line in enumerate(lines)
        if at not in taken and 0 < len(line.text) <= _LONGEST_HEAD and around.stands_in_sentence(at)
    ]
    found = []
    for at in broken:
        letters = _letters(lines[at].text)
        others = known | {_letters(lines[other].text) for other in broken if other != at}
        if len(letters) >= _SHORTEST_HEAD and any(are_alike(letters, other) for other in others):
            found.append(at)
    return found


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))


def _find_numbers(lines: Sequence[Line]) -> tuple[dict[int, int], set[int]]:
    """Find the lines that are only a number, and those of them in a form that only page numbers have."""
    numbers: dict[int, int] = {}
    formal = set()
    for at, line in enumerate(lines):
        plain, marked = _PLAIN.fullmatch(line.text), _FORMAL.fullmatch(line.text)
        if plain:
            numbers[at] = int(plain[1])
        elif marked:
            numbers[at] = int(next(filter(None, marked.groups()), 0))
            formal.add(at)
    return numbers, formal


def _find_heads(lines: Sequence[Line]) -> dict[int, str]:
    """Find short lines that occur at least twice, ignoring figures, by their index."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        goes_on = at > 0 and breaks_sentence(lines[at - 1].text, line.text)
        if 0 < len(line.text) <= _LONGEST_HEAD and any(map(str.isalpha, line.text)) and not goes_on:
            key = " ".join(_DIGITS.sub("#", line.text).casefold().split())
            places.setdefault(key, []).append(at)
    return {at: key for key, found in places.items() if len(found) > 1 and not _FORMAL.fullmatch(key) for at in found}


def _groups(heads: Mapping[int, str]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for at, key in heads.items():
        groups.setdefault(key, []).append(at)
    return list(groups.values())


def _chain(numbers: Mapping[int, int]) -> list[list[int]]:
    """Group numbers that count up by one into chains, in the order of the lines."""
    chains: list[list[int]] = []
    for at, number in sorted(numbers.items()):
        for chain in chains:
            if numbers[chain[-1]] + 1 == number:
                chain.append(at)
                break
        else:
            chains.append([at])
    return chains


class _Surroundings:
    """What surrounds a line, if blank lines and other candidates are ignored."""

    def __init__(self, lines: Sequence[Line], numbers: Iterable[int], heads: Iterable[int]) -> None:
        self.lines, self.numbers = lines, set(numbers)
        self.candidates = {*self.numbers, *filter(self._is_apart, heads)}
        filled = [at for at, line in enumerate(lines) if line.text]
        self.first, self.last = (filled[0], filled[-1]) if filled else (0, 0)

    def shows_page(self, at: int, *, apart: bool = False) -> bool:
        """Return whether a page ends here: there is a form feed, or a sentence continues after the line.

        With `apart`, the sentence counts only if the line is between blank lines or next to a number: within a
        paragraph the line may be part of the sentence.
        """
        before, after = self._look(at, -1), self._look(at, 1)
        feeds = any(self.lines[i].page_break for i in range(before + 1, min(after + 1, len(self.lines))))
        if feeds or before < 0 or after >= len(self.lines):
            return feeds
        if apart and not self._is_apart(at):
            return False
        return breaks_sentence(self.lines[before].text, self.lines[after].text)

    def breaks_sentence(self, at: int) -> bool:
        """Return whether a sentence begins before the line and goes on after it."""
        before, after = self._look(at, -1), self._look(at, 1)
        if before < 0 or after >= len(self.lines):
            return False
        return breaks_sentence(self.lines[before].text, self.lines[after].text)

    def stands_in_sentence(self, at: int) -> bool:
        """Return whether the line is between blank lines, and a sentence goes on after it that it is no part of."""
        text = self.lines[at].text
        return self._is_apart(at) and not text[:1].islower() and self.breaks_sentence(at)

    def is_next_to_removed(self, at: int, taken: Mapping[int, str]) -> bool:
        """Return whether the next line before or after, ignoring blank ones, was removed."""
        return any(i in taken for i in (self._step(at, -1), self._step(at, 1)))

    def is_first(self, at: int) -> bool:
        """Return whether the line is the first of the text."""
        return at == self.first

    def is_edge(self, at: int) -> bool:
        """Return whether the line is the first or the last of the text."""
        return at in (self.first, self.last)

    def _is_apart(self, at: int) -> bool:
        """Return whether a line is between blank lines or next to a number."""
        neighbours = [i for i in (at - 1, at + 1) if 0 <= i < len(self.lines)]
        return any(i in self.numbers for i in neighbours) or not any(self.lines[i].text for i in neighbours)

    def _step(self, at: int, way: int) -> int:
        at += way
        while 0 <= at < len(self.lines) and not self.lines[at].text:
            at += way
        return at

    def _look(self, at: int, way: int) -> int:
        at = self._step(at, way)
        while at in self.candidates:
            at = self._step(at, way)
        return at


def _note_kept(
    lines: Sequence[Line], chains: list[list[int]], groups: list[list[int]], taken: Mapping[int, str]
) -> Iterable[Note]:
    for chain in chains:
        if chain[0] not in taken:
            shown = ", ".join(lines[at].text for at in chain[:5])
            message = f"“{shown}” alone on a line: page numbers? They were left in the text, since nothing proves it"
            yield Note("pages", message, Confidence.REVIEW, lines[chain[0]].number)
    for group in groups:
        if group[-1] not in taken and len(group) > 2:
            shown = shorten(lines[group[0]].text)
            message = f"“{shown}” occurs {len(group)} times: a running head? It was left in the text"
            yield Note("pages", message, Confidence.REVIEW, lines[group[0]].number)


def _mark_gaps(lines: Sequence[Line], taken: Mapping[int, str]) -> list[Line]:
    """Drop blank lines and removed ones; each remaining line records the gap before it."""
    kept: list[Line] = []
    blanks, page = 0, False
    for at, line in enumerate(lines):
        page = page or line.page_break or at in taken
        if at in taken or not line.text:
            blanks += not line.text
            continue
        gap = Gap.NONE if not blanks else Gap.PAGE if page else Gap.BLANK
        kept.append(replace(line, gap=gap if kept else Gap.NONE, blanks=blanks))
        blanks, page = 0, False
    return kept
