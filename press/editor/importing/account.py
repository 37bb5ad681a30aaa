"""No word is lost: a source's words, less what the account names, are the result's words, in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from press.editor.importing.recognised import Opening, Removal, Seam


def find_lost_words(
    source: str, opening: Opening, removals: Sequence[Removal], seams: Sequence[Seam], result: str
) -> str:
    """Compare a source with its result word by word; say the first difference, or nothing.

    `source` is the whole decoded file, `result` what the page shows. Whole lines may be missing that `opening` or
    `removals` name, and a seam makes two words one; nothing else.
    """
    wrong = _find_wrong_opening(opening)
    if wrong:
        return wrong
    left = _words_of_lines(source)
    for line, text in [(r.line, r.text) for r in removals] + [(o.number, o.text) for o in opening.lines]:
        if not _take_out(left, line, text.split()):
            return f"line {line} does not say “{text}”"
    words = [(number, word) for number in sorted(left) for word in left[number]]
    expected = _sew(words, seams)
    if isinstance(expected, str):
        return expected
    shown = result.split()
    for was, is_ in zip(expected, shown, strict=False):
        if was != is_:
            return f"“{was}” became “{is_}”"
    missing, more = expected[len(shown) :], shown[len(expected) :]
    return f"“{missing[0]}” is missing" if missing else f"“{more[0]}” was added" if more else ""


def _find_wrong_opening(opening: Opening) -> str:
    """Check that the lines which became metadata are in it, word for word."""
    taken = Counter(word for line in opening.lines for word in line.text.split())
    title = Counter(opening.title.split()) if _title_was_taken(opening) else Counter()
    stated = title + Counter([*opening.date_words.split(), *opening.between.split(), *opening.label.split()])
    glued = Counter("".join(word for line in opening.lines for word in line.text.split()))
    return "" if taken == stated or glued == Counter("".join(stated.elements())) else "the title lost a word"


def _title_was_taken(opening: Opening) -> bool:
    return any(line.text != opening.date_words for line in opening.lines)


def _words_of_lines(source: str) -> dict[int, list[str]]:
    return {number: line.split() for number, line in enumerate(source.split("\n"), start=1)}


def _take_out(left: dict[int, list[str]], line: int, words: Sequence[str]) -> bool:
    """Take the words of a line out, where they stand in it one after the other."""
    there = left.get(line, [])
    for start in range(len(there) - len(words) + 1):
        if there[start : start + len(words)] == list(words):
            left[line] = there[:start] + there[start + len(words) :]
            return True
    return False


def _sew(words: Sequence[tuple[int, str]], seams: Iterable[Seam]) -> list[str] | str:
    """Make the two words of each seam one; say which seam does not fit."""
    open_seams = {(seam.line, seam.left): seam for seam in seams}
    result: list[str] = []
    waiting: Seam | None = None
    for at, (number, word) in enumerate(words):
        if waiting is not None:
            if word != waiting.right:
                return f"“{waiting.right}” does not follow “{waiting.left}”"
            result.append(_joined(result.pop(), waiting))
        else:
            result.append(word)
        is_last = at + 1 == len(words) or words[at + 1][0] != number
        waiting = open_seams.pop((number, words[at][1]), None) if is_last else None
    if waiting is not None or open_seams:
        return "a divided word has no second half"
    return result


def _joined(first: str, seam: Seam) -> str:
    """Join what stands already to the second half, by the letters the seam names and no others."""
    if seam.joined not in (seam.left + seam.right, seam.left[:-1] + seam.right):
        return ""
    return first[: len(first) - len(seam.left)] + seam.joined if first.endswith(seam.left) else ""
