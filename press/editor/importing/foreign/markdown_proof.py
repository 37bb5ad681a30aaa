"""The proof that no word of foreign Markdown is lost or added, and what of its markup readers would still see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import html as lxml_html

from press.editor.importing.data_model import Confidence, Note
from press.editor.importing.escaping import list_references, render_markdown
from press.editor.importing.foreign.conversion import Conversion
from press.editor.importing.plain.lines import shorten
from press.model.slugs import split_words
from press.model.source_text import find_line_in
from press.site.lost_words import find_lost_words, unescape

_MOST_ESCAPES = 200
_HEAD = re.compile(r"(?P<lead>[ \t]*(?:>[ \t]?)*[ \t]*)(?:(?P<number>\d+)\.(?=\s)|(?P<mark>[\[#>:~=+-]))")

_RESIDUE = (
    ("a tag", r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--|-->"),
    ("template code", r"\{\{[^}]*\}?\}?|\{%[^}]*\}?|\{\{"),
    ("the fence of a division", r"^:{3,}.*$"),
    ("an inline note", r"\^\[[^\]]*\]?"),
    ("a link of a wiki", r"!?\[\[[^\]]*\]?\]?"),
    ("a citation", r"\[-?@[\w:-]+[^\]]*\]|\[#[\w:-]+\]|\(\^\d+\)"),
    ("a formula", r"\$\$[^$]*(?:\$\$)?|\\[(\[][^\\]*\\[)\]]|\$[^\s$][^$\n]*[\\^_{][^$\n]*\$"),
    ("a command of LaTeX", r"\\[a-zA-Z]+\{[^}]*\}?"),
    ("attributes", r"\{[#.:][\w-]+[^}\n]*\}"),
    ("a link that Markdown does not read", r"!?\[[^\]\n]+\]\([^)\n]*\)"),
    ("a reference", r"&[a-zA-Z][a-zA-Z0-9]*;"),
    ("the name of an emoji", r"(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])"),
    ("marks of emphasis", r"\*\*+|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])|(?<!\w)__?(?=[^\W_])|(?<=[^\W_])__?(?!\w)"),
    ("struck or marked words", r"~~|(?<!=)==(?!=)|(?<!%)%%(?!%)"),
    ("a table drawn with characters", r"^\+[-=+]{3,}\+?$|^\s*\|.*\|.*$"),
    ("a heading", r"^#{1,6}\s.*$"),
    ("a box", r"^(?:!!!|\?\?\?)\s.*$|\[![A-Za-z]+\]"),
)
_SEEN = tuple((kind, re.compile(pattern, re.MULTILINE)) for kind, pattern in _RESIDUE)
_TAG = re.compile(r"</?(?:[a-z]+|h[1-6])(?:\s+[\w-]+\s*=[^<>]*|\s*)/?>")


def find_wrong_account(source: str, conversion: Conversion, body: str) -> str:
    """Compare the words of a source with those of the converted text, by the account of what was taken and written.

    Returns the first word that is missing or was added, or an empty string.
    """
    wanted, there = _count(source), _count(body)
    for markup in conversion.written:
        wanted += _count(markup)
    for item in conversion.taken:
        there += _count(item.text)
    missing, more = wanted - there, there - wanted
    if not missing and not more:
        return "" if conversion.moved else _find_disorder(source, conversion, body)
    if _letters(missing) == _letters(more):  # un<wbr>able is one word without the tag, and was two with it
        return ""
    return f"“{next(iter(missing))}” is missing" if missing else f"“{next(iter(more))}” was added"


def _find_disorder(source: str, conversion: Conversion, body: str) -> str:
    """Compare the order of the words that no rule has taken out or written; return the first that is out of place."""
    touched = _count(" ".join([*conversion.written, *(item.text for item in conversion.taken)]))
    was, now = (
        [word for word in split_words(unescape(text).casefold()) if word not in touched] for text in (source, body)
    )
    return next((f"“{old}” is out of its place" for old, new in zip(was, now, strict=False) if old != new), "")


def _letters(words: Counter[str]) -> list[str]:
    return sorted("".join(words.elements()))


def _count(text: str) -> Counter[str]:
    return Counter(split_words(unescape(text).casefold()))


def render_whole(body: str, extensions: tuple[str, ...], configs: str) -> tuple[str, str, list[tuple[int, str]], str]:
    """Render a text, and escape the mark at the head of every line whose words its page would lack.

    Returns the text, its HTML, the lines that were escaped with their words, and the words that are lost even so.
    """
    escaped: list[tuple[int, str]] = []
    while True:
        html = render_markdown(body, extensions, configs)
        lost, line = find_lost_words(body, html, list_references(extensions, configs))
        if not lost:
            return body, html, escaped, ""
        new = _escape_head(body, line)
        if new == body or len(escaped) >= _MOST_ESCAPES:
            return body, html, escaped, ", ".join(f"“{word}”" for word in lost[:5])
        escaped.append((line, body.split("\n")[line - 1].strip()))
        body = new


def _escape_head(body: str, line: int) -> str:
    """Put a backslash before what Markdown reads at the head of a line; return the text as it is if there is none."""
    lines = body.split("\n")
    match = _HEAD.match(lines[line - 1])
    if not match:
        return body
    mark = f"{match['number']}\\." if match["number"] else f"\\{match['mark']}"
    if match["mark"] and match["mark"] in ":~=":
        mark = f"&#{ord(match['mark'])};"
    lines[line - 1] = match["lead"] + mark + lines[line - 1][match.end() :]
    before = lines[line - 2] if line > 1 else ""
    if before.strip(" \t>"):
        lines.insert(line - 1, match["lead"].rstrip() if ">" in match["lead"] else "")
    return "\n".join(lines)


def find_residue(html: str, source: str, known: Mapping[str, int]) -> Iterator[Note]:
    """Yield a note on each kind of markup that readers would see; code is what it should be.

    `known` are passages that the report already names, by their text.
    """
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    for code in root.iter("code", "pre"):
        code.text = ""
        for child in code:
            child.text = ""
    for cell in root.iter("p", "li", "td", "th", "h2", "h3", "h4", "blockquote", "div"):
        cell.tail = "\n" + (cell.tail or "")
    text = root.text_content()
    for kind, pattern in _SEEN:
        found = [match[0] for match in pattern.finditer(text) if kind != "a tag" or _is_tag(match[0])]
        found = [words for words in found if words.strip() and words not in known]
        if found:
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            shown = shorten(" ".join(found[0].split()), 60)
            message = f"“{shown}”{more} is printed as it stands: {kind}?"
            yield Note("markup", message, Confidence.REVIEW, find_line_in(source, found[0].split("\n")[0]))


def _is_tag(words: str) -> bool:
    """Tell `<i>` from `<hear, hear>`."""
    return words in ("<!--", "-->") or _TAG.fullmatch(words) is not None
