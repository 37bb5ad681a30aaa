"""The proof that no word of a plain text is missing from its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import html as lxml_html

from press.editor.importing.data_model import HyphenJoin, Opening, Paragraph, Removal


def find_difference(html: str, paragraphs: Sequence[Paragraph]) -> str:
    """Compare a page with the paragraphs it was made from, letter by letter.

    Returns the first paragraph that differs, or an empty string.
    """
    shown = [_lines_of(element) for element in lxml_html.fragments_fromstring(html)]
    wanted = [paragraph.lines for paragraph in paragraphs]
    for was, is_ in zip(wanted, shown, strict=False):
        if was != is_:
            return " ".join(was)[:80]
    return "" if len(wanted) == len(shown) else "the number of paragraphs"


def _lines_of(element: object) -> list[str] | None:
    """Return the lines of a paragraph of text and line breaks alone; None for any other element."""
    if not isinstance(element, lxml_html.HtmlElement) or element.tag != "p" or (element.tail or "").strip():
        return None
    if any(child.tag != "br" for child in element):
        return None
    return [text.strip("\n") for text in [element.text or "", *(child.tail or "" for child in element)]]


def find_missing_words(
    source: str, opening: Opening, removals: Sequence[Removal], hyphen_joins: Sequence[HyphenJoin], result: str
) -> str:
    """Compare a source with its result word by word; return the first difference, or an empty string.

    `source` is the whole decoded file, `result` what the page shows. The result may lack the lines that `opening` and
    `removals` name, and a hyphen join makes two words one. No other difference is allowed.
    """
    wrong = _find_wrong_opening(opening)
    if wrong:
        return wrong
    left = _words_of_lines(source)
    for line, text in [(r.line, r.text) for r in removals] + [(o.number, o.text) for o in opening.lines]:
        if not _take_out(left, line, text.split()):
            return f"“{text}” is not on line {line}"
    words = [(number, word) for number in sorted(left) for word in left[number]]
    expected = _apply_joins(words, hyphen_joins)
    if isinstance(expected, str):
        return expected
    shown = result.split()
    for was, is_ in zip(expected, shown, strict=False):
        if was != is_:
            return f"“{was}” became “{is_}”"
    missing, more = expected[len(shown) :], shown[len(expected) :]
    return f"“{missing[0]}” is missing" if missing else f"“{more[0]}” was added" if more else ""


def _find_wrong_opening(opening: Opening) -> str:
    """Check that the metadata has every word of the lines it was made from."""
    taken = Counter(word for line in opening.lines for word in line.text.split())
    title = Counter(opening.title.split()) if _title_was_taken(opening) else Counter()
    others = " ".join([opening.date_words, opening.between, opening.label, opening.byline])
    stated = title + Counter(others.split())
    if not _has_names(opening):
        return "an author is not named as in the text"
    glued = Counter("".join(word for line in opening.lines for word in line.text.split()))
    return "" if taken == stated or glued == Counter("".join(stated.elements())) else "the title has lost a word"


def _has_names(opening: Opening) -> bool:
    """Check that the authors are words of the byline, in their order."""
    rest = " ".join(opening.byline.split())
    for name in opening.authors:
        _, found, rest = rest.partition(name)
        if not found:
            return False
    return True


def _title_was_taken(opening: Opening) -> bool:
    return any(line.text not in (opening.date_words, opening.byline) for line in opening.lines)


def _words_of_lines(source: str) -> dict[int, list[str]]:
    return {number: line.split() for number, line in enumerate(source.split("\n"), start=1)}


def _take_out(left: dict[int, list[str]], line: int, words: Sequence[str]) -> bool:
    """Remove these words from a line; return False if the line does not have them one after the other."""
    there = left.get(line, [])
    for start in range(len(there) - len(words) + 1):
        if there[start : start + len(words)] == list(words):
            left[line] = there[:start] + there[start + len(words) :]
            return True
    return False


def _apply_joins(words: Sequence[tuple[int, str]], joins: Iterable[HyphenJoin]) -> list[str] | str:
    """Replace the two halves of each join by its word; return a message instead if a join does not fit."""
    open_joins = {(join.line, join.left): join for join in joins}
    result: list[str] = []
    waiting: HyphenJoin | None = None
    for at, (number, word) in enumerate(words):
        if waiting is not None:
            if word != waiting.right:
                return f"“{waiting.right}” does not follow “{waiting.left}”"
            result.append(_joined(result.pop(), waiting))
        else:
            result.append(word)
        is_last = at + 1 == len(words) or words[at + 1][0] != number
        waiting = open_joins.pop((number, words[at][1]), None) if is_last else None
    if waiting is not None or open_joins:
        return "a divided word has no second half"
    return result


def _joined(first: str, join: HyphenJoin) -> str:
    """Join a first half to the second, but only if the join drops nothing except a hyphen."""
    if join.joined not in (join.left + join.right, join.left[:-1] + join.right) or not first.endswith(join.left):
        return ""
    return first.removesuffix(join.left) + join.joined
