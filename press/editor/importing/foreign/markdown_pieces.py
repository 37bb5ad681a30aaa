"""Pieces of Markdown: blocks, lines with a prefix, words with marks around them."""

from __future__ import annotations

import html
import re

from press.check.links import SCHEMES
from press.editor.importing.foreign.conversion import NEW_LINE

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
PARAGRAPH_END = re.compile(r"((?:[ \t>\ufdde]*\n){2,})")
"""Blank lines, quoted or not."""
_PREFIX = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d+[.)](?=[ \t])))*[ \t]*")


def as_block(markdown: str) -> str:
    """Return Markdown between blank lines."""
    return f"{NEW_LINE}{NEW_LINE}{markdown.strip(' ')}{NEW_LINE}{NEW_LINE}"


def on_one_line(text: str) -> str:
    """Return a text without line ends and with single spaces."""
    return " ".join(text.replace("\ufdde", "").split())


def dedent_markdown(text: str) -> str:
    """Return a text without blank lines around it and without the indent that all of its lines share."""
    lines = text.replace("\ufdde", "").strip("\n").split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip()]
    least = min(indents, default=0)
    lines = [lines[0].strip(" "), *(line[least:] for line in lines[1:])]
    return re.sub(r"\n\s*\n", "\n\n", "\n".join(line.rstrip(" ") for line in lines)).strip("\n ")


def prefix_lines(text: str, prefix: str) -> str:
    """Return a text with a prefix before each of its lines."""
    lines = dedent_markdown(text).split("\n")
    return NEW_LINE.join((prefix + line).rstrip(" ") for line in lines)


def prefix_of_line(line: str) -> str:
    """Return what puts a line into a quotation or an item: `> `, or spaces as wide as the mark of the item."""
    found = _PREFIX.match(line)
    return found[0] if found and found[0].strip() else ""


def keep_prefix(written: str, prefix: str, *, at_start: bool) -> str:
    """Return blocks with the prefix of the line they begin on before each of their lines."""
    further = re.sub(r"[-+*]|\d+[.)]", lambda mark: " " * len(mark[0]), prefix)
    lines = [re.sub(r"^[ \t]*(?:>[ \t]?)*", "", line) if ">" in prefix else line for line in written.split("\n")]
    text = "\n".join(lines).strip("\n\ufdde ")
    ended = written.rstrip("\n\ufdde ") != written
    body = "\n".join((further + line).rstrip(" ") if at else line for at, line in enumerate(text.split("\n")))
    start = (
        (NEW_LINE + further if ">" in further else "")
        if at_start
        else f"{NEW_LINE}{further.rstrip()}{NEW_LINE}{further}"
    )
    return start + body + (f"{NEW_LINE}{further.rstrip()}{NEW_LINE}{further}" if ended else "")


def wrap_words(text: str, mark: str) -> str:
    """Put marks of emphasis around words, around each paragraph by itself; spaces stay outside."""
    parts = PARAGRAPH_END.split(text)
    return "".join(part if at % 2 else _wrap_paragraph(part, mark) for at, part in enumerate(parts))


def _wrap_paragraph(text: str, mark: str) -> str:
    words = text.strip(" \t\n\ufdde\ufddf")
    if not words:
        return text
    start = text.index(words)
    prefix = _PREFIX.match(words)
    lead = prefix[0] if prefix and len(prefix[0]) < len(words) else ""
    inner = words[len(lead) :]
    single = re.search(r"(?<!\*)\*(?!\*)", inner) is not None
    sign = mark.replace("*", "_") if (single if mark == "*" else "**" in inner) else mark
    return f"{text[:start]}{lead}{sign}{inner}{sign}{text[start + len(words) :]}"


def is_live(address: str) -> bool:
    """Tell whether an address is of a kind that no page may have: `javascript:…`, `data:…`, `file:…`, `zotero:…`."""
    plain = "".join(character for character in html.unescape(address) if character > " ").lower()
    scheme = _SCHEME.match(plain.lstrip("<"))
    return scheme is not None and scheme[1] not in SCHEMES


def write_address(address: str) -> str:
    """Write an address so that Markdown reads all of it."""
    return f"<{address}>" if set(" ()") & set(address) else address
