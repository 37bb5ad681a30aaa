"""Words with their marks → Markdown: emphasis, links, raised and lowered letters, notes, pictures, line breaks.

pandoc's tree nests marks in marks. Here they are laid flat: each run of letters knows its marks, runs with the same
marks are joined, and spaces at the ends of a marked passage are moved out of it, as Markdown needs. What is written
is rendered at once, and written more plainly if the page would not show what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from lxml import html as lxml_html

from press.editor.importing.escaping import escape_head, escape_inline

Render = Callable[[str], str]
"""Markdown in, HTML out."""

NESTING = ("link", "strong", "em", "q", "sup", "sub", "code")
"""Marks, the outermost first."""
_RAISED = ("q", "sup", "sub")
_SPACES = re.compile(r"[ \t]{2,}")
_NOTE_HEAD = re.compile(r"(\[\^\d+\]):")
_SAFE_URL = re.compile(r"(?:https?://|mailto:)[^\s<>\\\"]+", re.IGNORECASE)
_ENCODED = {"(": "%28", ")": "%29", "`": "%60", "*": "%2A", "[": "%5B", "]": "%5D", "|": "%7C"}


@dataclass(frozen=True, slots=True)
class Run:
    """Letters with the same marks; or a line break, a note or a picture, which is Markdown already."""

    text: str
    marks: frozenset[str] = frozenset()
    url: str = ""
    kind: str = "text"
    """`text`, `break`, `note` or `picture`."""


def is_safe_url(url: str) -> bool:
    """Return whether a link may lead there: to a page, or to an address for mail."""
    return _SAFE_URL.fullmatch(url) is not None


def encode_url(url: str) -> str:
    """Write the characters of an address that end a link in Markdown as their numbers."""
    return "".join(_ENCODED.get(character, character) for character in url)


def join_runs(runs: Iterable[Run]) -> list[Run]:
    """Join neighbours with the same marks; a space between two of them takes their marks."""
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        spaced = len(joined) > 1 and joined[-1].kind == "text" and not joined[-1].text.strip()
        if spaced and _are_alike(joined[-2], run):
            space = joined.pop()
            joined[-1] = replace(run, text=joined[-1].text + space.text + run.text)
        elif joined and _are_alike(joined[-1], run):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _are_alike(one: Run, other: Run) -> bool:
    return one.kind == other.kind == "text" and (one.marks, one.url) == (other.marks, other.url)


def plain_text(runs: Iterable[Run]) -> str:
    """Return the letters alone; a line break is a line feed, a note and a picture are nothing."""
    return "".join(run.text if run.kind == "text" else "\n" if run.kind == "break" else "" for run in runs)


def write_runs(runs: Sequence[Run], render: Render) -> tuple[str, list[str]]:
    """Write runs as Markdown that shows exactly them; return it, and the words whose marks had to be left out."""
    runs = _trim(join_runs(replace(run, text=_SPACES.sub(" ", run.text)) for run in join_runs(runs)))
    if not any(run.marks for run in runs):
        return _write_lines(runs, "*"), []
    meant = _expect(runs)
    for less, star in ((), "*"), ((), "_"), (("em",), "*"), (("em", "strong"), "*"), (NESTING, "*"):
        tried = join_runs(_without(run, less) for run in runs)
        if _see(render(_write_lines([run for run in tried if run.kind != "note"], star))) == (
            meant if not less else _expect(tried)
        ):
            lost = [run.text.strip() for run in runs if run.marks & set(less) and run.text.strip()]
            return _write_lines(tried, star), lost
    return _write_lines([_without(run, NESTING) for run in runs], "*"), [plain_text(runs)]


def _without(run: Run, less: Sequence[str]) -> Run:
    marks = run.marks - set(less)
    return replace(run, marks=marks, url=run.url if "link" in marks else "")


def _trim(runs: Sequence[Run]) -> list[Run]:
    """Take spaces and line breaks off both ends, but not the no-break spaces that indent a line of verse."""
    kept = list(runs)
    while kept and kept[0].kind in ("text", "break") and not kept[0].text.strip(" \n\t"):
        kept.pop(0)
    while kept and kept[-1].kind in ("text", "break") and not kept[-1].text.strip():
        kept.pop()
    if kept and kept[0].kind == "text":
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" \n\t"))
    if kept and kept[-1].kind == "text":
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def _write_lines(runs: Sequence[Run], star: str) -> str:
    lines = (line.strip(" \n") for line in _write(runs, NESTING, star).split("\n"))
    return "<br>\n".join(_NOTE_HEAD.sub(r"\1&#58;", escape_head(line)) for line in lines)


def _write(runs: Sequence[Run], nesting: Sequence[str], star: str) -> str:
    """Write runs whose marks are among those of `nesting`, from the outermost in."""
    if not nesting:
        return "".join(escape_inline(run.text) if run.kind == "text" else run.text for run in runs)
    mark, inner = nesting[0], nesting[1:]
    parts = []
    for (marked, url), group in groupby(runs, key=lambda run: (mark in run.marks, run.url if mark == "link" else "")):
        passage = list(group)
        if not marked:
            parts.append(_write(passage, inner, star))
            continue
        before, passage, after = _peel(passage)
        parts += [_write(before, (), star), _wrap(passage, mark, url, inner, star), _write(after, (), star)]
    return "".join(parts)


def _wrap(runs: Sequence[Run], mark: str, url: str, inner: Sequence[str], star: str) -> str:
    if not runs:
        return ""
    if mark == "code":
        text = "".join(run.text for run in runs)
        return escape_inline(text) if re.search(r"[`|\\\n]|^\W|\W$", text) else f"`{text}`"
    words = _write(runs, inner, star)
    if mark == "link":
        return f"[{words}]({url})"
    if mark in _RAISED:
        return f"<{mark}>{words}</{mark}>"
    return f"{star}{words}{star}" if mark == "em" else f"**{words}**"


def _peel(runs: Sequence[Run]) -> tuple[list[Run], list[Run], list[Run]]:
    """Separate a passage from the spaces, line breaks and notes at its ends."""
    first, last = 0, len(runs)
    while first < last and _is_outside(runs[first]):
        first += 1
    while last > first and _is_outside(runs[last - 1]):
        last -= 1
    passage = list(runs[first:last])
    before, after = list(runs[:first]), list(runs[last:])
    if passage and passage[0].kind == "text":
        text = passage[0].text.lstrip()
        before.append(Run(passage[0].text[: len(passage[0].text) - len(text)]))
        passage[0] = replace(passage[0], text=text)
    if passage and passage[-1].kind == "text":
        text = passage[-1].text.rstrip()
        after.insert(0, Run(passage[-1].text[len(text) :]))
        passage[-1] = replace(passage[-1], text=text)
    return before, passage, after


def _is_outside(run: Run) -> bool:
    return run.kind in ("break", "note") or (run.kind == "text" and not run.text.strip())


def _expect(runs: Iterable[Run]) -> list[tuple[str, frozenset[str], str]]:
    """Return each letter with the marks that the page should show it with; code may be shown as plain text."""
    return [
        (letter, run.marks - {"code"}, run.url)
        for run in runs
        if run.kind == "text"
        for letter in run.text
        if not letter.isspace()
    ]


def _see(html: str) -> list[tuple[str, frozenset[str], str]]:
    """Return each letter of a page with the marks that it is shown with."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    return [(letter, marks, url) for letter, marks, url in _walk(root, frozenset(), "") if not letter.isspace()]


def _walk(
    element: lxml_html.HtmlElement, marks: frozenset[str], url: str
) -> Iterator[tuple[str, frozenset[str], str]]:
    tag = "link" if element.tag == "a" else element.tag
    inside = marks | {tag} if tag in NESTING and tag != "code" else marks
    target = element.get("href", "") if tag == "link" else url
    yield from ((letter, inside, target) for letter in element.text or "")
    for child in element:
        yield from _walk(child, inside, target)
        yield from ((letter, inside, target) for letter in child.tail or "")
