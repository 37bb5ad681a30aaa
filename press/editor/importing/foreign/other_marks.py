"""Marks of other dialects of Markdown → those of this archive; where it has none, the words stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from press.editor.importing.foreign.conversion import HOLE, NEW_LINE, Conversion, show
from press.editor.importing.foreign.markdown_pieces import is_live
from press.model.languages import canonical_tag

_DESTINATION = r"(\((?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\))"
_AFTER_WORDS = re.compile(rf"(?<=\]){_DESTINATION}")
_LINK = re.compile(rf"!?\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\])*)\](?P<to>{_DESTINATION})")
_LINK_BELOW = re.compile(r"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*(?P<to>\S+)[^\n]*$", re.MULTILINE)
_BARE_ADDRESS = re.compile(r"(?<![\w\]>])(?:https?://|www\.)[^\s<>()\[\]]+", re.IGNORECASE)

_ATTRIBUTE = r"(?:[#.][\w:-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}]+)|-|=\w+)"
_BRACES = rf"\{{\s*{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\s*\}}"
_SPAN_END = re.compile(rf"\]({_BRACES})")
_BRACKET = re.compile(r"[\[\]]|\n[ \t>]*\n")
_ATTRIBUTES = re.compile(rf"(?:(?<=[\])\ufdd1`])|[ \t]+(?=\{{[^{{}}\n]*\}}[ \t]*$)|^){_BRACES}", re.MULTILINE)
_KRAMDOWN = re.compile(r"[ \t]?\{:{1,2}[^{}\n]*\}")
_DIV = re.compile(
    r"^(?P<lead>[ \t>]*):{3,}[ \t]*(?P<mark>\{[^}\n]*\}|[\w-]+)?"
    r"(?:\[(?P<title>[^\]\n]*)\]|[ \t]+(?P<words>[^:\n{}][^\n]*?))?"
    r"[ \t]*(?::{3,})?[ \t]*$",
    re.MULTILINE,
)
_LINE_BLOCK = re.compile(r"(?:^(?P<lead>[ \t>]*)\|(?:[ ][^\n]*|[ ]*)(?:\n|\Z))+", re.MULTILINE)
_TABLE = re.compile(r"\|[ \t\ufdde]*$", re.MULTILINE)
_DELIMITERS = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*\|[ \t|:-]*")
_ADMONITION = re.compile(
    r"^(?P<mark>(?:!!!|\?\?\?\+?)[ \t]+[\w -]*?)[ \t]*(?:\"(?P<title>[^\"\n]*)\")?[ \t]*\n"
    r"(?P<inside>(?:[ \t]*\n|(?:[ ]{4}|\t)[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)
_CALLOUT = re.compile(r"^(?P<lead>[ \t]*(?:>[ \t]?)+)\[![\w-]+\][+-]?[ \t]*(?P<title>[^\n]*)$", re.MULTILINE)
_KEY_LINE = r"[^\W\d_][\w .-]{0,30}:[ \t]+\S[^\n]*"
_KEY_LINES = re.compile(rf"(?:^|(?<=\n\n))(?:{_KEY_LINE}\n){{1,30}}{_KEY_LINE}(?=\n\s*\n|\s*\Z)")
"""Lines such as `To: all members` and `ANNA: Where?`, and nothing else, between blank lines."""
_TASK = re.compile(r"^(?P<lead>[ \t>]*[-+*][ \t]+)\[(?P<mark>[ xX])\](?=[ \t])", re.MULTILINE)
_WIKI = re.compile(r"(?P<picture>!?)\[\[(?P<page>[^\[\]|\n]+)(?:\|(?P<words>[^\[\]\n]*))?\]\](?![(\ufdd0])")
_PICTURE_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif|tiff?|bmp)$", re.IGNORECASE)
_CONTENTS = re.compile(
    r"^[ \t>]*(?:\[toc\]|\[\[_?toc_?\]\]|\[TOC\]|<toc>|\$\{toc\}|@\[toc\])[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_KRAMDOWN_CONTENTS = re.compile(r"^[-*+1][.]?[ \t]+[^\n]*\n\{:[ \t]*toc[^}\n]*\}[ \t]*$", re.MULTILINE)
_PAGE_BREAK = re.compile(
    r"^\\(?:newpage|pagebreak|clearpage|noindent|bigskip|medskip|smallskip)\b[ \t]*", re.MULTILINE
)

_STRUCK = re.compile(r"(?<!~)~~(?=\S)([^~\n]+?)(?<=\S)~~(?!~)")
_MARKED = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]+?)(?<=[^\s=])==(?![=\w])")
_RAISED = re.compile(r"(?<=[^\s^])\^([^\s^\[\]]{1,20})\^(?!\^)")
_LOWERED = re.compile(r"(?<=[A-Za-z)\d])~([^\s~]{1,10})~(?!~)")
_CRITIC = re.compile(r"\{(\+\+|--|==)(?=\S)(.+?)\1\}", re.DOTALL)
_DASH = re.compile(r"(?<=[\w,.;:!?'\"’”)])---(?=[\w'\"‘“(])|(?<=\w )---(?= \w)")
_INSERTED = re.compile(r"(?<!\+)\+\+(?=[^\s+])([^+\n]+?)(?<=[^\s+])\+\+(?!\+)")


def protect_addresses(conversion: Conversion) -> None:
    """Set aside the addresses of links and those in the text: no mark in them is one."""
    conversion.exchange(_LINK, lambda match: _take_live_link(conversion, match, match["words"]))
    conversion.exchange(_LINK_BELOW, lambda match: _take_live_link(conversion, match, ""))
    conversion.exchange(_AFTER_WORDS, lambda match: conversion.protect(match[0]))
    conversion.exchange(_BARE_ADDRESS, lambda match: conversion.protect(match[0]))


def _take_live_link(conversion: Conversion, match: re.Match[str], words: str) -> str:
    """Return the words of a link that runs a program or holds a file; any other link as it is."""
    if not is_live(conversion.restore(match["to"]).lstrip("(")):
        return match[0]
    shown = show(conversion.restore(match[0]))
    conversion.note(f"the link of “{shown}” was taken out: it leads to no page", conversion.line_of(match.start()))
    conversion.take("link", match["to"] if words else match[0])
    return words or HOLE


def convert_blocks(conversion: Conversion) -> None:
    """Convert line blocks, boxes, lists of tasks; take out marks of divisions and of a list of contents."""
    count = _Counted(conversion)
    conversion.exchange(_KRAMDOWN_CONTENTS, count.take("the place of a list of contents"))
    conversion.exchange(_CONTENTS, count.take("the place of a list of contents"))
    conversion.exchange(_PAGE_BREAK, count.take("a command of LaTeX"))
    conversion.exchange(_ADMONITION, lambda match: _open_box(conversion, count, match))
    conversion.exchange(_CALLOUT, lambda match: _open_callout(conversion, count, match))
    conversion.exchange(_DIV, lambda match: _open_div(conversion, count, match))
    conversion.exchange(_LINE_BLOCK, lambda match: _write_verse(conversion, count, match))
    conversion.exchange(_KEY_LINES, lambda match: re.sub(r"[ \t]*\n", "  \n", match[0]))
    conversion.exchange(_TASK, lambda match: _write_task(conversion, match))
    count.note()


def convert_inline_marks(conversion: Conversion) -> None:
    """Convert marks within lines: attributes, links of a wiki, raised, struck and marked words."""
    count = _Counted(conversion)
    conversion.exchange(_WIKI, lambda match: _write_wiki_link(conversion, count, match))
    _convert_spans(conversion, count)
    conversion.exchange(_KRAMDOWN, count.take("attributes"))
    conversion.exchange(_ATTRIBUTES, count.take("attributes"))
    conversion.exchange(_CRITIC, count.keep("marks of an editor"))
    conversion.exchange(_STRUCK, count.keep("marks of struck words"))
    conversion.exchange(_MARKED, count.keep("marks of highlighted words"))
    conversion.exchange(_INSERTED, count.keep("marks of inserted words"))
    for pattern, tag in ((_RAISED, "sup"), (_LOWERED, "sub")):
        conversion.exchange(pattern, lambda match, tag=tag: _write_tag(conversion, tag, match[1]))  # type: ignore[misc]
    conversion.exchange(_DASH, lambda match: "—")
    count.note()


class _Counted:
    """Counts marks that are taken out, by what they are, for one note on each kind."""

    def __init__(self, conversion: Conversion) -> None:
        self.conversion = conversion
        self.found: Counter[str] = Counter()
        self.shown: dict[str, tuple[str, int]] = {}

    def add(self, kind: str, text: str, position: int) -> None:
        """Count a mark; the first of a kind is shown in the report."""
        self.found[kind] += 1
        self.shown.setdefault(kind, (show(self.conversion.restore(text)), self.conversion.line_of(position)))

    def take(self, kind: str) -> Callable[[re.Match[str]], str]:
        """Return what takes out a match."""

        def change(match: re.Match[str]) -> str:
            self.add(kind, match[0].strip(), match.start())
            return self.conversion.take(kind, match[0])

        return change

    def keep(self, kind: str) -> Callable[[re.Match[str]], str]:
        """Return what takes out the marks of a match and keeps its last group."""

        def change(match: re.Match[str]) -> str:
            self.add(kind, match[0], match.start())
            return match[match.lastindex or 0]

        return change

    def note(self) -> None:
        """Write a note on each kind."""
        for kind, (text, line) in self.shown.items():
            more = f" and {self.found[kind] - 1} more" if self.found[kind] > 1 else ""
            self.conversion.note(f"{kind} taken out: “{text}”{more}", line)


def _write_tag(conversion: Conversion, tag: str, words: str) -> str:
    start, end = conversion.write(f"<{tag}>"), conversion.write(f"</{tag}>")
    return start + words + end


def _open_box(conversion: Conversion, count: _Counted, match: re.Match[str]) -> str:
    """Write a box, `!!! note "Title"`, as paragraphs, its title in bold."""
    count.add("the mark of a box", match["mark"], match.start())
    conversion.take("box", match["mark"])
    inside = re.sub(r"^(?: {4}|\t)", "", match["inside"], flags=re.MULTILINE)
    return f"**{match['title']}**{NEW_LINE}\n{inside}" if match["title"] else f"\n{inside}"


def _open_callout(conversion: Conversion, count: _Counted, match: re.Match[str]) -> str:
    mark = match[0][len(match["lead"]) :].partition("]")[0] + "]"
    count.add("the mark of a box", mark, match.start())
    conversion.take("box", mark)
    lead = match["lead"].rstrip()
    return f"{lead} **{match['title'].strip()}**{NEW_LINE}{lead}" if match["title"].strip() else lead


def _open_div(conversion: Conversion, count: _Counted, match: re.Match[str]) -> str:
    """Take out the fence of a division; a title on it is a paragraph in bold."""
    title = (match["title"] or match["words"] or "").strip()
    count.add("the fence of a division", match[0].strip(), match.start())
    conversion.take("division", match["mark"] or "")
    return f"{match['lead']}{NEW_LINE}{match['lead']}**{title}**{NEW_LINE}" if title else match["lead"].rstrip()


def _write_verse(conversion: Conversion, count: _Counted, match: re.Match[str]) -> str:
    """Write a line block, `| verse`, as lines of one paragraph; a table stays as it is."""
    around = [
        conversion.text[: match.start()].rstrip("\n\ufdde").rpartition("\n")[2],
        conversion.text[match.end() :].partition("\n")[0],
    ]
    if _TABLE.search(match[0]) or any(_DELIMITERS.fullmatch(line.strip("\ufdde")) for line in around):
        return match[0]
    rows = match[0].rstrip("\n").split("\n")
    lines: list[str] = []
    for row in rows:
        lead, _, words = row.partition("|")
        if words.startswith("  "):
            count.add("the indents of verse", row, match.start())
        lines.append(lead + words.strip())
    full = [bool(line.strip(" \t>")) for line in lines]
    ended = [
        line + (conversion.write("<br>") if full[at] and at + 1 < len(lines) and full[at + 1] else "")
        for at, line in enumerate(lines)
    ]
    return "\n".join(ended) + match[0][len(match[0].rstrip("\n")) :]


def _write_task(conversion: Conversion, match: re.Match[str]) -> str:
    conversion.take("task", match["mark"])
    return f"{match['lead']}{'☐' if match['mark'] == ' ' else '☑'}"


def _write_wiki_link(conversion: Conversion, count: _Counted, match: re.Match[str]) -> str:
    page, words = match["page"].strip(), match["words"]
    if match["picture"] and _PICTURE_FILE.search(page) and not is_live(page):
        alt = words if words and not re.fullmatch(r"[\dx ]+", words) else ""
        conversion.take("size of a picture", words or "" if not alt else "")
        return f"![{alt}]({conversion.protect(f'<{page}>' if ' ' in page else page)})"
    if match["picture"]:
        return match[0]
    count.add("links of a wiki", match[0], match.start())
    if words is None or not words.strip():
        return page
    conversion.take("link of a wiki", page)
    return words


def _convert_spans(conversion: Conversion, count: _Counted) -> None:
    """Write `[words]{.smallcaps}` as its words, `[mots]{lang=fr}` as a span of that language."""
    text = conversion.text
    edits: list[tuple[int, int, str]] = []
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif bracket[0] != "]":
            opened = []
        elif opened:
            start = opened.pop()
            end = _SPAN_END.match(text, bracket.start())
            if end is None or text[start - 1 : start] == "!":
                continue
            count.add("attributes", end[1], end.start())
            conversion.take("attributes", end[1])
            language = re.search(r"lang=[\"']?([\w-]+)", end[1])
            tag = canonical_tag(language[1]) if language else ""
            edits.append((start, start + 1, conversion.write(f'<span lang="{tag}">') if tag else ""))
            edits.append((end.start(), end.end(), conversion.write("</span>") if tag else ""))
    parts, last = [], 0
    for start, after, markup in sorted(edits):
        parts += [text[last:start], markup]
        last = after
    conversion.text = "".join([*parts, text[last:]])
